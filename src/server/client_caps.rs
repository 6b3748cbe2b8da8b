//! What the client can do, negotiated once by `initialize`. All that is sent to it follows from this.

use serde_json::Value;
use tower_lsp::ls_types::*;

use crate::text::Encoding;

/// The command by which a client shows references: a URI, a position in it, the locations. Clients that have it list it
/// under `experimental.commands.commands`.
pub(super) const SHOW_REFERENCES: &str = "connspec.showReferences";

/// The capabilities of a client, reduced to what makes a difference here.
#[derive(Debug)]
pub(super) struct ClientCaps {
    /// The unit of its columns.
    pub(super) encoding: Encoding,
    /// It pulls diagnostics instead of having them published.
    pub(super) pull_diagnostics: bool,
    pub(super) related_information: bool,
    pub(super) code_description: bool,
    pub(super) diagnostic_tags: Vec<DiagnosticTag>,
    pub(super) snippets: bool,
    /// Its completion also replaces text after the cursor: it announces `insertReplaceSupport`.
    pub(super) insert_replace: bool,
    pub(super) insert_text_modes: Vec<InsertTextMode>,
    pub(super) preselect: bool,
    pub(super) deprecation: DeprecationSupport,
    completion_kinds: Option<Vec<CompletionItemKind>>,
    /// `None` for a client that knows the documentation of an item only as a plain string.
    pub(super) completion_format: Option<MarkupKind>,
    pub(super) hover_format: MarkupKind,
    /// It accepts code actions that are more than commands.
    pub(super) code_action_literals: bool,
    pub(super) preferred_actions: bool,
    /// It accepts `documentChanges`: edits of a version, and operations on files as far as it lists them.
    pub(super) document_changes: bool,
    pub(super) create_files: bool,
    pub(super) definition_links: bool,
    pub(super) prepare_rename: bool,
    pub(super) hierarchical_symbols: bool,
    pub(super) line_folding_only: bool,
    pub(super) folding_limit: Option<usize>,
    pub(super) link_tooltips: bool,
    /// It responds to `workspace/configuration`.
    pub(super) configuration: bool,
    pub(super) register_configuration: bool,
    pub(super) register_file_watchers: bool,
    pub(super) refresh_diagnostics: bool,
    pub(super) refresh_inlay_hints: bool,
    pub(super) refresh_code_lenses: bool,
    /// It has the command [`SHOW_REFERENCES`].
    pub(super) show_references: bool,
    /// It wants the notification about the sync status of open specs: `experimental.connspec.state`.
    pub(super) sync_status: bool,
    pub(super) apply_edit: bool,
    pub(super) work_done_progress: bool,
}

/// How a client marks a completion item as deprecated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeprecationSupport {
    None,
    /// The property of the protocol's earlier versions.
    Flag,
    Tag,
}

impl ClientCaps {
    /// A client of the protocol's first version: what applies before `initialize`.
    pub(super) fn minimal() -> Self {
        ClientCaps::negotiate(&ClientCapabilities::default())
    }

