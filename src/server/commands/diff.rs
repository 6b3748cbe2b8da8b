//! `connspec.diff`: where the text on screen and the spec of the service differ.

use std::sync::Arc;

use serde_json::json;

use super::answer::Answer;
use super::call::Call;
use super::{open_remote, words};
use crate::sync;
use crate::sync::json;
use crate::text::english;

pub(super) async fn run(call: Arc<Call>) -> Answer {
    diff(&call).await.unwrap_or_else(|answer| answer)
}

async fn diff(call: &Call) -> Result<Answer, Answer> {
    let there = open_remote::read(call).await?;
    let changes = sync::between(&there.text, there.subject.document.source());
    let message = match changes.len() {
        0 => format!("The same here and there, as `{}`.", there.id),
        count => {
            format!(
                "Differs from `{}` in {}: {}.",
                there.id,
                english::count(count, "place"),
                words::named_changes(&changes)
            )
        }
    };
    let (there_uri, changes) = (there.uri(), json::changes(&changes));
    let more = json!({ "id": there.id, "uri": there_uri, "text": there.text, "changes": changes });
    Ok(Answer::done(message).of(&there.service).with(more))
}
