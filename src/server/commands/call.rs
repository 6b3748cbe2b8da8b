//! One call of a command, and the editor as the medium of a conversation: the document on screen is the working copy, and
//! the person is asked and told through the editor.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::WeakUnboundedSender;
use tower_lsp::ls_types::{MessageActionItem, MessageType, Uri};

use super::Options;
use super::result::{CommandResult, brief};
use crate::document::Document;
use crate::flow_service::{CancellationToken, ErrorKind};
use crate::ide;
use crate::lint::{Facts, Remote, RemoteState};
use crate::project::{self, Project, Projects, TrustRequest};
use crate::server::remote::{Known, ProgressStep, Writing};
use crate::server::session::Session;
use crate::server::watcher::Watcher;
use crate::server::{convert, workspace_edit};
use crate::sync::{
    Choice, Conversation, Event, LocalSpec, Progress, Prompt, Question, RemoteUpdate, Service, SyncError, SyncOutcome,
    WorkingCopy,
};
use crate::text::{Edit, Text};

/// How long a person may take to choose, or an editor to apply an edit.
const PERSON_TIMEOUT: Duration = Duration::from_secs(600);

/// The button that cancels the command.
const CANCEL: &str = "Cancel";

/// How many remote specs of the same name are offered.
const MAX_LINKS: usize = 5;

/// One call of a command.
pub(super) struct Call {
    pub(super) session: Arc<Session>,
    pub(super) watcher: Watcher,
    pub(super) uri: Option<Uri>,
    pub(super) options: Options,
    pub(super) cancellation: CancellationToken,
    pub(super) steps: WeakUnboundedSender<ProgressStep>,
}

/// The document of a command as it is on screen; if it is not open, as it is on disk.
pub(super) struct OpenDocument<'c> {
    call: &'c Call,
    pub(super) uri: Uri,
    path: PathBuf,
    pub(super) document: Arc<Document>,
    /// The version of an open document.
    version: Option<i32>,
    is_unsaved: bool,
    facts: Facts,
    project: Option<Arc<Project>>,
}

/// The editor as the medium of a conversation.
pub(super) struct Editor<'c> {
    call: &'c Call,
    uri: Uri,
    service: Arc<Service>,
}

/// The participants of a conversation.
pub(super) struct Participants<'c> {
    call: &'c Call,
    pub(super) service: Arc<Service>,
    editor: Editor<'c>,
    pub(super) document: OpenDocument<'c>,
}

impl<'c> Participants<'c> {
    pub(super) fn conversation(&mut self) -> Conversation<'_, Editor<'c>, OpenDocument<'c>> {
        let cancellation = self.call.cancellation.clone();
        Conversation::new(&self.service, cancellation, &mut self.editor, &mut self.document)
    }

    /// What came of the conversation.
    pub(super) async fn result(self, result: Result<SyncOutcome, SyncError>) -> CommandResult {
        match result {
            Ok(outcome) => {
                let is_changed = matches!(outcome, SyncOutcome::Pushed(_) | SyncOutcome::Pulled(_));
                let is_unsaved = is_changed && self.document.current().is_ok_and(|now| now.is_unsaved);
                CommandResult::of(&self.service, &outcome, is_unsaved)
            }
            Err(error) => self.failed(&error).await,
        }
    }

    /// Why the conversation came to nothing.
    pub(super) async fn failed(self, error: &SyncError) -> CommandResult {
        if let SyncError::Service(error) = error {
            // Credentials that are read again may be accepted.
            if error.kind() == ErrorKind::Authentication {
                self.call.session.remote.forget_service(&self.service);
            } else {
                self.call.show_rejection(&self.document, error).await;
            }
        }
        CommandResult::failed(Some(&self.service), error)
    }
}

