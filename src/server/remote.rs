//! The connection of a session to Flow Service: the active profile, the open services, and what is known of the remote spec
//! of each document. Nothing is set up before it is first needed.

mod progress;
mod runtime;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tokio::sync::watch;
use tower_lsp::ls_types::{Diagnostic, Uri};

pub(super) use self::progress::{ProgressReporter, ProgressStep, RunningCommands};
use self::runtime::ServiceRuntime;
use super::documents::Snapshot;
use super::pool::lock;
use crate::document::Document;
use crate::flow_service::CancellationToken;
use crate::flow_service::credentials::{EnvironmentVariables, has_credentials, process_variables};
use crate::lint;
use crate::project::{self, Project, Trust, TrustRequest};
use crate::sync::{self, Service, SyncError, SyncStatus};

/// How long a write in progress may take once the editor has ended the session.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(20);

/// The connection of a session to Flow Service.
pub(super) struct Remote {
    variables: OnceLock<EnvironmentVariables>,
    runtime: ServiceRuntime,
    /// Cancels all reads at the end of the session.
    cancellation: CancellationToken,
    selected: Mutex<Option<String>>,
    /// The fingerprints of what the person did not want to trust in this session.
    declined: Mutex<HashSet<String>>,
    services: Mutex<Vec<Arc<Service>>>,
    /// `None` for documents that are not linked.
    known: Mutex<HashMap<Uri, Option<Known>>>,
    rejections: Mutex<HashMap<Uri, Rejection>>,
    pub(super) running: RunningCommands,
    writes: watch::Sender<usize>,
    is_closing: AtomicBool,
}

/// What is known of the remote spec of a document.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// Its state when it was last read.
    pub(super) remote: lint::Remote,
    /// The local text that was last in sync with it; everything else in the document is a local change.
    pub(super) sent: Option<String>,
}

/// What Flow Service has rejected in one version of a document.
struct Rejection {
    document: Arc<Document>,
    diagnostic: Diagnostic,
}

/// A write is in progress until this is dropped.
pub(super) struct Writing<'r>(&'r watch::Sender<usize>);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|writes| *writes -= 1);
    }
}

impl Remote {
    /// With these environment variables; by default those of the process.
    pub(super) fn new(variables: Option<EnvironmentVariables>) -> Self {
        Remote {
            variables: variables.map_or_else(OnceLock::new, OnceLock::from),
            runtime: ServiceRuntime::default(),
            cancellation: CancellationToken::default(),
            selected: Mutex::default(),
            declined: Mutex::default(),
            services: Mutex::default(),
            known: Mutex::default(),
            rejections: Mutex::default(),
            running: RunningCommands::default(),
            writes: watch::Sender::new(0),
            is_closing: AtomicBool::new(false),
        }
    }

