//! Registering: adds the id of a spec to the flow spec with which dataflows of its type are created.
//!
//! A flow spec is shared, and Flow Service documents no conditional writes. So the array of ids is read, sent back with one
//! more id, and read again twice, a while apart: everything that any read has shown has to be in it still. What another
//! writer adds between our last read and our write cannot be seen; that is one round trip. If Flow Service sends an `etag`, it
//! is sent along, and even that cannot happen.
//!
//! A read may be outdated. So ids that an earlier read has shown are put back, and if the flow spec lacks ids that an earlier
//! command on this machine has seen, nothing is sent.

use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use crate::flow_service::api::FlowSpecRef;
use crate::flow_service::{ErrorKind, Item};
use crate::spec;
use crate::syntax::{Kind as NodeKind, Node, quoted};

use super::changes::{Change, PathSegment, between};
use super::error::SyncError;
use super::machine_records::Subject;
use super::plan::RegisterStep;
use super::spec::Spec;
use super::value::{parse, string};

/// The array of ids in a flow spec.
const IDS: &str = "sourceConnectionSpecIds";

/// How often the flow spec is written if others overwrite it.
const MAX_WRITES: usize = 5;

/// How often the id has to be seen after the last write: another writer who has read before it may write after the first look.
const LOOKS: usize = 2;

/// The time between two looks.
const LOOK_INTERVAL: Duration = Duration::from_secs(1);

/// The result of registering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The name of the flow spec.
    pub flow_spec: &'static str,
    /// Whether the id was already registered.
    pub was_registered: bool,
    /// Ids of others that another writer, or an outdated copy, had left out and that were put back.
    pub restored: Vec<String>,
    /// What else changed in the flow spec, although it was sent back as it was read.
    pub altered: Vec<Change>,
}

