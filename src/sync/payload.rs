//! The JSON that is sent for a spec: the author's text without the keys that Flow Service manages.

use crate::spec;
use crate::syntax::{Gaps, Kind, Tree};

/// A spec as it is sent: the author's text with its order of keys and spelling of numbers, without managed keys. `None` if
/// it isn't a JSON object.
pub(super) fn payload(text: &str) -> Option<String> {
    let tree = Tree::parse(text.to_owned());
    let root = tree.root();
    if !tree.errors().is_empty() || root.kind() != Kind::Object {
        return None;
    }
    let is_set_by_service = |key: Option<&str>| key.is_some_and(spec::is_set_by_service);
    if !root.members().any(|member| is_set_by_service(member.key.string().as_deref())) {
        return Some(root.text().to_owned());
    }
    let sent = root.members().filter(|member| !is_set_by_service(member.key.string().as_deref()));
    let sent: Vec<&str> = sent.map(|member| member.node.text()).collect();
    Some(format!("{{ {} }}", sent.join(", ")))
}

/// A remote spec as the content of a new file: without managed keys, each member on its own line.
pub(super) fn to_file(text: &str) -> Option<String> {
    let payload = payload(text)?;
    let gaps = Gaps::Lines { unit: "  ", indent: "", line_break: "\n" };
    Some(Tree::parse(payload).root().laid_out(gaps) + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_keeps_the_authors_spelling() {
        let text = "\u{feff}{\n  \"version\": 1.0,\n  \"name\": \"\\u0041\"\n}\n";
        assert_eq!(payload(text).as_deref(), Some("{\n  \"version\": 1.0,\n  \"name\": \"\\u0041\"\n}"));
        let text = r#"{"id": "1", "name": "a", "createdAt": 1, "sourceSpec": {"id": 1e2}, "sandboxName": "x"}"#;
        assert_eq!(payload(text).as_deref(), Some(r#"{ "name": "a", "sourceSpec": {"id": 1e2} }"#));
        assert_eq!(payload(r#"{"id": "1"}"#).as_deref(), Some("{  }"));
    }

    #[test]
    fn only_an_object_has_a_payload() {
        for text in ["", "[]", "{", "{\"a\": 1,}", "{} {}"] {
            assert_eq!(payload(text), None, "{text}");
        }
    }

    #[test]
    fn a_remote_spec_becomes_a_file() {
        let text = r#"{"id":"1","name":"a","authSpec":[],"attributes":{"x":1.50}}"#;
        let file = "{\n  \"name\": \"a\",\n  \"authSpec\": [],\n  \"attributes\": {\n    \"x\": 1.50\n  }\n}\n";
        assert_eq!(to_file(text).as_deref(), Some(file));
    }
}
