//! One HTTP request and its response: limits, redirects and retries. The only user of `reqwest` apart from the URLs in
//! `target`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, ETAG, LOCATION, RETRY_AFTER};
use reqwest::{Method, Url, redirect};

use super::error::{
    certificates_unavailable, refused_redirect, response_too_large, sanitize, too_many_redirects, transport_error,
};
use super::message::{Effect, Request, Response};
use super::retry::{Retries, is_transient, parse_retry_after};
use super::target::is_loopback;
use super::{CancellationToken, ClientOptions, Clock, Error, ErrorKind, Limits, api};

/// How many redirects within one host are followed.
const MAX_REDIRECTS: usize = 5;

/// How long an idle connection is kept. Short: if the server closes it just as a write is sent, nobody knows whether the
/// write has arrived.
const IDLE_TIMEOUT: Duration = Duration::from_secs(10);

/// An HTTP client for one host.
#[derive(Clone)]
pub(super) struct HttpClient {
    client: reqwest::Client,
    limits: Limits,
    clock: Arc<dyn Clock>,
    cancellation: CancellationToken,
}

impl fmt::Debug for HttpClient {
    /// Without the inner client, which would show the proxies, and these may have passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl HttpClient {
    /// A client for the host of this URL. A proxy is not used for this machine.
    pub(super) fn new(base: &Url, options: &ClientOptions) -> Result<HttpClient, Error> {
        // Fails if the program has installed a provider already, which is then used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let limits = options.limits;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("connspec/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect_timeout)
            .read_timeout(limits.read_timeout)
            .timeout(limits.attempt_timeout)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false);
        if is_loopback(base) {
            builder = builder.no_proxy();
        }
        if base.scheme() == "http" {
            // Works on a system without root certificates too.
            builder = builder.tls_certs_only([]);
        }
        let client = builder.build().map_err(|error| certificates_unavailable(&error))?;
        Ok(HttpClient { client, limits, clock: options.clock.clone(), cancellation: options.cancellation.clone() })
    }

    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// Sends a request, and retries it where that is safe and may help.
    pub(super) async fn send(&self, request: &Request) -> Result<Response, Error> {
        let mut retries = Retries::new(&self.limits.retry, &*self.clock);
        let mut may_have_completed = false;
        loop {
            if self.cancellation.is_cancelled() {
                return Err(Error::cancelled().or_completed(may_have_completed));
            }
            let outcome = self.attempt(request).await;
            let may_help = request.effect != Effect::Create
                && match &outcome {
                    Ok(response) => is_transient(response.status),
                    Err(error) => error.kind() == ErrorKind::Network && error.was_connected(),
                };
            let retry_after = outcome.as_ref().ok().and_then(|response| response.retry_after);
            let Some(delay) = may_help.then(|| retries.next_delay(retry_after)).flatten() else {
                return outcome
                    .map(|response| Response { may_have_completed_before: may_have_completed, ..response })
                    .map_err(|error| error.or_completed(may_have_completed));
            };
            // A rate-limited request was not processed.
            may_have_completed |= request.writes() && !matches!(&outcome, Ok(response) if response.status == 429);
            tracing::debug!(delay = delay.as_millis() as u64, "retrying");
            let _ = self.cancellation.run_until_cancelled(self.clock.sleep(delay)).await;
        }
    }

    /// One attempt. A read can be cancelled; a write completes.
    async fn attempt(&self, request: &Request) -> Result<Response, Error> {
        let attempt = self.follow_redirects(request);
        match request.effect {
            Effect::Read => {
                self.cancellation.run_until_cancelled(attempt).await.unwrap_or_else(|| Err(Error::cancelled()))
            }
            Effect::Replace | Effect::Create => attempt.await,
        }
    }

    /// Follows the redirects of a GET as long as they stay on the host that gets the credentials.
    async fn follow_redirects(&self, request: &Request) -> Result<Response, Error> {
        let mut url = request.url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let response = self.send_once(request, &url).await?;
            let Some(location) = response.location.as_deref().filter(|_| (300..400).contains(&response.status)) else {
                return Ok(response);
            };
            let next = url.join(location).ok().filter(|next| next.origin() == url.origin());
            match next.filter(|_| request.effect == Effect::Read && request.method == Method::GET) {
                Some(next) => url = next,
                None => return Err(refused_redirect(&url, location, request.writes())),
            }
        }
        Err(too_many_redirects(&url))
    }

    async fn send_once(&self, request: &Request, url: &Url) -> Result<Response, Error> {
        let start = self.clock.now();
        let mut builder = self.client.request(request.method.clone(), url.clone()).headers(request.headers.clone());
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        let exchange = async {
            let response = builder.send().await.map_err(|error| transport_error(&error, url, request.writes()))?;
            self.read_response(response, url, request).await
        };
        let outcome = exchange.await;
        let milliseconds = self.clock.now().saturating_duration_since(start).as_millis() as u64;
        let (method, path) = (request.method.as_str(), url.path());
        match &outcome {
            Ok(response) => {
                let request = response.request_id.as_deref().unwrap_or_default();
                tracing::debug!(method, path, status = response.status, milliseconds, request, "response");
            }
            Err(error) => tracing::debug!(method, path, kind = ?error.kind(), milliseconds, "request failed"),
        }
        outcome
    }

    /// Reads a response completely, or up to the limit.
    async fn read_response(
        &self,
        mut response: reqwest::Response,
        url: &Url,
        request: &Request,
    ) -> Result<Response, Error> {
        let (limit, writes) = (self.limits.max_response_bytes, request.writes());
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let length = header(CONTENT_LENGTH.as_str()).and_then(|length| length.parse::<usize>().ok());
        let retry_after = header(RETRY_AFTER.as_str());
        let mut read = Response {
            status: response.status().as_u16(),
            body: Vec::new(),
            etag: header(ETAG.as_str()),
            location: header(LOCATION.as_str()),
            retry_after: retry_after.and_then(|value| parse_retry_after(&value, self.clock.system_time())),
            request_id: header(api::REQUEST_ID_HEADER)
                .map(|id| sanitize(&id, &request.secrets))
                .filter(|id| !id.is_empty()),
            may_have_completed_before: false,
        };
        if length.is_some_and(|length| length > limit) {
            return Err(response_too_large(url, limit, writes));
        }
        while let Some(chunk) = response.chunk().await.map_err(|error| transport_error(&error, url, writes))? {
            if read.body.len() + chunk.len() > limit {
                return Err(response_too_large(url, limit, writes));
            }
            read.body.extend_from_slice(&chunk);
        }
        Ok(read)
    }
}
