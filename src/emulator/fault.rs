//! Fault injection.

/// A fault to inject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// The affected requests to Flow Service. Requests for tokens have no faults.
    pub requests: Requests,
    /// How often.
    pub schedule: FaultSchedule,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// 429. Flow Service documents none; other services of the platform do.
    RateLimited {
        /// The seconds in `Retry-After`, if there is such a header.
        retry_after: Option<u32>,
    },
    /// 503.
    Unavailable {
        /// The seconds in `Retry-After`, if there is such a header.
        retry_after: Option<u32>,
    },
    /// The request is processed, then the connection is closed without a response.
    DropResponse,
    /// The connection is closed and nothing is processed.
    CloseConnection,
    /// After a spec was read by its ID, another author changes it: a flow spec gets another source, a connection spec
    /// another description. The provider's own connection specs do not change.
    ConcurrentEdit,
}

/// The requests that a fault affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requests {
    /// All requests.
    All,
    /// Requests that read.
    Reads,
    /// Requests that write.
    Writes,
}

/// How often a fault occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultSchedule {
    /// With the next N affected requests.
    Next(u32),
    /// With every Nth affected request; 0 means never.
    Every(u32),
}

/// The active faults, each with the number of affected requests so far.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<(Fault, u32)>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push((fault, 0));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The faults of the next request. Each fault counts its own requests, and is removed when it is over.
    pub(super) fn next(&mut self, request: Requests, is_by_id: bool) -> Vec<FaultKind> {
        let mut kinds = Vec::new();
        for (fault, count) in &mut self.0 {
            let is_affected = fault.requests == Requests::All || fault.requests == request;
            if is_affected && (fault.kind != FaultKind::ConcurrentEdit || (is_by_id && request == Requests::Reads)) {
                *count += 1;
                let is_due = match fault.schedule {
                    FaultSchedule::Next(requests) => *count <= requests,
                    FaultSchedule::Every(requests) => requests != 0 && *count % requests == 0,
                };
                kinds.extend(is_due.then_some(fault.kind));
            }
        }
        self.0.retain(|(fault, count)| !matches!(fault.schedule, FaultSchedule::Next(requests) if *count >= requests));
        kinds
    }
}
