//! Formatting: of a whole document, of a range, and what follows a key press.

use tower_lsp::ls_types::*;

use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use crate::ide::{self, FormatOptions};
use crate::text::Edit;

/// The key presses that something follows: Enter, and the closing brackets.
pub(super) fn keys() -> DocumentOnTypeFormattingOptions {
    let more = ["}", "]"].map(str::to_owned).to_vec();
    DocumentOnTypeFormattingOptions { first_trigger_character: "\n".to_owned(), more_trigger_character: Some(more) }
}

/// The edits of a whole document.
pub(super) fn document(session: &Session, snapshot: &Snapshot, wanted: &FormattingOptions) -> Vec<TextEdit> {
    converted(session, snapshot, ide::format(&snapshot.document, &options(wanted)))
}

/// The edits of some lines.
pub(super) fn range(session: &Session, snapshot: &Snapshot, range: Range, wanted: &FormattingOptions) -> Vec<TextEdit> {
    let range = convert::span(snapshot.document.text(), session.peer().encoding, range);
    converted(session, snapshot, ide::format_range(&snapshot.document, &options(wanted), range))
}

/// The edits that follow a key press.
pub(super) fn typed(
    session: &Session,
    snapshot: &Snapshot,
    place: Position,
    key: &str,
    wanted: &FormattingOptions,
) -> Vec<TextEdit> {
    let document = &snapshot.document;
    let offset = convert::offset(document.text(), session.peer().encoding, place);
    let edits = key.chars().next().map(|typed| ide::format_typed(document, &options(wanted), offset, typed));
    converted(session, snapshot, edits.unwrap_or_default())
}

fn options(wanted: &FormattingOptions) -> FormatOptions {
    FormatOptions {
        tab_size: wanted.tab_size as usize,
        insert_spaces: wanted.insert_spaces,
        insert_final_newline: wanted.insert_final_newline == Some(true),
        trim_final_newlines: wanted.trim_final_newlines == Some(true),
    }
}

fn converted(session: &Session, snapshot: &Snapshot, edits: Vec<Edit>) -> Vec<TextEdit> {
    edits.into_iter().map(|edit| convert::edit(&snapshot.document, session.peer(), edit)).collect()
}
