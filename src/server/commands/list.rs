//! `connspec.list`: the specs of the service of the two kinds that authors make.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use super::answer::Answer;
use super::call::Call;
use crate::project::{PROJECT_FILE_NAME, Projects};
use crate::server::convert;
use crate::sync::Listed;

pub(super) async fn run(call: Arc<Call>) -> Answer {
    list(&call).await.unwrap_or_else(|answer| answer)
}

async fn list(call: &Call) -> Result<Answer, Answer> {
    let beside = beside(call);
    let project = Projects::default().for_file(&beside);
    let service = call.service(project.as_deref()).await?;
    call.step("Reading the specs of the service");
    let listed = call.unless(service.list(&beside)).await?;
    let specs = listed.map_err(|failure| Answer::failed(failure.to_string()).of(&service))?;
    let message = match specs.len() {
        1 => "There is 1 spec.".to_owned(),
        count => format!("There are {count} specs."),
    };
    let specs: Value = specs.iter().map(spec).collect();
    Ok(Answer::done(message).of(&service).with(json!({ "specs": specs })))
}

/// A file in the folder whose project counts: the document, or else the first folder of the workspace.
pub(super) fn beside(call: &Call) -> PathBuf {
    let document = call.uri.as_ref().and_then(convert::file_path);
    document.unwrap_or_else(|| {
        call.session.workspace.folders().into_iter().next().unwrap_or_default().join(PROJECT_FILE_NAME)
    })
}

fn spec(listed: &Listed) -> Value {
    let Listed { id, name, kind, is_registered, file, updated_at, updated_by } = listed;
    json!({
        "id": id, "name": name, "type": kind, "registered": is_registered, "file": file,
        "updatedAt": updated_at, "updatedBy": updated_by,
    })
}
