//! What a session has to do with the service: the profile that counts, the services that were reached, what is known of
//! each document there. Nothing of it is set up before it is first needed.

mod progress;
mod refused;
mod workshop;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tokio::sync::watch;
use tower_lsp::ls_types::{Diagnostic, Uri};

pub(super) use self::progress::{Progress, Running, Step};
pub(super) use self::refused::place;
use self::workshop::Workshop;
use super::documents::Snapshot;
use super::pool::lock;
use crate::document::Document;
use crate::flow_service::CancellationToken;
use crate::flow_service::credentials::{EnvironmentVariables, has_credentials, process_variables};
use crate::lint::{self, RemoteState};
use crate::project::{self, Project};
use crate::sync::{self, Failure, Service, Standing};

/// How long a write that has begun may take to end once the editor has said goodbye.
const FAREWELL: Duration = Duration::from_secs(20);

/// See above.
pub(super) struct Remote {
    variables: OnceLock<EnvironmentVariables>,
    workshop: Workshop,
    /// Ends all that only reads when the session ends.
    stop: CancellationToken,
    selected: Mutex<Option<String>>,
    services: Mutex<Vec<Arc<Service>>>,
    /// `None` of documents that are linked to no spec of the service.
    known: Mutex<HashMap<Uri, Option<Known>>>,
    refused: Mutex<HashMap<Uri, Refused>>,
    /// What goes on and can be cancelled.
    pub(super) running: Running,
    writes: watch::Sender<usize>,
    is_closing: AtomicBool,
}

/// What is known of a document.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// How it stood on the service.
    pub(super) remote: lint::Remote,
    /// What was sent when it was last the same here and there; what the text says otherwise was changed here.
    pub(super) sent: Option<String>,
}

/// What the service has said against one version of a document.
struct Refused {
    document: Arc<Document>,
    finding: Diagnostic,
}

/// A write goes on until this is dropped.
pub(super) struct Writing<'r>(&'r watch::Sender<usize>);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|writes| *writes -= 1);
    }
}

impl Remote {
    /// With these variables of the environment; else with those of the process.
    pub(super) fn new(variables: Option<EnvironmentVariables>) -> Self {
        Remote {
            variables: variables.map_or_else(OnceLock::new, OnceLock::from),
            workshop: Workshop::default(),
            stop: CancellationToken::default(),
            selected: Mutex::default(),
            services: Mutex::default(),
            known: Mutex::default(),
            refused: Mutex::default(),
            running: Running::default(),
            writes: watch::Sender::new(0),
            is_closing: AtomicBool::new(false),
        }
    }

    /// Does work that asks the service, beside the protocol. It goes on when nobody waits for it any more. `None` when it
    /// panicked or the system has no thread for it.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = Option<T>> + Send + 'static {
        self.workshop.run(work)
    }

    fn variables(&self) -> &EnvironmentVariables {
        self.variables.get_or_init(process_variables)
    }

    /// The profile that was selected in this session.
    pub(super) fn selected(&self) -> Option<String> {
        lock(&self.selected).clone()
    }

    /// Another profile counts from now on.
    pub(super) fn select(&self, name: &str) {
        *lock(&self.selected) = Some(name.to_owned());
    }

    /// The profile that counts.
    pub(super) fn chosen(
        &self,
        project: Option<&Project>,
        named: Option<&str>,
    ) -> Result<project::SelectedProfile, Failure> {
        let chosen = project::select_profile(project, named, has_credentials(self.variables()));
        chosen.map_err(|none| Failure::NotReached(none.to_string()))
    }

    /// The service of the profile that counts: reached once, then kept for as long as the profile says the same.
    pub(super) async fn service(
        &self,
        project: Option<&Project>,
        named: Option<&str>,
    ) -> Result<Arc<Service>, Failure> {
        let chosen = self.chosen(project, named)?;
        let is_it = |service: &&Arc<Service>| {
            let known = service.chosen();
            (&known.name, &known.profile) == (&chosen.name, &chosen.profile)
        };
        if let Some(known) = lock(&self.services).iter().find(is_it) {
            return Ok(known.clone());
        }
        let service = Service::reach(project, named, self.variables(), self.stop.clone()).await?;
        let service = Arc::new(service);
        lock(&self.services).push(service.clone());
        Ok(service)
    }

    /// The next time the credentials are read anew: what they were does not sign in.
    pub(super) fn forget_service(&self, service: &Arc<Service>) {
        lock(&self.services).retain(|known| !Arc::ptr_eq(known, service));
    }

    /// Counts a write, so that the session does not end in the middle of it. `None` when the session ends: nothing more is
    /// begun.
    pub(super) fn writing(&self) -> Option<Writing<'_>> {
        self.writes.send_modify(|writes| *writes += 1);
        let writing = Writing(&self.writes);
        (!self.is_closing.load(Ordering::SeqCst)).then_some(writing)
    }

    /// Waits for what is being written, then ends what only reads.
    pub(super) async fn finish(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
        let mut writes = self.writes.subscribe();
        let done = writes.wait_for(|writes| *writes == 0);
        if tokio::time::timeout(FAREWELL, done).await.is_err() {
            tracing::warn!("the editor is gone, and a write to the service has not ended: the next push looks first");
        }
        self.stop.cancel();
    }

    /// What is known of a document on the service.
    pub(super) fn known(&self, uri: &Uri) -> Option<Known> {
        lock(&self.known).get(uri).cloned().flatten()
    }

    /// Takes note of that, or that it is linked to no spec there.
    pub(super) fn know(&self, uri: &Uri, known: Option<Known>) {
        lock(&self.known).insert(uri.clone(), known);
    }

    /// How this version of a document stands, from what is known. `None` while the service was not asked.
    pub(super) fn standing(&self, uri: &Uri, document: &Document) -> Option<Standing> {
        let known = lock(&self.known).get(uri).cloned()?;
        let Some(Known { remote, sent }) = known else { return Some(Standing::NotLinked) };
        let is_changed_here = sent.is_some_and(|sent| !sync::between(&sent, document.source()).is_empty());
        Some(match (remote.state, is_changed_here) {
            (RemoteState::Deleted, _) => Standing::Gone,
            (RemoteState::Unchanged, false) => Standing::UpToDate,
            (RemoteState::Unchanged, true) => Standing::ChangedHere,
            (RemoteState::Changed, false) => Standing::ChangedThere,
            (RemoteState::Changed, true) => Standing::ChangedBoth,
        })
    }

    /// Forgets what is known of all documents, and gives back which they were.
    pub(super) fn forget_all(&self) -> Vec<Uri> {
        lock(&self.refused).clear();
        lock(&self.known).drain().map(|(uri, _)| uri).collect()
    }

    /// Takes note of what the service has said against a version of a document, or that it has nothing against it.
    pub(super) fn refuse(&self, uri: &Uri, refused: Option<(Arc<Document>, Diagnostic)>) {
        match refused {
            Some((document, finding)) => lock(&self.refused).insert(uri.clone(), Refused { document, finding }),
            None => lock(&self.refused).remove(uri),
        };
    }

    /// What the service has said against this very version.
    pub(super) fn refused(&self, uri: &Uri, snapshot: &Snapshot) -> Option<Diagnostic> {
        let refused = lock(&self.refused);
        let about = refused.get(uri).filter(|refused| Arc::ptr_eq(&refused.document, &snapshot.document));
        about.map(|refused| refused.finding.clone())
    }
}
