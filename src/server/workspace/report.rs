//! The findings of all specs of the workspace, whether open or not.
//!
//! The specs are looked at one after another, each on a thread of its own, so that the one who types is never kept
//! waiting; between two of them a request that was cancelled ends. An editor asks again as soon as it is answered: so a
//! request that would be answered with nothing new is held until something changes, as the protocol suggests.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::*;

use super::{Listing, UNREADABLE};
use crate::document::Document;
use crate::server::convert;
use crate::server::session::Session;
use crate::text::Text;

/// The name of what is found in a spec that is there no more: nothing.
const GONE: &str = "gone";

/// Answers `workspace/diagnostic`.
pub(in crate::server) async fn report(
    session: &Arc<Session>,
    asked: WorkspaceDiagnosticParams,
) -> WorkspaceDiagnosticReport {
    let workspace = &session.workspace;
    let mut news = workspace.news.subscribe();
    let is_first = !workspace.was_asked.swap(true, Ordering::Relaxed);
    let mut round = Round::new(session.clone(), asked);
    loop {
        let closing = news.borrow_and_update().closing;
        let some = round.go().await;
        if some || is_first || closing {
            return round.answer().await;
        }
        if news.changed().await.is_err() {
            return WorkspaceDiagnosticReport::default();
        }
    }
}

/// One request.
struct Round {
    session: Arc<Session>,
    /// What the editor knows, by path: the address as it spells it, and the name.
    known: HashMap<PathBuf, (Uri, String)>,
    /// Where results go before the answer, if the editor wants that.
    partial: Option<ProgressToken>,
    items: Vec<WorkspaceDocumentDiagnosticReport>,
    ended: Ended,
}

