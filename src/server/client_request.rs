//! Requests of ours to the client. Each is sent by a task of its own: a handler that waited for the client would hold up
//! what the client waits for.

use std::time::Duration;

use tower_lsp::Client;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Registration;

/// The timeout of a request that needs no person.
pub(super) const CLIENT_TIMEOUT: Duration = Duration::from_secs(10);

/// Waits for the response to a request. A client that fails or keeps quiet costs a line in the log, which calls the request
/// by this name.
pub(super) async fn response<T>(name: &str, request: impl Future<Output = Result<T>>) -> Option<T> {
    match tokio::time::timeout(CLIENT_TIMEOUT, request).await {
        Ok(Ok(response)) => return Some(response),
        Ok(Err(error)) => tracing::warn!("the client refused {name}: {error}"),
        Err(_) => tracing::warn!("the client did not respond to {name}"),
    }
    None
}

/// Sends a request of which only failure matters.
pub(super) fn send(name: &'static str, request: impl Future<Output = Result<()>> + Send + 'static) {
    tokio::spawn(async move { response(name, request).await });
}

/// Registers for notifications of the client's.
pub(super) fn register(client: &Client, registration: Registration) {
    let client = client.clone();
    send("client/registerCapability", async move { client.register_capability(vec![registration]).await });
}