impl Spec<'_> {
    /// The id of the remote spec of the file, and what registering it would do. Reads both specs. `link` is the id that the
    /// person has confirmed.
    pub async fn registration(&self, link: Option<&str>) -> Result<(String, RegisterStep), SyncError> {
        let linked = self.linked()?;
        let id = linked.as_ref().and_then(|linked| linked.id.clone()).ok_or(SyncError::NotLinked)?;
        // What cannot be read is not registered.
        self.remote(&id).await?;
        let step = self.register_step(Some(&id)).await?;
        match step {
            RegisterStep::None => Err(SyncError::NoFlowSpec),
            RegisterStep::Register { .. } if link != Some(&*id) && self.needs_confirmation(&id, linked.as_ref()) => {
                Err(self.unconfirmed(&id, &self.payload()?).await?.into())
            }
            step => Ok((id, step)),
        }
    }

    /// Whether the spec with this id is registered; `None` if specs of this type are not.
    pub(super) async fn is_registered(&self, id: &str) -> Result<Option<bool>, SyncError> {
        Ok(match self.register_step(Some(id)).await? {
            RegisterStep::None => None,
            step => Some(matches!(step, RegisterStep::Registered { .. })),
        })
    }

    /// What registering would do. A spec without an id is yet to be created.
    pub(super) async fn register_step(&self, id: Option<&str>) -> Result<RegisterStep, SyncError> {
        let Some(flow_spec) = self.made() else { return Ok(RegisterStep::None) };
        let (_, ids) = self.read_flow_spec(flow_spec).await?;
        let (flow_spec, is_registered) = (flow_spec.name, ids.iter().any(|other| Some(other.as_str()) == id));
        Ok(if is_registered { RegisterStep::Registered { flow_spec } } else { RegisterStep::Register { flow_spec } })
    }

    /// Registers a remote spec. Writes nothing if it is already registered.
    pub async fn register(&self, id: &str) -> Result<Registered, SyncError> {
        let flow_spec = self.made().ok_or(SyncError::NoFlowSpec)?;
        let unexpected = || SyncError::UnexpectedFlowSpec { flow_spec: flow_spec.name };
        // Other connspec processes in this folder wait, so that they don't overwrite each other's id. Without the lock a
        // lost id is still noticed.
        let _lock = self.lock().await.ok();
        let (mut restored, mut first, mut writes, mut looks) = (Vec::new(), None, 0, 0);
        let mut is_read_again = false;
        loop {
            let (item, remote) = self.read_flow_spec(flow_spec).await?;
            let mut added: Vec<String> = self.seen().iter().filter(|id| !remote.contains(id)).cloned().collect();
            if remote.iter().any(|other| other == id) && (writes == 0 || added.is_empty()) {
                looks += 1;
                if writes > 0 && looks < LOOKS {
                    self.client.clock().sleep(LOOK_INTERVAL).await;
                    continue;
                }
                self.set_record(Subject::FlowSpec(flow_spec.id), &remote.join("\n"));
                let mut altered = first.map(|first: String| between(&first, &item.text)).unwrap_or_default();
                altered.retain(|change| change.path.0.first() != Some(&PathSegment::Key(IDS.to_owned())));
                let flow_spec = flow_spec.name;
                return Ok(Registered { flow_spec, was_registered: writes == 0, restored, altered });
            }
            if writes == MAX_WRITES {
                return Err(SyncError::Overwritten { flow_spec: flow_spec.name });
            }
            let missing = self.missing(flow_spec, &remote);
            if writes == 0 && !missing.is_empty() {
                if is_read_again {
                    // Sending an outdated copy back would remove them for good. The next command accepts it.
                    self.set_record(Subject::FlowSpec(flow_spec.id), &remote.join("\n"));
                    return Err(SyncError::IdsMissing { flow_spec: flow_spec.name, ids: missing });
                }
                is_read_again = true;
                self.client.clock().sleep(LOOK_INTERVAL).await;
                continue;
            }
            let others = added.iter().filter(|other| *other != id && !restored.contains(*other));
            restored.extend(others.cloned().collect::<Vec<_>>());
            if !remote.iter().chain(&added).any(|other| other == id) {
                added.push(id.to_owned());
            }
            let new = with_ids(&item.text, &added).ok_or_else(unexpected)?;
            first.get_or_insert(item.text);
            (writes, looks) = (writes + 1, 0);
            match self.client.replace_flow_spec(flow_spec.id, &new, item.etag.as_deref()).await {
                Ok(_) => self.see(&added),
                // Another writer was faster: read again.
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                // It may have been written; the next read shows it.
                Err(error) if error.may_have_completed() && writes < MAX_WRITES => {
                    tracing::debug!("no response to writing the flow spec, so it is read again: {error}");
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Reads the flow spec and the ids in it.
    async fn read_flow_spec(&self, flow_spec: FlowSpecRef) -> Result<(Item, Vec<String>), SyncError> {
        let item = self.client.flow_spec(flow_spec.id).await?;
        let ids = ids(&item.text).ok_or(SyncError::UnexpectedFlowSpec { flow_spec: flow_spec.name })?;
        self.see(&ids);
        if self.missing(flow_spec, &ids).is_empty() {
            self.set_record(Subject::FlowSpec(flow_spec.id), &ids.join("\n"));
        }
        Ok((item, ids))
    }

    /// The ids that earlier commands on this machine have seen in the flow spec, and that these ids lack.
    fn missing(&self, flow_spec: FlowSpecRef, ids: &[String]) -> Vec<String> {
        let known = self.record(Subject::FlowSpec(flow_spec.id)).unwrap_or_default();
        known.lines().filter(|known| ids.iter().all(|id| id != known)).map(str::to_owned).collect()
    }

    fn seen(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.registered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn see(&self, ids: &[String]) {
        self.seen().extend(ids.iter().cloned());
    }
}

/// The registered ids in a flow spec. `None` if it has no array of ids.
pub(super) fn ids(flow_spec: &str) -> Option<Vec<String>> {
    let tree = parse(flow_spec);
    let ids = tree.root().get(IDS).filter(|ids| ids.kind() == NodeKind::Array)?;
    ids.elements().map(|id| string(Some(id))).collect()
}

/// A flow spec as it is sent back: exactly as read, without managed keys, and with these ids appended to its array.
fn with_ids(flow_spec: &str, added: &[String]) -> Option<String> {
    let tree = parse(flow_spec);
    let members = tree.root().members().filter_map(|member| {
        let key = member.key.string()?;
        if spec::is_set_by_service(&key) {
            return None;
        }
        let is_array = key == IDS && tree.root().get(IDS) == Some(member.value);
        Some(if is_array { extended(member.value, added, member.key) } else { member.node.text().to_owned() })
    });
    let members: Vec<String> = members.collect();
    (tree.errors().is_empty() && ids(flow_spec).is_some()).then(|| format!("{{ {} }}", members.join(", ")))
}

fn extended(array: Node<'_>, added: &[String], key: Node<'_>) -> String {
    let elements = array.elements().map(|element| element.text().to_owned());
    let all: Vec<String> = elements.chain(added.iter().map(|id| quoted(id))).collect();
    format!("{}: [{}]", key.text(), all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_spec_is_sent_back_as_read_with_one_more_id() {
        let text = r#"{"id":"f","createdAt":1,"name":"RestStorageToAEP","version":"1.0","sourceConnectionSpecIds":["a","b"],"transformationSpecs":[{"name":"Mapping","x":1.50}],"updatedAt":2}"#;
        let sent = with_ids(text, &["c\"".to_owned()]).expect("it has an array");
        assert_eq!(
            sent,
            r#"{ "name":"RestStorageToAEP", "version":"1.0", "sourceConnectionSpecIds": ["a", "b", "c\""], "transformationSpecs":[{"name":"Mapping","x":1.50}] }"#
        );
        assert_eq!(ids(&sent).expect("it has an array"), ["a", "b", "c\""]);
    }

    #[test]
    fn a_flow_spec_without_array_of_ids_is_not_sent_back() {
        for text in ["{}", r#"{"sourceConnectionSpecIds": {}}"#, r#"{"sourceConnectionSpecIds": [1]}"#, "[]"] {
            assert_eq!((ids(text), with_ids(text, &["a".to_owned()])), (None, None), "{text}");
        }
    }
}
