//! Params that the protocol's types refuse: what cannot be understood counts as absent, so that one odd value of a client, or
//! of another server's diagnostic, does not disable a feature.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use tower_lsp::ls_types::{
    CodeActionParams, DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams,
    InitializeParams,
};

/// Removes what cannot be understood from the params of a request.
pub(super) fn accept(method: &str, params: &mut Value) {
    match method {
        "initialize" => keep::<InitializeParams>(params, |_| json!({ "processId": null, "capabilities": {} })),
        "textDocument/codeAction" => {
            keep::<CodeActionParams>(params, |params| with(params, "context", json!({ "diagnostics": [] })));
        }
        "textDocument/formatting" => keep_options::<DocumentFormattingParams>(params),
        "textDocument/rangeFormatting" => keep_options::<DocumentRangeFormattingParams>(params),
        "textDocument/onTypeFormatting" => keep_options::<DocumentOnTypeFormattingParams>(params),
        _ => {}
    }
}

fn keep_options<T: DeserializeOwned>(params: &mut Value) {
    keep::<T>(params, |params| with(params, "options", json!({ "tabSize": 4, "insertSpaces": true })));
}

fn with(params: &Value, key: &str, value: Value) -> Value {
    let mut params = params.as_object().cloned().unwrap_or_default();
    params.insert(key.to_owned(), value);
    params.into()
}

/// Keeps as much of the params as `T` understands; at least `base` of them, which it does.
fn keep<T: DeserializeOwned>(params: &mut Value, base: impl FnOnce(&Value) -> Value) {
    let check = |value: &Value| T::deserialize(value).map(drop).map_err(|error| error.to_string());
    let Err(error) = check(params) else { return };
    if let Value::Object(base) = base(params) {
        tracing::warn!("ignoring values that are not in the protocol: {error}");
        let given = params.as_object().cloned().unwrap_or_default();
        *params = merge(&given, base, &mut Attempts(MAX_ATTEMPTS), &check);
    }
}

/// Enough for every client's capabilities; a larger message is refused as it is.
const MAX_ATTEMPTS: usize = 20_000;

struct Attempts(usize);

/// The type checks an outer value with a candidate in its place. The error is the type's message.
type Check<'c> = &'c dyn Fn(&Value) -> Result<(), String>;

/// The members of `given` that are understood beside those of `base`.
fn merge(given: &Map<String, Value>, base: Map<String, Value>, attempts: &mut Attempts, check: Check<'_>) -> Value {
    let mut kept = base;
    for (key, value) in given {
        let around = kept.clone();
        let place = |candidate: &Value| {
            let mut object = around.clone();
            object.insert(key.clone(), candidate.clone());
            check(&object.into())
        };
        if let Some(understood) = understood(value, attempts, &place) {
            kept.insert(key.clone(), understood);
        }
    }
    kept.into()
}

/// The largest part of a value that is understood.
fn understood(value: &Value, attempts: &mut Attempts, check: Check<'_>) -> Option<Value> {
    attempts.0 = attempts.0.checked_sub(1)?;
    if check(value).is_ok() {
        return Some(value.clone());
    }
    match value {
        Value::Object(members) => {
            let base = required(members, attempts, check)?;
            Some(merge(members, base, attempts, check))
        }
        Value::Array(elements) => {
            check(&json!([])).ok()?;
            // An element is understood or not whatever the others are.
            let place = |candidate: &Value| check(&json!([candidate]));
            let kept: Vec<_> = elements.iter().filter_map(|element| understood(element, attempts, &place)).collect();
            // An empty list would say that the client wants or supports nothing.
            (!kept.is_empty()).then(|| kept.into())
        }
        _ => None,
    }
}

