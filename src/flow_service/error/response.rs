//! Errors made from responses.

use std::time::Duration;

use super::body::{self, ErrorBody};
use super::codes;
use super::network::PROXY_AUTHENTICATION;
use super::{Error, ErrorKind, sanitize};
use crate::flow_service::Secret;
use crate::flow_service::message::Response;
use crate::flow_service::response::Malformed;
use crate::text::english;

/// The request that failed, for messages.
#[derive(Debug, Clone, Copy)]
pub(in crate::flow_service) struct Context<'a> {
    /// The name of the service.
    pub(in crate::flow_service) service: &'a str,
    /// What the request was about: "connection spec `…`".
    pub(in crate::flow_service) subject: &'a str,
    pub(in crate::flow_service) sandbox: &'a str,
    pub(in crate::flow_service) org: &'a str,
    /// What no message may contain, in case the service echoes it.
    pub(in crate::flow_service) secrets: &'a [Secret],
    pub(in crate::flow_service) writes: bool,
}

impl Context<'_> {
    /// Fills the placeholders of a message.
    fn fill(&self, message: &str) -> String {
        let values = [
            ("{service}", self.service),
            ("{subject}", self.subject),
            ("{sandbox}", self.sandbox),
            ("{org}", self.org),
        ];
        english::capitalize(&values.iter().fold(message.to_owned(), |text, (name, value)| text.replace(name, value)))
    }
}

/// The error of a response whose status is not one of success.
pub(in crate::flow_service) fn from_response(response: &Response, context: Context<'_>) -> Error {
    let body = body::parse(&response.text_lossy());
    let code = body.code.as_deref().map(|code| sanitize(code, context.secrets));
    let known = code.as_deref().and_then(codes::find);
    let is_foreign = !body.is_object && !response.body.is_empty();
    let kind = known.map_or_else(|| kind_of(response.status, is_foreign), |known| known.kind);
    let message = match known {
        Some(known) => context.fill(known.message),
        None => context.fill(&general_message(kind, response.retry_after)),
    };
    let request_id = body.request_id.as_deref().map(|id| sanitize(id, context.secrets));
    Error {
        kind,
        message,
        details: known.is_none_or(|known| known.has_details).then(|| details(&body, context)).flatten(),
        status: Some(response.status),
        code,
        request_id: request_id.or_else(|| response.request_id.clone()),
        may_have_completed: context.writes
            && (response.may_have_completed_before || response.status >= 500 || response.status == 408),
        was_connected: true,
    }
}

/// The kind of a status. A foreign response, one that is not in the format of the services, says nothing about permissions
/// or specs.
fn kind_of(status: u16, is_foreign: bool) -> ErrorKind {
    let kind = match status {
        401 => ErrorKind::Authentication,
        403 => ErrorKind::Permission,
        404 | 410 => ErrorKind::NotFound,
        407 => ErrorKind::Network,
        408 | 504 => ErrorKind::Timeout,
        409 | 412 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited,
        400..=499 => ErrorKind::Rejected,
        500.. => ErrorKind::Unavailable,
        _ => ErrorKind::UnexpectedResponse,
    };
    let is_about_content = matches!(kind, ErrorKind::Permission | ErrorKind::NotFound | ErrorKind::Rejected);
    if is_foreign && is_about_content { ErrorKind::UnexpectedResponse } else { kind }
}

