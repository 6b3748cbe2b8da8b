//! References, renames, symbols, folding, selections and links.

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;

use super::convert::{self, navigation as converted};
use super::documents::Snapshot;
use super::session::Session;
use super::workspace_edit;
use crate::ide::{self, RenameResult, RenameTarget};

/// The protocol's code for a valid request that cannot be carried out.
const REQUEST_FAILED: i64 = -32803;

/// A position in an open document that a client asks about.
pub(super) struct PositionContext<'s> {
    session: &'s Session,
    snapshot: &'s Snapshot,
    uri: &'s Uri,
    offset: usize,
}

impl<'s> PositionContext<'s> {
    pub(super) fn new(session: &'s Session, snapshot: &'s Snapshot, uri: &'s Uri, position: Position) -> Self {
        let offset = convert::offset(snapshot.document.text(), session.caps().encoding, position);
        PositionContext { session, snapshot, uri, offset }
    }

    pub(super) fn definition(&self) -> Option<GotoDefinitionResponse> {
        let found = ide::definition(&self.snapshot.document, self.offset)?;
        Some(converted::definition(&self.snapshot.document, self.uri, self.session.caps(), found))
    }

    /// The references, with or without the declarations.
    pub(super) fn references(&self, declarations: bool) -> Option<Vec<Location>> {
        let mut found = ide::references(&self.snapshot.document, self.offset);
        found.retain(|reference| declarations || !reference.is_declaration);
        let location = |range| Location { uri: self.uri.clone(), range: self.range(range) };
        let found: Vec<_> = found.into_iter().map(|reference| location(reference.range)).collect();
        Some(found).filter(|found| !found.is_empty())
    }

    pub(super) fn highlights(&self) -> Option<Vec<DocumentHighlight>> {
        let (read, write) = (DocumentHighlightKind::READ, DocumentHighlightKind::WRITE);
        let found = ide::references(&self.snapshot.document, self.offset).into_iter().map(|reference| {
            let kind = Some(if reference.is_declaration { write } else { read });
            DocumentHighlight { range: self.range(reference.range), kind }
        });
        Some(found.collect::<Vec<_>>()).filter(|found| !found.is_empty())
    }

    /// The name that a rename would change. Clients show the message of an error.
    pub(super) fn prepare_rename(&self) -> Result<Option<PrepareRenameResponse>> {
        match ide::prepare_rename(&self.snapshot.document, self.offset) {
            Some(RenameTarget::Name { range, text: placeholder }) => {
                Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range: self.range(range), placeholder }))
            }
            Some(RenameTarget::Refused(why)) => Err(refused(why)),
            None => Ok(None),
        }
    }

    pub(super) fn rename(&self, new: &str) -> Result<Option<WorkspaceEdit>> {
        let (document, caps) = (&self.snapshot.document, self.session.caps());
        match ide::rename(document, self.offset, new) {
            RenameResult::Edits(edits) if edits.is_empty() => Ok(None),
            RenameResult::Edits(edits) => {
                let edits = edits.into_iter().map(|edit| convert::text_edit(document, caps, edit)).collect();
                Ok(Some(workspace_edit::of_document(caps, self.uri, Some(document.version()), edits)))
            }
            RenameResult::Refused(why) => Err(refused(why)),
        }
    }

    /// The ranges that change together while a name is typed.
    pub(super) fn linked_editing(&self) -> Option<LinkedEditingRanges> {
        let found = ide::linked_editing(&self.snapshot.document, self.offset).into_iter();
        let ranges = found.map(|range| self.range(range)).collect();
        let linked = LinkedEditingRanges { ranges, word_pattern: Some(ide::LINKED_WORD.to_owned()) };
        Some(linked).filter(|linked| !linked.ranges.is_empty())
    }

    fn range(&self, range: std::ops::Range<usize>) -> Range {
        convert::range(&self.snapshot.document, self.session.caps(), range)
    }
}

fn refused(why: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: why.into(), data: None }
}

/// The outline: nested where a client shows that.
pub(super) fn symbols(session: &Session, snapshot: &Snapshot, uri: &Uri) -> Option<DocumentSymbolResponse> {
    let symbols = ide::symbols(&snapshot.document);
    (!symbols.is_empty()).then(|| converted::symbols(&snapshot.document, uri, session.caps(), symbols))
}

/// The folds, as many as a client wants.
pub(super) fn folding(session: &Session, snapshot: &Snapshot) -> Option<Vec<FoldingRange>> {
    let (document, caps) = (&snapshot.document, session.caps());
    let folds = ide::folding(document, caps.folding_limit).into_iter();
    let folds: Vec<_> = folds.filter_map(|fold| converted::fold(document, caps, fold)).collect();
    Some(folds).filter(|folds| !folds.is_empty())
}

/// The growing selections at each of some positions.
pub(super) fn selections(session: &Session, snapshot: &Snapshot, at: &[Position]) -> Option<Vec<SelectionRange>> {
    let (document, caps) = (&snapshot.document, session.caps());
    let selection = |position: &Position| {
        let ranges = ide::selection(document, convert::offset(document.text(), caps.encoding, *position));
        converted::selection(document, caps, ranges)
    };
    at.iter().map(selection).collect()
}

pub(super) fn links(session: &Session, snapshot: &Snapshot, uri: &Uri) -> Option<Vec<DocumentLink>> {
    let (document, caps) = (&snapshot.document, session.caps());
    let links = ide::links(document, snapshot.facts()).into_iter();
    let links: Vec<_> = links.filter_map(|link| converted::link(document, uri, caps, link)).collect();
    Some(links).filter(|links| !links.is_empty())
}
