//! The commands that lead a conversation about the document: `connspec.push`, `pull`, `register`, `status` and `diff`. What
//! is pushed is the text on screen, saved or not.

use std::sync::Arc;

use serde_json::json;

use super::call::Call;
use super::result::CommandResult;
use super::{Ended, open_remote};
use crate::sync::{PullRequest, PushOptions, PushRequest, RegisterRequest, SyncOutcome};

pub(super) async fn push(call: Arc<Call>) -> Ended {
    let options = call.options.clone();
    let request = PushRequest {
        options: PushOptions {
            link: options.link,
            create: options.create,
            force: options.force,
            overwrite: options.overwrite,
            no_register: options.register == Some(false),
        },
        dry_run: options.dry_run,
        // Running the command is the confirmation.
        confirmed: true,
    };
    let mut participants = call.participants().await?;
    let pushed = participants.conversation().push(&request).await;
    Ok(participants.result(pushed).await)
}

pub(super) async fn pull(call: Arc<Call>) -> Ended {
    let options = &call.options;
    let request = PullRequest { link: options.link.clone(), prefer: options.prefer, dry_run: options.dry_run };
    let mut participants = call.participants().await?;
    let pulled = participants.conversation().pull(&request).await;
    Ok(participants.result(pulled).await)
}

pub(super) async fn register(call: Arc<Call>) -> Ended {
    let request = RegisterRequest { dry_run: call.options.dry_run, confirmed: true };
    let mut participants = call.participants().await?;
    let registered = participants.conversation().register(request).await;
    Ok(participants.result(registered).await)
}

pub(super) async fn status(call: Arc<Call>) -> Ended {
    let mut participants = call.participants().await?;
    let status = participants.conversation().status().await;
    Ok(participants.result(status).await)
}

/// Compares the text on screen with the remote spec, and returns the latter for the editor to show beside it.
pub(super) async fn diff(call: Arc<Call>) -> Ended {
    let read = open_remote::read(&call).await?;
    let more = json!({ "uri": read.uri(), "text": read.text });
    Ok(CommandResult::of(&read.service, &SyncOutcome::Compared(Box::new(read.pull)), false).with(more))
}
