//! Listing, reading, creating and replacing connection specs and flow specs.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::body::{Body, Change, Managed};
use super::builtin;
use super::filter::Filter;
use super::gate::Caller;
use super::refusal::{Code, Refusal};
use super::service::Service;
use super::wire::{Kind, Place};

/// The technical account that a credential acts for.
const ACCOUNT: &str = "connspec-local@techacct.adobe.com";

/// `GET /connectionSpecs` and `GET /flowSpecs`.
pub(super) async fn list(
    kind: Kind,
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let mut filters = Vec::new();
    for (name, value) in &query {
        if name != "property" {
            let words = format!("The query parameter `{name}` is not known here.");
            return Err(Refusal::flow(Code::UNKNOWN_QUERY, words));
        }
        filters.push(Filter::read(value, kind)?);
    }
    let mut texts = all(&service, &caller.place, kind)?;
    texts.retain(|text| {
        let document = Body::of(text);
        filters.iter().all(|filter| filter.takes(document.root()))
    });
    Ok(json(StatusCode::OK, items(&texts)))
}

/// `GET /connectionSpecs/{id}` and `GET /flowSpecs/{id}`.
pub(super) async fn read(
    kind: Kind,
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let text = find(&service, &caller.place, kind, &id)?;
    Ok(json(StatusCode::OK, items(&[text])))
}

/// `POST /connectionSpecs` and `POST /flowSpecs`. Names need not be unique.
pub(super) async fn create(
    kind: Kind,
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Response, Refusal> {
    let body = accepted(&service, &body)?;
    let id = Uuid::new_v4().to_string();
    let managed = Managed::new(&id, &change(&caller));
    let text = body.kept(&managed, kind, service.control().behavior.drop_unknown_fields);
    keep(&service, &caller.place, kind, &id, &text)?;
    let mut answer = json(StatusCode::CREATED, written(&service, text));
    let location = format!("{}/{id}", kind.path()).try_into();
    answer.headers_mut().extend(location.ok().map(|location| (header::LOCATION, location)));
    Ok(answer)
}

/// `PUT /connectionSpecs/{id}` and `PUT /flowSpecs/{id}`: the body takes the place of all that was there.
pub(super) async fn replace(
    kind: Kind,
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Refusal> {
    let body = accepted(&service, &body)?;
    let old = Body::of(&find(&service, &caller.place, kind, &id)?);
    if kind == Kind::ConnectionSpecs && builtin::find(kind, &id).is_some() {
        let words = "This connection spec is the provider's own and cannot be changed.";
        return Err(Refusal::Flow { code: Code::NO_RIGHTS, words: words.to_owned(), about: Some((kind, id)) });
    }
    let managed = Managed::replacing(&old, &change(&caller));
    let text = body.kept(&managed, kind, service.control().behavior.drop_unknown_fields);
    keep(&service, &caller.place, kind, &id, &text)?;
    Ok(json(StatusCode::OK, written(&service, text)))
}

/// The body of a write, if this credential may write and it is one.
fn accepted(service: &Service, body: &[u8]) -> Result<Body, Refusal> {
    if service.control().behavior.read_only {
        let words = "A user token may not create or update a connection spec.";
        return Err(Refusal::flow(Code::NO_WRITES, words));
    }
    let body = Body::read(body)?;
    body.has_what_is_required()?;
    Ok(body)
}

fn change(caller: &Caller) -> Change<'_> {
    Change { place: &caller.place, by: ACCOUNT, client: &caller.client, at: now() }
}

/// Milliseconds since 1970.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The text of a document: what was written last, else the provider's own.
pub(super) fn find(service: &Service, place: &Place, kind: Kind, id: &str) -> Result<String, Refusal> {
    let kept = service.store.get(place, kind, id).map_err(|error| failed(&error))?;
    let found = kept.or_else(|| builtin::find(kind, id).map(|builtin| builtin.text(place)));
    found.ok_or_else(|| {
        let words = format!("{} not found with id = [{id}]", kind.name());
        Refusal::Flow { code: Code::NOT_FOUND, words, about: Some((kind, id.to_owned())) }
    })
}

/// All of a kind that a sandbox sees: the provider's own, then what was made there.
fn all(service: &Service, place: &Place, kind: Kind) -> Result<Vec<String>, Refusal> {
    let kept = service.store.list(place, kind).map_err(|error| failed(&error))?;
    let own =
        builtin::all(kind).map(|builtin| find(service, place, kind, builtin.id)).collect::<Result<Vec<_>, _>>()?;
    let changed = |text: &String| own.contains(text);
    let made = kept.into_iter().filter(|text| !changed(text));
    Ok(own.iter().cloned().chain(made).collect())
}

/// Writes a document to where it stays.
pub(super) fn keep(service: &Service, place: &Place, kind: Kind, id: &str, text: &str) -> Result<(), Refusal> {
    service.store.put(place, kind, id, text).map_err(|error| failed(&error))
}

fn failed(error: &redb::Error) -> Refusal {
    Refusal::flow(Code::FAILED, format!("The emulator cannot use its data file: {error}"))
}

fn items(texts: &[String]) -> String {
    format!("{{\"items\":[{}]}}", texts.join(","))
}

fn written(service: &Service, text: String) -> String {
    if service.control().behavior.wrap_responses { items(&[text]) } else { text }
}

fn json(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}
