//! Access tokens: handing them out for a client id and secret, and knowing them again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde_json::json;

use super::refusal::Refusal;
use super::service::Service;

/// The tokens that were handed out, each with its end.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<HashMap<String, Instant>>);

impl Tokens {
    /// A new token that lives this long.
    pub(super) fn issue(&self, life: Duration) -> String {
        let (now, token) = (Instant::now(), format!("emulator-{}", uuid::Uuid::new_v4().simple()));
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, end| *end > now);
        tokens.insert(token.clone(), now + life);
        token
    }

    /// Whether a token was handed out here and still lives.
    pub(super) fn accepts(&self, token: &str) -> bool {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.get(token).is_some_and(|end| *end > Instant::now())
    }

    /// Ends all of them.
    pub(super) fn revoke(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// `POST /ims/token/v3`. The parameters may stand in the body or in the query.
pub(super) async fn token(
    State(service): State<Arc<Service>>,
    Query(query): Query<Vec<(String, String)>>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Refusal> {
    // A body of another kind says nothing; what is missing then is complained of below.
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let given = |name: &str| {
        let found = form.iter().chain(&query).find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    };
    let refused = |status, error, description| Err(Refusal::SignIn { status, error, description });
    let bad = StatusCode::BAD_REQUEST;
    match given("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return refused(bad, "unsupported_grant_type", "the emulator knows client_credentials only"),
        None => return refused(bad, "invalid_request", "grant_type is missing"),
    }
    let (Some(id), Some(secret)) = (given("client_id"), given("client_secret")) else {
        return refused(bad, "invalid_request", "client_id or client_secret is missing");
    };
    if given("scope").is_none() {
        return refused(bad, "invalid_scope", "scope is missing");
    }
    let account = &service.options.account;
    if id != account.client_id || secret != account.client_secret {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client", "client_id or client_secret is wrong");
    }
    let life = service.control().token_lifetime;
    let token = service.tokens.issue(life);
    let answer = json!({ "access_token": token, "token_type": "bearer", "expires_in": life.as_secs() });
    Ok(Json(answer).into_response())
}
