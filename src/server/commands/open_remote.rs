//! `connspec.openRemote` and the request `connspec/remote`: the remote spec as the text of a read-only document.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json as value;
use tokio::sync::mpsc::unbounded_channel;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::Uri;

use super::call::{Call, Participants};
use super::result::CommandResult;
use super::{CancelOnDrop, Ended, Options};
use crate::flow_service::{CancellationToken, short_id};
use crate::server::session::Session;
use crate::server::watcher::Watcher;
use crate::sync::{Outcome, Pull, Service, json, layout_like};

/// The scheme of such a document's URI; the rest is that of the file.
const SCHEME: &str = "connspec-remote";

/// `RequestFailed` of the protocol: the request was valid and failed all the same.
const REQUEST_FAILED: i64 = -32803;

/// The parameters of `connspec/remote`: the URI of a file, or of its read-only document.
#[derive(Debug, Deserialize)]
pub(in crate::server) struct RemoteText {
    uri: String,
}

/// The response of `connspec/remote`.
#[derive(Debug, Serialize)]
pub(in crate::server) struct Text {
    text: String,
}

impl RemoteText {
    /// The URI of the file.
    pub(in crate::server) fn file(&self) -> Option<Uri> {
        let uri = match self.uri.split_once(':') {
            Some((SCHEME, rest)) => format!("file:{rest}"),
            _ => self.uri.clone(),
        };
        uri.parse().ok()
    }
}

/// The remote spec of a document.
pub(super) struct Read {
    uri: Uri,
    pub(super) service: Arc<Service>,
    pub(super) pull: Pull,
    /// Without managed keys, and in the layout of the document.
    pub(super) text: String,
}

impl Read {
    /// The URI of the read-only document.
    pub(super) fn uri(&self) -> String {
        let uri = self.uri.as_str();
        format!("{SCHEME}:{}", uri.split_once(':').map_or(uri, |(_, rest)| rest))
    }
}

pub(super) async fn run(call: Arc<Call>) -> Ended {
    let read = read(&call).await?;
    let Pull { id, name, .. } = &read.pull;
    let message = format!("Opened `{name}` from {} ({}).", read.service.location(), short_id(id));
    let more = value!({ "id": id, "name": name, "uri": read.uri(), "text": read.text });
    let head = |message: &str| json::head(Some(&read.service), message, Outcome::Done);
    Ok(CommandResult::done(&read.service, message, head).with(more))
}

/// Reads the remote spec.
pub(super) async fn read(call: &Call) -> Result<Read, CommandResult> {
    let link = call.options.link.as_deref();
    let mut participants = call.participants().await?;
    let compared = participants.conversation().compare(link).await;
    match compared {
        Ok(pull) => {
            let Participants { service, document, .. } = participants;
            let text = layout_like(&document.document, &pull.file);
            Ok(Read { uri: document.uri, service, pull, text })
        }
        Err(error) => Err(participants.failed(&error).await),
    }
}

/// The text of the read-only document.
pub(in crate::server) async fn text(
    session: &Arc<Session>,
    watcher: &Watcher,
    params: RemoteText,
) -> Result<Text, Error> {
    let uri = params.file().ok_or_else(|| Error::invalid_params("`connspec/remote`: expected a document URI"))?;
    let cancellation = CancellationToken::default();
    let _cancel_on_drop = CancelOnDrop(cancellation.clone());
    // Its progress is not shown.
    let steps = unbounded_channel().0.downgrade();
    let (session, watcher, uri, options) = (session.clone(), watcher.clone(), Some(uri), Options::default());
    let call = Call { session: session.clone(), watcher, uri, options, cancellation, steps };
    let read = session.remote.run(async move {
        match call.session.settings.trusted() {
            Some(false) => Err(CommandResult::untrusted()),
            Some(true) | None => read(&call).await.map(|read| read.text),
        }
    });
    match read.await {
        Some(Ok(text)) => Ok(Text { text }),
        Some(Err(result)) => Err(Error {
            code: ErrorCode::ServerError(REQUEST_FAILED),
            message: result.message().to_owned().into(),
            data: None,
        }),
        None => Err(Error::internal_error()),
    }
}
