//! `connspec.status`: how the spec stands on the service.

use std::sync::Arc;

use serde_json::json;

use super::answer::Answer;
use super::call::Call;
use crate::lint::RemoteState;
use crate::sync::{Standing, Status, json};

pub(super) async fn run(call: Arc<Call>) -> Answer {
    status(&call).await.unwrap_or_else(|answer| answer)
}

async fn status(call: &Call) -> Result<Answer, Answer> {
    let subject = call.subject()?;
    let service = call.service(subject.project.as_deref()).await?;
    call.step("Comparing with the service");
    let status = match call.unless(subject.spec(&service).status()).await? {
        Ok(status) => status,
        Err(failure) => return Err(call.failed(&service, &subject, failure).await),
    };
    let Status { standing, id, registered, here, there } = status;
    let known = match standing {
        Standing::NotLinked => None,
        Standing::UpToDate | Standing::ChangedHere => Some(RemoteState::Unchanged),
        Standing::ChangedThere | Standing::ChangedBoth => Some(RemoteState::Changed),
        Standing::Gone => Some(RemoteState::Deleted),
    };
    match (known, &id) {
        (Some(known), Some(id)) => call.learn(&service, &subject, id, known, registered).await,
        _ => call.forget(&subject).await,
    }
    let words = standing.words();
    let mut message = match &id {
        Some(id) => format!("`{id}` is {words}"),
        None => format!("This file is {words}"),
    };
    if registered == Some(false) {
        message += ", and not registered";
    }
    let more = json!({
        "standing": standing.word(), "id": id, "registered": registered,
        "here": json::changes(&here), "there": json::changes(&there),
    });
    Ok(Answer::done(message + ".").of(&service).with(more))
}
