//! The commands for Flow Service, for menus, code lenses and keys of the editor.
//!
//! Each runs off the protocol's thread, can be cancelled until it writes, lets a person decide, and shows its result as a
//! message. The response is the same result as JSON, see [`crate::sync::json`].

mod call;
mod list;
mod open_remote;
mod result;
mod select_profile;
mod sync;

use std::pin::Pin;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{ExecuteCommandOptions, ExecuteCommandParams, Uri, WorkDoneProgressOptions};

use self::call::Call;
pub(super) use self::open_remote::{RemoteText, Text, text as remote_text};
use self::result::CommandResult;
use super::remote::ProgressReporter;
use super::session::Session;
use super::watcher::Watcher;
use crate::flow_service::CancellationToken;
use crate::sync::Side;

/// What came of a command: `Err` if it was not done.
type Ended = std::result::Result<CommandResult, CommandResult>;

/// A running command.
type Running = Pin<Box<dyn Future<Output = Ended> + Send>>;

/// A command.
struct Command {
    /// Its name in the protocol.
    name: &'static str,
    /// The title of its progress.
    title: &'static str,
    /// Whether its first argument must be the URI of a document.
    needs_document: bool,
    run: fn(Arc<Call>) -> Running,
}

const COMMANDS: &[Command] = &[
    Command { name: "connspec.push", title: "Pushing", needs_document: true, run: |call| Box::pin(sync::push(call)) },
    Command { name: "connspec.pull", title: "Pulling", needs_document: true, run: |call| Box::pin(sync::pull(call)) },
    Command {
        name: "connspec.diff",
        title: "Comparing with remote",
        needs_document: true,
        run: |call| Box::pin(sync::diff(call)),
    },
    Command {
        name: "connspec.register",
        title: "Registering",
        needs_document: true,
        run: |call| Box::pin(sync::register(call)),
    },
    Command {
        name: "connspec.status",
        title: "Reading the sync status",
        needs_document: true,
        run: |call| Box::pin(sync::status(call)),
    },
    Command {
        name: "connspec.list",
        title: "Listing remote specs",
        needs_document: false,
        run: |call| Box::pin(list::run(call)),
    },
    Command {
        name: "connspec.selectProfile",
        title: "Selecting a profile",
        needs_document: false,
        run: |call| Box::pin(select_profile::run(call)),
    },
    Command {
        name: "connspec.openRemote",
        title: "Reading the remote spec",
        needs_document: true,
        run: |call| Box::pin(open_remote::run(call)),
    },
];

/// The names of the commands.
pub fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name)
}

/// The second argument of every command. A command ignores the options of others.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Options {
    /// The id of the remote spec; by default the linked one.
    link: Option<String>,
    /// Push: create a new spec even if one with this name exists, or the linked one was deleted.
    create: bool,
    /// Push: even if the spec has errors or unfilled placeholders.
    force: bool,
    /// Push: overwrite remote changes.
    overwrite: bool,
    /// Push: `false` leaves out registering.
    register: Option<bool>,
    /// Push, pull, register: show what would be done, ask nothing and write nothing.
    dry_run: bool,
    /// Pull: which side wins a conflict.
    prefer: Option<Side>,
    /// Select a profile: its name.
    profile: Option<String>,
}

/// The capability for the editor.
pub(super) fn options() -> ExecuteCommandOptions {
    ExecuteCommandOptions {
        commands: commands().map(str::to_owned).collect(),
        work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
    }
}

/// Runs a command. A cancelled command ends before it writes, or else completes the write.
pub(super) async fn execute(
    session: &Arc<Session>,
    watcher: &Watcher,
    params: ExecuteCommandParams,
) -> Result<Option<Value>> {
    let Some(command) = COMMANDS.iter().find(|command| command.name == params.command) else {
        return Err(Error::invalid_params(format!("unknown command `{}`", params.command)));
    };
    let (uri, options) = arguments(command, params.arguments)?;
    let cancellation = CancellationToken::default();
    let _cancel_on_drop = CancelOnDrop(cancellation.clone());
    let token = params.work_done_progress_params.work_done_token;
    let (client, caps, remote) = (&session.client, session.caps(), &session.remote);
    let progress = ProgressReporter::begin(client, caps, remote, token, command.title, cancellation.clone());
    let steps = progress.steps();
    let call = Call { session: session.clone(), watcher: watcher.clone(), uri, options, cancellation, steps };
    let result = session.remote.run(run(command, call, progress)).await;
    result.map(Some).ok_or_else(|| Error {
        code: ErrorCode::InternalError,
        message: format!("{} failed: an internal error of connspec", command.name).into(),
        data: None,
    })
}

async fn run(command: &'static Command, call: Call, progress: ProgressReporter) -> Value {
    let client = call.session.client.clone();
    let result = match call.session.settings.trusted() {
        Some(false) => CommandResult::untrusted(),
        Some(true) | None => (command.run)(Arc::new(call)).await.unwrap_or_else(|result| result),
    };
    progress.end().await;
    result.show(&client).await;
    result.json()
}

/// Cancels with the request: the framework drops the future of a cancelled one.
struct CancelOnDrop(CancellationToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The URI of the document and the options.
fn arguments(command: &Command, arguments: Vec<Value>) -> Result<(Option<Uri>, Options)> {
    let invalid = |what: &str| Error::invalid_params(format!("`{}`: {what}", command.name));
    let mut arguments = arguments.into_iter();
    let uri = match arguments.next() {
        Some(Value::String(uri)) => {
            Some(uri.parse().map_err(|_| invalid("the first argument isn't a valid document URI"))?)
        }
        None | Some(Value::Null) => None,
        Some(_) => return Err(invalid("expected a document URI as the first argument")),
    };
    if uri.is_none() && command.needs_document {
        return Err(invalid("expected a document URI as the first argument"));
    }
    let options = match arguments.next() {
        None | Some(Value::Null) => Options::default(),
        Some(options) => {
            serde_json::from_value(options).map_err(|error| invalid(&format!("invalid options: {error}")))?
        }
    };
    Ok((uri, options))
}
