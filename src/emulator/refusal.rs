//! What the service answers when it does not do as asked: the documented codes, statuses and shapes.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::wire::Kind;
use crate::flow_service::api::ERROR_TYPE_PREFIX;

/// A request that is refused. As an answer of a handler it travels in the extensions of an empty response, because only
/// the way out knows the request's id and the shape that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// By the gateway, before Flow Service has seen it.
    Gateway(Gateway),
    /// By the gateway or around it, in the shape that is documented for a wrong content type. The emulator says what is its
    /// own in this shape too: paths that it does not offer, a body that is too large.
    Plain { status: StatusCode, title: &'static str, detail: String },
    /// By Flow Service.
    Flow { code: Code, words: String, about: Option<(Kind, String)> },
    /// By the sign-in service, as OAuth 2 has it; which texts Adobe's uses is not documented.
    SignIn { status: StatusCode, error: &'static str, description: &'static str },
}

/// What the gateway refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gateway {
    NoToken,
    BadToken,
    NoApiKey,
    BadApiKey,
    NoOrg,
    OtherOrg,
    NoSuchOrg,
}

impl Gateway {
    /// The status, code and message.
    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Gateway::NoToken => (StatusCode::FORBIDDEN, "403010", "Oauth token is missing."),
            Gateway::BadToken => (StatusCode::UNAUTHORIZED, "401013", "Oauth token is not valid"),
            Gateway::NoApiKey => (StatusCode::FORBIDDEN, "403000", "Api Key is required"),
            Gateway::BadApiKey => (StatusCode::FORBIDDEN, "403003", "Api Key is invalid"),
            Gateway::NoOrg => (StatusCode::BAD_REQUEST, "400003", "Missing header"),
            Gateway::OtherOrg => (StatusCode::FORBIDDEN, "403025", "Profile is not valid"),
            Gateway::NoSuchOrg => (StatusCode::FORBIDDEN, "403027", "User region is missing"),
        }
    }
}

/// A code of Flow Service's catalogue, with the title of the page that lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code(&'static str, &'static str);

impl Code {
    pub(super) const MALFORMED: Code = Code("1000-400", "Bad Request");
    pub(super) const FAILED: Code = Code("1005-500", "Internal Server Error");
    pub(super) const UNAVAILABLE: Code = Code("1011-503", "Service Unavailable");
    pub(super) const MISSING_FIELD: Code = Code("1304-400", "Bad Request");
    pub(super) const BAD_VALUE: Code = Code("1312-400", "Bad Request");
    pub(super) const EMPTY_BODY: Code = Code("1405-400", "Invalid request");
    pub(super) const FILTER_FIELD: Code = Code("1423-400", "Invalid request");
    pub(super) const NO_WRITES: Code = Code("1426-400", "Invalid request");
    pub(super) const NOT_FOUND: Code = Code("1439-404", "Resource not found");
    pub(super) const FILTER_OPERATOR: Code = Code("1440-400", "Invalid request");
    pub(super) const UNKNOWN_QUERY: Code = Code("1451-400", "Invalid request");
    pub(super) const EMPTY_FILTER_VALUE: Code = Code("1454-400", "Invalid request");
    pub(super) const NO_SUCH_SANDBOX: Code = Code("2100-404", "Resource not found");
    pub(super) const NO_SANDBOX: Code = Code("2105-400", "Header is missing");
    pub(super) const SANDBOX_ID: Code = Code("2110-400", "Invalid request");
    pub(super) const NO_RIGHTS: Code = Code("2120-403", "Forbidden");

    /// The status that its last digits name.
    fn status(self) -> StatusCode {
        let digits = self.0.rsplit('-').next().and_then(|digits| digits.parse().ok());
        digits.and_then(|digits| StatusCode::from_u16(digits).ok()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl Refusal {
    /// Of Flow Service, about nothing in particular.
    pub(super) fn flow(code: Code, words: impl Into<String>) -> Refusal {
        Refusal::Flow { code, words: words.into(), about: None }
    }

    /// The answer, for a request of this id. `legacy` gives Flow Service's errors their older shape.
    pub(super) fn answer(&self, request_id: &str, legacy: bool) -> Response {
        let (status, body) = match self {
            Refusal::Gateway(gateway) => {
                let (status, code, message) = gateway.parts();
                (status, json!({ "error_code": code, "message": message }))
            }
            Refusal::Plain { status, title, detail } => {
                let status_number = status.as_u16();
                let kind = "/placeholder/type/uri";
                (*status, json!({ "type": kind, "status": status_number, "title": title, "detail": detail }))
            }
            Refusal::SignIn { status, error, description } => {
                (*status, json!({ "error": error, "error_description": description }))
            }
            Refusal::Flow { code, words, .. } if legacy => {
                (code.status(), json!({ "errorMessage": words, "errorDetails": words }))
            }
            Refusal::Flow { code, words, about } => {
                (code.status(), flow_body(*code, words, about.as_ref(), request_id))
            }
        };
        (status, Json(body)).into_response()
    }
}

fn flow_body(code: Code, words: &str, about: Option<&(Kind, String)>, request_id: &str) -> Value {
    let mut report = json!({ "detailed-message": words });
    if let Some((_, id)) = about {
        report["id"] = json!(id);
    }
    report["request-id"] = json!(request_id);
    if let Some((kind, _)) = about {
        report["type"] = json!(kind.name());
    }
    json!({
        "type": format!("{ERROR_TYPE_PREFIX}{}", code.0),
        "title": code.1,
        "status": code.status().as_u16(),
        "report": report,
        "errorMessage": words,
        "errorDetails": words,
    })
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(self);
        response
    }
}
