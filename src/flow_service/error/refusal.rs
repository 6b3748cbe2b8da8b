//! An answer that is a refusal, or no answer at all: its meaning in words.

use std::time::Duration;

use super::body::{self, Body};
use super::catalogue::CATALOGUE;
use super::network::PROXY;
use super::words::{ended, shown};
use super::{Error, ErrorKind};
use crate::flow_service::Secret;
use crate::flow_service::answer::Unreadable;
use crate::flow_service::exchange::Reply;

/// What was asked, for the words of a refusal.
#[derive(Debug, Clone, Copy)]
pub(in crate::flow_service) struct Context<'a> {
    /// Who was asked: "The service".
    pub(in crate::flow_service) who: &'a str,
    /// What it was about: "the connection spec `…`".
    pub(in crate::flow_service) what: &'a str,
    pub(in crate::flow_service) sandbox: &'a str,
    pub(in crate::flow_service) org: &'a str,
    /// What no message may hold, in case the service says it back.
    pub(in crate::flow_service) secrets: &'a [Secret],
    /// Whether something may have been changed.
    pub(in crate::flow_service) writes: bool,
}

/// The meaning of an answer whose status is not one of success.
pub(in crate::flow_service) fn refused(reply: &Reply, context: Context<'_>) -> Error {
    let told = body::read(&reply.text_lossy());
    let code = told.code.as_deref().map(|code| shown(code, context.secrets));
    let known = code.as_deref().and_then(|code| CATALOGUE.iter().find(|entry| entry.code == code));
    let foreign = !told.is_object && !reply.body.is_empty();
    let kind = known.map_or_else(|| kind_of(reply.status, foreign), |entry| entry.kind);
    let mut message = match known {
        Some(entry) => filled(entry.says, context),
        None => in_general(kind, reply, context),
    };
    if known.is_none_or(|entry| entry.words) {
        message += &in_its_words(&told, context);
    }
    let told_id = told.request_id.as_deref().map(|id| shown(id, context.secrets));
    Error {
        kind,
        message,
        status: Some(reply.status),
        code,
        request_id: told_id.or_else(|| reply.request_id.clone()),
        acted: context.writes && (reply.may_have_acted_before || reply.status >= 500 || reply.status == 408),
        began: true,
    }
}

/// What a status means. A `foreign` answer, which is not of the form of the services, knows nothing of rights and specs.
fn kind_of(status: u16, foreign: bool) -> ErrorKind {
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
    let is_known_to_the_service = matches!(kind, ErrorKind::Permission | ErrorKind::NotFound | ErrorKind::Rejected);
    if foreign && is_known_to_the_service { ErrorKind::UnexpectedResponse } else { kind }
}

/// What a status means when its code is not known.
fn in_general(kind: ErrorKind, reply: &Reply, context: Context<'_>) -> String {
    let says = match kind {
        ErrorKind::Authentication => "{who} does not accept the sign-in. Sign in again, and check the client id.",
        ErrorKind::Permission => {
            "This credential has no right to do that in the sandbox `{sandbox}`. Ask an administrator to give it to its role."
        }
        ErrorKind::NotFound => "{who} does not find {what} in the sandbox `{sandbox}`.",
        ErrorKind::Conflict => "Someone has changed {what} in the meantime. Look at what is there now, then try again.",
        ErrorKind::RateLimited => "{who} gets too many requests. Try again {when}.",
        ErrorKind::Network => PROXY,
        ErrorKind::Timeout => "{who} did not finish in time. Try again later.",
        ErrorKind::Unavailable => "{who} does not work at the moment. Try again {when}.",
        ErrorKind::UnexpectedResponse => {
            "Something that is not the service has refused {what}. A proxy or a firewall may stand before it: check the network and the address."
        }
        _ => "{who} does not accept {what}.",
    };
    let when = match (reply.retry_after, kind) {
        (Some(wait), _) => format!("in {}", in_words(wait)),
        (None, ErrorKind::RateLimited) => "in a few minutes".to_owned(),
        (None, _) => "later".to_owned(),
    };
    filled(&says.replace("{when}", &when), context)
}

fn in_words(wait: Duration) -> String {
    match wait.as_secs() {
        ..=1 => "a second".to_owned(),
        seconds @ ..=119 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

fn filled(says: &str, context: Context<'_>) -> String {
    let filled =
        says.replace("{who}", context.who).replace("{what}", context.what).replace("{sandbox}", context.sandbox);
    filled.replace("{org}", context.org)
}

/// The service's own words behind ours.
fn in_its_words(told: &Body, context: Context<'_>) -> String {
    match &told.words {
        // A word that is shown as the code says nothing twice.
        Some(words) if told.code.as_ref() != Some(words) => {
            format!(" It says: {}", ended(&shown(words, context.secrets)))
        }
        _ => String::new(),
    }
}

/// The meaning of an answer that should be JSON of a known form and is not. What was to be written may be.
pub(in crate::flow_service) fn unreadable(why: Unreadable, reply: &Reply, context: Context<'_>) -> Error {
    let says = match why {
        Unreadable::NotJson if reply.body.is_empty() => "is empty",
        Unreadable::NotJson => "is not JSON; a proxy or a sign-in page may have answered in place of the service",
        Unreadable::NoId => "has no `id`",
        Unreadable::NeitherItemNorItems => "is neither an object nor a list of them",
        Unreadable::Repeats => "leads from page to page without an end",
    };
    Error {
        status: Some(reply.status),
        request_id: reply.request_id.clone(),
        ..Error::new(ErrorKind::UnexpectedResponse, format!("The answer about {} {says}.", context.what))
    }
    .acted(context.writes)
}

/// The meaning of an answer of the sign-in service that brings no token.
pub(in crate::flow_service) fn no_token(reply: &Reply, context: Context<'_>) -> Error {
    let error = refused(reply, context);
    let is_about_us = matches!(
        error.kind,
        ErrorKind::Authentication | ErrorKind::Permission | ErrorKind::NotFound | ErrorKind::Rejected
    );
    if !is_about_us || error.code.as_deref().is_some_and(|code| CATALOGUE.iter().any(|entry| entry.code == code)) {
        return error;
    }
    let words = in_its_words(&body::read(&reply.text_lossy()), context);
    let message = "The sign-in service gives out no token. Check the client id, the client secret and the scopes.";
    Error { kind: ErrorKind::Authentication, message: message.to_owned() + &words, ..error }
}

/// The meaning of an answer that should bring a token and does not. What it holds is not shown: it may be one.
pub(in crate::flow_service) fn odd_token(reply: &Reply) -> Error {
    let message = "The sign-in service answered without a token. Check its address; a proxy may stand before it.";
    let request_id = reply.request_id.clone();
    Error { status: Some(reply.status), request_id, ..Error::new(ErrorKind::UnexpectedResponse, message) }
}

/// The meaning of a refusal that another token would not help against: of the token that someone gave.
pub(in crate::flow_service) fn unaccepted(error: Error, place: Option<&str>) -> Error {
    let place = place.map(|place| format!(" from {place}")).unwrap_or_default();
    let message = format!(
        "The service does not accept the access token{place}. Tokens usually last a day, and this one has probably \
         expired: get a new one."
    );
    Error { message, ..error }
}
