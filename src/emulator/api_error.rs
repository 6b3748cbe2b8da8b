//! Error responses: the documented codes, statuses and formats.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::collection::Collection;
use crate::flow_service::api::ERROR_TYPE_PREFIX;

/// A rejected request. As the response of a handler it is an extension of an empty response, because only the middleware
/// knows the request ID and the format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ApiError {
    /// Of the gateway, before Flow Service has seen the request.
    Gateway(GatewayError),
    /// Of the gateway, in the format that is documented for a wrong content type. The emulator uses it for its own errors
    /// too: unknown paths, a body that is too large.
    Plain { status: StatusCode, title: &'static str, detail: String },
    /// Of Flow Service.
    Flow { code: ErrorCode, message: String, spec: Option<(Collection, String)> },
    /// Of IMS, as in RFC 6749; the texts that IMS uses are not documented.
    OAuth { status: StatusCode, error: &'static str, description: &'static str },
}

/// An error of the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GatewayError {
    MissingToken,
    InvalidToken,
    MissingApiKey,
    InvalidApiKey,
    MissingOrg,
    OtherOrg,
    InvalidOrg,
}

impl GatewayError {
    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            GatewayError::MissingToken => (StatusCode::FORBIDDEN, "403010", "Oauth token is missing."),
            GatewayError::InvalidToken => (StatusCode::UNAUTHORIZED, "401013", "Oauth token is not valid"),
            GatewayError::MissingApiKey => (StatusCode::FORBIDDEN, "403000", "Api Key is required"),
            GatewayError::InvalidApiKey => (StatusCode::FORBIDDEN, "403003", "Api Key is invalid"),
            GatewayError::MissingOrg => (StatusCode::BAD_REQUEST, "400003", "Missing header"),
            GatewayError::OtherOrg => (StatusCode::FORBIDDEN, "403025", "Profile is not valid"),
            GatewayError::InvalidOrg => (StatusCode::FORBIDDEN, "403027", "User region is missing"),
        }
    }
}

/// A documented error code of Flow Service, with its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ErrorCode(&'static str, &'static str);

impl ErrorCode {
    pub(super) const MALFORMED: ErrorCode = ErrorCode("1000-400", "Bad Request");
    pub(super) const INTERNAL: ErrorCode = ErrorCode("1005-500", "Internal Server Error");
    pub(super) const UNAVAILABLE: ErrorCode = ErrorCode("1011-503", "Service Unavailable");
    pub(super) const MISSING_FIELD: ErrorCode = ErrorCode("1304-400", "Bad Request");
    pub(super) const BAD_VALUE: ErrorCode = ErrorCode("1312-400", "Bad Request");
    pub(super) const EMPTY_BODY: ErrorCode = ErrorCode("1405-400", "Invalid request");
    pub(super) const FILTER_FIELD: ErrorCode = ErrorCode("1423-400", "Invalid request");
    pub(super) const WRITES_NOT_ALLOWED: ErrorCode = ErrorCode("1426-400", "Invalid request");
    pub(super) const NOT_FOUND: ErrorCode = ErrorCode("1439-404", "Resource not found");
    pub(super) const FILTER_OPERATOR: ErrorCode = ErrorCode("1440-400", "Invalid request");
    pub(super) const UNKNOWN_PARAMETER: ErrorCode = ErrorCode("1451-400", "Invalid request");
    pub(super) const EMPTY_FILTER_VALUE: ErrorCode = ErrorCode("1454-400", "Invalid request");
    pub(super) const UNKNOWN_SANDBOX: ErrorCode = ErrorCode("2100-404", "Resource not found");
    pub(super) const MISSING_SANDBOX: ErrorCode = ErrorCode("2105-400", "Header is missing");
    pub(super) const SANDBOX_ID: ErrorCode = ErrorCode("2110-400", "Invalid request");
    pub(super) const NO_PERMISSION: ErrorCode = ErrorCode("2120-403", "Forbidden");

    /// The status at the end of the code.
    fn status(self) -> StatusCode {
        let digits = self.0.rsplit('-').next().and_then(|digits| digits.parse().ok());
        digits.and_then(|digits| StatusCode::from_u16(digits).ok()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl ApiError {
    /// An error of Flow Service that is not about one spec.
    pub(super) fn flow(code: ErrorCode, message: impl Into<String>) -> ApiError {
        ApiError::Flow { code, message: message.into(), spec: None }
    }

    /// The response to the request with this ID. `legacy` selects the older format of Flow Service's errors.
    pub(super) fn response(&self, request_id: &str, legacy: bool) -> Response {
        let (status, body) = match self {
            ApiError::Gateway(error) => {
                let (status, code, message) = error.parts();
                (status, json!({ "error_code": code, "message": message }))
            }
            ApiError::Plain { status, title, detail } => {
                let (uri, number) = ("/placeholder/type/uri", status.as_u16());
                (*status, json!({ "type": uri, "status": number, "title": title, "detail": detail }))
            }
            ApiError::OAuth { status, error, description } => {
                (*status, json!({ "error": error, "error_description": description }))
            }
            ApiError::Flow { code, message, .. } if legacy => {
                (code.status(), json!({ "errorMessage": message, "errorDetails": message }))
            }
            ApiError::Flow { code, message, spec } => {
                (code.status(), flow_body(*code, message, spec.as_ref(), request_id))
            }
        };
        (status, Json(body)).into_response()
    }
}

fn flow_body(code: ErrorCode, message: &str, spec: Option<&(Collection, String)>, request_id: &str) -> Value {
    let mut report = json!({ "detailed-message": message });
    if let Some((_, id)) = spec {
        report["id"] = json!(id);
    }
    report["request-id"] = json!(request_id);
    if let Some((collection, _)) = spec {
        report["type"] = json!(collection.name());
    }
    json!({
        "type": format!("{ERROR_TYPE_PREFIX}{}", code.0),
        "title": code.1,
        "status": code.status().as_u16(),
        "report": report,
        "errorMessage": message,
        "errorDetails": message,
    })
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(self);
        response
    }
}
