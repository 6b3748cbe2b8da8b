//! The requests that came, for tests that count them and people who watch.

use std::collections::VecDeque;

/// The bytes of bodies that are remembered; older requests are forgotten.
const MOST_BYTES: usize = 32 << 20;

/// The requests that are remembered.
const MOST_REQUESTS: usize = 10_000;

/// A request that came. Headers are not remembered, nor is what a token was asked for with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, such as `GET`.
    pub method: String,
    /// The path with its query, as it came; without the query outside of Flow Service.
    pub path: String,
    /// The body of a write, as it came.
    pub body: String,
    /// The status that was answered; none when the connection was closed instead.
    pub status: Option<u16>,
}

/// The requests that came last.
#[derive(Debug, Default)]
pub(super) struct Log {
    requests: VecDeque<Request>,
    bytes: usize,
}

impl Log {
    pub(super) fn add(&mut self, request: Request) {
        self.bytes += request.body.len();
        self.requests.push_back(request);
        while self.bytes > MOST_BYTES || self.requests.len() > MOST_REQUESTS {
            let oldest = self.requests.pop_front();
            self.bytes -= oldest.map_or(0, |oldest| oldest.body.len());
        }
    }

    pub(super) fn all(&self) -> Vec<Request> {
        self.requests.iter().cloned().collect()
    }
}
