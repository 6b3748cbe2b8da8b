//! `connspec.selectProfile`: the profile that applies for the rest of the session.

use std::sync::Arc;

use serde_json::json;

use super::Ended;
use super::call::Call;
use super::list::beside;
use super::result::CommandResult;
use crate::project::{ENV_PROFILE, LOCAL_PROFILE, Projects};
use crate::sync::{Outcome, SyncError};

pub(super) async fn run(call: Arc<Call>) -> Ended {
    select(&call).await.map_err(|error| CommandResult::failed(None, &error))
}

async fn select(call: &Call) -> Result<CommandResult, SyncError> {
    let project = Projects::default().for_file(&beside(call));
    let project = project.as_deref();
    let remote = &call.session.remote;
    let mut names: Vec<&str> = project.into_iter().flat_map(|project| project.profiles()).collect();
    if remote.chosen(None, None).is_ok_and(|chosen| chosen.name == ENV_PROFILE) {
        names.push(ENV_PROFILE);
    }
    names.push(LOCAL_PROFILE);
    let name = match &call.options.profile {
        Some(name) => name.as_str(),
        None => match call.ask("Select a profile", &names).await? {
            Some(at) => names[at],
            None => {
                let message =
                    "No profile was selected. Run the command with the option `profile`, or set `connspec.profile`.";
                return Ok(CommandResult::refused("not-confirmed", message).with(json!({ "profiles": names })));
            }
        },
    };
    let chosen = remote.chosen(project, Some(name))?;
    remote.select(&chosen.name);
    // What was known is about another service.
    call.watcher.forget_service(&call.session).await;
    let emulator = if chosen.is_local() { ", the local emulator," } else { "" };
    let message = format!("Profile {name}{emulator} is used until the editor is closed.");
    Ok(CommandResult::new(Outcome::Done, message).with(json!({ "profile": name, "profiles": names })))
}
