//! `connspec register`: ids of specs are added to the flow spec that dataflows of their kind are made with.

use std::io;
use std::process::ExitCode;

use serde_json::json;

use super::output::Output;
use super::sync::{self, Errand, RegisterArguments, Talk};
use crate::sync::{Failure, RegisterStep};

/// The long help.
pub(super) const LONG_ABOUT: &str = "Register specs: their ids are added to the flow spec of their kind, \
RestStorageToAEP or GenericStreamingAEP, so that dataflows can be made with them.

`connspec push` does this too. All that is in the flow spec stays in it: it is read, sent back with one id more, and read \
again. What another writer adds between the reading and the writing cannot be seen; that is one round trip.";

/// Registers the specs of the files, one after the other.
pub(super) fn run(arguments: &RegisterArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, arguments.yes, output, async |talk| {
        for file in &arguments.files {
            if let Some(errand) = Errand::begin_with_file(talk, file).await?
                && let Err(failure) = one(talk, &errand, arguments.dry_run).await?
            {
                talk.failed(&errand.shown, Some(&errand.service), &failure, json!({}));
            }
            if talk.is_stopped() {
                break;
            }
        }
        Ok(())
    })
}

async fn one(talk: &mut Talk<'_>, errand: &Errand, dry_run: bool) -> io::Result<Result<(), Failure>> {
    let (id, step) = match errand.spec().registration().await {
        Ok(found) => found,
        Err(failure) => return Ok(Err(failure)),
    };
    let more = json!({ "id": id });
    let flow_spec = match step {
        RegisterStep::Register { flow_spec } => flow_spec,
        RegisterStep::Registered { flow_spec } => {
            talk.tell(&format!("`{id}` is registered in `{flow_spec}`."))?;
            talk.note(&errand.shown, Some(&errand.service), "nothing", more);
            return Ok(Ok(()));
        }
        RegisterStep::Nothing => return Ok(Ok(())),
    };
    talk.tell(&format!("Registers `{id}` in `{flow_spec}`."))?;
    if dry_run {
        talk.note(&errand.shown, Some(&errand.service), "planned", more);
        return Ok(Ok(()));
    }
    if !talk.may_go_on("Register?").await? {
        let message = talk.not_sent("`--yes` registers without asking.");
        talk.refused(&errand.shown, &errand.service, &message, more);
        return Ok(Ok(()));
    }
    match errand.spec().register().await {
        Ok(registered) => {
            sync::tell_registered(talk, &registered)?;
            talk.note(&errand.shown, Some(&errand.service), "registered", more);
            Ok(Ok(()))
        }
        Err(failure) => Ok(Err(failure)),
    }
}
