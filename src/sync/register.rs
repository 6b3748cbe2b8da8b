//! Registering: the id of a spec is added to the flow spec that dataflows of its kind are made with.
//!
//! A flow spec is shared, and the service has no documented way to say "only if nobody has written since". So the list is
//! read, sent back with one id more, and read again: what was in it before has to be in it still, and ours too. What
//! another writer adds between our reading and our writing cannot be seen; that is one round trip. Should the service ever
//! tell versions (`etag`), they are sent along, and then even that cannot happen.

use crate::flow_service::ErrorKind;
use crate::flow_service::api::FlowSpecRef;
use crate::spec;
use crate::syntax::{Kind as NodeKind, Node, quoted};

use super::changes::{Change, Step};
use super::failure::{Failure, Stop};
use super::plan::{PushOptions, RegisterStep, SpecStep};
use super::spec::{Spec, between, parse, string};

/// The list of the flow spec.
const LIST: &str = "sourceConnectionSpecIds";

/// How often the list is written when others overwrite it.
const ROUNDS: usize = 5;

/// What came of registering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The name of the flow spec.
    pub flow_spec: &'static str,
    /// Whether the id was in it before.
    pub was_there: bool,
    /// Ids of others that another writer had taken out in the meantime and that were put back.
    pub restored: Vec<String>,
    /// What else is not as it was before, although it was sent back as it came.
    pub altered: Vec<Change>,
}

impl Spec<'_> {
    /// Registers the spec that the file is linked to. Sends nothing when it is registered.
    pub async fn register(&self) -> Result<Registered, Failure> {
        let id = self.linked()?.and_then(|linked| linked.id).ok_or(Stop::NotLinked)?;
        self.register_id(&id).await
    }

    /// The id that the file is linked to, and what registering it would do. Reads the flow spec.
    pub async fn registration(&self) -> Result<(String, RegisterStep), Failure> {
        let id = self.linked()?.and_then(|linked| linked.id).ok_or(Stop::NotLinked)?;
        match self.register_step(&SpecStep::Nothing { id: id.clone() }, &PushOptions::default()).await? {
            RegisterStep::Nothing => Err(Stop::NoFlowSpec.into()),
            step => Ok((id, step)),
        }
    }

    /// Whether the spec with this id is registered; `None` for kinds of specs that are not.
    pub(super) async fn is_registered(&self, id: &str) -> Result<Option<bool>, Failure> {
        let Some(FlowSpecRef { id: flow_spec, name: flow_spec_name, .. }) = self.made() else { return Ok(None) };
        let item = self.client.flow_spec(flow_spec).await?;
        let ids = ids(&item.text).ok_or(Failure::OddFlowSpec { flow_spec: flow_spec_name })?;
        Ok(Some(ids.iter().any(|other| other == id)))
    }

    pub(super) async fn register_id(&self, id: &str) -> Result<Registered, Failure> {
        let FlowSpecRef { id: flow_spec, name: flow_spec_name, .. } = self.made().ok_or(Stop::NoFlowSpec)?;
        let odd = || Failure::OddFlowSpec { flow_spec: flow_spec_name };
        // Another connspec in this folder waits, so that the two do not overwrite each other's id. Where that cannot be
        // had, what is lost is still seen.
        let _held = self.lock().await.ok();
        let mut wanted: Vec<String> = Vec::new();
        let (mut restored, mut first) = (Vec::new(), None);
        for round in 0..=ROUNDS {
            let item = self.client.flow_spec(flow_spec).await?;
            let there = ids(&item.text).ok_or_else(odd)?;
            let lost: Vec<String> = wanted.iter().filter(|id| !there.contains(id)).cloned().collect();
            if there.iter().any(|other| other == id) && lost.is_empty() {
                let before = first.unwrap_or_else(|| item.text.clone());
                let mut altered = between(&before, &item.text);
                altered.retain(|change| change.place.0.first() != Some(&Step::Key(LIST.to_owned())));
                return Ok(Registered { flow_spec: flow_spec_name, was_there: round == 0, restored, altered });
            }
            if round == ROUNDS {
                break;
            }
            restored.extend(
                lost.iter().filter(|lost| *lost != id && !restored.contains(lost)).cloned().collect::<Vec<_>>(),
            );
            let mut added = lost;
            if !there.iter().chain(&added).any(|other| other == id) {
                added.push(id.to_owned());
            }
            let new = with(&item.text, &added).ok_or_else(odd)?;
            wanted = there.into_iter().chain(added).collect();
            first.get_or_insert_with(|| item.text.clone());
            match self.client.replace_flow_spec(flow_spec, &new, item.etag.as_deref()).await {
                Ok(_) => {}
                // Someone was faster, and the service says so: look again.
                Err(error) if error.kind() == ErrorKind::Conflict => wanted.clear(),
                // It may have been written all the same; the next look tells.
                Err(error) if error.may_have_completed() && round + 1 < ROUNDS => {
                    tracing::debug!("no answer to the flow spec, so it is read again: {error}");
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(Failure::Overwritten { flow_spec: flow_spec_name })
    }
}

/// The ids in the list of a flow spec. `None` when it has no such list.
pub(super) fn ids(flow_spec: &str) -> Option<Vec<String>> {
    let tree = parse(flow_spec);
    let list = tree.root().get(LIST).filter(|list| list.kind() == NodeKind::Array)?;
    list.elements().map(|id| string(Some(id))).collect()
}

/// A flow spec as it is sent back: exactly what was read, less what the service manages, with these ids at the end of its
/// list.
fn with(flow_spec: &str, added: &[String]) -> Option<String> {
    let tree = parse(flow_spec);
    let quoted: Vec<String> = added.iter().map(|id| quoted(id)).collect();
    let members = tree.root().members().filter_map(|member| {
        let key = member.key.string()?;
        if spec::is_set_by_service(&key) {
            return None;
        }
        let is_list = key == LIST && tree.root().get(LIST) == Some(member.value);
        Some(if is_list { longer(member.value, &quoted, member.key) } else { member.node.text().to_owned() })
    });
    let members: Vec<String> = members.collect();
    (tree.errors().is_empty() && ids(flow_spec).is_some()).then(|| format!("{{ {} }}", members.join(", ")))
}

/// A list with more elements.
fn longer(list: Node<'_>, added: &[String], key: Node<'_>) -> String {
    let there = list.elements().map(|element| element.text().to_owned());
    let all: Vec<String> = there.chain(added.iter().cloned()).collect();
    format!("{}: [{}]", key.text(), all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_spec_goes_back_as_it_came_with_one_id_more() {
        let text = r#"{"id":"f","createdAt":1,"name":"RestStorageToAEP","version":"1.0","sourceConnectionSpecIds":["a","b"],"transformationSpecs":[{"name":"Mapping","x":1.50}],"updatedAt":2}"#;
        let sent = with(text, &["c\"".to_owned()]).expect("it has a list");
        assert_eq!(
            sent,
            r#"{ "name":"RestStorageToAEP", "version":"1.0", "sourceConnectionSpecIds": ["a", "b", "c\""], "transformationSpecs":[{"name":"Mapping","x":1.50}] }"#
        );
        assert_eq!(ids(&sent).expect("it has a list"), ["a", "b", "c\""]);
    }

    #[test]
    fn what_has_no_list_of_ids_is_not_sent_back() {
        for text in ["{}", r#"{"sourceConnectionSpecIds": {}}"#, r#"{"sourceConnectionSpecIds": [1]}"#, "[]"] {
            assert_eq!((ids(text), with(text, &["a".to_owned()])), (None, None), "{text}");
        }
    }
}
