//! The requests to Flow Service, a method each.

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, IF_MATCH};
use reqwest::{Method, Url};

use super::error::{Context, from_response, given_token_rejected, malformed_response, not_found};
use super::http::HttpClient;
use super::message::{Effect, Request, Response, percent_encode};
use super::response::{Item, Malformed, Page, parse_page};
use super::target::is_loopback;
use super::token::TokenCache;
use super::{ClientOptions, Clock, Error, ErrorKind, Secret, ServiceTarget, api, is_spec_id};

/// How many pages of a list are read at most.
const MAX_PAGES: usize = 200;

/// A key by which specs can be filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `id`.
    Id,
    /// `name`; several specs may have the same name.
    Name,
    /// `providerId`.
    ProviderId,
}

impl Field {
    fn key(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Name => "name",
            Field::ProviderId => "providerId",
        }
    }
}

/// A condition for the specs of a list: exactly this value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    field: Field,
    value: String,
}

impl Filter {
    /// Specs whose `field` is `value`.
    pub fn new(field: Field, value: impl Into<String>) -> Filter {
        Filter { field, value: value.into() }
    }

    /// The filter as a query parameter. A comma would mean "or", and whether quotes belong to the value is not documented:
    /// such values are filtered locally only.
    fn query(&self) -> Option<String> {
        let is_unambiguous = !self.value.contains([',', '"', '\'', '\\']) && self.value.trim() == self.value;
        let is_sent = is_unambiguous && !self.value.is_empty();
        is_sent.then(|| format!("property={}=={}", self.field.key(), percent_encode(&self.value)))
    }
}

/// A client of Flow Service for one target. Cheap to share in an `Arc`; its methods may run concurrently.
#[derive(Debug)]
pub struct Client {
    target: ServiceTarget,
    http: HttpClient,
    tokens: TokenCache,
}

impl Client {
    /// A client for this target. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Network`] if the system's root certificates cannot be loaded.
    pub fn new(target: ServiceTarget, options: ClientOptions) -> Result<Client, Error> {
        let http = HttpClient::new(&target.gateway, &options)?;
        let ims = match (&target.client_secret, can_share_client(&target.ims, &target.gateway)) {
            (None, _) => None,
            (Some(_), true) => Some(http.clone()),
            (Some(_), false) => Some(HttpClient::new(&target.ims, &options)?),
        };
        let tokens = TokenCache::new(&target, ims, &options);
        Ok(Client { target, http, tokens })
    }

    /// The source of time.
    pub fn clock(&self) -> &dyn Clock {
        self.http.clock()
    }

    /// The URLs, sandbox and credentials in use.
    pub fn target(&self) -> &ServiceTarget {
        &self.target
    }

    /// Signs in and reads one flow spec that every source needs, to check that both work.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`].
    pub async fn check_access(&self) -> Result<(), Error> {
        let filter = Filter::new(Field::Id, api::BATCH_FLOW_SPEC.id);
        self.flow_specs(&[filter]).await.map(drop)
    }

    /// All connection specs that match all filters.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`].
    pub async fn connection_specs(&self, filters: &[Filter]) -> Result<Vec<Item>, Error> {
        self.list(api::CONNECTION_SPECS_PATH, "connection specs", filters).await
    }

    /// One connection spec.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`]; [`ErrorKind::NotFound`] if no spec has this ID.
    pub async fn connection_spec(&self, id: &str) -> Result<Item, Error> {
        self.get(api::CONNECTION_SPECS_PATH, &format!("connection spec `{id}`"), id).await
    }

    /// Creates a connection spec from this JSON. It is never sent twice: if [`Error::may_have_completed`], look for the spec
    /// before trying again.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`].
    pub async fn create_connection_spec(&self, body: &str) -> Result<Item, Error> {
        let subject = "the new connection spec";
        let url = self.collection_url(api::CONNECTION_SPECS_PATH);
        let headers = [(CONTENT_TYPE, "application/json".to_owned())];
        let request = self.request(Method::POST, url, Some(body), Effect::Create, &headers)?;
        let response = self.send(request, subject).await?;
        let id = response.location.as_deref().and_then(last_segment);
        let item = self.written_item(&response, subject, id)?;
        if !is_spec_id(&item.id) {
            return Err(malformed_response(Malformed::InvalidId, &response, self.context(subject, true, &[])));
        }
        Ok(item)
    }

