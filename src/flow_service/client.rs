//! The questions that the service is asked, one method each.

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, IF_MATCH};
use reqwest::{Method, Url};

use super::answer::{self, Item, Page, Unreadable};
use super::error::{Context, refused, unaccepted, unreadable};
use super::exchange::{Effect, Exchange, Question, Reply, encoded};
use super::target::is_loopback;
use super::token::Tokens;
use super::{ClientOptions, Error, ErrorKind, Secret, ServiceTarget, api};

/// How many pages of one list are read at most.
const PAGES: usize = 200;

/// By which key specs may be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `id`.
    Id,
    /// `name`; several specs may have one name.
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

/// What a spec has to have to be listed: this value, to the letter.
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

    /// As the query has it. A comma would mean "or", and whether quotes are part of the value depends on whom one asks:
    /// such a value is not sent, and the answer is sifted here alone.
    fn query(&self) -> Option<String> {
        let plain = !self.value.contains([',', '"', '\'', '\\']) && self.value.trim() == self.value;
        let sent = plain && !self.value.is_empty();
        sent.then(|| format!("property={}=={}", self.field.key(), encoded(&self.value)))
    }
}

/// One client of the service for one target. Cheap to share behind an `Arc`; its methods may run at the same time.
#[derive(Debug)]
pub struct Client {
    target: ServiceTarget,
    exchange: Exchange,
    tokens: Tokens,
}

impl Client {
    /// A client for this target. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Network`], when the certificates of the system cannot be used.
    pub fn new(target: ServiceTarget, settings: ClientOptions) -> Result<Client, Error> {
        let exchange = Exchange::new(&target.gateway, &settings)?;
        let ims = match (&target.client_secret, alike(&target.ims, &target.gateway)) {
            (None, _) => None,
            (Some(_), true) => Some(exchange.clone()),
            (Some(_), false) => Some(Exchange::new(&target.ims, &settings)?),
        };
        let tokens = Tokens::new(&target, ims, &settings);
        Ok(Client { target, exchange, tokens })
    }

    /// Whom it asks, and as whom.
    pub fn target(&self) -> &ServiceTarget {
        &self.target
    }

    /// Signs in and reads one thing that every source needs, to see whether that works.
    ///
    /// # Errors
    ///
    /// As every question: any [`ErrorKind`].
    pub async fn check_access(&self) -> Result<(), Error> {
        let filter = Filter::new(Field::Id, api::BATCH_FLOW_SPEC.id);
        self.flow_specs(&[filter]).await.map(drop)
    }

    /// All connection specs that fit all filters.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`].
    pub async fn connection_specs(&self, filters: &[Filter]) -> Result<Vec<Item>, Error> {
        self.list(api::CONNECTION_SPECS_PATH, "the connection specs", filters).await
    }

    /// One connection spec.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`]; [`ErrorKind::NotFound`] when there is none with this id.
    pub async fn connection_spec(&self, id: &str) -> Result<Item, Error> {
        self.get(api::CONNECTION_SPECS_PATH, &format!("the connection spec `{id}`"), id).await
    }

    /// Makes a new connection spec of this JSON. This is never sent twice: when [`Error::may_have_completed`], look for it
    /// before trying again.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`].
    pub async fn create_connection_spec(&self, body: &str) -> Result<Item, Error> {
        let what = "the new connection spec";
        let url = self.url(api::CONNECTION_SPECS_PATH);
        let headers = [(CONTENT_TYPE, "application/json".to_owned())];
        let question = self.question(Method::POST, url, Some(body), Effect::Create, &headers)?;
        let reply = self.ask(question, what).await?;
        let told = reply.location.as_deref().and_then(last_segment);
        self.written(&reply, what, told)
    }

    /// Puts this JSON in place of a connection spec. `if_match` is the version it has to have, quotes included.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`]; [`ErrorKind::Conflict`] when the service keeps versions and has another one.
    pub async fn replace_connection_spec(&self, id: &str, body: &str, if_match: Option<&str>) -> Result<Item, Error> {
        self.put(api::CONNECTION_SPECS_PATH, &format!("the connection spec `{id}`"), id, body, if_match).await
    }

