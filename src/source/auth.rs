//! Authentication methods: those that the vocabulary has a snippet of, and which of them an entry of `authSpec` uses.
//! A method whose `type` is not documented has a tab stop there, and is not recognized in a spec.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::model::{AuthEntry, Schema, Source};
use super::schemas::Scope;
use super::secrets;
use crate::spec::{Entry, Snippet, SpecKind, spelling};
use crate::syntax::{Kind, Node};

/// Names of inputs in Adobe's template that rules refer to.
pub(crate) mod input {
    pub(crate) const USERNAME: &str = "username";
    pub(crate) const REFRESH_TOKEN: &str = "refreshToken";
    /// Where a refresh token is sent: the first in Adobe's template, the others in tutorials.
    pub(crate) const TOKEN_URLS: [&str; 3] = ["accessTokenUrl", "refreshTokenUrl", "tokenEndpoint"];
    /// Its own inputs change the request for a token.
    pub(crate) const OVERRIDE: &str = "requestParameterOverride";
}

/// An authentication method: a name and a type that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AuthMethod {
    label: &'static str,
    body: Value,
}

static METHODS: LazyLock<Vec<AuthMethod>> = LazyLock::new(|| {
    let mut methods: Vec<AuthMethod> = Vec::new();
    let method = |template: Snippet| AuthMethod { label: template.label, body: template.body.to_value() };
    for method in entry().snippets().into_iter().map(method) {
        let is_variant = methods.iter().any(|known| known.auth_type() == method.auth_type());
        if !is_variant && !method.auth_type().starts_with('⟨') {
            methods.push(method);
        }
    }
    methods
});

/// The vocabulary of an entry of `authSpec`.
fn entry() -> Entry {
    Entry::root(SpecKind::Rest, None).key(Source::AUTH_SPEC, None).item(None)
}

/// The methods with a documented `type`, the first snippet of each.
pub(crate) fn methods() -> &'static [AuthMethod] {
    &METHODS
}

impl AuthMethod {
    fn string(&self, key: &str) -> &str {
        self.body.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The name under which connections choose it.
    pub(crate) fn name(&self) -> &str {
        self.string(AuthEntry::NAME)
    }

    /// Its `type`.
    pub(crate) fn auth_type(&self) -> &str {
        self.string(AuthEntry::TYPE)
    }

    /// What it is called in a sentence.
    pub(crate) fn label(&self) -> &'static str {
        self.label
    }

    /// The complete entry.
    pub(crate) fn body(&self) -> &Value {
        &self.body
    }

    /// The inputs that it requires, with their schemas.
    pub(crate) fn required_inputs(&self) -> impl Iterator<Item = (&str, &Value)> {
        let part = |key: &str| self.body.get(AuthEntry::SPEC).and_then(|spec| spec.get(key));
        let declared = part(Schema::PROPERTIES).and_then(Value::as_object);
        let required = part(Schema::REQUIRED).and_then(Value::as_array).into_iter().flatten();
        required.filter_map(Value::as_str).filter_map(move |name| Some((name, declared?.get(name)?)))
    }

    /// Whether each input names the header that it is sent in, so that inputs can have any name.
    pub(crate) fn is_header_based(&self) -> bool {
        self.required_inputs().all(|(_, schema)| schema.get(Schema::REST_ATTRIBUTES).is_some())
    }

    /// The `restAttributes` of an input, which name its header.
    pub(crate) fn rest_attributes(&self) -> Option<&Map<String, Value>> {
        self.required_inputs().find_map(|(_, schema)| schema.get(Schema::REST_ATTRIBUTES)?.as_object())
    }
}

/// How a name or type is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As in the API's responses.
    Canonical,
    /// In another way, which live sources have too.
    AlsoSeen,
    /// In another way.
    Other,
}

/// The method that a `type` names, also if it is misspelled.
pub(crate) fn by_type(auth_type: &str) -> Option<(&'static AuthMethod, Spelling)> {
    if let Some(exact) = METHODS.iter().find(|known| known.auth_type() == auth_type) {
        return Some((exact, Spelling::Canonical));
    }
    let plain = spelling::normalized(auth_type);
    let is_near = |known: &&AuthMethod| spelling::distance(&plain, &spelling::normalized(known.auth_type())) <= 2;
    let meant = METHODS.iter().filter(|_| auth_type.len() < 100).find(is_near)?;
    let types = entry().key(AuthEntry::TYPE, None);
    let is_seen = types.also_seen(meant.auth_type()).any(|other| other == auth_type);
    Some((meant, if is_seen { Spelling::AlsoSeen } else { Spelling::Other }))
}