    /// Replaces a connection spec with this JSON. `if_match` is the version that it must have, including quotes.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`]; [`ErrorKind::Conflict`] if the service keeps versions and has another one.
    pub async fn replace_connection_spec(&self, id: &str, body: &str, if_match: Option<&str>) -> Result<Item, Error> {
        self.put(api::CONNECTION_SPECS_PATH, &format!("connection spec `{id}`"), id, body, if_match).await
    }

    /// All flow specs that match all filters.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`].
    pub async fn flow_specs(&self, filters: &[Filter]) -> Result<Vec<Item>, Error> {
        self.list(api::FLOW_SPECS_PATH, "flow specs", filters).await
    }

    /// One flow spec.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`]; [`ErrorKind::NotFound`] if no spec has this ID.
    pub async fn flow_spec(&self, id: &str) -> Result<Item, Error> {
        self.get(api::FLOW_SPECS_PATH, &format!("flow spec `{id}`"), id).await
    }

    /// Replaces a flow spec with this JSON. `if_match` is the version that it must have, including quotes.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`]; [`ErrorKind::Conflict`] if the service keeps versions and has another one.
    pub async fn replace_flow_spec(&self, id: &str, body: &str, if_match: Option<&str>) -> Result<Item, Error> {
        self.put(api::FLOW_SPECS_PATH, &format!("flow spec `{id}`"), id, body, if_match).await
    }

    async fn list(&self, path: &str, subject: &str, filters: &[Filter]) -> Result<Vec<Item>, Error> {
        let mut query = filters.iter().filter_map(Filter::query).collect::<Vec<_>>().join("&");
        let (mut seen, mut items) = (Vec::new(), Vec::new());
        loop {
            let mut url = self.collection_url(path);
            url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
            let response = self.send(self.request(Method::GET, url, None, Effect::Read, &[])?, subject).await?;
            let page = self.page(&response, subject, false)?;
            items.extend(page.items);
            let Some(next) = page.next else { break };
            seen.push(std::mem::replace(&mut query, next));
            if seen.contains(&query) || seen.len() >= MAX_PAGES {
                let context = self.context(subject, false, &[]);
                return Err(malformed_response(Malformed::RepeatedPage, &response, context));
            }
        }
        items.retain(|item| filters.iter().all(|filter| item.has(filter.field.key(), &filter.value)));
        Ok(items)
    }

    async fn get(&self, path: &str, subject: &str, id: &str) -> Result<Item, Error> {
        let url = self.item_url(path, id)?;
        let response = self.send(self.request(Method::GET, url, None, Effect::Read, &[])?, subject).await?;
        let page = self.page(&response, subject, false)?;
        let Some(item) = page.items.into_iter().find(|item| item.id.eq_ignore_ascii_case(id)) else {
            return Err(not_found(self.context(subject, false, &[])));
        };
        Ok(Item { etag: response.etag.or(item.etag), ..item })
    }

    async fn put(
        &self,
        path: &str,
        subject: &str,
        id: &str,
        body: &str,
        if_match: Option<&str>,
    ) -> Result<Item, Error> {
        let mut headers = vec![(CONTENT_TYPE, "application/json".to_owned())];
        headers.extend(if_match.map(|etag| (IF_MATCH, etag.to_owned())));
        let request = self.request(Method::PUT, self.item_url(path, id)?, Some(body), Effect::Replace, &headers)?;
        let response = self.send(request, subject).await?;
        self.written_item(&response, subject, Some(id.to_owned()))
    }

    /// The item in the response to a write, or at least its ID.
    fn written_item(&self, response: &Response, subject: &str, id: Option<String>) -> Result<Item, Error> {
        let etag = response.etag.clone();
        if let (true, Some(id)) = (response.body.is_empty(), id) {
            return Ok(Item { id, text: String::new(), etag });
        }
        let page = self.page(response, subject, true)?;
        let Some(item) = page.items.into_iter().next() else {
            return Err(malformed_response(Malformed::MissingId, response, self.context(subject, true, &[])));
        };
        Ok(Item { etag: etag.or(item.etag), ..item })
    }