    /// All flow specs that fit all filters.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`].
    pub async fn flow_specs(&self, filters: &[Filter]) -> Result<Vec<Item>, Error> {
        self.list(api::FLOW_SPECS_PATH, "the flow specs", filters).await
    }

    /// One flow spec.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`]; [`ErrorKind::NotFound`] when there is none with this id.
    pub async fn flow_spec(&self, id: &str) -> Result<Item, Error> {
        self.get(api::FLOW_SPECS_PATH, &format!("the flow spec `{id}`"), id).await
    }

    /// Puts this JSON in place of a flow spec. `if_match` is the version it has to have, quotes included.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`]; [`ErrorKind::Conflict`] when the service keeps versions and has another one.
    pub async fn replace_flow_spec(&self, id: &str, body: &str, if_match: Option<&str>) -> Result<Item, Error> {
        self.put(api::FLOW_SPECS_PATH, &format!("the flow spec `{id}`"), id, body, if_match).await
    }

    async fn list(&self, path: &str, what: &str, filters: &[Filter]) -> Result<Vec<Item>, Error> {
        let query = filters.iter().filter_map(Filter::query).collect::<Vec<_>>().join("&");
        let (mut query, mut seen, mut items) = (query, Vec::new(), Vec::new());
        loop {
            let mut url = self.url(path);
            url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
            let reply = self.ask(self.question(Method::GET, url, None, Effect::Read, &[])?, what).await?;
            let page = self.read(&reply, what, false)?;
            items.extend(page.items);
            let Some(next) = page.next else { break };
            seen.push(std::mem::replace(&mut query, next));
            if seen.contains(&query) || seen.len() >= PAGES {
                return Err(unreadable(Unreadable::Repeats, &reply, self.context(what, false, &[])));
            }
        }
        items.retain(|item| filters.iter().all(|filter| item.has(filter.field.key(), &filter.value)));
        Ok(items)
    }

    async fn get(&self, path: &str, what: &str, id: &str) -> Result<Item, Error> {
        let url = self.url_of(path, id)?;
        let reply = self.ask(self.question(Method::GET, url, None, Effect::Read, &[])?, what).await?;
        let page = self.read(&reply, what, false)?;
        let Some(item) = page.items.into_iter().find(|item| item.id.eq_ignore_ascii_case(id)) else {
            let message = format!("The service does not find {what} in the sandbox `{}`.", self.target.sandbox);
            return Err(Error::new(ErrorKind::NotFound, message));
        };
        Ok(Item { etag: reply.etag.or(item.etag), ..item })
    }

    async fn put(&self, path: &str, what: &str, id: &str, body: &str, if_match: Option<&str>) -> Result<Item, Error> {
        let mut headers = vec![(CONTENT_TYPE, "application/json".to_owned())];
        headers.extend(if_match.map(|etag| (IF_MATCH, etag.to_owned())));
        let question = self.question(Method::PUT, self.url_of(path, id)?, Some(body), Effect::Replace, &headers)?;
        let reply = self.ask(question, what).await?;
        self.written(&reply, what, Some(id.to_owned()))
    }

    /// What a write has told: the item, or at least its id.
    fn written(&self, reply: &Reply, what: &str, id: Option<String>) -> Result<Item, Error> {
        let etag = reply.etag.clone();
        if let (true, Some(id)) = (reply.body.is_empty(), id) {
            return Ok(Item { id, text: String::new(), etag });
        }
        let page = self.read(reply, what, true)?;
        let Some(item) = page.items.into_iter().next() else {
            return Err(unreadable(Unreadable::NoId, reply, self.context(what, true, &[])));
        };
        Ok(Item { etag: etag.or(item.etag), ..item })
    }

    fn read(&self, reply: &Reply, what: &str, writes: bool) -> Result<Page, Error> {
        let text = std::str::from_utf8(&reply.body).map_err(|_| Unreadable::NotJson);
        text.and_then(answer::page).map_err(|why| unreadable(why, reply, self.context(what, writes, &[])))
    }

