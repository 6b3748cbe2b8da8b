//! What came of signing in, in words.

use std::fmt::Write;
use std::io;

use super::{Outcome, Reached, Report, complain};
use crate::cli::draw::harmless;
use crate::cli::output::Output;
use crate::cli::style;
use crate::cli::wrap::wrap;
use crate::flow_service::credentials::CredentialsFormat;
use crate::lint::Severity;
use crate::project::{Project, SelectedProfile, SelectionReason};
use crate::sync::Whose;
use crate::text::english;

/// The columns of the names.
const NAMES: usize = 14;

/// Prints who signed in, or says on standard error why nobody did.
pub(super) fn print(report: &Report, project: Option<&Project>, output: &mut Output) -> io::Result<()> {
    let mut out = String::new();
    match (&report.outcome, &report.chosen) {
        (Outcome::In(reached), Some(chosen)) => signed_in(reached, chosen, project, output.width(), &mut out),
        (Outcome::Local, Some(chosen)) => local(chosen, output, &mut out),
        (Outcome::Failed(reached, failure), chosen) => {
            let profile =
                chosen.as_ref().map(|chosen| format!("could not sign in with the profile `{}`. ", chosen.name));
            let message = harmless(&english::capitalize(&failure.message));
            complain(&format!("{}{message}", harmless(&profile.unwrap_or_default())));
            if let Some(reached) = reached {
                complain(&format!("the service that was asked is {}.", harmless(&whose(&reached.gateway))));
            }
        }
        (_, None) => {}
    }
    output.print(&out)?;
    for note in &report.notes {
        output.print(&noted(&english::capitalize(note), output))?;
    }
    Ok(())
}

fn signed_in(reached: &Reached, chosen: &SelectedProfile, project: Option<&Project>, width: usize, out: &mut String) {
    let (good, dim) = (style::GOOD, style::DIM);
    let Reached { found, gateway } = reached;
    let credentials = &found.credentials;
    let form =
        if found.format == CredentialsFormat::Environment { String::new() } else { format!(" ({})", found.format) };
    let because = project.filter(|_| chosen.reason == SelectionReason::Default);
    let because = because.map(|project| format!(", the default of {}", project.path().display())).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let rows = [
        ("profile", format!("{}{because}", chosen.name)),
        ("credentials", format!("{}{form}", found.source)),
        ("client id", text(&credentials.client_id)),
        ("organization", text(&credentials.org)),
        ("sandbox", text(&credentials.sandbox)),
        ("service", whose(gateway)),
        ("rights", "may read specs; whether it may write them is only known at a push".to_owned()),
    ];
    let _ = writeln!(out, "{good}Signed in.{good:#}\n");
    for (name, value) in rows {
        let value = harmless(&value);
        for (at, line) in wrap(&value, width.saturating_sub(NAMES + 2)).into_iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            let _ = writeln!(out, "  {dim}{name:NAMES$}{dim:#}{}", &value[line]);
        }
    }
}

fn local(chosen: &SelectedProfile, output: &Output, out: &mut String) {
    let strong = style::STRONG;
    let why = match chosen.reason {
        SelectionReason::Fallback => {
            " No other profile is chosen: connspec.toml has no `default-profile`, and the environment no \
                             credentials."
        }
        _ => "",
    };
    let words = format!(
        "The profile `local` is the emulator on this machine, not Adobe's service.{why} It needs no credentials, so nothing \
         was asked.\n\nTo sign in to Adobe's service, set `CONNSPEC_CLIENT_ID`, `CONNSPEC_CLIENT_SECRET`, `CONNSPEC_ORG_ID` \
         and `CONNSPEC_SANDBOX`, or write a profile into connspec.toml."
    );
    for (at, line) in wrap(&words, output.wrap_at()).into_iter().enumerate() {
        match &words[line] {
            words if at == 0 => _ = writeln!(out, "{strong}{words}{strong:#}"),
            words => _ = writeln!(out, "{words}"),
        }
    }
}

/// Whose service an address is, in words.
fn whose(gateway: &str) -> String {
    match Whose::of(gateway) {
        Whose::Adobe => format!("{gateway}, Adobe Experience Platform"),
        Whose::ThisMachine => format!("{gateway}, on this machine and not Adobe's"),
        Whose::Other | Whose::Emulator => gateway.to_owned(),
    }
}

fn noted(note: &str, output: &Output) -> String {
    let color = style::of(Severity::Warning);
    let words = harmless(&format!("warning: {note}"));
    let mut out = "\n".to_owned();
    for (at, line) in wrap(&words, output.wrap_at()).into_iter().enumerate() {
        match words[line.clone()].strip_prefix("warning:") {
            Some(rest) if at == 0 => _ = writeln!(out, "{color}warning:{color:#}{rest}"),
            _ => _ = writeln!(out, "{}", &words[line]),
        }
    }
    out
}
