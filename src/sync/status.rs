//! Whether a spec and its remote counterpart are in sync.

use super::changes::Change;
use super::error::SyncError;
use super::plan::{Candidate, PushBlocker, ThreeWay};
use super::spec::Spec;
use crate::lint::RemoteState;

/// Whether a spec and its remote counterpart are in sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyncStatus {
    /// The file is not linked to a remote spec in this sandbox.
    NotLinked,
    /// No changes since the last push or pull.
    UpToDate,
    /// Changed locally.
    LocalChanges,
    /// Changed remotely.
    RemoteChanges,
    /// Changed locally and remotely.
    Diverged,
    /// The remote spec no longer exists.
    RemoteDeleted,
}

/// The status of a spec, as just read from Flow Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecStatus {
    /// The status.
    pub status: SyncStatus,
    /// The name of the spec.
    pub name: String,
    /// The id of the remote spec, if the file is linked.
    pub id: Option<String>,
    /// Whether it is registered; `None` if unknown, or if specs of its type are not.
    pub registered: Option<bool>,
    /// The local changes.
    pub local: Vec<Change>,
    /// The remote changes.
    pub remote: Vec<Change>,
    /// The other remote specs with the same name and provider.
    pub same_name: Vec<Candidate>,
}

impl SyncStatus {
    /// The status of a linked spec.
    pub fn new(remote: RemoteState, has_local_changes: bool) -> SyncStatus {
        match (remote, has_local_changes) {
            (RemoteState::Deleted, _) => SyncStatus::RemoteDeleted,
            (RemoteState::Unchanged, false) => SyncStatus::UpToDate,
            (RemoteState::Unchanged, true) => SyncStatus::LocalChanges,
            (RemoteState::Changed, false) => SyncStatus::RemoteChanges,
            (RemoteState::Changed, true) => SyncStatus::Diverged,
        }
    }

    /// The state of the remote spec; `None` if there is none.
    pub fn remote_state(self) -> Option<RemoteState> {
        match self {
            SyncStatus::NotLinked => None,
            SyncStatus::UpToDate | SyncStatus::LocalChanges => Some(RemoteState::Unchanged),
            SyncStatus::RemoteChanges | SyncStatus::Diverged => Some(RemoteState::Changed),
            SyncStatus::RemoteDeleted => Some(RemoteState::Deleted),
        }
    }

    /// The identifier in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            SyncStatus::NotLinked => "not-linked",
            SyncStatus::UpToDate => "up-to-date",
            SyncStatus::LocalChanges => "local-changes",
            SyncStatus::RemoteChanges => "remote-changes",
            SyncStatus::Diverged => "diverged",
            SyncStatus::RemoteDeleted => "remote-deleted",
        }
    }

    /// The description for people.
    pub fn description(self) -> &'static str {
        match self {
            SyncStatus::NotLinked => "not linked",
            SyncStatus::UpToDate => "up to date",
            SyncStatus::LocalChanges => "local changes",
            SyncStatus::RemoteChanges => "remote changes",
            SyncStatus::Diverged => "local and remote changes",
            SyncStatus::RemoteDeleted => "remote deleted",
        }
    }
}

impl Spec<'_> {
    /// Reads the remote spec, the flow spec and the other specs with the same name.
    pub async fn status(&self) -> Result<SpecStatus, SyncError> {
        let linked = self.linked()?;
        let none = SpecStatus {
            status: SyncStatus::NotLinked,
            name: self.name(),
            id: None,
            registered: None,
            local: Vec::new(),
            remote: Vec::new(),
            same_name: Vec::new(),
        };
        let Some(id) = linked.as_ref().and_then(|linked| linked.id.clone()) else { return Ok(none) };
        let remote = match self.remote(&id).await {
            Err(SyncError::Blocked(PushBlocker::RemoteDeleted { id })) => {
                return Ok(SpecStatus { status: SyncStatus::RemoteDeleted, id: Some(id), ..none });
            }
            remote => remote?,
        };
        let ThreeWay { local, remote, .. } = self.three_way(&id, linked.as_ref(), &remote, None);
        let state = if remote.is_empty() { RemoteState::Unchanged } else { RemoteState::Changed };
        let status = SyncStatus::new(state, !local.is_empty());
        let registered = self.is_registered(&id).await?;
        let same_name = self.others(Some(&id)).await?;
        Ok(SpecStatus { status, id: Some(id), registered, local, remote, same_name, ..none })
    }
}
