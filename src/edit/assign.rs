//! Writes JSON values from another text into a document, in its style.

use crate::document::Document;
use crate::syntax::{Kind, Node, Tree};
use crate::text::Edit;

use super::compose::compose;
use super::writer::Writer;

/// A value to write at a JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The JSON pointer (RFC 6901); `-` after an array is the position after its last element.
    pub pointer: String,
    /// Whether the value is inserted before the present element instead of replacing it.
    pub is_new: bool,
    /// The value as JSON; `None` removes the present value.
    pub value: Option<String>,
}

/// The edits of all assignments, applied one after the other: a pointer refers to the document after the assignments before it.
/// An assignment to a missing parent, or of invalid JSON, is skipped.
pub fn assign(document: &Document, assignments: &[Assignment]) -> Vec<Edit> {
    let mut all = Vec::new();
    let mut current = None;
    for assignment in assignments {
        let now: &Document = current.as_ref().unwrap_or(document);
        let Some(edit) = edit(now, assignment) else { continue };
        let next = now.with_edits(std::slice::from_ref(&edit));
        all = compose(all, vec![edit]);
        current = Some(next);
    }
    all
}

fn edit(document: &Document, assignment: &Assignment) -> Option<Edit> {
    let writer = Writer::new(document);
    let tree = document.tree();
    let json = assignment.value.as_deref().map(|value| Tree::parse(value.to_owned()));
    let present = tree.at_pointer(&assignment.pointer);
    match (present, json) {
        (Some(node), None) => Some(writer.remove(node.as_part_of_member().map_or(node, |member| member.node))),
        (None, None) => None,
        (_, Some(json)) if !json.errors().is_empty() => None,
        (Some(node), Some(json)) if assignment.is_new => {
            let is_element = node.parent().is_some_and(|around| around.kind() == Kind::Array);
            is_element.then(|| writer.insert_json_before(node, json.root()))
        }
        (Some(node), Some(json)) => Some(writer.replace_by_json(node, json.root())),
        (None, Some(json)) => {
            let (around, step) = assignment.pointer.rsplit_once('/')?;
            let around = tree.at_pointer(around)?;
            insert(&writer, around, step, json.root())
        }
    }
}

fn insert(writer: &Writer<'_>, around: Node<'_>, step: &str, json: Node<'_>) -> Option<Edit> {
    match around.kind() {
        Kind::Object => Some(writer.insert_json(around, &step.replace("~1", "/").replace("~0", "~"), json)),
        Kind::Array if step == "-" => Some(writer.append_json(around, json)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::text::Text;

    fn check(text: &str, assignments: &[(&str, Option<&str>)], expected: Expect) {
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
        let assignments: Vec<Assignment> = assignments
            .iter()
            .map(|(pointer, value)| Assignment {
                pointer: pointer.trim_start_matches('+').to_owned(),
                is_new: pointer.starts_with('+'),
                value: value.map(str::to_owned),
            })
            .collect();
        let after = Edit::apply(text, &assign(&document, &assignments));
        expected.assert_eq(&after);
        assert_eq!(Tree::parse(after).errors(), []);
    }

    const SPEC: &str = r#"{
    "name": "a",   "type": "generic-rest",
    "authSpec": [],
    "sourceSpec": {
        "attributes": { "urlParams": {"path":"/a","method":"GET"} }
    },
    "version": "1.0"
}"#;

    #[test]
    fn assigned_values_match_the_style_of_the_document() {
        check(
            SPEC,
            &[
                ("/name", Some("\"b\"")),
                ("/authSpec/-", Some(r#"{"name":"x","spec":{"a":1.50}}"#)),
                ("/sourceSpec/attributes/urlParams/host", Some("\"https://a.b\"")),
                ("/sourceSpec/attributes/paginationParams", Some(r#"{"type":"NONE"}"#)),
                ("/sourceSpec/spec", Some(r#"{"type":"object","properties":{}}"#)),
                ("/version", None),
            ],
            expect![[r#"
                {
                    "name": "b",   "type": "generic-rest",
                    "authSpec": [
                        {
                            "name": "x",
                            "spec": {
                                "a": 1.50
                            }
                        }
                    ],
                    "sourceSpec": {
                        "attributes": { "urlParams": {"host":"https://a.b","path":"/a","method":"GET"}, "paginationParams": { "type": "NONE" } },
                        "spec": {
                            "type": "object",
                            "properties": {}
                        }
                    }
                }"#]],
        );
    }

    #[test]
    fn new_element_is_inserted_at_its_index() {
        check(
            "{ \"authSpec\": [\n    { \"name\": \"b\" }\n  ], \"a\": [1, 3] }",
            &[("+/authSpec/0", Some("{\"name\":\"a\"}")), ("+/a/1", Some("2")), ("+/a", Some("4"))],
            expect![[r#"
                { "authSpec": [
                    {
                        "name": "a"
                    },
                    { "name": "b" }
                  ], "a": [1, 2, 3] }"#]],
        );
    }

    #[test]
    fn invalid_assignments_are_skipped() {
        check(
            "{ \"name\": \"a\" }",
            &[
                ("/x/y", Some("1")),
                ("/name", Some("{")),
                ("/gone", None),
                ("/name/-", Some("1")),
                ("/version", Some("2")),
            ],
            expect![[r#"{ "name": "a", "version": 2 }"#]],
        );
    }
}
