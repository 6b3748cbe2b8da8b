//! The shapes of error bodies, all of them read as one: Flow Service's own, its older one, the gateway's, the general
//! one of RFC 7807, and that of the sign-in service.

use std::sync::Arc;

use crate::flow_service::answer::string;
use crate::flow_service::wire;
use crate::syntax::{Kind, Node, Tree};

/// What an error body tells. Anything may be missing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// `1439-404`, `403027`, or a word of the sign-in service such as `invalid_client`.
    pub(super) code: Option<String>,
    /// The service's own words, as they are.
    pub(super) words: Option<String>,
    pub(super) request_id: Option<String>,
}

/// Reads a body. What is no JSON object, such as the page of a proxy or nothing at all, tells nothing.
pub(super) fn read(text: &str) -> Body {
    let tree = Tree::parse(Arc::from(text));
    let root = tree.root();
    if !tree.errors().is_empty() || root.kind() != Kind::Object {
        return Body::default();
    }
    let typed = text_at(root, &["type"]).and_then(|uri| code_of(&uri));
    let numbered = root.get("error_code").and_then(word).or_else(|| text_at(root, &["error"]));
    let words = [
        &["report", "detailed-message"][..],
        &["errorMessage"],
        &["error_description"],
        &["message"],
        &["detail"],
        &["errorDetails"],
        &["title"],
    ];
    let ids = [&["report", "request-id"][..], &["report", "registryRequestId"], &["request-id"], &["requestId"]];
    Body {
        code: typed.or(numbered),
        words: words.iter().find_map(|path| text_at(root, path)),
        request_id: ids.iter().find_map(|path| text_at(root, path)),
    }
}

/// The code in a type such as `https://ns.adobe.com/aep/errors/FLOW-1439-404`. Codes of other services keep their name.
fn code_of(uri: &str) -> Option<String> {
    let code = uri.strip_prefix(wire::ERROR_TYPE);
    let other = || uri.split_once("ns.adobe.com/aep/errors/").map(|(_, code)| code);
    code.or_else(other).map(str::to_owned).filter(|code| !code.is_empty())
}

/// A string that is not blank.
fn text_at(node: Node<'_>, path: &[&str]) -> Option<String> {
    node.at(path).and_then(string).filter(|text| !text.trim().is_empty())
}

/// A string, or a number as it is written.
fn word(node: Node<'_>) -> Option<String> {
    if node.kind() == Kind::Number { Some(node.text().to_owned()) } else { string(node) }
}
