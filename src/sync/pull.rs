//! From the remote spec to the local text: a new file, or a merge.

use crate::document::Document;
use crate::flow_service::{ErrorKind, is_spec_id};
use crate::project::LinkedSpec;
use crate::source::model::Source;
use crate::text::{Edit, Text};

use super::changes::between;
use super::error::SyncError;
use super::merge::{Side, merge};
use super::payload::to_file;
use super::plan::ThreeWay;
use super::spec::{Spec, deleted, link_to};
use super::value::{parse, string};

/// What a pull would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// The id of the remote spec.
    pub id: String,
    /// The name of the remote spec.
    pub name: String,
    /// Whether the local text and the remote spec have the same content.
    pub is_identical: bool,
    /// The changes on both sides, and the edits of the text. With conflicts nothing is to be written.
    pub changes: ThreeWay,
    /// The remote spec as the content of a new file.
    pub file: String,
    linked: LinkedSpec,
    before: Option<LinkedSpec>,
}

impl Spec<'_> {
    /// What a pull would do. Only reads. `link` is the id of the remote spec; by default the linked one.
    pub async fn pull(&self, link: Option<&str>, prefer: Option<Side>) -> Result<Pull, SyncError> {
        let before = self.linked()?;
        let known = before.clone().filter(|linked| link.is_none() || linked.id.as_deref() == link);
        let id = link.map(str::to_owned).or(known.as_ref().and_then(|linked| linked.id.clone()));
        let id = id.ok_or(SyncError::NotLinked)?;
        let remote = self.remote(&id).await?;
        let changes = self.three_way(&id, known.as_ref(), &remote, prefer);
        let sent = match known.as_ref().and_then(|linked| linked.base.as_deref().zip(linked.sent())) {
            // What was sent then with the remote changes since: any other difference is a local change.
            Some((kept, sent)) => {
                let document = Document::new(self.document.name(), 0, Text::new(sent));
                Edit::apply(sent, &merge(&document, sent, kept, &remote, Some(Side::Remote)).edits)
            }
            None => remote.clone(),
        };
        let linked = link_to(&id, &remote, &sent);
        let name = string(parse(&remote).root().get(Source::NAME)).unwrap_or_default();
        let file = to_file(&remote).unwrap_or_else(|| remote.clone());
        let is_identical = between(&remote, self.document.source()).is_empty();
        Ok(Pull { id, name, is_identical, changes, file, linked, before })
    }

    /// Saves that the edits of a pull were applied.
    pub async fn pulled(&self, pull: &Pull) -> Result<(), SyncError> {
        let lock = self.lock().await?;
        if self.linked()? != pull.before {
            return Err(SyncError::PlanStale);
        }
        self.save(&lock, Some(pull.linked.clone()))?;
        // The person has seen what it is.
        self.confirm(&pull.id);
        Ok(())
    }

    /// Unlinks the file. Returns the id of the remote spec, if it was linked.
    pub async fn unlink(&self) -> Result<Option<String>, SyncError> {
        let lock = self.lock().await?;
        let id = self.linked()?.and_then(|linked| linked.id);
        self.save(&lock, None)?;
        Ok(id)
    }

    /// The text of the remote spec.
    pub(super) async fn remote(&self, id: &str) -> Result<String, SyncError> {
        if !is_spec_id(id) {
            return Err(SyncError::InvalidId(id.to_owned()));
        }
        match self.client.connection_spec(id).await {
            Ok(item) => Ok(item.text),
            // A missing sandbox (21…) is not found either.
            Err(error)
                if error.kind() == ErrorKind::NotFound && error.code().is_none_or(|code| !code.starts_with("21")) =>
            {
                Err(deleted(id))
            }
            Err(error) => Err(error.into()),
        }
    }
}
