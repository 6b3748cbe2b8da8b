//! Which values are secrets: by the name of a value, and by the value itself. The only place that decides this, so what is
//! reported as a hard-coded secret, masked in a sample request and declared as a masked input is always the same.
//!
//! Names are read as English: the last word is the thing itself, so `accessToken` is a token and `accessTokenUrl` is a URL.

use std::borrow::Cow;
use std::ops::Range;

use crate::spec::spelling;

/// What a masked value is shown as.
pub(crate) const MASK: &str = "•••";

/// The words before `key` that make it a secret of an API.
const SECRET_KEYS: [&str; 25] = [
    "access",
    "account",
    "admin",
    "api",
    "app",
    "application",
    "auth",
    "authentication",
    "authorization",
    "client",
    "consumer",
    "developer",
    "encryption",
    "functions",
    "integration",
    "license",
    "master",
    "private",
    "secret",
    "security",
    "shared",
    "signing",
    "ssh",
    "storage",
    "subscription",
];

/// The words before `key` that make it no secret, also in an authentication entry: it names something, or is public.
const PUBLIC_KEYS: [&str; 23] = [
    "customer",
    "environment",
    "event",
    "external",
    "file",
    "folder",
    "foreign",
    "list",
    "object",
    "organization",
    "partition",
    "primary",
    "project",
    "public",
    "publishable",
    "record",
    "row",
    "site",
    "sort",
    "space",
    "table",
    "tenant",
    "unique",
];

/// The words before `token` that make it a position in the data or the number of a request.
const PUBLIC_TOKENS: [&str; 18] = [
    "change",
    "continuation",
    "continue",
    "cursor",
    "delta",
    "idempotency",
    "next",
    "offset",
    "page",
    "pagination",
    "paging",
    "prev",
    "previous",
    "resume",
    "scroll",
    "skip",
    "start",
    "sync",
];

/// Last words of a secret, also at the end of a longer word such as `clientsecret`.
const SECRETS: [&str; 8] = ["secret", "password", "passphrase", "passwd", "pwd", "jwt", "credential", "credentials"];

/// Names of which any value is a secret: passwords may be words too.
const PASSWORDS: [&str; 4] = ["password", "passwd", "passphrase", "pwd"];

/// Authentication schemes before the credential in a header.
const SCHEMES: [&str; 10] =
    ["bearer", "basic", "token", "apikey", "api-key", "key", "digest", "negotiate", "ssws", "splunk"];

/// Whether a value with this name is a secret, wherever it occurs.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let words = words_of_secret(name);
    is_secret(&words) || key_qualifier(&words).is_some_and(|qualifier| SECRET_KEYS.contains(&qualifier))
}

/// Whether the input with this name, declared by an entry of `authSpec`, is a secret. There any key is one unless its name
/// rules it out, so this holds for more names than [`is_secret_name`].
pub(crate) fn is_auth_secret_name(name: &str) -> bool {
    let words = words_of_secret(name);
    is_secret(&words) || key_qualifier(&words).is_some_and(|qualifier| !PUBLIC_KEYS.contains(&qualifier))
}

/// The hard-coded secret in a value with this name, in bytes of the value. Placeholders, expressions and text that is to be
/// replaced are none.
pub(crate) fn in_value(name: &str, value: &str) -> Option<Range<usize>> {
    if value.contains('{') || value.trim().is_empty() {
        return None;
    }
    let start = value.len() - value.trim_start().len();
    let end = value.trim_end().len().max(start);
    let trimmed = &value[start..end];
    let scheme = trimmed.split_once(' ').filter(|(scheme, _)| SCHEMES.contains(&scheme.to_lowercase().as_str()));
    let (from, secret) = match scheme {
        Some((_, rest)) => (end - rest.trim_start().len(), rest.trim_start()),
        None => (start, trimmed),
    };
    let is_scheme_only = SCHEMES.contains(&trimmed.to_lowercase().as_str());
    let is_http_scheme = scheme.is_some_and(|(scheme, _)| matches!(scheme.to_lowercase().as_str(), "bearer" | "basic"));
    let is_authorization = words(name).last().is_some_and(|word| word == "authorization");
    let is_one = match () {
        _ if is_scheme_only || is_stand_in(secret) => false,
        _ if is_authorization => secret.len() >= 4,
        _ if is_http_scheme => looks_random(secret),
        _ if secret.contains(char::is_whitespace) => false,
        _ if is_password_name(name) => !is_flag(secret) && !is_secret_name(secret),
        _ => (is_secret_name(name) && looks_random(secret)) || is_known_format(secret),
    };
    is_one.then_some(from..end)
}

