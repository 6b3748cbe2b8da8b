//! The shapes of error bodies, all of them read as one: Flow Service's own, its older one, the gateway's, the general
//! one of RFC 7807, and that of the sign-in service.

use crate::flow_service::answer::string;
use crate::flow_service::api;
use crate::syntax::{Kind, Node, Tree};

/// What an error body tells. Anything may be missing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// Whether it is a JSON object at all, as every error of the services is.
    pub(super) is_object: bool,
    /// `1439-404`, `403027`, or a word of the sign-in service such as `invalid_client`.
    pub(super) code: Option<String>,
    /// The service's own words, as they are.
    pub(super) words: Option<String>,
    pub(super) request_id: Option<String>,
}

/// Reads a body. What is no JSON object, such as the page of a proxy or nothing at all, tells nothing.
pub(super) fn read(text: &str) -> Body {
    let tree = Tree::parse(text.to_owned());
    let root = tree.root();
    if !tree.errors().is_empty() || root.kind() != Kind::Object {
        return Body::default();
    }
    let typed = text_at(root, &["type"]).and_then(|uri| code_of(&uri));
    let numbered = root.get("error_code").and_then(word).or_else(|| text_at(root, &["error"]));
    let code = typed.or(numbered).filter(|code| is_code(code));
    let words = [
        &["report", "detailed-message"][..],
        &["errorMessage"],
        &["error_description"],
        &["message"],
        &["detail"],
        &["errorDetails"],
        &["title"],
        &["error"],
    ];
    let ids = [&["report", "request-id"][..], &["report", "registryRequestId"], &["request-id"], &["requestId"]];
    Body {
        is_object: true,
        code,
        words: words.iter().find_map(|path| text_at(root, path)),
        request_id: ids.iter().find_map(|path| text_at(root, path)),
    }
}

/// The code in a type such as `https://ns.adobe.com/aep/errors/FLOW-1439-404`. Codes of other services keep their name.
fn code_of(uri: &str) -> Option<String> {
    let code = uri.strip_prefix(api::ERROR_TYPE_PREFIX);
    let other = || uri.split_once("ns.adobe.com/aep/errors/").map(|(_, code)| code);
    code.or_else(other).map(str::to_owned)
}

/// Whether this names an error, and does not describe it.
fn is_code(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    (1..=40).contains(&text.len()) && text.bytes().all(fits)
}

/// A string that is not blank.
fn text_at(node: Node<'_>, path: &[&str]) -> Option<String> {
    node.at(path).and_then(string).filter(|text| !text.trim().is_empty())
}

/// A string, or a number as it is written.
fn word(node: Node<'_>) -> Option<String> {
    if node.kind() == Kind::Number { Some(node.text().to_owned()) } else { string(node) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, code: Option<&str>, words: Option<&str>, request_id: Option<&str>) {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        assert_eq!(
            read(text),
            Body { is_object: true, code: owned(code), words: owned(words), request_id: owned(request_id) },
            "{text}"
        );
    }

    #[test]
    fn a_code_is_a_type_a_number_or_a_word() {
        check(r#"{"type": "https://ns.adobe.com/aep/errors/FLOW-1439-404"}"#, Some("1439-404"), None, None);
        check(r#"{"type": "http://ns.adobe.com/aep/errors/XDM-1012-404"}"#, Some("XDM-1012-404"), None, None);
        check(r#"{"type": "/placeholder/type/uri", "error_code": 401013}"#, Some("401013"), None, None);
        check(r#"{"error_code": "401013"}"#, Some("401013"), None, None);
        check(r#"{"error": "invalid_client"}"#, Some("invalid_client"), Some("invalid_client"), None);
        check(r#"{"error": "Not Found"}"#, None, Some("Not Found"), None);
        check(r#"{"type": "https://ns.adobe.com/aep/errors/FLOW-"}"#, None, None, None);
    }

    #[test]
    fn the_words_that_tell_most_come_first() {
        let all = r#"{"title": "t", "detail": "d", "errorMessage": "e", "report": {"detailed-message": "r", "request-id": "q"}}"#;
        check(all, None, Some("r"), Some("q"));
        check(r#"{"title": "t", "detail": "d", "errorMessage": " "}"#, None, Some("d"), None);
        check(r#"{"title": "t", "report": "r"}"#, None, Some("t"), None);
        check(r#"{"report": {"registryRequestId": "q"}, "message": 1}"#, None, None, Some("q"));
    }

    #[test]
    fn what_is_no_object_tells_nothing() {
        for text in ["", "<html>", "null", "[{\"message\": \"m\"}]", "\"m\"", "{\"message\": \"m\""] {
            assert_eq!(read(text), Body::default(), "{text}");
        }
    }
}
