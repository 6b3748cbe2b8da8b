//! Completion, hover, inlay hints and formatting.

use tower_lsp::ls_types::*;

use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use crate::document::Document;
use crate::ide::{self, FormatOptions};
use crate::syntax::Kind;
use crate::text::Edit;

/// The completion items at a position.
///
/// The list is incomplete: what fits a string depends on what is typed in it, so clients ask again.
pub(super) fn completion(
    session: &Session,
    snapshot: &Snapshot,
    position: Position,
    trigger: Option<&str>,
) -> CompletionResponse {
    let (document, caps) = (&*snapshot.document, session.caps());
    let offset = convert::offset(document.text(), caps.encoding, position);
    let mut items = match trigger {
        Some("{") if !is_in_string(document, offset) => Vec::new(),
        _ => session.features.completion(document, offset),
    };
    if !caps.insert_replace {
        items.iter_mut().for_each(|item| item.keep_closing_quote(document.source(), offset));
    }
    let items = items.into_iter().map(|item| convert::completion_item(document, caps, item)).collect();
    CompletionResponse::List(CompletionList { is_incomplete: true, items })
}

/// A brace starts a placeholder in a string only. Elsewhere it starts an object, and Enter after it is a line break: clients
/// would accept the first item instead.
fn is_in_string(document: &Document, offset: usize) -> bool {
    let node = document.tree().node_at(offset);
    node.kind() == Kind::String && node.range().start < offset
}

/// The hover at a position.
pub(super) fn hover(session: &Session, snapshot: &Snapshot, position: Position) -> Option<Hover> {
    let (document, caps) = (&*snapshot.document, session.caps());
    let offset = convert::offset(document.text(), caps.encoding, position);
    let hover = session.features.hover(document, session.diagnostics(snapshot), offset)?;
    Some(convert::hover(document, caps, hover))
}

/// The inlay hints in a range, of the kinds that are switched on. Their tooltips cost nothing in addition.
pub(super) fn inlay_hints(session: &Session, snapshot: &Snapshot, range: Range) -> Vec<InlayHint> {
    let (document, caps) = (&snapshot.document, session.caps());
    let range = convert::byte_range(document.text(), caps.encoding, range);
    let converted = |hint: ide::Hint| InlayHint {
        position: convert::position(document, caps, hint.offset),
        label: hint.label.into(),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: Some(InlayHintTooltip::MarkupContent(convert::markup(&caps.hover_format, hint.tooltip))),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    ide::hints(document, range, &session.settings.inlay_hints()).into_iter().map(converted).collect()
}

/// The characters that are formatted as they are typed: Enter, and the closing brackets.
pub(super) fn trigger_characters() -> DocumentOnTypeFormattingOptions {
    let more = ["}", "]"].map(str::to_owned).to_vec();
    DocumentOnTypeFormattingOptions { first_trigger_character: "\n".to_owned(), more_trigger_character: Some(more) }
}

/// Formats a document.
pub(super) fn format(session: &Session, snapshot: &Snapshot, options: &FormattingOptions) -> Vec<TextEdit> {
    converted(session, snapshot, ide::format(&snapshot.document, &format_options(options)))
}

/// Formats the lines of a range.
pub(super) fn format_range(
    session: &Session,
    snapshot: &Snapshot,
    range: Range,
    options: &FormattingOptions,
) -> Vec<TextEdit> {
    let range = convert::byte_range(snapshot.document.text(), session.caps().encoding, range);
    converted(session, snapshot, ide::format_range(&snapshot.document, &format_options(options), range))
}

/// Formats after a character was typed at a position.
pub(super) fn format_typed(
    session: &Session,
    snapshot: &Snapshot,
    position: Position,
    typed: &str,
    options: &FormattingOptions,
) -> Vec<TextEdit> {
    let document = &snapshot.document;
    let offset = convert::offset(document.text(), session.caps().encoding, position);
    let edits = typed.chars().next().map(|typed| ide::format_typed(document, &format_options(options), offset, typed));
    converted(session, snapshot, edits.unwrap_or_default())
}

fn format_options(options: &FormattingOptions) -> FormatOptions {
    FormatOptions {
        tab_size: options.tab_size as usize,
        insert_spaces: options.insert_spaces,
        insert_final_newline: options.insert_final_newline == Some(true),
        trim_final_newlines: options.trim_final_newlines == Some(true),
    }
}

fn converted(session: &Session, snapshot: &Snapshot, edits: Vec<Edit>) -> Vec<TextEdit> {
    edits.into_iter().map(|edit| convert::text_edit(&snapshot.document, session.caps(), edit)).collect()
}
