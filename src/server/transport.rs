//! Messages in and out.
//!
//! This drives the framework's service directly. The framework's own transport ends at the first malformed message, runs all
//! handlers on one task, and stops reading when nobody reads what it writes.
//!
//! Each request is started as soon as it is read, and in that order: what a handler does before its first `.await` is done
//! before the next message is parsed. The rest of it runs in a task of its own. Responses go into an unbounded queue that has
//! its own writer, so that reading never waits for writing.

mod foreign_uris;
mod frames;
mod messages;
mod tolerant;

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use futures_util::future::poll_fn;
use futures_util::{FutureExt, SinkExt, StreamExt};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::jsonrpc::{Id, Request, Response};
use tower_lsp::{ClientSocket, ExitedError, LanguageServer, LspService};
use tower_service::Service;

use self::foreign_uris::ForeignUris;
use self::frames::Frames;
use self::messages::Message;
use super::pool::lock;

/// How long the last responses may take to be written after `exit`, or after the input has ended.
const SHUTDOWN_GRACE: Duration = Duration::from_millis(500);

/// Serves until `exit`, until the client closes either pipe, or until its process has ended. Returns the exit code.
pub(super) async fn serve<S: LanguageServer>(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Send + Unpin + 'static,
    mut service: LspService<S>,
    socket: ClientSocket,
    client_ended: impl Future<Output = ()>,
) -> i32 {
    let (queue, queued) = unbounded_channel();
    let uris = Arc::new(Mutex::new(ForeignUris::default()));
    let outbox = Outbox { queue, uris: uris.clone() };
    let mut writer = tokio::spawn(write(queued, output));
    let (mut requests, mut responses) = socket.split();
    let to_client = outbox.clone();
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            to_client.send(&request);
        }
    });

    let mut frames = Frames::new(input);
    let mut is_shut_down = false;
    let reading = async {
        while let Some(frame) = frames.next().await {
            // The lock must be free while a request is handled, since its response takes it.
            let message = messages::parse(frame, &mut lock(&uris));
            match message {
                Ok(Message::Request(request)) if request.method() == "exit" => return,
                Ok(Message::Request(request)) => {
                    is_shut_down |= request.method() == "shutdown";
                    start(&mut service, request, &outbox).await;
                }
                Ok(Message::Response(response)) => {
                    let _ = responses.send(response).await;
                }
                Err(error) => outbox.send(&error),
            }
        }
    };
    tokio::select! {
        () = reading => {}
        () = client_ended => return exit_code(is_shut_down),
        _ = &mut writer => return exit_code(is_shut_down),
    }
    // The writer ends once nobody is left who could write.
    drop((service, outbox));
    if tokio::time::timeout(SHUTDOWN_GRACE, &mut writer).await.is_err() {
        // Somebody still waits for the client.
        writer.abort();
    }
    exit_code(is_shut_down)
}

fn exit_code(is_shut_down: bool) -> i32 {
    if is_shut_down { 0 } else { 1 }
}

/// Starts a request: runs its handler to the first `.await` that has to wait, and the rest, if any, in a task.
async fn start<S: LanguageServer>(service: &mut LspService<S>, request: Request, outbox: &Outbox) {
    let id = request.id().cloned();
    let Ok(call) = std::panic::catch_unwind(AssertUnwindSafe(|| service.call(request))) else {
        return outbox.respond(id, Err(Panicked));
    };
    let mut call = AssertUnwindSafe(call).catch_unwind();
    match poll_fn(|context| Poll::Ready(call.poll_unpin(context))).await {
        Poll::Ready(result) => outbox.respond(id, result.map_err(|_| Panicked)),
        Poll::Pending => {
            let outbox = outbox.clone();
            tokio::spawn(async move { outbox.respond(id, call.await.map_err(|_| Panicked)) });
        }
    }
}

/// A handler panicked.
struct Panicked;

/// The queue of messages to the client.
#[derive(Clone)]
struct Outbox {
    queue: UnboundedSender<Vec<u8>>,
    uris: Arc<Mutex<ForeignUris>>,
}

impl Outbox {
    fn send(&self, message: &impl Serialize) {
        match self.serialize(message) {
            Ok(body) => {
                let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
                frame.extend(body);
                // When the writer has ended, so has the client.
                let _ = self.queue.send(frame);
            }
            Err(error) => tracing::error!("cannot serialize a message: {error}"),
        }
    }

    fn serialize(&self, message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
        // Reading waits for the lock, so it is not held while a large message is serialized.
        if lock(&self.uris).is_empty() {
            return serde_json::to_vec(message);
        }
        let mut message = serde_json::to_value(message)?;
        lock(&self.uris).restore(&mut message);
        serde_json::to_vec(&message)
    }

    fn respond(&self, id: Option<Id>, result: Result<Result<Option<Response>, ExitedError>, Panicked>) {
        match (result, id) {
            (Ok(Ok(Some(response))), _) => self.send(&response),
            // The framework does not respond to requests whose method starts with `$/`.
            (Ok(Ok(None)), Some(id)) => self.send(&messages::unknown_method(id)),
            (Err(Panicked), Some(id)) => self.send(&messages::internal_error(id)),
            _ => {}
        }
    }
}

/// Writes the queue, until no more can come or the output is closed.
async fn write(mut queued: UnboundedReceiver<Vec<u8>>, mut output: impl AsyncWrite + Unpin) -> std::io::Result<()> {
    let mut batch = Vec::new();
    while queued.recv_many(&mut batch, 64).await > 0 {
        for frame in batch.drain(..) {
            output.write_all(&frame).await?;
        }
        output.flush().await?;
    }
    Ok(())
}
