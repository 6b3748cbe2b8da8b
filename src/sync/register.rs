//! Registering: adds the id of a spec to the flow spec with which dataflows of its type are created.
//!
//! A flow spec is shared, and Flow Service documents no conditional writes. So the array of ids is read, sent back with one
//! more id, and read again: everything that was in it has to be in it still. What another writer adds between our read and
//! our write cannot be seen; that is one round trip. If Flow Service sends an `etag`, it is sent along, and even that cannot
//! happen.

use crate::flow_service::ErrorKind;
use crate::flow_service::api::FlowSpecRef;
use crate::spec;
use crate::syntax::{Kind as NodeKind, Node, quoted};

use super::changes::{Change, PathSegment, between};
use super::error::SyncError;
use super::plan::RegisterStep;
use super::spec::Spec;
use super::value::{parse, string};

/// The array of ids in a flow spec.
const IDS: &str = "sourceConnectionSpecIds";

/// How often the flow spec is written if others overwrite it.
const MAX_WRITES: usize = 5;

/// The result of registering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The name of the flow spec.
    pub flow_spec: &'static str,
    /// Whether the id was already registered.
    pub was_registered: bool,
    /// Ids of others that another writer had removed meanwhile and that were put back.
    pub restored: Vec<String>,
    /// What else changed in the flow spec, although it was sent back as it was read.
    pub altered: Vec<Change>,
}

impl Spec<'_> {
    /// Registers the remote spec of the file. Writes nothing if it is already registered.
    pub async fn register(&self) -> Result<Registered, SyncError> {
        let id = self.linked()?.and_then(|linked| linked.id).ok_or(SyncError::NotLinked)?;
        self.register_id(&id).await
    }

    /// The id of the remote spec of the file, and what registering it would do. Reads the flow spec.
    pub async fn registration(&self) -> Result<(String, RegisterStep), SyncError> {
        let id = self.linked()?.and_then(|linked| linked.id).ok_or(SyncError::NotLinked)?;
        match self.register_step(Some(&id)).await? {
            RegisterStep::None => Err(SyncError::NoFlowSpec),
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
        let Some(FlowSpecRef { name: flow_spec, id: flow_id, .. }) = self.made() else {
            return Ok(RegisterStep::None);
        };
        let Some(id) = id else { return Ok(RegisterStep::Register { flow_spec }) };
        let item = self.client.flow_spec(flow_id).await?;
        let ids = ids(&item.text).ok_or(SyncError::UnexpectedFlowSpec { flow_spec })?;
        let is_registered = ids.iter().any(|other| other == id);
        Ok(if is_registered { RegisterStep::Registered { flow_spec } } else { RegisterStep::Register { flow_spec } })
    }

    pub(super) async fn register_id(&self, id: &str) -> Result<Registered, SyncError> {
        let FlowSpecRef { id: flow_spec, name: flow_spec_name, .. } = self.made().ok_or(SyncError::NoFlowSpec)?;
        let unexpected = || SyncError::UnexpectedFlowSpec { flow_spec: flow_spec_name };
        // Other connspec processes in this folder wait, so that they don't overwrite each other's id. Without the lock a
        // lost id is still noticed.
        let _lock = self.lock().await.ok();
        let mut wanted: Vec<String> = Vec::new();
        let (mut restored, mut first) = (Vec::new(), None);
        for write in 0..=MAX_WRITES {
            let item = self.client.flow_spec(flow_spec).await?;
            let remote = ids(&item.text).ok_or_else(unexpected)?;
            let lost: Vec<String> = wanted.iter().filter(|id| !remote.contains(id)).cloned().collect();
            if remote.iter().any(|other| other == id) && lost.is_empty() {
                let before = first.unwrap_or_else(|| item.text.clone());
                let mut altered = between(&before, &item.text);
                altered.retain(|change| change.path.0.first() != Some(&PathSegment::Key(IDS.to_owned())));
                return Ok(Registered { flow_spec: flow_spec_name, was_registered: write == 0, restored, altered });
            }
            if write == MAX_WRITES {
                break;
            }
            for other in lost.iter().filter(|lost| *lost != id) {
                if !restored.contains(other) {
                    restored.push(other.clone());
                }
            }
            let mut added = lost;
            if !remote.iter().chain(&added).any(|other| other == id) {
                added.push(id.to_owned());
            }
            let new = with_ids(&item.text, &added).ok_or_else(unexpected)?;
            wanted = remote.into_iter().chain(added).collect();
            first.get_or_insert_with(|| item.text.clone());
            match self.client.replace_flow_spec(flow_spec, &new, item.etag.as_deref()).await {
                Ok(_) => {}
                // Another writer was faster: read again.
                Err(error) if error.kind() == ErrorKind::Conflict => wanted.clear(),
                // It may have been written; the next read tells.
                Err(error) if error.may_have_completed() && write + 1 < MAX_WRITES => {
                    tracing::debug!("no response to writing the flow spec, so it is read again: {error}");
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(SyncError::Overwritten { flow_spec: flow_spec_name })
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
