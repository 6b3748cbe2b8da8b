//! Access tokens: requested once, cached while they are valid, requested again when they are not.

mod file;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use tokio::sync::Mutex;

use super::error::{Context, malformed_token_response, token_refused};
use super::http::HttpClient;
use super::message::{Effect, Request, Response, percent_encode};
use super::response::string;
use super::{ClientOptions, Clock, Error, ErrorKind, Secret, ServiceTarget, api};
use crate::syntax::Tree;
use file::TokenFile;

pub use file::token_cache_folder;

/// How long before it expires a token is renewed; less for a token with a short lifetime.
const RENEWAL_MARGIN: Duration = Duration::from_secs(5 * 60);

/// The lifetime of a token whose response has no `expires_in`.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// No token of IMS is valid for longer.
const MAX_LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// An `expires_in` above this is in milliseconds, as in older responses of IMS. The bound is a guess: 115 days in seconds.
const MIN_MILLISECONDS: u64 = 10_000_000;

/// The access tokens of one client.
#[derive(Debug)]
pub(super) struct TokenCache {
    target: ServiceTarget,
    /// The client of IMS, if there is a client secret.
    http: Option<HttpClient>,
    clock: Arc<dyn Clock>,
    file: Option<TokenFile>,
    state: Mutex<State>,
    /// How many times a token was requested.
    requests: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    current: Option<CachedToken>,
    /// Tokens that the service rejected and the file may still contain.
    rejected: Vec<Secret>,
    /// Why the last request failed.
    failure: Option<Error>,
}

/// A token and until when it is used. Both clocks are compared: the monotonic one may pause while the machine sleeps, and
/// the time of day may be set back.
#[derive(Debug)]
struct CachedToken {
    token: Secret,
    until: Instant,
    until_system_time: SystemTime,
}

impl TokenCache {
    pub(super) fn new(target: &ServiceTarget, http: Option<HttpClient>, options: &ClientOptions) -> TokenCache {
        TokenCache {
            target: target.clone(),
            http,
            clock: Arc::clone(&options.clock),
            file: options.token_folder.as_deref().map(|folder| TokenFile::new(folder, target)),
            state: Mutex::default(),
            requests: AtomicU64::new(0),
        }
    }

    /// A token that is valid as far as is known. Concurrent callers share one request, and its failure too.
    pub(super) async fn get(&self) -> Result<Secret, Error> {
        let requests = self.requests.load(Ordering::SeqCst);
        let mut state = self.state.lock().await;
        if let Some(given) = &self.target.access_token
            && !state.rejected.contains(given)
        {
            return Ok(given.clone());
        }
        if let Some(current) = state.current.as_ref().filter(|current| self.is_valid(current)) {
            return Ok(current.token.clone());
        }
        if let Some(stored) = self.stored(&state.rejected) {
            return Ok(state.current.insert(stored).token.clone());
        }
        if let Some(failure) = state.failure.clone().filter(|_| self.requests.load(Ordering::SeqCst) > requests) {
            return Err(failure);
        }
        let outcome = self.request(&state.rejected).await;
        self.requests.fetch_add(1, Ordering::SeqCst);
        state.failure = outcome.as_ref().err().cloned();
        let (token, lifetime) = outcome?;
        if let Some(file) = &self.file {
            file.write(&token, self.clock.system_time(), lifetime);
        }
        state.current = Some(self.cached(token.clone(), lifetime, lifetime));
        Ok(token)
    }

    /// Drops a token that the service rejected. Returns whether another one can be requested.
    pub(super) async fn invalidate(&self, token: &Secret) -> bool {
        if self.http.is_none() {
            return false;
        }
        let mut state = self.state.lock().await;
        state.current.take_if(|current| current.token == *token);
        let given = self.target.access_token.clone().filter(|given| state.rejected.contains(given));
        state.rejected = given.into_iter().chain([token.clone()]).collect();
        true
    }

    fn is_valid(&self, cached: &CachedToken) -> bool {
        self.clock.now() < cached.until && self.clock.system_time() < cached.until_system_time
    }

    fn cached(&self, token: Secret, lifetime: Duration, left: Duration) -> CachedToken {
        let left = left.saturating_sub(RENEWAL_MARGIN.min(lifetime / 10));
        CachedToken { token, until: self.clock.now() + left, until_system_time: self.clock.system_time() + left }
    }

    fn stored(&self, rejected: &[Secret]) -> Option<CachedToken> {
        let (token, lifetime, left) = self.file.as_ref()?.read(self.clock.system_time())?;
        let stored = self.cached(token, lifetime, left);
        (self.is_valid(&stored) && !rejected.contains(&stored.token)).then_some(stored)
    }

    /// Requests a token with the client credentials grant (OAuth Server-to-Server).
    async fn request(&self, rejected: &[Secret]) -> Result<(Secret, Duration), Error> {
        let (Some(http), Some(secret)) = (&self.http, &self.target.client_secret) else {
            let message = "No client secret is set, so no access token can be requested.";
            return Err(Error::new(ErrorKind::Authentication, message));
        };
        let mut url = self.target.ims.clone();
        url.set_path(&format!("{}{}", url.path().trim_end_matches('/'), api::TOKEN_PATH));
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.target.client_id),
            ("client_secret", secret.reveal()),
            ("scope", &self.target.scopes.join(",")),
        ];
        let body = form.map(|(name, value)| format!("{name}={}", percent_encode(value))).join("&");
        let secrets = self.target.secrets().chain(rejected).cloned().collect();
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let request = Request { method: Method::POST, url, headers, body: Some(body), effect: Effect::Read, secrets };
        let response = http.send(&request).await?;
        let context = Context {
            service: "Adobe IMS",
            subject: "an access token",
            sandbox: &self.target.sandbox,
            org: &self.target.org,
            secrets: &request.secrets,
            writes: false,
        };
        if !response.is_success() {
            return Err(token_refused(&response, context));
        }
        parse(&response).ok_or_else(|| malformed_token_response(&response))
    }
}

/// The token in a response and its lifetime.
fn parse(response: &Response) -> Option<(Secret, Duration)> {
    let tree = Tree::parse(std::str::from_utf8(&response.body).ok()?.to_owned());
    if !tree.errors().is_empty() {
        return None;
    }
    let token = tree.root().get("access_token").and_then(string)?;
    let is_well_formed = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    let expires_in = tree.root().get("expires_in").and_then(|value| value.text().trim_matches('"').parse().ok());
    is_well_formed.then(|| (Secret::new(token), expires_in.map_or(DEFAULT_LIFETIME, lifetime)))
}

fn lifetime(expires_in: u64) -> Duration {
    let is_seconds = expires_in <= MIN_MILLISECONDS;
    let lifetime = if is_seconds { Duration::from_secs(expires_in) } else { Duration::from_millis(expires_in) };
    lifetime.min(MAX_LIFETIME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_expires_in_is_in_milliseconds() {
        assert_eq!(lifetime(86_399), Duration::from_secs(86_399));
        assert_eq!(lifetime(86_399_992), Duration::from_millis(86_399_992));
        assert_eq!(lifetime(0), Duration::ZERO);
        assert_eq!(lifetime(10_000_000), MAX_LIFETIME);
        assert_eq!(lifetime(u64::MAX), MAX_LIFETIME);
    }
}