    fn page(&self, response: &Response, subject: &str, writes: bool) -> Result<Page, Error> {
        let text = std::str::from_utf8(&response.body).map_err(|_| Malformed::InvalidJson);
        let page = text.and_then(parse_page);
        page.map_err(|why| malformed_response(why, response, self.context(subject, writes, &[])))
    }

    fn collection_url(&self, path: &str) -> Url {
        let mut url = self.target.gateway.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{}{path}", api::BASE_PATH));
        url
    }

    fn item_url(&self, path: &str, id: &str) -> Result<Url, Error> {
        if id.is_empty() || id == "." || id == ".." {
            return Err(Error::new(ErrorKind::Settings, format!("`{id}` is not a valid ID.")));
        }
        let mut url = self.collection_url(path);
        let collection = url.path().to_owned();
        url.set_path(&format!("{collection}/{}", percent_encode(id)));
        Ok(url)
    }

    /// A request with all headers but the access token.
    fn request(
        &self,
        method: Method,
        url: Url,
        body: Option<&str>,
        effect: Effect,
        more_headers: &[(HeaderName, String)],
    ) -> Result<Request, Error> {
        let mut headers = HeaderMap::new();
        let common = [
            (ACCEPT, "application/json"),
            (HeaderName::from_static(api::API_KEY_HEADER), &self.target.client_id),
            (HeaderName::from_static(api::ORG_HEADER), &self.target.org),
            (HeaderName::from_static(api::SANDBOX_HEADER), &self.target.sandbox),
        ];
        let more = more_headers.iter().map(|(name, value)| (name.clone(), value.as_str()));
        for (name, value) in common.into_iter().chain(more) {
            let value = HeaderValue::from_str(value).map_err(|_| {
                Error::new(ErrorKind::Settings, format!("The `{name}` header contains invalid characters."))
            })?;
            headers.insert(name, value);
        }
        Ok(Request { method, url, headers, body: body.map(str::to_owned), effect, secrets: Vec::new() })
    }

    /// Sends a request with an access token, and once more with a new one if it has expired: a request that was rejected for
    /// its token was not processed.
    async fn send(&self, mut request: Request, subject: &str) -> Result<Response, Error> {
        let writes = request.effect != Effect::Read;
        let (mut is_renewed, mut may_have_completed) = (false, false);
        loop {
            let token = self.tokens.get().await.map_err(|error| error.or_completed(may_have_completed))?;
            request.headers.insert(AUTHORIZATION, bearer(&token)?);
            request.secrets = self.target.secrets().chain([&token]).cloned().collect();
            let response = self.http.send(&request).await.map_err(|error| error.or_completed(may_have_completed))?;
            if response.is_success() {
                return Ok(response);
            }
            may_have_completed |= response.may_have_completed_before;
            let context = self.context(subject, writes, &request.secrets);
            let error = from_response(&response, context).or_completed(may_have_completed);
            if response.status != 401 || error.kind() != ErrorKind::Authentication {
                return Err(error);
            }
            if is_renewed || !self.tokens.invalidate(&token).await {
                let is_given = self.target.access_token.as_ref() == Some(&token);
                let source = self.target.token_source.as_deref();
                return Err(if is_given { given_token_rejected(error, source) } else { error });
            }
            is_renewed = true;
        }
    }

    fn context<'a>(&'a self, subject: &'a str, writes: bool, secrets: &'a [Secret]) -> Context<'a> {
        let (sandbox, org) = (self.target.sandbox.as_str(), self.target.org.as_str());
        Context { service: "Flow Service", subject, sandbox, org, secrets, writes }
    }
}

/// Whether one HTTP client serves both hosts: each new one loads the system's root certificates.
fn can_share_client(one: &Url, other: &Url) -> bool {
    is_loopback(one) == is_loopback(other) && one.scheme() == other.scheme()
}

/// The value of the `Authorization` header, hidden from debug output.
fn bearer(token: &Secret) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.reveal())).map_err(|_| {
        Error::new(ErrorKind::Authentication, "The access token contains invalid characters. Get a new one.")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// The ID at the end of a URL.
fn last_segment(location: &str) -> Option<String> {
    let path = location.split(['?', '#']).next()?.trim_end_matches('/');
    path.rsplit('/').next().filter(|id| !id.is_empty()).map(str::to_owned)
}
