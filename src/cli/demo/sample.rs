//! The sample source, and writing it without overwriting anything.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::document::Document;
use crate::lint::{self, Facts};
use crate::text::{Edit, Text};

/// A batch source with problems as they occur in published specs.
pub(super) const CONTENT: &str = include_str!("acme-connectionSpec.json");

/// The problems without a safe fix, and their replacements.
const FIXES: [(&str, &str); 3] = [
    (r#""required": ["apikey"]"#, r#""required": ["apiKey"]"#),
    ("${shopid}", "${shopId}"),
    (r#""limitName": "limit""#, r#""limitName": "limit", "offSetName": "offset""#),
];

/// The sample without its problems.
pub(super) fn fixed() -> String {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(CONTENT));
    let facts = Facts::default();
    let safe = Edit::apply(CONTENT, &lint::fix_all(&document, &facts));
    FIXES.iter().fold(safe, |text, (wrong, right)| text.replace(wrong, right))
}

/// The endings and contents of the other files of the source.
const OTHER_FILES: [(&str, &str); 4] = [
    ("category.txt", "protocols\n"),
    ("description.txt", "Orders of an Acme shop\n"),
    ("icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1H0z\"/></svg>\n"),
    ("label.txt", "Acme orders\n"),
];

/// The result of writing the sample.
pub(super) struct Written {
    /// The file with the sample.
    pub(super) path: PathBuf,
    /// A file with the usual name but another content, which was kept.
    pub(super) kept: Option<PathBuf>,
}

/// Writes the sample into a folder unless it is there. If its name is taken by another content, it gets another name.
pub(super) fn write(folder: &Path) -> io::Result<Written> {
    fs::create_dir_all(folder).map_err(|error| explain(&error, "create the folder", folder))?;
    let mut kept = None;
    let mut number = 1;
    loop {
        let source = if number == 1 { "acme".to_owned() } else { format!("acme-{number}") };
        let path = folder.join(format!("{source}-connectionSpec.json"));
        match write_new(&path, CONTENT) {
            Ok(()) => {
                for (ending, content) in OTHER_FILES {
                    let path = folder.join(format!("{source}-{ending}"));
                    match write_new(&path, content) {
                        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                            return Err(explain(&error, "write", &path));
                        }
                        _ => {}
                    }
                }
                return Ok(Written { path, kept });
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(&path).is_ok_and(|content| content == CONTENT.as_bytes()) {
                    return Ok(Written { path, kept });
                }
                kept.get_or_insert(path);
                number += 1;
            }
            Err(error) => return Err(explain(&error, "write", &path)),
        }
    }
}

fn write_new(path: &Path, content: &str) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(content.as_bytes())
}

fn explain(error: &io::Error, what: &str, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {}: {error}", path.display()))
}

/// The end of the first `needle`, or of the text if there is none.
pub(super) fn end_of(source: &str, needle: &str) -> usize {
    source.find(needle).map_or(source.len(), |at| at + needle.len())
}
