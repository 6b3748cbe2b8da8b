//! What the handlers of one editor's session share.

use crate::lint;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    ClientCapabilities, CompletionList, CompletionResponse, Diagnostic, Hover, MessageType, Position, Uri,
};

use super::capabilities::Peer;
use super::config::{PATIENCE, Settings};
use super::convert;
use super::documents::{Documents, Snapshot};
use super::features::Features;
use super::remote::Remote;
use super::tokens::Told;
use super::workers::Workers;
use super::workspace::Workspace;
use crate::document::Document;
use crate::ide::Action;
use crate::lint::Facts;
use crate::text::Edit;

/// One editor's session.
pub(super) struct Session {
    /// The way to the editor.
    pub(super) client: Client,
    /// Its open documents.
    pub(super) documents: Documents,
    /// The folders that it has open.
    pub(super) workspace: Workspace,
    /// What the person has set.
    pub(super) settings: Settings,
    /// What it was told of the colours of texts.
    pub(super) told: Told,
    /// The threads that look at them.
    pub(super) workers: Workers,
    /// What it has to do with the service.
    pub(super) remote: Arc<Remote>,
    features: Arc<dyn Features>,
    peer: OnceLock<Peer>,
    stranger: Peer,
}

impl Session {
    pub(super) fn new(client: Client, features: Arc<dyn Features>, remote: Arc<Remote>) -> Self {
        let (documents, settings, workers) = (Documents::default(), Settings::default(), Workers::default());
        let (workspace, told) = (Workspace::default(), Told::default());
        let (peer, stranger) = (OnceLock::new(), Peer::default());
        Session { client, documents, workspace, settings, told, workers, remote, features, peer, stranger }
    }

    /// Takes note of what the editor can do.
    pub(super) fn meet(&self, capabilities: &ClientCapabilities) -> &Peer {
        self.peer.get_or_init(|| Peer::of(capabilities))
    }

    /// The profile that the person has named: for this session, or else in the settings.
    pub(super) fn profile(&self) -> Option<String> {
        self.remote.selected().or_else(|| self.settings.profile())
    }

    /// What the editor can do: the least, before it has said.
    pub(super) fn peer(&self) -> &Peer {
        self.peer.get().unwrap_or(&self.stranger)
    }

    /// Does work off the protocol's thread. Should it panic, this one request is answered with an error.
    pub(super) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        name: &'static str,
        work: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Result<T> {
        let (session, begun) = (self.clone(), Instant::now());
        let answer = self.workers.run(move || work(&session)).await;
        if self.settings.trace() {
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            self.client.log_message(MessageType::LOG, format!("{name}: {took:.2} ms")).await;
        }
        answer.ok_or_else(|| Error {
            code: ErrorCode::InternalError,
            message: format!("connspec could not answer {name}: an internal error").into(),
            data: None,
        })
    }

    /// Does work that looks at an open document. Of one that is not open nothing is known.
    pub(super) async fn ask_about<T: Send + 'static>(
        self: &Arc<Self>,
        name: &'static str,
        uri: Uri,
        work: impl FnOnce(&Session, &Snapshot, &Uri) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.documents.get(&uri) else { return Ok(None) };
        self.ask(name, move |session| work(session, &snapshot, &uri)).await
    }

    /// Has an editor that asks for findings ask for all of them again, if it can be told to.
    pub(super) fn refresh(self: &Arc<Self>) {
        if !(self.peer().pulls && self.peer().refreshes_findings) {
            return;
        }
        let client = self.client.clone();
        again("findings", async move { client.workspace_diagnostic_refresh().await });
    }

    /// Has the editor ask again for what it shows between the words, if it can be told to.
    pub(super) fn refresh_hints(&self) {
        if self.peer().refreshes_hints {
            let client = self.client.clone();
            again("hints", async move { client.inlay_hint_refresh().await });
        }
    }

    /// Has the editor ask again for the lines above things, if it can be told to.
    pub(super) fn refresh_lenses(&self) {
        if self.peer().refreshes_lenses {
            let client = self.client.clone();
            again("code lenses", async move { client.code_lens_refresh().await });
        }
    }

    /// All findings in an open document, and what the service has said against this version of it.
    pub(super) fn diagnostics(&self, uri: &Uri, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let mut found = self.told(uri, &snapshot.document, self.findings(snapshot));
        found.extend(self.remote.refused(uri, snapshot));
        found
    }

    /// All findings in a document that is not open.
    pub(super) fn diagnostics_of_closed(&self, uri: &Uri, document: &Document, facts: &Facts) -> Vec<Diagnostic> {
        self.told(uri, document, &self.features.diagnostics(document, facts))
    }

    fn told(&self, uri: &Uri, document: &Document, found: &[lint::Diagnostic]) -> Vec<Diagnostic> {
        found.iter().map(|finding| convert::diagnostic(document, uri, self.peer(), finding.clone())).collect()
    }

    /// All findings in an open document.
    pub(super) fn findings<'s>(&self, snapshot: &'s Snapshot) -> &'s [lint::Diagnostic] {
        snapshot.findings(&*self.features)
    }

    /// What may be written at a place.
    pub(super) fn completion(&self, snapshot: &Snapshot, position: Position) -> CompletionResponse {
        let document = &*snapshot.document;
        let offset = convert::offset(document.text(), self.peer().encoding, position);
        let items = self.features.completion(document, snapshot.facts(), offset);
        let items = items.into_iter().map(|item| convert::completion_item(document, self.peer(), item)).collect();
        CompletionResponse::List(CompletionList { is_incomplete: false, items })
    }

    /// What is known of the thing at a place.
    pub(super) fn hover(&self, snapshot: &Snapshot, position: Position) -> Option<Hover> {
        let document = &*snapshot.document;
        let offset = convert::offset(document.text(), self.peer().encoding, position);
        let hover = self.features.hover(document, self.findings(snapshot), offset)?;
        Some(convert::hover(document, self.peer(), hover))
    }

    /// The findings that touch a range of bytes of an open document.
    pub(super) fn found(&self, snapshot: &Snapshot, range: &Range<usize>) -> Vec<lint::Diagnostic> {
        self.findings(snapshot).iter().filter(|finding| finding.touches(range)).cloned().collect()
    }

    /// What can be done about a range of bytes.
    pub(super) fn actions(&self, snapshot: &Snapshot, range: Range<usize>) -> Vec<Action> {
        self.features.actions(&snapshot.document, snapshot.facts(), range)
    }

    /// The edits of all safe fixes.
    pub(super) fn fix_all(&self, snapshot: &Snapshot) -> Vec<Edit> {
        self.features.fix_all(&snapshot.document, snapshot.facts())
    }
}

/// Tells the editor to ask for something again.
fn again(what: &'static str, told: impl Future<Output = Result<()>> + Send + 'static) {
    tokio::spawn(async move {
        match tokio::time::timeout(PATIENCE, told).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!("the editor will not ask for {what} again: {error}"),
            Err(_) => tracing::warn!("the editor did not answer when told to ask for {what} again"),
        }
    });
}
