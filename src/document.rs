//! One version of one file: its text and, once someone asks, its tree.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::spec::{self, SpecKind};
use crate::syntax::{Reading, Tree};
use crate::text::{Change, Text};

/// One version of one file, never changed after it was made. The tree is built on first use, so that making a new version
/// costs no more than the edit itself.
#[derive(Debug)]
pub struct Document {
    name: String,
    version: i32,
    text: Text,
    tree: OnceLock<Tree>,
    kind: OnceLock<Option<SpecKind>>,
    /// What is left of a version before, and what has changed since; until the tree is built.
    before: Mutex<Option<(Reading, Change)>>,
}

impl Document {
    /// A version of a file. `name` is the file's name or path (its ending decides whether an unfinished file counts as a
    /// connection spec); `version` is the editor's number for it, 0 for a file read from disk.
    pub fn new(name: impl Into<String>, version: i32, text: Text) -> Self {
        let (tree, kind, before) = Default::default();
        Document { name: name.into(), version, text, tree, kind, before }
    }

    /// The next version, with `edits` applied in turn: each replaces a range of bytes of the text as the edits before it
    /// left it.
    pub fn edited(&self, version: i32, edits: impl IntoIterator<Item = (Range<usize>, String)>) -> Self {
        let text = edits.into_iter().fold(self.text.clone(), |text, (range, new)| text.edit(range, &new));
        Document::new(self.name.clone(), version, text)
    }

    /// Takes over what the version before knows, which `change` has led here from: then less is to be read, unless the tree
    /// is there already.
    pub fn follow(&self, before: Document, change: Change) {
        let known = match before.tree.into_inner() {
            Some(tree) => Some((tree.into_reading(), change)),
            None => {
                let earlier = before.before.into_inner().unwrap_or_else(PoisonError::into_inner);
                earlier.map(|(reading, first)| (reading, first.then(&change)))
            }
        };
        let mut held = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        *held = known.filter(|_| self.tree.get().is_none());
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
        self.tree.get_or_init(|| {
            let source = self.text.shared().clone();
            // Nothing panics while it is held.
            let before = self.before.lock().unwrap_or_else(PoisonError::into_inner).take();
            match before {
                Some((before, change)) => Tree::reparse(before, &change, source),
                None => Tree::parse(source),
            }
        })
    }

    /// The kind of connection spec that it is, or `None` when it is none.
    pub fn kind(&self) -> Option<SpecKind> {
        *self.kind.get_or_init(|| spec::recognise(self.tree().root(), &self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &Document) {
        let whole = Document::new("a.json", 0, document.text().clone());
        let drawn = |document: &Document| -> Vec<String> {
            document.tree().nodes().map(|node| format!("{node:?} in {:?}", node.parent())).collect()
        };
        assert_eq!(drawn(document), drawn(&whole));
        assert_eq!(document.tree().errors(), whole.tree().errors());
    }

    #[test]
    fn a_version_that_follows_another_has_the_tree_of_its_own_text() {
        let mut now = Document::new("a.json", 0, Text::new("{ \"a\": 1, \"b\": [{ \"c\": \"d\" }, 2] }"));
        // What is looked at each time and what is looked at later; an edit inside of a list, and one of everything.
        for (looked, range, new) in [
            (true, 22..22, "e"),
            (false, 22..23, "\"f\""),
            (false, 7..8, "[3]"),
            (true, 8..8, "{}, "),
            (true, 0..1, "["),
        ] {
            let next = Document::new("a.json", now.version() + 1, now.text().edit(range.clone(), new));
            if looked {
                now.tree();
            }
            next.follow(now, Change::of(&range, new.len()));
            now = next;
        }
        check(&now);
        let fresh = Document::new("a.json", 0, Text::new("{ \"a\": [1] }"));
        let next = Document::new("a.json", 1, fresh.text().edit(8..8, "2, "));
        next.follow(fresh, Change::of(&(8..8), 3));
        check(&next);
    }
}
