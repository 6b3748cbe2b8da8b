//! What went wrong, in words that say the way out.

mod body;
mod catalogue;
mod network;
mod refusal;
mod words;

use std::fmt;

pub(super) use network::{broken, redirected, redirected_too_often, too_large, unusable};
pub(super) use refusal::{Context, no_token, odd_token, refused, unaccepted, unreadable};
pub(super) use words::shown;

/// What kind of failure an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// A setting is missing or invalid; nothing was sent.
    Settings,
    /// The credentials or the access token were not accepted.
    Authentication,
    /// The credentials are valid but lack a permission.
    Permission,
    /// The spec or the sandbox does not exist.
    NotFound,
    /// The spec was changed by someone else in the meantime.
    Conflict,
    /// The request was rejected as invalid.
    Rejected,
    /// Too many requests.
    RateLimited,
    /// The service, or a gateway in front of it, is temporarily unavailable.
    Unavailable,
    /// The service cannot be reached, or the connection broke.
    Network,
    /// The service did not respond in time.
    Timeout,
    /// The response is not one of this service.
    UnexpectedResponse,
    /// The request was cancelled.
    Cancelled,
}

impl ErrorKind {
    /// The identifier used in JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Settings => "settings",
            ErrorKind::Authentication => "authentication",
            ErrorKind::Permission => "permission",
            ErrorKind::NotFound => "not-found",
            ErrorKind::Conflict => "conflict",
            ErrorKind::Rejected => "rejected",
            ErrorKind::RateLimited => "rate-limited",
            ErrorKind::Unavailable => "unavailable",
            ErrorKind::Network => "network",
            ErrorKind::Timeout => "timeout",
            ErrorKind::UnexpectedResponse => "unexpected-response",
            ErrorKind::Cancelled => "cancelled",
        }
    }
}

/// Why a request failed. Its text is one or two sentences for a person, with the service's code and the name of the
/// request at the end where they are known, and never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    acted: bool,
    began: bool,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), status: None, code: None, request_id: None, acted: false, began: true }
    }

    pub(super) fn cancelled() -> Error {
        Error::new(ErrorKind::Cancelled, "It was stopped.")
    }

    #[must_use]
    pub(super) fn acted(mut self, acted: bool) -> Error {
        self.acted |= acted;
        self
    }

    /// Whether there was a connection, so that the request may have been read.
    pub(super) fn has_begun(&self) -> bool {
        self.began
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The service's own code, such as `1426-400` or `403027`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// By what name the service has the request in its log.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Whether a write may have been carried out all the same: look before sending it again.
    pub fn may_have_completed(&self) -> bool {
        self.acted
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let code = self.code.clone().or_else(|| self.status.map(|status| format!("HTTP {status}")));
        let request = self.request_id.as_ref().map(|id| format!("request {id}"));
        match [code, request].into_iter().flatten().collect::<Vec<_>>().join(", ") {
            tail if tail.is_empty() => Ok(()),
            tail => write!(f, " ({tail})"),
        }
    }
}

impl std::error::Error for Error {}
