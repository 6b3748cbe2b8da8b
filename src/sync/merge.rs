//! What changed there is taken into the text here. Where both changed the same place in different ways a person decides.

use crate::document::Document;
use crate::edit;
use crate::edit::Assignment;
use crate::syntax::{Kind, Node, Tree};
use crate::text::Edit;
use crate::text::Text;

use super::changes::{Change, Place, Step, changes, named};
use super::spec::string;
use super::value::same;

/// What comes of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    /// The edits of the author's text, none of which touches another.
    pub edits: Vec<Edit>,
    /// What they take over from the service.
    pub taken: Vec<Change>,
    /// Where both have changed the same.
    pub conflicts: Vec<Conflict>,
}

/// A place that both have changed, each in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub place: Place,
    /// What both began with.
    pub base: Option<String>,
    /// What stands in the file.
    pub here: Option<String>,
    /// What the service has.
    pub there: Option<String>,
}

/// Which side counts where both have changed the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// Neither: it is a conflict, and the file keeps what it has.
    Neither,
    /// The file.
    Here,
    /// The service.
    There,
}

/// Takes what has changed between `base` and `there` (JSON) into the document. `sent` is what the document said when it
/// was last the same as `base`: what it says otherwise now has been changed here.
pub(super) fn merge(document: &Document, sent: &str, base: &str, there: &str, prefer: Prefer) -> Merge {
    let (sent, base, there) = (parse(sent), parse(base), parse(there));
    let here = document.tree().root();
    let ours = changes(sent.root(), here);
    let mut merged = Merge::default();
    for change in changes(base.root(), there.root()) {
        // Of several places one inside the other the outermost is spoken about.
        let place = ours.iter().filter_map(|own| own.place.around(&change.place)).min_by_key(|place| place.0.len());
        let Some(place) = place else {
            if !is_same(change.place.find(here), change.place.find(there.root())) {
                merged.taken.push(change);
            }
            continue;
        };
        let (mine, theirs) = (place.find(here), place.find(there.root()));
        if is_same(mine, theirs) {
            continue;
        }
        let text = |node: Option<Node<'_>>| node.map(|node| node.text().to_owned());
        if prefer == Prefer::There {
            let taken = Change { place: place.clone(), before: text(mine), after: text(theirs) };
            if !merged.taken.contains(&taken) {
                merged.taken.push(taken);
            }
        } else if merged.conflicts.iter().all(|known| known.place != place) {
            let base = text(place.find(base.root()));
            merged.conflicts.push(Conflict { place, base, here: text(mine), there: text(theirs) });
        }
    }
    merged.edits = edits(document, &merged.taken, there.root());
    merged.settle(prefer)
}

/// The same where nothing is known of what both began with: what only one of them has stays or comes, what both have in
/// different ways is a conflict.
pub(super) fn merge_unknown(document: &Document, there: &str, prefer: Prefer) -> Merge {
    let there = parse(there);
    let mut merged = Merge::default();
    for change in changes(document.tree().root(), there.root()) {
        match (&change.before, &change.after) {
            (_, None) => {}
            (None, Some(_)) => merged.taken.push(change),
            (Some(_), Some(_)) if prefer == Prefer::There => merged.taken.push(change),
            (Some(_), Some(_)) => {
                let Change { place, before, after } = change;
                merged.conflicts.push(Conflict { place, base: None, here: before, there: after });
            }
        }
    }
    merged.edits = edits(document, &merged.taken, there.root());
    merged.settle(prefer)
}

/// The spec `there` as the author writes: the text of the document with what `there` has otherwise, so that two lines differ
/// only where they say something else. `there` as it is where that cannot be had, since the document is broken.
pub fn written_alike(document: &Document, there: &str) -> String {
    let tree = parse(there);
    let otherwise = changes(document.tree().root(), tree.root());
    let text = Edit::apply(document.source(), &edits(document, &otherwise, tree.root()));
    let is_whole = document.tree().errors().is_empty();
    match is_whole && is_same(Some(parse(&text).root()), Some(tree.root())) {
        true => text,
        false => there.to_owned(),
    }
}

impl Merge {
    /// Where this side is preferred nothing is left to decide.
    fn settle(mut self, prefer: Prefer) -> Merge {
        if prefer == Prefer::Here {
            self.conflicts.clear();
        }
        self
    }
}

