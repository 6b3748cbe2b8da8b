//! What differs between two versions of a spec: places with what stood there and what stands there now. The order of keys
//! and what the service manages do not count.

use crate::spec;
use crate::syntax::{Kind, Node};

use super::value::{keys, same};

/// One step to a place in a spec.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a member of an object.
    Key(String),
    /// Into the element of an array whose `name` is this: the entries of `authSpec` are known by their names.
    Named(String),
    /// Into an element of an array, counted from 0.
    Index(usize),
}

/// A place in a spec. Empty: the spec as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Place(pub Vec<Step>);

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub place: Place,
    /// What stood there, as it is written; `None` when there was nothing.
    pub before: Option<String>,
    /// What stands there now, as it is written; `None` when there is nothing.
    pub after: Option<String>,
}

/// Deeper than this a difference is not looked into: the value around it has changed.
const DEEPEST: usize = 64;

/// What differs between two specs, in the order of the text: of the first, then what only the second has.
pub(super) fn changes(before: Node<'_>, after: Node<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    compare(&Place::default(), before, after, &mut found);
    found
}

fn compare(place: &Place, before: Node<'_>, after: Node<'_>, found: &mut Vec<Change>) {
    let may_go_on = place.0.len() < DEEPEST;
    match (before.kind(), after.kind()) {
        (Kind::Object, Kind::Object) if may_go_on => {
            for key in together(keys(before), keys(after)) {
                if place.0.is_empty() && spec::is_set_by_service(&key) {
                    continue;
                }
                let (a, b) = (before.get(&key), after.get(&key));
                compare_parts(place.then(Step::Key(key)), a, b, found);
            }
        }
        (Kind::Array, Kind::Array) if may_go_on => match (names(before), names(after)) {
            (Some(old), Some(new)) if is_same_order(&old, &new) => {
                for name in together(old, new) {
                    let (a, b) = (named(before, &name), named(after, &name));
                    compare_parts(place.then(Step::Named(name)), a, b, found);
                }
            }
            _ if before.elements().count() == after.elements().count() => {
                for (index, (a, b)) in before.elements().zip(after.elements()).enumerate() {
                    compare(&place.then(Step::Index(index)), a, b, found);
                }
            }
            _ => found.push(Change::new(place.clone(), Some(before), Some(after))),
        },
        _ if same(before, after) => {}
        _ => found.push(Change::new(place.clone(), Some(before), Some(after))),
    }
}

fn compare_parts(place: Place, before: Option<Node<'_>>, after: Option<Node<'_>>, found: &mut Vec<Change>) {
    match (before, after) {
        (Some(before), Some(after)) => compare(&place, before, after, found),
        (None, None) => {}
        (before, after) => found.push(Change::new(place, before, after)),
    }
}

impl Change {
    fn new(place: Place, before: Option<Node<'_>>, after: Option<Node<'_>>) -> Self {
        let text = |node: Node<'_>| node.text().to_owned();
        Change { place, before: before.map(text), after: after.map(text) }
    }
}

impl Place {
    fn then(&self, step: Step) -> Place {
        Place(self.0.iter().cloned().chain([step]).collect())
    }

    /// The place that holds both, when one of the two is inside the other. An element that is known by its name and one
    /// that is known by its number may be the same: then it is the array.
    pub(super) fn around(&self, other: &Place) -> Option<Place> {
        for (depth, pair) in self.0.iter().zip(&other.0).enumerate() {
            match pair {
                (a, b) if a == b => {}
                (Step::Named(_), Step::Index(_)) | (Step::Index(_), Step::Named(_)) => {
                    return Some(Place(self.0[..depth].to_vec()));
                }
                _ => return None,
            }
        }
        let outer = if self.0.len() <= other.0.len() { self } else { other };
        Some(outer.clone())
    }

    /// The node at this place.
    pub(super) fn find<'t>(&self, root: Node<'t>) -> Option<Node<'t>> {
        self.0.iter().try_fold(root, |node, step| match step {
            Step::Key(key) => node.get(key),
            Step::Named(name) => named(node, name),
            Step::Index(index) => node.elements().nth(*index),
        })
    }
}

/// As people write it: `sourceSpec.attributes.urlParams.path`, `authSpec[Basic Authentication].spec`.
impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if index == 0 => formatter.write_str(key)?,
                Step::Key(key) => write!(formatter, ".{key}")?,
                Step::Named(name) => write!(formatter, "[{name}]")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The names of the elements of an array, when each is an object with a name of its own.
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

/// Whether what both have stands in the same order.
fn is_same_order(old: &[String], new: &[String]) -> bool {
    let common = old.iter().filter(|name| new.contains(name));
    common.eq(new.iter().filter(|name| old.contains(name)))
}

/// What is in either, those of the first before those that only the second has.
fn together(first: Vec<String>, second: Vec<String>) -> Vec<String> {
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
        let line = |change: &Change| format!("{}: {} -> {}\n", change.place, part(&change.before), part(&change.after));
        expected.assert_eq(&changes(before.root(), after.root()).iter().map(line).collect::<String>());
    }

    #[test]
    fn each_place_for_itself() {
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
    fn what_the_service_manages_does_not_count() {
        check(
            r#"{"name": "a", "sourceSpec": {"id": 1}}"#,
            r#"{"id": "x", "createdAt": 1, "updatedAt": 2, "imsOrgId": "o", "name": "a", "sourceSpec": {"id": 2}}"#,
            expect![[r#"
                sourceSpec.id: 1 -> 2
            "#]],
        );
    }

    #[test]
    fn ways_to_sign_in_are_known_by_name() {
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
    fn values_of_another_kind_have_changed_as_a_whole() {
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
