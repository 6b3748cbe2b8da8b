//! `connspec pull`: what the service has comes into the file.

use std::io;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::output::Output;
use super::sync::{
    self, ATTEMPTS, Answer, Errand, PullArguments, Side, Talk, drawn, drawn_conflicts, json_of_conflicts,
};
use crate::sync::{Failure, Prefer, Pull, Stop, json};
use crate::syntax::Kind;
use crate::text::{Edit, english};

/// The long help.
pub(super) const LONG_ABOUT: &str = "Take what the service has into files.

A file that is not there is made, with --link ID. In one that is there only what changed on the service since the last push \
or pull is changed, and its formatting stays. Where both sides changed the same place nothing is written until someone \
decides: a person on a terminal, or --prefer.";

/// Pulls into the files, one after the other.
pub(super) fn run(arguments: &PullArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, false, output, async |talk| {
        if arguments.link.is_some() && arguments.files.len() > 1 {
            talk.cannot("", "--link names one spec, so it goes with one file.");
            return Ok(());
        }
        for file in &arguments.files {
            if let Some(mut errand) = Errand::begin(talk, file).await {
                errand.name(talk)?;
                one(talk, &mut errand, arguments).await?;
            }
            if talk.is_stopped() {
                break;
            }
        }
        Ok(())
    })
}

async fn one(talk: &mut Talk<'_>, errand: &mut Errand, arguments: &PullArguments) -> io::Result<()> {
    let mut prefer = match arguments.prefer {
        None => Prefer::Neither,
        Some(Side::Here) => Prefer::Here,
        Some(Side::There) => Prefer::There,
    };
    let mut attempts = 0;
    loop {
        attempts += 1;
        let pulled = match errand.spec().pull(arguments.link.as_deref(), prefer).await {
            // What is broken cannot be told apart from what the service has.
            Ok(_) if is_broken(errand) => Err(Stop::NoJson.into()),
            pulled => pulled,
        };
        let pull = match pulled {
            Ok(pull) => pull,
            Err(failure) => {
                talk.failed(&errand.shown, Some(&errand.service), &failure, json!({}));
                return Ok(());
            }
        };
        if errand.text.is_some() && !pull.changes.merge.conflicts.is_empty() {
            match decided(talk, errand, &pull).await? {
                Some(side) => prefer = side,
                None => return Ok(()),
            }
            continue;
        }
        if attempts == 1 || !arguments.dry_run {
            show(talk, errand, &pull)?;
        }
        if arguments.dry_run {
            talk.note(&errand.shown, Some(&errand.service), "planned", told(&pull));
            return Ok(());
        }
        match written(errand, &pull).await {
            Ok(done) => {
                talk.note(&errand.shown, Some(&errand.service), done, told(&pull));
                return Ok(());
            }
            Err(Wrong::File(message)) => {
                talk.cannot(&errand.shown, &message);
                return Ok(());
            }
            Err(Wrong::Failure(Failure::Moved)) if attempts < ATTEMPTS => {}
            Err(Wrong::Failure(failure)) => {
                talk.failed(&errand.shown, Some(&errand.service), &failure, json!({}));
                return Ok(());
            }
        }
    }
}

enum Wrong {
    File(String),
    Failure(Failure),
}

/// Writes the file, then notes that down: a pull that is cut off in between comes to the same the next time.
async fn written(errand: &mut Errand, pull: &Pull) -> Result<&'static str, Wrong> {
    let edits = &pull.changes.merge.edits;
    let (new, done) = match &errand.text {
        None => (pull.file.clone(), "made"),
        Some(text) if edits.is_empty() => (text.clone(), "nothing"),
        Some(text) => (Edit::apply(text, edits), "merged"),
    };
    if done != "nothing" {
        errand.write(new).map_err(Wrong::File)?;
    }
    errand.spec().pulled(pull).await.map_err(Wrong::Failure)?;
    Ok(done)
}

fn is_broken(errand: &Errand) -> bool {
    let spec = errand.spec();
    let tree = spec.document().tree();
    errand.text.is_some() && (!tree.errors().is_empty() || tree.root().kind() != Kind::Object)
}

fn show(talk: &mut Talk<'_>, errand: &Errand, pull: &Pull) -> io::Result<()> {
    let taken = &pull.changes.merge.taken;
    if errand.text.is_none() {
        return talk.tell(&format!("Makes the file from `{}`.", pull.id));
    }
    if taken.is_empty() {
        return talk.tell(&format!("Nothing to take over from `{}`.", pull.id));
    }
    talk.tell(&format!("Takes over from `{}`, {}:", pull.id, english::count(taken.len(), "place")))?;
    let drawn = drawn(taken, talk.width());
    talk.say(&drawn)
}

/// Which side counts, as a person says.
async fn decided(talk: &mut Talk<'_>, errand: &Errand, pull: &Pull) -> io::Result<Option<Prefer>> {
    let conflicts = &pull.changes.merge.conflicts;
    talk.tell("Changed on both sides:")?;
    let drawn = drawn_conflicts(conflicts, talk.width());
    talk.say(&drawn)?;
    match talk.ask("Which side counts?", &["here", "service"]).await? {
        Answer::Chosen(0) => return Ok(Some(Prefer::Here)),
        Answer::Chosen(_) => return Ok(Some(Prefer::There)),
        Answer::None => {}
    }
    let places = english::count(conflicts.len(), "place");
    let message = format!(
        "both sides changed {places} in different ways, so nothing was written. `--prefer here` keeps what the file has \
         there, `--prefer there` takes what the service has."
    );
    talk.refused(&errand.shown, &errand.service, &message, told(pull));
    Ok(None)
}

fn told(pull: &Pull) -> Value {
    let merge = &pull.changes.merge;
    json!({ "id": pull.id, "taken": json::changes(&merge.taken), "conflicts": json_of_conflicts(&merge.conflicts) })
}
