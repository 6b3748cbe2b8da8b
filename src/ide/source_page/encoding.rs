//! `sourceParams`: the inputs of a source connection in a URL, as base64 of their JSON.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

/// Adobe's pages have it with and without padding.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The value for a URL, with the characters escaped that a query string gives a meaning.
pub(super) fn encoded(params: &Value) -> String {
    ENGINE.encode(params.to_string()).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// The JSON that a value from a URL stands for.
pub(super) fn decoded(encoded: &str) -> Option<Value> {
    let plain = encoded.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=").replace("%3d", "=");
    serde_json::from_slice(&ENGINE.decode(plain).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_encodings_of_adobes_pages_are_decoded() {
        let list = json!({ "listId": "10c097ca71" });
        assert_eq!(decoded("eyJsaXN0SWQiOiIxMGMwOTdjYTcxIn0="), Some(list.clone()));
        assert_eq!(decoded("eyJsaXN0SWQiOiIxMGMwOTdjYTcxIn0"), Some(list));
        assert_eq!(decoded("eyJyZXNvdXJjZVBhdGgiOiJjaGFyZ2VzIn0%3D"), Some(json!({ "resourcePath": "charges" })));
        assert_eq!(decoded("e30"), Some(json!({})));
        assert_eq!(decoded("{SOURCE_PARAMS}"), None);
    }

    #[test]
    fn what_was_encoded_is_decoded() {
        for params in [json!({}), json!({ "a": "ÿ?>~" }), json!({ "a": "x", "b": 1 })] {
            let text = encoded(&params);
            assert!(text.chars().all(|char| char.is_ascii_alphanumeric() || char == '%'), "{text}");
            assert_eq!(decoded(&text), Some(params));
        }
    }
}
