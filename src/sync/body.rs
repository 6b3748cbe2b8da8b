//! What is sent of a spec, and what is kept of an answer: the text without what the service manages.

use crate::spec;
use crate::syntax::{Gaps, Kind, Tree};

/// A spec as it is sent: the author's text, with its order of keys and its numbers as they are written, less what the
/// service manages. `None` when it is no JSON object.
pub(super) fn body(text: &str) -> Option<String> {
    let tree = Tree::parse(text.to_owned());
    let root = tree.root();
    if !tree.errors().is_empty() || root.kind() != Kind::Object {
        return None;
    }
    let is_managed = |key: Option<&str>| key.is_some_and(spec::is_set_by_service);
    if !root.members().any(|member| is_managed(member.key.string().as_deref())) {
        return Some(root.text().to_owned());
    }
    let own = root.members().filter(|member| !is_managed(member.key.string().as_deref()));
    let own: Vec<&str> = own.map(|member| member.node.text()).collect();
    Some(format!("{{ {} }}", own.join(", ")))
}

/// A spec of the service as a file of its own: without what the service manages, each member on a line.
pub(super) fn as_file(text: &str) -> Option<String> {
    let body = body(text)?;
    let gaps = Gaps::Lines { unit: "  ", indent: "", line_break: "\n" };
    Some(Tree::parse(body.to_owned()).root().laid_out(gaps) + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_what_is_written() {
        let text = "\u{feff}{\n  \"version\": 1.0,\n  \"name\": \"\\u0041\"\n}\n";
        assert_eq!(body(text).as_deref(), Some("{\n  \"version\": 1.0,\n  \"name\": \"\\u0041\"\n}"));
        let text = r#"{"id": "1", "name": "a", "createdAt": 1, "sourceSpec": {"id": 1e2}, "sandboxName": "x"}"#;
        assert_eq!(body(text).as_deref(), Some(r#"{ "name": "a", "sourceSpec": {"id": 1e2} }"#));
        assert_eq!(body(r#"{"id": "1"}"#).as_deref(), Some("{  }"));
    }

    #[test]
    fn what_is_no_object_is_not_sent() {
        for text in ["", "[]", "{", "{\"a\": 1,}", "{} {}"] {
            assert_eq!(body(text), None, "{text}");
        }
    }

    #[test]
    fn a_spec_of_the_service_becomes_a_file() {
        let text = r#"{"id":"1","name":"a","authSpec":[],"attributes":{"x":1.50}}"#;
        let file = "{\n  \"name\": \"a\",\n  \"authSpec\": [],\n  \"attributes\": {\n    \"x\": 1.50\n  }\n}\n";
        assert_eq!(as_file(text).as_deref(), Some(file));
    }
}
