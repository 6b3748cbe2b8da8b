//! The lines above a spec that tell how it stands on the service, and what to do about it.

use serde_json::json;
use tower_lsp::ls_types::{CodeLens, Command, Range, Uri};

use crate::lint::RemoteState;
use crate::server::convert;
use crate::server::documents::Snapshot;
use crate::server::remote::Known;
use crate::server::session::Session;

/// What takes the place of a pointer in the line that tells how a spec stands: no pointer begins like this.
pub(super) const STANDING: &str = "service";

/// How many characters of an id are shown.
const SHOWN: usize = 8;

/// The lines, all at one place. None where nothing is known.
pub(super) fn lenses(session: &Session, uri: &Uri, range: Range) -> Vec<CodeLens> {
    let Some(Known { remote, .. }) = session.remote.known(uri) else { return Vec::new() };
    // What differs here is seen only by comparing the texts, so that is worked out when the line is shown.
    let standing = CodeLens { range, command: None, data: Some(json!({ "uri": uri, "pointer": STANDING })) };
    let mut lenses = vec![standing];
    let mut offers = vec![("Push", "connspec.push")];
    if remote.state == RemoteState::Changed {
        offers.push(("Pull", "connspec.pull"));
    }
    if remote.state != RemoteState::Deleted {
        offers.push(("Diff", "connspec.diff"));
        if remote.registered == Some(false) {
            offers.push(("Register", "connspec.register"));
        }
    }
    let lens = |(title, command): (&str, &str)| CodeLens {
        range,
        command: Some(convert::command(title, command, uri)),
        data: None,
    };
    lenses.extend(offers.into_iter().map(lens));
    lenses
}

/// What the line about the service says of this version.
pub(super) fn text(session: &Session, snapshot: &Snapshot, uri: &Uri) -> Option<Command> {
    let Known { remote, .. } = session.remote.known(uri)?;
    let standing = session.remote.standing(uri, &snapshot.document)?;
    let id: String = remote.id.chars().take(SHOWN).collect();
    let place = remote.place.replace('`', "");
    let registered = if remote.registered == Some(false) { " · not registered" } else { "" };
    let title = format!("in {place} as {id}… · {}{registered}", standing.words());
    Some(convert::command(&title, "connspec.status", uri))
}
