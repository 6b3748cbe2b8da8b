//! What happens to every request: logging, the host check, injected faults, authorization, and common headers.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::api_error::{ApiError, ErrorCode};
use super::authorize::{authorize, has_loopback_host};
use super::collection::Collection;
use super::connection::ConnectionHandle;
use super::fault::{FaultKind, Requests};
use super::service::{LoggedRequest, Service};
use super::specs::concurrent_edit;
use crate::flow_service::api::{BASE_PATH, REQUEST_ID_HEADER};

/// The header of every response that says that it is not from Adobe.
const EMULATOR_HEADER: &str = "x-connspec-emulator";

const NOT_ADOBE: HeaderValue = HeaderValue::from_static("a local emulator of Flow Service, not Adobe's service");

const SERVER: HeaderValue = HeaderValue::from_static(concat!("connspec-emulator/", env!("CARGO_PKG_VERSION")));

/// The largest body, in bytes. The limit of the service is not documented; a large published spec has some ten thousand.
const MAX_BODY_BYTES: usize = 8 << 20;

/// Processes a request and logs it.
pub(super) async fn middleware(
    State(service): State<Arc<Service>>,
    ConnectInfo(connection): ConnectInfo<ConnectionHandle>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let method = parts.method.to_string();
    // A request for a token contains a client secret, perhaps a real one.
    let is_loggable = is_flow_service(&parts);
    let full_path = parts.uri.path_and_query().filter(|_| is_loggable);
    let path = full_path.map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
    let (response, body) = match to_bytes(body, MAX_BODY_BYTES).await {
        Ok(body) => {
            let request = Request::from_parts(parts, Body::from(body.clone()));
            (process(&service, request, next).await, String::from_utf8_lossy(&body).into_owned())
        }
        Err(_) => (Some(body_too_large().into_response()), String::new()),
    };
    let legacy_errors = service.control().behavior.legacy_errors;
    let response = response.map(|response| finish(response, legacy_errors));
    let status = response.as_ref().map(|response| response.status().as_u16());
    let body = if is_loggable { body } else { String::new() };
    service.log_request(LoggedRequest { method, path, body, status });
    response.unwrap_or_else(|| {
        connection.close();
        Response::default()
    })
}

/// The response, or `None` if the connection is to be closed instead.
async fn process(service: &Service, request: Request, next: Next) -> Option<Response> {
    if !has_loopback_host(&request) {
        return Some(foreign_host().into_response());
    }
    service.simulate_latency().await;
    let (parts, body) = request.into_parts();
    if !is_flow_service(&parts) {
        return Some(next.run(Request::from_parts(parts, body)).await);
    }
    let writes = [Method::POST, Method::PUT].contains(&parts.method);
    let read_spec = if writes { None } else { spec_of(parts.uri.path()) };
    let requests = if writes { Requests::Writes } else { Requests::Reads };
    let faults = service.control().faults.next(requests, read_spec.is_some());
    for fault in &faults {
        match fault {
            FaultKind::CloseConnection => return None,
            FaultKind::RateLimited { retry_after } => return Some(with_retry_after(rate_limited(), *retry_after)),
            FaultKind::Unavailable { retry_after } => return Some(with_retry_after(unavailable(), *retry_after)),
            FaultKind::DropResponse | FaultKind::ConcurrentEdit => {}
        }
    }
    let caller = match authorize(service, &parts, writes) {
        Ok(caller) => caller,
        Err(error) => return Some(error.into_response()),
    };
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(caller.clone());
    let mut response = next.run(request).await;
    if let Some((collection, id)) =
        read_spec.filter(|_| faults.contains(&FaultKind::ConcurrentEdit) && is_ok(&response))
        && let Err(error) = concurrent_edit(service, &caller.sandbox, collection, &id)
    {
        response = error.into_response();
    }
    (!faults.contains(&FaultKind::DropResponse)).then_some(response)
}

fn is_flow_service(parts: &Parts) -> bool {
    parts.uri.path().strip_prefix(BASE_PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The spec that a path names.
fn spec_of(path: &str) -> Option<(Collection, String)> {
    Collection::ALL.into_iter().find_map(|collection| {
        let id = path.strip_prefix(&collection.path())?.strip_prefix('/')?;
        let id = id.strip_suffix('/').unwrap_or(id);
        (!id.is_empty() && !id.contains('/')).then(|| (collection, id.to_owned()))
    })
}

fn is_ok(response: &Response) -> bool {
    response.status().is_success() && response.extensions().get::<ApiError>().is_none()
}

/// Formats an error and adds the common headers.
fn finish(mut response: Response, legacy_errors: bool) -> Response {
    let id = Uuid::new_v4().to_string();
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        let headers = std::mem::take(response.headers_mut());
        response = error.response(&id, legacy_errors);
        for name in [header::RETRY_AFTER, header::ALLOW] {
            if let Some(value) = headers.get(&name) {
                response.headers_mut().insert(name, value.clone());
            }
        }
    }
    let headers = response.headers_mut();
    headers.insert(EMULATOR_HEADER, NOT_ADOBE);
    headers.insert(header::SERVER, SERVER);
    headers.extend(HeaderValue::from_str(&id).ok().map(|id| (HeaderName::from_static(REQUEST_ID_HEADER), id)));
    response
}

fn with_retry_after(error: ApiError, retry_after: Option<u32>) -> Response {
    let mut response = error.into_response();
    response.headers_mut().extend(retry_after.map(|seconds| (header::RETRY_AFTER, HeaderValue::from(seconds))));
    response
}

/// As in other services of the platform: Flow Service documents none.
fn rate_limited() -> ApiError {
    let detail = "Too many requests.".to_owned();
    ApiError::Plain { status: StatusCode::TOO_MANY_REQUESTS, title: "RequestRateTooLarge", detail }
}

fn unavailable() -> ApiError {
    ApiError::flow(ErrorCode::UNAVAILABLE, "The service is unavailable.")
}

fn body_too_large() -> ApiError {
    let detail = format!("The body is larger than {MAX_BODY_BYTES} bytes, the limit of the emulator.");
    ApiError::Plain { status: StatusCode::PAYLOAD_TOO_LARGE, title: "PayloadTooLarge", detail }
}

fn foreign_host() -> ApiError {
    let detail = "The emulator accepts only requests to 127.0.0.1, [::1] or localhost.".to_owned();
    ApiError::Plain { status: StatusCode::MISDIRECTED_REQUEST, title: "MisdirectedRequest", detail }
}
