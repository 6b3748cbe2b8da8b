//! HTTP requests and responses, as data.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, Url};

use super::Secret;

/// The effect of a request on the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// None; it may be repeated.
    Read,
    /// Replaces something; twice is the same as once.
    Replace,
    /// Creates something each time; it is never repeated.
    Create,
}

#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<String>,
    pub(super) effect: Effect,
    /// What no message and no log may contain, in case the server echoes it.
    pub(super) secrets: Vec<Secret>,
}

impl Request {
    pub(super) fn writes(&self) -> bool {
        self.effect != Effect::Read
    }
}

/// A response with any status.
#[derive(Debug, Clone)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    pub(super) etag: Option<String>,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) request_id: Option<String>,
    /// Whether an earlier attempt of this write may have completed.
    pub(super) may_have_completed_before: bool,
}

impl Response {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(super) fn text_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

/// Escapes every byte that has a meaning in a URL or a form.
pub(super) fn percent_encode(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}
