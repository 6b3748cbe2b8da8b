//! Failures before there is a response.

use std::error::Error as _;

use reqwest::Url;

use super::{Error, ErrorKind, sanitize};

/// What to do about a proxy that requires authentication.
pub(super) const PROXY_AUTHENTICATION: &str =
    "The proxy requires a user name and password. Add them to its URL, as in `http://name:password@proxy:8080`.";

/// No HTTP client can be created.
pub(in crate::flow_service) fn certificates_unavailable(error: &reqwest::Error) -> Error {
    let message = format!(
        "The root certificates of this system cannot be loaded: {}. Install its root certificates.",
        root_cause(error)
    );
    Error::new(ErrorKind::Network, message)
}

/// A request without a complete response. Whether it reached the service is unknown unless there was no connection.
pub(in crate::flow_service) fn transport_error(error: &reqwest::Error, url: &Url, writes: bool) -> Error {
    let host = host(url);
    let was_connected = !error.is_connect();
    let (kind, message) = match (was_connected, error.is_timeout()) {
        (true, true) => (ErrorKind::Timeout, format!("`{host}` did not respond in time. Try again later.")),
        (false, true) => {
            (ErrorKind::Timeout, format!("Connecting to `{host}` timed out. Check the network and the proxy."))
        }
        (true, false) => {
            (ErrorKind::Network, format!("The connection to `{host}` was lost: {}. Try again.", root_cause(error)))
        }
        (false, false) if error.is_dns() => {
            (ErrorKind::Network, format!("Cannot resolve `{host}`. Check the network, the proxy and the host name."))
        }
        (false, false) => (ErrorKind::Network, connection_failed(host, &root_cause(error))),
    };
    Error { was_connected, ..Error::new(kind, message).or_completed(writes && was_connected) }
}

/// Why there is no connection. Only the messages of the libraries tell the causes apart.
fn connection_failed(host: &str, cause: &str) -> String {
    if cause.contains("proxy authorization required") {
        PROXY_AUTHENTICATION.to_owned()
    } else if cause.contains("tunnel error") {
        format!("The proxy refused to connect to `{host}`. Check the URL of the proxy and what it allows.")
    } else if cause.contains("certificate") {
        format!(
            "The certificate of `{host}` is not trusted: {cause}. If your company uses a proxy, add its root certificate \
             to those of the system."
        )
    } else {
        format!("Cannot connect to `{host}`: {cause}. Check the network and the proxy.")
    }
}

pub(in crate::flow_service) fn response_too_large(url: &Url, limit: usize, writes: bool) -> Error {
    let message = format!("The response of `{}` is larger than {} MiB and was not read.", host(url), limit >> 20);
    Error::new(ErrorKind::UnexpectedResponse, message).or_completed(writes)
}

/// A redirect to another host, or of a write. Only the host is shown: the rest of the URL may contain anything.
pub(in crate::flow_service) fn refused_redirect(url: &Url, location: &str, writes: bool) -> Error {
    let host = host(url);
    let message = match url.join(location) {
        Ok(target) if target.origin() == url.origin() => format!(
            "`{host}` redirects a write to another path, and writes are not repeated there. Check the URL of the gateway and \
             the proxy."
        ),
        Ok(target) => {
            let origin = sanitize(&target.origin().ascii_serialization(), &[]);
            format!("`{host}` redirects to `{origin}`, where credentials are not sent. Check the URL and the proxy.")
        }
        Err(_) => format!("`{host}` redirects to an invalid URL. Check the URL and the proxy."),
    };
    Error::new(ErrorKind::UnexpectedResponse, message).or_completed(writes)
}

pub(in crate::flow_service) fn too_many_redirects(url: &Url) -> Error {
    Error::new(ErrorKind::UnexpectedResponse, format!("Too many redirects from `{}`.", host(url)))
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// The innermost cause, which is the most useful one: `Connection refused`, `invalid peer certificate: …`.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    while let Some(inner) = cause.and_then(|cause| cause.source()) {
        cause = Some(inner);
    }
    let message = cause.map(ToString::to_string).unwrap_or_else(|| "unknown cause".to_owned());
    let message = sanitize(&message, &[]);
    // The number of an OS error adds nothing to its message.
    message.split(" (os error").next().unwrap_or_default().trim_end_matches('.').to_owned()
}
