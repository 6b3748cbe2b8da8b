//! From the service into a file: into a new one, or merged into the author's text.

use crate::flow_service::ErrorKind;
use crate::project::LinkedSpec;

use super::body::as_file;
use super::changes::Change;
use super::failure::{Failure, Stop, ThreeWay};
use super::merge::{Prefer, merge};
use super::spec::{Spec, noted};
use crate::document::Document;
use crate::text::Edit;
use crate::text::Text;

/// What a pull would do to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// The id on the service.
    pub id: String,
    /// What differs, and the edits of the text. Where it has conflicts nothing is to be written.
    pub changes: ThreeWay,
    /// The service's spec as a file of its own.
    pub file: String,
    linked: LinkedSpec,
    before: Option<LinkedSpec>,
}

/// How a spec stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The file is not linked to a spec of the service in this sandbox.
    NotLinked,
    /// The same here and there since it was last pushed or pulled.
    UpToDate,
    /// Changed in the file.
    ChangedHere,
    /// Changed on the service.
    ChangedThere,
    /// Changed on both sides.
    ChangedBoth,
    /// The service does not have it any more.
    Gone,
}

/// How a spec stands, as the service says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// In a word.
    pub standing: Standing,
    /// Its id on the service.
    pub id: Option<String>,
    /// Whether it is registered; `None` where that is not known, or it is of a kind that is not.
    pub registered: Option<bool>,
    /// What was changed in the file.
    pub here: Vec<Change>,
    /// What was changed on the service.
    pub there: Vec<Change>,
}

impl Spec<'_> {
    /// What a pull would do. Reads only. `link` is the id of the spec that the file is to become or to be merged with; else
    /// it is the one that is remembered.
    pub async fn pull(&self, link: Option<&str>, prefer: Prefer) -> Result<Pull, Failure> {
        let before = self.linked()?;
        let known = before.clone().filter(|linked| link.is_none() || linked.id.as_deref() == link);
        let id = link.map(str::to_owned).or(known.as_ref().and_then(|linked| linked.id.clone()));
        let id = id.ok_or(Stop::NotLinked)?;
        let there = self.there(&id).await?;
        let changes = self.three_way(&id, known.as_ref(), &there, prefer);
        let sent = match known.as_ref().and_then(|linked| linked.base.as_deref().zip(linked.sent())) {
            // What was sent then, with what has changed there since: what the file has otherwise was changed here.
            Some((kept, sent)) => {
                let document = Document::new(self.document.name(), 0, Text::new(sent));
                Edit::apply(sent, &merge(&document, sent, kept, &there, Prefer::There).edits)
            }
            None => there.clone(),
        };
        let linked = noted(&id, &there, &sent);
        let file = as_file(&there).unwrap_or_else(|| there.clone());
        Ok(Pull { id, changes, file, linked, before })
    }

    /// Notes down that what a pull would do was done.
    pub async fn pulled(&self, pull: &Pull) -> Result<(), Failure> {
        let lock = self.lock().await?;
        if self.linked()? != pull.before {
            return Err(Failure::Moved);
        }
        self.note(&lock, Some(pull.linked.clone()))
    }

    /// Forgets which spec of the service the file is. Gives back its id, if it was linked.
    pub async fn unlink(&self) -> Result<Option<String>, Failure> {
        let lock = self.lock().await?;
        let id = self.linked()?.and_then(|linked| linked.id);
        self.note(&lock, None)?;
        Ok(id)
    }

    /// How it stands. Reads the spec of the service and the flow spec.
    pub async fn status(&self) -> Result<Status, Failure> {
        let linked = self.linked()?;
        let none =
            Status { standing: Standing::NotLinked, id: None, registered: None, here: Vec::new(), there: Vec::new() };
        let Some(id) = linked.as_ref().and_then(|linked| linked.id.clone()) else { return Ok(none) };
        let there = match self.there(&id).await {
            Ok(there) => there,
            Err(Failure::Stopped(Stop::Gone { id })) => {
                return Ok(Status { standing: Standing::Gone, id: Some(id), ..none });
            }
            Err(error) => return Err(error),
        };
        let ThreeWay { here, there, .. } = self.three_way(&id, linked.as_ref(), &there, Prefer::Neither);
        let standing = match (here.is_empty(), there.is_empty()) {
            (true, true) => Standing::UpToDate,
            (false, true) => Standing::ChangedHere,
            (true, false) => Standing::ChangedThere,
            (false, false) => Standing::ChangedBoth,
        };
        let registered = self.is_registered(&id).await?;
        Ok(Status { standing, id: Some(id), registered, here, there })
    }

    pub(super) async fn there(&self, id: &str) -> Result<String, Failure> {
        match self.client.connection_spec(id).await {
            Ok(item) => Ok(item.text),
            Err(error) if error.kind() == ErrorKind::NotFound && error.code().is_none_or(is_about_the_spec) => {
                Err(Stop::Gone { id: id.to_owned() }.into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Whether a code is that of a missing spec: a missing sandbox is not found either.
fn is_about_the_spec(code: &str) -> bool {
    !code.starts_with("21")
}
