//! Merges remote changes into the author's text. Where both sides changed the same value in different ways, a person decides.

use serde::Deserialize;

use crate::document::Document;
use crate::edit::{self, Assignment};
use crate::syntax::Node;
use crate::text::{Edit, Text};

use super::changes::{Change, PathSegment, SpecPath, changes, named};
use super::value::{are_equal, parse, string};

/// The result of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    /// The edits of the author's text; they don't overlap.
    pub edits: Vec<Edit>,
    /// The remote changes that the edits apply.
    pub applied: Vec<Change>,
    /// The conflicts.
    pub conflicts: Vec<Conflict>,
}

/// A value that both sides have changed in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The path of the value.
    pub path: SpecPath,
    /// The common base; `None` if it had no such value, or is unknown.
    pub base: Option<String>,
    /// The local value.
    pub local: Option<String>,
    /// The remote value.
    pub remote: Option<String>,
}

/// The side that wins a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// The local text.
    Local,
    /// The remote spec.
    Remote,
}

/// Merges what has changed between `base` and `remote` (JSON) into the document. `sent` is the local text at the time of
/// `base`: everything else in the document is a local change.
pub(super) fn merge(document: &Document, sent: &str, base: &str, remote: &str, prefer: Option<Side>) -> Merge {
    let (sent, base, remote) = (parse(sent), parse(base), parse(remote));
    let local = document.tree().root();
    let local_changes = changes(sent.root(), local);
    let mut merged = Merge::default();
    for change in changes(base.root(), remote.root()) {
        // Of several nested paths the outermost one is the conflict.
        let common = local_changes.iter().filter_map(|own| own.path.common(&change.path));
        let Some(path) = common.min_by_key(|path| path.0.len()) else {
            if !are_equal(change.path.find(local), change.path.find(remote.root())) {
                merged.applied.push(change);
            }
            continue;
        };
        let (mine, theirs) = (path.find(local), path.find(remote.root()));
        if are_equal(mine, theirs) {
            continue;
        }
        let text = |node: Option<Node<'_>>| node.map(|node| node.text().to_owned());
        if prefer == Some(Side::Remote) {
            let applied = Change { path: path.clone(), before: text(mine), after: text(theirs) };
            if !merged.applied.contains(&applied) {
                merged.applied.push(applied);
            }
        } else if merged.conflicts.iter().all(|known| known.path != path) {
            let base = text(path.find(base.root()));
            merged.conflicts.push(Conflict { path, base, local: text(mine), remote: text(theirs) });
        }
    }
    merged.edits = edits(document, &merged.applied, remote.root());
    merged.settle(prefer)
}

/// A merge without a known base: what only one side has is kept or added, what both have in different ways is a conflict.
pub(super) fn merge_without_base(document: &Document, remote: &str, prefer: Option<Side>) -> Merge {
    let remote = parse(remote);
    let mut merged = Merge::default();
    for change in changes(document.tree().root(), remote.root()) {
        match (&change.before, &change.after) {
            (_, None) => {}
            (None, Some(_)) => merged.applied.push(change),
            (Some(_), Some(_)) if prefer == Some(Side::Remote) => merged.applied.push(change),
            (Some(_), Some(_)) => {
                let Change { path, before, after } = change;
                merged.conflicts.push(Conflict { path, base: None, local: before, remote: after });
            }
        }
    }
    merged.edits = edits(document, &merged.applied, remote.root());
    merged.settle(prefer)
}

/// The spec `remote` in the layout of the document, so that only lines with different values differ. `remote` unchanged if
/// the document is malformed.
pub fn layout_like(document: &Document, remote: &str) -> String {
    let tree = parse(remote);
    let differences = changes(document.tree().root(), tree.root());
    let text = Edit::apply(document.source(), &edits(document, &differences, tree.root()));
    let is_valid = document.tree().errors().is_empty();
    match is_valid && are_equal(Some(parse(&text).root()), Some(tree.root())) {
        true => text,
        false => remote.to_owned(),
    }
}

impl Merge {
    /// If the local side is preferred, nothing is left to decide.
    fn settle(mut self, prefer: Option<Side>) -> Merge {
        if prefer == Some(Side::Local) {
            self.conflicts.clear();
        }
        self
    }
}

