//! What came of a command: a sentence for a person, and JSON for an extension.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tower_lsp::Client;
use tower_lsp::ls_types::MessageType;

use crate::sync::Service;

/// See above.
pub(super) struct Answer {
    outcome: Outcome,
    message: String,
    service: Option<Arc<Service>>,
    more: Map<String, Value>,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// As asked.
    Done,
    /// A person has to decide or mend something first; nothing was written.
    Refused,
    /// A person has ended it; nothing was written.
    Cancelled,
    /// It could not be done.
    Failed,
}

impl Answer {
    pub(super) fn new(outcome: Outcome, message: impl Into<String>) -> Answer {
        Answer { outcome, message: message.into(), service: None, more: Map::new() }
    }

    pub(super) fn done(message: impl Into<String>) -> Answer {
        Answer::new(Outcome::Done, message)
    }

    pub(super) fn refused(message: impl Into<String>) -> Answer {
        Answer::new(Outcome::Refused, message)
    }

    pub(super) fn failed(message: impl Into<String>) -> Answer {
        Answer::new(Outcome::Failed, message)
    }

    pub(super) fn cancelled() -> Answer {
        Answer::new(Outcome::Cancelled, "Cancelled before anything was written.")
    }

    pub(super) fn untrusted() -> Answer {
        Answer::refused(
            "This workspace is not trusted, so nothing is sent and no credentials are read. Trust it in the editor first \
             (setting `connspec.trusted`).",
        )
    }

    /// About this service.
    #[must_use]
    pub(super) fn of(mut self, service: &Arc<Service>) -> Answer {
        self.service = Some(service.clone());
        self
    }

    /// With more for an extension: the members of an object.
    #[must_use]
    pub(super) fn with(mut self, more: Value) -> Answer {
        if let Value::Object(more) = more {
            self.more.extend(more);
        }
        self
    }

    /// The sentences that a person is shown: they end with where it was done.
    pub(super) fn words(&self) -> String {
        match &self.service {
            Some(service) => format!("{} In {}.", self.message, service.place()),
            None => self.message.clone(),
        }
    }

    /// Says it.
    pub(super) async fn show(&self, client: &Client) {
        let kind = match self.outcome {
            Outcome::Done | Outcome::Cancelled => MessageType::INFO,
            Outcome::Refused => MessageType::WARNING,
            Outcome::Failed => MessageType::ERROR,
        };
        client.show_message(kind, self.words()).await;
    }

    /// What an extension gets.
    pub(super) fn json(self) -> Value {
        let outcome = match self.outcome {
            Outcome::Done => "done",
            Outcome::Refused => "refused",
            Outcome::Cancelled => "cancelled",
            Outcome::Failed => "failed",
        };
        let mut all = Map::new();
        all.insert("outcome".to_owned(), outcome.into());
        all.insert("message".to_owned(), self.words().into());
        if let Some(service) = &self.service {
            let target = service.client().target();
            all.insert("profile".to_owned(), service.chosen().name.as_str().into());
            all.insert("service".to_owned(), service.whose().word().into());
            all.insert("org".to_owned(), target.org().into());
            all.insert("sandbox".to_owned(), target.sandbox().into());
            all.insert("notes".to_owned(), json!(service.notes()));
        }
        all.extend(self.more);
        Value::Object(all)
    }
}