/// The edits that make changes in a document, which come from the spec `there`.
fn edits(document: &Document, taken: &[Change], there: Node<'_>) -> Vec<Edit> {
    // Each pointer names a place as the changes before it leave the text, so it is made when it is its turn.
    let mut assignments: Vec<Assignment> = Vec::new();
    let mut current: Option<Document> = None;
    for change in taken {
        let now = current.as_ref().unwrap_or(document);
        let Some((pointer, is_new)) = pointer(&change.place, now.tree().root(), there) else { continue };
        let assignment = Assignment { pointer, is_new, value: change.after.clone() };
        let text = Edit::apply(now.source(), &edit::assign(now, std::slice::from_ref(&assignment)));
        current = Some(Document::new(document.name(), document.version(), Text::new(text)));
        assignments.push(assignment);
    }
    edit::assign(document, &assignments)
}

/// The JSON pointer of a place, and whether something new is to stand in front of what stands there: an entry known by its
/// name comes behind those that stand before it in `there`.
fn pointer(place: &Place, root: Node<'_>, there: Node<'_>) -> Option<(String, bool)> {
    let (mut pointer, mut node, mut is_new) = (String::new(), Some(root), false);
    for (depth, step) in place.0.iter().enumerate() {
        let around = node?;
        let (part, next) = match step {
            Step::Key(key) => (key.replace('~', "~0").replace('/', "~1"), around.get(key)),
            Step::Index(index) => (index.to_string(), around.elements().nth(*index)),
            Step::Named(name) => {
                let element = named(around, name);
                let index = element.map(|element| index_of(around, element)).unwrap_or_else(|| {
                    let theirs = Place(place.0[..depth].to_vec()).find(there);
                    let index = index_of_new(around, theirs, name);
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

/// In front of which element a new entry belongs: behind the last of those that stand before it in `theirs`. `None` when
/// that is the end.
fn index_of_new(array: Node<'_>, theirs: Option<Node<'_>>, name: &str) -> Option<usize> {
    let names = theirs.into_iter().flat_map(Node::elements).map(|entry| string(entry.get("name")));
    let before = names.take_while(|other| other.as_deref() != Some(name)).flatten();
    let last = before.filter_map(|other| index_of(array, named(array, &other)?)).last();
    let index = last.map_or(0, |last| last + 1);
    (index < array.elements().count()).then_some(index)
}

fn is_same(a: Option<Node<'_>>, b: Option<Node<'_>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.kind() != Kind::Missing && same(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn parse(json: &str) -> Tree {
    Tree::parse(json.to_owned())
}

#[cfg(test)]
mod property;

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const HERE: &str = r#"{
    "name": "Acme",
    "description": "Not kept there",
    "authSpec": [
        { "name": "A", "type": "x" }
    ],
    "sourceSpec": { "attributes": { "urlParams": { "path": "/a", "method": "GET" } } }
}"#;

    const BASE: &str = r#"{"name":"Acme","authSpec":[{"name":"A","type":"x"}],"sourceSpec":{"attributes":{"urlParams":{"path":"/a","method":"GET"}}}}"#;

    /// Merges after `edit` was made here and `there` is what the service has now.
    fn check(edit: (&str, &str), there: &str, prefer: Prefer, expected: Expect) {
        let text = HERE.replace(edit.0, edit.1);
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(text.as_str()));
        let merged = merge(&document, HERE, BASE, there, prefer);
        let after = Edit::apply(&text, &merged.edits);
        assert!(parse(&after).errors().is_empty(), "{after}");
        let mut drawn = String::new();
        for line in after.lines().filter(|line| !text.lines().any(|old| old == *line)) {
            drawn += &format!("+ {line}\n");
        }
        for line in text.lines().filter(|line| !after.lines().any(|new| new == *line)) {
            drawn += &format!("- {line}\n");
        }
        let part = |text: &Option<String>| text.clone().unwrap_or("nothing".to_owned());
        for Conflict { place, base, here, there } in &merged.conflicts {
            drawn += &format!("conflict at {place}: {} | {} | {}\n", part(here), part(base), part(there));
        }
        expected.assert_eq(&drawn);
    }

    #[test]
    fn what_changed_there_alone_is_taken_over() {
        check(
            ("\"Acme\"", "\"Acme 2\""),
            r#"{"id":"1","name":"Acme","authSpec":[{"name":"B"},{"name":"A","type":"y"}],"sourceSpec":{"attributes":{"urlParams":{"path":"/a"}}},"version":"1.0"}"#,
            Prefer::Neither,
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
    fn what_both_changed_in_the_same_way_is_no_conflict() {
        check(("\"/a\"", "\"/b\""), &BASE.replace("/a", "/b"), Prefer::Neither, expect![[""]]);
    }

    #[test]
    fn what_both_changed_is_a_conflict_until_someone_decides() {
        let there = BASE.replace("/a", "/c").replace("GET", "POST");
        check(
            ("\"/a\"", "\"/b\""),
            &there,
            Prefer::Neither,
            expect![[r#"
                +     "sourceSpec": { "attributes": { "urlParams": { "path": "/b", "method": "POST" } } }
                -     "sourceSpec": { "attributes": { "urlParams": { "path": "/b", "method": "GET" } } }
                conflict at sourceSpec.attributes.urlParams.path: "/b" | "/a" | "/c"
            "#]],
        );
        check(
            ("\"/a\"", "\"/b\""),
            &there,
            Prefer::There,
            expect![[r#"
                +     "sourceSpec": { "attributes": { "urlParams": { "path": "/c", "method": "POST" } } }
                -     "sourceSpec": { "attributes": { "urlParams": { "path": "/b", "method": "GET" } } }
            "#]],
        );
    }

    #[test]
    fn sign_ins_in_another_order_do_not_get_mixed_up() {
        let base = r#"{"authSpec":[{"name":"A","type":"x"},{"name":"B","type":"y"}]}"#;
        let there = r#"{"authSpec":[{"name":"B","type":"y"},{"name":"A","type":"x"}]}"#;
        let here = base.replace("\"x\"", "\"z\"");
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(&here));
        let merged = merge(&document, base, base, there, Prefer::Neither);
        assert_eq!((merged.edits, merged.conflicts.len()), (Vec::new(), 1));
        assert_eq!(merged.conflicts[0].place.to_string(), "authSpec");
        let merged = merge(&document, base, base, there, Prefer::There);
        assert_eq!(Edit::apply(&here, &merged.edits), there);
    }

    #[test]
    fn what_is_there_is_shown_as_the_author_writes() {
        let alike = |here: &str, there: &str| {
            written_alike(&Document::new("acme-connectionSpec.json", 0, Text::new(here)), there)
        };
        let kept = HERE.replace("    \"description\": \"Not kept there\",\n", "");
        assert_eq!(alike(HERE, BASE), kept);
        assert_eq!(alike(HERE, &BASE.replace("GET", "POST")), kept.replace("GET", "POST"));
        let broken = HERE.replace("\"Acme\",", "\"Acme\"");
        assert_eq!(alike(&broken, BASE), BASE);
        assert_eq!(alike("", BASE), BASE);
        let swapped = r#"{"authSpec":[{"name":"B"},{"name":"A"}]}"#;
        let here = r#"{ "authSpec": [{ "name": "A" }, { "name": "B" }] }"#;
        assert_eq!(alike(here, swapped), r#"{ "authSpec": [{ "name": "B" }, { "name": "A" }] }"#);
    }

    #[test]
    fn what_was_taken_out_here_and_changed_there_is_a_conflict() {
        let there = BASE.replace("/a", "/c").replace("GET", "POST");
        let edit = (r#""urlParams": { "path": "/a", "method": "GET" }"#, "");
        check(
            edit,
            &there,
            Prefer::Neither,
            expect![[r#"
                conflict at sourceSpec.attributes.urlParams: nothing | {"path":"/a","method":"GET"} | {"path":"/c","method":"POST"}
            "#]],
        );
        check(
            edit,
            &there,
            Prefer::There,
            expect![[r#"
                +     "sourceSpec": { "attributes": { "urlParams": { "path": "/c", "method": "POST" } } }
                -     "sourceSpec": { "attributes": {  } }
            "#]],
        );
    }
}