/// The edits that apply changes from the spec `remote` to a document.
fn edits(document: &Document, applied: &[Change], remote: Node<'_>) -> Vec<Edit> {
    // A pointer refers to the text as the changes before it leave it, so it is computed when it is its turn.
    let mut assignments: Vec<Assignment> = Vec::new();
    let mut current: Option<Document> = None;
    for change in applied {
        let now = current.as_ref().unwrap_or(document);
        let Some((pointer, is_new)) = pointer(&change.path, now.tree().root(), remote) else { continue };
        let assignment = Assignment { pointer, is_new, value: change.after.clone() };
        let text = Edit::apply(now.source(), &edit::assign(now, std::slice::from_ref(&assignment)));
        current = Some(Document::new(document.name(), document.version(), Text::new(text)));
        assignments.push(assignment);
    }
    edit::assign(document, &assignments)
}

/// The JSON pointer of a path, and whether an element is inserted at it: a new named element follows those that precede it
/// in `remote`.
fn pointer(path: &SpecPath, root: Node<'_>, remote: Node<'_>) -> Option<(String, bool)> {
    let (mut pointer, mut node, mut is_new) = (String::new(), Some(root), false);
    for (depth, segment) in path.0.iter().enumerate() {
        let parent = node?;
        let (part, next) = match segment {
            PathSegment::Key(key) => (key.replace('~', "~0").replace('/', "~1"), parent.get(key)),
            PathSegment::Index(index) => (index.to_string(), parent.elements().nth(*index)),
            PathSegment::Named(name) => {
                let element = named(parent, name);
                let index = element.map(|element| index_of(parent, element)).unwrap_or_else(|| {
                    let theirs = SpecPath(path.0[..depth].to_vec()).find(remote);
                    let index = insertion_index(parent, theirs, name);
                    is_new = index.is_some();
                    index
                });
                (index.map_or("-".to_owned(), |index| index.to_string()), element)
            }
        };
        pointer = format!("{pointer}/{part}");
        node = next;
    }
    Some((pointer, is_new))
}

fn index_of(array: Node<'_>, element: Node<'_>) -> Option<usize> {
    array.elements().position(|other| other == element)
}

/// The index of a new element: after the last one that precedes it in `theirs`. `None` for the end of the array.
fn insertion_index(array: Node<'_>, theirs: Option<Node<'_>>, name: &str) -> Option<usize> {
    let names = theirs.into_iter().flat_map(Node::elements).map(|entry| string(entry.get("name")));
    let before = names.take_while(|other| other.as_deref() != Some(name)).flatten();
    let last = before.filter_map(|other| index_of(array, named(array, &other)?)).last();
    let index = last.map_or(0, |last| last + 1);
    (index < array.elements().count()).then_some(index)
}

