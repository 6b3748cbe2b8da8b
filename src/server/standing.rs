//! How the open specs stand, told by the notification `connspec/state` to editors that ask for it, which they do in their
//! capabilities, as `experimental.connspec.state`. Nothing is asked of a service for it.
//!
//! One task tells. Of several occasions for one spec the last counts, and what was told is not told again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::ls_types::Uri;
use tower_lsp::ls_types::notification::Notification;

use super::documents::Snapshot;
use super::session::Session;
use crate::sync::Standing;

/// What is said of a spec while nothing is known of it on the service.
const UNKNOWN: &str = "not compared yet";

/// The inbox of the task that tells; it ends when all of them are dropped.
#[derive(Clone)]
pub(super) struct Teller {
    inbox: UnboundedSender<Occasion>,
}

/// What may make a difference.
enum Occasion {
    /// Something is known otherwise of a document, or its text was changed.
    Changed(Uri),
    /// Another profile counts.
    Profile,
    Closed(Uri),
}

/// How a spec stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct State {
    uri: Uri,
    /// The name of the profile that counts. `None` when none can be chosen; the words say why.
    profile: Option<String>,
    /// In a word. `None` while the service was not asked.
    standing: Option<String>,
    /// For a person.
    words: String,
    /// Where it is.
    place: Option<String>,
    id: Option<String>,
    registered: Option<bool>,
}

/// The notification.
enum Told {}

impl Notification for Told {
    type Params = State;
    const METHOD: &'static str = "connspec/state";
}

impl Teller {
    pub(super) fn start(session: Arc<Session>) -> Self {
        let (inbox, occasions) = unbounded_channel();
        tokio::spawn(tell(session, occasions));
        Teller { inbox }
    }

    /// A document was opened or changed, or something else is known of the world outside it.
    pub(super) fn changed(&self, uri: Uri) {
        self.send(Occasion::Changed(uri));
    }

    /// Another profile counts.
    pub(super) fn profile(&self) {
        self.send(Occasion::Profile);
    }

    /// A document was closed.
    pub(super) fn closed(&self, uri: Uri) {
        self.send(Occasion::Closed(uri));
    }

    fn send(&self, occasion: Occasion) {
        // The task lives as long as this sender.
        let _ = self.inbox.send(occasion);
    }
}

async fn tell(session: Arc<Session>, mut occasions: UnboundedReceiver<Occasion>) {
    let mut told: HashMap<Uri, State> = HashMap::new();
    while let Some(first) = occasions.recv().await {
        let (mut concerned, mut next) = (HashSet::new(), Some(first));
        while let Some(occasion) = next {
            match occasion {
                Occasion::Changed(uri) => drop(concerned.insert(uri)),
                Occasion::Profile => concerned.extend(session.documents.all().into_iter().map(|(uri, _)| uri)),
                Occasion::Closed(uri) => drop(told.remove(&uri)),
            }
            next = occasions.try_recv().ok();
        }
        if !session.caps().sync_status {
            continue;
        }
        for uri in concerned {
            let Some(snapshot) = session.documents.get(&uri) else { continue };
            let asking = session.clone();
            let state = session.pool.run(move || state(&asking, uri, &snapshot)).await.flatten();
            if let Some(state) = state.filter(|state| told.get(&state.uri) != Some(state)) {
                session.client.send_notification::<Told>(state.clone()).await;
                told.insert(state.uri.clone(), state);
            }
        }
    }
}

/// How a spec stands. `None` for what is no spec.
fn state(session: &Session, uri: Uri, snapshot: &Snapshot) -> Option<State> {
    snapshot.document.kind()?;
    let project = snapshot.context.get().project.clone();
    let unknown = |profile, words| State {
        uri: uri.clone(),
        profile,
        standing: None,
        words,
        place: None,
        id: None,
        registered: None,
    };
    let chosen = match session.remote.chosen(project.as_deref(), session.profile().as_deref()) {
        Ok(chosen) => chosen,
        Err(none) => return Some(unknown(None, none.to_string())),
    };
    let state = unknown(Some(chosen.name), UNKNOWN.to_owned());
    let Some(standing) = session.remote.standing(&uri, &snapshot.document) else { return Some(state) };
    let Some(known) = session.remote.known(&uri) else { return Some(said(state, standing)) };
    let remote = known.remote;
    let (place, id) = (Some(remote.place.replace('`', "")), Some(remote.id));
    Some(said(State { place, id, registered: remote.registered, ..state }, standing))
}

fn said(state: State, standing: Standing) -> State {
    let mut words = standing.words().to_owned();
    if state.registered == Some(false) {
        words += ", not registered";
    }
    State { standing: Some(standing.word().to_owned()), words, ..state }
}
