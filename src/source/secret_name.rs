//! Names that say that a value is a secret. They are read as English is: what a thing is stands last, so `accessToken` is
//! a token and `accessTokenUrl` is an address.

/// Whether the input with this name, of a way to sign in, holds a secret.
pub(crate) fn is_credential(name: &str) -> bool {
    let words = words_of_secret(name);
    is_secret(&words) || ends_in_key(&words).is_some_and(|before| !PUBLIC_KEYS.contains(&before))
}

/// Whether a value with this name, which need not have to do with signing in, holds a secret.
pub(crate) fn is_secret_anywhere(name: &str) -> bool {
    let words = words_of_secret(name);
    is_secret(&words) || ends_in_key(&words).is_some_and(|before| SECRET_KEYS.contains(&before))
}

/// What keys a service gives out for signing in.
const SECRET_KEYS: [&str; 21] = [
    "access",
    "account",
    "admin",
    "api",
    "app",
    "application",
    "auth",
    "authentication",
    "authorization",
    "developer",
    "encryption",
    "integration",
    "license",
    "master",
    "private",
    "secret",
    "shared",
    "signing",
    "ssh",
    "storage",
    "subscription",
];

/// What keys are no secrets, also where one signs in: they name something, or everybody may know them.
const PUBLIC_KEYS: [&str; 24] = [
    "consumer",
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

/// What tokens lead from one page of answers to the next.
const PAGING_TOKENS: [&str; 13] = [
    "continuation",
    "cursor",
    "delta",
    "next",
    "offset",
    "page",
    "paging",
    "pagination",
    "previous",
    "resume",
    "scroll",
    "start",
    "sync",
];

/// Whether the last word is a secret, by itself or glued to others: `clientsecret`.
fn is_secret(words: &[String]) -> bool {
    let Some(last) = words.last() else { return false };
    let before = words.len().checked_sub(2).map_or("", |index| words[index].as_str());
    let is_token = last.strip_suffix("token").is_some_and(|glued| {
        let before = if glued.is_empty() { before } else { glued };
        !PAGING_TOKENS.iter().any(|paging| before.ends_with(paging))
    });
    is_token || ["secret", "password", "passphrase", "passwd", "pwd"].iter().any(|word| last.ends_with(word))
}

/// What stands before the last word, when that is `key`; `apikey` counts as two words, `monkey` as one. Of the pair that
/// Amazon's services sign in with, the access key is only the name of the secret one.
fn ends_in_key(words: &[String]) -> Option<&str> {
    let last = words.last()?;
    let glued = last.strip_suffix("key")?;
    let before = words.len().checked_sub(2).map_or("", |index| words[index].as_str());
    let is_word = glued.is_empty() || SECRET_KEYS.contains(&glued);
    let is_amazons = words.iter().any(|word| matches!(word.as_str(), "aws" | "s3"));
    let qualifier = if glued.is_empty() { before } else { glued };
    (is_word && !(is_amazons && qualifier == "access")).then_some(qualifier)
}

/// The words of a name that could be a secret's, as most are not.
fn words_of_secret(name: &str) -> Vec<String> {
    let lower = name.to_ascii_lowercase();
    let is_possible = ["key", "token", "secret", "pass", "pwd"].iter().any(|word| lower.contains(word));
    if is_possible { words(name) } else { Vec::new() }
}

/// The words of a name in small letters, without numbers and words behind them that say nothing: `authKey1` is a key.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    for (index, char) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before]);
        let is_next_small = chars.get(index + 1).is_some_and(|next| next.is_lowercase());
        let begins = before.is_none_or(|before| {
            !before.is_alphanumeric() || char.is_uppercase() && (!before.is_uppercase() || is_next_small)
        });
        match words.last_mut() {
            _ if !char.is_alphanumeric() => {}
            Some(word) if !begins => word.extend(char.to_lowercase()),
            _ => words.push(char.to_lowercase().collect()),
        }
    }
    for word in words.iter_mut().filter(|word| word.as_str() != "s3") {
        word.truncate(word.trim_end_matches(|char: char| char.is_ascii_digit()).len());
    }
    words.retain(|word| !word.is_empty());
    while words.len() > 1 && words.last().is_some_and(|last| matches!(last.as_str(), "value" | "string" | "text")) {
        words.pop();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_by_their_names() {
        for name in [
            "accessToken",
            "access_token",
            "accesstoken",
            "refreshToken",
            "token",
            "Token",
            "bearerToken",
            "API-TOKEN",
            "personalAccessToken",
            "developerToken",
            "sasToken",
            "tokenValue",
            "password",
            "user_password",
            "clientSecret",
            "client-secret",
            "clientsecret",
            "CLIENT_SECRET",
            "secret",
            "secretKey",
            "s3SecretKey",
            "apiKey",
            "apikey",
            "APIKey",
            "api_key",
            "ApiKeyValue",
            "authKey1",
            "storageAccountKey",
            "sshKey",
            "sshPrivateKey",
            "passphrase",
            "appKey",
            "Ocp-Apim-Subscription-Key",
            "accessKey",
        ] {
            assert!(is_credential(name) && is_secret_anywhere(name), "{name}");
        }
        for name in ["key", "servicePrincipalKey", "authkeyKey", "restKey"] {
            assert!(is_credential(name) && !is_secret_anywhere(name), "{name}");
        }
    }

    #[test]
    fn what_only_has_to_do_with_secrets() {
        for name in [
            "accessKeyId",
            "s3AccessKey",
            "awsAccessKey",
            "keyId",
            "keyName",
            "tokenEndpoint",
            "accessTokenUrl",
            "refreshTokenUrl",
            "accessTokenField",
            "tokenType",
            "secretName",
            "passwordHint",
            "tokenExpiry",
            "expirationDate",
            "username",
            "clientId",
            "publicKey",
            "primaryKey",
            "consumerKey",
            "projectKey",
            "siteKey",
            "nextPageToken",
            "pageToken",
            "continuation_token",
            "synctoken",
            "monkey",
            "turkeyRegion",
            "keyword",
            "keyspace",
            "secretary",
            "value",
            "host",
            "",
            "123",
            "authorizationTestUrl",
            "connectionString",
        ] {
            assert!(!is_credential(name) && !is_secret_anywhere(name), "{name}");
        }
    }
}