    /// Does work for Flow Service off the protocol's thread. It goes on if nobody waits for it any more. `None` if it
    /// panicked or there is no thread for it.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = Option<T>> + Send + 'static {
        self.runtime.run(work)
    }

    fn variables(&self) -> &EnvironmentVariables {
        self.variables.get_or_init(process_variables)
    }

    /// The profile that was selected in this session.
    pub(super) fn selected(&self) -> Option<String> {
        lock(&self.selected).clone()
    }

    /// Selects a profile for this session.
    pub(super) fn select(&self, name: &str) {
        *lock(&self.selected) = Some(name.to_owned());
    }

    /// The active profile.
    pub(super) fn chosen(
        &self,
        project: Option<&Project>,
        named: Option<&str>,
    ) -> Result<project::SelectedProfile, SyncError> {
        let chosen = project::select_profile(project, named, has_credentials(self.variables()));
        chosen.map_err(|error| SyncError::Unreachable(error.to_string()))
    }

    /// What the person trusts; more of it in a workspace that they trust in the editor.
    pub(super) fn trust(&self, is_workspace_trusted: bool) -> Trust {
        Trust::new(|name| self.variables().get(name).cloned()).in_workspace(is_workspace_trusted)
    }

    /// Notes that the person does not trust this.
    pub(super) fn decline(&self, request: &TrustRequest) {
        lock(&self.declined).insert(request.fingerprint());
    }

    /// Whether the person was asked to trust this before.
    pub(super) fn has_declined(&self, request: &TrustRequest) -> bool {
        lock(&self.declined).contains(&request.fingerprint())
    }

    /// The service of the active profile: opened once, and kept while the profile stays the same.
    pub(super) async fn service(
        &self,
        project: Option<&Project>,
        named: Option<&str>,
        trust: &Trust,
    ) -> Result<Arc<Service>, SyncError> {
        let chosen = self.chosen(project, named)?;
        let profile = trust.authorize(&chosen).map_err(SyncError::Untrusted)?;
        let is_same = |service: &&Arc<Service>| service.is_of(&chosen, profile.as_ref());
        if let Some(known) = lock(&self.services).iter().find(is_same) {
            return Ok(known.clone());
        }
        let service = Service::open(chosen, profile, self.variables(), self.cancellation.clone()).await?;
        let service = Arc::new(service.with_trust(trust));
        lock(&self.services).push(service.clone());
        Ok(service)
    }

    /// Makes the next call read the credentials again, because the known ones were not accepted.
    pub(super) fn forget_service(&self, service: &Arc<Service>) {
        lock(&self.services).retain(|known| !Arc::ptr_eq(known, service));
    }

    /// Begins a write, for which the end of the session waits. `None` if the session is ending.
    pub(super) fn writing(&self) -> Option<Writing<'_>> {
        self.writes.send_modify(|writes| *writes += 1);
        let writing = Writing(&self.writes);
        (!self.is_closing.load(Ordering::SeqCst)).then_some(writing)
    }

    /// Waits for writes in progress, then cancels all reads.
    pub(super) async fn finish(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
        let mut writes = self.writes.subscribe();
        let done = writes.wait_for(|writes| *writes == 0);
        if tokio::time::timeout(SHUTDOWN_GRACE, done).await.is_err() {
            tracing::warn!("the session has ended during a write to Flow Service; the next push finds out by itself");
        }
        self.cancellation.cancel();
    }

    /// What is known of the remote spec of a document.
    pub(super) fn known(&self, uri: &Uri) -> Option<Known> {
        lock(&self.known).get(uri).cloned().flatten()
    }

    /// Sets that; `None` if the document is not linked.
    pub(super) fn set_known(&self, uri: &Uri, known: Option<Known>) {
        lock(&self.known).insert(uri.clone(), known);
    }

    /// The sync status of this version of a document, as far as is known. `None` before anything was read.
    pub(super) fn status(&self, uri: &Uri, document: &Document) -> Option<SyncStatus> {
        let known = lock(&self.known).get(uri).cloned()?;
        let Some(Known { remote, sent }) = known else { return Some(SyncStatus::NotLinked) };
        let has_local_changes = sent.is_some_and(|sent| !sync::between(&sent, document.source()).is_empty());
        Some(SyncStatus::new(remote.state, has_local_changes))
    }

    /// Forgets what is known of all documents, and returns their URIs.
    pub(super) fn forget_all(&self) -> Vec<Uri> {
        lock(&self.rejections).clear();
        lock(&self.known).drain().map(|(uri, _)| uri).collect()
    }

    /// Sets what Flow Service has rejected in a version of a document.
    pub(super) fn set_rejection(&self, uri: &Uri, rejection: Option<(Arc<Document>, Diagnostic)>) {
        match rejection {
            Some((document, diagnostic)) => {
                lock(&self.rejections).insert(uri.clone(), Rejection { document, diagnostic })
            }
            None => lock(&self.rejections).remove(uri),
        };
    }

    /// What Flow Service has rejected in exactly this version.
    pub(super) fn rejection(&self, uri: &Uri, snapshot: &Snapshot) -> Option<Diagnostic> {
        let rejections = lock(&self.rejections);
        let rejection = rejections.get(uri).filter(|known| Arc::ptr_eq(&known.document, &snapshot.document));
        rejection.map(|rejection| rejection.diagnostic.clone())
    }
}
