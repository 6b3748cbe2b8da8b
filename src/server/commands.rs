//! The commands that bring a spec and the service together, for menus, code lenses and keys of the editor.
//!
//! Each runs beside the protocol, can be cancelled until it writes, asks what a person has to decide, and says in a sentence
//! what came of it. The same, as JSON, is its answer. What is sent is the text on screen, saved or not.

mod answer;
mod call;
mod diff;
mod list;
mod open_remote;
mod pull;
mod push;
mod register;
mod select_profile;
mod status;
mod words;

use std::pin::Pin;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{ExecuteCommandOptions, ExecuteCommandParams, Uri, WorkDoneProgressOptions};

use self::answer::Answer;
use self::call::Call;
pub(super) use self::open_remote::{RemoteText, Text, text as remote_text};
use super::remote::Progress;
use super::session::Session;
use super::watcher::Watcher;
use crate::flow_service::CancellationToken;

/// A command at work.
type AtWork = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// A command.
struct Command {
    /// Its name in the protocol.
    name: &'static str,
    /// What the editor shows while it goes on.
    title: &'static str,
    /// What it is about has to be named by its first argument, an address.
    needs_document: bool,
    run: fn(Arc<Call>) -> AtWork,
}

/// All of them.
const COMMANDS: &[Command] = &[
    Command {
        name: "connspec.push",
        title: "Pushing the spec",
        needs_document: true,
        run: |call| Box::pin(push::run(call)),
    },
    Command {
        name: "connspec.pull",
        title: "Pulling the spec",
        needs_document: true,
        run: |call| Box::pin(pull::run(call)),
    },
    Command {
        name: "connspec.diff",
        title: "Comparing with the service",
        needs_document: true,
        run: |call| Box::pin(diff::run(call)),
    },
    Command {
        name: "connspec.register",
        title: "Registering the spec",
        needs_document: true,
        run: |call| Box::pin(register::run(call)),
    },
    Command {
        name: "connspec.status",
        title: "Asking the service how the spec stands",
        needs_document: true,
        run: |call| Box::pin(status::run(call)),
    },
    Command {
        name: "connspec.list",
        title: "Listing the specs of the service",
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
        title: "Reading the spec of the service",
        needs_document: true,
        run: |call| Box::pin(open_remote::run(call)),
    },
];

/// The names of the commands, for whoever compares them with those of an editor's extension.
pub fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name)
}

/// The second argument of every command; each takes what it has a use for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Options {
    /// The id of the spec on the service that the document is.
    link: Option<String>,
    /// Push: make a new spec although one of the name is there, or the linked one is gone.
    create: bool,
    /// Push: send a spec that has errors.
    force: bool,
    /// Push: overwrite what was changed on the service.
    overwrite: bool,
    /// Push: `false` leaves registering out.
    register: Option<bool>,
    /// Push: only say what would be done.
    dry_run: bool,
    /// Pull: which side counts where both have changed the same.
    prefer: Option<Side>,
    /// Select a profile: its name.
    profile: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Side {
    Here,
    There,
}

/// What the editor is told of the commands.
pub(super) fn options() -> ExecuteCommandOptions {
    ExecuteCommandOptions {
        commands: commands().map(str::to_owned).collect(),
        work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
    }
}

/// Carries out a command. When nobody waits for it any more it ends before it writes, or else brings the write to its end.
pub(super) async fn execute(
    session: &Arc<Session>,
    watcher: &Watcher,
    asked: ExecuteCommandParams,
) -> Result<Option<Value>> {
    let Some(command) = COMMANDS.iter().find(|command| command.name == asked.command) else {
        return Err(Error::invalid_params(format!("There is no command `{}`.", asked.command)));
    };
    let (uri, options) = arguments(command, asked.arguments)?;
    let stop = CancellationToken::default();
    let _abandoned = Abandoned(stop.clone());
    let token = asked.work_done_progress_params.work_done_token;
    let progress =
        Progress::begin(&session.client, session.caps(), &session.remote, token, command.title, stop.clone());
    let steps = progress.steps();
    let call = Call { session: session.clone(), watcher: watcher.clone(), uri, options, stop, steps };
    let done = session.remote.run(carry_out(command, call, progress)).await;
    done.map(Some).ok_or_else(|| Error {
        code: ErrorCode::InternalError,
        message: format!("connspec could not carry out {}: an internal error", command.name).into(),
        data: None,
    })
}

async fn carry_out(command: &'static Command, call: Call, progress: Progress) -> Value {
    let client = call.session.client.clone();
    let answer = match call.session.settings.is_trusted() {
        true => (command.run)(Arc::new(call)).await,
        false => Answer::untrusted(),
    };
    progress.end().await;
    answer.show(&client).await;
    answer.json()
}

/// Cancels when the request is: the framework drops what nobody is to wait for.
struct Abandoned(CancellationToken);

impl Drop for Abandoned {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The document's address and the options.
fn arguments(command: &Command, given: Vec<Value>) -> Result<(Option<Uri>, Options)> {
    let name = command.name;
    let wrong = |what: &str| Error::invalid_params(format!("`{name}` {what}"));
    let mut given = given.into_iter();
    let uri = match given.next() {
        Some(Value::String(uri)) => {
            Some(uri.parse().map_err(|_| wrong("got a first argument that is no address of a document."))?)
        }
        None | Some(Value::Null) => None,
        Some(_) => return Err(wrong("takes the address of a document as its first argument.")),
    };
    if uri.is_none() && command.needs_document {
        return Err(wrong("needs the address of a document as its first argument."));
    }
    let options = match given.next() {
        None | Some(Value::Null) => Options::default(),
        Some(options) => serde_json::from_value(options)
            .map_err(|error| wrong(&format!("got options that it does not know: {error}.")))?,
    };
    Ok((uri, options))
}
