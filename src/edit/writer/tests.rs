//! How edits look in documents of several styles.

use serde_json::json;

use super::*;
use crate::text::Text;

/// The text after an edit of the outermost object.
fn edited(text: &str, edit: impl FnOnce(&Writer<'_>, Node<'_>) -> Edit) -> String {
    let document = Document::new("a-connectionSpec.json", 0, Text::new(text));
    let edit = edit(&Writer::for_kind(&document, SpecKind::Rest), document.tree().root());
    Edit::apply(text, &[edit])
}

fn insert(text: &str, key: &str) -> String {
    edited(text, |writer, root| writer.insert_key(root, key, &json!({ "a": [1] })))
}

fn remove(text: &str, key: &str) -> String {
    edited(text, |writer, root| {
        let member = root.members().find(|member| member.key.string().as_deref() == Some(key));
        writer.remove(member.expect("the key is there").node)
    })
}

#[test]
fn key_is_inserted_in_vocabulary_order() {
    assert_eq!(
        insert("{\n\t\"name\": \"n\",\n\t\"version\": \"1\"\n}\n", "type"),
        "{\n\t\"name\": \"n\",\n\t\"type\": {\n\t\t\"a\": [\n\t\t\t1\n\t\t]\n\t},\n\t\"version\": \"1\"\n}\n"
    );
    assert_eq!(insert("{ \"version\": \"1\" }", "name"), "{ \"name\": { \"a\": [ 1 ] }, \"version\": \"1\" }");
    assert_eq!(insert("{ \"x\": 1, \"name\": 2 }", "mine"), "{ \"x\": 1, \"name\": 2, \"mine\": { \"a\": [ 1 ] } }");
}

#[test]
fn empty_object_is_expanded_in_multi_line_documents() {
    assert_eq!(insert("{}", "name"), "{ \"name\": { \"a\": [ 1 ] } }");
    assert_eq!(insert("{\n}", "name"), "{\n  \"name\": {\n    \"a\": [\n      1\n    ]\n  }\n}");
}

#[test]
fn compact_style_and_line_endings_are_kept() {
    assert_eq!(insert("{\"x\":1,\"name\":2}", "type"), "{\"x\":1,\"name\":2,\"type\":{\"a\":[1]}}");
    let text = insert("{\r\n    \"name\": 2\r\n}", "type");
    assert_eq!(text.replace("\r\n", "").find('\n'), None, "{text:?}");
}

#[test]
fn removing_a_key_removes_its_comma_and_line() {
    let text = "{\n  \"a\": 1,\n  \"b\": 2, \"c\": 3,\n  \"d\": 4\n}";
    assert_eq!(remove(text, "a"), "{\n  \"b\": 2, \"c\": 3,\n  \"d\": 4\n}");
    assert_eq!(remove(text, "b"), "{\n  \"a\": 1,\n  \"c\": 3,\n  \"d\": 4\n}");
    assert_eq!(remove(text, "c"), "{\n  \"a\": 1,\n  \"b\": 2,\n  \"d\": 4\n}");
    assert_eq!(remove(text, "d"), "{\n  \"a\": 1,\n  \"b\": 2, \"c\": 3\n}");
    assert_eq!(remove("{ \"a\": 1 }", "a"), "{}");
}

#[test]
fn moved_value_keeps_its_lines() {
    let text = "{\n  \"name\": \"n\",\n  \"sourceSpec\": {\n    \"x\": {\n      \"y\": 1\n    }\n  }\n}";
    let moved = edited(text, |writer, root| {
        writer.insert_copy(root, "type", root.at(&["sourceSpec", "x"]).expect("it is there"))
    });
    assert!(moved.contains("\"name\": \"n\",\n  \"type\": {\n    \"y\": 1\n  },\n"), "{moved}");
}

#[test]
fn rename_keeps_quotes() {
    let rename =
        |text: &str| edited(text, |writer, root| writer.rename(root.members().next().expect("a member").key, "a\"b"));
    assert_eq!(rename("{ \"x\": 1 }"), "{ \"a\\\"b\": 1 }");
    assert_eq!(rename("{ x: 1 }"), "{ \"a\\\"b\": 1 }");
}
