//! Access tokens: asked for once, kept as long as they are good, asked for again when they are not.

mod cache;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use tokio::sync::Mutex;

use super::answer::string;
use super::error::{Context, no_token, odd_token};
use super::exchange::{Effect, Exchange, Question, Reply, encoded};
use super::{ClientOptions, Clock, Error, ErrorKind, Secret, ServiceTarget, api};
use crate::syntax::Tree;
use cache::Cache;

pub use cache::token_cache_folder;

/// How long before its end a token is renewed; less of one that does not last long.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// How long a token is kept whose end nobody told.
const UNTOLD: Duration = Duration::from_secs(5 * 60);

/// How long any token is kept: no token of this service lasts longer.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A life above this is in milliseconds, as the older sign-in told it. The bound is a rule of thumb: 115 days in seconds.
const MILLISECONDS: u64 = 10_000_000;

/// The tokens of one client.
#[derive(Debug)]
pub(super) struct Tokens {
    target: ServiceTarget,
    /// The way to the sign-in service, where there is a secret to sign in with.
    exchange: Option<Exchange>,
    clock: Arc<dyn Clock>,
    cache: Option<Cache>,
    state: Mutex<State>,
    /// How many times a token was asked for.
    rounds: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Held>,
    /// What the service did not accept, and the cache may still hold.
    rejected: Vec<Secret>,
    /// Why the last round brought nothing.
    failure: Option<Error>,
}

/// A token and until when it is used. Two clocks have to agree: the one that only goes forward stands still while the
/// machine sleeps, and the time of day may be set back.
#[derive(Debug)]
struct Held {
    token: Secret,
    until: Instant,
    until_time_of_day: SystemTime,
}

impl Tokens {
    pub(super) fn new(target: &ServiceTarget, exchange: Option<Exchange>, settings: &ClientOptions) -> Tokens {
        Tokens {
            target: target.clone(),
            exchange,
            clock: Arc::clone(&settings.clock),
            cache: settings.cache.as_deref().map(|folder| Cache::new(folder, target)),
            state: Mutex::default(),
            rounds: AtomicU64::new(0),
        }
    }

    /// A token that is good as far as is known. Those who ask at the same time wait for one answer, also for a bad one.
    pub(super) async fn token(&self) -> Result<Secret, Error> {
        let rounds = self.rounds.load(Ordering::SeqCst);
        let mut state = self.state.lock().await;
        if let Some(given) = &self.target.access_token
            && !state.rejected.contains(given)
        {
            return Ok(given.clone());
        }
        if let Some(held) = state.held.as_ref().filter(|held| self.is_good(held)) {
            return Ok(held.token.clone());
        }
        if let Some(held) = self.cached(&state.rejected) {
            return Ok(state.held.insert(held).token.clone());
        }
        if let Some(failure) = state.failure.clone().filter(|_| self.rounds.load(Ordering::SeqCst) > rounds) {
            return Err(failure);
        }
        let outcome = self.ask(&state.rejected).await;
        self.rounds.fetch_add(1, Ordering::SeqCst);
        state.failure = outcome.as_ref().err().cloned();
        let (token, life) = outcome?;
        if let Some(cache) = &self.cache {
            cache.write(&token, self.clock.time_of_day(), life);
        }
        state.held = Some(self.held(token.clone(), life, life));
        Ok(token)
    }

    /// Says that the service did not accept a token. Gives back whether another one can be had.
    pub(super) async fn reject(&self, token: &Secret) -> bool {
        if self.exchange.is_none() {
            return false;
        }
        let mut state = self.state.lock().await;
        state.held.take_if(|held| held.token == *token);
        let given = self.target.access_token.clone().filter(|given| state.rejected.contains(given));
        state.rejected = given.into_iter().chain([token.clone()]).collect();
        true
    }

    /// Whether this is the token that someone gave.
    pub(super) fn is_given(&self, token: &Secret) -> bool {
        self.target.access_token.as_ref() == Some(token)
    }

    fn is_good(&self, held: &Held) -> bool {
        self.clock.now() < held.until && self.clock.time_of_day() < held.until_time_of_day
    }

    /// A token, how long its whole life is and how much of that is left.
    fn held(&self, token: Secret, life: Duration, left: Duration) -> Held {
        let left = left.saturating_sub(MARGIN.min(life / 10));
        Held { token, until: self.clock.now() + left, until_time_of_day: self.clock.time_of_day() + left }
    }

    fn cached(&self, rejected: &[Secret]) -> Option<Held> {
        let (token, life, left) = self.cache.as_ref()?.read(self.clock.time_of_day())?;
        let held = self.held(token, life, left);
        (self.is_good(&held) && !rejected.contains(&held.token)).then_some(held)
    }

    /// Signs in: OAuth server-to-server.
    async fn ask(&self, rejected: &[Secret]) -> Result<(Secret, Duration), Error> {
        let (Some(exchange), Some(secret)) = (&self.exchange, &self.target.client_secret) else {
            return Err(Error::new(ErrorKind::Authentication, "There is no client secret to get a token with."));
        };
        let mut url = self.target.ims.clone();
        url.set_path(&format!("{}{}", url.path().trim_end_matches('/'), api::TOKEN_PATH));
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.target.client_id),
            ("client_secret", secret.reveal()),
            ("scope", &self.target.scopes.join(",")),
        ];
        let body = form.map(|(name, value)| format!("{name}={}", encoded(value))).join("&");
        let secrets = self.target.secrets().chain(rejected).cloned().collect();
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let question = Question { method: Method::POST, url, headers, body: Some(body), effect: Effect::Read, secrets };
        let reply = exchange.ask(&question).await?;
        let context = Context {
            who: "The sign-in service",
            what: "the access token",
            sandbox: &self.target.sandbox,
            org: &self.target.org,
            secrets: &question.secrets,
            writes: false,
        };
        if !reply.is_success() {
            return Err(no_token(&reply, context));
        }
        read(&reply).ok_or_else(|| odd_token(&reply))
    }
}

/// The token of an answer, and how long it lives.
fn read(reply: &Reply) -> Option<(Secret, Duration)> {
    let tree = Tree::parse(std::str::from_utf8(&reply.body).ok()?.to_owned());
    if !tree.errors().is_empty() {
        return None;
    }
    let token = tree.root().get("access_token").and_then(string)?;
    let sound = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    let told = tree.root().get("expires_in").and_then(|life| life.text().trim_matches('"').parse().ok());
    sound.then(|| (Secret::new(token), told.map_or(UNTOLD, life)))
}

/// The life that an answer tells, in seconds or milliseconds.
fn life(told: u64) -> Duration {
    let life = if told > MILLISECONDS { Duration::from_millis(told) } else { Duration::from_secs(told) };
    life.min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_in_seconds_unless_that_is_absurd() {
        assert_eq!(life(86_399), Duration::from_secs(86_399));
        assert_eq!(life(86_399_992), Duration::from_millis(86_399_992));
        assert_eq!(life(0), Duration::ZERO);
        assert_eq!(life(10_000_000), LONGEST);
        assert_eq!(life(u64::MAX), LONGEST);
    }
}
