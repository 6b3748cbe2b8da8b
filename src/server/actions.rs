//! Code actions: fixes of findings, all safe fixes at once, refactorings, in the form that the editor knows.

mod decisions;
mod edits;
mod remote;

use std::collections::HashMap;

use tower_lsp::ls_types::*;

use self::edits::Change;
use super::capabilities::Peer;
use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use crate::ide::{Action, ActionKind};
use crate::lint::NewFile;
use crate::text::Edit;

/// All safe fixes at once.
const FIX_ALL: &str = "source.fixAll.connspec";

/// What an editor may ask for by kind.
pub(super) fn kinds() -> Vec<CodeActionKind> {
    vec![
        CodeActionKind::QUICKFIX,
        CodeActionKind::REFACTOR_EXTRACT,
        CodeActionKind::REFACTOR_REWRITE,
        CodeActionKind::new(FIX_ALL),
    ]
}

/// What can be done about a range of a document, of the kinds that the editor asks for.
pub(super) fn actions(session: &Session, snapshot: &Snapshot, asked: &CodeActionParams) -> CodeActionResponse {
    let peer = session.peer();
    // An editor of the first protocol takes commands only.
    if !peer.action_literals {
        return Vec::new();
    }
    let document = &snapshot.document;
    let wanted = |kind: &CodeActionKind| match &asked.context.only {
        Some(only) => only.iter().any(|outer| is_within(kind.as_str(), outer.as_str())),
        None => true,
    };
    let mut actions = Vec::new();
    if kinds().iter().any(|kind| kind.as_str() != FIX_ALL && wanted(kind)) {
        let range = convert::span(document.text(), peer.encoding, asked.range);
        let found = session.actions(snapshot, range.clone()).into_iter().filter(|action| wanted(&kind(action.kind)));
        actions.extend(found.filter_map(|action| literal(session, snapshot, asked, action)));
        if wanted(&CodeActionKind::QUICKFIX) {
            let found = session.found(snapshot, &range);
            actions.extend(remote::actions(session, snapshot, &asked.text_document.uri, &found));
            actions.extend(decisions::actions(session, snapshot, &asked.text_document.uri, &found));
        }
    }
    // The lamp beside a line is about that line; all of the document is for those who ask.
    let fix_all = CodeActionKind::new(FIX_ALL);
    if wanted(&fix_all) && asked.context.trigger_kind != Some(CodeActionTriggerKind::AUTOMATIC) {
        let edits = session.fix_all(snapshot);
        if !edits.is_empty() {
            let edit = workspace_edit(peer, snapshot, &asked.text_document.uri, edits, &[]);
            let title = "Fix everything that is safe to fix".to_owned();
            actions.push(CodeAction { title, kind: Some(fix_all), edit, ..CodeAction::default() });
        }
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether a kind is another or a part of it: `source.fixAll.connspec` of `source`.
fn is_within(kind: &str, outer: &str) -> bool {
    kind.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || outer.is_empty())
}

fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
    }
}

fn literal(session: &Session, snapshot: &Snapshot, asked: &CodeActionParams, action: Action) -> Option<CodeAction> {
    let (peer, uri) = (session.peer(), &asked.text_document.uri);
    let diagnostic = action.diagnostic.map(|finding| {
        let ours = convert::diagnostic(&snapshot.document, uri, peer, finding);
        // The editor's own copy, where it sent one, with all that it has added to it.
        let theirs = asked.context.diagnostics.iter().find(|its| its.code == ours.code && its.range == ours.range);
        theirs.cloned().unwrap_or(ours)
    });
    let edit = workspace_edit(peer, snapshot, uri, action.edits, &action.files)?;
    Some(CodeAction {
        title: action.title,
        kind: Some(kind(action.kind)),
        diagnostics: diagnostic.map(|finding| vec![finding]),
        edit: Some(edit),
        is_preferred: (action.is_preferred && peer.preferred_actions).then_some(true),
        ..CodeAction::default()
    })
}

/// Edits of the version that was looked at, if the editor can hold them against it, and files beside it.
pub(super) fn workspace_edit(
    peer: &Peer,
    snapshot: &Snapshot,
    uri: &Uri,
    edits: Vec<Edit>,
    files: &[NewFile],
) -> Option<WorkspaceEdit> {
    let document = &snapshot.document;
    let edits: Vec<_> = edits.into_iter().map(|edit| convert::edit(document, peer, edit)).collect();
    if files.is_empty() {
        return Some(edits_of(peer, uri, Some(document.version()), edits));
    }
    if !peer.versioned_edits {
        return None;
    }
    if !files.is_empty() && !peer.creates_files {
        return None;
    }
    let mut changes = Vec::new();
    for file in files {
        let made = Uri::from_file_path(convert::path(uri)?.with_file_name(&file.name))?;
        let content = TextEdit { range: Range::default(), new_text: file.content.clone() };
        changes.extend([Change::Create(made.clone()), Change::Edit(made, None, vec![content])]);
    }
    if !edits.is_empty() {
        changes.push(Change::Edit(uri.clone(), Some(document.version()), edits));
    }
    Some(edits::workspace_edit(changes))
}

/// Edits of one document, of which this version is meant if the editor can hold them against it.
pub(super) fn edits_of(peer: &Peer, uri: &Uri, version: Option<i32>, edits: Vec<TextEdit>) -> WorkspaceEdit {
    match peer.versioned_edits {
        true => edits::workspace_edit([Change::Edit(uri.clone(), version, edits)]),
        false => WorkspaceEdit::new(HashMap::from([(uri.clone(), edits)])),
    }
}
