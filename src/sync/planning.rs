//! Plans a push: compares the file with the remote spec. Only reads.

use crate::flow_service::{Field, Filter, Item, is_spec_id};
use crate::lint::Facts;
use crate::project::LinkedSpec;
use crate::source::model::Source;

use super::changes::between;
use super::error::SyncError;
use super::merge::{Side, merge, merge_without_base};
use super::plan::{Candidate, Plan, PushBlocker, PushOptions, RegisterStep, SpecStep, ThreeWay};
use super::spec::{Spec, link_to};
use super::value::string;

impl Spec<'_> {
    /// What a push would do. Only reads: the remote spec or those with the same name, and the flow spec.
    pub async fn plan(&self, facts: &Facts, options: &PushOptions) -> Result<Plan, SyncError> {
        let payload = self.payload()?;
        let problems = self.problems(facts);
        if problems.block() && !options.force {
            return Err(PushBlocker::Problems(problems).into());
        }
        let mut linked = self.linked()?;
        let spec = loop {
            let step = match options.link.as_deref().or(linked.as_ref().and_then(|linked| linked.id.as_deref())) {
                Some(id) => self.step_with_id(id, linked.as_ref(), &payload, options).await,
                None => self.step_without_id(linked.as_ref(), &payload, options).await,
            };
            let now = self.linked()?;
            // A concurrent push of this file may be the cause: then it has saved its link by now.
            match step {
                Err(SyncError::Blocked(_)) if now != linked => linked = now,
                // Whether it is the right spec comes before what to do with its changes.
                Err(SyncError::Blocked(PushBlocker::RemoteChanged(changes)))
                    if options.link.is_none() && self.needs_confirmation(&changes.id, linked.as_ref()) =>
                {
                    return Err(self.unconfirmed(&changes.id, &payload).await?.into());
                }
                step => break step?,
            }
        };
        let register = match options.no_register {
            true => RegisterStep::None,
            false => self.register_step(spec.id()).await?,
        };
        let same_name = match &spec {
            SpecStep::Create { before } => before.clone(),
            spec => self.others(spec.id()).await?,
        };
        let is_confirmed = options.link.is_some() || spec.id().is_none_or(|id| self.is_confirmed(id, linked.as_ref()));
        let plan = Plan { name: self.name(), spec, register, problems, same_name, is_confirmed, linked, payload };
        match plan.spec.id() {
            Some(id) if plan.writes() && !is_confirmed && self.needs_confirmation(id, plan.linked.as_ref()) => {
                Err(self.unconfirmed(id, &plan.payload).await?.into())
            }
            _ => Ok(plan),
        }
    }

    /// The remote specs with the same name and provider, apart from the one with this id.
    pub(super) async fn others(&self, id: Option<&str>) -> Result<Vec<Candidate>, SyncError> {
        let found = self.same_name().await?.into_iter().filter(|item| id != Some(&item.id));
        Ok(found.map(|item| self.candidate(&item)).collect())
    }

    /// The question whether the remote spec is the right one. Reads it again: this is rare.
    pub(super) async fn unconfirmed(&self, id: &str, payload: &str) -> Result<PushBlocker, SyncError> {
        let text = self.remote(id).await?;
        let changes = between(&text, payload);
        let remote = Box::new(self.candidate(&Item { id: id.to_owned(), text, etag: None }));
        let org = self.client.target().org().to_owned();
        Ok(PushBlocker::UnconfirmedLink { remote, org, changes })
    }

    async fn step_with_id(
        &self,
        id: &str,
        linked: Option<&LinkedSpec>,
        payload: &str,
        options: &PushOptions,
    ) -> Result<SpecStep, SyncError> {
        let remote = match self.remote(id).await {
            Err(SyncError::Blocked(PushBlocker::RemoteDeleted { .. })) if options.create && options.link.is_none() => {
                return self.step_without_id(None, payload, options).await;
            }
            remote => remote?,
        };
        let linked = linked.filter(|linked| linked.id.as_deref() == Some(id));
        let update = |remote: String| {
            let changes = between(&remote, payload);
            Ok(SpecStep::Update { id: id.to_owned(), changes, remote })
        };
        if let Some((kept, sent)) = linked.and_then(|linked| linked.base.as_deref().zip(linked.sent())) {
            let is_unchanged_remotely = between(kept, &remote).is_empty();
            let is_unchanged_locally = between(sent, payload).is_empty();
            if is_unchanged_remotely && is_unchanged_locally {
                return Ok(SpecStep::UpToDate { id: id.to_owned() });
            }
            if is_unchanged_remotely || options.overwrite {
                return update(remote);
            }
        }
        if between(&remote, payload).is_empty() {
            let linked = Box::new(link_to(id, &remote, payload));
            return Ok(SpecStep::Link { id: id.to_owned(), linked });
        }
        let changes = self.three_way(id, linked, &remote, None);
        // If the file contains all remote changes, such as after an interrupted push, nothing is lost.
        if options.overwrite || changes.merge.applied.is_empty() && changes.merge.conflicts.is_empty() {
            return update(remote);
        }
        Err(PushBlocker::RemoteChanged(Box::new(changes)).into())
    }

    /// The changes on both sides, and what a merge would do.
    pub(super) fn three_way(
        &self,
        id: &str,
        linked: Option<&LinkedSpec>,
        remote: &str,
        prefer: Option<Side>,
    ) -> ThreeWay {
        let base = linked.and_then(|linked| linked.base.as_deref().zip(linked.sent()));
        // Without a base any difference may have been made on either side.
        let Some((kept, sent)) = base else {
            let merge = merge_without_base(&self.document, remote, prefer);
            let remote = between(self.document.source(), remote);
            return ThreeWay { id: id.to_owned(), local: Vec::new(), remote, has_base: false, merge };
        };
        ThreeWay {
            id: id.to_owned(),
            local: between(sent, self.document.source()),
            remote: between(kept, remote),
            has_base: true,
            merge: merge(&self.document, sent, kept, remote, prefer),
        }
    }

    async fn step_without_id(
        &self,
        linked: Option<&LinkedSpec>,
        payload: &str,
        options: &PushOptions,
    ) -> Result<SpecStep, SyncError> {
        let found = self.same_name().await?;
        // An earlier push may have been interrupted while creating the spec: then it is the one that was not there before.
        if let Some(intent) = linked.and_then(|linked| linked.intent.as_ref()) {
            let new = found.iter().filter(|item| !intent.existing_ids.contains(&item.id) && is_spec_id(&item.id));
            if let [ours] = new.filter(|item| self.is_stored_as(&item.text)).collect::<Vec<_>>().as_slice() {
                let linked = Box::new(link_to(&ours.id, &ours.text, payload));
                return Ok(SpecStep::Link { id: ours.id.clone(), linked });
            }
        }
        let before: Vec<Candidate> = found.iter().map(|item| self.candidate(item)).collect();
        if !before.is_empty() && !options.create {
            return Err(PushBlocker::SameName(before).into());
        }
        Ok(SpecStep::Create { before })
    }

    /// The remote specs with the same name and provider.
    pub(super) async fn same_name(&self) -> Result<Vec<Item>, SyncError> {
        let root = self.document.tree().root();
        let filter = |field, key| string(root.get(key)).map(|value| Filter::new(field, value));
        let filters = [filter(Field::Name, Source::NAME), filter(Field::ProviderId, Source::PROVIDER_ID)];
        let filters: Vec<Filter> = filters.into_iter().flatten().collect();
        Ok(self.client.connection_specs(&filters).await?)
    }
}
