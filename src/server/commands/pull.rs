//! `connspec.pull`: what the service has comes into the text on screen, as an edit of the editor's.

use std::sync::Arc;

use serde_json::{Value, json};

use super::answer::{Answer, Outcome};
use super::call::{Call, Subject};
use super::{Side, words};
use crate::lint::RemoteState;
use crate::server::{convert, workspace_edit};
use crate::sync::{Failure, Prefer, Pull, Service, ThreeWay, json};
use crate::text::{Edit, english};

pub(super) async fn run(call: Arc<Call>) -> Answer {
    let prefer = match call.options.prefer {
        None => Prefer::Neither,
        Some(Side::Here) => Prefer::Here,
        Some(Side::There) => Prefer::There,
    };
    take(&call, call.options.link.as_deref(), prefer).await.unwrap_or_else(|answer| answer)
}

/// Takes over what the service has. Not done is an `Err`.
pub(super) async fn take(call: &Call, link: Option<&str>, mut prefer: Prefer) -> Result<Answer, Answer> {
    loop {
        let subject = call.subject()?;
        let service = call.service(subject.project.as_deref()).await?;
        call.step("Reading the spec of the service");
        let spec = subject.spec(&service);
        let pull = match call.unless(spec.pull(link, prefer)).await? {
            Ok(pull) => pull,
            Err(failure) => return Err(not_pulled(call, &service, &subject, failure).await),
        };
        if is_blank(&subject) {
            let all = Edit { range: 0..subject.document.source().len(), new: pull.file.clone() };
            return done(call, &service, &subject, &pull, vec![all]).await;
        }
        if !subject.document.tree().errors().is_empty() {
            let message = "The text is no JSON, so nothing can be merged into it. Mend it first.";
            return Err(Answer::refused(message).of(&service));
        }
        if pull.changes.merge.conflicts.is_empty() {
            return done(call, &service, &subject, &pull, pull.changes.merge.edits.clone()).await;
        }
        prefer = decide(call, &service, &pull).await?;
    }
}

fn is_blank(subject: &Subject) -> bool {
    subject.document.source().trim().is_empty()
}

async fn not_pulled(call: &Call, service: &Arc<Service>, subject: &Subject, failure: Failure) -> Answer {
    use crate::sync::Stop;
    match &failure {
        Failure::Stopped(Stop::NotLinked) => {
            let message = format!("{failure} Push it, or pull with the option `link` and the id of a spec.");
            Answer::refused(message).of(service).with(json!({ "reason": "not-linked" }))
        }
        Failure::Stopped(Stop::Gone { id }) => {
            if call.options.link.is_none() {
                call.learn(service, subject, id, RemoteState::Deleted, None).await;
            }
            let message = format!("{failure} Push to make it again.");
            Answer::refused(message).of(service).with(json!({ "reason": "gone", "id": id }))
        }
        _ => call.failed(service, subject, failure).await,
    }
}

/// Which side counts, as a person says.
async fn decide(call: &Call, service: &Arc<Service>, pull: &Pull) -> Result<Prefer, Answer> {
    let conflicts = &pull.changes.merge.conflicts;
    let question = format!(
        "Changed here and on the service in different ways: {}. Which side counts?",
        words::named(conflicts.iter().map(|conflict| &conflict.place))
    );
    match call.ask(&question, &["Mine", "The service's"]).await? {
        Some(0) => Ok(Prefer::Here),
        Some(_) => Ok(Prefer::There),
        None => {
            let message = format!(
                "Both sides changed {} in different ways, so nothing was taken over. Run the command with the option \
                 `prefer`: `here` or `there`.",
                english::count(conflicts.len(), "place")
            );
            Err(Answer::refused(message).of(service).with(json!({ "reason": "conflicts" })).with(both(&pull.changes)))
        }
    }
}

/// What differs on both sides, as JSON.
pub(super) fn both(changes: &ThreeWay) -> Value {
    json!({
        "id": changes.id,
        "here": json::changes(&changes.here),
        "there": json::changes(&changes.there),
        "conflicts": words::conflicts(&changes.merge.conflicts),
    })
}

/// Has the editor make the edits, and only then notes that down.
async fn done(
    call: &Call,
    service: &Arc<Service>,
    subject: &Subject,
    pull: &Pull,
    edits: Vec<Edit>,
) -> Result<Answer, Answer> {
    let count = edits.len();
    if count > 0 {
        call.step("Editing");
        apply(call, service, subject, edits).await?;
    }
    let spec = subject.spec(service);
    // Whoever cancels now comes too late: the text is as the service has it, so that is noted down.
    if let Err(failure) = call.bring_to_its_end(spec.pulled(pull)).await? {
        return Err(call.failed(service, subject, failure).await);
    }
    call.learn(service, subject, &pull.id, RemoteState::Unchanged, None).await;
    let taken = &pull.changes.merge.taken;
    let (word, message) = match count {
        0 => ("nothing", format!("Nothing to take over from `{}`.", pull.id)),
        _ if is_blank(subject) => ("filled", format!("Filled in from `{}`; not saved yet.", pull.id)),
        _ => ("merged", format!("Took over from `{}`: {}; not saved yet.", pull.id, words::named_changes(taken))),
    };
    Ok(Answer::done(message).of(service).with(json!({ "done": word, "id": pull.id, "taken": json::changes(taken) })))
}

async fn apply(call: &Call, service: &Arc<Service>, subject: &Subject, edits: Vec<Edit>) -> Result<(), Answer> {
    let caps = call.session.caps();
    if !caps.apply_edit {
        let message = "This editor takes no edits from a language server, so nothing was changed. Save the file and run \
                       `connspec pull` on the command line.";
        return Err(Answer::refused(message).of(service));
    }
    if call.stop.is_cancelled() {
        return Err(Answer::cancelled());
    }
    let edits = edits.into_iter().map(|edit| convert::text_edit(&subject.document, caps, edit)).collect();
    let edit = workspace_edit::of_document(caps, &subject.uri, subject.version, edits);
    if call.edit(edit).await {
        return Ok(());
    }
    if call.stop.is_cancelled() {
        let message = "Cancelled before the editor said whether it has made the changes, so nothing is noted down. To make \
                       sure of them, pull again.";
        return Err(Answer::new(Outcome::Cancelled, message).of(service));
    }
    let message = "The editor did not take the changes over, so nothing is noted down. The text may have changed in the \
                   meantime: pull again.";
    Err(Answer::refused(message).of(service).with(json!({ "reason": "not-applied" })))
}
