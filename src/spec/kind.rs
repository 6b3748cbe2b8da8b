//! The kinds of connection spec, and how the kind of a document is recognized.

use crate::syntax::{Kind, Node};

use super::{definition, spelling};

/// The kinds of connection spec, by their `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpecKind {
    /// `generic-rest`: a batch source.
    Rest,
    /// `generic-streaming`: a streaming source.
    Streaming,
    /// Any other `type`, such as one of Adobe's own.
    Other,
    /// Not decided yet: the file name is that of a spec, but `type` and `providerId` are missing.
    Undecided,
}

impl SpecKind {
    /// The kinds for Self-Serve Sources.
    pub const GENERIC: [SpecKind; 2] = [SpecKind::Rest, SpecKind::Streaming];

    /// The definitions of the schema that apply.
    pub fn definitions(self) -> &'static [&'static str] {
        match self {
            SpecKind::Rest => &["restSpec"],
            SpecKind::Streaming => &["streamingSpec"],
            SpecKind::Other => &["anySpec"],
            SpecKind::Undecided => &["restSpec", "streamingSpec"],
        }
    }

    /// The `type` of specs of this kind, if there is only one.
    pub fn type_name(self) -> Option<&'static str> {
        match self {
            SpecKind::Rest => Some("generic-rest"),
            SpecKind::Streaming => Some("generic-streaming"),
            SpecKind::Other | SpecKind::Undecided => None,
        }
    }

    /// Whether it is one of the kinds for Self-Serve Sources.
    pub fn is_generic(self) -> bool {
        SpecKind::GENERIC.contains(&self)
    }

    /// Whether Experience Platform sends requests to an API for the records.
    pub fn is_batch(self) -> bool {
        match self {
            SpecKind::Rest => true,
            SpecKind::Streaming | SpecKind::Other | SpecKind::Undecided => false,
        }
    }

    /// Whether it is a batch source or can still become one.
    pub fn may_be_batch(self) -> bool {
        self.is_batch() || self == SpecKind::Undecided
    }

    /// Whether the records are sent to Experience Platform.
    pub fn is_streaming(self) -> bool {
        match self {
            SpecKind::Streaming => true,
            SpecKind::Rest | SpecKind::Other | SpecKind::Undecided => false,
        }
    }

    /// The kind of the spec with this root, or `None` if it is not a connection spec by its keys or its file name.
    pub fn detect(root: Node<'_>, file_name: &str) -> Option<SpecKind> {
        let has_spec_name = file_name.to_ascii_lowercase().ends_with("connectionspec.json");
        if !has_spec_name && !has_keys_of_spec(root) {
            return None;
        }
        let string = |key: &str| root.get(key).and_then(Node::string).unwrap_or_default();
        let (name, provider) = (string("type"), string("providerId"));
        if let Some(kind) = SpecKind::similar_to(&name) {
            return Some(kind);
        }
        if is_adobes_own(root) {
            return Some(SpecKind::Other);
        }
        let by_provider = SpecKind::GENERIC
            .into_iter()
            .find(|kind| !provider.is_empty() && provider == kind.provider_id())
            .filter(|kind| !name.is_empty() || *kind == SpecKind::Rest);
        Some(match by_provider {
            Some(kind) => kind,
            None if name.is_empty() && provider.is_empty() => SpecKind::Undecided,
            // No source of Adobe's own has a request in its attributes.
            None if !name.is_empty() && has_request(root) => SpecKind::Rest,
            None => SpecKind::Other,
        })
    }

    /// The generic kind with this `type`, or with one that differs in capitalization or one or two letters.
    pub(crate) fn similar_to(name: &str) -> Option<SpecKind> {
        let is_similar = |known: &str| name == known || spelling::distance(&name.to_lowercase(), known) <= 2;
        SpecKind::GENERIC.into_iter().find(|kind| kind.type_name().is_some_and(is_similar))
    }

    /// The id of the provider of the sources of this kind; empty if there is not only one.
    fn provider_id(self) -> &'static str {
        let [name] = self.definitions() else { return "" };
        let keys = definition(name).and_then(|spec| spec.get("properties"));
        keys.and_then(|keys| keys.get("providerId")?.get("const")?.as_str()).unwrap_or_default()
    }
}

/// Whether an object has at least two of the keys that only connection specs have.
fn has_keys_of_spec(node: Node<'_>) -> bool {
    ["authSpec", "sourceSpec", "exploreSpec", "providerId"].iter().filter(|key| node.get(key).is_some()).count() >= 2
}

/// The first connection spec in an array of them, or in the `items` of a response of Flow Service.
pub(crate) fn enclosed_spec(root: Node<'_>) -> Option<Node<'_>> {
    let items = match root.kind() {
        Kind::Array => root,
        _ => root.get("items").filter(|items| items.kind() == Kind::Array && !has_keys_of_spec(root))?,
    };
    items.children().next().filter(|first| has_keys_of_spec(*first))
}

/// Whether a spec is one of Adobe's own sources, some of which share a provider with generic ones: it has an id from Flow
/// Service, and neither contains nor declares a request.
fn is_adobes_own(root: Node<'_>) -> bool {
    let declares = root.get("sourceSpec").and_then(|source| source.at(&["spec", "properties", "urlParams"])).is_some();
    root.get("id").is_some() && !declares && !has_request(root)
}

/// Whether a spec contains a request.
fn has_request(root: Node<'_>) -> bool {
    root.at(&["sourceSpec", "attributes", "urlParams"]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Tree;

    #[test]
    fn the_kind_is_detected_from_type_provider_and_file_name() {
        let kind = |text: &str, name: &str| SpecKind::detect(Tree::parse(text.to_owned()).root(), name);
        assert_eq!(
            kind(r#"{"type": "generic-rest", "authSpec": [], "sourceSpec": {}}"#, "a.json"),
            Some(SpecKind::Rest)
        );
        assert_eq!(kind(r#"{"type": "Generic-Streamin"}"#, "a-connectionSpec.json"), Some(SpecKind::Streaming));
        assert_eq!(kind(r#"{"type": "generic-rest-connector"}"#, "a-connectionSpec.json"), Some(SpecKind::Other));
        let request = r#"{"type": "rest", "sourceSpec": {"attributes": {"urlParams": {}}}}"#;
        assert_eq!(kind(request, "a-connectionSpec.json"), Some(SpecKind::Rest));
        assert_eq!(kind(r#"{"providerId": "x", "authSpec": []}"#, "a.json"), Some(SpecKind::Other));
        let rest = |rest: &str| {
            kind(&format!(r#"{{"providerId": "{}", "authSpec": [], {rest}}}"#, SpecKind::Rest.provider_id()), "a.json")
        };
        assert_eq!(rest(r#""name": "a""#), Some(SpecKind::Rest));
        assert_eq!(rest(r#""type": "rest""#), Some(SpecKind::Rest));
        assert_eq!(rest(r#""type": "x", "id": "a", "sourceSpec": {"attributes": {}}"#), Some(SpecKind::Other));
        assert_eq!(rest(r#""id": "a", "sourceSpec": {"attributes": {}}"#), Some(SpecKind::Other));
        assert_eq!(rest(r#""id": "a", "sourceSpec": {"attributes": {"urlParams": {}}}"#), Some(SpecKind::Rest));
        assert_eq!(kind("{", "/x/Acme-ConnectionSpec.JSON"), Some(SpecKind::Undecided));
        assert_eq!(kind(r#"{"type": "generic-rest", "name": "x"}"#, "package.json"), None);
    }
}
