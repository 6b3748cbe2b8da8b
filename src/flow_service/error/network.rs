//! What can go wrong before there is an answer.

use std::error::Error as _;

use reqwest::Url;

use super::words::shown;
use super::{Error, ErrorKind};

/// What to do about a proxy that asks who one is.
pub(super) const PROXY: &str =
    "The proxy wants a user name and password. Set them in its address, as in `http://name:password@proxy:8080`.";

/// No client can be made.
pub(in crate::flow_service) fn unusable(error: &reqwest::Error) -> Error {
    let message =
        format!("The certificates of this system cannot be used: {}. Install its root certificates.", cause(error));
    Error::new(ErrorKind::Network, message)
}

/// A request that ended without a whole answer. Whether it reached the service is not known unless the connection was
/// never made.
pub(in crate::flow_service) fn broken(error: &reqwest::Error, url: &Url, writes: bool) -> Error {
    let host = host(url);
    let reached = !error.is_connect();
    let (kind, message) = match (reached, error.is_timeout()) {
        (true, true) => (ErrorKind::Timeout, format!("`{host}` did not answer in time. Try again later.")),
        (false, true) => {
            (ErrorKind::Timeout, format!("`{host}` cannot be reached in time. Check the network and the proxy."))
        }
        (true, false) => {
            (ErrorKind::Network, format!("The connection to `{host}` broke: {}. Try again.", cause(error)))
        }
        (false, false) if error.is_dns() => (
            ErrorKind::Network,
            format!("No address is known for `{host}`. Check the network, the proxy and the name."),
        ),
        (false, false) => (ErrorKind::Network, unreached(host, &cause(error))),
    };
    Error { began: reached, ..Error::new(kind, message).acted(writes && reached) }
}

/// Why there is no connection. The causes are told apart by the words of the libraries beneath, which have no other sign.
fn unreached(host: &str, cause: &str) -> String {
    if cause.contains("proxy authorization required") {
        PROXY.to_owned()
    } else if cause.contains("tunnel error") {
        format!("The proxy does not connect to `{host}`. Check its address and what it allows.")
    } else if cause.contains("certificate") {
        format!(
            "The certificate of `{host}` is not trusted: {cause}. If a proxy of your company stands in between, add its \
             root certificate to those of the system."
        )
    } else {
        format!("`{host}` cannot be reached: {cause}. Check the network and the proxy.")
    }
}

/// An answer that has more bytes than any answer of this service.
pub(in crate::flow_service) fn too_large(url: &Url, limit: usize, writes: bool) -> Error {
    let message = format!("The answer of `{}` has more than {} MiB and was not read.", host(url), limit >> 20);
    Error::new(ErrorKind::UnexpectedResponse, message).acted(writes)
}

/// An answer that sends the request to somewhere else. Only the host is shown: the rest of an address may hold anything.
pub(in crate::flow_service) fn redirected(url: &Url, location: &str, writes: bool) -> Error {
    let place = url.join(location).ok().map(|place| shown(&place.origin().ascii_serialization(), &[]));
    let place = place.unwrap_or_else(|| "an address that cannot be read".to_owned());
    let message = format!(
        "`{}` wants the request to go to `{place}`, where the credentials do not belong. Check the address and the proxy.",
        host(url)
    );
    Error::new(ErrorKind::UnexpectedResponse, message).acted(writes)
}

/// A read that is sent from address to address of one host.
pub(in crate::flow_service) fn redirected_too_often(url: &Url) -> Error {
    let message = format!("`{}` sends the request from address to address without an end.", host(url));
    Error::new(ErrorKind::UnexpectedResponse, message)
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// The innermost reason, which is the one that says something: `Connection refused`, `invalid peer certificate: …`.
fn cause(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    while let Some(inner) = cause.and_then(|cause| cause.source()) {
        cause = Some(inner);
    }
    let words = cause.map(ToString::to_string).unwrap_or_else(|| "no reason is known".to_owned());
    let words = shown(&words, &[]);
    // The number of an error says nothing that its words do not.
    words.split(" (os error").next().unwrap_or_default().trim_end_matches('.').to_owned()
}
