//! The account and its permissions as text.

use std::fmt::Write;
use std::io;

use super::{Account, Outcome, Report};
use crate::cli::output::{Output, report_error, report_status};
use crate::cli::style;
use crate::cli::terminal::{sanitize_terminal, wrap};
use crate::flow_service::credentials::CredentialsFormat;
use crate::lint::Severity;
use crate::project::{Project, SelectedProfile, SelectionReason};
use crate::sync::ServiceOrigin;
use crate::text::english;

/// The columns of the labels.
const LABELS: usize = 14;

/// Prints the account, or the error to standard error.
pub(super) fn print(report: &Report, project: Option<&Project>, output: &mut Output) -> io::Result<()> {
    let mut out = String::new();
    match (&report.outcome, &report.chosen) {
        (Outcome::SignedIn(account), Some(chosen)) => signed_in(account, chosen, project, output.width(), &mut out),
        (Outcome::Local, Some(chosen)) => local(chosen, output, &mut out),
        (Outcome::Failed(account, failure), chosen) => {
            let profile = chosen.as_ref().map(|chosen| format!("cannot sign in with the profile `{}`. ", chosen.name));
            let message = format!("{}{}", profile.unwrap_or_default(), english::capitalize(&failure.message));
            report_error(&sanitize_terminal(&message));
            if let Some(account) = account {
                let note = format!("note: the service is {}.", origin(account));
                report_status(&sanitize_terminal(&note));
            }
        }
        (_, None) => {}
    }
    output.print(&out)?;
    for note in &report.notes {
        output.print(&warning(note, output))?;
    }
    Ok(())
}

fn signed_in(account: &Account, chosen: &SelectedProfile, project: Option<&Project>, width: usize, out: &mut String) {
    let (good, dim) = (style::GOOD, style::DIM);
    let found = &account.found;
    let credentials = &found.credentials;
    let form =
        if found.format == CredentialsFormat::Environment { String::new() } else { format!(" ({})", found.format) };
    let default = project.filter(|_| chosen.reason == SelectionReason::Default);
    let default = default.map(|project| format!(", the default of {}", project.path().display())).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let rows = [
        ("profile", format!("{}{default}", chosen.name)),
        ("credentials", format!("{}{form}", found.source)),
        ("client id", text(&credentials.client_id)),
        ("organization", text(&credentials.org)),
        ("sandbox", text(&credentials.sandbox)),
        ("service", origin(account)),
        ("permissions", "can read specs; whether it can write them is only known after a push".to_owned()),
    ];
    let _ = writeln!(out, "{good}Signed in.{good:#}\n");
    for (label, value) in rows {
        let value = sanitize_terminal(&value);
        for (at, line) in wrap(&value, width.saturating_sub(LABELS + 2)).into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            let _ = writeln!(out, "  {dim}{label:LABELS$}{dim:#}{}", &value[line]);
        }
    }
}

fn local(chosen: &SelectedProfile, output: &Output, out: &mut String) {
    let strong = style::STRONG;
    let reason = match chosen.reason {
        SelectionReason::Fallback => {
            " It is used because connspec.toml has no `default-profile` and the environment no credentials."
        }
        _ => "",
    };
    let text = format!(
        "The profile `local` is the emulator on this machine, not Adobe's service. It needs no credentials, so nothing was \
         sent.{reason}\n\nTo sign in to Adobe's service, set `CONNSPEC_CLIENT_ID`, `CONNSPEC_CLIENT_SECRET`, \
         `CONNSPEC_ORG_ID` and `CONNSPEC_SANDBOX`, or add a profile to connspec.toml."
    );
    for (at, line) in wrap(&text, output.wrap_at()).into_iter().enumerate() {
        match &text[line] {
            line if at == 0 => _ = writeln!(out, "{strong}{line}{strong:#}"),
            line => _ = writeln!(out, "{line}"),
        }
    }
}

/// Who operates the service, and who else receives the credentials.
fn origin(Account { gateway, via, .. }: &Account) -> String {
    let via = via.join(" and ");
    match ServiceOrigin::of(gateway) {
        ServiceOrigin::Adobe if via.is_empty() => format!("{gateway}, Adobe Experience Platform"),
        ServiceOrigin::ThisMachine if gateway.ends_with(&via) => format!("{gateway} on this machine, not Adobe's"),
        _ => format!("{gateway}, via {via}, not Adobe's"),
    }
}

fn warning(note: &str, output: &Output) -> String {
    let color = style::of(Severity::Warning);
    let text = sanitize_terminal(&format!("warning: {}", english::capitalize(note)));
    let mut out = "\n".to_owned();
    for (at, line) in wrap(&text, output.wrap_at()).into_iter().enumerate() {
        match text[line.clone()].strip_prefix("warning:") {
            Some(rest) if at == 0 => _ = writeln!(out, "{color}warning:{color:#}{rest}"),
            _ => _ = writeln!(out, "{}", &text[line]),
        }
    }
    out
}