/// A value as it may be shown: all of it masked if its name is that of a secret, else the secret in it.
pub(crate) fn masked<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    if is_secret_name(name) {
        return MASK.into();
    }
    match in_value(name, value) {
        Some(secret) => format!("{}{MASK}{}", &value[..secret.start], &value[secret.end..]).into(),
        None => value.into(),
    }
}

/// The same for each `name=value` inside a string, such as a path with a query.
pub(crate) fn masked_pairs(text: &str) -> String {
    const SEPARATORS: [char; 5] = ['?', '&', ',', ';', '#'];
    let pair = |piece: &str| {
        let end = piece.trim_end_matches(SEPARATORS).len();
        match piece[..end].split_once('=') {
            Some((name, value)) => format!("{name}={}{}", masked(name, value), &piece[end..]),
            None => piece.to_owned(),
        }
    };
    text.split_inclusive(SEPARATORS).map(pair).collect()
}

/// A host without the user name and password before an `@` in it.
pub(crate) fn without_userinfo(host: &str) -> Cow<'_, str> {
    match userinfo(host) {
        Some(range) => format!("{}{MASK}{}", &host[..range.start], &host[range.end..]).into(),
        None => host.into(),
    }
}

/// The user name and password before an `@` in a host.
fn userinfo(host: &str) -> Option<Range<usize>> {
    let start = host.find("://").map_or(0, |scheme| scheme + 3);
    let end = host[start..].find('/').map_or(host.len(), |path| start + path);
    let at = start + host[start..end].rfind('@')?;
    // The `@` of an expression is not the end of a user name.
    (!host[at..].starts_with("@{")).then_some(start..at)
}

/// The hard-coded user name and password, or key, before an `@` in a host, in bytes of the host. `None` for placeholders.
pub(crate) fn in_userinfo(host: &str) -> Option<Range<usize>> {
    userinfo(host)
        .filter(|range| !range.is_empty() && !host[range.clone()].contains('{') && !is_stand_in(&host[range.clone()]))
}

/// Whether the last word is a secret, by itself or at the end of a longer word.
fn is_secret(words: &[String]) -> bool {
    let Some(last) = words.last() else { return false };
    let before = words.len().checked_sub(2).map_or("", |index| words[index].as_str());
    let is_token = last.strip_suffix("token").is_some_and(|prefix| {
        let qualifier = if prefix.is_empty() { before } else { prefix };
        !PUBLIC_TOKENS.iter().any(|public| qualifier.ends_with(public))
    });
    is_token || SECRETS.iter().any(|word| last.ends_with(word))
}

/// The word before `key`, if that is the last one; `apikey` counts as two words, `monkey` as one. Of the two keys of Amazon's
/// services the access key is only the name of the secret key.
fn key_qualifier(words: &[String]) -> Option<&str> {
    let last = words.last()?;
    let prefix = last.strip_suffix("key")?;
    let before = words.len().checked_sub(2).map_or("", |index| words[index].as_str());
    let is_key = prefix.is_empty() || SECRET_KEYS.contains(&prefix);
    let is_amazon = words.iter().any(|word| matches!(word.as_str(), "aws" | "s3"));
    let qualifier = if prefix.is_empty() { before } else { prefix };
    (is_key && !(is_amazon && qualifier == "access")).then_some(qualifier)
}

/// Whether a name is that of a password or of a client's secret.
fn is_password_name(name: &str) -> bool {
    const CLIENT_SECRETS: [&str; 3] = ["clientsecret", "appsecret", "apisecret"];
    let words = words_of_secret(name);
    let ends_with = |text: &str, endings: &[&str]| endings.iter().any(|ending| text.ends_with(ending));
    ends_with(&words.concat(), &CLIENT_SECRETS) || words.last().is_some_and(|last| ends_with(last, &PASSWORDS))
}

/// The words of a name, if any of them may be a secret.
fn words_of_secret(name: &str) -> Vec<String> {
    let lower = name.to_ascii_lowercase();
    let is_possible =
        ["key", "token", "secret", "pass", "pwd", "jwt", "credential"].iter().any(|word| lower.contains(word));
    if is_possible { words(name) } else { Vec::new() }
}

/// The words of a name in lower case, without numbers at their ends and without last words that add nothing: `authKey1` is a
/// key.
fn words(name: &str) -> Vec<String> {
    let mut words = spelling::words(name);
    for word in words.iter_mut().filter(|word| word.as_str() != "s3") {
        word.truncate(word.trim_end_matches(|char: char| char.is_ascii_digit()).len());
    }
    words.retain(|word| !word.is_empty());
    while words.len() > 1 && words.last().is_some_and(|last| matches!(last.as_str(), "value" | "string" | "text")) {
        words.pop();
    }
    words
}

