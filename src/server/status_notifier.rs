//! The notification `connspec/state`: the sync status of open specs, for editors that ask for it with the capability
//! `experimental.connspec.state`. Nothing is requested from Flow Service for it.
//!
//! One task sends it. Of several events for one spec the last counts, and an unchanged state is not sent again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::ls_types::Uri;
use tower_lsp::ls_types::notification::Notification;

use super::documents::Snapshot;
use super::session::Session;

/// The description before anything was read from Flow Service.
const UNKNOWN: &str = "not compared yet";

/// The inbox of the task, which ends when all of them are dropped.
#[derive(Clone)]
pub(super) struct StatusNotifier {
    inbox: UnboundedSender<Event>,
}

/// What may change a state.
enum Event {
    /// The text or the facts of a document have changed.
    Changed(Uri),
    /// Another profile applies.
    Profile,
    Closed(Uri),
}

/// The sync status of a spec.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SpecState {
    uri: Uri,
    /// The name of the active profile. `None` if there is none; the description has the reason.
    profile: Option<String>,
    /// The identifier of the status. `None` before anything was read from Flow Service.
    status: Option<String>,
    /// For people.
    description: String,
    /// The sandbox.
    location: Option<String>,
    id: Option<String>,
    registered: Option<bool>,
}

enum SpecStateNotification {}

impl Notification for SpecStateNotification {
    type Params = SpecState;
    const METHOD: &'static str = "connspec/state";
}

impl StatusNotifier {
    pub(super) fn start(session: Arc<Session>) -> Self {
        let (inbox, events) = unbounded_channel();
        tokio::spawn(notify(session, events));
        StatusNotifier { inbox }
    }

    /// A document was opened or changed, or its facts have changed.
    pub(super) fn changed(&self, uri: Uri) {
        self.send(Event::Changed(uri));
    }

    /// Another profile applies.
    pub(super) fn profile(&self) {
        self.send(Event::Profile);
    }

    /// A document was closed.
    pub(super) fn closed(&self, uri: Uri) {
        self.send(Event::Closed(uri));
    }

    fn send(&self, event: Event) {
        // The task lives as long as this sender.
        let _ = self.inbox.send(event);
    }
}

async fn notify(session: Arc<Session>, mut events: UnboundedReceiver<Event>) {
    let mut sent: HashMap<Uri, SpecState> = HashMap::new();
    while let Some(first) = events.recv().await {
        let (mut changed, mut next) = (HashSet::new(), Some(first));
        while let Some(event) = next {
            match event {
                Event::Changed(uri) => drop(changed.insert(uri)),
                Event::Profile => changed.extend(session.documents.all().into_iter().map(|(uri, _)| uri)),
                Event::Closed(uri) => drop(sent.remove(&uri)),
            }
            next = events.try_recv().ok();
        }
        if !session.caps().sync_status {
            continue;
        }
        for uri in changed {
            let Some(snapshot) = session.documents.get(&uri) else { continue };
            let shared = session.clone();
            let state = session.pool.run(move || state(&shared, uri, &snapshot)).await.flatten();
            if let Some(state) = state.filter(|state| sent.get(&state.uri) != Some(state)) {
                session.client.send_notification::<SpecStateNotification>(state.clone()).await;
                sent.insert(state.uri.clone(), state);
            }
        }
    }
}

/// The state of a spec. `None` for a document that isn't a spec.
fn state(session: &Session, uri: Uri, snapshot: &Snapshot) -> Option<SpecState> {
    snapshot.document.kind()?;
    let project = snapshot.context.get().project.clone();
    let (profile, description) = match session.remote.chosen(project.as_deref(), session.profile().as_deref()) {
        Ok(chosen) => (Some(chosen.name), UNKNOWN.to_owned()),
        Err(error) => (None, error.to_string()),
    };
    let is_chosen = profile.is_some();
    let mut state = SpecState { uri, profile, status: None, description, location: None, id: None, registered: None };
    let Some(status) = session.remote.status(&state.uri, &snapshot.document).filter(|_| is_chosen) else {
        return Some(state);
    };
    state.status = Some(status.as_str().to_owned());
    state.description = status.description().to_owned();
    if let Some(known) = session.remote.known(&state.uri) {
        let remote = known.remote;
        if remote.registered == Some(false) {
            state.description += ", not registered";
        }
        (state.location, state.id, state.registered) = (Some(remote.location), Some(remote.id), remote.registered);
    }
    Some(state)
}
