//! What the two sides tell each other that they can do.

use tower_lsp::ls_types::*;

use super::{actions, commands, formatting, lenses, tokens};
use crate::text::Encoding;

/// What the editor can do. The default is an editor that can do nothing beyond the protocol's first version.
#[derive(Debug, Default)]
pub(super) struct Peer {
    /// The unit of its columns.
    pub(super) encoding: Encoding,
    /// It asks for findings by itself.
    pub(super) pulls: bool,
    /// It shows a finding's other places.
    pub(super) related: bool,
    /// It shows the link to a finding's page.
    pub(super) code_links: bool,
    /// The ways in which it can draw a finding.
    pub(super) finding_tags: Vec<DiagnosticTag>,
    /// It knows snippets.
    pub(super) snippets: bool,
    /// What it can do about the indentation of an item's lines.
    pub(super) modes: Vec<InsertTextMode>,
    /// It can select an item that is not the first.
    pub(super) preselect: bool,
    /// How it can be told of an old form.
    pub(super) deprecation: Deprecation,
    /// The icons it has.
    pub(super) icons: Option<Vec<CompletionItemKind>>,
    /// How it shows the words beside an item. `None` for one that knows them only as a plain string.
    pub(super) item_words: Option<Words>,
    /// How it shows a hover.
    pub(super) hover_words: Words,
    /// It takes actions that are more than commands.
    pub(super) action_literals: bool,
    /// It knows the likeliest of several actions.
    pub(super) preferred_actions: bool,
    /// It takes edits of a version of a document.
    pub(super) versioned_edits: bool,
    /// It makes files.
    pub(super) creates_files: bool,
    /// It shows where a definition begins and ends.
    pub(super) definition_links: bool,
    /// It shows what can be renamed before it asks for the new name.
    pub(super) prepares_renames: bool,
    /// It shows an outline as a tree.
    pub(super) nested_symbols: bool,
    /// It folds whole lines only.
    pub(super) folds_lines: bool,
    /// How many folds it wants at most.
    pub(super) most_folds: Option<usize>,
    /// It shows words on a link.
    pub(super) link_tooltips: bool,
    /// It can be asked for settings.
    pub(super) answers_settings: bool,
    /// It has to be asked to tell that settings have changed.
    pub(super) registers_settings: bool,
    /// It has to be asked to tell that files have changed.
    pub(super) registers_watchers: bool,
    /// It can be told to ask for all findings again.
    pub(super) refreshes_findings: bool,
    /// It can be told to ask again for what it shows between the words.
    pub(super) refreshes_hints: bool,
    /// It can be told to ask again for the lines above things.
    pub(super) refreshes_lenses: bool,
    /// It shows places on a command.
    pub(super) shows_references: bool,
    /// It is to be told how the open specs stand.
    pub(super) wants_states: bool,
    /// It takes edits that it did not ask for.
    pub(super) applies_edits: bool,
    /// It can be told to show that something goes on.
    pub(super) shows_progress: bool,
}

/// How an editor shows words.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// As they are.
    #[default]
    Plain,
    /// As Markdown.
    Markdown,
}

/// How an editor can be told that a completion item is an old form.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deprecation {
    /// Not at all.
    #[default]
    Untold,
    /// By the flag of the protocol's earlier versions.
    Flag,
    /// By a tag.
    Tag,
}

