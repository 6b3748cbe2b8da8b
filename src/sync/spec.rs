//! One local spec and the sandbox that it belongs to.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::document::Document;
use crate::flow_service::api::{self, FlowSpecRef};
use crate::flow_service::{Client, Clock, Item, SystemClock};
use crate::lint::{self, Facts, Severity};
use crate::project::{LinkedSpec, Sandbox, StateFile, StateLock};
use crate::source::model::Source;
use crate::spec::SpecKind;
use crate::syntax::{Kind, Node};

use super::changes::{between, changes};
use super::error::SyncError;
use super::payload::payload;
use super::plan::{Candidate, PushBlocker};
use super::value::{parse, string};

/// How long to wait for the lock of another process: this interval, so many times.
const LOCK_INTERVAL: Duration = Duration::from_millis(50);
const LOCK_ATTEMPTS: u32 = 200;

/// One local spec and the sandbox that it belongs to.
#[derive(Debug)]
pub struct Spec<'c> {
    pub(super) client: &'c Client,
    pub(super) document: Document,
    pub(super) file: StateFile,
    key: (Sandbox, String),
    path: PathBuf,
}

impl<'c> Spec<'c> {
    /// The spec with this path and content, in the sandbox of this client.
    pub fn new(client: &'c Client, path: &Path, document: Document) -> Self {
        let file = StateFile::for_spec(path);
        let name = file.relative_path(path).unwrap_or_else(|| path.to_string_lossy().into_owned());
        Spec { client, document, file, key: (sandbox_of(client), name), path: path.to_owned() }
    }

    /// The path of its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its content.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Its entry in the state file.
    pub fn linked(&self) -> Result<Option<LinkedSpec>, SyncError> {
        Ok(self.file.read()?.specs.get(&self.key).cloned())
    }

    /// Saves its entry in the state file.
    pub(super) fn save(&self, lock: &StateLock, linked: Option<LinkedSpec>) -> Result<(), SyncError> {
        let mut state = lock.read()?;
        let before = state.specs.get(&self.key).cloned();
        match linked.clone() {
            Some(linked) => state.specs.insert(self.key.clone(), linked),
            None => state.specs.remove(&self.key),
        };
        if before != linked {
            lock.write(&state)?;
        }
        Ok(())
    }

    /// Locks the state file, waiting a while for another process to finish.
    pub(super) async fn lock(&self) -> Result<StateLock, SyncError> {
        for _ in 0..LOCK_ATTEMPTS {
            if let Some(lock) = self.file.lock()? {
                return Ok(lock);
            }
            SystemClock.sleep(LOCK_INTERVAL).await;
        }
        Err(SyncError::Locked)
    }

    /// The JSON to send.
    pub(super) fn payload(&self) -> Result<String, SyncError> {
        payload(self.document.source()).ok_or(SyncError::InvalidJson)
    }

    /// The `name` in the spec.
    pub(super) fn name(&self) -> String {
        string(Source::of(self.document.tree()).name()).unwrap_or_default()
    }

    /// Whether the text is a JSON object.
    pub(super) fn is_object(&self) -> bool {
        let tree = self.document.tree();
        tree.errors().is_empty() && tree.root().kind() == Kind::Object
    }

    /// The number of errors in it.
    pub(super) fn errors(&self, facts: &Facts) -> usize {
        let found = lint::diagnostics(&self.document, facts);
        found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    /// The flow spec in which sources of its type are registered.
    pub(super) fn made(&self) -> Option<FlowSpecRef> {
        match self.document.kind() {
            Some(SpecKind::Rest) => Some(api::BATCH_FLOW_SPEC),
            Some(SpecKind::Streaming) => Some(api::STREAMING_FLOW_SPEC),
            _ => None,
        }
    }

    /// Whether a remote spec may be what came of sending this one: it differs at most in what Flow Service did not store.
    pub(super) fn is_stored_as(&self, remote: &str) -> bool {
        changes(self.document.tree().root(), parse(remote).root()).iter().all(|change| change.after.is_none())
    }

    pub(super) fn candidate(&self, item: &Item) -> Candidate {
        let tree = parse(&item.text);
        let root = tree.root();
        let (updated_at, updated_by) = last_change(root);
        Candidate {
            id: item.id.clone(),
            name: string(root.get(Source::NAME)).unwrap_or_default(),
            updated_at,
            updated_by,
            differences: changes(root, self.document.tree().root()).len(),
        }
    }
}

/// The sandbox of a client.
pub(super) fn sandbox_of(client: &Client) -> Sandbox {
    Sandbox { org: client.target().org().to_owned(), name: client.target().sandbox().to_owned() }
}

/// The time of the last change in milliseconds since 1970 and its author, if the remote spec has them.
pub(super) fn last_change(spec: Node<'_>) -> (Option<i64>, Option<String>) {
    let spec = Source::new(spec);
    let number = spec.updated_at().filter(|node| node.kind() == Kind::Number);
    (number.and_then(|number| number.text().parse().ok()), string(spec.updated_by()))
}

/// The entry for the state file: the remote spec, and what was sent if Flow Service stores something else.
pub(super) fn link_to(id: &str, remote: &str, sent: &str) -> LinkedSpec {
    let kept = payload(remote).unwrap_or_else(|| sent.to_owned());
    let differs = !between(&kept, sent).is_empty();
    LinkedSpec { id: Some(id.to_owned()), base: Some(kept), sent: differs.then(|| sent.to_owned()), intent: None }
}

/// The blocker for a remote spec that does not exist.
pub(super) fn deleted(id: &str) -> SyncError {
    PushBlocker::RemoteDeleted { id: id.to_owned() }.into()
}
