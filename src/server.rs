//! The language server: requests of a client become calls of [`crate::ide`], and their results responses.
//!
//! Three things hold for every handler below. A document's new text is committed before anything is awaited, so that changes
//! apply in the order in which they were sent. A result follows from the snapshot that was the latest when the request came
//! in. And the work is done off the protocol's thread, where it neither blocks nor breaks anything else.
//!
//! Modules in reading order, each built on those before it: what the client can do (`client_caps`), conversion (`convert`,
//! `workspace_edit`), state (`settings`, `context`, `documents`, `workspace`, `remote`, `session`), features (`editing`,
//! `navigation`, `semantic_tokens`, `code_actions`, `lenses`, `workspace_diagnostics`, `workspace_symbols`), tasks
//! (`publisher`, `status_notifier`, `watcher`), `commands`, what the server announces (`server_caps`), and the wire (`transport`,
//! `process`).

mod client_caps;
mod client_request;
mod code_actions;
mod commands;
mod configuration;
mod context;
mod convert;
mod documents;
mod editing;
mod features;
mod lenses;
mod log;
mod navigation;
mod pool;
mod process;
mod publisher;
mod remote;
mod semantic_tokens;
mod server_caps;
mod session;
mod settings;
mod status_notifier;
mod transport;
mod watcher;
mod workspace;
mod workspace_diagnostics;
mod workspace_edit;
mod workspace_symbols;

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer, LspService};

pub use self::commands::commands;
use self::commands::{RemoteText, Text};
pub use self::features::{Features, Ide};
use self::navigation::PositionContext;
use self::process::ParentWatch;
pub use self::process::run;
use self::publisher::Publisher;
use self::remote::Remote;
use self::session::Session;
pub use self::settings::settings;
use self::status_notifier::StatusNotifier;
use self::watcher::Watcher;
use crate::flow_service::credentials::EnvironmentVariables;

/// A language server before it is started.
pub struct Server {
    features: Arc<dyn Features>,
    watch_parent: bool,
    variables: Option<EnvironmentVariables>,
}

impl Server {
    /// A server with these features.
    pub fn new(features: impl Features) -> Self {
        Server { features: Arc::new(features), watch_parent: false, variables: None }
    }

    /// Whether the server ends when the process that the client names as its own has ended.
    pub fn watch_parent(mut self, watch: bool) -> Self {
        self.watch_parent = watch;
        self
    }

    /// Uses these environment variables in place of those of the process. They may contain credentials.
    pub fn variables(mut self, variables: EnvironmentVariables) -> Self {
        self.variables = Some(variables);
        self
    }

    /// Serves one client until it exits or disconnects. Returns the exit code that the protocol asks for: 0 after a
    /// `shutdown` request, else 1.
    pub async fn serve(self, input: impl AsyncRead + Unpin, output: impl AsyncWrite + Send + Unpin + 'static) -> i32 {
        let parent = ParentWatch::new(self.watch_parent);
        let remote = Arc::new(Remote::new(self.variables));
        let backend = |client| Backend::new(client, self.features, parent.clone(), remote.clone());
        let (service, socket) = LspService::build(backend)
            .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
            .custom_method("connspec/remote", Backend::remote_text)
            .finish();
        let code = transport::serve(input, output, service, socket, parent.ended()).await;
        remote.finish().await;
        code
    }
}

struct Backend {
    session: Arc<Session>,
    publisher: Publisher,
    notifier: StatusNotifier,
    watcher: Watcher,
    parent: ParentWatch,
}

impl Backend {
    fn new(client: Client, features: Arc<dyn Features>, parent: ParentWatch, remote: Arc<Remote>) -> Self {
        let session = Arc::new(Session::new(client, features, remote));
        let publisher = Publisher::start(session.clone());
        let notifier = StatusNotifier::start(session.clone());
        let watcher = Watcher::start(session.clone(), publisher.clone(), notifier.clone());
        Backend { session, publisher, notifier, watcher, parent }
    }

