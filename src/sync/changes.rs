//! The differences between two versions of a spec: paths with the values before and after. The order of keys and managed
//! keys don't matter.

use crate::spec;
use crate::syntax::{Kind, Node};

use super::value::{equal, keys, parse};

/// One segment of a path in a spec.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PathSegment {
    /// A member of an object.
    Key(String),
    /// The element of an array with this `name`, as the entries of `authSpec` have one.
    Named(String),
    /// An element of an array, counted from 0.
    Index(usize),
}

/// A path in a spec. Empty: the spec itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SpecPath(pub Vec<PathSegment>);

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path of the value.
    pub path: SpecPath,
    /// The JSON before; `None` if it was added.
    pub before: Option<String>,
    /// The JSON after; `None` if it was removed.
    pub after: Option<String>,
}

/// Values nested deeper than this are compared but not looked into.
const MAX_DEPTH: usize = 64;

/// The differences between two specs as JSON.
pub fn between(before: &str, after: &str) -> Vec<Change> {
    changes(parse(before).root(), parse(after).root())
}

/// The differences between two specs in the order of the first, then what only the second has.
pub(super) fn changes(before: Node<'_>, after: Node<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    compare(&SpecPath::default(), before, after, &mut found);
    found
}

fn compare(path: &SpecPath, before: Node<'_>, after: Node<'_>, found: &mut Vec<Change>) {
    let may_descend = path.0.len() < MAX_DEPTH;
    match (before.kind(), after.kind()) {
        (Kind::Object, Kind::Object) if may_descend => {
            for key in union(keys(before), keys(after)) {
                if path.0.is_empty() && spec::is_set_by_service(&key) {
                    continue;
                }
                let (a, b) = (before.get(&key), after.get(&key));
                compare_optional(path.then(PathSegment::Key(key)), a, b, found);
            }
        }
        (Kind::Array, Kind::Array) if may_descend => match (names(before), names(after)) {
            (Some(old), Some(new)) if is_same_order(&old, &new) => {
                for name in union(old, new) {
                    let (a, b) = (named(before, &name), named(after, &name));
                    compare_optional(path.then(PathSegment::Named(name)), a, b, found);
                }
            }
            _ if before.elements().count() == after.elements().count() => {
                for (index, (a, b)) in before.elements().zip(after.elements()).enumerate() {
                    compare(&path.then(PathSegment::Index(index)), a, b, found);
                }
            }
            _ => found.push(Change::new(path.clone(), Some(before), Some(after))),
        },
        _ if equal(before, after) => {}
        _ => found.push(Change::new(path.clone(), Some(before), Some(after))),
    }
}

fn compare_optional(path: SpecPath, before: Option<Node<'_>>, after: Option<Node<'_>>, found: &mut Vec<Change>) {
    match (before, after) {
        (Some(before), Some(after)) => compare(&path, before, after, found),
        (None, None) => {}
        (before, after) => found.push(Change::new(path, before, after)),
    }
}

impl Change {
    fn new(path: SpecPath, before: Option<Node<'_>>, after: Option<Node<'_>>) -> Self {
        let text = |node: Node<'_>| node.text().to_owned();
        Change { path, before: before.map(text), after: after.map(text) }
    }
}

impl SpecPath {
    fn then(&self, segment: PathSegment) -> SpecPath {
        SpecPath(self.0.iter().cloned().chain([segment]).collect())
    }

    /// The outer of two paths, if one contains the other. An element known by its name and one known by its index may be
    /// the same: then it is the array.
    pub(super) fn common(&self, other: &SpecPath) -> Option<SpecPath> {
        for (depth, pair) in self.0.iter().zip(&other.0).enumerate() {
            match pair {
                (a, b) if a == b => {}
                (PathSegment::Named(_), PathSegment::Index(_)) | (PathSegment::Index(_), PathSegment::Named(_)) => {
                    return Some(SpecPath(self.0[..depth].to_vec()));
                }
                _ => return None,
            }
        }
        let outer = if self.0.len() <= other.0.len() { self } else { other };
        Some(outer.clone())
    }

    /// The node with this path.
    pub(super) fn find<'t>(&self, root: Node<'t>) -> Option<Node<'t>> {
        self.0.iter().try_fold(root, |node, segment| match segment {
            PathSegment::Key(key) => node.get(key),
            PathSegment::Named(name) => named(node, name),
            PathSegment::Index(index) => node.elements().nth(*index),
        })
    }
}

/// How many paths a sentence names.
const NAMED: usize = 3;

