//! One file, its text and the service it belongs to.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::json;

use super::Talk;
use crate::cli::check::reason;
use crate::cli::draw::harmless;
use crate::cli::style;
use crate::document::Document;
use crate::lint::Facts;
use crate::project;
use crate::sync::{Service, Spec};
use crate::text::Text;

/// See above.
pub(in crate::cli) struct Errand {
    path: PathBuf,
    /// As it was named.
    pub(in crate::cli) shown: String,
    /// Its text; nothing when it is not there.
    pub(in crate::cli) text: Option<String>,
    /// The service.
    pub(in crate::cli) service: Rc<Service>,
    /// What is known of the world outside it.
    pub(in crate::cli) facts: Facts,
}

impl Errand {
    /// Reads a file and reaches its service. What fails is said, and nothing comes of the file.
    pub(in crate::cli) async fn begin(talk: &mut Talk<'_>, path: &Path) -> Option<Errand> {
        let shown = path.strip_prefix(".").unwrap_or(path).display().to_string();
        let text = match read(path) {
            Ok(text) => text,
            Err(error) => {
                talk.cannot(&shown, &format!("cannot read {shown}: {}.", reason(&error)));
                return None;
            }
        };
        match talk.service(path).await {
            Ok(service) => {
                let facts = talk.projects.facts(path).0;
                Some(Errand { path: path.to_owned(), shown, text, service, facts })
            }
            Err(failure) => {
                talk.failed(&shown, None, &failure, json!({}));
                None
            }
        }
    }

    /// The same, of a file that has to be there; its name and place are said.
    pub(in crate::cli) async fn begin_with_file(talk: &mut Talk<'_>, path: &Path) -> io::Result<Option<Errand>> {
        let Some(errand) = Errand::begin(talk, path).await else { return Ok(None) };
        if errand.text.is_none() {
            talk.cannot(&errand.shown, &format!("cannot read {}: there is no such file.", errand.shown));
            return Ok(None);
        }
        errand.name(talk)?;
        Ok(Some(errand))
    }

    /// Says which file comes next.
    pub(in crate::cli) fn name(&self, talk: &mut Talk<'_>) -> io::Result<()> {
        talk.name(&self.service)?;
        let strong = style::STRONG;
        talk.say(&format!("{strong}{}{strong:#}\n", harmless(&self.shown)))
    }

    /// The spec that the file holds.
    pub(in crate::cli) fn spec(&self) -> Spec<'_> {
        let text = Text::new(self.text.as_deref().unwrap_or_default());
        Spec::new(self.service.client(), &self.path, Document::new(self.shown.as_str(), 0, text))
    }

    /// Writes a new text, unless someone has written another in the meantime: then nothing is done.
    pub(in crate::cli) fn write(&mut self, new: String) -> Result<(), String> {
        let failed = |doing: &str, error: &io::Error| format!("cannot {doing} {}: {}.", self.shown, reason(error));
        if read(&self.path).map_err(|error| failed("read", &error))? != self.text {
            return Err(format!(
                "{} was changed by another program in the meantime, so it was not written. Try again.",
                self.shown
            ));
        }
        project::replace_file(&self.path, &new).map_err(|error| failed("write", &error))?;
        self.text = Some(new);
        Ok(())
    }
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            Err(io::Error::new(ErrorKind::InvalidData, "it is not UTF-8. Save it as UTF-8"))
        }
        Err(error) => Err(error),
    }
}
