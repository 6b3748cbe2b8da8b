//! Diagnostics and their fixes: plain data, with ranges in bytes.

use std::ops::Range;

use crate::edit::writer::Writer;
use crate::syntax::{Member, Node};
use crate::text::{self, Edit};

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The source cannot work.
    Error,
    /// Probably a problem, or Adobe's pages disagree.
    Warning,
    /// Worth knowing.
    Info,
    /// A suggestion.
    Hint,
}

impl Severity {
    /// The name of the severity in output and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
            Severity::Hint => "hint",
        }
    }
}

/// How an editor may render a diagnostic, besides its severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Faded: it has no effect.
    Unnecessary,
    /// Struck through.
    Deprecated,
}

/// Another range that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// In bytes of the same document.
    pub range: Range<usize>,
    /// What is at this range.
    pub message: String,
}

/// A problem that a rule reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code of the rule.
    pub code: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// The bytes that are wrong, and no more.
    pub range: Range<usize>,
    /// The problem, then the way out. Never contains a value that may be a secret.
    pub message: String,
    /// The page that documents it.
    pub link: &'static str,
    /// Other ranges that explain it.
    pub related: Vec<Related>,
    /// How to render it.
    pub tag: Option<Tag>,
    /// Its fixes, the likeliest first. Empty unless fixes are requested: most diagnostics are only shown.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// Whether its range is a secret, which no output may show.
    pub fn is_about_secret(&self) -> bool {
        self.code == "hard-coded-secret"
    }

    /// Whether its range overlaps or touches another.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        text::touch(&self.range, range)
    }

    /// The same diagnostic with the page of the vocabulary, if there is one.
    pub(crate) fn with_link(self, link: Option<&'static str>) -> Self {
        Diagnostic { link: link.unwrap_or(self.link), ..self }
    }

    pub(crate) fn with_tag(self, tag: Tag) -> Self {
        Diagnostic { tag: Some(tag), ..self }
    }

    pub(crate) fn with_related(mut self, range: Range<usize>, message: impl Into<String>) -> Self {
        self.related.push(Related { range, message: message.into() });
        self
    }
}

/// A fix of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The title, imperative: "Rename to `path`".
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// The files to create beside the document.
    pub files: Vec<NewFile>,
    /// Whether it can be applied without confirmation: it is the only possible meaning and loses nothing that the author wrote.
    pub is_safe: bool,
    /// Whether it is likelier than the other fixes of the diagnostic; of several equally likely ones, none is.
    pub is_likely: bool,
}

/// A file to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name in the folder of the document.
    pub name: String,
    /// Its content.
    pub content: String,
}

impl Fix {
    /// A fix that can be applied without confirmation.
    pub(crate) fn safe(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        let (title, edits) = (title.into(), edits.into_iter().collect());
        Fix { title, edits, files: Vec::new(), is_safe: true, is_likely: true }
    }

    /// A fix that creates files.
    pub(crate) fn creating(title: impl Into<String>, files: impl IntoIterator<Item = NewFile>) -> Self {
        Fix { files: files.into_iter().collect(), ..Fix::offered(title, []) }
    }

    /// A fix that a person has to choose.
    pub(crate) fn offered(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Fix { is_safe: false, ..Fix::safe(title, edits) }
    }

    /// A fix that a person has to choose and that is no likelier than the others, so never the preferred one.
    pub(crate) fn possible(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Fix { is_likely: false, ..Fix::offered(title, edits) }
    }

    /// Replaces what a string or key says.
    pub(crate) fn rename(writer: &Writer<'_>, node: Node<'_>, new: &str) -> Self {
        Fix::offered(format!("Replace with `{new}`"), [writer.rename(node, new)])
    }

    /// Removes a key with its value.
    pub(crate) fn remove(writer: &Writer<'_>, member: Member<'_>) -> Self {
        let key = member.key.string().unwrap_or_default();
        Fix::offered(format!("Remove `{key}`"), [writer.remove(member.node)])
    }

    /// The same fix, safe under a condition.
    pub(crate) fn safe_if(self, is_safe: bool) -> Self {
        Fix { is_safe, ..self }
    }

    /// The same fix, likelier than the others under a condition.
    pub(crate) fn likely_if(self, is_likely: bool) -> Self {
        Fix { is_likely, ..self }
    }
}
