//! The open documents. `get` is the only way to read one, and the snapshot that it gives never changes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use super::context::DocumentContext;
use super::convert;
use super::features::Features;
use super::pool::lock;
use crate::document::Document;
use crate::flow_service::CancellationToken;
use crate::lint::{Diagnostic, Facts, Remote};
use crate::text::{Encoding, Text};

/// One version of an open document.
#[derive(Debug, Clone)]
pub(super) struct Snapshot {
    pub(super) document: Arc<Document>,
    pub(super) context: Arc<DocumentContext>,
    /// Unique in the session, for every version of every document and for every context of a version. (The client's version
    /// starts again when a document is closed and opened.)
    pub(super) revision: u64,
    diagnostics: Arc<OnceLock<Vec<Diagnostic>>>,
    /// Cancelled when there is a newer version, or the document is closed.
    pub(super) outdated: CancellationToken,
}

impl Snapshot {
    /// The facts about its context. The first call reads from disk: not on the protocol's thread.
    pub(super) fn facts(&self) -> &Facts {
        &self.context.get().facts
    }

    /// All its diagnostics. The first call computes them, and concurrent calls wait for that.
    pub(super) fn diagnostics(&self, features: &dyn Features) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| features.diagnostics(&self.document, self.facts()))
    }
}

/// The open documents by URI, as the client spells it.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: Mutex<HashMap<Uri, Snapshot>>,
    revisions: AtomicU64,
}

impl Documents {
    /// The latest version of an open document.
    pub(super) fn get(&self, uri: &Uri) -> Option<Snapshot> {
        lock(&self.open).get(uri).cloned()
    }

    /// All open documents in their latest versions.
    pub(super) fn all(&self) -> Vec<(Uri, Snapshot)> {
        lock(&self.open).iter().map(|(uri, snapshot)| (uri.clone(), snapshot.clone())).collect()
    }

    /// A document was opened, or sent again. `remote` is the last known state of its remote spec.
    pub(super) fn open(&self, uri: &Uri, version: i32, text: String, remote: Option<Remote>) {
        let context = Arc::new(DocumentContext::new(uri, remote));
        self.commit(uri, Arc::new(Document::new(convert::file_name(uri), version, Text::new(text))), context);
    }

    /// A document was changed. Each change applies to the text that the ones before it left. A change of a document that is
    /// not open has no text to apply to, and is dropped.
    pub(super) fn change(
        &self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let Some(Snapshot { document, context, .. }) = self.get(uri) else {
            tracing::warn!("dropped a change of {}, which is not open", uri.as_str());
            return;
        };
        let text = changes.into_iter().fold(document.text().clone(), |text, change| match change.range {
            Some(range) => text.edit(convert::byte_range(&text, encoding, range), &change.text),
            None => Text::new(change.text),
        });
        self.commit(uri, Arc::new(Document::new(document.name(), version, text)), context);
    }

    /// A document was closed.
    pub(super) fn close(&self, uri: &Uri) {
        if let Some(last) = lock(&self.open).remove(uri) {
            last.outdated.cancel();
        }
    }

    /// Replaces the context of a document, and returns whether it did: not when the document was closed since, or closed and
    /// opened again, which gave it a context of its own.
    pub(super) fn replace_context(&self, uri: &Uri, old: &Arc<DocumentContext>, new: DocumentContext) -> bool {
        let mut open = lock(&self.open);
        let Some(snapshot) = open.get_mut(uri).filter(|now| Arc::ptr_eq(&now.context, old)) else { return false };
        snapshot.context = Arc::new(new);
        snapshot.revision = self.revisions.fetch_add(1, Ordering::Relaxed);
        snapshot.diagnostics = Arc::default();
        true
    }

    fn commit(&self, uri: &Uri, document: Arc<Document>, context: Arc<DocumentContext>) {
        let revision = self.revisions.fetch_add(1, Ordering::Relaxed);
        let outdated = CancellationToken::default();
        let snapshot = Snapshot { document, context, revision, diagnostics: Arc::default(), outdated };
        if let Some(last) = lock(&self.open).insert(uri.clone(), snapshot) {
            last.outdated.cancel();
        }
    }
}
