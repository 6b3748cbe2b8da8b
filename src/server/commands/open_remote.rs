//! `connspec.openRemote` and the request `connspec/remote`: the text of the service, for a document that is only read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::Uri;

use super::answer::Answer;
use super::call::{Call, Subject};
use super::{Abandoned, Options};
use crate::flow_service;
use crate::lint::RemoteState;
use crate::server::session::Session;
use crate::server::watcher::Watcher;
use crate::sync::{self, Failure, Prefer, Service, Stop};

/// The scheme of such a document's address; the rest is that of the file.
const SCHEME: &str = "connspec-remote";

/// The protocol's code for a request that was understood and failed all the same.
const FAILED: i64 = -32803;

/// What the request asks for: a document by its address, or by that of the document that is only read.
#[derive(Debug, Deserialize)]
pub(in crate::server) struct RemoteText {
    uri: String,
}

/// What it is answered with.
#[derive(Debug, Serialize)]
pub(in crate::server) struct Text {
    text: String,
}

impl RemoteText {
    /// The address of the file.
    pub(in crate::server) fn file(&self) -> Option<Uri> {
        let uri = match self.uri.split_once(':') {
            Some((SCHEME, rest)) => format!("file:{rest}"),
            _ => self.uri.clone(),
        };
        uri.parse().ok()
    }
}

/// The spec of the service.
pub(super) struct Read {
    pub(super) subject: Subject,
    pub(super) service: Arc<Service>,
    pub(super) id: String,
    /// As a file: without what the service manages, and laid out as the text on screen is.
    pub(super) text: String,
}

impl Read {
    /// The address of a document that shows the text: that of the file with a scheme of its own.
    pub(super) fn uri(&self) -> String {
        let uri = self.subject.uri.as_str();
        format!("{SCHEME}:{}", uri.split_once(':').map_or(uri, |(_, rest)| rest))
    }
}

pub(super) async fn run(call: Arc<Call>) -> Answer {
    match read(&call).await {
        Ok(read) => {
            let more = json!({ "id": read.id, "uri": read.uri(), "text": read.text });
            Answer::done(format!("This is `{}` as the service has it.", read.id)).of(&read.service).with(more)
        }
        Err(answer) => answer,
    }
}

/// Reads the spec of the service.
pub(super) async fn read(call: &Call) -> Result<Read, Answer> {
    let subject = call.subject()?;
    let service = call.service(subject.project.as_deref()).await?;
    call.step("Reading the spec of the service");
    match call.unless(subject.spec(&service).pull(call.options.link.as_deref(), Prefer::Neither)).await? {
        Ok(pull) => {
            let there = if pull.changes.there.is_empty() { RemoteState::Unchanged } else { RemoteState::Changed };
            // Of another spec than the linked one nothing follows for the document.
            if call.options.link.is_none() {
                call.learn(&service, &subject, &pull.id, there, None).await;
            }
            let text = sync::written_alike(&subject.document, &pull.file);
            Ok(Read { subject, service, id: pull.id, text })
        }
        Err(Failure::Stopped(stop)) => {
            if let (Stop::Gone { id }, None) = (&stop, &call.options.link) {
                call.learn(&service, &subject, id, RemoteState::Deleted, None).await;
            }
            let message = format!("{stop} Push it first, or name a spec with the option `link`.");
            Err(Answer::refused(message).of(&service))
        }
        Err(failure) => Err(call.failed(&service, &subject, failure).await),
    }
}

/// The text for a document that is only read.
pub(in crate::server) async fn text(
    session: &Arc<Session>,
    watcher: &Watcher,
    asked: RemoteText,
) -> Result<Text, Error> {
    let uri =
        asked.file().ok_or_else(|| Error::invalid_params("`connspec/remote` takes the address of a document."))?;
    let stop = flow_service::CancellationToken::default();
    let _abandoned = Abandoned(stop.clone());
    // Nobody is told of its steps.
    let steps = unbounded_channel().0.downgrade();
    let (session, watcher, uri, options) = (session.clone(), watcher.clone(), Some(uri), Options::default());
    let call = Call { session: session.clone(), watcher, uri, options, stop, steps };
    let read = session.remote.run(async move {
        match call.session.settings.is_trusted() {
            true => read(&call).await.map(|read| read.text),
            false => Err(Answer::untrusted()),
        }
    });
    match read.await {
        Some(Ok(text)) => Ok(Text { text }),
        Some(Err(answer)) => {
            Err(Error { code: ErrorCode::ServerError(FAILED), message: answer.words().into(), data: None })
        }
        None => Err(Error::internal_error()),
    }
}
