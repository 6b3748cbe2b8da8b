//! One call of a command: what it is about, whom it asks, what a person says to it.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::WeakUnboundedSender;
use tower_lsp::ls_types::{MessageActionItem, MessageType, Uri};

use super::Options;
use super::answer::{Answer, Outcome};
use crate::document::Document;
use crate::flow_service::{CancellationToken, Error, ErrorKind};
use crate::lint::Facts;
use crate::lint::Remote;
use crate::lint::RemoteState;
use crate::project::{Project, Projects};
use crate::server::convert;
use crate::server::remote::{self, Known, Step};
use crate::server::session::Session;
use crate::server::watcher::Watcher;
use crate::sync::{Failure, Service, Spec, Whose};
use crate::text::Text;

/// How long a person may take to answer a question, or an editor to make an edit.
const PATIENCE: Duration = Duration::from_secs(600);

/// What ends a question without an answer in a title of its own.
const CANCEL: &str = "Cancel";

/// See above.
pub(super) struct Call {
    pub(super) session: Arc<Session>,
    pub(super) watcher: Watcher,
    pub(super) uri: Option<Uri>,
    pub(super) options: Options,
    pub(super) stop: CancellationToken,
    pub(super) steps: WeakUnboundedSender<Step>,
}

/// The document that a command is about, as it is on screen now; one that is not open, as it is on disk.
pub(super) struct Subject {
    pub(super) uri: Uri,
    path: PathBuf,
    pub(super) document: Arc<Document>,
    /// Of an open document.
    pub(super) version: Option<i32>,
    /// What is on screen is not what is on disk.
    pub(super) is_unsaved: bool,
    /// Without what is known of the service: that is no mistake of the text.
    pub(super) facts: Facts,
    pub(super) project: Option<Arc<Project>>,
}

impl Subject {
    /// The spec, for a service.
    pub(super) fn spec<'s>(&self, service: &'s Service) -> Spec<'s> {
        let document = &self.document;
        let document = Document::new(document.name(), document.version(), document.text().clone());
        Spec::new(service.client(), &self.path, document)
    }
}

impl Call {
    /// Says in the editor what is being done.
    pub(super) fn step(&self, words: &'static str) {
        self.say(Step { words, can_be_cancelled: true });
    }

    fn say(&self, step: Step) {
        if let Some(steps) = self.steps.upgrade() {
            let _ = steps.send(step);
        }
    }

    /// What the command is about, now.
    pub(super) fn subject(&self) -> Result<Subject, Answer> {
        let uri = self.uri.clone().ok_or_else(|| Answer::failed("No document was named."))?;
        let path = convert::file_path(&uri).ok_or_else(|| {
            Answer::refused("Save the document as a file first: what is pushed and pulled is remembered by its place.")
        })?;
        let on_disk = fs::read_to_string(&path);
        if let Some(snapshot) = self.session.documents.get(&uri) {
            let known = snapshot.context.get();
            let is_unsaved = on_disk.ok().as_deref() != Some(snapshot.document.source());
            let facts = Facts { remote: None, ..known.facts.clone() };
            let version = Some(snapshot.document.version());
            let (document, project) = (snapshot.document.clone(), known.project.clone());
            return Ok(Subject { uri, path, document, version, is_unsaved, facts, project });
        }
        let text = on_disk.map_err(|error| Answer::failed(format!("Cannot read {}: {error}.", path.display())))?;
        let document = Arc::new(Document::new(convert::file_name(&uri), 0, Text::new(text)));
        let (facts, project) = Projects::default().facts(&path);
        Ok(Subject { uri, path, document, version: None, is_unsaved: false, facts, project })
    }

    /// The service of the profile that counts.
    pub(super) async fn service(&self, project: Option<&Project>) -> Result<Arc<Service>, Answer> {
        let named = self.session.profile();
        let reached = self.unless(self.session.remote.service(project, named.as_deref())).await?;
        reached.map_err(|failure| Answer::failed(failure.to_string()))
    }

    /// What comes of work that only reads, unless it is cancelled.
    pub(super) async fn unless<T>(&self, work: impl Future<Output = T>) -> Result<T, Answer> {
        self.stop.run_until_cancelled(work).await.ok_or_else(Answer::cancelled)
    }

