//! One file and the Flow Service it belongs to.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::output::io_message;
use crate::document::Document;
use crate::lint::Facts;
use crate::project;
use crate::sync::{LocalSpec, Service, SyncError, WorkingCopy};
use crate::text::{Edit, Text};

/// One file and the Flow Service it belongs to.
pub(in crate::cli) struct SyncTarget {
    path: PathBuf,
    /// The path as given by the user.
    pub(in crate::cli) name: String,
    /// The text as read last. `None` if the file does not exist.
    text: Option<String>,
    must_exist: bool,
    facts: Facts,
    pub(in crate::cli) service: Arc<Service>,
}

impl SyncTarget {
    /// A file with its text as just read.
    pub(super) fn new(
        path: &Path,
        text: Option<String>,
        must_exist: bool,
        facts: Facts,
        service: Arc<Service>,
    ) -> SyncTarget {
        SyncTarget { path: path.to_owned(), name: display(path), text, must_exist, facts, service }
    }
}

impl WorkingCopy for SyncTarget {
    fn read(&mut self) -> Result<LocalSpec, SyncError> {
        self.text = read(&self.path, &self.name, self.must_exist)?;
        let text = Text::new(self.text.as_deref().unwrap_or_default());
        let document = Document::new(self.name.as_str(), 0, text);
        Ok(LocalSpec { path: self.path.clone(), document, facts: self.facts.clone() })
    }

    async fn apply(&mut self, edits: Vec<Edit>) -> Result<(), SyncError> {
        let name = &self.name;
        if read(&self.path, name, self.must_exist)? != self.text {
            let message =
                format!("{name} was changed by another program in the meantime and was not written. Try again.");
            return Err(SyncError::NotApplied(message));
        }
        let new = Edit::apply(self.text.as_deref().unwrap_or_default(), &edits);
        project::replace_file(&self.path, &new)
            .map_err(|error| SyncError::File(format!("Cannot write {name}: {}.", io_message(&error))))?;
        self.text = Some(new);
        Ok(())
    }
}

/// A path for people.
pub(in crate::cli) fn display(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

pub(super) fn read(path: &Path, name: &str, must_exist: bool) -> Result<Option<String>, SyncError> {
    let reason = match project::read_text_file(path) {
        Ok(text) => return Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound && !must_exist => return Ok(None),
        Err(error) if error.kind() == ErrorKind::InvalidData => "not valid UTF-8; save it as UTF-8".to_owned(),
        Err(error) => io_message(&error),
    };
    Err(SyncError::File(format!("Cannot read {name}: {reason}.")))
}
