//! The formats of error bodies, all read into one: the current and the older one of Flow Service, the gateway's, problem
//! details (RFC 7807), and OAuth errors (RFC 6749).

use crate::flow_service::api;
use crate::flow_service::response::string;
use crate::syntax::{Kind, Node, Tree};

/// The content of an error body. Anything may be missing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorBody {
    /// Whether it is a JSON object, as every error of Adobe's services is.
    pub(super) is_object: bool,
    /// `1439-404`, `403027`, or an OAuth error such as `invalid_client`.
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
}

/// Reads a body. What isn't a JSON object, such as the page of a proxy, has no content.
pub(super) fn parse(text: &str) -> ErrorBody {
    let tree = Tree::parse(text.to_owned());
    let root = tree.root();
    if !tree.errors().is_empty() || root.kind() != Kind::Object {
        return ErrorBody::default();
    }
    let from_type = string_at(root, &["type"]).and_then(|uri| code_of_type(&uri));
    let from_field = root.get("error_code").and_then(string_or_number).or_else(|| string_at(root, &["error"]));
    let code = from_type.or(from_field).filter(|code| is_code(code));
    // The most detailed first.
    let messages = [
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
    ErrorBody {
        is_object: true,
        code,
        message: messages.iter().find_map(|path| string_at(root, path)),
        request_id: ids.iter().find_map(|path| string_at(root, path)),
    }
}

/// The code in a type such as `https://ns.adobe.com/aep/errors/FLOW-1439-404`. Codes of other services keep their prefix.
fn code_of_type(uri: &str) -> Option<String> {
    let code = uri.strip_prefix(api::ERROR_TYPE_PREFIX);
    let other = || uri.split_once("ns.adobe.com/aep/errors/").map(|(_, code)| code);
    code.or_else(other).map(str::to_owned)
}

/// Whether this is an error code and not a description.
fn is_code(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    (1..=40).contains(&text.len()) && text.bytes().all(is_allowed)
}

fn string_at(node: Node<'_>, path: &[&str]) -> Option<String> {
    node.at(path).and_then(string).filter(|text| !text.trim().is_empty())
}

fn string_or_number(node: Node<'_>) -> Option<String> {
    if node.kind() == Kind::Number { Some(node.text().to_owned()) } else { string(node) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, code: Option<&str>, message: Option<&str>, request_id: Option<&str>) {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        assert_eq!(
            parse(text),
            ErrorBody { is_object: true, code: owned(code), message: owned(message), request_id: owned(request_id) },
            "{text}"
        );
    }

    #[test]
    fn a_code_is_in_the_type_or_a_field() {
        check(r#"{"type": "https://ns.adobe.com/aep/errors/FLOW-1439-404"}"#, Some("1439-404"), None, None);
        check(r#"{"type": "http://ns.adobe.com/aep/errors/XDM-1012-404"}"#, Some("XDM-1012-404"), None, None);
        check(r#"{"type": "/placeholder/type/uri", "error_code": 401013}"#, Some("401013"), None, None);
        check(r#"{"error_code": "401013"}"#, Some("401013"), None, None);
        check(r#"{"error": "invalid_client"}"#, Some("invalid_client"), Some("invalid_client"), None);
        check(r#"{"error": "Not Found"}"#, None, Some("Not Found"), None);
        check(r#"{"type": "https://ns.adobe.com/aep/errors/FLOW-"}"#, None, None, None);
    }

    #[test]
    fn the_most_detailed_message_is_used() {
        let all = r#"{"title": "t", "detail": "d", "errorMessage": "e", "report": {"detailed-message": "r", "request-id": "q"}}"#;
        check(all, None, Some("r"), Some("q"));
        check(r#"{"title": "t", "detail": "d", "errorMessage": " "}"#, None, Some("d"), None);
        check(r#"{"title": "t", "report": "r"}"#, None, Some("t"), None);
        check(r#"{"report": {"registryRequestId": "q"}, "message": 1}"#, None, None, Some("q"));
    }

    #[test]
    fn anything_but_an_object_has_no_content() {
        for text in ["", "<html>", "null", "[{\"message\": \"m\"}]", "\"m\"", "{\"message\": \"m\""] {
            assert_eq!(parse(text), ErrorBody::default(), "{text}");
        }
    }
}