/// The first few paths, for a sentence.
pub(super) fn named_paths<'p>(paths: impl ExactSizeIterator<Item = &'p SpecPath>) -> String {
    let more = paths.len().saturating_sub(NAMED);
    let mut names: Vec<String> = paths.take(NAMED).map(|path| format!("`{path}`")).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

/// In the usual notation: `sourceSpec.attributes.urlParams.path`, `authSpec[Basic Authentication].spec`.
impl std::fmt::Display for SpecPath {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            match segment {
                PathSegment::Key(key) if index == 0 => formatter.write_str(key)?,
                PathSegment::Key(key) => write!(formatter, ".{key}")?,
                PathSegment::Named(name) => write!(formatter, "[{name}]")?,
                PathSegment::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The names of the elements of an array, if each is an object with a unique name.
fn names(array: Node<'_>) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for element in array.elements() {
        let name = element.get("name")?.as_string()?.into_owned();
        if names.contains(&name) {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

pub(super) fn named<'t>(array: Node<'t>, name: &str) -> Option<Node<'t>> {
    array.elements().find(|element| element.get("name").and_then(Node::string).as_deref() == Some(name))
}

/// Whether the common elements have the same order.
fn is_same_order(old: &[String], new: &[String]) -> bool {
    let common = old.iter().filter(|name| new.contains(name));
    common.eq(new.iter().filter(|name| old.contains(name)))
}

/// The elements of the first, then those that only the second has.
fn union(first: Vec<String>, second: Vec<String>) -> Vec<String> {
    let more: Vec<String> = second.into_iter().filter(|key| !first.contains(key)).collect();
    first.into_iter().chain(more).collect()
}

#[cfg(test)]
mod tests {

    use expect_test::{Expect, expect};

    use super::*;
    use crate::syntax::Tree;

    fn check(before: &str, after: &str, expected: Expect) {
        let (before, after) = (Tree::parse(before.to_owned()), Tree::parse(after.to_owned()));
        let part = |text: &Option<String>| text.clone().unwrap_or("nothing".to_owned());
        let line = |change: &Change| format!("{}: {} -> {}\n", change.path, part(&change.before), part(&change.after));
        expected.assert_eq(&changes(before.root(), after.root()).iter().map(line).collect::<String>());
    }

    #[test]
    fn each_changed_value_is_one_difference() {
        check(
            r#"{"name": "a", "version": "1.0", "attributes": {"x": 1, "y": [1, 2], "z": [1]}, "old": null}"#,
            r#"{"attributes": {"z": [1, 2], "y": [1, 3], "x": 1.0}, "name": "b", "version": "1.0", "new": {"a": []}}"#,
            expect![[r#"
                name: "a" -> "b"
                attributes.y[1]: 2 -> 3
                attributes.z: [1] -> [1, 2]
                old: null -> nothing
                new: nothing -> {"a": []}
            "#]],
        );
    }

    #[test]
    fn managed_keys_are_ignored() {
        check(
            r#"{"name": "a", "sourceSpec": {"id": 1}}"#,
            r#"{"id": "x", "createdAt": 1, "updatedAt": 2, "imsOrgId": "o", "name": "a", "sourceSpec": {"id": 2}}"#,
            expect![[r#"
                sourceSpec.id: 1 -> 2
            "#]],
        );
    }

    #[test]
    fn auth_entries_are_matched_by_name() {
        check(
            r#"{"authSpec": [{"name": "A", "x": 1}, {"name": "B", "x": 1}]}"#,
            r#"{"authSpec": [{"name": "B", "x": 2}, {"name": "C"}]}"#,
            expect![[r#"
                authSpec[A]: {"name": "A", "x": 1} -> nothing
                authSpec[B].x: 1 -> 2
                authSpec[C]: nothing -> {"name": "C"}
            "#]],
        );
        check(
            r#"{"authSpec": [{"name": "A"}, {"name": "B"}]}"#,
            r#"{"authSpec": [{"name": "B"}, {"name": "A"}]}"#,
            expect![[r#"
                authSpec[0].name: "A" -> "B"
                authSpec[1].name: "B" -> "A"
            "#]],
        );
    }

    #[test]
    fn values_of_another_type_differ_as_a_whole() {
        check(
            r#"{"a": {"b": 1}, "c": "1"}"#,
            r#"{"a": [{"b": 1}], "c": 1}"#,
            expect![[r#"
                a: {"b": 1} -> [{"b": 1}]
                c: "1" -> 1
            "#]],
        );
    }
}
