//! `connspec.list`: the remote specs of the two generic types.

use std::path::PathBuf;
use std::sync::Arc;

use super::Ended;
use super::call::Call;
use super::result::CommandResult;
use crate::project::{PROJECT_FILE_NAME, Projects};
use crate::server::convert;
use crate::sync::json;
use crate::text::english::count;

pub(super) async fn run(call: Arc<Call>) -> Ended {
    let beside = beside(&call);
    let project = Projects::default().for_file(&beside);
    let service = call.service(project.as_deref()).await.map_err(|error| CommandResult::failed(None, &error))?;
    call.progress("Listing remote specs", true);
    let specs = call.unless_cancelled(service.list(&beside)).await.and_then(|specs| specs);
    let specs = specs.map_err(|error| CommandResult::failed(Some(&service), &error))?;
    let message = format!("{} in {}.", count(specs.len(), "remote spec"), service.location());
    Ok(CommandResult::done(&service, message, |message| json::list(&service, message, &specs)))
}

/// A file in the folder whose project applies: the document, or else the first folder of the workspace.
pub(super) fn beside(call: &Call) -> PathBuf {
    let document = call.uri.as_ref().and_then(convert::file_path);
    document.unwrap_or_else(|| {
        call.session.workspace.folders().into_iter().next().unwrap_or_default().join(PROJECT_FILE_NAME)
    })
}
