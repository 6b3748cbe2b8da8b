//! Names, outline, folding, selections and links: each question asked of [`crate::ide`] about a snapshot, and the answer in
//! the form that the editor knows.

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;

use super::actions;
use super::convert;
use super::convert::navigation as converted;
use super::documents::Snapshot;
use super::session::Session;
use crate::ide::{self, RenameResult, RenameTarget};

/// The code of a request that is right but cannot be done (`RequestFailed` of the protocol).
const REQUEST_FAILED: i64 = -32803;

/// A place of an open document, as an editor asks about it.
pub(super) struct Asked<'s> {
    session: &'s Session,
    snapshot: &'s Snapshot,
    uri: &'s Uri,
    offset: usize,
}

impl<'s> Asked<'s> {
    pub(super) fn new(session: &'s Session, snapshot: &'s Snapshot, uri: &'s Uri, position: Position) -> Self {
        let offset = convert::offset(snapshot.document.text(), session.peer().encoding, position);
        Asked { session, snapshot, uri, offset }
    }

    /// Where the name is given.
    pub(super) fn definition(&self) -> Option<GotoDefinitionResponse> {
        let found = ide::definition(&self.snapshot.document, self.offset)?;
        Some(converted::definition(&self.snapshot.document, self.uri, self.session.peer(), found))
    }

    /// Where the name stands, with or without where it is given.
    pub(super) fn references(&self, declarations: bool) -> Option<Vec<Location>> {
        let mut found = ide::references(&self.snapshot.document, self.offset);
        found.retain(|place| declarations || !place.is_declaration);
        let range = |bytes| convert::range(&self.snapshot.document, self.session.peer(), bytes);
        let found = found.into_iter().map(|place| Location { uri: self.uri.clone(), range: range(place.range) });
        Some(found.collect::<Vec<_>>()).filter(|found| !found.is_empty())
    }

    /// The same, to be drawn in the text.
    pub(super) fn highlights(&self) -> Option<Vec<DocumentHighlight>> {
        let found = ide::references(&self.snapshot.document, self.offset);
        let found = found.into_iter().map(|place| {
            let range = convert::range(&self.snapshot.document, self.session.peer(), place.range);
            let is_given = place.is_declaration;
            let kind = if is_given { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
            DocumentHighlight { range, kind: Some(kind) }
        });
        Some(found.collect::<Vec<_>>()).filter(|found| !found.is_empty())
    }

    /// What can be renamed. An editor shows the words of an error.
    pub(super) fn prepare_rename(&self) -> Result<Option<PrepareRenameResponse>> {
        match ide::prepare_rename(&self.snapshot.document, self.offset) {
            Some(RenameTarget::Name { range, text: placeholder }) => {
                let range = convert::range(&self.snapshot.document, self.session.peer(), range);
                Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
            }
            Some(RenameTarget::Refused(why)) => Err(refused(why)),
            None => Ok(None),
        }
    }

    /// The edits of a rename.
    pub(super) fn rename(&self, new: &str) -> Result<Option<WorkspaceEdit>> {
        match ide::rename(&self.snapshot.document, self.offset, new) {
            RenameResult::Edits(edits) if edits.is_empty() => Ok(None),
            RenameResult::Edits(edits) => {
                Ok(actions::workspace_edit(self.session.peer(), self.snapshot, self.uri, edits, &[]))
            }
            RenameResult::Refused(why) => Err(refused(why)),
        }
    }

    /// What changes along with the name while it is typed.
    pub(super) fn linked_editing(&self) -> Option<LinkedEditingRanges> {
        let found = ide::linked_editing(&self.snapshot.document, self.offset).into_iter();
        let ranges = found.map(|bytes| convert::range(&self.snapshot.document, self.session.peer(), bytes));
        let linked = LinkedEditingRanges { ranges: ranges.collect(), word_pattern: Some(ide::LINKED_WORD.to_owned()) };
        Some(linked).filter(|linked| !linked.ranges.is_empty())
    }
}

fn refused(why: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: why.into(), data: None }
}

/// The outline: nested where the editor shows that.
pub(super) fn symbols(session: &Session, snapshot: &Snapshot, uri: &Uri) -> Option<DocumentSymbolResponse> {
    let symbols = ide::symbols(&snapshot.document);
    (!symbols.is_empty()).then(|| converted::symbols(&snapshot.document, uri, session.peer(), symbols))
}

/// What can be folded, no more than the editor wants.
pub(super) fn folding(session: &Session, snapshot: &Snapshot) -> Option<Vec<FoldingRange>> {
    let (document, peer) = (&snapshot.document, session.peer());
    let folds = ide::folding(document, peer.most_folds).into_iter();
    let folds: Vec<_> = folds.filter_map(|fold| converted::fold(document, peer, fold)).collect();
    Some(folds).filter(|folds| !folds.is_empty())
}

/// The growing selections around each of some places.
pub(super) fn selections(session: &Session, snapshot: &Snapshot, places: &[Position]) -> Option<Vec<SelectionRange>> {
    let (document, peer) = (&snapshot.document, session.peer());
    let at = |place: &Position| {
        let ranges = ide::selection(document, convert::offset(document.text(), peer.encoding, *place));
        converted::selection(document, peer, ranges)
    };
    places.iter().map(at).collect()
}

/// What can be opened.
pub(super) fn links(session: &Session, snapshot: &Snapshot, uri: &Uri) -> Option<Vec<DocumentLink>> {
    let (document, peer) = (&snapshot.document, session.peer());
    let links = ide::links(document, snapshot.facts()).into_iter();
    let links: Vec<_> = links.filter_map(|link| converted::link(document, uri, peer, link)).collect();
    Some(links).filter(|links| !links.is_empty())
}
