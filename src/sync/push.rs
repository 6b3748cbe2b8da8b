//! Applies a plan. Before each write it is checked that the plan still holds, and the intent to create is saved; after it the
//! remote spec is read again and compared, and only what was read is saved as the link and its base.

use crate::flow_service::{self, ErrorKind, Item, is_spec_id};
use crate::project::{Intent, LinkedSpec, StateLock};
use crate::source::model::Source;
use crate::syntax::Tree;

use super::changes::{Change, between};
use super::error::{SyncError, Written};
use super::machine_records::Subject;
use super::plan::{Candidate, Plan, RegisterStep, SpecStep};
use super::register::Registered;
use super::spec::{Spec, link_to};
use super::value::{are_equal, parse};

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
    /// The other remote specs with the same name and provider.
    pub same_name: Vec<Candidate>,
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
        if plan.is_confirmed {
            self.confirm(&pushed.id);
        }
        let id = pushed.id.clone();
        let failed = |error| SyncError::NotRegistered { id: id.clone(), error: Box::new(error) };
        pushed.same_name = match &plan.spec {
            SpecStep::Create { before } => {
                let others = self.others(Some(&id)).await.map_err(failed)?;
                let new: Vec<Candidate> = others.iter().filter(|other| is_new(&other.id, before)).cloned().collect();
                if !new.is_empty() {
                    // Another author has created one at the same time, and one of both is too many.
                    return Err(SyncError::CreatedTwice { id, others: new });
                }
                others
            }
            _ => plan.same_name.clone(),
        };
        match plan.register {
            RegisterStep::None => {}
            RegisterStep::Registered { .. } => pushed.registered = Some(true),
            RegisterStep::Register { .. } => {
                pushed.registration = Some(self.register(&id).await.map_err(failed)?);
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
            SpecStep::Update { id, remote, .. } => self.update(&lock, id, remote, plan).await,
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
            same_name: Vec::new(),
        }
    }

    async fn create(&self, lock: &StateLock, before: &[Candidate], payload: &str) -> Result<Pushed, SyncError> {
        // Confirming may have taken a while: another file or another author may have created it since.
        if self.same_name().await?.iter().any(|item| is_new(&item.id, before)) {
            return Err(SyncError::PlanStale);
        }
        // Only an intent that is on disk before the write can be followed up after whatever interrupts it.
        let existing_ids = before.iter().map(|candidate| candidate.id.clone()).collect();
        let intent = Intent { name: self.name(), existing_ids };
        let old = self.linked()?;
        self.save(lock, Some(LinkedSpec { intent: Some(intent), ..LinkedSpec::default() }))?;
        self.set_record(Subject::Creation(&self.creation()), "");
        match self.client.create_connection_spec(payload).await {
            Ok(item) => self.created(lock, &item, payload).await,
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
        before: &[Candidate],
        payload: &str,
        error: flow_service::Error,
    ) -> Result<Pushed, SyncError> {
        let unknown = |error| SyncError::Unknown { action: "Creating the spec", error };
        let Ok(found) = self.same_name().await else { return Err(unknown(error)) };
        let is_ours = |item: &Item| is_new(&item.id, before) && is_spec_id(&item.id) && self.is_stored_as(&item.text);
        let mut new: Vec<Item> = found.into_iter().filter(is_ours).collect();
        match (new.pop(), new.is_empty()) {
            (Some(item), true) => self.created(lock, &item, payload).await,
            _ => Err(unknown(error)),
        }
    }

    /// Links a new spec once it can be read. Until then its id is not a fact, and the intent stays.
    async fn created(&self, lock: &StateLock, response: &Item, payload: &str) -> Result<Pushed, SyncError> {
        let id = &response.id;
        let read = self.read_back(response).await;
        let read = read.map_err(|error| SyncError::NotReadBack { id: id.clone(), error: Box::new(error) })?;
        self.written(lock, response, &read, payload, PushAction::Created)
    }

    /// Reads what was written. If that is cancelled, the response has to do: registering is cancelled then, too.
    async fn read_back(&self, response: &Item) -> Result<String, flow_service::Error> {
        match self.client.connection_spec(&response.id).await {
            Ok(item) => Ok(item.text),
            Err(error) if error.kind() == ErrorKind::Cancelled && is_complete(response) => Ok(response.text.clone()),
            Err(error) => Err(error),
        }
    }

    async fn update(&self, lock: &StateLock, id: &str, remote: &str, plan: &Plan) -> Result<Pushed, SyncError> {
        let payload = &plan.payload;
        let now = self.client.connection_spec(id).await?;
        if !between(remote, &now.text).is_empty() {
            return Err(SyncError::PlanStale);
        }
        let response = match self.client.replace_connection_spec(id, payload, now.etag.as_deref()).await {
            Ok(item) => Item { id: id.to_owned(), ..item },
            Err(error) if error.kind() == ErrorKind::Conflict => return Err(SyncError::PlanStale),
            Err(error) if error.may_have_completed() => match self.client.connection_spec(id).await {
                Ok(item) if between(remote, &item.text).is_empty() => return Err(error.into()),
                Ok(item) if self.is_stored_as(&item.text) => item,
                _ => return Err(SyncError::Unknown { action: "Updating the spec", error }),
            },
            Err(error) => return Err(error.into()),
        };
        let read = self.read_back(&response).await;
        let read = read.map_err(|error| SyncError::Unknown { action: "Updating the spec", error })?;
        let stored = if is_complete(&response) { &response.text } else { &read };
        let linked = plan.linked.as_ref().filter(|linked| linked.id.as_deref() == Some(id));
        let local = linked.and_then(LinkedSpec::sent).map(|sent| between(sent, payload));
        let changes = local.unwrap_or_else(|| replaced(remote, payload));
        let ignored = ignored(changes, remote, [stored, &read]);
        if !ignored.is_empty() {
            // The base is what the remote spec is, so that the changes are sent again.
            self.save(lock, Some(link_to(id, &read, &read)))?;
            return Err(SyncError::UpdateIgnored { id: id.to_owned(), changes: ignored });
        }
        self.written(lock, &response, &read, payload, PushAction::Updated)
    }

    /// Saves the link to what was written and read again.
    fn written(
        &self,
        lock: &StateLock,
        response: &Item,
        read: &str,
        payload: &str,
        action: PushAction,
    ) -> Result<Pushed, SyncError> {
        let id = &response.id;
        // What differs from both the response and what was sent is not what Flow Service made of it.
        let mut overwritten = if is_complete(response) { between(&response.text, read) } else { Vec::new() };
        let (sent, current) = (parse(payload), parse(read));
        overwritten.retain(|change| !are_equal(change.path.find(sent.root()), change.path.find(current.root())));
        let linked = link_to(id, if overwritten.is_empty() { read } else { &response.text }, payload);
        let not_stored = linked.base.as_deref().map(|kept| between(payload, kept)).unwrap_or_default();
        self.save(lock, Some(linked)).map_err(|error| {
            let written = Written::Remote(id.clone());
            SyncError::StateNotSaved { written, error: Box::new(error) }
        })?;
        Ok(Pushed { not_stored, overwritten, ..self.pushed(id, action) })
    }
}

fn is_new(id: &str, before: &[Candidate]) -> bool {
    before.iter().all(|known| known.id != id)
}

/// The values of the remote spec that a push replaces. What it has and the file has not may be its own.
fn replaced(remote: &str, payload: &str) -> Vec<Change> {
    let mut changes = between(remote, payload);
    changes.retain(|change| change.after.is_some());
    changes
}

/// The changes that were not carried out: the remote spec has a value and still has it. A value that it never had may be one
/// that Flow Service does not store.
fn ignored(mut changes: Vec<Change>, remote: &str, stored: [&str; 2]) -> Vec<Change> {
    let (remote, stored) = (parse(remote), stored.map(parse));
    changes.retain(|Change { path, after, .. }| {
        let old = path.find(remote.root());
        let new = after.as_deref().map(parse);
        let is_changed = !are_equal(old, new.as_ref().map(Tree::root));
        old.is_some() && is_changed && stored.iter().all(|stored| are_equal(path.find(stored.root()), old))
    });
    changes
}

/// Whether the response to a write is the complete spec, which always has a name. It may be less.
fn is_complete(response: &Item) -> bool {
    parse(&response.text).root().get(Source::NAME).is_some()
}
