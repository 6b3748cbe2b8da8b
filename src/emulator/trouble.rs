//! What goes wrong on purpose.

/// Something that goes wrong, with which requests and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    /// What goes wrong.
    pub what: What,
    /// With which requests to Flow Service. The sign-in service has no such troubles.
    pub with: Requests,
    /// How often.
    pub when: When,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// 429, with this many seconds in `Retry-After`. Flow Service documents no 429; other services of the platform have it.
    TooMany {
        /// Seconds; without them there is no such header.
        retry_after: Option<u32>,
    },
    /// 503, with this many seconds in `Retry-After`.
    Unavailable {
        /// Seconds; without them there is no such header.
        retry_after: Option<u32>,
    },
    /// The connection is closed without an answer, after the request was carried out.
    LostAnswer,
    /// The connection is closed without an answer, and nothing was done.
    HangUp,
    /// Once a spec was read by its id, another author changes it: a flow spec gets one more source, a connection spec
    /// another description. The provider's own connection specs stay.
    OtherAuthor,
}

/// Some of the requests to Flow Service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requests {
    /// All of them.
    All,
    /// Those that read.
    Reads,
    /// Those that write.
    Writes,
}

/// How often something goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// With the next so many of the requests.
    Next(u32),
    /// With every so manieth of the requests: the third, the sixth, …; 0 is never.
    Every(u32),
}

/// The troubles that are set, each with how many of its requests have come.
#[derive(Debug, Default)]
pub(super) struct Troubles(Vec<(Trouble, u32)>);

impl Troubles {
    pub(super) fn add(&mut self, trouble: Trouble) {
        self.0.push((trouble, 0));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What goes wrong with a request. Each trouble counts its own requests; one that is over is forgotten.
    pub(super) fn meet(&mut self, request: Requests, by_id: bool) -> Vec<What> {
        let mut met = Vec::new();
        for (trouble, count) in &mut self.0 {
            let counts = trouble.with == Requests::All || trouble.with == request;
            if counts && (trouble.what != What::OtherAuthor || (by_id && request == Requests::Reads)) {
                *count += 1;
                let now = match trouble.when {
                    When::Next(requests) => *count <= requests,
                    When::Every(requests) => requests != 0 && *count % requests == 0,
                };
                met.extend(now.then_some(trouble.what));
            }
        }
        self.0.retain(|(trouble, count)| !matches!(trouble.when, When::Next(requests) if *count >= requests));
        met
    }
}
