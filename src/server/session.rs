//! What the handlers of one client's session share.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{ClientCapabilities, Diagnostic, MessageType, Uri};

use super::client_caps::ClientCaps;
use super::client_request;
use super::convert;
use super::documents::{Documents, Snapshot};
use super::features::Features;
use super::pool::Pool;
use super::remote::Remote;
use super::semantic_tokens::SemanticTokensCache;
use super::settings::Settings;
use super::workspace::Workspace;
use crate::document::Document;
use crate::lint::{self, Facts};

/// One client's session.
pub(super) struct Session {
    pub(super) client: Client,
    pub(super) documents: Documents,
    pub(super) workspace: Workspace,
    pub(super) settings: Settings,
    pub(super) semantic_tokens: SemanticTokensCache,
    pub(super) pool: Pool,
    pub(super) remote: Arc<Remote>,
    pub(super) features: Arc<dyn Features>,
    negotiated: OnceLock<ClientCaps>,
    minimal: ClientCaps,
}

impl Session {
    pub(super) fn new(client: Client, features: Arc<dyn Features>, remote: Arc<Remote>) -> Self {
        Session {
            client,
            documents: Documents::default(),
            workspace: Workspace::default(),
            settings: Settings::default(),
            semantic_tokens: SemanticTokensCache::default(),
            pool: Pool::default(),
            remote,
            features,
            negotiated: OnceLock::new(),
            minimal: ClientCaps::minimal(),
        }
    }

    /// Takes note of what the client announces.
    pub(super) fn negotiate(&self, announced: &ClientCapabilities) -> &ClientCaps {
        self.negotiated.get_or_init(|| ClientCaps::negotiate(announced))
    }

    /// What the client can do: the minimum, before `initialize`.
    pub(super) fn caps(&self) -> &ClientCaps {
        self.negotiated.get().unwrap_or(&self.minimal)
    }

    /// The profile that the person chose: in this session, or else in the settings.
    pub(super) fn profile(&self) -> Option<String> {
        self.remote.selected().or_else(|| self.settings.profile())
    }

    /// Computes the result of a request off the protocol's thread. A panic fails this one request.
    pub(super) async fn compute<T: Send + 'static>(
        self: &Arc<Self>,
        method: &'static str,
        work: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Result<T> {
        let (session, start) = (self.clone(), Instant::now());
        let result = self.pool.run(move || work(&session)).await;
        if self.settings.trace() {
            let took = start.elapsed().as_secs_f64() * 1000.0;
            self.client.log_message(MessageType::LOG, format!("{method}: {took:.2} ms")).await;
        }
        result.ok_or_else(|| Error {
            code: ErrorCode::InternalError,
            message: format!("internal error in {method}").into(),
            data: None,
        })
    }

    /// Computes a result from the latest version of an open document; nothing from one that is not open.
    pub(super) async fn query<T: Send + 'static>(
        self: &Arc<Self>,
        method: &'static str,
        uri: Uri,
        work: impl FnOnce(&Session, &Snapshot, &Uri) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.documents.get(&uri) else { return Ok(None) };
        self.compute(method, move |session| work(session, &snapshot, &uri)).await
    }

    /// All diagnostics of an open document.
    pub(super) fn diagnostics<'s>(&self, snapshot: &'s Snapshot) -> &'s [lint::Diagnostic] {
        snapshot.diagnostics(&*self.features)
    }

    /// All diagnostics of an open document as the client gets them, with those that Flow Service reported for this version.
    pub(super) fn client_diagnostics(&self, uri: &Uri, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let mut all = self.converted(uri, &snapshot.document, self.diagnostics(snapshot));
        all.extend(self.remote.rejection(uri, snapshot));
        all
    }

    /// All diagnostics of a document that is not open, as the client gets them.
    pub(super) fn closed_diagnostics(&self, uri: &Uri, document: &Document, facts: &Facts) -> Vec<Diagnostic> {
        self.converted(uri, document, &self.features.diagnostics(document, facts))
    }

    fn converted(&self, uri: &Uri, document: &Document, all: &[lint::Diagnostic]) -> Vec<Diagnostic> {
        all.iter().map(|diagnostic| convert::diagnostic(document, uri, self.caps(), diagnostic.clone())).collect()
    }

    /// Has a client that pulls diagnostics pull all of them again.
    pub(super) fn refresh_diagnostics(&self) {
        if self.caps().pull_diagnostics && self.caps().refresh_diagnostics {
            let client = self.client.clone();
            client_request::send(
                "workspace/diagnostic/refresh",
                async move { client.workspace_diagnostic_refresh().await },
            );
        }
    }

    pub(super) fn refresh_inlay_hints(&self) {
        if self.caps().refresh_inlay_hints {
            let client = self.client.clone();
            client_request::send("workspace/inlayHint/refresh", async move { client.inlay_hint_refresh().await });
        }
    }

    pub(super) fn refresh_code_lenses(&self) {
        if self.caps().refresh_code_lenses {
            let client = self.client.clone();
            client_request::send("workspace/codeLens/refresh", async move { client.code_lens_refresh().await });
        }
    }
}