/// Whether a value is an option, as that of `reset_password` may be.
fn is_flag(value: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off", "0", "1", "null", "none"].contains(&value.to_lowercase().as_str())
}

/// Whether a value is in the place of a secret: `<your key>`, `xxxx`, `***`, `YOUR_TOKEN`.
fn is_stand_in(value: &str) -> bool {
    let lower = value.to_lowercase();
    let mut chars = lower.chars().filter(|char| char.is_alphanumeric());
    let first = chars.next();
    let is_one_letter = chars.all(|char| Some(char) == first);
    is_one_letter
        || value.starts_with(['<', '[', '%', '$'])
        || ["your", "example", "placeholder", "changeme", "insert", "enter"].iter().any(|word| lower.contains(word))
}

/// Whether a value is hardly a word of any language: long enough, with digits among letters or punctuation.
fn looks_random(value: &str) -> bool {
    let has_digit = value.chars().any(|char| char.is_ascii_digit());
    let has_letter = value.chars().any(char::is_alphabetic);
    let has_sign = value.chars().any(|char| !char.is_alphanumeric() && !"_-./:".contains(char));
    let has_both_cases = value.chars().any(char::is_uppercase) && value.chars().any(char::is_lowercase);
    value.len() >= 8
        && !value.contains("://")
        && !value.contains(char::is_whitespace)
        && ((has_letter && (has_digit || has_sign))
            || (value.len() >= 20 && has_both_cases)
            || (value.len() >= 16 && has_digit))
}

/// Whether a value has the format of a well-known sort of key or token.
fn is_known_format(value: &str) -> bool {
    let is_jwt = value.starts_with("eyJ") && value.matches('.').count() == 2;
    is_jwt || (value.len() >= 20 && issuer(value).is_some())
}

/// The starts of keys and tokens by which their issuer is recognized.
const ISSUERS: [(&str, &str); 23] = [
    ("ghp_", "GitHub"),
    ("gho_", "GitHub"),
    ("ghu_", "GitHub"),
    ("ghs_", "GitHub"),
    ("ghr_", "GitHub"),
    ("github_pat_", "GitHub"),
    ("glpat-", "GitLab"),
    ("AKIA", "Amazon"),
    ("ASIA", "Amazon"),
    ("sk_live_", "Stripe"),
    ("rk_live_", "Stripe"),
    ("sk_test_", "Stripe"),
    ("xoxa-", "Slack"),
    ("xoxb-", "Slack"),
    ("xoxe-", "Slack"),
    ("xoxp-", "Slack"),
    ("xoxr-", "Slack"),
    ("xoxs-", "Slack"),
    ("AIza", "Google"),
    ("ya29.", "Google"),
    ("GOCSPX-", "Google"),
    ("SG.", "SendGrid"),
    ("shpat_", "Shopify"),
];