    /// What a client announces, as far as this server knows it.
    pub(super) fn negotiate(announced: &ClientCapabilities) -> Self {
        let text = announced.text_document.clone().unwrap_or_default();
        let workspace = announced.workspace.clone().unwrap_or_default();
        let experimental = announced.experimental.as_ref();
        let diagnostics = text.publish_diagnostics.unwrap_or_default();
        let completion = text.completion.unwrap_or_default();
        let item = completion.completion_item.unwrap_or_default();
        let action = text.code_action.unwrap_or_default();
        let folding = text.folding_range.unwrap_or_default();
        let edit = workspace.workspace_edit.unwrap_or_default();
        ClientCaps {
            encoding: encoding(announced.general.as_ref().and_then(|general| general.position_encodings.as_deref())),
            pull_diagnostics: text.diagnostic.is_some(),
            related_information: diagnostics.related_information == Some(true),
            code_description: diagnostics.code_description_support == Some(true),
            diagnostic_tags: diagnostics.tag_support.map(|tags| tags.value_set).unwrap_or_default(),
            snippets: item.snippet_support == Some(true),
            insert_replace: item.insert_replace_support == Some(true),
            insert_text_modes: item.insert_text_mode_support.map(|support| support.value_set).unwrap_or_default(),
            preselect: item.preselect_support == Some(true),
            deprecation: match item.tag_support {
                Some(tags) if tags.value_set.contains(&CompletionItemTag::DEPRECATED) => DeprecationSupport::Tag,
                _ if item.deprecated_support == Some(true) => DeprecationSupport::Flag,
                _ => DeprecationSupport::None,
            },
            completion_kinds: completion.completion_item_kind.and_then(|kinds| kinds.value_set),
            completion_format: preferred(item.documentation_format),
            hover_format: preferred(text.hover.and_then(|hover| hover.content_format)).unwrap_or(MarkupKind::PlainText),
            code_action_literals: action.code_action_literal_support.is_some(),
            preferred_actions: action.is_preferred_support == Some(true),
            document_changes: edit.document_changes == Some(true),
            create_files: edit.resource_operations.is_some_and(|all| all.contains(&ResourceOperationKind::Create)),
            definition_links: text.definition.is_some_and(|definition| definition.link_support == Some(true)),
            prepare_rename: text.rename.is_some_and(|rename| rename.prepare_support == Some(true)),
            hierarchical_symbols: text
                .document_symbol
                .is_some_and(|symbols| symbols.hierarchical_document_symbol_support == Some(true)),
            line_folding_only: folding.line_folding_only == Some(true),
            folding_limit: folding.range_limit.map(|limit| limit as usize),
            link_tooltips: text.document_link.is_some_and(|links| links.tooltip_support == Some(true)),
            configuration: workspace.configuration == Some(true),
            register_configuration: workspace
                .did_change_configuration
                .is_some_and(|settings| settings.dynamic_registration == Some(true)),
            register_file_watchers: workspace
                .did_change_watched_files
                .is_some_and(|files| files.dynamic_registration == Some(true)),
            refresh_diagnostics: workspace.diagnostics.is_some_and(|it| it.refresh_support == Some(true)),
            refresh_inlay_hints: workspace.inlay_hint.is_some_and(|hints| hints.refresh_support == Some(true)),
            refresh_code_lenses: workspace.code_lens.is_some_and(|lenses| lenses.refresh_support == Some(true)),
            show_references: has_command(experimental, SHOW_REFERENCES),
            sync_status: experimental.and_then(|all| all.pointer("/connspec/state")) == Some(&true.into()),
            apply_edit: workspace.apply_edit == Some(true),
            work_done_progress: announced.window.as_ref().is_some_and(|window| window.work_done_progress == Some(true)),
        }
    }

    /// Whether the client has this icon. One that lists no kinds has those of the protocol's first version.
    pub(super) fn has_completion_kind(&self, kind: CompletionItemKind) -> bool {
        match &self.completion_kinds {
            Some(kinds) => kinds.contains(&kind),
            None => !matches!(kind, CompletionItemKind::ENUM_MEMBER),
        }
    }
}

/// Whether a client lists a command, in the way that other servers' clients list theirs.
fn has_command(experimental: Option<&Value>, name: &str) -> bool {
    let commands = experimental.and_then(|all| all.pointer("/commands/commands")).and_then(Value::as_array);
    commands.is_some_and(|commands| commands.iter().any(|command| command == name))
}

/// The first unit in the client's order of preference that is known.
fn encoding(offered: Option<&[PositionEncodingKind]>) -> Encoding {
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offered.unwrap_or_default().iter().find_map(known).unwrap_or_default()
}

/// The first format in the client's order of preference.
fn preferred(formats: Option<Vec<MarkupKind>>) -> Option<MarkupKind> {
    formats?.into_iter().next()
}
