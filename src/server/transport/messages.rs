//! Bodies to messages, or to the error to respond with.

use serde_json::{Map, Value};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

use super::foreign_uris::ForeignUris;
use super::frames::Frame;
use super::tolerant;

/// One message from the client.
pub(super) enum Message {
    /// A request or a notification.
    Request(Request),
    /// The response to a request of ours.
    Response(Response),
}

/// Parses a frame. What isn't valid JSON gets -32700 as the response, JSON that isn't a message -32600.
pub(super) fn parse(frame: Frame, uris: &mut ForeignUris) -> Result<Message, Box<Response>> {
    let body = match frame {
        Frame::Body(body) => body,
        Frame::Malformed(why) => return Err(refused(Id::Null, ErrorCode::ParseError, why)),
    };
    let mut value = match serde_json::from_slice::<Value>(&body) {
        Ok(value) => value,
        Err(why) => {
            with_lone_surrogates(&body).ok_or_else(|| refused(Id::Null, ErrorCode::ParseError, &why.to_string()))?
        }
    };
    uris.encode(&mut value);
    accept_params(&mut value);
    let id = id(&value);
    let has = |key| value.get(key).is_some();
    let read = match (has("method"), has("result") || has("error")) {
        (true, _) => serde_json::from_value(value).map(Message::Request),
        (false, true) => serde_json::from_value(value).map(Message::Response),
        (false, false) => return Err(refused(id, ErrorCode::InvalidRequest, "the message has no method")),
    };
    read.map_err(|why| refused(id, ErrorCode::InvalidRequest, &why.to_string()))
}

/// Removes params that would be refused and say nothing.
fn accept_params(message: &mut Value) {
    let Some(method) = message.get("method").and_then(Value::as_str).map(str::to_owned) else { return };
    match message.get_mut("params") {
        Some(_) if method == "shutdown" => {
            message.as_object_mut().map(|message| message.remove("params"));
        }
        Some(params) => tolerant::accept(&method, params),
        None if method == "initialize" => {
            let mut params = Value::Object(Map::new());
            tolerant::accept(&method, &mut params);
            message.as_object_mut().map(|message| message.insert("params".to_owned(), params));
        }
        None => {}
    }
}

/// The response to a request whose handler panicked.
pub(super) fn internal_error(id: Id) -> Response {
    error(id, ErrorCode::InternalError, "the request failed")
}

/// The response to a request without a handler.
pub(super) fn unknown_method(id: Id) -> Response {
    error(id, ErrorCode::MethodNotFound, "unknown method")
}

fn refused(id: Id, code: ErrorCode, why: &str) -> Box<Response> {
    Box::new(error(id, code, why))
}

fn error(id: Id, code: ErrorCode, why: &str) -> Response {
    let message = format!("{}: {why}", code.description()).into();
    Response::from_error(id, Error { code, message, data: None })
}

/// The id of something that may not be a message.
fn id(value: &Value) -> Id {
    value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok()).unwrap_or_default()
}

/// Parses a body with U+FFFD in place of each lone surrogate. Editors in JavaScript send those as they are in the document.
/// Both are one UTF-16 unit, so columns stay right.
fn with_lone_surrogates(body: &[u8]) -> Option<Value> {
    let mut replaced = Vec::with_capacity(body.len());
    let mut rest = body;
    while let [first, tail @ ..] = rest {
        let length = match (unit(rest), unit(rest.get(6..).unwrap_or_default())) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => 12,
            (Some(0xD800..0xE000), _) => {
                replaced.extend_from_slice(b"\\ufffd");
                rest = &rest[6..];
                continue;
            }
            _ if *first == b'\\' && !tail.is_empty() => 2,
            _ => 1,
        };
        replaced.extend_from_slice(&rest[..length]);
        rest = &rest[length..];
    }
    serde_json::from_slice(&replaced).ok()
}

/// The UTF-16 unit of a `\uXXXX` at the start.
fn unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &str) {
        let parsed = match parse(Frame::Body(body.as_bytes().to_vec()), &mut ForeignUris::default()) {
            Ok(Message::Request(request)) => format!("{} {:?}", request.method(), request.params()),
            Ok(Message::Response(response)) => format!("response {:?}", response.id()),
            Err(error) => serde_json::to_string(&error).expect("a response can be serialized"),
        };
        assert!(parsed.contains(expected), "{body}: {parsed}");
    }

    #[test]
    fn invalid_json_is_a_parse_error() {
        check("", "-32700");
        check("{", "-32700");
        check(r#"{"jsonrpc":"2.0","method":"x"} y"#, "-32700");
        check(&"[".repeat(10_000), "-32700");
        assert!(
            matches!(parse(Frame::Body(vec![b'"', 0xFF, b'"']), &mut ForeignUris::default()), Err(error) if error.is_error())
        );
    }

    #[test]
    fn json_without_a_method_is_an_invalid_request() {
        check("[]", "-32600");
        check("null", "-32600");
        check(r#"{"jsonrpc":"2.0","id":7}"#, r#""id":7"#);
        check(r#"{"id":7,"method":"x"}"#, "-32600");
        check(r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#, "-32600");
        check(r#"{"jsonrpc":"2.0","id":7,"method":3}"#, r#""id":7"#);
        check(r#"{"jsonrpc":"2.0","id":7,"result":1,"error":2}"#, "response");
    }

    #[test]
    fn a_lone_surrogate_does_not_lose_the_message() {
        check(
            r#"{"jsonrpc":"2.0","method":"x","params":["\ud83d \\ud83d \ud83d\ude00\ude00"]}"#,
            "\u{FFFD} \\\\ud83d 😀\u{FFFD}",
        );
    }

    #[test]
    fn requests_and_responses_are_parsed() {
        check(r#"{"jsonrpc":"2.0","method":"x","params":null}"#, "x Some(Null)");
        check(r#"{"jsonrpc":"2.0","id":"a","result":null}"#, "response");
    }
}
