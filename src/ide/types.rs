//! What the answers of [`crate::ide`] are made of: plain data, with places in bytes.

use std::ops::Range;

use crate::text;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot work.
    Error,
    /// It is likely a mistake, or the sources disagree.
    Warning,
    /// Good to know.
    Information,
    /// A suggestion.
    Hint,
}

/// How an editor may draw a finding beside its severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Drawn faded: it has no effect.
    Unnecessary,
    /// Drawn struck out: an old form.
    Deprecated,
}

/// Another place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where, in bytes of the same document.
    pub range: Range<usize>,
    /// What is there.
    pub message: String,
}

/// One finding.
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
    /// What mends it, the likeliest first. Empty unless [`crate::ide::actions`] asked: most findings are only shown.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// Whether what it is about is a secret, which nobody is to see who does not read the file itself.
    pub fn is_about_a_secret(&self) -> bool {
        self.code == "hard-coded-secret"
    }

    /// Whether it is about something in this range, or right beside it.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        self.range.start <= range.end && range.start <= self.range.end
    }
}

/// A way to mend a finding.
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
    pub(super) fn safe(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        let (title, edits) = (title.into(), edits.into_iter().collect());
        Fix { title, edits, files: Vec::new(), is_safe: true, is_likely: true }
    }

    /// A fix that makes files.
    pub(super) fn making(title: impl Into<String>, files: impl IntoIterator<Item = NewFile>) -> Self {
        Fix { files: files.into_iter().collect(), ..Fix::offered(title, []) }
    }

    /// A fix that a person has to choose.
    pub(super) fn offered(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Fix { is_safe: false, ..Fix::safe(title, edits) }
    }

    /// A fix that a person has to choose, and that is no likelier than others: it is never the preferred one.
    pub(super) fn possible(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Fix { is_likely: false, ..Fix::offered(title, edits) }
    }
}

/// What an editor offers to do at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, as a command.
    pub title: String,
    /// What it is for.
    pub kind: ActionKind,
    /// The edits, none of which touches another.
    pub edits: Vec<Edit>,
    /// The files that it makes beside the document.
    pub files: Vec<NewFile>,
    /// Whether it is the likeliest of those that mend the same finding.
    pub is_preferred: bool,
    /// The finding that it mends.
    pub mends: Option<Diagnostic>,
}

impl Action {
    /// An action that no finding asks for.
    pub(super) fn refactoring(
        kind: ActionKind,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        let (title, edits) = (title.into(), edits.into_iter().collect());
        Action { title, kind, edits, files: Vec::new(), is_preferred: false, mends: None }
    }
}

/// What an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Mends a finding.
    QuickFix,
    /// Makes a named thing out of a part.
    Extract,
    /// Writes something in another way.
    Rewrite,
}

/// An edit: `range` (bytes) is replaced by `new`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub range: Range<usize>,
    /// What comes.
    pub new: String,
}

impl Edit {
    /// A text with edits in it, none of which touches another.
    pub fn apply(source: &str, edits: &[Edit]) -> String {
        text::edited(source, 0, edits.iter().map(|edit| (edit.range.clone(), edit.new.as_str())))
    }
}

/// What a completion item stands for, for the icon beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A key of an object.
    Key,
    /// A plain value.
    Value,
    /// One of a closed set of values.
    EnumMember,
    /// A whole piece of a spec.
    Snippet,
    /// A name that the author declared.
    Input,
    /// A word with a fixed meaning inside a string or an embedded schema.
    Keyword,
}

/// One completion item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionItem {
    /// What the list shows.
    pub label: String,
    /// The icon.
    pub kind: ItemKind,
    /// A few words beside the label: the type, whether it is needed.
    pub detail: Option<String>,
    /// Markdown, shown beside the list.
    pub documentation: Option<String>,
    /// What the typed text is compared with; it begins where `edit` begins.
    pub filter: String,
    /// The place in the list.
    pub sort: String,
    /// What is replaced, on the cursor's line and around the cursor; `new` is plain text.
    pub edit: Edit,
    /// The same text in the protocol's snippet syntax, where it has places to fill in.
    pub snippet: Option<String>,
    /// Edits elsewhere, never touching `edit`: the missing comma on the line before.
    pub additional: Vec<Edit>,
    /// An old form.
    pub deprecated: bool,
    /// The likeliest item of the list.
    pub preselect: bool,
}

/// What the hover window shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What the words are about, in bytes.
    pub range: Range<usize>,
    /// Markdown.
    pub contents: String,
}
