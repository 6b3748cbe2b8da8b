//! The language server: what an editor sends is turned into a question for [`crate::ide`], and its answer back.
//!
//! Three things hold for every handler below. A document's new text is committed before anything is waited for, so that
//! changes count in the order in which they were sent. An answer looks only at the snapshot it took when it was asked.
//! And the work itself is done off the protocol's own task, where it can neither hold up nor break anything else.

mod actions;
mod capabilities;
mod commands;
mod config;
mod convert;
mod documents;
mod features;
mod formatting;
mod hints;
mod lenses;
mod log;
mod navigation;
mod parent;
mod publisher;
mod remote;
mod session;
mod standing;
mod surroundings;
mod tokens;
mod transport;
mod watcher;
mod workers;
mod workspace;

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer, LspService};

pub use self::commands::commands;
use self::commands::{RemoteText, Text};
pub use self::config::settings;
pub use self::features::{Features, Ide};
use self::navigation::Asked;
use self::publisher::Publisher;
use self::remote::Remote;
use self::session::Session;
use self::standing::Teller;
use self::watcher::Watcher;
use crate::flow_service::credentials::EnvironmentVariables;

/// A language server before it is started.
pub struct Server {
    features: Arc<dyn Features>,
    watch_parent: bool,
    variables: Option<EnvironmentVariables>,
}

impl Server {
    /// A server that answers with these features.
    pub fn new(features: impl Features) -> Self {
        Server { features: Arc::new(features), watch_parent: false, variables: None }
    }

    /// Whether the server ends when the process that the editor named as its own is gone.
    pub fn watch_parent(mut self, watch: bool) -> Self {
        self.watch_parent = watch;
        self
    }

    /// Takes these for the variables of the environment, which may sign in; else those of the process count.
    pub fn variables(mut self, variables: EnvironmentVariables) -> Self {
        self.variables = Some(variables);
        self
    }

    /// Serves one editor until it says goodbye, or is gone. Gives back the exit code that the protocol asks for: 0 after
    /// a `shutdown`, else 1.
    pub async fn serve(self, input: impl AsyncRead + Unpin, output: impl AsyncWrite + Send + Unpin + 'static) -> i32 {
        let parent = parent::Watch::new(self.watch_parent);
        let remote = Arc::new(Remote::new(self.variables));
        let backend = |client| Backend::new(client, self.features, parent.clone(), remote.clone());
        let (service, socket) = LspService::build(backend)
            .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
            .custom_method("connspec/remote", Backend::remote)
            .finish();
        let code = transport::serve(input, output, service, socket, parent.gone()).await;
        remote.finish().await;
        code
    }
}

/// Serves the editor on standard input and output and gives back the exit code. The caller has to end the process with
/// it at once: an input that is still open cannot be waited for.
pub fn run() -> i32 {
    log::start();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("cannot start: {error}");
            return 1;
        }
    };
    let server = Server::new(Ide).watch_parent(parent::wanted());
    let code = runtime.block_on(server.serve(tokio::io::stdin(), tokio::io::stdout()));
    runtime.shutdown_background();
    code
}

struct Backend {
    session: Arc<Session>,
    publisher: Publisher,
    teller: Teller,
    watcher: Watcher,
    parent: parent::Watch,
}

impl Backend {
    fn new(client: Client, features: Arc<dyn Features>, parent: parent::Watch, remote: Arc<Remote>) -> Self {
        let session = Arc::new(Session::new(client, features, remote));
        let publisher = Publisher::start(session.clone());
        let teller = Teller::start(session.clone());
        let watcher = Watcher::start(session.clone(), publisher.clone(), teller.clone());
        Backend { session, publisher, teller, watcher, parent }
    }

