//! Doing what a plan says. Before each write it is looked once more whether what the plan rests on still holds; what is
//! about to be made is noted down before, what was done right after, and then it is read again and compared.

use crate::flow_service::{self, Item};
use crate::project::{Intent, LinkedSpec, StateLock};

use super::changes::Change;
use super::failure::Failure;
use super::plan::{Plan, RegisterStep, SpecStep};
use super::register::Registered;
use super::spec::{Spec, between, noted, parse};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// The id of the spec on the service.
    pub id: String,
    /// What was done with the spec.
    pub done: Done,
    /// What the service keeps otherwise than it was sent: places with what was sent and what is there.
    pub unkept: Vec<Change>,
    /// What another writer has changed right after: places with what was written and what is there.
    pub overtaken: Vec<Change>,
    /// What came of registering, if that was planned.
    pub registered: Option<Registered>,
}

/// What was done with a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Nothing: it was the same here and there.
    Nothing,
    /// It was noted down that the file and the spec on the service are the same.
    Noted,
    /// It was made.
    Created,
    /// It was replaced.
    Replaced,
}

impl Spec<'_> {
    /// Does what a plan says.
    ///
    /// # Errors
    ///
    /// [`Failure::Moved`] when the plan rests on what is no longer so; then nothing was written, and a new plan can be
    /// made. After any other failure too a new plan finds out what is done and what is not.
    pub async fn push(&self, plan: &Plan) -> Result<Pushed, Failure> {
        let mut pushed = self.push_spec(plan).await?;
        if matches!(plan.register, RegisterStep::Register { .. }) {
            let id = &pushed.id;
            let failed = |error| Failure::NotRegistered { id: id.clone(), error: Box::new(error) };
            pushed.registered = Some(self.register_id(id).await.map_err(failed)?);
        }
        Ok(pushed)
    }

    async fn push_spec(&self, plan: &Plan) -> Result<Pushed, Failure> {
        let pushed = |id: &str, done| Pushed {
            id: id.to_owned(),
            done,
            unkept: Vec::new(),
            overtaken: Vec::new(),
            registered: None,
        };
        if let SpecStep::Nothing { id } = &plan.spec {
            return Ok(pushed(id, Done::Nothing));
        }
        let lock = self.lock().await?;
        if self.linked()? != plan.linked {
            return Err(Failure::Moved);
        }
        match &plan.spec {
            SpecStep::Nothing { id } => Ok(pushed(id, Done::Nothing)),
            SpecStep::Note { id, linked } => {
                self.note(&lock, Some((**linked).clone()))?;
                Ok(pushed(id, Done::Noted))
            }
            SpecStep::Create { name, before } => self.create(&lock, name, before, &plan.body).await,
            SpecStep::Replace { id, there, .. } => self.replace(&lock, id, there, &plan.body).await,
        }
    }

    async fn create(&self, lock: &StateLock, name: &str, before: &[String], body: &str) -> Result<Pushed, Failure> {
        // A person may have taken their time to say yes, and another file or another author may have made it since.
        if self.of_the_same_name().await?.iter().any(|item| !before.contains(&item.id)) {
            return Err(Failure::Moved);
        }
        // Only what is on disk before can be found again after whatever comes in between.
        let intent = Intent { name: name.to_owned(), existing_ids: before.to_vec() };
        let old = self.linked()?;
        self.note(lock, Some(LinkedSpec { intent: Some(intent), ..LinkedSpec::default() }))?;
        match self.client.create_connection_spec(body).await {
            Ok(item) => self.written(lock, item, body, Done::Created).await,
            Err(error) if error.may_have_completed() => self.look_for_created(lock, before, body, error).await,
            Err(error) => {
                // It was refused: there is nothing to look for.
                self.note(lock, old)?;
                Err(error.into())
            }
        }
    }

    /// A spec may have been made, but no answer came: it is looked for before anything else. If it is not there it may
    /// still be on its way, so nothing is sent again; the intent stays, and the next push looks once more.
    async fn look_for_created(
        &self,
        lock: &StateLock,
        before: &[String],
        body: &str,
        error: flow_service::Error,
    ) -> Result<Pushed, Failure> {
        let unknown = |error| Failure::Unknown { doing: "creating the spec", error };
        let Ok(found) = self.of_the_same_name().await else { return Err(unknown(error)) };
        let new = found.into_iter().filter(|item| !before.contains(&item.id) && self.is_kept_as(&item.text));
        let mut new: Vec<Item> = new.collect();
        match (new.pop(), new.is_empty()) {
            (Some(item), true) => self.written(lock, item, body, Done::Created).await,
            _ => Err(unknown(error)),
        }
    }

    async fn replace(&self, lock: &StateLock, id: &str, there: &str, body: &str) -> Result<Pushed, Failure> {
        let now = self.client.connection_spec(id).await?;
        if !between(there, &now.text).is_empty() {
            return Err(Failure::Moved);
        }
        let answer = match self.client.replace_connection_spec(id, body, now.etag.as_deref()).await {
            Ok(item) => item,
            Err(error) if error.kind() == flow_service::ErrorKind::Conflict => return Err(Failure::Moved),
            Err(error) if error.may_have_completed() => {
                let unknown = |error| Failure::Unknown { doing: "updating the spec", error };
                match self.client.connection_spec(id).await {
                    Ok(item) if between(there, &item.text).is_empty() => return Err(error.into()),
                    Ok(item) if self.is_kept_as(&item.text) => item,
                    _ => return Err(unknown(error)),
                }
            }
            Err(error) => return Err(error.into()),
        };
        // What does not show the spec may be of something that stands between, so only the spec itself tells.
        if !is_whole(&answer) && between(there, &self.client.connection_spec(id).await?.text).is_empty() {
            return Err(Failure::NotMade { id: id.to_owned() });
        }
        self.written(lock, answer, body, Done::Replaced).await
    }

    /// Notes down what was written, then reads it again.
    async fn written(&self, lock: &StateLock, answer: Item, body: &str, done: Done) -> Result<Pushed, Failure> {
        let id = answer.id.clone();
        let is_whole = is_whole(&answer);
        let told = if is_whole { &answer.text } else { body };
        let not_noted = |failure| match failure {
            Failure::State(error) => Failure::NotNoted { id: id.clone(), error },
            other => other,
        };
        self.note(lock, Some(noted(&id, told, body))).map_err(not_noted)?;
        let read = match self.client.connection_spec(&id).await {
            Ok(item) => item.text,
            // It is written and noted; what the answer told has to do.
            Err(error) => {
                tracing::warn!("what was written could not be read again: {error}");
                told.to_owned()
            }
        };
        // What the answer had otherwise than what is there now, the service has not made of ours.
        let overtaken = if is_whole { between(told, &read) } else { Vec::new() };
        let linked = noted(&id, if overtaken.is_empty() { &read } else { told }, body);
        let unkept = linked.base.as_deref().map(|kept| between(body, kept)).unwrap_or_default();
        self.note(lock, Some(linked)).map_err(not_noted)?;
        Ok(Pushed { id, done, unkept, overtaken, registered: None })
    }
}

/// Whether an answer to a write is the whole spec, which always has a name: it may be less.
fn is_whole(answer: &Item) -> bool {
    parse(&answer.text).root().get("name").is_some()
}
