//! What a push would do, as plain data. Making a plan only reads.

use crate::flow_service::api::FlowSpecRef;
use crate::flow_service::{Field, Filter, Item};
use crate::lint::Facts;
use crate::project::LinkedSpec;

use super::changes::Change;
use super::failure::{Failure, Stop, ThreeWay};
use super::merge::{Prefer, merge, merge_unknown};
use super::register;
use super::spec::{Spec, between, noted, parse, string};

/// What a person has decided before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PushOptions {
    /// The id of the spec on the service that the file is.
    pub link: Option<String>,
    /// Whether a new spec is made although others of the same name are there, or although the one that the file was
    /// linked to is gone.
    pub create: bool,
    /// Whether a spec with errors is sent too.
    pub force: bool,
    /// Whether what was changed on the service is overwritten.
    pub overwrite: bool,
    /// Whether the spec is not registered in its flow spec.
    pub no_register: bool,
}

/// What a push would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// About the spec.
    pub spec: SpecStep,
    /// About the flow spec.
    pub register: RegisterStep,
    /// What was remembered when the plan was made.
    pub(super) linked: Option<LinkedSpec>,
    /// What is sent.
    pub(super) body: String,
}

/// What a push would do with the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpecStep {
    /// Nothing: it is the same here and there.
    Nothing {
        /// Its id.
        id: String,
    },
    /// Nothing is sent: the service has what the file says, which is to be noted down.
    Note {
        /// Its id.
        id: String,
        /// What is noted.
        #[doc(hidden)]
        linked: Box<LinkedSpec>,
    },
    /// A new spec is made.
    Create {
        /// Its name.
        name: String,
        /// The ids of the specs that have this name and provider already.
        before: Vec<String>,
    },
    /// The spec on the service is replaced.
    Replace {
        /// Its id.
        id: String,
        /// What changes there.
        changes: Vec<Change>,
        /// The spec as it is there now.
        #[doc(hidden)]
        there: String,
    },
}

