//! Diagnostics and their fixes: plain data, with ranges in bytes.

use std::ops::Range;

use crate::text::Edit;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot work.
    Error,
    /// It is likely a mistake, or the sources disagree.
    Warning,
    /// Good to know.
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

/// How an editor may draw a diagnostic beside its severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Drawn faded: it has no effect.
    Unnecessary,
    /// Drawn struck out: an old form.
    Deprecated,
}

/// Another place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where, in bytes of the same document.
    pub range: Range<usize>,
    /// What is there.
    pub message: String,
}

/// One diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's code, as in the table of the README.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in bytes; never more than that.
    pub range: Range<usize>,
    /// What is wrong and what to do, in one or two sentences. Never holds a value that may be a secret.
    pub message: String,
    /// The page that the rule rests on.
    pub link: &'static str,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// How to draw it.
    pub tag: Option<Tag>,
    /// What mends it, the likeliest first. Empty unless [`crate::ide::actions`] asked: most diagnostics are only shown.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// Whether what it is about is a secret, which nobody is to see who does not read the file itself.
    pub fn is_about_secret(&self) -> bool {
        self.code == "hard-coded-secret"
    }

    /// Whether it is about something in this range, or right beside it.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        self.range.start <= range.end && range.start <= self.range.end
    }
}

/// A way to mend a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "Rename to `path`".
    pub title: String,
    /// The edits, none of which touches another.
    pub edits: Vec<Edit>,
    /// The files that it makes beside the document.
    pub files: Vec<NewFile>,
    /// Whether it can be applied unasked: only one thing can be meant, and nothing that the author wrote is lost.
    pub is_safe: bool,
    /// Whether it may be what is meant rather than its neighbours: one of several that are equally likely is not.
    pub is_likely: bool,
}

/// A file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name; it goes to the document's folder.
    pub name: String,
    /// What it holds.
    pub content: String,
}

impl Fix {
    /// A fix that can be applied unasked.
    pub(crate) fn safe(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        let (title, edits) = (title.into(), edits.into_iter().collect());
        Fix { title, edits, files: Vec::new(), is_safe: true, is_likely: true }
    }

    /// A fix that makes files.
    pub(crate) fn creating(title: impl Into<String>, files: impl IntoIterator<Item = NewFile>) -> Self {
        Fix { files: files.into_iter().collect(), ..Fix::offered(title, []) }
    }

    /// A fix that a person has to choose.
    pub(crate) fn offered(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Fix { is_safe: false, ..Fix::safe(title, edits) }
    }

    /// A fix that a person has to choose, and that is no likelier than others: it is never the preferred one.
    pub(crate) fn possible(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Fix { is_likely: false, ..Fix::offered(title, edits) }
    }
}
