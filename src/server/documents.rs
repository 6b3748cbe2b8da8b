//! The open documents. `get` is the only way to read one, and what it gives never changes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use super::convert;
use super::features::Features;
use super::surroundings::Surroundings;
use crate::document::Document;
use crate::lint::Diagnostic;
use crate::lint::Facts;
use crate::lint::Remote;
use crate::text::{Encoding, Text};

/// One version of an open document.
#[derive(Debug, Clone)]
pub(super) struct Snapshot {
    /// Its content.
    pub(super) document: Arc<Document>,
    /// The world outside it.
    pub(super) surroundings: Arc<Surroundings>,
    /// A number that nothing else has had in this session: no other version of any document, unlike the editor's version,
    /// which starts again when a document is closed and opened; nor the same version when something else was known of the
    /// world outside it.
    pub(super) revision: u64,
    /// What was found in it, once somebody has looked.
    findings: Arc<OnceLock<Vec<Diagnostic>>>,
}

impl Snapshot {
    /// What is known of the world outside it. The first call reads it from disk: not for the protocol's thread.
    pub(super) fn facts(&self) -> &Facts {
        &self.surroundings.get().facts
    }

    /// All findings in it. The first call looks, and whoever asks meanwhile waits for what it finds.
    pub(super) fn findings(&self, features: &dyn Features) -> &[Diagnostic] {
        self.findings.get_or_init(|| features.diagnostics(&self.document, self.facts()))
    }
}

/// The open documents by address, spelled as the editor spells it.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: Mutex<HashMap<Uri, Snapshot>>,
    revisions: AtomicU64,
}

impl Documents {
    /// The latest version of an open document.
    pub(super) fn get(&self, uri: &Uri) -> Option<Snapshot> {
        self.lock().get(uri).cloned()
    }

    /// A document was opened, or sent anew. `remote` is how it stood on the service when that was last asked.
    pub(super) fn open(&self, uri: &Uri, version: i32, text: String, remote: Option<Remote>) {
        let surroundings = Arc::new(Surroundings::of(uri, remote));
        self.commit(uri, Arc::new(Document::new(convert::name(uri), version, Text::new(text))), surroundings);
    }

    /// A document was changed. Each change counts on the text that the ones before it left. A change of a document that
    /// was never opened has no text to count on, and is dropped.
    pub(super) fn change(
        &self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let Some(Snapshot { document, surroundings, .. }) = self.get(uri) else {
            tracing::warn!("a change of {} was dropped: it is not open", uri.as_str());
            return;
        };
        let text = edited(document.text(), changes, encoding);
        self.commit(uri, Arc::new(Document::new(document.name(), version, text)), surroundings);
    }

    /// A document was closed.
    pub(super) fn close(&self, uri: &Uri) {
        self.lock().remove(uri);
    }

    /// All open documents in their latest versions.
    pub(super) fn all(&self) -> Vec<(Uri, Snapshot)> {
        self.lock().iter().map(|(uri, snapshot)| (uri.clone(), snapshot.clone())).collect()
    }

    /// Takes note that something else is known of the world outside a document. Says no when the document was closed
    /// since, and another reading counts if it was opened again.
    pub(super) fn learn(&self, uri: &Uri, old: &Arc<Surroundings>, new: Surroundings) -> bool {
        let mut open = self.lock();
        let Some(snapshot) = open.get_mut(uri).filter(|now| Arc::ptr_eq(&now.surroundings, old)) else { return false };
        snapshot.surroundings = Arc::new(new);
        snapshot.revision = self.revisions.fetch_add(1, Ordering::Relaxed);
        snapshot.findings = Arc::default();
        true
    }

    fn commit(&self, uri: &Uri, document: Arc<Document>, surroundings: Arc<Surroundings>) {
        let revision = self.revisions.fetch_add(1, Ordering::Relaxed);
        let snapshot = Snapshot { document, surroundings, revision, findings: Arc::default() };
        self.lock().insert(uri.clone(), snapshot);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uri, Snapshot>> {
        // Nothing can panic while it is held, but a lock that was poisoned all the same holds whole entries.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The text after these changes. Each change refers to the text that the ones before it produced.
fn edited(text: &Text, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) -> Text {
    changes.into_iter().fold(text.clone(), |text, change| match change.range {
        Some(range) => text.edit(convert::span(&text, encoding, range), &change.text),
        None => Text::new(change.text),
    })
}
