//! What the answers of [`crate::ide`] are made of: plain data, with places in bytes.

use std::ops::Range;

use crate::lint::{Diagnostic, NewFile};
use crate::text::Edit;

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
    /// The finding that it diagnostic.
    pub diagnostic: Option<Diagnostic>,
}

impl Action {
    /// An action that no finding asks for.
    pub(super) fn refactoring(
        kind: ActionKind,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        let (title, edits) = (title.into(), edits.into_iter().collect());
        Action { title, kind, edits, files: Vec::new(), is_preferred: false, diagnostic: None }
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
