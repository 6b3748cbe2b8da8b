//! The way of a request: what goes wrong with it, whether it is let in, and what every answer says.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::fault::{FaultKind, Requests};
use super::line::Line;
use super::refusal::{Code, Refusal};
use super::service::Service;
use super::wire::Kind;
use super::{gate, log, other_author};
use crate::flow_service::api::{BASE_PATH, REQUEST_ID_HEADER};

/// The header that says on every answer whose it is.
const EMULATOR: &str = "x-connspec-emulator";

const NOT_ADOBE: HeaderValue = HeaderValue::from_static("a local emulator of Flow Service, not Adobe's service");

const SERVER: HeaderValue = HeaderValue::from_static(concat!("connspec-emulator/", env!("CARGO_PKG_VERSION")));

/// The largest body, in bytes. What the service takes is not documented; a large published spec has some ten thousand.
const LARGEST_BODY: usize = 8 << 20;

/// Around every request.
pub(super) async fn pass(
    State(service): State<Arc<Service>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let method = parts.method.to_string();
    // What a token is asked for with is a secret, in the place of which people may put a real one.
    let may_be_shown = is_of_flow_service(&parts);
    let shown = parts.uri.path_and_query().filter(|_| may_be_shown);
    let path = shown.map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
    let (answer, body) = match to_bytes(body, LARGEST_BODY).await {
        Ok(body) => {
            let request = Request::from_parts(parts, Body::from(body.clone()));
            (run(&service, request, next).await, String::from_utf8_lossy(&body).into_owned())
        }
        Err(_) => (Some(too_large().into_response()), String::new()),
    };
    let answer = answer.map(|answer| signed(answer, service.control().behavior.legacy_errors));
    let status = answer.as_ref().map(|answer| answer.status().as_u16());
    let body = if may_be_shown { body } else { String::new() };
    service.remember(log::Request { method, path, body, status });
    answer.unwrap_or_else(|| {
        line.cut();
        Response::default()
    })
}

/// The answer, or nothing where the connection is to be closed instead.
async fn run(service: &Service, request: Request, next: Next) -> Option<Response> {
    if !gate::is_asked_for_by_a_loopback_name(&request) {
        return Some(other_host().into_response());
    }
    service.linger().await;
    let (parts, body) = request.into_parts();
    if !is_of_flow_service(&parts) {
        return Some(next.run(Request::from_parts(parts, body)).await);
    }
    let writes = [Method::POST, Method::PUT].contains(&parts.method);
    let read = if writes { None } else { named(parts.uri.path()) };
    let with = if writes { Requests::Writes } else { Requests::Reads };
    let met = service.control().faults.meet(with, read.is_some());
    for what in &met {
        match what {
            FaultKind::CloseConnection => return None,
            FaultKind::RateLimited { retry_after } => return Some(busy(too_many(), *retry_after)),
            FaultKind::Unavailable { retry_after } => return Some(busy(unavailable(), *retry_after)),
            FaultKind::DropResponse | FaultKind::ConcurrentEdit => {}
        }
    }
    let caller = match gate::admit(service, &parts, writes) {
        Ok(caller) => caller,
        Err(refusal) => return Some(refusal.into_response()),
    };
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(caller.clone());
    let mut answer = next.run(request).await;
    if let Some((kind, id)) = read.filter(|_| met.contains(&FaultKind::ConcurrentEdit) && is_granted(&answer))
        && let Err(refusal) = other_author::change(service, &caller.place, kind, &id)
    {
        answer = refusal.into_response();
    }
    (!met.contains(&FaultKind::DropResponse)).then_some(answer)
}

fn is_of_flow_service(parts: &Parts) -> bool {
    parts.uri.path().strip_prefix(BASE_PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The one document that a path names.
fn named(path: &str) -> Option<(Kind, String)> {
    Kind::ALL.into_iter().find_map(|kind| {
        let id = path.strip_prefix(&kind.path())?.strip_prefix('/')?;
        let id = id.strip_suffix('/').unwrap_or(id);
        (!id.is_empty() && !id.contains('/')).then(|| (kind, id.to_owned()))
    })
}

fn is_granted(answer: &Response) -> bool {
    answer.status().is_success() && answer.extensions().get::<Refusal>().is_none()
}

/// The answer as it goes out: a refusal in its shape, and on each whose it is.
fn signed(mut answer: Response, legacy: bool) -> Response {
    let id = Uuid::new_v4().to_string();
    if let Some(refusal) = answer.extensions_mut().remove::<Refusal>() {
        let kept = std::mem::take(answer.headers_mut());
        answer = refusal.answer(&id, legacy);
        for name in [header::RETRY_AFTER, header::ALLOW] {
            if let Some(value) = kept.get(&name) {
                answer.headers_mut().insert(name, value.clone());
            }
        }
    }
    let headers = answer.headers_mut();
    headers.insert(EMULATOR, NOT_ADOBE);
    headers.insert(header::SERVER, SERVER);
    headers.extend(HeaderValue::from_str(&id).ok().map(|id| (HeaderName::from_static(REQUEST_ID_HEADER), id)));
    answer
}

fn busy(refusal: Refusal, retry_after: Option<u32>) -> Response {
    let mut answer = refusal.into_response();
    answer.headers_mut().extend(retry_after.map(|seconds| (header::RETRY_AFTER, HeaderValue::from(seconds))));
    answer
}

/// As other services of the platform say it: Flow Service documents none.
fn too_many() -> Refusal {
    let detail = "Too many requests.".to_owned();
    Refusal::Plain { status: StatusCode::TOO_MANY_REQUESTS, title: "RequestRateTooLarge", detail }
}

fn unavailable() -> Refusal {
    Refusal::flow(Code::UNAVAILABLE, "The service is unavailable.")
}

fn too_large() -> Refusal {
    let detail = format!("The body has more than {LARGEST_BODY} bytes, which the emulator does not take.");
    Refusal::Plain { status: StatusCode::PAYLOAD_TOO_LARGE, title: "PayloadTooLarge", detail }
}

/// A page in a browser may have its own name lead to this machine. It must not get at what is kept here.
fn other_host() -> Refusal {
    let detail = "The emulator answers only when it is asked for as 127.0.0.1, [::1] or localhost.".to_owned();
    Refusal::Plain { status: StatusCode::MISDIRECTED_REQUEST, title: "MisdirectedRequest", detail }
}
