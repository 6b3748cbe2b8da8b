//! Results of [`crate::ide`]: plain data, with ranges in bytes.

use std::ops::Range;

use crate::lint::{Diagnostic, NewFile};
use crate::text::Edit;

/// A code action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The title, imperative: "Rename to `path`".
    pub title: String,
    /// Its kind.
    pub kind: ActionKind,
    /// The edits, none of which touches another.
    pub edits: Vec<Edit>,
    /// The files that it creates beside the document.
    pub files: Vec<NewFile>,
    /// Whether it is the preferred one of those that fix the same diagnostic.
    pub is_preferred: bool,
    /// The diagnostic that it fixes.
    pub diagnostic: Option<Diagnostic>,
}

impl Action {
    /// An action that is independent of diagnostics.
    pub(super) fn refactoring(
        kind: ActionKind,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        let (title, edits) = (title.into(), edits.into_iter().collect());
        Action { title, kind, edits, files: Vec::new(), is_preferred: false, diagnostic: None }
    }
}

/// The kind of a code action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Fixes a diagnostic.
    QuickFix,
    /// Extracts a part into an input.
    Extract,
    /// Rewrites a section.
    Rewrite,
}

/// The kind of a completion item, which selects its icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A key of an object.
    Key,
    /// A plain value.
    Value,
    /// One of a closed set of values.
    EnumMember,
    /// A complete section of a spec.
    Snippet,
    /// A declared input.
    Input,
    /// A keyword inside a string or an embedded JSON Schema.
    Keyword,
}

/// One completion item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionItem {
    /// The label.
    pub label: String,
    /// The icon.
    pub kind: ItemKind,
    /// Details beside the label: the type, whether it is required.
    pub detail: Option<String>,
    /// Markdown, shown beside the list.
    pub documentation: Option<String>,
    /// The text that the typed text is compared with; it begins where `edit` begins.
    pub filter: String,
    /// The sort key.
    pub sort: String,
    /// The edit, on the cursor's line and around the cursor, as plain text.
    pub edit: Edit,
    /// The same text in the protocol's snippet syntax, if it has tab stops.
    pub snippet: Option<String>,
    /// Additional edits that do not touch `edit`, such as the missing comma on the line before.
    pub additional: Vec<Edit>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it is selected first.
    pub preselect: bool,
}

impl CompletionItem {
    /// An item whose label is also what the typed text is compared with.
    pub(super) fn new(label: &str, kind: ItemKind, sort: String, edit: Edit) -> Self {
        CompletionItem {
            label: label.to_owned(),
            kind,
            detail: None,
            documentation: None,
            filter: label.to_owned(),
            sort,
            edit,
            snippet: None,
            additional: Vec::new(),
            deprecated: false,
            preselect: false,
        }
    }

    /// Keeps the closing quote if nothing else of the replaced range follows the cursor, at this byte offset: editors that
    /// replace only the text before the cursor (Neovim 0.11) would duplicate it. Then the cursor stays in front of it.
    pub fn keep_closing_quote(&mut self, source: &str, offset: usize) {
        let is_kept = source.get(offset..self.edit.range.end) == Some("\"") && self.edit.new.ends_with('"');
        let snippet = self.snippet.as_deref().map(|snippet| snippet.strip_suffix("\"$0"));
        if is_kept && snippet != Some(None) {
            self.edit.range.end = offset;
            self.edit.new.pop();
            self.snippet = snippet.flatten().map(|snippet| format!("{snippet}$0"));
        }
    }
}

/// The content of a hover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The range (bytes) that it describes.
    pub range: Range<usize>,
    /// Markdown.
    pub contents: String,
}