    async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.session.remote.running.cancel(&params.token);
    }

    /// The remote text of a document, for a read-only document in the editor.
    async fn remote_text(&self, params: RemoteText) -> Result<Text> {
        commands::remote_text(&self.session, &self.watcher, params).await
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.parent.start(params.process_id);
        self.session.settings.update(params.initialization_options.as_ref());
        self.session.workspace.initialize(&params);
        Ok(server_caps::initialize_result(self.session.negotiate(&params.capabilities)))
    }

    async fn initialized(&self, _: InitializedParams) {
        configuration::register(&self.session);
        watcher::register(&self.session);
        configuration::pull(&self.session, &self.watcher);
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.workspace.close();
        Ok(())
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        configuration::update(&self.session, &self.watcher, Some(&params.settings));
        configuration::pull(&self.session, &self.watcher);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.session.workspace.change_folders(&params.event);
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, version, text, .. } = params.text_document;
        let remote = self.session.remote.known(&uri).map(|known| known.remote);
        self.session.documents.open(&uri, version, text, remote);
        self.publisher.changed(uri.clone());
        self.notifier.changed(uri);
        self.watcher.disk_changed(false);
        self.session.workspace.changed();
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.session.documents.change(&uri, version, params.content_changes, self.session.caps().encoding);
        self.publisher.changed(uri.clone());
        self.notifier.changed(uri);
        self.session.workspace.changed();
    }

    /// The text is known from the changes; but not every client reports what else has changed on disk.
    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.session.workspace.disk_changed();
        self.watcher.disk_changed(false);
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.session.workspace.disk_changed();
        // A client has diagnostics of closed specs only if it has pulled them.
        self.watcher.disk_changed(self.session.workspace.is_pulled());
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.session.documents.close(&params.text_document.uri);
        self.session.remote.set_rejection(&params.text_document.uri, None);
        self.session.semantic_tokens.remove(&params.text_document.uri);
        self.notifier.closed(params.text_document.uri.clone());
        self.publisher.closed(params.text_document.uri);
        self.session.workspace.changed();
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let Some(snapshot) = self.session.documents.get(&uri) else {
            return Ok(convert::full_report(None, Vec::new()));
        };
        let id = snapshot.revision.to_string();
        if params.previous_result_id.as_ref() == Some(&id) {
            return Ok(convert::unchanged_report(id));
        }
        let outdated = snapshot.outdated.clone();
        let work = move |session: &Session| session.client_diagnostics(&uri, &snapshot);
        let items = outdated.run_until_cancelled(self.session.compute("textDocument/diagnostic", work)).await;
        let items = items.ok_or_else(convert::outdated)??;
        self.publisher.context_changed();
        Ok(convert::full_report(Some(id), items))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        Ok(workspace_diagnostics::diagnostics(&self.session, params).await.into())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let trigger = params.context.and_then(|context| context.trigger_character);
        let work = move |session: &_, snapshot: &_, _: &_| {
            Some(editing::completion(session, snapshot, position, trigger.as_deref()))
        };
        self.session.query("textDocument/completion", text_document.uri, work).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let work = move |session: &_, snapshot: &_, _: &_| editing::hover(session, snapshot, position);
        self.session.query("textDocument/hover", text_document.uri, work).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        let work = move |session: &_, snapshot: &_, _: &_| Some(code_actions::code_actions(session, snapshot, &params));
        self.session.query("textDocument/codeAction", uri, work).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let work = move |session: &_, snapshot: &_, uri: &_| {
            PositionContext::new(session, snapshot, uri, position).definition()
        };
        self.session.query("textDocument/definition", text_document.uri, work).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let all = params.context.include_declaration;
        let work = move |session: &_, snapshot: &_, uri: &_| {
            PositionContext::new(session, snapshot, uri, position).references(all)
        };
        self.session.query("textDocument/references", text_document.uri, work).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let work = move |session: &_, snapshot: &_, uri: &_| {
            PositionContext::new(session, snapshot, uri, position).highlights()
        };
        self.session.query("textDocument/documentHighlight", text_document.uri, work).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let TextDocumentPositionParams { text_document, position } = params;
        let work = move |session: &_, snapshot: &_, uri: &_| {
            PositionContext::new(session, snapshot, uri, position).prepare_rename().transpose()
        };
        self.session.query("textDocument/prepareRename", text_document.uri, work).await?.transpose()
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let work = move |session: &_, snapshot: &_, uri: &_| {
            PositionContext::new(session, snapshot, uri, position).rename(&params.new_name).transpose()
        };
        self.session.query("textDocument/rename", text_document.uri, work).await?.transpose()
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let work = move |session: &_, snapshot: &_, uri: &_| {
            PositionContext::new(session, snapshot, uri, position).linked_editing()
        };
        self.session.query("textDocument/linkedEditingRange", text_document.uri, work).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.session.query("textDocument/documentSymbol", params.text_document.uri, navigation::symbols).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        Ok(Some(workspace_symbols::symbols(&self.session, params.query).await?.into()))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let work = |session: &_, snapshot: &_, _: &_| navigation::folding(session, snapshot);
        self.session.query("textDocument/foldingRange", params.text_document.uri, work).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let work = move |session: &_, snapshot: &_, _: &_| navigation::selections(session, snapshot, &params.positions);
        self.session.query("textDocument/selectionRange", params.text_document.uri, work).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.session.query("textDocument/documentLink", params.text_document.uri, navigation::links).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let DocumentFormattingParams { text_document, options, .. } = params;
        let work = move |session: &_, snapshot: &_, _: &_| Some(editing::format(session, snapshot, &options));
        self.session.query("textDocument/formatting", text_document.uri, work).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let DocumentRangeFormattingParams { text_document, range, options, .. } = params;
        let work =
            move |session: &_, snapshot: &_, _: &_| Some(editing::format_range(session, snapshot, range, &options));
        self.session.query("textDocument/rangeFormatting", text_document.uri, work).await
    }

    async fn on_type_formatting(&self, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let DocumentOnTypeFormattingParams { text_document_position: at, ch, options } = params;
        let work = move |session: &_, snapshot: &_, _: &_| {
            Some(editing::format_typed(session, snapshot, at.position, &ch, &options))
        };
        self.session.query("textDocument/onTypeFormatting", at.text_document.uri, work).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let work = |session: &Session, snapshot: &_, uri: &_| {
            Some(session.semantic_tokens.full(session.caps(), snapshot, uri).into())
        };
        self.session.query("textDocument/semanticTokens/full", params.text_document.uri, work).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let since = params.previous_result_id;
        let work = move |session: &Session, snapshot: &_, uri: &_| {
            Some(session.semantic_tokens.delta(session.caps(), snapshot, uri, &since))
        };
        self.session.query("textDocument/semanticTokens/full/delta", params.text_document.uri, work).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let work = move |session: &Session, snapshot: &_, _: &_| {
            Some(semantic_tokens::range(session.caps(), snapshot, range).into())
        };
        self.session.query("textDocument/semanticTokens/range", params.text_document.uri, work).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        let work = move |session: &_, snapshot: &_, _: &_| Some(editing::inlay_hints(session, snapshot, range));
        self.session.query("textDocument/inlayHint", params.text_document.uri, work).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        commands::execute(&self.session, &self.watcher, params).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let work = |session: &_, snapshot: &_, uri: &_| Some(lenses::lenses(session, snapshot, uri));
        self.session.query("textDocument/codeLens", params.text_document.uri, work).await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        let Some((uri, pointer)) = lenses::subject(&lens) else { return Ok(lens) };
        let work = move |session: &_, snapshot: &_, uri: &_| lenses::command(session, snapshot, uri, &pointer);
        lenses::resolved(lens, self.session.query("codeLens/resolve", uri, work).await?)
    }
}