/// Who has issued a key or token, as far as its form shows that.
pub(crate) fn issuer(value: &str) -> Option<&'static str> {
    let value = value.trim();
    let by_start = ISSUERS.iter().find(|(start, _)| value.starts_with(start)).map(|(_, issuer)| *issuer);
    by_start.or_else(|| value.ends_with(".apps.googleusercontent.com").then_some("Google"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value that is a secret under the name of one.
    const RANDOM: &str = "a1b2c3d4e5f6g7";

    #[test]
    fn names_of_secrets() {
        for name in [
            "password",
            "user_password",
            "passphrase",
            "secret",
            "clientSecret",
            "client-secret",
            "clientsecret",
            "client_secret",
            "CLIENT_SECRET",
            "token",
            "Token",
            "tokenValue",
            "accessToken",
            "access_token",
            "accesstoken",
            "accessToken2",
            "refreshToken",
            "refresh_token",
            "bearerToken",
            "API-TOKEN",
            "personalAccessToken",
            "developerToken",
            "sasToken",
            "X-Vault-Token",
            "X-Api-Key",
            "apiKey",
            "apikey",
            "APIKey",
            "api_key",
            "ApiKeyValue",
            "authKey1",
            "X-Auth-Key1",
            "appKey",
            "accessKey",
            "secretKey",
            "s3SecretKey",
            "privateKey",
            "sshPrivateKey",
            "Ocp-Apim-Subscription-Key",
            "storageAccountKey",
            // What only one of rule and hint knew.
            "consumerKey",
            "clientKey",
            "securityKey",
            "x-functions-key",
            "jwt",
            "credentials",
            "storageKey",
            "X-Storage-Key",
            "Encryption-Key",
            "Integration-Key",
            "Master-Key",
            "Ssh-Key",
            "sshKey",
            "Admin-Key",
        ] {
            assert!(is_secret_name(name) && is_auth_secret_name(name), "{name}");
            assert_eq!(in_value(name, RANDOM), Some(0..RANDOM.len()), "{name}");
            assert_eq!(masked(name, RANDOM), MASK, "{name}");
        }
    }

    #[test]
    fn names_of_keys_that_are_secrets_in_an_authentication_entry_only() {
        for name in ["key", "servicePrincipalKey", "authkeyKey", "restKey"] {
            assert!(is_auth_secret_name(name) && !is_secret_name(name), "{name}");
            assert_eq!(masked(name, RANDOM), RANDOM, "{name}");
        }
    }

    #[test]
    fn names_that_are_no_secrets() {
        for name in [
            "",
            "123",
            "value",
            "host",
            "username",
            "clientId",
            "Accept",
            "Content-Type",
            "accessKeyId",
            "s3AccessKey",
            "awsAccessKey",
            "keyId",
            "keyName",
            "keyword",
            "keyspace",
            "monkey",
            "turkeyRegion",
            "publicKey",
            "primaryKey",
            "projectKey",
            "siteKey",
            "sortKey",
            "partition_key",
            "tokenUrl",
            "tokenEndpoint",
            "tokenExpiry",
            "tokenType",
            "token_type",
            "accessTokenUrl",
            "accessTokenField",
            "refreshTokenUrl",
            "max_tokens",
            "pageToken",
            "nextPageToken",
            "next_page_token",
            "continuationToken",
            "continuation_token",
            "synctoken",
            "sync_token",
            "skipToken",
            "secretName",
            "secretary",
            "passwordField",
            "passwordHint",
            "expirationDate",
            "authorizationTestUrl",
            "connectionString",
        ] {
            assert!(!is_secret_name(name) && !is_auth_secret_name(name), "{name}");
            assert_eq!(in_value(name, RANDOM), None, "{name}");
            assert_eq!(masked(name, RANDOM), RANDOM, "{name}");
        }
    }

    #[test]
    fn values_that_hold_a_secret_are_reported_and_masked() {
        for (name, value, secret) in [
            ("Authorization", "Bearer abcdefgh", "abcdefgh"),
            ("Authorization", " Basic  dXNlcjpwYXNz ", "dXNlcjpwYXNz"),
            ("authorization", "s3cr3t", "s3cr3t"),
            ("X-Anything", "Bearer a1b2c3d4e5", "a1b2c3d4e5"),
            ("api_key", "a1b2c3d4e5", "a1b2c3d4e5"),
            ("password", "correct-h0rse", "correct-h0rse"),
            ("password", "hunter2", "hunter2"),
            ("client_secret", "swordfish", "swordfish"),
            ("clientsecret", "swordfish", "swordfish"),
            ("x", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"),
        ] {
            assert_eq!(in_value(name, value).map(|range| &value[range]), Some(secret), "{name}: {value}");
            assert!(!masked(name, value).contains(secret), "{name}: {value}");
        }
    }

    #[test]
    fn values_that_hold_none_are_not_reported() {
        for (name, value) in [
            ("Authorization", "Bearer ${accessToken}"),
            ("Authorization", "Bearer"),
            ("Authorization", ""),
            ("Authorization", "Bearer {token}"),
            ("Authorization", "Bearer <token>"),
            ("Authorization", "Basic xxxxxx"),
            ("X-Api-Key", "YOUR_API_KEY_1"),
            ("apiKey", "${apiKey}"),
            ("apiKey", "{API_KEY}"),
            ("token", "true"),
            ("token", "abc"),
            ("reset_password", "true"),
            ("password", "user_password"),
            ("password", "${password}"),
            ("secret", "client_secret"),
            ("token", "@{pipeline().token}"),
            ("Accept", "application/vnd.acme.v2+json"),
            ("X-Request-Id", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
            ("pageToken", "a1b2c3d4e5"),
            ("tokenUrl", "https://a.b/c1"),
            ("token", "https://a.b/c1d2"),
            ("scope", "key 12345678"),
        ] {
            assert_eq!(in_value(name, value), None, "{name}: {value}");
        }
    }

    #[test]
    fn pairs_and_hosts_are_masked_in_place() {
        assert_eq!(masked_pairs("/a?consumerKey=1&y=2#z"), "/a?consumerKey=•••&y=2#z");
        assert_eq!(masked_pairs("a=1,api-key=2"), "a=1,api-key=•••");
        assert_eq!(masked_pairs("Authorization=Bearer abcdefgh&b"), "Authorization=Bearer •••&b");
        assert_eq!(without_userinfo("https://me:pw@acme.com/a@b"), "https://•••@acme.com/a@b");
        assert_eq!(without_userinfo("https://@{if(a)}.b"), "https://@{if(a)}.b");
        assert_eq!(without_userinfo("acme.com"), "acme.com");
    }
}
