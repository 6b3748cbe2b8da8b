//! What a credential looks like: by the name it goes by and by its own look.

use std::ops::Range;

/// Words of a name, and what it then is: the last ones of `X-Api-Key`, `client_secret`, `accessToken2`.
const SECRET: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["passphrase"],
    &["pwd"],
    &["secret"],
    &["token"],
    &["apikey"],
    &["authkey"],
    &["credential"],
    &["credentials"],
    &["jwt"],
    &["api", "key"],
    &["auth", "key"],
    &["access", "key"],
    &["account", "key"],
    &["app", "key"],
    &["application", "key"],
    &["client", "key"],
    &["consumer", "key"],
    &["developer", "key"],
    &["functions", "key"],
    &["license", "key"],
    &["private", "key"],
    &["secret", "key"],
    &["security", "key"],
    &["shared", "key"],
    &["subscription", "key"],
    &["signing", "key"],
];

/// Names whose value is a credential whatever it looks like: words can be passwords too.
const PLAIN: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["passphrase"],
    &["pwd"],
    &["client", "secret"],
    &["app", "secret"],
    &["api", "secret"],
];

/// Words beside which a token is none that signs in: it says where the next page begins, or what another one is called.
const HARMLESS: &[&str] = &[
    "page",
    "paging",
    "next",
    "previous",
    "prev",
    "continuation",
    "continue",
    "cursor",
    "sync",
    "delta",
    "skip",
    "resume",
    "offset",
    "start",
    "change",
    "csrf",
    "xsrf",
    "idempotency",
    "sort",
    "type",
    "no",
    "without",
];

/// Ways to sign in that stand before the credential in a header.
const SCHEMES: &[&str] =
    &["bearer", "basic", "token", "apikey", "api-key", "key", "digest", "negotiate", "ssws", "splunk"];

/// Whether a name says that its value is a secret: a password, key or token, and not what one is called or how long it lives.
pub(crate) fn is_secret_name(name: &str) -> bool {
    ends_with_one_of(name, SECRET)
}

fn ends_with_one_of(name: &str, endings: &[&[&str]]) -> bool {
    let words = words(name);
    let is_ending = |ending: &[&str]| {
        words.len() >= ending.len() && words.iter().rev().zip(ending.iter().rev()).all(|(a, b)| a == b)
    };
    endings.iter().any(|ending| is_ending(ending)) && !words.iter().any(|word| HARMLESS.contains(&word.as_str()))
}

/// The words of a name in small letters, numbers at their ends left out.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let chars: Vec<char> = name.chars().collect();
    for (at, char) in chars.iter().enumerate() {
        let after_small =
            at.checked_sub(1).is_some_and(|before| chars[before].is_lowercase() || chars[before].is_ascii_digit());
        let before_small = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        let ends_capitals = before_small && at.checked_sub(1).is_some_and(|before| chars[before].is_uppercase());
        if !char.is_alphanumeric() || (char.is_uppercase() && (after_small || ends_capitals)) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| char.is_alphanumeric()) {
            word.extend(char.to_lowercase());
        }
    }
    let bare = words.iter().map(|word| word.trim_end_matches(|char: char| char.is_ascii_digit()).to_owned());
    bare.filter(|word| !word.is_empty()).collect()
}

/// Where in a value that goes by a name a credential stands as it is, in bytes of the value. Placeholders, expressions and
/// text that is to be replaced are none.
pub(crate) fn in_value(name: &str, value: &str) -> Option<Range<usize>> {
    if value.contains('{') || value.trim().is_empty() {
        return None;
    }
    let start = value.len() - value.trim_start().len();
    let end = value.trim_end().len().max(start);
    let bare = &value[start..end];
    let is_authorization = words(name).last().is_some_and(|word| word == "authorization");
    let scheme = bare.split_once(' ').filter(|(scheme, _)| SCHEMES.contains(&scheme.to_lowercase().as_str()));
    let (from, text) = match scheme {
        Some((_, rest)) => (end - rest.trim_start().len(), rest.trim_start()),
        None => (start, bare),
    };
    let is_scheme_alone = SCHEMES.contains(&bare.to_lowercase().as_str());
    let is_signing_in = scheme.is_some_and(|(scheme, _)| matches!(scheme.to_lowercase().as_str(), "bearer" | "basic"));
    let is_one = match () {
        _ if is_scheme_alone || is_stand_in(text) => false,
        _ if is_authorization => text.len() >= 4,
        _ if is_signing_in => looks_random(text),
        _ if text.contains(char::is_whitespace) => false,
        _ if ends_with_one_of(name, PLAIN) => !is_flag(text) && !is_secret_name(text),
        _ => (is_secret_name(name) && looks_random(text)) || is_known_form(text),
    };
    is_one.then_some(from..end)
}

