//! Messages in and out.
//!
//! This drives the framework's service directly, in place of the framework's own transport, which ends at the first
//! broken message, runs all handlers on one task, and stops reading when nobody reads what it writes.
//!
//! Each request is begun as soon as it is read, and in that order: a handler that does its work before its first wait
//! has done it before the next message is looked at. What is left of it then goes on in a task of its own. Answers go
//! into a queue without a limit that has its own writer, so that reading never waits for writing.

mod frames;
mod messages;

use std::panic::AssertUnwindSafe;
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

use self::frames::Frames;
use self::messages::Message;

/// How long the last answers may take to be written once the editor has said goodbye, or has closed its end.
const FAREWELL: Duration = Duration::from_millis(500);

/// Serves until the editor says goodbye, closes either pipe, or `gone` ends. Gives back the exit code.
pub(super) async fn serve<S: LanguageServer>(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Send + Unpin + 'static,
    mut service: LspService<S>,
    socket: ClientSocket,
    gone: impl Future<Output = ()>,
) -> i32 {
    let (queue, queued) = unbounded_channel();
    let outbox = Outbox(queue);
    let mut writer = tokio::spawn(write(queued, output));
    let (mut asked, mut answered) = socket.split();
    let questions = outbox.clone();
    tokio::spawn(async move {
        while let Some(question) = asked.next().await {
            questions.send(&question);
        }
    });

    let mut frames = Frames::new(input);
    let mut shut_down = false;
    let reading = async {
        while let Some(frame) = frames.next().await {
            match messages::parse(frame) {
                Ok(Message::Request(request)) if request.method() == "exit" => return,
                Ok(Message::Request(request)) => {
                    shut_down |= request.method() == "shutdown";
                    begin(&mut service, request, &outbox).await;
                }
                Ok(Message::Response(response)) => {
                    let _ = answered.send(response).await;
                }
                Err(answer) => outbox.send(&answer),
            }
        }
    };
    tokio::select! {
        () = reading => {}
        () = gone => return exit_code(shut_down),
        _ = &mut writer => return exit_code(shut_down),
    }
    // The writer ends once nobody is left who could have something to write.
    drop((service, outbox));
    let _ = tokio::time::timeout(FAREWELL, writer).await;
    exit_code(shut_down)
}

fn exit_code(shut_down: bool) -> i32 {
    if shut_down { 0 } else { 1 }
}

/// Begins a request: runs its handler to its first wait, and hands the rest, if any, to a task.
async fn begin<S: LanguageServer>(service: &mut LspService<S>, request: Request, outbox: &Outbox) {
    let id = request.id().cloned();
    let Ok(call) = std::panic::catch_unwind(AssertUnwindSafe(|| service.call(request))) else {
        return outbox.answer(id, Err(Panicked));
    };
    let mut call = AssertUnwindSafe(call).catch_unwind();
    match poll_fn(|context| Poll::Ready(call.poll_unpin(context))).await {
        Poll::Ready(ended) => outbox.answer(id, ended.map_err(|_| Panicked)),
        Poll::Pending => {
            let outbox = outbox.clone();
            tokio::spawn(async move { outbox.answer(id, call.await.map_err(|_| Panicked)) });
        }
    }
}

/// A handler panicked.
struct Panicked;

/// The way to the editor.
#[derive(Clone)]
struct Outbox(UnboundedSender<Vec<u8>>);

impl Outbox {
    fn send(&self, message: &impl Serialize) {
        match serde_json::to_vec(message) {
            Ok(body) => {
                let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
                frame.extend(body);
                // When the writer is gone, so is the editor.
                let _ = self.0.send(frame);
            }
            Err(error) => tracing::error!("a message could not be written: {error}"),
        }
    }

    fn answer(&self, id: Option<Id>, ended: Result<Result<Option<Response>, ExitedError>, Panicked>) {
        match (ended, id) {
            (Ok(Ok(Some(response))), _) => self.send(&response),
            // The framework keeps silent on a request of a name that begins with `$/`.
            (Ok(Ok(None)), Some(id)) => self.send(&messages::unknown_method(id)),
            (Err(Panicked), Some(id)) => self.send(&messages::internal_error(id)),
            _ => {}
        }
    }
}

/// Writes what is queued, until no more can come or nobody takes it.
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
