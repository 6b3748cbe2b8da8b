//! One local spec and the sandbox that it belongs to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use crate::document::Document;
use crate::flow_service::api::{self, FlowSpecRef};
use crate::flow_service::{Client, Clock, Item, SystemClock};
use crate::lint::{self, Facts, Severity};
use crate::project::{LinkedSpec, Sandbox, StateFile, StateLock};
use crate::source::model::Source;
use crate::spec::{SpecKind, variable_description};
use crate::syntax::{Kind, Node};

use super::changes::{between, changes};
use super::error::SyncError;
use super::machine_records::{MachineRecords, Subject};
use super::payload::payload;
use super::plan::{Candidate, ProblemCounts, PushBlocker};
use super::value::{parse, string};

/// The rule about placeholders of Adobe's template.
const UNFILLED: &str = "unfilled-template";

/// How long to wait for the lock of another process: this interval, so many times.
const LOCK_INTERVAL: Duration = Duration::from_millis(50);
const LOCK_ATTEMPTS: u32 = 200;

/// One local spec and the sandbox that it belongs to.
#[derive(Debug)]
pub struct Spec<'c> {
    pub(super) client: &'c Client,
    pub(super) document: Document,
    pub(super) file: StateFile,
    records: &'c MachineRecords,
    key: (Sandbox, String),
    path: PathBuf,
    /// The ids in the flow spec by all reads so far: a read may be outdated.
    pub(super) registered: Mutex<BTreeSet<String>>,
}

impl<'c> Spec<'c> {
    /// The spec with this path and content, in the sandbox of this client.
    pub fn new(client: &'c Client, records: &'c MachineRecords, path: &Path, document: Document) -> Self {
        let file = StateFile::for_spec(path);
        let name = file.relative_path(path).unwrap_or_else(|| path.to_string_lossy().into_owned());
        let (key, path) = ((sandbox_of(client), name), path.to_owned());
        Spec { client, document, file, records, key, path, registered: Mutex::default() }
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
        let unknown = before.as_ref().map(|before| before.unknown.clone()).unwrap_or_default();
        let linked = linked.map(|linked| LinkedSpec { unknown, ..linked });
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

    /// The problems in it.
    pub(super) fn problems(&self, facts: &Facts) -> ProblemCounts {
        let mut counts = ProblemCounts::default();
        for diagnostic in lint::all_diagnostics(&self.document, facts) {
            let text = &self.document.source()[diagnostic.range];
            // Words that the service replaces elsewhere are warned of under the same code.
            let is_unfilled =
                diagnostic.code == UNFILLED && variable_description(text.trim_matches(['{', '}'])).is_none();
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning | Severity::Info if is_unfilled => counts.unfilled += 1,
                Severity::Warning => counts.warnings += 1,
                _ => {}
            }
        }
        counts
    }

    /// The record of this machine about something in the sandbox.
    pub(super) fn record(&self, subject: Subject<'_>) -> Option<String> {
        self.records.get(&self.key.0, subject)
    }

    pub(super) fn set_record(&self, subject: Subject<'_>, content: &str) {
        self.records.set(&self.key.0, subject, content);
    }

    /// Records that the person or this machine has chosen the remote spec.
    pub(super) fn confirm(&self, id: &str) {
        self.set_record(Subject::Spec(id), "");
        self.records.remove(&self.key.0, Subject::Creation(&self.creation()));
    }

    /// Whether the person or this machine has chosen the remote spec. The state file alone may be someone else's.
    pub(super) fn is_confirmed(&self, id: &str, linked: Option<&LinkedSpec>) -> bool {
        // What is found without an id is what an interrupted push has created.
        let is_found = linked.is_none_or(|linked| linked.id.is_none());
        self.record(Subject::Spec(id)).is_some()
            || is_found && self.record(Subject::Creation(&self.creation())).is_some()
    }

    /// Whether writing to the remote spec has to be confirmed first.
    pub(super) fn needs_confirmation(&self, id: &str, linked: Option<&LinkedSpec>) -> bool {
        !self.records.is_state_file_trusted && !self.is_confirmed(id, linked)
    }

    /// The absolute path under which the creation of its remote spec is recorded.
    pub(super) fn creation(&self) -> PathBuf {
        self.file.path().with_file_name(&self.key.1)
    }

    /// The flow spec in which sources of its type are registered.
    pub(super) fn made(&self) -> Option<FlowSpecRef> {
        flow_spec_of(self.document.kind()?)
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
    let sent = differs.then(|| sent.to_owned());
    LinkedSpec { id: Some(id.to_owned()), base: Some(kept), sent, ..LinkedSpec::default() }
}

/// The blocker for a remote spec that does not exist.
pub(super) fn deleted(id: &str) -> SyncError {
    PushBlocker::RemoteDeleted { id: id.to_owned() }.into()
}

/// The flow spec in which sources of a kind are registered.
pub fn flow_spec_of(kind: SpecKind) -> Option<FlowSpecRef> {
    match kind {
        SpecKind::Rest => Some(api::BATCH_FLOW_SPEC),
        SpecKind::Streaming => Some(api::STREAMING_FLOW_SPEC),
        SpecKind::Other | SpecKind::Undecided => None,
    }
}