/// Whether a text answers yes or no, as the value of `reset_password` may.
fn is_flag(text: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off", "0", "1", "null", "none"].contains(&text.to_lowercase().as_str())
}

/// Whether a text only stands for a credential: `<your key>`, `xxxx`, `***`, `YOUR_TOKEN`.
fn is_stand_in(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut chars = lower.chars().filter(|char| char.is_alphanumeric());
    let first = chars.next();
    let is_one_letter = chars.all(|char| Some(char) == first);
    is_one_letter
        || text.starts_with(['<', '[', '%', '$'])
        || ["your", "example", "placeholder", "changeme", "insert", "enter"].iter().any(|word| lower.contains(word))
}

/// Whether a text is hardly a word of any language: long enough, with digits among letters or signs.
fn looks_random(text: &str) -> bool {
    let has_digit = text.chars().any(|char| char.is_ascii_digit());
    let has_letter = text.chars().any(char::is_alphabetic);
    let has_sign = text.chars().any(|char| !char.is_alphanumeric() && !"_-./:".contains(char));
    let has_both_cases = text.chars().any(char::is_uppercase) && text.chars().any(char::is_lowercase);
    let is_address = text.contains("://");
    text.len() >= 8
        && !is_address
        && !text.contains(char::is_whitespace)
        && ((has_letter && (has_digit || has_sign))
            || (text.len() >= 20 && has_both_cases)
            || (text.len() >= 16 && has_digit))
}

/// Whether a text has the form of a well-known sort of key or token.
fn is_known_form(text: &str) -> bool {
    const BEGINNINGS: [&str; 9] =
        ["sk_live_", "rk_live_", "ghp_", "github_pat_", "xoxb-", "xoxp-", "glpat-", "SG.", "shpat_"];
    let is_jwt = text.starts_with("eyJ") && text.matches('.').count() == 2;
    is_jwt || (text.len() >= 20 && BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credential<'v>(name: &str, value: &'v str) -> Option<&'v str> {
        in_value(name, value).map(|range| &value[range])
    }

    #[test]
    fn names_of_secrets() {
        for name in [
            "password",
            "X-Api-Key",
            "apiKey",
            "APIKey",
            "api_key",
            "client_secret",
            "accessToken2",
            "X-Auth-Key1",
            "token",
            "Ocp-Apim-Subscription-Key",
            "privateKey",
            "X-Vault-Token",
            "refresh_token",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "Accept",
            "Content-Type",
            "token_type",
            "tokenUrl",
            "pageToken",
            "next_page_token",
            "continuationToken",
            "accessKeyId",
            "max_tokens",
            "passwordField",
            "key",
            "sortKey",
            "partition_key",
            "monkey",
            "sync_token",
            "secretary",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn credentials_in_values() {
        assert_eq!(credential("Authorization", "Bearer abcdefgh"), Some("abcdefgh"));
        assert_eq!(credential("Authorization", " Basic  dXNlcjpwYXNz "), Some("dXNlcjpwYXNz"));
        assert_eq!(credential("authorization", "s3cr3t"), Some("s3cr3t"));
        assert_eq!(credential("X-Anything", "Bearer a1b2c3d4e5"), Some("a1b2c3d4e5"));
        assert_eq!(credential("api_key", "a1b2c3d4e5"), Some("a1b2c3d4e5"));
        assert_eq!(credential("password", "correct-h0rse"), Some("correct-h0rse"));
        assert_eq!(credential("password", "hunter2"), Some("hunter2"));
        assert_eq!(credential("client_secret", "swordfish"), Some("swordfish"));
        assert_eq!(
            credential("x", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"),
            Some("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln")
        );
    }

    #[test]
    fn values_that_are_none() {
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
            assert_eq!(credential(name, value), None, "{name}: {value}");
        }
    }
}
