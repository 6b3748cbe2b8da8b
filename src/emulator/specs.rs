//! Listing, reading, creating and replacing connection specs and flow specs.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::api_error::{ApiError, ErrorCode};
use super::authorize::Caller;
use super::builtin;
use super::collection::{Collection, Sandbox};
use super::filter::Filter;
use super::service::Service;
use super::spec_body::{ServerManaged, SpecBody, Write};
use crate::syntax::quoted;

/// The technical account of the credential.
const ACCOUNT: &str = "connspec-local@techacct.adobe.com";

/// `GET /connectionSpecs` and `GET /flowSpecs`.
pub(super) async fn list(
    collection: Collection,
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, ApiError> {
    let mut filters = Vec::new();
    for (name, value) in &query {
        if name != "property" {
            let message = format!("The query parameter `{name}` is unknown.");
            return Err(ApiError::flow(ErrorCode::UNKNOWN_PARAMETER, message));
        }
        filters.push(Filter::parse(value, collection)?);
    }
    let mut texts = all(&service, &caller.sandbox, collection)?;
    texts.retain(|text| {
        let spec = SpecBody::of(text);
        filters.iter().all(|filter| filter.matches(spec.root()))
    });
    Ok(json(StatusCode::OK, items(&texts)))
}

/// `GET /connectionSpecs/{id}` and `GET /flowSpecs/{id}`.
pub(super) async fn read(
    collection: Collection,
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let text = find(&service, &caller.sandbox, collection, &id)?;
    Ok(json(StatusCode::OK, items(&[text])))
}

/// `POST /connectionSpecs` and `POST /flowSpecs`. Names need not be unique.
pub(super) async fn create(
    collection: Collection,
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = accept(&service, &body)?;
    let id = Uuid::new_v4().to_string();
    let managed = ServerManaged::created(&id, &write_by(&caller));
    let text = body.stored(&managed, collection, service.control().behavior.drop_unknown_fields);
    store(&service, &caller.sandbox, collection, &id, &text)?;
    let mut response = json(StatusCode::CREATED, written(&service, text));
    let location = format!("{}/{id}", collection.path()).try_into();
    response.headers_mut().extend(location.ok().map(|location| (header::LOCATION, location)));
    Ok(response)
}

/// `PUT /connectionSpecs/{id}` and `PUT /flowSpecs/{id}`: the body replaces everything.
pub(super) async fn replace(
    collection: Collection,
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = accept(&service, &body)?;
    let old = SpecBody::of(&find(&service, &caller.sandbox, collection, &id)?);
    if collection == Collection::ConnectionSpecs && builtin::find(collection, &id).is_some() {
        let message = "This connection spec belongs to the provider and cannot be changed.".to_owned();
        return Err(ApiError::Flow { code: ErrorCode::NO_PERMISSION, message, spec: Some((collection, id)) });
    }
    let managed = ServerManaged::replacing(&old, &write_by(&caller));
    let text = body.stored(&managed, collection, service.control().behavior.drop_unknown_fields);
    store(&service, &caller.sandbox, collection, &id, &text)?;
    Ok(json(StatusCode::OK, written(&service, text)))
}

/// The body of a write, if the credential may write and the body is valid.
fn accept(service: &Service, body: &[u8]) -> Result<SpecBody, ApiError> {
    if service.control().behavior.read_only {
        let message = "A user token may not create or update a connection spec.";
        return Err(ApiError::flow(ErrorCode::WRITES_NOT_ALLOWED, message));
    }
    let body = SpecBody::parse(body)?;
    body.check_required()?;
    Ok(body)
}

fn write_by(caller: &Caller) -> Write<'_> {
    Write { sandbox: &caller.sandbox, user: ACCOUNT, client: &caller.client_id, time: now() }
}

/// Milliseconds since 1970.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The text of a spec: the stored one, else the provider's.
pub(super) fn find(service: &Service, sandbox: &Sandbox, collection: Collection, id: &str) -> Result<String, ApiError> {
    let stored = service.store.get(sandbox, collection, id).map_err(|error| store_failed(&error))?;
    let found = stored.or_else(|| builtin::find(collection, id).map(|builtin| builtin.text(sandbox)));
    found.ok_or_else(|| {
        let message = format!("{} not found with id = [{id}]", collection.name());
        ApiError::Flow { code: ErrorCode::NOT_FOUND, message, spec: Some((collection, id.to_owned())) }
    })
}

/// All specs that a sandbox has: the provider's, then the others.
fn all(service: &Service, sandbox: &Sandbox, collection: Collection) -> Result<Vec<String>, ApiError> {
    let stored = service.store.list(sandbox, collection).map_err(|error| store_failed(&error))?;
    let builtins = builtin::all(collection).map(|builtin| find(service, sandbox, collection, builtin.id));
    let mut texts = builtins.collect::<Result<Vec<_>, _>>()?;
    let own: Vec<_> = stored.into_iter().filter(|text| !texts.contains(text)).collect();
    texts.extend(own);
    Ok(texts)
}

pub(super) fn store(
    service: &Service,
    sandbox: &Sandbox,
    collection: Collection,
    id: &str,
    text: &str,
) -> Result<(), ApiError> {
    service.store.put(sandbox, collection, id, text).map_err(|error| store_failed(&error))
}

fn store_failed(error: &redb::Error) -> ApiError {
    ApiError::flow(ErrorCode::INTERNAL, format!("The emulator cannot use its data file: {error}"))
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

/// Changes a spec as another author, unless it is one of the provider's connection specs.
pub(super) fn concurrent_edit(
    service: &Service,
    sandbox: &Sandbox,
    collection: Collection,
    id: &str,
) -> Result<(), ApiError> {
    if collection == Collection::ConnectionSpecs && builtin::find(collection, id).is_some() {
        return Ok(());
    }
    let old = SpecBody::of(&find(service, sandbox, collection, id)?);
    let write = Write { sandbox, user: "another-author@adobe.com", client: "another-client", time: now() };
    let (key, value) = match collection {
        Collection::FlowSpecs => ("sourceConnectionSpecIds", with_another_source(&old)),
        Collection::ConnectionSpecs => {
            ("description", quoted(&format!("Changed by another author ({}).", Uuid::new_v4())))
        }
    };
    let text = old.stored(&ServerManaged::replacing(&old, &write), collection, false);
    // Of two members with the same key, the last one is used.
    let text = SpecBody::of(&format!("{},\"{key}\":{value}}}", &text[..text.len() - 1]));
    store(service, sandbox, collection, id, &text.compact())
}

/// The sources of a flow spec, and a new one.
fn with_another_source(flow_spec: &SpecBody) -> String {
    let sources = flow_spec.root().get("sourceConnectionSpecIds");
    let mut ids: Vec<_> = sources.into_iter().flat_map(|ids| ids.elements()).map(|id| id.text().to_owned()).collect();
    ids.push(quoted(&Uuid::new_v4().to_string()));
    format!("[{}]", ids.join(","))
}
