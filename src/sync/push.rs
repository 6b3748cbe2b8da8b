//! Applies a plan. Before each write it is checked that the plan still holds; the intent to create is saved before, the link
//! right after, and then the remote spec is read again and compared.

use crate::flow_service::{self, Item};
use crate::project::{Intent, LinkedSpec, StateLock};
use crate::source::model::Source;

use super::changes::{Change, between};
use super::error::{SyncError, Written};
use super::plan::{Plan, RegisterStep, SpecStep};
use super::register::Registered;
use super::spec::{Spec, link_to};
use super::value::parse;

/// The result of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// The id of the remote spec.
    pub id: String,
    /// The name of the spec.
    pub name: String,
    /// What was done with the spec.
    pub action: PushAction,
    /// What Flow Service stores differently from what was sent: sent value, stored value.
    pub not_stored: Vec<Change>,
    /// What another writer has changed right after: written value, current value.
    pub overwritten: Vec<Change>,
    /// The result of registering, if that was planned.
    pub registration: Option<Registered>,
    /// Whether the spec is registered; `None` if that was not checked.
    pub registered: Option<bool>,
}

/// What was done with the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushAction {
    /// Nothing: it was up to date.
    None,
    /// It was linked to a remote spec with the same content.
    Linked,
    /// The remote spec was created.
    Created,
    /// The remote spec was updated.
    Updated,
}

impl PushAction {
    /// The identifier in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            PushAction::None => "none",
            PushAction::Linked => "linked",
            PushAction::Created => "created",
            PushAction::Updated => "updated",
        }
    }
}

