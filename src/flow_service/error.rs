//! Errors of the client, with messages for people that name the way out.

mod body;
mod codes;
mod network;
mod response;
mod sanitize;

use std::fmt;

pub(super) use network::{
    certificates_unavailable, refused_redirect, response_too_large, too_many_redirects, transport_error,
};
pub(super) use response::{
    Context, from_response, given_token_rejected, malformed_response, malformed_token_response, not_found,
    token_refused,
};
pub(super) use sanitize::sanitize;

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

/// Why a request failed. The message is one or two sentences, followed by the service's code and the request ID where they
/// are known. It never contains a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    details: Option<String>,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    may_have_completed: bool,
    was_connected: bool,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error {
            kind,
            message: message.into(),
            details: None,
            status: None,
            code: None,
            request_id: None,
            may_have_completed: false,
            was_connected: true,
        }
    }

    pub(super) fn cancelled() -> Error {
        Error::new(ErrorKind::Cancelled, "Cancelled.")
    }

    /// Notes that a write may have completed, if `may_have_completed`.
    #[must_use]
    pub(super) fn or_completed(mut self, may_have_completed: bool) -> Error {
        self.may_have_completed |= may_have_completed;
        self
    }

    /// Whether there was a connection, so that the service may have read the request.
    pub(super) fn was_connected(&self) -> bool {
        self.was_connected
    }

    /// The kind of failure.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The service's error code, such as `1426-400` or `403027`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The service's own message, on one line and without secrets.
    pub fn details(&self) -> Option<&str> {
        self.details.as_deref()
    }

    /// The ID of the request in the service's log.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Whether a write may have completed nevertheless: check before sending it again.
    pub fn may_have_completed(&self) -> bool {
        self.may_have_completed
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(details) = &self.details {
            let end = if details.ends_with(['.', '!', '?', '…']) { "" } else { "." };
            write!(f, " Details: {details}{end}")?;
        }
        let code = self.code.clone().or_else(|| self.status.map(|status| format!("HTTP {status}")));
        let request = self.request_id.as_ref().map(|id| format!("request {id}"));
        match [code, request].into_iter().flatten().collect::<Vec<_>>().join(", ") {
            suffix if suffix.is_empty() => Ok(()),
            suffix => write!(f, " ({suffix})"),
        }
    }
}

impl std::error::Error for Error {}
