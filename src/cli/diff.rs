//! `connspec diff`: what differs between files and the service.

use std::io;
use std::process::ExitCode;

use serde_json::json;

use super::output::Output;
use super::sync::{self, DiffArguments, Errand, Talk, drawn, drawn_conflicts, json_of_conflicts};
use crate::sync::{Prefer, json};

/// The long help.
pub(super) const LONG_ABOUT: &str = "Show what differs between files and the service.

It is told apart what was changed here, on the service and on both sides since the last push or pull. The order of keys, \
the way a value is written and what the service sets itself do not count. Long values are cut to the width of the \
terminal; --format json has them whole.";

/// Compares the files, one after the other.
pub(super) fn run(arguments: &DiffArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, false, output, async |talk| {
        for file in &arguments.files {
            if let Some(errand) = Errand::begin_with_file(talk, file).await? {
                one(talk, &errand, arguments.link.as_deref()).await?;
            }
            if talk.is_stopped() {
                break;
            }
        }
        Ok(())
    })
}

async fn one(talk: &mut Talk<'_>, errand: &Errand, link: Option<&str>) -> io::Result<()> {
    let compared = match errand.spec().pull(link, Prefer::Neither).await {
        Ok(pull) => pull.changes,
        Err(failure) => {
            talk.failed(&errand.shown, Some(&errand.service), &failure, json!({}));
            return Ok(());
        }
    };
    let width = talk.width();
    let is_known = compared.is_known;
    let there = if is_known { "Changed on the service:" } else { "The service has otherwise (-  here, +  there):" };
    for (title, changes) in [("Changed here:", &compared.here), (there, &compared.there)] {
        if !changes.is_empty() {
            talk.tell(title)?;
            talk.say(&drawn(changes, width))?;
        }
    }
    if is_known && !compared.merge.conflicts.is_empty() {
        talk.tell("Of that on both sides:")?;
        talk.say(&drawn_conflicts(&compared.merge.conflicts, width))?;
    }
    if compared.here.is_empty() && compared.there.is_empty() {
        talk.tell(&format!("The same here and there, as `{}`.", compared.id))?;
    }
    let more = json!({
        "id": compared.id,
        "here": json::changes(&compared.here),
        "there": json::changes(&compared.there),
        "conflicts": json_of_conflicts(&compared.merge.conflicts),
    });
    talk.note(&errand.shown, Some(&errand.service), "compared", more);
    Ok(())
}
