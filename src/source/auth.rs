//! Ways to sign in: those that the vocabulary has a template of, and which of them an entry of `authSpec` is.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::spec::{Entry, Snippet, SpecKind, spelling};
use crate::syntax::{Kind, Node, Tree};

use super::inputs::Scope;
use super::secret_name;

/// A way to sign in with a name and a type that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SignIn {
    label: &'static str,
    body: Value,
}

static KNOWN: LazyLock<Vec<SignIn>> = LazyLock::new(|| {
    let known = |template: Snippet| SignIn { label: template.label, body: template.body.to_value() };
    entry().snippets().into_iter().map(known).collect()
});

/// What the vocabulary says about an entry of `authSpec`.
fn entry() -> Entry {
    Entry::root(SpecKind::Rest, None).key("authSpec", None).item(None)
}

/// All that the vocabulary has a template of.
pub(crate) fn known() -> &'static [SignIn] {
    &KNOWN
}

/// The entries of `authSpec` that are objects.
pub(crate) fn entries(tree: &Tree) -> impl Iterator<Item = Node<'_>> {
    let entries = tree.root().get("authSpec").into_iter().flat_map(Node::elements);
    entries.filter(|entry| entry.kind() == Kind::Object)
}

impl SignIn {
    fn text(&self, key: &str) -> &str {
        self.body.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The name that connections ask for.
    pub(crate) fn name(&self) -> &str {
        self.text("name")
    }

    /// Its `type`.
    pub(crate) fn kind(&self) -> &str {
        self.text("type")
    }

    /// What it is called in a sentence.
    pub(crate) fn label(&self) -> &'static str {
        self.label
    }

    /// The whole entry.
    pub(crate) fn body(&self) -> &Value {
        &self.body
    }

    /// The inputs that it cannot do without, with their schemas.
    pub(crate) fn needed(&self) -> impl Iterator<Item = (&str, &Value)> {
        let part = |key: &str| self.body.get("spec").and_then(|spec| spec.get(key));
        let declared = part("properties").and_then(Value::as_object);
        let required = part("required").and_then(Value::as_array).into_iter().flatten();
        required.filter_map(Value::as_str).filter_map(move |name| Some((name, declared?.get(name)?)))
    }

    /// Whether its inputs say themselves where they go, so that they can have any name.
    pub(crate) fn is_sent_by_header(&self) -> bool {
        self.needed().all(|(_, schema)| schema.get(HEADER).is_some())
    }

    /// The part of an input that says which header it goes into.
    pub(crate) fn header(&self) -> Option<&Map<String, Value>> {
        self.needed().find_map(|(_, schema)| schema.get(HEADER)?.as_object())
    }
}

/// The key of an input that says which header it goes into.
pub(crate) const HEADER: &str = "restAttributes";

/// How a text stands to the one that it could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As in the API's answers.
    Right,
    /// In another way that is nevertheless seen to work.
    AlsoSeen,
    /// In another way.
    Other,
}

/// The way to sign in that a `type` names, or all but names.
pub(crate) fn of_kind(kind: &str) -> Option<(&'static SignIn, Spelling)> {
    if let Some(exact) = KNOWN.iter().find(|known| known.kind() == kind) {
        return Some((exact, Spelling::Right));
    }
    let plain = spelling::normalized(kind);
    let is_near = |known: &&SignIn| spelling::distance(&plain, &spelling::normalized(known.kind())) <= 2;
    let meant = KNOWN.iter().filter(|_| kind.len() < 100).find(is_near)?;
    let types = entry().key("type", None);
    let is_seen = types.also_seen(meant.kind()).any(|other| other == kind);
    Some((meant, if is_seen { Spelling::AlsoSeen } else { Spelling::Other }))
}

/// The way to sign in that has a name, whatever its capitals and separators.
pub(crate) fn of_name(name: &str) -> Option<(&'static SignIn, Spelling)> {
    let plain = spelling::normalized(name);
    let meant = KNOWN.iter().find(|known| spelling::normalized(known.name()) == plain)?;
    Some((meant, if meant.name() == name { Spelling::Right } else { Spelling::Other }))
}

