//! Code actions: fixes, refactorings, suppressions, commands, and all auto-fixable problems at once.

mod suppress;

use tower_lsp::ls_types::*;

use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use super::workspace_edit::{self, Operation};
use crate::ide::{Action, ActionKind};
use crate::lint::{self, NewFile, RemoteState};
use crate::text::Edit;

const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.connspec");

/// The kinds that a client may ask for.
pub(super) fn kinds() -> Vec<CodeActionKind> {
    vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_EXTRACT, CodeActionKind::REFACTOR_REWRITE, FIX_ALL]
}

/// The range of a document that a client requests actions for.
pub(super) struct ActionContext<'s> {
    session: &'s Session,
    snapshot: &'s Snapshot,
    params: &'s CodeActionParams,
}

/// The actions in a range of a document, of the requested kinds.
pub(super) fn code_actions(session: &Session, snapshot: &Snapshot, params: &CodeActionParams) -> CodeActionResponse {
    // Before code action literals, all that a client accepted was commands.
    if !session.caps().code_action_literals {
        return Vec::new();
    }
    let context = ActionContext { session, snapshot, params };
    let mut actions = context.in_range();
    actions.extend(context.fix_all());
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

impl ActionContext<'_> {
    fn uri(&self) -> &Uri {
        &self.params.text_document.uri
    }

    fn wants(&self, kind: &CodeActionKind) -> bool {
        let only = self.params.context.only.as_ref();
        only.is_none_or(|only| only.iter().any(|parent| is_within(kind.as_str(), parent.as_str())))
    }

    fn in_range(&self) -> Vec<CodeAction> {
        if !kinds().iter().any(|kind| *kind != FIX_ALL && self.wants(kind)) {
            return Vec::new();
        }
        let document = &self.snapshot.document;
        let range = convert::byte_range(document.text(), self.session.caps().encoding, self.params.range);
        let found = self.session.features.actions(document, self.snapshot.facts(), range.clone()).into_iter();
        let found = found.filter(|action| self.wants(&kind(action.kind)));
        let mut actions: Vec<_> = found.filter_map(|action| self.converted(action)).collect();
        if self.wants(&CodeActionKind::QUICKFIX) {
            let diagnostics = self.session.diagnostics(self.snapshot).iter();
            let touched: Vec<_> = diagnostics.filter(|diagnostic| diagnostic.touches(&range)).collect();
            actions.extend(touched.iter().flat_map(|diagnostic| self.commands(diagnostic)));
            actions.extend(suppress::actions(self, &touched));
        }
        actions
    }

    /// Not for the light bulb beside a line, which is about that line.
    fn fix_all(&self) -> Option<CodeAction> {
        if !self.wants(&FIX_ALL) || self.params.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC) {
            return None;
        }
        let edits = self.session.features.fix_all(&self.snapshot.document, self.snapshot.facts());
        if edits.is_empty() {
            return None;
        }
        let edit = self.workspace_edit(edits, &[]);
        let title = "Fix all auto-fixable problems".to_owned();
        Some(CodeAction { title, kind: Some(FIX_ALL), edit, ..CodeAction::default() })
    }

    fn converted(&self, action: Action) -> Option<CodeAction> {
        let caps = self.session.caps();
        let fixed = action.diagnostic.map(|diagnostic| {
            let ours = convert::diagnostic(&self.snapshot.document, self.uri(), caps, diagnostic);
            // The client's own copy, if it sent one, with all that it added.
            let sent = &self.params.context.diagnostics;
            let theirs = sent.iter().find(|sent| sent.code == ours.code && sent.range == ours.range);
            theirs.cloned().unwrap_or(ours)
        });
        let edit = self.workspace_edit(action.edits, &action.files)?;
        Some(CodeAction {
            title: action.title,
            kind: Some(kind(action.kind)),
            diagnostics: fixed.map(|diagnostic| vec![diagnostic]),
            edit: Some(edit),
            is_preferred: (action.is_preferred && caps.preferred_actions).then_some(true),
            ..CodeAction::default()
        })
    }

    /// The commands that resolve a diagnostic about the remote spec, the likeliest first.
    fn commands(&self, diagnostic: &lint::Diagnostic) -> Vec<CodeAction> {
        let state = self.snapshot.facts().remote.as_ref().map(|remote| remote.state);
        let commands: &[(&str, &str)] = match (diagnostic.code, state) {
            ("remote-changed", Some(RemoteState::Deleted)) => &[("Push to create it again", "connspec.push")],
            ("remote-changed", _) => {
                &[("Pull the remote changes", "connspec.pull"), ("Compare with remote", "connspec.diff")]
            }
            ("not-registered", _) => &[("Register in the flow spec", "connspec.register")],
            _ => &[],
        };
        let converted =
            convert::diagnostic(&self.snapshot.document, self.uri(), self.session.caps(), diagnostic.clone());
        let action = |(title, command): &(&str, &str)| CodeAction {
            title: (*title).to_owned(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![converted.clone()]),
            command: Some(convert::command(title, command, self.uri())),
            ..CodeAction::default()
        };
        commands.iter().map(action).collect()
    }

    /// Edits of this version of the document, and new files beside it.
    fn workspace_edit(&self, edits: Vec<Edit>, files: &[NewFile]) -> Option<WorkspaceEdit> {
        let (caps, document, uri) = (self.session.caps(), &self.snapshot.document, self.uri());
        let version = Some(document.version());
        let edits: Vec<_> = edits.into_iter().map(|edit| convert::text_edit(document, caps, edit)).collect();
        if files.is_empty() {
            return Some(workspace_edit::of_document(caps, uri, version, edits));
        }
        let mut operations = Vec::new();
        for file in files {
            let created = Uri::from_file_path(convert::file_path(uri)?.with_file_name(&file.name))?;
            let content = TextEdit { range: Range::default(), new_text: file.content.clone() };
            operations.extend([Operation::Create(created.clone()), Operation::Edit(created, None, vec![content])]);
        }
        if !edits.is_empty() {
            operations.push(Operation::Edit(uri.clone(), version, edits));
        }
        workspace_edit::operations(caps, operations)
    }
}

/// Whether a kind is another or a part of it: `source.fixAll.connspec` of `source`.
fn is_within(kind: &str, parent: &str) -> bool {
    kind.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || parent.is_empty())
}

fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
    }
}
