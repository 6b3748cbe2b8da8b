//! Where to ask and as whom, all of it checked before anything is sent.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use crate::project::is_loopback_host;
use crate::text::english;

use super::{CancellationToken, Clock, Credentials, Error, ErrorKind, Secret, SystemClock, api};

/// One sandbox of one organization at one address, and what signs in to it.
#[derive(Debug, Clone)]
pub struct ServiceTarget {
    pub(super) gateway: Url,
    pub(super) ims: Url,
    pub(super) org: String,
    pub(super) sandbox: String,
    pub(super) client_id: String,
    pub(super) client_secret: Option<Secret>,
    pub(super) access_token: Option<Secret>,
    pub(super) token_from: Option<String>,
    pub(super) scopes: Vec<String>,
}

impl ServiceTarget {
    /// Checks what was found. The addresses and the scopes have defaults; nothing else has.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Settings`], when something is missing or cannot be what it should be.
    pub fn new(found: &Credentials) -> Result<ServiceTarget, Error> {
        let secret = |secret: &Option<Secret>| secret.clone().filter(|secret| !secret.is_blank());
        let (client_secret, access_token) = (secret(&found.client_secret), secret(&found.access_token));
        let client_id = header("the client id", &found.client_id)?;
        let org = header("the organization", &found.org)?;
        if !org.ends_with(api::ORG_ID_SUFFIX) {
            let message = format!("`{org}` is no organization id: it has to end in `{}`.", api::ORG_ID_SUFFIX);
            return Err(Error::new(ErrorKind::Settings, message));
        }
        if client_secret.is_none() && access_token.is_none() {
            let message = "There is nothing to sign in with. Set a client secret or an access token.";
            return Err(Error::new(ErrorKind::Settings, message));
        }
        if access_token.as_ref().is_some_and(|token| !is_header(token.reveal())) {
            let message = "The access token has characters that no token has. Copy it again, without `Bearer`, \
                           quotes or line breaks.";
            return Err(Error::new(ErrorKind::Settings, message));
        }
        let defaults = || api::DEFAULT_SCOPES.iter().map(|scope| (*scope).to_owned()).collect();
        Ok(ServiceTarget {
            gateway: address("the gateway", found.gateway.as_deref().unwrap_or(api::GATEWAY_URL))?,
            ims: address("the sign-in service", found.ims.as_deref().unwrap_or(api::IMS_URL))?,
            sandbox: header("the sandbox", &found.sandbox)?,
            org,
            client_id,
            client_secret,
            access_token,
            token_from: None,
            scopes: if found.scopes.is_empty() { defaults() } else { found.scopes.clone() },
        })
    }

    /// Says where the access token was found, in words for a sentence: "the environment variable `ACCESS_TOKEN`".
    #[must_use]
    pub fn with_token_source(mut self, place: impl Into<String>) -> ServiceTarget {
        self.token_from = Some(place.into());
        self
    }

    /// What it was given to sign in with.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        [&self.client_secret, &self.access_token].into_iter().flatten()
    }

    /// The sandbox's name.
    pub fn sandbox(&self) -> &str {
        &self.sandbox
    }

    /// The organization, `…@AdobeOrg`.
    pub fn org(&self) -> &str {
        &self.org
    }

    /// The address of the gateway, without a slash at its end.
    pub fn gateway(&self) -> &str {
        self.gateway.as_str().trim_end_matches('/')
    }
}

/// A value that goes into a header, white space around it taken away.
fn header(what: &str, value: &Option<String>) -> Result<String, Error> {
    let value = value.as_deref().map(str::trim).unwrap_or_default();
    if value.is_empty() {
        return Err(Error::new(ErrorKind::Settings, format!("{} is not set.", english::capitalize(what))));
    }
    if !is_header(value) {
        let message = format!("{} has spaces or characters that it cannot have.", english::capitalize(what));
        return Err(Error::new(ErrorKind::Settings, message));
    }
    Ok(value.to_owned())
}

fn is_header(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_graphic())
}

/// An address to which a secret may be sent. A bare host, as Adobe's own environment files have it, is meant as https.
fn address(what: &str, text: &str) -> Result<Url, Error> {
    let text = text.trim();
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let refused = |why: &str| Err(Error::new(ErrorKind::Settings, format!("The address of {what} {why}.")));
    let Ok(url) = Url::parse(&full) else { return refused("is no address; it looks like `https://platform.adobe.io`") };
    if !url.username().is_empty() || url.password().is_some() {
        return refused("must not hold a user name or password");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refused("must not have a `?` or `#`");
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => refused("has to begin with `https://`; plain `http://` is for this machine alone"),
        _ => refused("has to begin with `https://`"),
    }
}

/// Whether an address is of this machine: its requests are seen by nobody else, and no proxy could reach it.
pub(super) fn is_loopback(url: &Url) -> bool {
    is_loopback_host(url.host_str().unwrap_or_default())
}

/// How long and how much the client puts up with.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long it may take to reach the service.
    pub connect: Duration,
    /// How long the service may keep silent.
    pub silence: Duration,
    /// How long one try may take from beginning to end.
    pub one_try: Duration,
    /// How many bytes an answer may have.
    pub answer: usize,
    /// How many times a request is sent that may be sent again.
    pub tries: u32,
    /// The longest wait before another try.
    pub pause: Duration,
    /// How long all waits of a request may take together.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            one_try: Duration::from_secs(120),
            answer: 32 << 20,
            tries: 4,
            pause: Duration::from_secs(30),
            patience: Duration::from_secs(60),
        }
    }
}

/// How a client behaves.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// How long and how much it puts up with.
    pub limits: Limits,
    /// The folder to keep tokens in, readable by this user alone; see [`super::token_cache_folder`]. Without one a token is
    /// asked for each time the program starts.
    pub cache: Option<PathBuf>,
    /// What tells it to stop.
    pub stop: CancellationToken,
    /// What it reads the time from.
    pub clock: Arc<dyn Clock>,
}

impl Default for ClientOptions {
    fn default() -> Self {
        ClientOptions {
            limits: Limits::default(),
            cache: None,
            stop: CancellationToken::default(),
            clock: Arc::new(SystemClock),
        }
    }
}
