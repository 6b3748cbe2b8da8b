//! The token endpoint.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde_json::json;

use super::api_error::ApiError;
use super::service::Service;

/// `POST /ims/token/v3`. The parameters may be in the body or in the query.
pub(super) async fn token(
    State(service): State<Arc<Service>>,
    Query(query): Query<Vec<(String, String)>>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, ApiError> {
    // A body that isn't a form has no parameters; missing ones are reported below.
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let parameter = |name: &str| {
        let found = form.iter().chain(&query).find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    };
    let rejected = |status, error, description| Err(ApiError::OAuth { status, error, description });
    let bad_request = StatusCode::BAD_REQUEST;
    match parameter("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return rejected(bad_request, "unsupported_grant_type", "only client_credentials is supported"),
        None => return rejected(bad_request, "invalid_request", "grant_type is missing"),
    }
    let (Some(id), Some(secret)) = (parameter("client_id"), parameter("client_secret")) else {
        return rejected(bad_request, "invalid_request", "client_id or client_secret is missing");
    };
    if parameter("scope").is_none() {
        return rejected(bad_request, "invalid_scope", "scope is missing");
    }
    let account = &service.options.account;
    if id != account.client_id || secret != account.client_secret {
        return rejected(StatusCode::UNAUTHORIZED, "invalid_client", "client_id or client_secret is wrong");
    }
    let lifetime = service.control().token_lifetime;
    let token = service.tokens.issue(lifetime);
    let body = json!({ "access_token": token, "token_type": "bearer", "expires_in": lifetime.as_secs() });
    Ok(Json(body).into_response())
}