#[cfg(test)]
mod property;

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const LOCAL: &str = r#"{
    "name": "Acme",
    "description": "Not stored",
    "authSpec": [
        { "name": "A", "type": "x" }
    ],
    "sourceSpec": { "attributes": { "urlParams": { "path": "/a", "method": "GET" } } }
}"#;

    const BASE: &str = r#"{"name":"Acme","authSpec":[{"name":"A","type":"x"}],"sourceSpec":{"attributes":{"urlParams":{"path":"/a","method":"GET"}}}}"#;

    /// Merges `remote` after the local `edit`.
    fn check(edit: (&str, &str), remote: &str, prefer: Option<Side>, expected: Expect) {
        let text = LOCAL.replace(edit.0, edit.1);
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(text.as_str()));
        let merged = merge(&document, LOCAL, BASE, remote, prefer);
        let after = Edit::apply(&text, &merged.edits);
        assert!(parse(&after).errors().is_empty(), "{after}");
        let mut rendered = String::new();
        for line in after.lines().filter(|line| !text.lines().any(|old| old == *line)) {
            rendered += &format!("+ {line}\n");
        }
        for line in text.lines().filter(|line| !after.lines().any(|new| new == *line)) {
            rendered += &format!("- {line}\n");
        }
        let part = |text: &Option<String>| text.clone().unwrap_or("nothing".to_owned());
        for Conflict { path, base, local, remote } in &merged.conflicts {
            rendered += &format!("conflict at {path}: {} | {} | {}\n", part(local), part(base), part(remote));
        }
        expected.assert_eq(&rendered);
    }

    #[test]
    fn remote_changes_are_applied() {
        check(
            ("\"Acme\"", "\"Acme 2\""),
            r#"{"id":"1","name":"Acme","authSpec":[{"name":"B"},{"name":"A","type":"y"}],"sourceSpec":{"attributes":{"urlParams":{"path":"/a"}}},"version":"1.0"}"#,
            None,
            expect![[r#"
                +     "version": "1.0",
                +         {
                +             "name": "B"
                +         },
                +         { "name": "A", "type": "y" }
                +     "sourceSpec": { "attributes": { "urlParams": { "path": "/a" } } }
                -         { "name": "A", "type": "x" }
                -     "sourceSpec": { "attributes": { "urlParams": { "path": "/a", "method": "GET" } } }
            "#]],
        );
    }

    #[test]
    fn the_same_change_on_both_sides_is_not_a_conflict() {
        check(("\"/a\"", "\"/b\""), &BASE.replace("/a", "/b"), None, expect![[""]]);
    }

    #[test]
    fn different_changes_conflict_until_a_side_is_preferred() {
        let remote = BASE.replace("/a", "/c").replace("GET", "POST");
        check(
            ("\"/a\"", "\"/b\""),
            &remote,
            None,
            expect![[r#"
                +     "sourceSpec": { "attributes": { "urlParams": { "path": "/b", "method": "POST" } } }
                -     "sourceSpec": { "attributes": { "urlParams": { "path": "/b", "method": "GET" } } }
                conflict at sourceSpec.attributes.urlParams.path: "/b" | "/a" | "/c"
            "#]],
        );
        check(
            ("\"/a\"", "\"/b\""),
            &remote,
            Some(Side::Remote),
            expect![[r#"
                +     "sourceSpec": { "attributes": { "urlParams": { "path": "/c", "method": "POST" } } }
                -     "sourceSpec": { "attributes": { "urlParams": { "path": "/b", "method": "GET" } } }
            "#]],
        );
    }

    #[test]
    fn reordered_auth_entries_are_not_mixed_up() {
        let base = r#"{"authSpec":[{"name":"A","type":"x"},{"name":"B","type":"y"}]}"#;
        let remote = r#"{"authSpec":[{"name":"B","type":"y"},{"name":"A","type":"x"}]}"#;
        let local = base.replace("\"x\"", "\"z\"");
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(&local));
        let merged = merge(&document, base, base, remote, None);
        assert_eq!((merged.edits, merged.conflicts.len()), (Vec::new(), 1));
        assert_eq!(merged.conflicts[0].path.to_string(), "authSpec");
        let merged = merge(&document, base, base, remote, Some(Side::Remote));
        assert_eq!(Edit::apply(&local, &merged.edits), remote);
    }

    #[test]
    fn a_remote_spec_gets_the_layout_of_the_document() {
        let alike = |local: &str, remote: &str| {
            layout_like(&Document::new("acme-connectionSpec.json", 0, Text::new(local)), remote)
        };
        let kept = LOCAL.replace("    \"description\": \"Not stored\",\n", "");
        assert_eq!(alike(LOCAL, BASE), kept);
        assert_eq!(alike(LOCAL, &BASE.replace("GET", "POST")), kept.replace("GET", "POST"));
        let broken = LOCAL.replace("\"Acme\",", "\"Acme\"");
        assert_eq!(alike(&broken, BASE), BASE);
        assert_eq!(alike("", BASE), BASE);
        let swapped = r#"{"authSpec":[{"name":"B"},{"name":"A"}]}"#;
        let local = r#"{ "authSpec": [{ "name": "A" }, { "name": "B" }] }"#;
        assert_eq!(alike(local, swapped), r#"{ "authSpec": [{ "name": "B" }, { "name": "A" }] }"#);
    }

    #[test]
    fn local_removal_and_remote_change_conflict() {
        let remote = BASE.replace("/a", "/c").replace("GET", "POST");
        let edit = (r#""urlParams": { "path": "/a", "method": "GET" }"#, "");
        check(
            edit,
            &remote,
            None,
            expect![[r#"
                conflict at sourceSpec.attributes.urlParams: nothing | {"path":"/a","method":"GET"} | {"path":"/c","method":"POST"}
            "#]],
        );
        check(
            edit,
            &remote,
            Some(Side::Remote),
            expect![[r#"
                +     "sourceSpec": { "attributes": { "urlParams": { "path": "/c", "method": "POST" } } }
                -     "sourceSpec": { "attributes": {  } }
            "#]],
        );
    }
}
