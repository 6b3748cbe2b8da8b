//! `connspec.push`: the spec is made or updated on the service, and registered.

use std::sync::Arc;

use serde_json::json;

use super::answer::Answer;
use super::call::{Call, Subject};
use super::{pull, words};
use crate::lint::RemoteState;
use crate::sync::{
    Candidate, Done, Failure, Plan, Prefer, PushOptions, Pushed, RegisterStep, Service, SpecStep, Stop, ThreeWay, json,
};
use crate::text::english;

/// How often something may change between a plan and doing it.
const ATTEMPTS: usize = 3;

/// How many specs of the same name are offered.
const OFFERED: usize = 5;

pub(super) async fn run(call: Arc<Call>) -> Answer {
    push(&call).await.unwrap_or_else(|answer| answer)
}

async fn push(call: &Call) -> Result<Answer, Answer> {
    let given = call.options.clone();
    let mut options = PushOptions {
        link: given.link,
        create: given.create,
        force: given.force,
        overwrite: given.overwrite,
        no_register: given.register == Some(false),
    };
    let mut attempts = 0;
    loop {
        // What is on screen counts, also after a question that took its time.
        let subject = call.subject()?;
        let service = call.service(subject.project.as_deref()).await?;
        let spec = subject.spec(&service);
        call.step("Comparing with the service");
        let plan = match call.unless(spec.plan(&subject.facts, &options)).await? {
            Ok(plan) => plan,
            Err(Failure::Stopped(stop)) if given.dry_run => return Err(unanswered(&service, &stop, "")),
            Err(Failure::Stopped(stop)) => {
                decide(call, &service, &subject, stop, &mut options).await?;
                continue;
            }
            Err(failure) => return Err(call.failed(&service, &subject, failure).await),
        };
        if given.dry_run {
            return Ok(Answer::done(planned(&plan)).of(&service).with(json::plan(&plan)));
        }
        attempts += 1;
        match call.write(spec.push(&plan)).await? {
            Ok(pushed) => return Ok(pushed_to(call, &service, &subject, &plan, &pushed).await),
            Err(Failure::Moved) if attempts < ATTEMPTS => {}
            Err(failure) => {
                if let Failure::NotRegistered { id, .. } = &failure {
                    call.learn(&service, &subject, id, RemoteState::Unchanged, Some(false)).await;
                }
                return Err(call.failed(&service, &subject, failure).await);
            }
        }
    }
}

/// Asks what a person has to decide. Where nobody answers it is said which option decides.
async fn decide(
    call: &Call,
    service: &Arc<Service>,
    subject: &Subject,
    stop: Stop,
    options: &mut PushOptions,
) -> Result<(), Answer> {
    let question = stop.to_string();
    let way_out = match &stop {
        Stop::SameName(found) => {
            let offers = candidates(found);
            let titles: Vec<&str> = offers.iter().map(String::as_str).chain(["Make a new one"]).collect();
            match call.ask(&question, &titles).await? {
                Some(at) if at < offers.len() => options.link = Some(found[at].id.clone()),
                Some(_) => options.create = true,
                None => {
                    return Err(unanswered(
                        service,
                        &stop,
                        "Run the command with the option `link` and an id, or with `create`.",
                    ));
                }
            }
            return Ok(());
        }
        Stop::Gone { id } => {
            if options.link.is_none() {
                call.learn(service, subject, id, RemoteState::Deleted, None).await;
            }
            if call.ask(&question, &["Make it again"]).await?.is_some() {
                (options.create, options.link) = (true, None);
                return Ok(());
            }
            "Run the command with the option `create` to make it again."
        }
        Stop::Mistakes(_) => {
            if call.ask(&question, &["Push all the same"]).await?.is_some() {
                options.force = true;
                return Ok(());
            }
            "Mend it first, or run the command with the option `force`."
        }
        Stop::ChangedThere(changes) => return changed_there(call, service, subject, changes, options).await,
        Stop::NoJson | Stop::NotLinked | Stop::NoFlowSpec => "",
    };
    Err(unanswered(service, &stop, way_out))
}

fn unanswered(service: &Arc<Service>, stop: &Stop, way_out: &str) -> Answer {
    let more = match stop {
        Stop::Mistakes(count) => json!({ "mistakes": count }),
        Stop::SameName(found) => json!({ "candidates": json::candidates(found) }),
        Stop::Gone { id } => json!({ "id": id }),
        Stop::ChangedThere(changes) => pull::both(changes),
        Stop::NoJson | Stop::NotLinked | Stop::NoFlowSpec => json!({}),
    };
    let message = format!("{stop} {way_out}");
    Answer::refused(message.trim_end()).of(service).with(json!({ "reason": stop.word() })).with(more)
}

