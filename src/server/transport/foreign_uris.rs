//! URIs that the standard does not allow, such as `file:///a b`, `file:///[x].json` or `a.json`. The server works with an
//! encoded form of them, and the client sees only its own.

use std::collections::HashMap;

use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// The URIs of a client that had to be encoded.
#[derive(Default)]
pub(super) struct ForeignUris {
    encoded: HashMap<String, String>,
    originals: HashMap<String, String>,
}

/// More than any client has open; the rest are refused as they are.
const MAX_URIS: usize = 10_000;

/// Longer strings aren't URIs.
const MAX_LENGTH: usize = 8192;

impl ForeignUris {
    /// Encodes the URIs of a message from the client.
    pub(super) fn encode(&mut self, message: &mut Value) {
        self.learn(message);
        if !self.encoded.is_empty() {
            replace(message, &self.encoded);
        }
    }

    /// Restores the URIs in a message to the client.
    pub(super) fn restore(&self, message: &mut Value) {
        replace(message, &self.originals);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.originals.is_empty()
    }

    fn learn(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    match value {
                        Value::String(uri) if key == "uri" || key.ends_with("Uri") => self.learn_uri(uri, encoded(uri)),
                        Value::Object(document) if key == "textDocument" => {
                            if let Some(uri) = document.get("uri").and_then(Value::as_str) {
                                self.learn_uri(uri, encoded(uri));
                                // What cannot be encoded still tells documents apart.
                                self.learn_uri(uri, opaque(uri));
                            }
                        }
                        value => self.learn(value),
                    }
                }
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.learn(element)),
            _ => {}
        }
    }

    fn learn_uri(&mut self, uri: &str, encoded: String) {
        let is_known = self.encoded.len() >= MAX_URIS || uri.len() > MAX_LENGTH || self.encoded.contains_key(uri);
        if is_known || uri.parse::<Uri>().is_ok() {
            return;
        }
        if encoded.parse::<Uri>().is_ok() {
            self.originals.insert(encoded.clone(), uri.to_owned());
            self.encoded.insert(uri.to_owned(), encoded);
        }
    }
}

/// A URI with every byte encoded except delimiters and bytes that are encoded already.
fn encoded(uri: &str) -> String {
    let bytes = uri.as_bytes();
    let is_escape = |at: usize| {
        bytes[at] == b'%' && bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let mut encoded = String::with_capacity(uri.len() + 16);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(byte) || is_escape(at) => {
                encoded.push(*byte as char);
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// A URI of no known scheme with the same file name, for a text that is no URI.
fn opaque(text: &str) -> String {
    let mut encoded = "x-connspec:/".to_owned();
    for byte in text.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) => encoded.push(byte as char),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Replaces whole strings and keys, in `params`, `result` and everything inside.
fn replace(value: &mut Value, by: &HashMap<String, String>) {
    match value {
        // An encoded byte takes three. Longer strings, such as a whole document, are not looked up.
        Value::String(string) if string.len() <= MAX_LENGTH * 3 => {
            if let Some(new) = by.get(string.as_str()) {
                new.clone_into(string);
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| replace(element, by)),
        Value::Object(members) => {
            if members.keys().any(|key| by.contains_key(key)) {
                let renamed = std::mem::take(members).into_iter();
                members.extend(renamed.map(|(key, value)| (by.get(&key).cloned().unwrap_or(key), value)));
            }
            members.values_mut().for_each(|value| replace(value, by));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_uri_that_the_standard_does_not_allow_is_encoded_and_restored() {
        for uri in [
            "file:///a b",
            "file:///[x].json",
            "file:///a|b",
            "file:///a^b",
            "file:///{a}",
            "file:///é",
            "file:///日",
            "file:///100%",
            "a b",
            "acme-connectionSpec.json",
            "",
            "/tmp/a b",
            "http://[::1",
        ] {
            let mut uris = ForeignUris::default();
            let mut message = json!({ "params": { "textDocument": { "uri": uri }, "arguments": [uri] } });
            let original = message.clone();
            uris.encode(&mut message);
            let encoded = message["params"]["textDocument"]["uri"].as_str().expect("a string").to_owned();
            assert!(encoded.parse::<Uri>().is_ok(), "{encoded}");
            assert_eq!(message["params"]["arguments"][0], encoded);
            uris.restore(&mut message);
            assert_eq!(message, original);
            let mut edit = json!({ "result": { "changes": { encoded: [] } } });
            uris.restore(&mut edit);
            assert_eq!(edit, json!({ "result": { "changes": { uri: [] } } }));
        }
    }

    #[test]
    fn a_valid_uri_and_a_folder_that_is_not_a_uri_stay_unchanged() {
        let document = |uri: &str| json!({ "textDocument": { "uri": uri } });
        let folder = |uri: &str| json!({ "rootUri": uri, "uri": uri });
        for message in [document("file:///a%20b"), document("untitled:Untitled-1"), folder(""), folder("/tmp/a b")] {
            let (mut uris, mut encoded) = (ForeignUris::default(), message.clone());
            uris.encode(&mut encoded);
            assert_eq!(encoded, message);
            assert!(uris.is_empty());
        }
    }
}
