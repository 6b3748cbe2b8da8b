//! `connspec.selectProfile`: which service counts from now on, until the session ends.

use std::sync::Arc;

use serde_json::json;

use super::answer::Answer;
use super::call::Call;
use super::list::beside;
use crate::project::{ENV_PROFILE, LOCAL_PROFILE, Projects};

pub(super) async fn run(call: Arc<Call>) -> Answer {
    select(&call).await.unwrap_or_else(|answer| answer)
}

async fn select(call: &Call) -> Result<Answer, Answer> {
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
        None => match call.ask("Which profile is to count?", &names).await? {
            Some(at) => names[at],
            None => {
                let message = "No profile was chosen. Run the command with the option `profile`, or set \
                               `connspec.profile`.";
                return Err(Answer::refused(message).with(json!({ "profiles": names })));
            }
        },
    };
    let chosen = remote.chosen(project, Some(name)).map_err(|failure| Answer::refused(failure.to_string()))?;
    remote.select(&chosen.name);
    // What was known is of another service.
    call.watcher.forget_service(&call.session).await;
    let whose = if chosen.profile.is_none() { ", the emulator on this machine" } else { "" };
    let message = format!("The profile `{name}`{whose} counts until the editor is closed.");
    Ok(Answer::done(message).with(json!({ "profile": name, "profiles": names })))
}