/// Tells the work that nobody waits for it any more.
#[derive(Default)]
pub(super) struct Ended(pub(super) Arc<AtomicBool>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// One spec as it is to be reported.
struct Found {
    uri: Uri,
    version: Option<i64>,
    id: String,
    /// `None` when the editor knows them.
    findings: Option<Vec<Diagnostic>>,
}

impl Round {
    fn new(session: Arc<Session>, asked: WorkspaceDiagnosticParams) -> Self {
        let known = asked.previous_result_ids.into_iter();
        let known = known.filter_map(|PreviousResultId { uri, value }| Some((convert::path(&uri)?, (uri, value))));
        let partial = asked.partial_result_params.partial_result_token;
        Round { session, known: known.collect(), partial, items: Vec::new(), ended: Ended::default() }
    }

    /// Looks at every spec. Says whether there is something that the editor does not know.
    async fn go(&mut self) -> bool {
        self.items.clear();
        let (session, ended) = (self.session.clone(), self.ended.0.clone());
        let search = move || session.workspace.listing(|| !ended.load(Ordering::Relaxed));
        let listing = self.session.workers.run(search).await.unwrap_or_default();
        let open = self.session.documents.all().into_iter();
        let open: HashMap<_, _> = open.filter_map(|(uri, _)| Some((convert::path(&uri)?, uri))).collect();
        let mut some = false;
        for path in &listing.specs {
            let found = match open.get(path) {
                Some(uri) => self.of_open(path, uri).await,
                None => self.of_closed(path, &listing).await,
            };
            if let Some(found) = found {
                some |= found.findings.is_some();
                self.tell(found).await;
            }
        }
        let is_left = |path: &PathBuf| !open.contains_key(path) && listing.specs.binary_search(path).is_err();
        let left = self.known.iter().filter(|(path, (_, id))| is_left(path) && id != GONE);
        let left: Vec<_> = left.map(|(_, (uri, _))| uri.clone()).collect();
        for uri in left {
            some = true;
            self.tell(Found { uri, version: None, id: GONE.to_owned(), findings: Some(Vec::new()) }).await;
        }
        some
    }

    /// Whether the editor knows what has this name.
    fn knows(&self, path: &Path, id: &str) -> bool {
        self.known.get(path).is_some_and(|(_, known)| known == id)
    }

    /// Looks at a spec that is open.
    async fn of_open(&self, path: &Path, uri: &Uri) -> Option<Found> {
        let snapshot = self.session.documents.get(uri)?;
        let (id, version) = (snapshot.revision.to_string(), Some(snapshot.document.version().into()));
        let findings = if self.knows(path, &id) {
            None
        } else {
            let (session, uri) = (self.session.clone(), uri.clone());
            let found = self.session.workers.run(move || session.diagnostics(&uri, &snapshot)).await;
            Some(found.unwrap_or_default())
        };
        Some(Found { uri: uri.clone(), version, id, findings })
    }

    /// Looks at a spec that is not open.
    async fn of_closed(&self, path: &Path, listing: &Arc<Listing>) -> Option<Found> {
        let uri = match self.known.get(path) {
            Some((uri, _)) => uri.clone(),
            None => Uri::from_file_path(path)?,
        };
        if let Some(id) = listing.id(path).filter(|id| self.knows(path, id)) {
            return Some(Found { uri, version: None, id, findings: None });
        }
        let (session, listing, asked) = (self.session.clone(), listing.clone(), uri.clone());
        let (place, known) = (path.to_owned(), self.known.get(path).map(|(_, id)| id.clone()));
        let look = move || {
            let read = listing.read(&place);
            let id = read.as_ref().map_or(UNREADABLE, |read| &read.id).to_owned();
            let find = || read.map(|read| closed(&session, &asked, &read.text, &read.facts)).unwrap_or_default();
            let findings = (known.as_ref() != Some(&id)).then(find);
            (id, findings)
        };
        // After a panic nothing is known.
        let nothing = || (UNREADABLE.to_owned(), Some(Vec::new()).filter(|_| !self.knows(path, UNREADABLE)));
        let (id, findings) = self.session.workers.run(look).await.unwrap_or_else(nothing);
        Some(Found { uri, version: None, id, findings })
    }

    /// Takes note of a report for the answer; what is new is told at once, if the editor wants that.
    async fn tell(&mut self, found: Found) {
        let Found { uri, version, id, findings } = found;
        match findings {
            Some(items) => {
                let full = FullDocumentDiagnosticReport { result_id: Some(id), items };
                let report =
                    WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report: full };
                match self.partial.clone() {
                    Some(token) => self.send(token, vec![report.into()]).await,
                    None => self.items.push(report.into()),
                }
            }
            None => {
                let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id: id };
                let report =
                    WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report };
                self.items.push(report.into());
            }
        }
    }

    async fn send(&self, token: ProgressToken, items: Vec<WorkspaceDocumentDiagnosticReport>) {
        let part = Part { token, value: WorkspaceDiagnosticReportPartialResult { items } };
        self.session.client.send_notification::<Partial>(part).await;
    }

    /// The answer. When parts were sent before it, the rest is the last part, and the answer itself is empty.
    async fn answer(mut self) -> WorkspaceDiagnosticReport {
        let items = std::mem::take(&mut self.items);
        let Some(token) = self.partial.clone() else { return WorkspaceDiagnosticReport { items } };
        if !items.is_empty() {
            self.send(token, items).await;
        }
        // What the task that hands on messages was given is on its way once it had its turn. Only then may the answer be.
        tokio::task::yield_now().await;
        WorkspaceDiagnosticReport::default()
    }
}

/// The findings in a text that is not open.
fn closed(session: &Session, uri: &Uri, text: &str, facts: &crate::lint::Facts) -> Vec<Diagnostic> {
    let document = Document::new(convert::name(uri), 0, Text::new(text));
    session.diagnostics_of_closed(uri, &document, facts)
}

/// A part of an answer.
enum Partial {}

impl Notification for Partial {
    type Params = Part;
    const METHOD: &'static str = "$/progress";
}

#[derive(Serialize, Deserialize)]
struct Part {
    token: ProgressToken,
    value: WorkspaceDiagnosticReportPartialResult,
}
