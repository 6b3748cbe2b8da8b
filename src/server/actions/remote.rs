//! What mends a finding about the service: a command of ours.

use tower_lsp::ls_types::{CodeAction, CodeActionKind, Uri};

use crate::lint::Diagnostic;
use crate::lint::There;
use crate::server::convert;
use crate::server::documents::Snapshot;
use crate::server::lenses;
use crate::server::session::Session;

/// The commands for these findings, the likeliest first.
pub(super) fn actions(session: &Session, snapshot: &Snapshot, uri: &Uri, found: &[Diagnostic]) -> Vec<CodeAction> {
    let there = snapshot.facts().remote.as_ref().map(|remote| remote.there);
    let offers = |finding: &Diagnostic| -> &[(&str, &str)] {
        match (finding.code, there) {
            ("remote-changed", Some(There::Gone)) => &[("Push it again", "connspec.push")],
            ("remote-changed", _) => &[
                ("Pull what was changed on the service", "connspec.pull"),
                ("Compare with the service", "connspec.diff"),
            ],
            ("not-registered", _) => &[("Register it in the flow spec", "connspec.register")],
            _ => &[],
        }
    };
    let action = |finding: &Diagnostic, (title, command): (&str, &str)| CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![convert::diagnostic(&snapshot.document, uri, session.peer(), finding.clone())]),
        command: Some(lenses::to(title, command, uri)),
        ..CodeAction::default()
    };
    found.iter().flat_map(|finding| offers(finding).iter().map(move |offer| action(finding, *offer))).collect()
}
