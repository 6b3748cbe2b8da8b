//! What an editor shows between the words, as far as a person has not switched it off.

use tower_lsp::ls_types::{InlayHint, InlayHintKind, InlayHintTooltip, Range};

use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use crate::ide;

/// The hints in a range. Their tooltips come along: they cost nothing beside the hints themselves.
pub(super) fn hints(session: &Session, snapshot: &Snapshot, range: Range) -> Vec<InlayHint> {
    let (document, peer) = (&snapshot.document, session.peer());
    let range = convert::span(document.text(), peer.encoding, range);
    let hint = |hint: ide::Hint| InlayHint {
        position: convert::position(document, peer, hint.offset),
        label: hint.label.into(),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: Some(InlayHintTooltip::MarkupContent(convert::markup(peer.hover_words, hint.tooltip))),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    ide::hints(document, range, &session.settings.hints()).into_iter().map(hint).collect()
}