/// The specs that it may be, for a person to choose from.
fn candidates(found: &[Candidate]) -> Vec<String> {
    let title = |candidate: &Candidate| {
        let differs = match candidate.differences {
            0 => "the same".to_owned(),
            count => format!("differs in {}", english::count(count, "place")),
        };
        format!("Link to {} ({differs})", candidate.id)
    };
    found.iter().take(OFFERED).map(title).collect()
}

async fn changed_there(
    call: &Call,
    service: &Arc<Service>,
    subject: &Subject,
    changes: &ThreeWay,
    options: &mut PushOptions,
) -> Result<(), Answer> {
    const MERGE: &str = "Merge and push";
    const PULL: &str = "Pull";
    const OVERWRITE: &str = "Overwrite";
    // Of another spec than the linked one nothing follows for the document.
    if options.link.is_none() {
        call.learn(service, subject, &changes.id, RemoteState::Changed, None).await;
    }
    let stop = Stop::ChangedThere(Box::new(changes.clone()));
    let question = format!("{stop} There: {}.", words::named_changes(&changes.there));
    // A merge that leaves something to decide is a pull first.
    let can_merge = changes.merge.conflicts.is_empty();
    let offers: &[&str] = if can_merge { &[MERGE, PULL, OVERWRITE] } else { &[PULL, OVERWRITE] };
    match call.ask(&question, offers).await?.map(|at| offers[at]) {
        Some(MERGE) => pull::take(call, options.link.as_deref(), Prefer::Neither).await.map(drop),
        Some(PULL) => Err(pull::take(call, options.link.as_deref(), Prefer::Neither).await?),
        Some(_) => {
            options.overwrite = true;
            Ok(())
        }
        None => Err(unanswered(service, &stop, "Pull first, or run the command with the option `overwrite`.")),
    }
}

fn planned(plan: &Plan) -> String {
    let spec = match &plan.spec {
        SpecStep::Nothing { id } => format!("Nothing to do: it is the same here and there, as `{id}`."),
        SpecStep::Note { id, .. } => format!("Would only note down that the service has it as `{id}`."),
        SpecStep::Create { name, .. } => format!("Would make `{name}`."),
        SpecStep::Replace { id, changes, .. } => {
            format!(
                "Would update `{id}` in {}: {}.",
                english::count(changes.len(), "place"),
                words::named_changes(changes)
            )
        }
    };
    match plan.register {
        RegisterStep::Register { flow_spec } => format!("{spec} Would register it in `{flow_spec}`."),
        RegisterStep::Registered { .. } | RegisterStep::Nothing => spec,
    }
}

async fn pushed_to(call: &Call, service: &Arc<Service>, subject: &Subject, plan: &Plan, pushed: &Pushed) -> Answer {
    let Pushed { id, done, unkept, overtaken, registered } = pushed;
    let is_registered = match plan.register {
        RegisterStep::Nothing => None,
        RegisterStep::Registered { .. } | RegisterStep::Register { .. } => Some(true),
    };
    let there = if overtaken.is_empty() { RemoteState::Unchanged } else { RemoteState::Changed };
    call.learn(service, subject, id, there, is_registered).await;
    let mut message = match done {
        Done::Nothing => format!("Nothing to push: it is the same here and there, as `{id}`."),
        Done::Noted => format!("Linked to `{id}`; nothing had to be sent."),
        Done::Created => format!("Created as `{id}`."),
        Done::Replaced => format!("Updated `{id}`."),
    };
    if let Some(registered) = registered.as_ref().filter(|registered| !registered.was_there) {
        message += &format!(" Registered in `{}`.", registered.flow_spec);
    }
    if subject.is_unsaved && *done != Done::Nothing {
        message += " The text on screen is not saved yet.";
    }
    if !unkept.is_empty() {
        message += &format!(" The service keeps otherwise than it was sent: {}.", words::named_changes(unkept));
    }
    if !overtaken.is_empty() {
        message += &format!(
            " Someone else changed it right after: {}. Pull to take that over.",
            words::named_changes(overtaken)
        );
    }
    Answer::done(message).of(service).with(json!({
        "done": done.word(), "id": id, "registered": is_registered,
        "unkept": json::changes(unkept), "overtaken": json::changes(overtaken),
    }))
}