/// The members without which an object is not understood at all, as the messages of the type name them.
fn required(members: &Map<String, Value>, attempts: &mut Attempts, check: Check<'_>) -> Option<Map<String, Value>> {
    let mut base = Map::new();
    loop {
        attempts.0 = attempts.0.checked_sub(1)?;
        let Err(error) = check(&Value::Object(base.clone())) else { return Some(base) };
        let missing = error.split_once("missing field `")?.1.split('`').next()?;
        if base.contains_key(missing) {
            return None;
        }
        // What is wrong in an array is found when its elements are added.
        let value = members.get(missing)?;
        base.insert(missing.to_owned(), if value.is_array() { json!([]) } else { value.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn initialize(members: Value) -> Value {
        let mut params = with(&members, "capabilities", members.get("capabilities").cloned().unwrap_or(json!({})));
        accept("initialize", &mut params);
        assert!(serde_json::from_value::<InitializeParams>(params.clone()).is_ok(), "{params}");
        params
    }

    #[test]
    fn an_odd_value_of_initialize_is_ignored_and_the_rest_is_kept() {
        let root = "file:///tmp/a";
        for odd in [
            json!({ "trace": "compact" }),
            json!({ "processId": -1 }),
            json!({ "clientInfo": {} }),
            json!({ "rootPath": 3 }),
            json!({ "trace": "compact", "clientInfo": {}, "processId": 1.5 }),
        ] {
            let mut params = odd;
            params["rootUri"] = root.into();
            params["capabilities"] = json!({ "window": { "workDoneProgress": true } });
            let params = initialize(params);
            assert_eq!(params["rootUri"], root);
            assert_eq!(params["capabilities"]["window"]["workDoneProgress"], true);
        }
        assert_eq!(initialize(json!({ "rootUri": "" })).get("rootUri"), None);
        assert_eq!(initialize(json!({ "rootUri": "/tmp/a" })).get("rootUri"), None);
    }

    #[test]
    fn an_odd_capability_is_ignored_and_the_rest_is_kept() {
        let text = |caps: Value| initialize(json!({ "capabilities": { "textDocument": caps } }));
        let tokens =
            json!({ "requests": { "full": true }, "tokenTypes": [], "tokenModifiers": [], "formats": [7, "relative"] });
        let params = text(
            json!({ "foldingRange": { "foldingRangeKind": { "valueSet": ["comment", 7] }, "lineFoldingOnly": true },
            "semanticTokens": tokens, "hover": { "contentFormat": ["html", "markdown"] },
            "codeAction": { "codeActionLiteralSupport": {}, "isPreferredSupport": true } }),
        );
        let caps = &params["capabilities"]["textDocument"];
        assert_eq!(caps["foldingRange"]["lineFoldingOnly"], true);
        assert_eq!(caps["foldingRange"]["foldingRangeKind"]["valueSet"], json!(["comment"]));
        assert_eq!(caps["semanticTokens"]["formats"], json!(["relative"]));
        assert_eq!(caps["hover"]["contentFormat"], json!(["markdown"]));
        assert_eq!(caps["codeAction"], json!({ "isPreferredSupport": true }));
        for odd in [
            json!({ "semanticTokens": {} }),
            json!({ "completion": { "completionItem": { "documentationFormat": ["html"] } } }),
        ] {
            text(odd);
        }
        for odd in [
            json!({ "workspace": { "workspaceEdit": { "resourceOperations": ["copy"], "failureHandling": "retry" } } }),
            json!({ "window": { "showDocument": {} } }),
            json!({ "general": { "staleRequestSupport": { "cancel": true } } }),
            json!({ "window": 3, "workspace": [] }),
        ] {
            initialize(json!({ "capabilities": odd }));
        }
    }

    #[test]
    fn an_odd_diagnostic_of_another_server_does_not_cost_the_code_actions() {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 1 } });
        let diagnostic = |key: &str, odd: Value| with(&json!({ "range": range, "message": "m" }), key, odd);
        let mut params = json!({ "textDocument": { "uri": "file:///a" }, "range": range, "context": { "diagnostics": [
            diagnostic("code", json!({})),
            diagnostic("code", json!(1.5)),
            diagnostic("code", json!(3_000_000_000_u64)),
            with(&diagnostic("code", json!(true)), "codeDescription", json!({ "href": "" })),
            diagnostic("message", json!({ "value": "m" })),
            diagnostic("code", json!("mine")),
        ] } });
        accept("textDocument/codeAction", &mut params);
        let params: CodeActionParams = serde_json::from_value(params).expect("code action params");
        assert_eq!(params.context.diagnostics.len(), 5);
        assert!(params.context.diagnostics[4].code.is_some());
    }

    #[test]
    fn many_odd_diagnostics_are_each_understood_on_their_own() {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 1 } });
        let odd = vec![json!({ "range": range, "message": "m", "code": {} }); 800];
        let mut params =
            json!({ "textDocument": { "uri": "file:///a" }, "range": range, "context": { "diagnostics": odd } });
        accept("textDocument/codeAction", &mut params);
        let params: CodeActionParams = serde_json::from_value(params).expect("code action params");
        assert_eq!(params.context.diagnostics.len(), 800);
    }

    #[test]
    fn odd_formatting_options_are_ignored() {
        let mut params = json!({ "textDocument": { "uri": "file:///a" },
            "options": { "tabSize": 3, "insertSpaces": false, "a": null, "b": [], "c": 1.5, "trimFinalNewlines": true } });
        accept("textDocument/formatting", &mut params);
        let options = serde_json::from_value::<DocumentFormattingParams>(params).expect("formatting params").options;
        assert_eq!((options.tab_size, options.insert_spaces, options.trim_final_newlines), (3, false, Some(true)));
    }
}