impl Call {
    /// The document, its service and the editor.
    pub(super) async fn participants(&self) -> Result<Participants<'_>, CommandResult> {
        let failed = |error| CommandResult::failed(None, &error);
        let document = self.document().map_err(failed)?;
        let service = self.service(document.project.as_deref()).await.map_err(failed)?;
        let editor = Editor { call: self, uri: document.uri.clone(), service: service.clone() };
        Ok(Participants { call: self, service, editor, document })
    }

    fn document(&self) -> Result<OpenDocument<'_>, SyncError> {
        let uri = self.uri.clone().ok_or_else(|| SyncError::File("No document was given.".to_owned()))?;
        let path = convert::file_path(&uri).ok_or(SyncError::Unsaved)?;
        let on_disk = project::read_text_file(&path);
        if let Some(snapshot) = self.session.documents.get(&uri) {
            let known = snapshot.context.get();
            let is_unsaved = on_disk.ok().as_deref() != Some(snapshot.document.source());
            // The state of the remote spec is no problem of the text.
            let facts = Facts { remote: None, ..known.facts.clone() };
            let version = Some(snapshot.document.version());
            let (document, project) = (snapshot.document.clone(), known.project.clone());
            return Ok(OpenDocument { call: self, uri, path, document, version, is_unsaved, facts, project });
        }
        let text = on_disk.map_err(|error| SyncError::File(format!("Cannot read {}: {error}.", path.display())))?;
        let document = Arc::new(Document::new(convert::file_name(&uri), 0, Text::new(text)));
        let (facts, project) = Projects::default().facts(&path);
        Ok(OpenDocument { call: self, uri, path, document, version: None, is_unsaved: false, facts, project })
    }

    /// The service of the active profile. The person is asked once to trust what that would do.
    pub(super) async fn service(&self, project: Option<&Project>) -> Result<Arc<Service>, SyncError> {
        let (remote, named) = (&self.session.remote, self.session.profile());
        let trust = remote.trust(self.session.settings.trusted() == Some(true));
        let open = || self.unless_cancelled(remote.service(project, named.as_deref(), &trust));
        match open().await? {
            Err(SyncError::Untrusted(request)) if self.is_trust_confirmed(&request).await? => {
                trust.record(&request).map_err(SyncError::Unreachable)?;
                open().await?
            }
            opened => opened,
        }
    }

    /// Asks the person to trust what a file would do, unless they have declined exactly that. `false` also if the editor
    /// does not ask, or the question would be too long to be read there.
    async fn is_trust_confirmed(&self, request: &TrustRequest) -> Result<bool, SyncError> {
        let remote = &self.session.remote;
        let Some(question) = request.question().filter(|_| !remote.has_declined(request)) else { return Ok(false) };
        match self.ask(&question, &["Trust", "Decline"]).await? {
            Some(0) => Ok(true),
            Some(_) => {
                remote.decline(request);
                Ok(false)
            }
            None => Ok(false),
        }
    }

    /// Does work that only reads, unless it is cancelled.
    pub(super) async fn unless_cancelled<T>(&self, work: impl Future<Output = T>) -> Result<T, SyncError> {
        self.cancellation.run_until_cancelled(work).await.ok_or(SyncError::Cancelled)
    }

    /// Lets a person choose. `None` if they chose nothing, or the editor does not ask.
    pub(super) async fn ask(&self, question: &str, choices: &[&str]) -> Result<Option<usize>, SyncError> {
        let item = |title: &&str| MessageActionItem { title: (*title).to_owned(), properties: Default::default() };
        let items = choices.iter().chain([&CANCEL]).map(item).collect();
        let response = self.session.client.show_message_request(MessageType::WARNING, question, Some(items));
        let response = self.unless_cancelled(tokio::time::timeout(PERSON_TIMEOUT, response)).await?;
        let chosen = response.ok().and_then(|response| response.ok().flatten());
        if chosen.as_ref().is_some_and(|item| item.title == CANCEL) {
            return Err(SyncError::Cancelled);
        }
        Ok(chosen.and_then(|item| choices.iter().position(|choice| *choice == item.title)))
    }

    /// Shows in the editor what is in progress.
    pub(super) fn progress(&self, description: &'static str, can_be_cancelled: bool) {
        if let Some(steps) = self.steps.upgrade() {
            let _ = steps.send(ProgressStep { description, can_be_cancelled });
        }
    }

    /// Shows at the text what Flow Service has rejected.
    async fn show_rejection(&self, document: &OpenDocument<'_>, error: &crate::flow_service::Error) {
        let Some(code) = error.code() else { return };
        let Some(bytes) = ide::rejected_range(&document.document, code, error.details()) else { return };
        let diagnostic = convert::service_diagnostic(&document.document, self.session.caps(), bytes, error);
        self.session.remote.set_rejection(&document.uri, Some((document.document.clone(), diagnostic)));
        let known = self.session.remote.known(&document.uri).map(|known| known.remote);
        self.watcher.learn(document.uri.clone(), known).await;
    }
}

