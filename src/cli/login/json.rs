//! What came of signing in, for other programs. The shape is told in the long help.

use std::io;

use serde::Serialize;

use super::{Outcome, Reached, Report};
use crate::cli::output::Output;
use crate::sync::Whose;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whole<'a> {
    profile: Option<&'a str>,
    signed_in: Option<bool>,
    service: Option<&'a str>,
    credentials: Option<Kept<'a>>,
    client_id: Option<&'a str>,
    org: Option<&'a str>,
    sandbox: Option<&'a str>,
    gateway: Option<&'a str>,
    rights: Rights,
    notes: &'a [String],
    error: Option<Failed<'a>>,
}

#[derive(Serialize)]
struct Kept<'a> {
    place: &'a str,
    form: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rights {
    read_specs: Option<bool>,
    write_specs: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failed<'a> {
    kind: &'a str,
    message: &'a str,
    code: Option<&'a str>,
    request_id: Option<&'a str>,
}

/// Prints one object.
pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let (signed_in, reached, failure) = match &report.outcome {
        Outcome::Local => (None, None, None),
        Outcome::In(reached) => (Some(true), Some(&**reached), None),
        Outcome::Failed(reached, failure) => (Some(false), reached.as_deref(), Some(failure)),
    };
    let who = reached.map(|reached| &reached.found.credentials);
    let whole = Whole {
        profile: report.chosen.as_ref().map(|chosen| chosen.name.as_str()),
        signed_in,
        service: match report.outcome {
            Outcome::Local => Some(Whose::Emulator.word()),
            _ => reached.map(|reached| Whose::of(&reached.gateway).word()),
        },
        credentials: reached.map(|Reached { found, .. }| Kept { place: &found.source, form: found.format.to_string() }),
        client_id: who.and_then(|who| who.client_id.as_deref()),
        org: who.and_then(|who| who.org.as_deref()),
        sandbox: who.and_then(|who| who.sandbox.as_deref()),
        gateway: reached.map(|reached| reached.gateway.as_str()),
        rights: Rights { read_specs: matches!(report.outcome, Outcome::In(_)).then_some(true), write_specs: None },
        notes: &report.notes,
        error: failure.map(|failure| Failed {
            kind: failure.kind,
            message: &failure.message,
            code: failure.code.as_deref(),
            request_id: failure.request_id.as_deref(),
        }),
    };
    output.print(&(serde_json::to_string_pretty(&whole)? + "\n"))
}