/// What a push would do with the flow spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterStep {
    /// Nothing: it is not wanted, or there is no flow spec for a spec of this kind.
    Nothing,
    /// Nothing: the id is in it.
    Registered {
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
    /// The id is added to it.
    Register {
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
}

impl Plan {
    /// Whether nothing is sent and nothing noted down.
    pub fn is_empty(&self) -> bool {
        matches!(self.spec, SpecStep::Nothing { .. }) && !matches!(self.register, RegisterStep::Register { .. })
    }

    /// Whether anything is sent to be written.
    pub fn writes(&self) -> bool {
        matches!(self.spec, SpecStep::Create { .. } | SpecStep::Replace { .. })
            || matches!(self.register, RegisterStep::Register { .. })
    }
}

impl Spec<'_> {
    /// What a push would do. Reads only: the spec of the service, or the list of those of its name, and the flow spec.
    pub async fn plan(&self, facts: &Facts, options: &PushOptions) -> Result<Plan, Failure> {
        let body = self.body()?;
        let mistakes = if options.force { 0 } else { self.mistakes(facts) };
        if mistakes > 0 {
            return Err(Stop::Mistakes(mistakes).into());
        }
        let mut linked = self.linked()?;
        let spec = loop {
            let step = match options.link.as_deref().or(linked.as_ref().and_then(|linked| linked.id.as_deref())) {
                Some(id) => self.step_with_id(id, linked.as_ref(), &body, options).await,
                None => self.step_without_id(linked.as_ref(), &body, options).await,
            };
            let now = self.linked()?;
            // What is there may be what another push of this file has just made: that has been noted down by then.
            match step {
                Err(Failure::Stopped(_)) if now != linked => linked = now,
                step => break step?,
            }
        };
        let register = self.register_step(&spec, options).await?;
        Ok(Plan { spec, register, linked, body })
    }

    async fn step_with_id(
        &self,
        id: &str,
        linked: Option<&LinkedSpec>,
        body: &str,
        options: &PushOptions,
    ) -> Result<SpecStep, Failure> {
        let there = match self.there(id).await {
            Err(Failure::Stopped(Stop::Gone { .. })) if options.create && options.link.is_none() => {
                return self.step_without_id(None, body, options).await;
            }
            there => there?,
        };
        let linked = linked.filter(|linked| linked.id.as_deref() == Some(id));
        if let Some((kept, sent)) = linked.and_then(|linked| linked.base.as_deref().zip(linked.sent())) {
            let is_same_there = between(kept, &there).is_empty();
            let is_same_here = between(sent, body).is_empty();
            if is_same_there && is_same_here {
                return Ok(SpecStep::Nothing { id: id.to_owned() });
            }
            if is_same_there || options.overwrite {
                return Ok(self.replacement(id, there, body));
            }
        }
        if between(&there, body).is_empty() {
            let linked = Box::new(noted(id, &there, body));
            return Ok(SpecStep::Note { id: id.to_owned(), linked });
        }
        let changes = self.three_way(id, linked, &there, Prefer::Neither);
        // Where the file has all that was changed there, such as by a push that was cut off, nothing is lost.
        if options.overwrite || changes.merge.taken.is_empty() && changes.merge.conflicts.is_empty() {
            return Ok(self.replacement(id, there, body));
        }
        Err(Stop::ChangedThere(Box::new(changes)).into())
    }

    fn replacement(&self, id: &str, there: String, body: &str) -> SpecStep {
        SpecStep::Replace { id: id.to_owned(), changes: between(&there, body), there }
    }

    /// What differs on both sides, and what a merge would do.
    pub(super) fn three_way(&self, id: &str, linked: Option<&LinkedSpec>, there: &str, prefer: Prefer) -> ThreeWay {
        let known = linked.and_then(|linked| linked.base.as_deref().zip(linked.sent()));
        // Where nothing is known of what both began with, whatever differs may have been changed on either side.
        let Some((kept, sent)) = known else {
            let merge = merge_unknown(&self.document, there, prefer);
            let there = between(self.document.source(), there);
            return ThreeWay { id: id.to_owned(), here: Vec::new(), there, is_known: false, merge };
        };
        ThreeWay {
            id: id.to_owned(),
            here: between(sent, self.document.source()),
            there: between(kept, there),
            is_known: true,
            merge: merge(&self.document, sent, kept, there, prefer),
        }
    }

    async fn step_without_id(
        &self,
        linked: Option<&LinkedSpec>,
        body: &str,
        options: &PushOptions,
    ) -> Result<SpecStep, Failure> {
        let tree = parse(body);
        let name = string(tree.root().get("name")).unwrap_or_default();
        let found = self.of_the_same_name().await?;
        // Of a spec that was about to be made when something came in between: it is one that was not there before.
        if let Some(intent) = linked.and_then(|linked| linked.intent.as_ref()) {
            let new = found.iter().filter(|item| !intent.existing_ids.contains(&item.id));
            if let [ours] = new.filter(|item| self.is_kept_as(&item.text)).collect::<Vec<_>>().as_slice() {
                let linked = Box::new(noted(&ours.id, &ours.text, body));
                return Ok(SpecStep::Note { id: ours.id.clone(), linked });
            }
        }
        if !found.is_empty() && !options.create {
            return Err(Stop::SameName(found.iter().map(|item| self.candidate(item)).collect()).into());
        }
        Ok(SpecStep::Create { name, before: found.into_iter().map(|item| item.id).collect() })
    }

    /// The specs of the service that have its name and provider.
    pub(super) async fn of_the_same_name(&self) -> Result<Vec<Item>, Failure> {
        let root = self.document.tree().root();
        let filter = |field, key| string(root.get(key)).map(|value| Filter::new(field, value));
        let filters = [filter(Field::Name, "name"), filter(Field::ProviderId, "providerId")];
        let filters: Vec<Filter> = filters.into_iter().flatten().collect();
        Ok(self.client.connection_specs(&filters).await?)
    }

    pub(super) async fn register_step(&self, spec: &SpecStep, options: &PushOptions) -> Result<RegisterStep, Failure> {
        let Some(FlowSpecRef { name: flow_spec, id: flow_id, .. }) = self.made().filter(|_| !options.no_register)
        else {
            return Ok(RegisterStep::Nothing);
        };
        let id = match spec {
            SpecStep::Create { .. } => return Ok(RegisterStep::Register { flow_spec }),
            SpecStep::Nothing { id } | SpecStep::Note { id, .. } | SpecStep::Replace { id, .. } => id,
        };
        let item = self.client.flow_spec(flow_id).await?;
        let is_in = register::ids(&item.text).ok_or(Failure::OddFlowSpec { flow_spec })?.contains(id);
        Ok(if is_in { RegisterStep::Registered { flow_spec } } else { RegisterStep::Register { flow_spec } })
    }
}
