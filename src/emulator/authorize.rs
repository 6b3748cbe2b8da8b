//! Authorization: the checks of the gateway and of Flow Service. Their order is inferred: what the gateway rejects never
//! reaches Flow Service.

use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use super::api_error::{ApiError, ErrorCode, GatewayError};
use super::collection::{SANDBOX_ID_HEADER, Sandbox};
use super::service::Service;
use crate::flow_service::api::{API_KEY_HEADER, ORG_HEADER, ORG_ID_SUFFIX, SANDBOX_HEADER};

/// The client of a request, and its sandbox.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) client_id: String,
    pub(super) sandbox: Sandbox,
}

/// Authorizes a request to Flow Service.
pub(super) fn authorize(service: &Service, parts: &Parts, writes: bool) -> Result<Caller, ApiError> {
    let header = |name: &str| header_value(&parts.headers, name);
    let account = &service.options.account;
    let authorization = header("authorization").ok_or(ApiError::Gateway(GatewayError::MissingToken))?;
    let (scheme, token) = authorization.split_once(' ').unwrap_or((authorization, ""));
    if !scheme.eq_ignore_ascii_case("bearer") || !service.tokens.is_valid(token.trim()) {
        return Err(ApiError::Gateway(GatewayError::InvalidToken));
    }
    let client_id = header(API_KEY_HEADER).ok_or(ApiError::Gateway(GatewayError::MissingApiKey))?;
    if client_id != account.client_id {
        return Err(ApiError::Gateway(GatewayError::InvalidApiKey));
    }
    let org = header(ORG_HEADER).ok_or(ApiError::Gateway(GatewayError::MissingOrg))?;
    if !account.orgs.iter().any(|known| known == org) {
        let is_well_formed = org.ends_with(ORG_ID_SUFFIX);
        return Err(ApiError::Gateway(if is_well_formed { GatewayError::OtherOrg } else { GatewayError::InvalidOrg }));
    }
    if writes && !header("content-type").is_some_and(is_json) {
        let detail = "A valid content-type must be specified".to_owned();
        return Err(ApiError::Plain { status: StatusCode::BAD_REQUEST, title: "BadRequestError", detail });
    }
    if header(SANDBOX_ID_HEADER).is_some() {
        let message = "The header x-sandbox-id is not allowed with this token. Use x-sandbox-name.";
        return Err(ApiError::flow(ErrorCode::SANDBOX_ID, message));
    }
    let missing = || ApiError::flow(ErrorCode::MISSING_SANDBOX, "The header x-sandbox-name is missing.");
    let sandbox = header(SANDBOX_HEADER).ok_or_else(missing)?;
    if !account.sandboxes.iter().any(|known| known == sandbox) {
        let message = format!("The sandbox `{sandbox}` does not exist.");
        return Err(ApiError::flow(ErrorCode::UNKNOWN_SANDBOX, message));
    }
    let sandbox = Sandbox { org: org.to_owned(), name: sandbox.to_owned() };
    Ok(Caller { client_id: client_id.to_owned(), sandbox })
}

/// The value of a header unless it is empty or isn't text.
fn header_value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).filter(|value| !value.is_empty())
}

fn is_json(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/json")
}

/// Whether the host of a request can only be this machine. A page in a browser may resolve its own host name to it.
pub(super) fn has_loopback_host(request: &Request) -> bool {
    let host = header_value(request.headers(), header::HOST.as_str());
    let authority = request.uri().authority().map(|authority| authority.as_str());
    let is_loopback = |name: &str| {
        let with_port = name.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let host = with_port.map_or(name, |(host, _)| host);
        host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1" || host == "[::1]"
    };
    host.is_some_and(is_loopback) && authority.is_none_or(is_loopback)
}