/// The message for a status whose code is unknown.
fn general_message(kind: ErrorKind, retry_after: Option<Duration>) -> String {
    let message = match kind {
        ErrorKind::Authentication => "{service} rejected the credentials. Sign in again, and check the client ID.",
        ErrorKind::Permission => {
            "This credential lacks the permission for this in sandbox `{sandbox}`. Ask an administrator to add it to the \
             role of the credential."
        }
        ErrorKind::NotFound => codes::NOT_FOUND,
        ErrorKind::Conflict => codes::CONFLICT,
        ErrorKind::RateLimited => "{service} received too many requests. Try again {when}.",
        ErrorKind::Network => PROXY_AUTHENTICATION,
        ErrorKind::Timeout => "{service} did not respond in time. Try again later.",
        ErrorKind::Unavailable => "{service} is unavailable. Try again {when}.",
        ErrorKind::UnexpectedResponse => {
            "The request for {subject} was rejected by something other than {service}, perhaps a proxy or a firewall. Check \
             the network and the URL."
        }
        _ => "{service} rejected {subject}.",
    };
    let when = match (retry_after, kind) {
        (Some(delay), _) => format!("in {}", humanize(delay)),
        (None, ErrorKind::RateLimited) => "in a few minutes".to_owned(),
        (None, _) => "later".to_owned(),
    };
    message.replace("{when}", &when)
}

fn humanize(delay: Duration) -> String {
    match delay.as_secs() {
        ..=1 => "a second".to_owned(),
        seconds @ ..=119 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

/// The service's own message, unless it repeats the code.
fn details(body: &ErrorBody, context: Context<'_>) -> Option<String> {
    let message = body.message.as_ref().filter(|message| body.code.as_ref() != Some(message))?;
    Some(sanitize(message, context.secrets))
}

/// Something that a successful response does not contain.
pub(in crate::flow_service) fn not_found(context: Context<'_>) -> Error {
    Error::new(ErrorKind::NotFound, context.fill(codes::NOT_FOUND))
}

/// A successful response whose body cannot be used. A write may have completed.
pub(in crate::flow_service) fn malformed_response(why: Malformed, response: &Response, context: Context<'_>) -> Error {
    let message = match why {
        Malformed::InvalidJson if response.body.is_empty() => "The response for {subject} is empty.",
        Malformed::InvalidJson => {
            "The response for {subject} isn't valid JSON. A proxy or a sign-in page may have responded instead of {service}."
        }
        Malformed::MissingId => "The response for {subject} has no `id`.",
        Malformed::InvalidId => "The response for {subject} has an `id` that isn't a UUID.",
        Malformed::NeitherItemNorItems => "The response for {subject} is neither an object nor an array of objects.",
        Malformed::RepeatedPage => "The pagination of the {subject} does not end.",
    };
    Error {
        status: Some(response.status),
        request_id: response.request_id.clone(),
        ..Error::new(ErrorKind::UnexpectedResponse, context.fill(message))
    }
    .or_completed(context.writes)
}

/// A response of IMS whose status is not one of success.
pub(in crate::flow_service) fn token_refused(response: &Response, context: Context<'_>) -> Error {
    let error = from_response(response, context);
    let is_about_client = matches!(
        error.kind,
        ErrorKind::Authentication | ErrorKind::Permission | ErrorKind::NotFound | ErrorKind::Rejected
    );
    if !is_about_client || error.code.as_deref().is_some_and(|code| codes::find(code).is_some()) {
        return error;
    }
    let message = "Adobe IMS refused to issue an access token. Check the client ID, the client secret and the scopes.";
    Error { kind: ErrorKind::Authentication, message: message.to_owned(), ..error }
}

/// A successful response of IMS without a usable token. The body is not shown: it may contain one.
pub(in crate::flow_service) fn malformed_token_response(response: &Response) -> Error {
    let message =
        "The response of Adobe IMS contains no access token. Check the IMS URL; a proxy may have responded instead.";
    let request_id = response.request_id.clone();
    Error { status: Some(response.status), request_id, ..Error::new(ErrorKind::UnexpectedResponse, message) }
}

/// The rejection of an access token that the user provided, which cannot be renewed.
pub(in crate::flow_service) fn given_token_rejected(error: Error, source: Option<&str>) -> Error {
    let source = source.map(|source| format!(" from {source}")).unwrap_or_default();
    let message = format!(
        "The access token{source} was rejected. It has probably expired, since tokens usually last a day: get a new one."
    );
    Error { message, details: None, ..error }
}