    /// Asks a person which of these it is to be. `None`: none of them, or the editor asks nobody.
    pub(super) async fn ask(&self, question: &str, offers: &[&str]) -> Result<Option<usize>, Answer> {
        let item = |title: &&str| MessageActionItem { title: (*title).to_owned(), properties: Default::default() };
        let items = offers.iter().chain([&CANCEL]).map(item).collect();
        let asked = self.session.client.show_message_request(MessageType::WARNING, question, Some(items));
        let answered = self.unless(tokio::time::timeout(PATIENCE, asked)).await?;
        let chosen = answered.ok().and_then(|answered| answered.ok().flatten());
        if chosen.as_ref().is_some_and(|item| item.title == CANCEL) {
            return Err(Answer::cancelled());
        }
        Ok(chosen.and_then(|item| offers.iter().position(|offer| *offer == item.title)))
    }

    /// Writes, unless it is cancelled before; what has begun comes to its end whoever cancels.
    pub(super) async fn write<T>(&self, work: impl Future<Output = T>) -> Result<T, Answer> {
        if self.stop.is_cancelled() {
            return Err(Answer::cancelled());
        }
        self.say(Step { words: "Writing", can_be_cancelled: false });
        self.bring_to_its_end(work).await
    }

    /// Does something that follows from what was done already, so that it is too late to cancel.
    pub(super) async fn bring_to_its_end<T>(&self, work: impl Future<Output = T>) -> Result<T, Answer> {
        let _writing = self.session.remote.writing().ok_or_else(Answer::cancelled)?;
        Ok(work.await)
    }

    /// An edit of the subject's text, made by the editor. Says no when the editor has not made it, or nobody waits for
    /// its answer any more.
    pub(super) async fn edit(&self, edit: tower_lsp::ls_types::WorkspaceEdit) -> bool {
        let applied = tokio::time::timeout(PATIENCE, self.session.client.apply_edit(edit));
        matches!(self.stop.run_until_cancelled(applied).await, Some(Ok(Ok(answer))) if answer.applied)
    }

    /// What a failure is to a person. What the service says against the text is shown there.
    pub(super) async fn failed(&self, service: &Arc<Service>, subject: &Subject, failure: Failure) -> Answer {
        if let Failure::Service(error) = &failure {
            match error.kind() {
                ErrorKind::Cancelled => return Answer::cancelled(),
                // What is read anew may sign in.
                ErrorKind::Authentication => self.session.remote.forget_service(service),
                _ => self.show_at_text(subject, error).await,
            }
        }
        let outcome = match &failure {
            Failure::Stopped(_) | Failure::Moved | Failure::Held => Outcome::Refused,
            _ => Outcome::Failed,
        };
        let kind = match &failure {
            Failure::Service(error) => error.code().map(str::to_owned),
            _ => None,
        };
        let more = serde_json::json!({ "code": kind });
        Answer::new(outcome, failure.to_string()).of(service).with(more)
    }

    async fn show_at_text(&self, subject: &Subject, error: &Error) {
        let Some(bytes) = remote::place(&subject.document, error) else { return };
        let finding = convert::service_diagnostic(&subject.document, self.session.caps(), bytes, error);
        self.session.remote.refuse(&subject.uri, Some((subject.document.clone(), finding)));
        let known = self.session.remote.known(&subject.uri).map(|known| known.remote);
        self.watcher.learn(subject.uri.clone(), known).await;
    }

    /// This is known now of how the subject stands on the service. `registered` stays as it was where nothing is known of
    /// it.
    pub(super) async fn learn(
        &self,
        service: &Service,
        subject: &Subject,
        id: &str,
        state: RemoteState,
        registered: Option<bool>,
    ) {
        let (id, place) = (id.to_owned(), place(service));
        let before = self.session.remote.known(&subject.uri).map(|known| known.remote);
        let before = before.filter(|known| (&known.id, &known.place) == (&id, &place));
        let registered = registered.or(before.and_then(|known| known.registered));
        let remote = Remote { id, place, state, registered };
        let linked = subject.spec(service).linked().ok().flatten();
        let sent = linked.and_then(|linked| linked.sent().map(str::to_owned));
        self.session.remote.refuse(&subject.uri, None);
        self.session.remote.know(&subject.uri, Some(Known { remote: remote.clone(), sent }));
        self.watcher.learn(subject.uri.clone(), Some(remote)).await;
    }

    /// What was known of the subject holds no more.
    pub(super) async fn forget(&self, subject: &Subject) {
        self.session.remote.refuse(&subject.uri, None);
        self.session.remote.know(&subject.uri, None);
        self.watcher.learn(subject.uri.clone(), None).await;
    }
}

/// Where a spec is, in words for a sentence.
fn place(service: &Service) -> String {
    let sandbox = service.client().target().sandbox();
    match service.whose() {
        Whose::Emulator => format!("sandbox `{sandbox}` of the emulator"),
        _ => format!("sandbox `{sandbox}` (profile `{}`)", service.chosen().name),
    }
}