impl Spec<'_> {
    /// Applies a plan.
    ///
    /// # Errors
    ///
    /// [`SyncError::PlanStale`] if what the plan is based on has changed; then nothing was written, and a new plan can be
    /// made. After any other error, too, a new plan finds out what was done and what was not.
    pub async fn push(&self, plan: &Plan) -> Result<Pushed, SyncError> {
        let mut pushed = self.push_spec(plan).await?;
        match plan.register {
            RegisterStep::None => {}
            RegisterStep::Registered { .. } => pushed.registered = Some(true),
            RegisterStep::Register { .. } => {
                let id = &pushed.id;
                let failed = |error| SyncError::NotRegistered { id: id.clone(), error: Box::new(error) };
                pushed.registration = Some(self.register_id(id).await.map_err(failed)?);
                pushed.registered = Some(true);
            }
        }
        Ok(pushed)
    }

    async fn push_spec(&self, plan: &Plan) -> Result<Pushed, SyncError> {
        if let SpecStep::UpToDate { id } = &plan.spec {
            return Ok(self.pushed(id, PushAction::None));
        }
        let lock = self.lock().await?;
        if self.linked()? != plan.linked {
            return Err(SyncError::PlanStale);
        }
        match &plan.spec {
            SpecStep::UpToDate { id } => Ok(self.pushed(id, PushAction::None)),
            SpecStep::Link { id, linked } => {
                self.save(&lock, Some((**linked).clone()))?;
                Ok(self.pushed(id, PushAction::Linked))
            }
            SpecStep::Create { before } => self.create(&lock, before, &plan.payload).await,
            SpecStep::Update { id, remote, .. } => self.update(&lock, id, remote, &plan.payload).await,
        }
    }

    fn pushed(&self, id: &str, action: PushAction) -> Pushed {
        Pushed {
            id: id.to_owned(),
            name: self.name(),
            action,
            not_stored: Vec::new(),
            overwritten: Vec::new(),
            registration: None,
            registered: None,
        }
    }

    async fn create(&self, lock: &StateLock, before: &[String], payload: &str) -> Result<Pushed, SyncError> {
        // Confirming may have taken a while: another file or another author may have created it since.
        if self.same_name().await?.iter().any(|item| !before.contains(&item.id)) {
            return Err(SyncError::PlanStale);
        }
        // Only an intent that is on disk before the write can be followed up after whatever interrupts it.
        let intent = Intent { name: self.name(), existing_ids: before.to_vec() };
        let old = self.linked()?;
        self.save(lock, Some(LinkedSpec { intent: Some(intent), ..LinkedSpec::default() }))?;
        match self.client.create_connection_spec(payload).await {
            Ok(item) => self.verify(lock, item, payload, PushAction::Created).await,
            Err(error) if error.may_have_completed() => self.find_created(lock, before, payload, error).await,
            Err(error) => {
                // It was rejected, so there is nothing to follow up.
                self.save(lock, old)?;
                Err(error.into())
            }
        }
    }

    /// The spec may have been created without a response. If it cannot be found it may still be on its way, so nothing is
    /// sent again; the intent stays, and the next push looks once more.
    async fn find_created(
        &self,
        lock: &StateLock,
        before: &[String],
        payload: &str,
        error: flow_service::Error,
    ) -> Result<Pushed, SyncError> {
        let unknown = |error| SyncError::Unknown { action: "Creating the spec", error };
        let Ok(found) = self.same_name().await else { return Err(unknown(error)) };
        let new = found.into_iter().filter(|item| !before.contains(&item.id) && self.is_stored_as(&item.text));
        let mut new: Vec<Item> = new.collect();
        match (new.pop(), new.is_empty()) {
            (Some(item), true) => self.verify(lock, item, payload, PushAction::Created).await,
            _ => Err(unknown(error)),
        }
    }

    async fn update(&self, lock: &StateLock, id: &str, remote: &str, payload: &str) -> Result<Pushed, SyncError> {
        let now = self.client.connection_spec(id).await?;
        if !between(remote, &now.text).is_empty() {
            return Err(SyncError::PlanStale);
        }
        let response = match self.client.replace_connection_spec(id, payload, now.etag.as_deref()).await {
            Ok(item) => item,
            Err(error) if error.kind() == flow_service::ErrorKind::Conflict => return Err(SyncError::PlanStale),
            Err(error) if error.may_have_completed() => match self.client.connection_spec(id).await {
                Ok(item) if between(remote, &item.text).is_empty() => return Err(error.into()),
                Ok(item) if self.is_stored_as(&item.text) => item,
                _ => return Err(SyncError::Unknown { action: "Updating the spec", error }),
            },
            Err(error) => return Err(error.into()),
        };
        // A response without the spec may come from a proxy, so only the spec itself counts.
        if !is_complete(&response) && between(remote, &self.client.connection_spec(id).await?.text).is_empty() {
            return Err(SyncError::UpdateIgnored { id: id.to_owned() });
        }
        self.verify(lock, response, payload, PushAction::Updated).await
    }

    /// Saves the link, then reads the remote spec again and compares.
    async fn verify(
        &self,
        lock: &StateLock,
        response: Item,
        payload: &str,
        action: PushAction,
    ) -> Result<Pushed, SyncError> {
        let id = response.id.clone();
        let is_complete = is_complete(&response);
        let written = if is_complete { &response.text } else { payload };
        let not_saved =
            |error| SyncError::StateNotSaved { written: Written::Remote(id.clone()), error: Box::new(error) };
        self.save(lock, Some(link_to(&id, written, payload))).map_err(not_saved)?;
        let read = match self.client.connection_spec(&id).await {
            Ok(item) => item.text,
            // It is written and saved; the response has to do.
            Err(error) => {
                tracing::warn!("the written spec could not be read again: {error}");
                written.to_owned()
            }
        };
        // What differs from the response is not what Flow Service made of ours.
        let overwritten = if is_complete { between(written, &read) } else { Vec::new() };
        let linked = link_to(&id, if overwritten.is_empty() { &read } else { written }, payload);
        let not_stored = linked.base.as_deref().map(|kept| between(payload, kept)).unwrap_or_default();
        self.save(lock, Some(linked)).map_err(not_saved)?;
        Ok(Pushed { not_stored, overwritten, ..self.pushed(&id, action) })
    }
}

/// Whether the response to a write is the complete spec, which always has a name. It may be less.
fn is_complete(response: &Item) -> bool {
    parse(&response.text).root().get(Source::NAME).is_some()
}
