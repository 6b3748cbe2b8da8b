//! What this machine knows of remote specs, apart from the state file, which is committed and may be someone else's: the specs
//! that were created, pulled, pushed or named here, and the ids that were last seen in flow specs.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::project::{Sandbox, read_private_file, sha256, write_private_file};

/// Larger files are not ours.
const MAX_BYTES: u64 = 4 << 20;

/// What a record is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'s> {
    /// A remote spec, by its id: writing to it is confirmed.
    Spec(&'s str),
    /// A local spec, by its path: this machine is creating its remote spec.
    Creation(&'s Path),
    /// A flow spec, by its id: the ids in it, a line each.
    FlowSpec(&'s str),
}

/// The records: private files of this user, each named by a digest of what it is about. Without a folder they last as long
/// as the process.
#[derive(Debug, Default)]
pub struct MachineRecords {
    folder: Option<PathBuf>,
    session: Mutex<HashMap<String, String>>,
    /// Whether the person controls the repository, so that its state file needs no confirmation.
    pub(super) is_state_file_trusted: bool,
}

impl MachineRecords {
    /// The records in this folder; see [`crate::project::data_folder`].
    pub fn new(data_folder: Option<PathBuf>) -> MachineRecords {
        MachineRecords { folder: data_folder.map(|folder| folder.join("sync")), ..MachineRecords::default() }
    }

    pub(super) fn get(&self, sandbox: &Sandbox, subject: Subject<'_>) -> Option<String> {
        let name = name(sandbox, subject);
        let Some(folder) = &self.folder else { return self.session().get(&name).cloned() };
        match read(&folder.join(name)) {
            Ok(content) => Some(content),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::warn!("a record of this machine is ignored: {error}");
                None
            }
        }
    }

    /// A failure is only logged: then the person is asked again.
    pub(super) fn set(&self, sandbox: &Sandbox, subject: Subject<'_>, content: &str) {
        if self.get(sandbox, subject).as_deref() == Some(content) {
            return;
        }
        let name = name(sandbox, subject);
        let Some(folder) = &self.folder else {
            self.session().insert(name, content.to_owned());
            return;
        };
        if let Err(error) = write_private_file(&folder.join(name), content.as_bytes()) {
            tracing::warn!("a record of this machine cannot be stored: {error}");
        }
    }

    pub(super) fn remove(&self, sandbox: &Sandbox, subject: Subject<'_>) {
        let name = name(sandbox, subject);
        match &self.folder {
            Some(folder) => _ = fs::remove_file(folder.join(name)),
            None => _ = self.session().remove(&name),
        }
    }

    fn session(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn name(sandbox: &Sandbox, subject: Subject<'_>) -> String {
    let (kind, subject) = match subject {
        Subject::Spec(id) => ("remote-spec", id.to_ascii_lowercase()),
        Subject::Creation(path) => ("creation", path.to_string_lossy().into_owned()),
        Subject::FlowSpec(id) => ("flow-spec", id.to_owned()),
    };
    let parts = [kind, &sandbox.org, &sandbox.name, &subject];
    sha256(parts.join("\n").as_bytes())
}

fn read(path: &Path) -> io::Result<String> {
    String::from_utf8(read_private_file(path, MAX_BYTES)?).map_err(io::Error::other)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const ID: Subject<'_> = Subject::Spec("0ED90A81-07f4-4586-8190-b40eccef1c5a");

    fn sandbox(name: &str) -> Sandbox {
        Sandbox { org: "A@AdobeOrg".to_owned(), name: name.to_owned() }
    }

    #[test]
    fn a_record_is_about_one_sandbox() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("connspec");
        for records in [MachineRecords::new(None), MachineRecords::new(Some(data.clone()))] {
            records.set(&sandbox("dev"), ID, "a\nb");
            let same = Subject::Spec("0ed90a81-07f4-4586-8190-b40eccef1c5a");
            assert_eq!(records.get(&sandbox("dev"), same).as_deref(), Some("a\nb"));
            assert_eq!(records.get(&sandbox("prod"), ID), None);
            assert_eq!(records.get(&sandbox("dev"), Subject::FlowSpec("0ED90A81-07f4-4586-8190-b40eccef1c5a")), None);
        }
        let again = MachineRecords::new(Some(data));
        assert!(again.get(&sandbox("dev"), ID).is_some());
        again.remove(&sandbox("dev"), ID);
        assert_eq!(again.get(&sandbox("dev"), ID), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_record_that_others_can_write_is_ignored() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let records = MachineRecords::new(Some(folder.path().to_owned()));
        records.set(&sandbox("dev"), ID, "");
        let path = fs::read_dir(folder.path().join("sync")).unwrap().next().unwrap().unwrap().path();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(records.get(&sandbox("dev"), ID).is_some());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o620)).unwrap();
        assert_eq!(records.get(&sandbox("dev"), ID), None);
    }
}