/// The method with a name, whatever its capitals and separators.
pub(crate) fn by_name(name: &str) -> Option<(&'static AuthMethod, Spelling)> {
    let plain = spelling::normalized(name);
    let meant = METHODS.iter().find(|known| spelling::normalized(known.name()) == plain)?;
    Some((meant, if meant.name() == name { Spelling::Canonical } else { Spelling::Other }))
}

/// The method of an entry: by its `type`, or by its name if it has no type.
pub(crate) fn of_entry(entry: AuthEntry<'_>) -> Option<&'static AuthMethod> {
    match non_empty(entry.type_node()) {
        Some(auth_type) => by_type(&auth_type).map(|(method, _)| method),
        None if entry.type_node().is_some_and(|node| node.kind() != Kind::String) => None,
        None => by_name(&non_empty(entry.name())?).map(|(method, _)| method),
    }
}

fn non_empty(node: Option<Node<'_>>) -> Option<Cow<'_, str>> {
    node?.as_string().filter(|text| !text.trim().is_empty())
}

/// The inputs that a method requires and an entry does not declare, with their schemas; `None` if the entry may declare
/// others. `is_used`: whether the request uses the input with a name.
pub(crate) fn missing_inputs(
    entry: AuthEntry<'_>,
    method: &'static AuthMethod,
    is_used: impl Fn(&str) -> bool,
) -> Option<Vec<(&'static str, &'static Value)>> {
    let scope = Scope::of(entry.spec()?);
    if scope.maybe_more || scope.properties.is_empty() {
        return None;
    }
    if method.is_header_based() {
        let is_sent = |name: &str, schema: Schema<'_>| {
            schema.rest_attributes().is_some() || is_secret_input(name, schema) && is_used(name)
        };
        let mut declared = scope.members().filter_map(|member| Some((member.key.string()?, member.value)));
        let is_any = declared.any(|(name, schema)| is_sent(&name, Schema::new(schema)));
        return Some(if is_any { Vec::new() } else { method.required_inputs().collect() });
    }
    let is_declared = |name: &str| scope.members().any(|member| member.key.string().as_deref() == Some(name));
    Some(method.required_inputs().filter(|(name, _)| !is_declared(name)).collect())
}

/// Whether an input that an entry declares is a secret: it is masked, or its name is that of one.
pub(crate) fn is_secret_input(name: &str, schema: Schema<'_>) -> bool {
    schema.is_password() || secrets::is_auth_secret_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_found_by_its_type_or_name_in_any_spelling() {
        let of = |auth_type: &str| by_type(auth_type).map(|(method, spelling)| (method.auth_type(), spelling));
        assert_eq!(of("OAuth2RefreshCode"), Some(("OAuth2RefreshCode", Spelling::Canonical)));
        assert_eq!(of("oAuth2-refresh-code"), Some(("OAuth2RefreshCode", Spelling::Other)));
        assert_eq!(of("oAuth2RefreshCode"), Some(("OAuth2RefreshCode", Spelling::Other)));
        assert_eq!(of("basicAuthentication"), Some(("BasicAuthentication", Spelling::AlsoSeen)));
        assert_eq!(of("BasicAuthentification"), Some(("BasicAuthentication", Spelling::Other)));
        assert_eq!(of("keyBased"), Some(("KeyBased", Spelling::Other)));
        for other in ["apiKey", "OAuth2.0", "oAuth2.0-clientCredentials", "OAUTH2_REFRESH_TOKEN", "SFTP", "bearer", ""]
        {
            assert_eq!(of(other), None, "{other}");
        }
        let of = |name: &str| by_name(name).map(|(method, spelling)| (method.name(), spelling));
        assert_eq!(of("OAuth 2 Refresh Code"), Some(("OAuth2 Refresh Code", Spelling::Other)));
        assert_eq!(of("oAuth2-refresh-code"), Some(("OAuth2 Refresh Code", Spelling::Other)));
        assert_eq!(of("API Key Authentication"), Some(("API Key Authentication", Spelling::Canonical)));
        assert_eq!(of("Basic Authentication for sftp"), None);
    }

    #[test]
    fn a_method_requires_the_inputs_that_its_snippet_requires() {
        let required = |method: &'static AuthMethod| method.required_inputs().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(
            methods().iter().map(required).collect::<Vec<_>>(),
            [vec!["accessToken"], vec!["username", "password"], vec!["authKey1"]]
        );
        assert_eq!(methods().iter().map(AuthMethod::is_header_based).collect::<Vec<_>>(), [false, false, true]);
    }
}