    /// The person has ended something that goes on.
    async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.session.remote.running.cancel(&params.token);
    }

    /// The text that the service has of a document, for one that is only read.
    async fn remote(&self, params: RemoteText) -> Result<Text> {
        commands::remote_text(&self.session, &self.watcher, params).await
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.parent.start(params.process_id);
        self.session.settings.read(params.initialization_options.as_ref());
        self.session.workspace.meet(&params);
        Ok(capabilities::result(self.session.meet(&params.capabilities)))
    }

    async fn initialized(&self, _: InitializedParams) {
        config::register_settings(&self.session);
        watcher::register(&self.session);
        config::pull(&self.session, &self.watcher);
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.workspace.close();
        Ok(())
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        config::read(&self.session, &self.watcher, Some(&params.settings));
        config::pull(&self.session, &self.watcher);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.session.workspace.change_folders(&params.event);
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, version, text, .. } = params.text_document;
        let remote = self.session.remote.known(&uri).map(|known| known.remote);
        self.session.documents.open(&uri, version, text, remote);
        self.publisher.changed(uri.clone());
        self.teller.changed(uri);
        self.watcher.look(false);
        self.session.workspace.changed();
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.session.documents.change(&uri, version, params.content_changes, self.session.peer().encoding);
        self.publisher.changed(uri.clone());
        self.teller.changed(uri);
        self.session.workspace.changed();
    }

    /// The text is known from the changes; but not every editor tells what else has changed on disk.
    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.session.workspace.disk_changed();
        self.watcher.look(false);
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.session.workspace.disk_changed();
        // Of specs that are not open it has findings only when it has asked for them.
        self.watcher.look(self.session.workspace.was_asked());
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.session.documents.close(&params.text_document.uri);
        self.session.remote.refuse(&params.text_document.uri, None);
        self.session.told.forget(&params.text_document.uri);
        self.teller.closed(params.text_document.uri.clone());
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
        let look = move |session: &Session| session.diagnostics(&uri, &snapshot);
        let items = self.session.ask("textDocument/diagnostic", look).await?;
        self.publisher.surroundings();
        Ok(convert::full_report(Some(id), items))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        Ok(workspace::report(&self.session, params).await.into())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let Some(snapshot) = self.session.documents.get(&text_document.uri) else { return Ok(None) };
        let look = move |session: &Session| session.completion(&snapshot, position);
        self.session.ask("textDocument/completion", look).await.map(Some)
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let Some(snapshot) = self.session.documents.get(&text_document.uri) else { return Ok(None) };
        let look = move |session: &Session| session.hover(&snapshot, position);
        self.session.ask("textDocument/hover", look).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let Some(snapshot) = self.session.documents.get(&params.text_document.uri) else { return Ok(None) };
        let look = move |session: &Session| actions::actions(session, &snapshot, &params);
        self.session.ask("textDocument/codeAction", look).await.map(Some)
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let look = move |session: &_, snapshot: &_, uri: &_| Asked::new(session, snapshot, uri, position).definition();
        self.session.ask_about("textDocument/definition", text_document.uri, look).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let all = params.context.include_declaration;
        let look =
            move |session: &_, snapshot: &_, uri: &_| Asked::new(session, snapshot, uri, position).references(all);
        self.session.ask_about("textDocument/references", text_document.uri, look).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let look = move |session: &_, snapshot: &_, uri: &_| Asked::new(session, snapshot, uri, position).highlights();
        self.session.ask_about("textDocument/documentHighlight", text_document.uri, look).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let TextDocumentPositionParams { text_document, position } = params;
        let look = move |session: &_, snapshot: &_, uri: &_| {
            Asked::new(session, snapshot, uri, position).prepare_rename().transpose()
        };
        self.session.ask_about("textDocument/prepareRename", text_document.uri, look).await?.transpose()
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let look = move |session: &_, snapshot: &_, uri: &_| {
            Asked::new(session, snapshot, uri, position).rename(&params.new_name).transpose()
        };
        self.session.ask_about("textDocument/rename", text_document.uri, look).await?.transpose()
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let look =
            move |session: &_, snapshot: &_, uri: &_| Asked::new(session, snapshot, uri, position).linked_editing();
        self.session.ask_about("textDocument/linkedEditingRange", text_document.uri, look).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.session.ask_about("textDocument/documentSymbol", params.text_document.uri, navigation::symbols).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        Ok(Some(workspace::symbols(&self.session, params.query).await?.into()))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let look = |session: &_, snapshot: &_, _: &_| navigation::folding(session, snapshot);
        self.session.ask_about("textDocument/foldingRange", params.text_document.uri, look).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let look = move |session: &_, snapshot: &_, _: &_| navigation::selections(session, snapshot, &params.positions);
        self.session.ask_about("textDocument/selectionRange", params.text_document.uri, look).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.session.ask_about("textDocument/documentLink", params.text_document.uri, navigation::links).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let DocumentFormattingParams { text_document, options, .. } = params;
        let look = move |session: &_, snapshot: &_, _: &_| Some(formatting::document(session, snapshot, &options));
        self.session.ask_about("textDocument/formatting", text_document.uri, look).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let DocumentRangeFormattingParams { text_document, range, options, .. } = params;
        let look = move |session: &_, snapshot: &_, _: &_| Some(formatting::range(session, snapshot, range, &options));
        self.session.ask_about("textDocument/rangeFormatting", text_document.uri, look).await
    }

    async fn on_type_formatting(&self, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let DocumentOnTypeFormattingParams { text_document_position: place, ch, options } = params;
        let look = move |session: &_, snapshot: &_, _: &_| {
            Some(formatting::typed(session, snapshot, place.position, &ch, &options))
        };
        self.session.ask_about("textDocument/onTypeFormatting", place.text_document.uri, look).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let look = |session: &_, snapshot: &_, uri: &_| Some(tokens::full(session, snapshot, uri).into());
        self.session.ask_about("textDocument/semanticTokens/full", params.text_document.uri, look).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let since = params.previous_result_id;
        let look = move |session: &_, snapshot: &_, uri: &_| Some(tokens::delta(session, snapshot, uri, &since));
        self.session.ask_about("textDocument/semanticTokens/full/delta", params.text_document.uri, look).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let look = move |session: &_, snapshot: &_, _: &_| Some(tokens::range(session, snapshot, range).into());
        self.session.ask_about("textDocument/semanticTokens/range", params.text_document.uri, look).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        let look = move |session: &_, snapshot: &_, _: &_| Some(hints::hints(session, snapshot, range));
        self.session.ask_about("textDocument/inlayHint", params.text_document.uri, look).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        commands::execute(&self.session, &self.watcher, params).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let look = |session: &_, snapshot: &_, uri: &_| Some(lenses::lenses(session, snapshot, uri));
        self.session.ask_about("textDocument/codeLens", params.text_document.uri, look).await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        let Some((uri, pointer)) = lenses::subject(&lens) else { return Ok(lens) };
        let look = move |session: &_, snapshot: &_, uri: &_| lenses::text(session, snapshot, uri, &pointer);
        lenses::resolved(lens, self.session.ask_about("codeLens/resolve", uri, look).await?)
    }
}
