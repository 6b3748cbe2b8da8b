//! The routes.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::api_error::ApiError;
use super::collection::Collection;
use super::middleware::middleware;
use super::service::Service;
use super::{specs, token};
use crate::flow_service::api::TOKEN_PATH;

/// All routes, each with and without a trailing slash.
pub(super) fn router(service: Arc<Service>) -> Router {
    let mut routes = vec![(TOKEN_PATH.to_owned(), post(token::token))];
    for collection in Collection::ALL {
        let all = get(move |service, caller, query| specs::list(collection, service, caller, query))
            .post(move |service, caller, body| specs::create(collection, service, caller, body));
        let one = get(move |service, caller, id| specs::read(collection, service, caller, id))
            .put(move |service, caller, id, body| specs::replace(collection, service, caller, id, body));
        routes.push((collection.path(), all));
        routes.push((format!("{}/{{id}}", collection.path()), one));
    }
    let mut router = Router::new();
    for (path, methods) in routes {
        router = router.route(&format!("{path}/"), methods.clone()).route(&path, methods);
    }
    router
        .fallback(unknown_path)
        .method_not_allowed_fallback(unknown_method)
        // The middleware has read the body already, with its own limit.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(service.clone(), middleware))
        .with_state(service)
}

async fn unknown_path() -> ApiError {
    let detail = "The emulator has no such path, only tokens, connection specs and flow specs.".to_owned();
    ApiError::Plain { status: StatusCode::NOT_FOUND, title: "NotFound", detail }
}

async fn unknown_method() -> ApiError {
    let detail = "This method is not documented for the path, so the emulator does not support it.".to_owned();
    ApiError::Plain { status: StatusCode::METHOD_NOT_ALLOWED, title: "MethodNotAllowed", detail }
}
