//! The result of a command: a message for the person, and JSON for an extension.

use serde_json::{Map, Value, json};
use tower_lsp::Client;
use tower_lsp::ls_types::MessageType;

use crate::sync::json as sync_json;
use crate::sync::{Outcome, PushBlocker, Section, Service, SyncError, SyncOutcome};
use crate::text::english;

/// The result of a command.
pub(super) struct CommandResult {
    outcome: Outcome,
    message: String,
    members: Map<String, Value>,
}

impl CommandResult {
    pub(super) fn new(outcome: Outcome, message: String) -> CommandResult {
        CommandResult { outcome, members: sync_json::head(None, &message, outcome), message }
    }

    /// What came of a conversation with a service.
    pub(super) fn of(service: &Service, outcome: &SyncOutcome, is_unsaved: bool) -> CommandResult {
        let mut message = outcome.sentences(service).join(" ");
        if is_unsaved {
            message += " The document is not saved yet.";
        }
        message += &brief(&outcome.sections());
        CommandResult::done(service, message, |message| sync_json::result(Some(service), message, Ok(outcome)))
    }

    /// As requested, with the JSON for this message.
    pub(super) fn done(
        service: &Service,
        message: String,
        members: impl FnOnce(&str) -> Map<String, Value>,
    ) -> CommandResult {
        let note = service.origin_note().map(|note| format!(" {note}"));
        let message = message + &note.unwrap_or_default();
        CommandResult { outcome: Outcome::Done, members: members(&message), message }
    }

    /// Not done.
    pub(super) fn failed(service: Option<&Service>, error: &SyncError) -> CommandResult {
        let mut message = error.to_string();
        if let Some(hint) = hint(error) {
            message += &format!(" {hint}");
        }
        if let Some(service) = service {
            message += &format!(" {}.", english::capitalize(&service.location()));
        }
        CommandResult { outcome: error.outcome(), members: sync_json::result(service, &message, Err(error)), message }
    }

    /// Not done before any service was involved.
    pub(super) fn refused(kind: &str, message: &str) -> CommandResult {
        let error = json!({ "error": { "kind": kind, "message": message } });
        CommandResult::new(Outcome::Refused, message.to_owned()).with(error)
    }

    pub(super) fn untrusted() -> CommandResult {
        let message = "This workspace is not trusted, so nothing is sent and no credentials are read. Trust it in the \
                       editor first (setting `connspec.trusted`).";
        CommandResult::refused("untrusted", message)
    }

    /// With more JSON: the members of an object.
    #[must_use]
    pub(super) fn with(mut self, more: Value) -> CommandResult {
        if let Value::Object(more) = more {
            self.members.extend(more);
        }
        self
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Shows the message.
    pub(super) async fn show(&self, client: &Client) {
        let kind = match self.outcome {
            Outcome::Done | Outcome::Cancelled => MessageType::INFO,
            Outcome::Refused => MessageType::WARNING,
            Outcome::Failed => MessageType::ERROR,
        };
        client.show_message(kind, &self.message).await;
    }

    pub(super) fn json(self) -> Value {
        self.members.into()
    }
}

/// Sections on one line, with the paths of the first few differences.
pub(super) fn brief(sections: &[Section<'_>]) -> String {
    let brief = |section: &Section<'_>| format!(" {}: {}.", section.title, section.differences.named());
    sections.iter().map(brief).collect()
}

/// The option that decides.
fn hint(error: &SyncError) -> Option<&'static str> {
    match error {
        SyncError::Blocked(PushBlocker::UnconfirmedLink { .. }) => {
            Some("Pull it, or push with the option `link` and its id, to confirm that it is the right one.")
        }
        SyncError::CreatedTwice { .. } => Some(
            "Push again to keep this one, or with the option `link` and an id to use another one; Flow Service documents no \
             way to delete a spec.",
        ),
        SyncError::Blocked(PushBlocker::Problems(_)) => Some("Fix it, or run the command with the option `force`."),
        SyncError::Blocked(PushBlocker::SameName(_)) => {
            Some("Run the command with the option `link` and an id, or with `create`.")
        }
        SyncError::Blocked(PushBlocker::RemoteDeleted { .. }) => Some("Push with the option `create` to recreate it."),
        SyncError::Blocked(PushBlocker::RemoteChanged(_)) => Some("Pull first, or push with the option `overwrite`."),
        SyncError::Conflicts(_) => Some("Pull with the option `prefer`: `local` or `remote`."),
        SyncError::NotLinked => Some("Push it, or pull with the option `link` and the id of a spec."),
        _ => None,
    }
}
