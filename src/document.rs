//! One version of a file: its text, and its tree, which is built on first use.

use std::ops::Range;
use std::sync::OnceLock;

use crate::spec::SpecKind;
use crate::syntax::Tree;
use crate::text::{Edit, Text};

/// One version of a file, immutable. The tree is built on first use, so that a new version costs no more than the edit.
#[derive(Debug)]
pub struct Document {
    name: String,
    version: i32,
    text: Text,
    tree: OnceLock<Tree>,
    kind: OnceLock<Option<SpecKind>>,
}

impl Document {
    /// A version of a file. `name` is the file's name or path (its ending decides whether an unfinished file is a
    /// connection spec); `version` is the editor's number for it, 0 for a file read from disk.
    pub fn new(name: impl Into<String>, version: i32, text: Text) -> Self {
        Document { name: name.into(), version, text, tree: OnceLock::new(), kind: OnceLock::new() }
    }

    /// The next version, with `edits` applied in turn: each replaces a range of bytes of the text as the edits before it
    /// left it.
    pub fn edited(&self, version: i32, edits: impl IntoIterator<Item = (Range<usize>, String)>) -> Self {
        let text = edits.into_iter().fold(self.text.clone(), |text, (range, new)| text.edit(range, &new));
        Document::new(self.name.clone(), version, text)
    }

    /// The document after edits of its text, none of which touches another.
    pub fn with_edits(&self, edits: &[Edit]) -> Self {
        Document::new(self.name.clone(), self.version, Text::new(Edit::apply(self.source(), edits)))
    }

    /// The file's name or path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The editor's number for this version.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// The content.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The content as one string.
    pub fn source(&self) -> &str {
        self.text.as_str()
    }

    /// The tree of the content.
    pub fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| Tree::parse(self.text.shared().clone()))
    }

    /// The kind of connection spec; `None` if it isn't one.
    pub fn kind(&self) -> Option<SpecKind> {
        *self.kind.get_or_init(|| SpecKind::detect(self.tree().root(), &self.name))
    }
}
