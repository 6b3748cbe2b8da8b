//! `workspace/diagnostic`: the diagnostics of all specs, open or not.
//!
//! The specs are analysed one after another, so that typing is never delayed; a cancelled request stops. Clients pull again as
//! soon as they have a response, so a response without news is held until something changes, as the protocol suggests.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::*;

use super::convert;
use super::session::Session;
use super::workspace::{SpecIndex, UNREADABLE};
use crate::document::Document;
use crate::lint::Facts;
use crate::text::Text;

/// The result id of a spec that does not exist any more: it has no diagnostics.
const DELETED: &str = "deleted";

/// Handles the request.
pub(super) async fn diagnostics(
    session: &Arc<Session>,
    params: WorkspaceDiagnosticParams,
) -> WorkspaceDiagnosticReport {
    let mut state = session.workspace.subscribe();
    let is_first = !session.workspace.pulled();
    let mut pull = Pull::new(session.clone(), params);
    loop {
        let is_closing = state.borrow_and_update().is_closing;
        let has_news = pull.analyse_all().await;
        if has_news || is_first || is_closing {
            return pull.respond().await;
        }
        if state.changed().await.is_err() {
            return WorkspaceDiagnosticReport::default();
        }
    }
}

/// One request.
struct Pull {
    session: Arc<Session>,
    /// What the client has: by path the URI, as it spells it, and the result id.
    known: HashMap<PathBuf, (Uri, String)>,
    /// For a client that wants partial results.
    token: Option<ProgressToken>,
    items: Vec<WorkspaceDocumentDiagnosticReport>,
}

/// The result for one spec.
struct SpecReport {
    uri: Uri,
    version: Option<i64>,
    id: String,
    /// `None` when the client has them.
    diagnostics: Option<Vec<Diagnostic>>,
}

impl Pull {
    fn new(session: Arc<Session>, params: WorkspaceDiagnosticParams) -> Self {
        let known = params.previous_result_ids.into_iter();
        let known = known.filter_map(|PreviousResultId { uri, value }| Some((convert::file_path(&uri)?, (uri, value))));
        let token = params.partial_result_params.partial_result_token;
        Pull { session, known: known.collect(), token, items: Vec::new() }
    }

    /// Reports on every spec. Returns whether there is anything that the client does not have.
    async fn analyse_all(&mut self) -> bool {
        self.items.clear();
        let session = self.session.clone();
        let search = move || session.workspace.specs();
        let index = self.session.pool.run(search).await.unwrap_or_default();
        let open = self.session.documents.all().into_iter();
        let open: HashMap<_, _> = open.filter_map(|(uri, _)| Some((convert::file_path(&uri)?, uri))).collect();
        let mut has_news = false;
        for path in &index.specs {
            let report = match open.get(path) {
                Some(uri) => self.open_spec(path, uri).await,
                None => self.closed_spec(path, &index).await,
            };
            if let Some(report) = report {
                has_news |= report.diagnostics.is_some();
                self.add(report).await;
            }
        }
        let is_deleted = |path: &PathBuf| !open.contains_key(path) && index.specs.binary_search(path).is_err();
        let deleted = self.known.iter().filter(|(path, (_, id))| is_deleted(path) && id != DELETED);
        let deleted: Vec<_> = deleted.map(|(_, (uri, _))| uri.clone()).collect();
        for uri in deleted {
            has_news = true;
            self.add(SpecReport { uri, version: None, id: DELETED.to_owned(), diagnostics: Some(Vec::new()) }).await;
        }
        has_news
    }

    fn has(&self, path: &Path, id: &str) -> bool {
        self.known.get(path).is_some_and(|(_, known)| known == id)
    }

    async fn open_spec(&self, path: &Path, uri: &Uri) -> Option<SpecReport> {
        let snapshot = self.session.documents.get(uri)?;
        let (id, version) = (snapshot.revision.to_string(), Some(snapshot.document.version().into()));
        let diagnostics = if self.has(path, &id) {
            None
        } else {
            let (session, uri) = (self.session.clone(), uri.clone());
            let found = self.session.pool.run(move || session.client_diagnostics(&uri, &snapshot)).await;
            Some(found.unwrap_or_default())
        };
        Some(SpecReport { uri: uri.clone(), version, id, diagnostics })
    }

    async fn closed_spec(&self, path: &Path, index: &Arc<SpecIndex>) -> Option<SpecReport> {
        let uri = match self.known.get(path) {
            Some((uri, _)) => uri.clone(),
            None => Uri::from_file_path(path)?,
        };
        if let Some(id) = index.id(path).filter(|id| self.has(path, id)) {
            return Some(SpecReport { uri, version: None, id, diagnostics: None });
        }
        let (session, index, of) = (self.session.clone(), index.clone(), uri.clone());
        let (file, known) = (path.to_owned(), self.known.get(path).map(|(_, id)| id.clone()));
        let analyse = move || {
            let spec = index.read(&file);
            let id = spec.as_ref().map_or(UNREADABLE, |spec| &spec.id).to_owned();
            let found =
                || spec.map(|spec| closed_diagnostics(&session, &of, spec.text, &spec.facts)).unwrap_or_default();
            let diagnostics = (known.as_ref() != Some(&id)).then(found);
            (id, diagnostics)
        };
        // After a panic nothing is known.
        let nothing = || (UNREADABLE.to_owned(), Some(Vec::new()).filter(|_| !self.has(path, UNREADABLE)));
        let (id, diagnostics) = self.session.pool.run(analyse).await.unwrap_or_else(nothing);
        Some(SpecReport { uri, version: None, id, diagnostics })
    }

    /// Adds a report to the response; one with news is sent at once to a client that wants partial results.
    async fn add(&mut self, report: SpecReport) {
        let SpecReport { uri, version, id, diagnostics } = report;
        match diagnostics {
            Some(items) => {
                let full = FullDocumentDiagnosticReport { result_id: Some(id), items };
                let report =
                    WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report: full };
                match self.token.clone() {
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
        let value = WorkspaceDiagnosticReportPartialResult { items };
        self.session.client.send_notification::<PartialResult>(PartialResultParams { token, value }).await;
    }

    /// The response. After partial results the rest is the last of them, and the response itself is empty.
    async fn respond(mut self) -> WorkspaceDiagnosticReport {
        let items = std::mem::take(&mut self.items);
        let Some(token) = self.token.clone() else { return WorkspaceDiagnosticReport { items } };
        if !items.is_empty() {
            self.send(token, items).await;
        }
        // Notifications pass through a task of their own: it has to run before the response is sent.
        tokio::task::yield_now().await;
        WorkspaceDiagnosticReport::default()
    }
}

fn closed_diagnostics(session: &Session, uri: &Uri, text: String, facts: &Facts) -> Vec<Diagnostic> {
    let document = Document::new(convert::file_name(uri), 0, Text::new(text));
    session.closed_diagnostics(uri, &document, facts)
}

enum PartialResult {}

impl Notification for PartialResult {
    type Params = PartialResultParams;
    const METHOD: &'static str = "$/progress";
}

#[derive(Serialize, Deserialize)]
struct PartialResultParams {
    token: ProgressToken,
    value: WorkspaceDiagnosticReportPartialResult,
}