    /// The address of a list.
    fn url(&self, path: &str) -> Url {
        let mut url = self.target.gateway.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{}{path}", api::BASE_PATH));
        url
    }

    /// The address of one thing in a list.
    fn url_of(&self, path: &str, id: &str) -> Result<Url, Error> {
        if id.is_empty() || id == "." || id == ".." {
            return Err(Error::new(ErrorKind::Settings, format!("`{id}` is no id.")));
        }
        let mut url = self.url(path);
        let list = url.path().to_owned();
        url.set_path(&format!("{list}/{}", encoded(id)));
        Ok(url)
    }

    /// A question with the headers that every one has, but for the token.
    fn question(
        &self,
        method: Method,
        url: Url,
        body: Option<&str>,
        effect: Effect,
        more: &[(HeaderName, String)],
    ) -> Result<Question, Error> {
        let mut headers = HeaderMap::new();
        let own = [
            (ACCEPT, "application/json"),
            (HeaderName::from_static(api::API_KEY_HEADER), &self.target.client_id),
            (HeaderName::from_static(api::ORG_HEADER), &self.target.org),
            (HeaderName::from_static(api::SANDBOX_HEADER), &self.target.sandbox),
        ];
        let more = more.iter().map(|(name, value)| (name.clone(), value.as_str()));
        for (name, value) in own.into_iter().chain(more) {
            let value = HeaderValue::from_str(value).map_err(|_| {
                Error::new(ErrorKind::Settings, format!("The header `{name}` has characters that it cannot have."))
            })?;
            headers.insert(name, value);
        }
        Ok(Question { method, url, headers, body: body.map(str::to_owned), effect, secrets: Vec::new() })
    }

    /// Asks with a token, and once more with a new one when that has expired: what was refused for its token was not
    /// carried out, whatever it was.
    async fn ask(&self, mut question: Question, what: &str) -> Result<Reply, Error> {
        let writes = question.effect != Effect::Read;
        let (mut renewed, mut may_have_completed) = (false, false);
        loop {
            let token = self.tokens.token().await.map_err(|error| error.acted(may_have_completed))?;
            question.headers.insert(AUTHORIZATION, bearer(&token)?);
            question.secrets = self.target.secrets().chain([&token]).cloned().collect();
            let reply = self.exchange.ask(&question).await.map_err(|error| error.acted(may_have_completed))?;
            if reply.is_success() {
                return Ok(reply);
            }
            may_have_completed |= reply.may_have_acted_before;
            let error = refused(&reply, self.context(what, writes, &question.secrets)).acted(may_have_completed);
            if reply.status != 401 || error.kind() != ErrorKind::Authentication {
                return Err(error);
            }
            if renewed || !self.tokens.reject(&token).await {
                let given = self.tokens.is_given(&token);
                return Err(if given { unaccepted(error, self.target.token_from.as_deref()) } else { error });
            }
            renewed = true;
        }
    }

    fn context<'a>(&'a self, what: &'a str, writes: bool, secrets: &'a [Secret]) -> Context<'a> {
        let (sandbox, org) = (self.target.sandbox.as_str(), self.target.org.as_str());
        Context { who: "The service", what, sandbox, org, secrets, writes }
    }
}

/// Whether one way leads to both hosts: to make one, the certificates of the system have to be read.
fn alike(one: &Url, other: &Url) -> bool {
    is_loopback(one) == is_loopback(other) && one.scheme() == other.scheme()
}

/// The header with the token, which no debug output shows.
fn bearer(token: &Secret) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.reveal())).map_err(|_| {
        Error::new(ErrorKind::Authentication, "The access token has characters that no token has. Get a new one.")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// The id at the end of an address.
fn last_segment(location: &str) -> Option<String> {
    let path = location.split(['?', '#']).next()?.trim_end_matches('/');
    path.rsplit('/').next().filter(|id| !id.is_empty()).map(str::to_owned)
}
