//! One question over the wire and its answer: limits, redirects and repeated tries. The only user of `reqwest` beside
//! the check of addresses in `target`.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, ETAG, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Method, Response, Url, redirect};

use super::error::{broken, redirected, redirected_too_often, shown, too_large, unusable};
use super::retry::{Tries, is_passing, retry_after};
use super::target::is_loopback;
use super::{CancellationToken, ClientOptions, Clock, Error, ErrorKind, Limits, Secret, api};

/// How many redirects within one host are followed.
const REDIRECTS: usize = 5;

/// How long a connection is kept for the next request. Not long: when the other end closes it just as a write goes out,
/// nobody knows whether that has arrived.
const IDLE: Duration = Duration::from_secs(10);

/// What a question does to the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing; it may be asked again at will.
    Read,
    /// Puts one thing in place of another; twice is the same as once.
    Replace,
    /// Makes something new each time; it is never repeated.
    Create,
}

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<String>,
    pub(super) effect: Effect,
    /// What no message and no log may hold, in case the other end says it back.
    pub(super) secrets: Vec<Secret>,
}

impl Question {
    fn writes(&self) -> bool {
        self.effect != Effect::Read
    }
}

/// An answer, whatever its status.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    pub(super) etag: Option<String>,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) request_id: Option<String>,
    /// Whether an earlier try of this write may have been carried out.
    pub(super) may_have_acted_before: bool,
}

impl Reply {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as far as it is UTF-8.
    pub(super) fn text_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

/// The way to one host.
#[derive(Clone)]
pub(super) struct Exchange {
    http: reqwest::Client,
    limits: Limits,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
}

impl fmt::Debug for Exchange {
    /// Without the client beneath, which would show the proxies, and these may have passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Exchange {
    /// The way to the host of this address. A host on this machine is asked without a proxy.
    pub(super) fn new(base: &Url, settings: &ClientOptions) -> Result<Exchange, Error> {
        // Fails when the program has chosen its cryptography already, which is then used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let limits = settings.limits;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("connspec/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect)
            .read_timeout(limits.silence)
            .timeout(limits.one_try)
            .pool_idle_timeout(IDLE)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false);
        if is_loopback(base) {
            builder = builder.no_proxy();
        }
        if base.scheme() == "http" {
            // Certificates are not needed, so a system without any is no hindrance.
            builder = builder.tls_certs_only([]);
        }
        let http = builder.build().map_err(|error| unusable(&error))?;
        Ok(Exchange { http, limits, clock: settings.clock.clone(), stop: settings.stop.clone() })
    }

    /// Asks, again where that is harmless and may help, until there is an answer that stays.
    pub(super) async fn ask(&self, question: &Question) -> Result<Reply, Error> {
        let mut tries = Tries::new(&self.limits, &*self.clock);
        let mut may_have_completed = false;
        loop {
            if self.stop.is_cancelled() {
                return Err(Error::cancelled().acted(may_have_completed));
            }
            let outcome = self.whole_try(question).await;
            let may_help = question.effect != Effect::Create
                && match &outcome {
                    Ok(reply) => is_passing(reply.status),
                    Err(error) => error.kind() == ErrorKind::Network && error.has_begun(),
                };
            let asked = outcome.as_ref().ok().and_then(|reply| reply.retry_after);
            let Some(pause) = may_help.then(|| tries.pause(asked)).flatten() else {
                return outcome
                    .map(|reply| Reply { may_have_acted_before: may_have_completed, ..reply })
                    .map_err(|error| error.acted(may_have_completed));
            };
            // What was refused because of its number was not looked at.
            may_have_completed |= question.writes() && !matches!(&outcome, Ok(reply) if reply.status == 429);
            tracing::debug!(pause = pause.as_millis() as u64, "asks again");
            let _ = self.stop.run_until_cancelled(self.clock.wait(pause)).await;
        }
    }

    /// One try. A read ends when it is stopped; a write goes on to its end.
    async fn whole_try(&self, question: &Question) -> Result<Reply, Error> {
        match question.effect {
            Effect::Read => {
                self.stop.run_until_cancelled(self.one_try(question)).await.unwrap_or_else(|| Err(Error::cancelled()))
            }
            Effect::Replace | Effect::Create => self.one_try(question).await,
        }
    }

    /// One try, with redirects of a read followed as long as they stay with the host that has the credentials.
    async fn one_try(&self, question: &Question) -> Result<Reply, Error> {
        let mut url = question.url.clone();
        for _ in 0..=REDIRECTS {
            let reply = self.once(question, &url).await?;
            let Some(location) = reply.location.as_deref().filter(|_| (300..400).contains(&reply.status)) else {
                return Ok(reply);
            };
            let next = url.join(location).ok().filter(|next| next.origin() == url.origin());
            match next.filter(|_| question.effect == Effect::Read && question.method == Method::GET) {
                Some(next) => url = next,
                None => return Err(redirected(&url, location, question.writes())),
            }
        }
        Err(redirected_too_often(&url))
    }

    async fn once(&self, question: &Question, url: &Url) -> Result<Reply, Error> {
        let begun = self.clock.now();
        let mut request = self.http.request(question.method.clone(), url.clone()).headers(question.headers.clone());
        if let Some(body) = &question.body {
            request = request.body(body.clone());
        }
        let failed = |error: reqwest::Error| broken(&error, url, question.writes());
        let answered = async {
            let response = request.send().await.map_err(failed)?;
            self.reply(response, url, question).await
        };
        let outcome = answered.await;
        let milliseconds = self.clock.now().saturating_duration_since(begun).as_millis() as u64;
        let (method, path) = (question.method.as_str(), url.path());
        match &outcome {
            Ok(reply) => {
                let request = reply.request_id.as_deref().unwrap_or_default();
                tracing::debug!(method, path, status = reply.status, milliseconds, request, "answered");
            }
            Err(error) => tracing::debug!(method, path, kind = ?error.kind(), milliseconds, "failed"),
        }
        outcome
    }

    /// Reads an answer to its end, or to the limit.
    async fn reply(&self, mut response: Response, url: &Url, question: &Question) -> Result<Reply, Error> {
        let (limit, writes) = (self.limits.answer, question.writes());
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let announced = header(CONTENT_LENGTH.as_str()).and_then(|length| length.parse::<usize>().ok());
        let wait = header(RETRY_AFTER.as_str());
        let mut reply = Reply {
            status: response.status().as_u16(),
            body: Vec::new(),
            etag: header(ETAG.as_str()),
            location: header(LOCATION.as_str()),
            retry_after: wait.and_then(|wait| retry_after(&wait, self.clock.time_of_day())),
            request_id: header(api::REQUEST_ID_HEADER)
                .map(|id| shown(&id, &question.secrets))
                .filter(|id| !id.is_empty()),
            may_have_acted_before: false,
        };
        if announced.is_some_and(|announced| announced > limit) {
            return Err(too_large(url, limit, writes));
        }
        while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error, url, writes))? {
            if reply.body.len() + chunk.len() > limit {
                return Err(too_large(url, limit, writes));
            }
            reply.body.extend_from_slice(&chunk);
        }
        Ok(reply)
    }
}

/// A text with every byte escaped that has a meaning in an address or a form.
pub(super) fn encoded(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}
