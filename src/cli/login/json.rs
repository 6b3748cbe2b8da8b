//! The account and its permissions as JSON; the long help documents the shape.

use std::io;

use serde::Serialize;

use super::{Account, Outcome, Report};
use crate::cli::output::Output;
use crate::sync::ServiceOrigin;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LoginReport<'a> {
    profile: Option<&'a str>,
    signed_in: Option<bool>,
    service: Option<&'a str>,
    via: &'a [String],
    credentials: Option<Credentials<'a>>,
    client_id: Option<&'a str>,
    org: Option<&'a str>,
    sandbox: Option<&'a str>,
    gateway: Option<&'a str>,
    permissions: Permissions,
    notes: &'a [String],
    error: Option<Failed<'a>>,
}

#[derive(Serialize)]
struct Credentials<'a> {
    source: &'a str,
    form: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Permissions {
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
    let (signed_in, account, failure) = match &report.outcome {
        Outcome::Local => (None, None, None),
        Outcome::SignedIn(account) => (Some(true), Some(&**account), None),
        Outcome::Failed(account, failure) => (Some(false), account.as_deref(), Some(failure)),
    };
    let credentials = account.map(|account| &account.found.credentials);
    let report = LoginReport {
        profile: report.chosen.as_ref().map(|chosen| chosen.name.as_str()),
        signed_in,
        service: match report.outcome {
            Outcome::Local => Some(ServiceOrigin::Emulator.as_str()),
            _ => account.map(|account| ServiceOrigin::of(&account.gateway).as_str()),
        },
        via: account.map(|account| &*account.via).unwrap_or_default(),
        credentials: account
            .map(|Account { found, .. }| Credentials { source: &found.source, form: found.format.as_str() }),
        client_id: credentials.and_then(|known| known.client_id.as_deref()),
        org: credentials.and_then(|known| known.org.as_deref()),
        sandbox: credentials.and_then(|known| known.sandbox.as_deref()),
        gateway: account.map(|account| account.gateway.as_str()),
        permissions: Permissions {
            read_specs: matches!(report.outcome, Outcome::SignedIn(_)).then_some(true),
            write_specs: None,
        },
        notes: &report.notes,
        error: failure.map(|failure| Failed {
            kind: failure.kind,
            message: &failure.message,
            code: failure.code.as_deref(),
            request_id: failure.request_id.as_deref(),
        }),
    };
    output.print(&(serde_json::to_string_pretty(&report)? + "\n"))
}
