//! `connspec.register`: the id of the spec comes into the flow spec that dataflows of its kind are made with.

use std::sync::Arc;

use serde_json::json;

use super::answer::Answer;
use super::call::Call;
use crate::lint::RemoteState;
use crate::sync::{Failure, RegisterStep, Stop, json};

pub(super) async fn run(call: Arc<Call>) -> Answer {
    register(&call).await.unwrap_or_else(|answer| answer)
}

async fn register(call: &Call) -> Result<Answer, Answer> {
    let subject = call.subject()?;
    let service = call.service(subject.project.as_deref()).await?;
    let spec = subject.spec(&service);
    call.step("Reading the flow spec");
    let (id, step) = match call.unless(spec.registration()).await? {
        Ok(found) => found,
        Err(Failure::Stopped(stop @ Stop::NotLinked)) => {
            return Err(Answer::refused(format!("{stop} Push it first.")).of(&service));
        }
        Err(failure) => return Err(call.failed(&service, &subject, failure).await),
    };
    // How it is there is known only if that was asked.
    let there = call.session.remote.known(&subject.uri).map_or(RemoteState::Unchanged, |known| known.remote.state);
    if let RegisterStep::Registered { flow_spec } = step {
        call.learn(&service, &subject, &id, there, Some(true)).await;
        let more = json!({ "done": "nothing", "id": id, "flowSpec": flow_spec });
        return Ok(Answer::done(format!("`{id}` is registered in `{flow_spec}` already.")).of(&service).with(more));
    }
    match call.write(spec.register()).await? {
        Ok(registered) => {
            call.learn(&service, &subject, &id, there, Some(true)).await;
            let mut message = format!("Registered `{id}` in `{}`.", registered.flow_spec);
            if !registered.restored.is_empty() {
                message += &format!(" Put back what someone else had taken out: {}.", registered.restored.join(", "));
            }
            let more = json!({
                "done": if registered.was_there { "nothing" } else { "registered" },
                "id": id, "flowSpec": registered.flow_spec, "restored": registered.restored,
                "altered": json::changes(&registered.altered),
            });
            Ok(Answer::done(message).of(&service).with(more))
        }
        Err(failure) => Err(call.failed(&service, &subject, failure).await),
    }
}
