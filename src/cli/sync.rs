//! What the commands that speak with the service have in common: the same questions, the same words, the same exit codes.

use std::io;
use std::process::{self, ExitCode};

use tokio::{runtime, signal};

use super::output::{Output, complain};
use crate::flow_service::CancellationToken;
use crate::sync::Registered;
use crate::text::english;

mod arguments;
mod changes;
mod errand;
mod failure;
mod talk;

pub use arguments::{
    DiffArguments, ListArguments, PullArguments, PushArguments, RegisterArguments, ServiceArguments, Side,
    StatusArguments, SyncFormat, UnlinkArguments,
};
pub(super) use changes::{drawn, drawn_conflicts, json_of_conflicts};
pub(super) use errand::Errand;
pub(super) use talk::{Answer, Talk, where_it_is};

/// What their long help says at the end.
pub(super) const EXIT_CODES: &str = "Exit code: 0 done or nothing to do; 1 refused, a conflict, or a question with nobody \
to ask; 2 could not run (sign-in, rights, network, service).";

/// The exit code of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// How often a plan is made anew because what it rests on has changed.
pub(super) const ATTEMPTS: u32 = 3;

/// Runs the work of a command, and prints what came of it.
pub(super) fn run(
    arguments: &ServiceArguments,
    yes: bool,
    output: &mut Output,
    work: impl AsyncFnOnce(&mut Talk<'_>) -> io::Result<()>,
) -> io::Result<ExitCode> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let stop = CancellationToken::default();
    let mut talk = Talk::new(arguments, yes, output, stop.clone());
    let done = runtime.block_on(async {
        tokio::spawn(interrupted(stop));
        work(&mut talk).await
    });
    // A question that nobody has answered may still wait for its line.
    runtime.shutdown_background();
    done?;
    talk.end()
}

/// The first Ctrl-C ends what only reads and lets a write end; the second ends all.
async fn interrupted(stop: CancellationToken) {
    while signal::ctrl_c().await.is_ok() {
        if stop.is_cancelled() {
            process::exit(INTERRUPTED);
        }
        complain("it ends as soon as what is being written is written and noted down. Ctrl-C again ends it at once.");
        stop.cancel();
    }
}

/// What came of registering.
pub(super) fn tell_registered(talk: &mut Talk<'_>, registered: &Registered) -> io::Result<()> {
    let Registered { flow_spec, was_there, restored, altered } = registered;
    if !was_there {
        talk.tell(&format!("Registered in `{flow_spec}`."))?;
    }
    if !restored.is_empty() {
        let ids = english::count(restored.len(), "id");
        talk.tell(&format!("Another writer had taken {ids} of others out of it in the meantime; put back."))?;
    }
    if !altered.is_empty() {
        talk.tell("The flow spec was sent back as it came, and is not the same:")?;
        let drawn = drawn(altered, talk.width());
        talk.say(&drawn)?;
    }
    Ok(())
}
