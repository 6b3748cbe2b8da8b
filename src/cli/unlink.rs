//! `connspec unlink`: it is forgotten which specs of the service files are.

use std::io;
use std::process::ExitCode;

use serde_json::json;

use super::output::Output;
use super::sync::{self, Errand, Talk, UnlinkArguments};
use crate::sync::Failure;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Forget which specs of the service files are.

Nothing changes on the service, and nothing is asked of it. `connspec push --link ID` links a file again.";

/// Unlinks the files, one after the other.
pub(super) fn run(arguments: &UnlinkArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, false, output, async |talk| {
        for file in &arguments.files {
            // A file that is gone may be unlinked too.
            let Some(errand) = Errand::begin(talk, file).await else { continue };
            errand.name(talk)?;
            let unlinked = errand.spec().unlink().await;
            tell(talk, &errand, unlinked)?;
        }
        Ok(())
    })
}

fn tell(talk: &mut Talk<'_>, errand: &Errand, unlinked: Result<Option<String>, Failure>) -> io::Result<()> {
    match unlinked {
        Ok(Some(id)) => {
            talk.tell(&format!("No longer linked to `{id}`."))?;
            talk.note(&errand.shown, Some(&errand.service), "unlinked", json!({ "id": id }));
        }
        Ok(None) => {
            talk.tell("It was not linked.")?;
            talk.note(&errand.shown, Some(&errand.service), "nothing", json!({}));
        }
        Err(failure) => talk.failed(&errand.shown, Some(&errand.service), &failure, json!({})),
    }
    Ok(())
}
