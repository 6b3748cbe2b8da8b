//! Where requests go and with which credentials, validated before anything is sent.

use reqwest::Url;

use crate::project::{HostOwner, TrustedUrl, host, is_loopback_host};

use super::{Credentials, Error, ErrorKind, Secret, api};

/// One sandbox of one organization at one gateway, and the credentials for it.
#[derive(Debug, Clone)]
pub struct ServiceTarget {
    pub(super) gateway: Url,
    pub(super) ims: Url,
    pub(super) org: String,
    pub(super) sandbox: String,
    pub(super) client_id: String,
    pub(super) client_secret: Option<Secret>,
    pub(super) access_token: Option<Secret>,
    pub(super) token_source: Option<String>,
    pub(super) scopes: Vec<String>,
}

impl ServiceTarget {
    /// Validates credentials. The URLs and the scopes have defaults; everything else is required.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Settings`] if something is missing or invalid.
    pub fn new(credentials: &Credentials) -> Result<ServiceTarget, Error> {
        let secret = |secret: &Option<Secret>| secret.clone().filter(|secret| !secret.is_blank());
        let (client_secret, access_token) = (secret(&credentials.client_secret), secret(&credentials.access_token));
        let client_id = header_value("client ID", &credentials.client_id)?;
        let org = header_value("organization", &credentials.org)?;
        if !org.ends_with(api::ORG_ID_SUFFIX) {
            return Err(invalid(format!(
                "`{org}` is not an organization ID; it must end in `{}`.",
                api::ORG_ID_SUFFIX
            )));
        }
        if client_secret.is_none() && access_token.is_none() {
            return Err(invalid("Neither a client secret nor an access token is set. Set one of them."));
        }
        if access_token.as_ref().is_some_and(|token| !is_header_value(token.reveal())) {
            return Err(invalid(
                "The access token contains invalid characters. Copy it again, without `Bearer`, quotes or line breaks.",
            ));
        }
        let default_scopes = || api::DEFAULT_SCOPES.iter().map(|scope| (*scope).to_owned()).collect();
        Ok(ServiceTarget {
            gateway: url("gateway", credentials.gateway.as_ref().map_or(api::GATEWAY_URL, TrustedUrl::as_str))?,
            ims: url("IMS", credentials.ims.as_ref().map_or(api::IMS_URL, TrustedUrl::as_str))?,
            sandbox: header_value("sandbox", &credentials.sandbox)?,
            org,
            client_id,
            client_secret,
            access_token,
            token_source: None,
            scopes: if credentials.scopes.is_empty() { default_scopes() } else { credentials.scopes.clone() },
        })
    }

    /// Sets where the access token was found, for a sentence: "the environment variable `ACCESS_TOKEN`".
    #[must_use]
    pub fn with_token_source(mut self, source: impl Into<String>) -> ServiceTarget {
        self.token_source = Some(source.into());
        self
    }

    pub(super) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        [&self.client_secret, &self.access_token].into_iter().flatten()
    }

    /// The name of the sandbox.
    pub fn sandbox(&self) -> &str {
        &self.sandbox
    }

    /// The organization ID, `…@AdobeOrg`.
    pub fn org(&self) -> &str {
        &self.org
    }

    /// The hosts that aren't Adobe's among those that receive credentials.
    pub fn foreign_hosts(&self) -> Vec<&str> {
        let ims = self.client_secret.as_ref().map(|_| &self.ims);
        let urls = ims.into_iter().chain([&self.gateway]).map(Url::as_str);
        let mut hosts: Vec<_> = urls.filter(|url| HostOwner::of(url) != HostOwner::Adobe).filter_map(host).collect();
        hosts.dedup();
        hosts
    }

    /// The URL of the gateway, without a trailing slash.
    pub fn gateway(&self) -> &str {
        self.gateway.as_str().trim_end_matches('/')
    }
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Settings, message)
}

/// A value for a header, trimmed.
fn header_value(what: &str, value: &Option<String>) -> Result<String, Error> {
    let value = value.as_deref().map(str::trim).unwrap_or_default();
    if value.is_empty() {
        return Err(invalid(format!("The {what} is not set.")));
    }
    if !is_header_value(value) {
        return Err(invalid(format!("The {what} contains spaces or other invalid characters.")));
    }
    Ok(value.to_owned())
}

fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A URL to which a secret may be sent. A host alone, as in Adobe's environment files, means https.
fn url(what: &str, text: &str) -> Result<Url, Error> {
    let text = text.trim();
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let rejected = |why: &str| Err(invalid(format!("The {what} URL {why}.")));
    let Ok(url) = Url::parse(&full) else {
        return rejected("is not valid; expected a URL such as `https://platform.adobe.io`");
    };
    if !url.username().is_empty() || url.password().is_some() {
        return rejected("must not contain a user name or password");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return rejected("must not contain a query or fragment");
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => rejected("must start with `https://`; `http://` is allowed for this machine only"),
        _ => rejected("must start with `https://`"),
    }
}

/// Whether a URL is on this machine: nobody else sees the requests, and no proxy could reach it.
pub(super) fn is_loopback(url: &Url) -> bool {
    is_loopback_host(url.host_str().unwrap_or_default())
}
