//! What goes wrong on purpose.

/// Something that goes wrong, with which requests and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// With which requests to Flow Service. The sign-in service has no such faults.
    pub requests: Requests,
    /// How often.
    pub schedule: FaultSchedule,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// 429, with this many seconds in `Retry-After`. Flow Service documents no 429; other services of the platform have it.
    RateLimited {
        /// Seconds; without them there is no such header.
        retry_after: Option<u32>,
    },
    /// 503, with this many seconds in `Retry-After`.
    Unavailable {
        /// Seconds; without them there is no such header.
        retry_after: Option<u32>,
    },
    /// The connection is closed without an answer, after the request was carried out.
    DropResponse,
    /// The connection is closed without an answer, and nothing was done.
    CloseConnection,
    /// Once a spec was read by its id, another author changes it: a flow spec gets one more source, a connection spec
    /// another description. The provider's own connection specs stay.
    ConcurrentEdit,
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
pub enum FaultSchedule {
    /// With the next so many of the requests.
    Next(u32),
    /// With every so manieth of the requests: the third, the sixth, …; 0 is never.
    Every(u32),
}

/// The faults that are set, each with how many of its requests have come.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<(Fault, u32)>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push((fault, 0));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What goes wrong with a request. Each fault counts its own requests; one that is over is forgotten.
    pub(super) fn meet(&mut self, request: Requests, by_id: bool) -> Vec<FaultKind> {
        let mut met = Vec::new();
        for (fault, count) in &mut self.0 {
            let counts = fault.requests == Requests::All || fault.requests == request;
            if counts && (fault.kind != FaultKind::ConcurrentEdit || (by_id && request == Requests::Reads)) {
                *count += 1;
                let now = match fault.schedule {
                    FaultSchedule::Next(requests) => *count <= requests,
                    FaultSchedule::Every(requests) => requests != 0 && *count % requests == 0,
                };
                met.extend(now.then_some(fault.kind));
            }
        }
        self.0.retain(|(fault, count)| !matches!(fault.schedule, FaultSchedule::Next(requests) if *count >= requests));
        met
    }
}