impl Peer {
    /// What an editor has said of itself.
    pub(super) fn of(said: &ClientCapabilities) -> Self {
        let text = said.text_document.clone().unwrap_or_default();
        let workspace = said.workspace.clone().unwrap_or_default();
        let findings = text.publish_diagnostics.unwrap_or_default();
        let completion = text.completion.unwrap_or_default();
        let item = completion.completion_item.unwrap_or_default();
        let action = text.code_action.unwrap_or_default();
        let folding = text.folding_range.unwrap_or_default();
        let edit = workspace.workspace_edit.unwrap_or_default();
        Peer {
            encoding: encoding(said.general.as_ref().and_then(|general| general.position_encodings.as_deref())),
            pulls: text.diagnostic.is_some(),
            related: findings.related_information == Some(true),
            code_links: findings.code_description_support == Some(true),
            finding_tags: findings.tag_support.map(|tags| tags.value_set).unwrap_or_default(),
            snippets: item.snippet_support == Some(true),
            modes: item.insert_text_mode_support.map(|support| support.value_set).unwrap_or_default(),
            preselect: item.preselect_support == Some(true),
            deprecation: match item.tag_support {
                Some(tags) if tags.value_set.contains(&CompletionItemTag::DEPRECATED) => Deprecation::Tag,
                _ if item.deprecated_support == Some(true) => Deprecation::Flag,
                _ => Deprecation::Untold,
            },
            icons: completion.completion_item_kind.and_then(|kind| kind.value_set),
            item_words: words(item.documentation_format),
            hover_words: words(text.hover.and_then(|hover| hover.content_format)).unwrap_or_default(),
            action_literals: action.code_action_literal_support.is_some(),
            preferred_actions: action.is_preferred_support == Some(true),
            versioned_edits: edit.document_changes == Some(true),
            creates_files: edit.resource_operations.is_some_and(|all| all.contains(&ResourceOperationKind::Create)),
            definition_links: text.definition.is_some_and(|definition| definition.link_support == Some(true)),
            prepares_renames: text.rename.is_some_and(|rename| rename.prepare_support == Some(true)),
            nested_symbols: text
                .document_symbol
                .is_some_and(|symbols| symbols.hierarchical_document_symbol_support == Some(true)),
            folds_lines: folding.line_folding_only == Some(true),
            most_folds: folding.range_limit.map(|limit| limit as usize),
            link_tooltips: text.document_link.is_some_and(|links| links.tooltip_support == Some(true)),
            answers_settings: workspace.configuration == Some(true),
            registers_settings: workspace
                .did_change_configuration
                .is_some_and(|settings| settings.dynamic_registration == Some(true)),
            registers_watchers: workspace
                .did_change_watched_files
                .is_some_and(|files| files.dynamic_registration == Some(true)),
            refreshes_findings: workspace.diagnostics.is_some_and(|findings| findings.refresh_support == Some(true)),
            refreshes_hints: workspace.inlay_hint.is_some_and(|hints| hints.refresh_support == Some(true)),
            refreshes_lenses: workspace.code_lens.is_some_and(|lenses| lenses.refresh_support == Some(true)),
            applies_edits: workspace.apply_edit == Some(true),
            shows_progress: said.window.as_ref().is_some_and(|window| window.work_done_progress == Some(true)),
            wants_states: said.experimental.as_ref().and_then(|said| said.pointer("/connspec/state"))
                == Some(&true.into()),
            shows_references: has_command(said.experimental.as_ref(), lenses::SHOW),
        }
    }

    /// Whether the editor has this icon. One that does not list its icons has those of the protocol's first version.
    pub(super) fn has_icon(&self, kind: CompletionItemKind) -> bool {
        match &self.icons {
            Some(icons) => icons.contains(&kind),
            None => !matches!(kind, CompletionItemKind::ENUM_MEMBER),
        }
    }
}

/// Whether an editor says that it has a command, in the way that other servers' editors say it.
fn has_command(experimental: Option<&serde_json::Value>, name: &str) -> bool {
    let commands = experimental.and_then(|said| said.pointer("/commands/commands")).and_then(|list| list.as_array());
    commands.is_some_and(|commands| commands.iter().any(|command| command == name))
}

/// The first unit in the editor's order of preference that is known.
fn encoding(offered: Option<&[PositionEncodingKind]>) -> Encoding {
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offered.unwrap_or_default().iter().find_map(known).unwrap_or_default()
}

/// The first form in the editor's order of preference.
fn words(formats: Option<Vec<MarkupKind>>) -> Option<Words> {
    Some(match formats?.first()? {
        MarkupKind::Markdown => Words::Markdown,
        MarkupKind::PlainText => Words::Plain,
    })
}

/// The answer to `initialize`.
pub(super) fn result(peer: &Peer) -> InitializeResult {
    let name = env!("CARGO_PKG_NAME").to_owned();
    let version = Some(env!("CARGO_PKG_VERSION").to_owned());
    InitializeResult {
        capabilities: server(peer),
        server_info: Some(ServerInfo { name, version }),
        ..InitializeResult::default()
    }
}

fn server(peer: &Peer) -> ServerCapabilities {
    let diagnostics = DiagnosticServerCapabilities::Options(DiagnosticOptions {
        identifier: Some(env!("CARGO_PKG_NAME").to_owned()),
        inter_file_dependencies: false,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    });
    ServerCapabilities {
        position_encoding: Some(match peer.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            // What begins a key or a string, a value, an input's name, a word in braces.
            trigger_characters: Some(["\"", ":", "$", "{"].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: peer.action_literals.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(actions::kinds()),
                ..CodeActionOptions::default()
            })
        }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(match peer.prepares_renames {
            true => OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            false => OneOf::Left(true),
        }),
        linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(formatting::keys()),
        semantic_tokens_provider: Some(tokens::options().into()),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
        execute_command_provider: Some(commands::options()),
        diagnostic_provider: peer.pulls.then_some(diagnostics),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    }
}
