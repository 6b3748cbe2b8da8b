//! One spec of an author and the sandbox it belongs to.

use crate::lint;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::document::Document;
use crate::flow_service::api::{self, FlowSpecRef};
use crate::flow_service::{Client, Clock, Item, SystemClock};
use crate::lint::Facts;
use crate::lint::Severity;
use crate::project::{LinkedSpec, Sandbox, StateFile, StateLock};
use crate::spec::SpecKind;
use crate::syntax::{Kind, Node, Tree};

use super::body::body;
use super::changes::{Change, changes};
use super::failure::{Candidate, Failure, Stop};

/// How often it is looked whether another process is done, and how long.
const PEEK: Duration = Duration::from_millis(50);
const PEEKS: u32 = 200;

/// One spec of an author and the service that keeps it.
#[derive(Debug)]
pub struct Spec<'c> {
    pub(super) client: &'c Client,
    pub(super) document: Document,
    pub(super) file: StateFile,
    key: (Sandbox, String),
    path: PathBuf,
}

impl<'c> Spec<'c> {
    /// The spec in this file with this text, for the sandbox of this client.
    pub fn new(client: &'c Client, path: &Path, document: Document) -> Self {
        let file = StateFile::for_spec(path);
        let sandbox = sandbox_of(client);
        let name = file.relative_path(path).unwrap_or_else(|| path.to_string_lossy().into_owned());
        Spec { client, document, file, key: (sandbox, name), path: path.to_owned() }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its text.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What is remembered of it.
    pub fn linked(&self) -> Result<Option<LinkedSpec>, Failure> {
        Ok(self.file.read()?.specs.get(&self.key).cloned())
    }

    /// Notes something down.
    pub(super) fn note(&self, lock: &StateLock, linked: Option<LinkedSpec>) -> Result<(), Failure> {
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

    /// Holds what is remembered, waiting a while for another process that does.
    pub(super) async fn lock(&self) -> Result<StateLock, Failure> {
        for _ in 0..PEEKS {
            if let Some(lock) = self.file.lock()? {
                return Ok(lock);
            }
            SystemClock.sleep(PEEK).await;
        }
        Err(Failure::Held)
    }

    /// What is sent.
    pub(super) fn body(&self) -> Result<String, Failure> {
        body(self.document.source()).ok_or_else(|| Stop::NoJson.into())
    }

    /// How many findings of error level it has.
    pub(super) fn mistakes(&self, facts: &Facts) -> usize {
        let found = lint::diagnostics(&self.document, facts);
        found.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// The flow spec that sources of its kind are registered in.
    pub(super) fn made(&self) -> Option<FlowSpecRef> {
        match self.document.kind() {
            Some(SpecKind::Rest) => Some(api::BATCH_FLOW_SPEC),
            Some(SpecKind::Streaming) => Some(api::STREAMING_FLOW_SPEC),
            _ => None,
        }
    }

    /// Whether the file says what the service has, apart from what the service did not keep.
    pub(super) fn is_kept_as(&self, there: &str) -> bool {
        changes(self.document.tree().root(), parse(there).root()).iter().all(|change| change.after.is_none())
    }

    /// How a spec of the same name differs.
    pub(super) fn candidate(&self, item: &Item) -> Candidate {
        let tree = parse(&item.text);
        let root = tree.root();
        let (updated_at, updated_by) = last_change(root);
        Candidate {
            id: item.id.clone(),
            name: string(root.get("name")).unwrap_or_default(),
            updated_at,
            updated_by,
            differences: changes(root, self.document.tree().root()).len(),
        }
    }
}

/// The sandbox that a client speaks to.
pub(super) fn sandbox_of(client: &Client) -> Sandbox {
    Sandbox { org: client.target().org().to_owned(), name: client.target().sandbox().to_owned() }
}

/// When a spec of the service was last changed, in milliseconds since 1970, and by whom, as far as the service says so.
pub(super) fn last_change(spec: Node<'_>) -> (Option<i64>, Option<String>) {
    let number = spec.get("updatedAt").filter(|node| node.kind() == Kind::Number);
    (number.and_then(|number| number.text().parse().ok()), string(spec.get("updatedBy")))
}

/// What the service has of a spec, and what was sent, as it is remembered.
pub(super) fn noted(id: &str, there: &str, sent: &str) -> LinkedSpec {
    let kept = body(there).unwrap_or_else(|| sent.to_owned());
    let differs = !between(&kept, sent).is_empty();
    LinkedSpec { id: Some(id.to_owned()), base: Some(kept), sent: differs.then(|| sent.to_owned()), intent: None }
}

/// What differs between two specs, as JSON: places with what the first has there and what the second has.
pub fn between(before: &str, after: &str) -> Vec<Change> {
    changes(parse(before).root(), parse(after).root())
}

pub(super) fn parse(json: &str) -> Tree {
    Tree::parse(json.to_owned())
}

pub(super) fn string(node: Option<Node<'_>>) -> Option<String> {
    node?.as_string().map(Cow::into_owned)
}