/// The way to sign in that an entry is: by its `type`, or by its name where it has none.
pub(crate) fn of(entry: Node<'_>) -> Option<&'static SignIn> {
    match text(entry, "type") {
        Some(kind) => of_kind(&kind).map(|(sign_in, _)| sign_in),
        None if entry.get("type").is_some_and(|kind| kind.kind() != Kind::String) => None,
        None => of_name(&text(entry, "name")?).map(|(sign_in, _)| sign_in),
    }
}

fn text<'t>(entry: Node<'t>, key: &str) -> Option<Cow<'t, str>> {
    let value = entry.get(key).filter(|value| value.kind() == Kind::String)?;
    value.string().filter(|text| !text.trim().is_empty())
}

/// The inputs that an entry lacks to sign in like this, with their schemas; `None` where that cannot be seen. `is_used`:
/// whether the request takes the input with a name.
pub(crate) fn lacking(
    entry: Node<'_>,
    sign_in: &'static SignIn,
    is_used: impl Fn(&str) -> bool,
) -> Option<Vec<(&'static str, &'static Value)>> {
    let scope = Scope::of(entry.get("spec")?);
    if scope.maybe_more || scope.properties.is_empty() {
        return None;
    }
    let declared = || scope.properties.iter().flat_map(|properties| properties.members());
    if sign_in.is_sent_by_header() {
        let is_sent = |name: &str, schema: Node<'_>| {
            let is_secret = is_masked(schema) || secret_name::is_credential(name);
            schema.get(HEADER).is_some() || is_secret && is_used(name)
        };
        let mut declared = declared().filter_map(|member| Some((member.key.string()?, member.value)));
        let is_any = declared.any(|(name, schema)| is_sent(&name, schema));
        return Some(if is_any { Vec::new() } else { sign_in.needed().collect() });
    }
    let is_there = |name: &str| declared().any(|member| member.key.string().as_deref() == Some(name));
    Some(sign_in.needed().filter(|(name, _)| !is_there(name)).collect())
}

/// Whether an input is masked in the form.
pub(crate) fn is_masked(schema: Node<'_>) -> bool {
    schema.get("format").is_some_and(|format| format.string().as_deref() == Some("password"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_names_in_all_their_spellings() {
        let of = |kind: &str| of_kind(kind).map(|(sign_in, spelling)| (sign_in.kind(), spelling));
        assert_eq!(of("OAuth2RefreshCode"), Some(("OAuth2RefreshCode", Spelling::Right)));
        assert_eq!(of("oAuth2-refresh-code"), Some(("OAuth2RefreshCode", Spelling::Other)));
        assert_eq!(of("oAuth2RefreshCode"), Some(("OAuth2RefreshCode", Spelling::Other)));
        assert_eq!(of("basicAuthentication"), Some(("BasicAuthentication", Spelling::AlsoSeen)));
        assert_eq!(of("BasicAuthentification"), Some(("BasicAuthentication", Spelling::Other)));
        assert_eq!(of("keyBased"), Some(("KeyBased", Spelling::Other)));
        for other in ["apiKey", "OAuth2.0", "oAuth2.0-clientCredentials", "OAUTH2_REFRESH_TOKEN", "SFTP", "bearer", ""]
        {
            assert_eq!(of(other), None, "{other}");
        }
        let of = |name: &str| of_name(name).map(|(sign_in, spelling)| (sign_in.name(), spelling));
        assert_eq!(of("OAuth 2 Refresh Code"), Some(("OAuth2 Refresh Code", Spelling::Other)));
        assert_eq!(of("oAuth2-refresh-code"), Some(("OAuth2 Refresh Code", Spelling::Other)));
        assert_eq!(of("API Key Authentication"), Some(("API Key Authentication", Spelling::Right)));
        assert_eq!(of("Basic Authentication for sftp"), None);
    }

    #[test]
    fn what_each_needs_is_what_its_template_requires() {
        let needed = |sign_in: &'static SignIn| sign_in.needed().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(
            known().iter().map(needed).collect::<Vec<_>>(),
            [vec!["accessToken"], vec!["username", "password"], vec!["authKey1"]]
        );
        assert_eq!(known().iter().map(SignIn::is_sent_by_header).collect::<Vec<_>>(), [false, false, true]);
    }
}
