//! Who is let in: the checks of the gateway and of Flow Service's own, in the order in which they are made.
//!
//! The order is inferred: what the gateway refuses never reaches Flow Service.

use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use super::refusal::{Code, Gateway, Refusal};
use super::service::Service;
use super::wire::{Place, SANDBOX_ID};
use crate::flow_service::api::{API_KEY_HEADER, ORG_HEADER, ORG_ID_SUFFIX, SANDBOX_HEADER};

/// Who asks, and for which sandbox.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    /// The client id.
    pub(super) client: String,
    /// The sandbox.
    pub(super) place: Place,
}

/// Lets a request to Flow Service in, or says why not.
pub(super) fn admit(service: &Service, parts: &Parts, writes: bool) -> Result<Caller, Refusal> {
    let given = |name: &str| value(&parts.headers, name);
    let account = &service.options.account;
    let authorization = given("authorization").ok_or(Refusal::Gateway(Gateway::NoToken))?;
    let (scheme, token) = authorization.split_once(' ').unwrap_or((authorization, ""));
    if !scheme.eq_ignore_ascii_case("bearer") || !service.tokens.accepts(token.trim()) {
        return Err(Refusal::Gateway(Gateway::BadToken));
    }
    let client = given(API_KEY_HEADER).ok_or(Refusal::Gateway(Gateway::NoApiKey))?;
    if client != account.client_id {
        return Err(Refusal::Gateway(Gateway::BadApiKey));
    }
    let org = given(ORG_HEADER).ok_or(Refusal::Gateway(Gateway::NoOrg))?;
    if !account.orgs.iter().any(|known| known == org) {
        let well_formed = org.ends_with(ORG_ID_SUFFIX);
        return Err(Refusal::Gateway(if well_formed { Gateway::OtherOrg } else { Gateway::NoSuchOrg }));
    }
    if writes && !given("content-type").is_some_and(is_json) {
        let detail = "A valid content-type must be specified".to_owned();
        return Err(Refusal::Plain { status: StatusCode::BAD_REQUEST, title: "BadRequestError", detail });
    }
    if given(SANDBOX_ID).is_some() {
        let words = "The header x-sandbox-id is not allowed with this token. Use x-sandbox-name.";
        return Err(Refusal::flow(Code::SANDBOX_ID, words));
    }
    let missing = || Refusal::flow(Code::NO_SANDBOX, "The header x-sandbox-name is missing.");
    let sandbox = given(SANDBOX_HEADER).ok_or_else(missing)?;
    if !account.sandboxes.iter().any(|known| known == sandbox) {
        return Err(Refusal::flow(Code::NO_SUCH_SANDBOX, format!("There is no sandbox named `{sandbox}`.")));
    }
    Ok(Caller { client: client.to_owned(), place: Place { org: org.to_owned(), sandbox: sandbox.to_owned() } })
}

/// The value of a header; none when it is empty or no text.
fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).filter(|value| !value.is_empty())
}

fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

/// Whether the client knows the emulator by a name that can only mean its own machine.
pub(super) fn is_asked_for_by_a_loopback_name(request: &Request) -> bool {
    let host = value(request.headers(), header::HOST.as_str());
    let named = request.uri().authority().map(|authority| authority.as_str());
    let is_loopback = |name: &str| {
        let without_port = name.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let host = without_port.map_or(name, |(host, _)| host);
        host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1" || host == "[::1]"
    };
    host.is_some_and(is_loopback) && named.is_none_or(is_loopback)
}
