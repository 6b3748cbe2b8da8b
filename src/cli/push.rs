//! `connspec push`: specs are made or updated on the service, and registered.

use std::io;
use std::process::ExitCode;

use serde_json::json;

use super::output::Output;
use super::sync::{self, ATTEMPTS, Errand, PushArguments, Talk, drawn};
use crate::sync::{Done, Failure, Plan, PushOptions, Pushed, RegisterStep, SpecStep, json};
use crate::text::english;

mod decide;

use decide::{Next, decide};

/// The long help.
pub(super) const LONG_ABOUT: &str = "Make or update specs on the service, and register them.

It reads first and shows what it would do; on a terminal it asks before it writes, elsewhere it needs --yes. What others \
have changed on the service is never overwritten unseen: what differs is shown, and pull, merge or overwriting offered. A \
spec whose name is there already is linked to it rather than made again. What is remembered for that is in \
connspec.state.json, which is meant to be committed and holds no secrets.

A writer between the last look and the write cannot be seen: the service tells no versions of specs.";

/// Pushes the files, one after the other.
pub(super) fn run(arguments: &PushArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, arguments.yes, output, async |talk| {
        if arguments.link.is_some() && arguments.files.len() > 1 {
            talk.cannot("", "--link names one spec, so it goes with one file.");
            return Ok(());
        }
        for file in &arguments.files {
            if let Some(mut errand) = Errand::begin_with_file(talk, file).await? {
                one(talk, &mut errand, arguments).await?;
            }
            if talk.is_stopped() {
                break;
            }
        }
        Ok(())
    })
}

async fn one(talk: &mut Talk<'_>, errand: &mut Errand, arguments: &PushArguments) -> io::Result<()> {
    let mut options = PushOptions {
        link: arguments.link.clone(),
        create: arguments.create,
        force: arguments.force,
        overwrite: arguments.overwrite,
        no_register: arguments.no_register,
    };
    let (mut attempts, mut shown) = (0, None);
    loop {
        attempts += 1;
        let planned = errand.spec().plan(&errand.facts, &options).await;
        let plan = match planned {
            Ok(plan) => plan,
            Err(Failure::Stopped(stop)) => match decide(talk, errand, stop, &mut options, arguments.dry_run).await? {
                Next::Plan => continue,
                Next::End => return Ok(()),
            },
            Err(failure) => {
                talk.failed(&errand.shown, Some(&errand.service), &failure, json!({}));
                return Ok(());
            }
        };
        // After something has moved the same plan needs no second yes.
        if shown.as_ref() != Some(&plan) {
            show(talk, &plan)?;
            if arguments.dry_run {
                talk.note(&errand.shown, Some(&errand.service), "planned", json::plan(&plan));
                return Ok(());
            }
            if plan.writes() && !talk.may_go_on("Push?").await? {
                let message = talk.not_sent("`--yes` pushes without asking.");
                talk.refused(&errand.shown, &errand.service, &message, json::plan(&plan));
                return Ok(());
            }
        }
        match errand.spec().push(&plan).await {
            Ok(pushed) => return tell(talk, errand, &plan, &pushed),
            Err(Failure::Moved) if attempts < ATTEMPTS => shown = Some(plan),
            Err(failure) => {
                let more =
                    if let Failure::NotRegistered { id, .. } = &failure { json!({ "id": id }) } else { json!({}) };
                talk.failed(&errand.shown, Some(&errand.service), &failure, more);
                return Ok(());
            }
        }
    }
}

/// What a plan would do.
fn show(talk: &mut Talk<'_>, plan: &Plan) -> io::Result<()> {
    match &plan.spec {
        SpecStep::Nothing { id } => talk.tell(&format!("The same here and there, as `{id}`."))?,
        SpecStep::Note { id, .. } => {
            talk.tell(&format!("The service has it as `{id}`, so nothing is sent; the id is noted down."))?;
        }
        SpecStep::Create { name, .. } => talk.tell(&format!("Creates `{name}`."))?,
        SpecStep::Replace { id, changes, .. } => {
            talk.tell(&format!("Updates `{id}`, {}:", english::count(changes.len(), "place")))?;
            let drawn = drawn(changes, talk.width());
            talk.say(&drawn)?;
        }
    }
    match plan.register {
        RegisterStep::Register { flow_spec } => talk.tell(&format!("Registers it in `{flow_spec}`.")),
        RegisterStep::Registered { .. } | RegisterStep::Nothing => Ok(()),
    }
}

/// What was done, and what came out otherwise than it was sent.
fn tell(talk: &mut Talk<'_>, errand: &Errand, plan: &Plan, pushed: &Pushed) -> io::Result<()> {
    let Pushed { id, done, unkept, overtaken, registered } = pushed;
    let width = talk.width();
    let said = match done {
        Done::Nothing => None,
        Done::Noted => Some(format!("Linked to `{id}`.")),
        Done::Created => Some(format!("Created as `{id}`.")),
        Done::Replaced => Some(format!("Updated `{id}`.")),
    };
    if let Some(said) = said {
        talk.tell(&said)?;
    }
    if !unkept.is_empty() {
        talk.tell("The service did not keep all of it as it was sent:")?;
        talk.say(&drawn(unkept, width))?;
    }
    if !overtaken.is_empty() {
        talk.tell("Someone else changed it right after. `connspec pull` takes that into the file:")?;
        talk.say(&drawn(overtaken, width))?;
    }
    if let Some(registered) = registered {
        sync::tell_registered(talk, registered)?;
    }
    let is_registered = registered.is_some() || matches!(plan.register, RegisterStep::Registered { .. });
    let more = json!({
        "id": id,
        "registered": is_registered,
        "unkept": json::changes(unkept),
        "overtaken": json::changes(overtaken),
    });
    talk.note(&errand.shown, Some(&errand.service), done.word(), more);
    Ok(())
}