impl OpenDocument<'_> {
    fn current(&self) -> Result<Self, SyncError> {
        self.call.document()
    }
}

impl WorkingCopy for OpenDocument<'_> {
    fn read(&mut self) -> Result<LocalSpec, SyncError> {
        *self = self.current()?;
        let document = &self.document;
        let document = Document::new(document.name(), document.version(), document.text().clone());
        Ok(LocalSpec { path: self.path.clone(), document, facts: self.facts.clone() })
    }

    async fn apply(&mut self, edits: Vec<Edit>) -> Result<(), SyncError> {
        let (caps, cancellation) = (self.call.session.caps(), &self.call.cancellation);
        if !caps.apply_edit {
            let message = "This editor does not apply edits of a language server, so nothing was changed. Save the file \
                           and run `connspec pull`.";
            return Err(SyncError::NotApplied(message.to_owned()));
        }
        if cancellation.is_cancelled() {
            return Err(SyncError::Cancelled);
        }
        let edits = edits.into_iter().map(|edit| convert::text_edit(&self.document, caps, edit)).collect();
        let edit = workspace_edit::of_document(caps, &self.uri, self.version, edits);
        let applied = tokio::time::timeout(PERSON_TIMEOUT, self.call.session.client.apply_edit(edit));
        match cancellation.run_until_cancelled(applied).await {
            Some(Ok(Ok(response))) if response.applied => Ok(()),
            None => Err(SyncError::EditCancelled),
            Some(_) => {
                let message = "The editor did not apply the edit, so the state was not saved. The text may have changed \
                               in the meantime; pull again.";
                Err(SyncError::NotApplied(message.to_owned()))
            }
        }
    }
}

impl Editor<'_> {
    /// Updates what is known of the remote spec. What was not checked stays as it was.
    async fn learn(&self, RemoteUpdate { id, state, registered, sent }: RemoteUpdate) {
        let (call, location) = (self.call, self.service.location());
        let before = call.session.remote.known(&self.uri).map(|known| known.remote);
        let before = before.filter(|known| (&known.id, &known.location) == (&id, &location));
        let state = state.or(before.as_ref().map(|known| known.state)).unwrap_or(RemoteState::Unchanged);
        let registered = registered.or(before.and_then(|known| known.registered));
        let remote = Remote { id, location, state, registered };
        self.set(Some(Known { remote: remote.clone(), sent }), Some(remote)).await;
    }

    async fn set(&self, known: Option<Known>, remote: Option<Remote>) {
        let call = self.call;
        call.session.remote.set_rejection(&self.uri, None);
        call.session.remote.set_known(&self.uri, known);
        call.watcher.learn(self.uri.clone(), remote).await;
    }
}

impl<'c> Prompt for Editor<'c> {
    type Write = Writing<'c>;

    async fn ask(&mut self, question: &Question<'_>) -> Result<Option<Choice>, SyncError> {
        let mut choices = question.choices();
        let links = choices.iter().filter(|choice| matches!(choice, Choice::Link { .. })).count();
        choices.drain(MAX_LINKS.min(links)..links);
        let labels: Vec<String> = choices.iter().map(Choice::label).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let message = format!("{}{} {}", question.reason(), brief(&question.sections()), question.text());
        Ok(self.call.ask(message.trim_start(), &labels).await?.map(|at| choices.swap_remove(at)))
    }

    async fn report(&mut self, event: Event<'_>) -> Result<(), SyncError> {
        match event {
            Event::Remote(update) => self.learn(update).await,
            Event::NotLinked => self.set(None, None).await,
            // The result says so, and the question before it.
            Event::Plan(_) | Event::Registering { .. } | Event::Blocked(_) | Event::Conflicts(_) => {}
        }
        Ok(())
    }

    fn progress(&mut self, progress: Progress) {
        self.call.progress(progress.description(), progress != Progress::Writing);
    }

    fn begin_write(&mut self) -> Result<Writing<'c>, SyncError> {
        self.call.session.remote.writing().ok_or(SyncError::Cancelled)
    }
}
