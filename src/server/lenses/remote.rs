//! The code lenses with the sync status of a spec and its commands.

use serde_json::json;
use tower_lsp::ls_types::{CodeLens, Command, Range, Uri};

use crate::flow_service::short_id;
use crate::lint::RemoteState;
use crate::server::convert;
use crate::server::documents::Snapshot;
use crate::server::remote::Known;
use crate::server::session::Session;
use crate::text::english;

/// The `pointer` in the data of the status lens. A JSON pointer begins with a slash.
pub(super) const STATUS: &str = "status";

/// The lenses at the beginning of the spec. None if nothing is known of the remote spec.
pub(super) fn lenses(session: &Session, uri: &Uri, range: Range) -> Vec<CodeLens> {
    let Some(Known { remote, .. }) = session.remote.known(uri) else { return Vec::new() };
    // Finding local changes compares texts, so that is left to resolving.
    let status = CodeLens { range, command: None, data: Some(json!({ "uri": uri, "pointer": STATUS })) };
    let mut commands = vec![("Push", "connspec.push")];
    if remote.state == RemoteState::Changed {
        commands.push(("Pull", "connspec.pull"));
    }
    if remote.state != RemoteState::Deleted {
        commands.push(("Diff", "connspec.diff"));
        if remote.registered == Some(false) {
            commands.push(("Register", "connspec.register"));
        }
    }
    let lens = |(title, command)| CodeLens { range, command: Some(convert::command(title, command, uri)), data: None };
    [status].into_iter().chain(commands.into_iter().map(lens)).collect()
}

/// The resolved status lens.
pub(super) fn command(session: &Session, snapshot: &Snapshot, uri: &Uri) -> Option<Command> {
    let Known { remote, .. } = session.remote.known(uri)?;
    let status = session.remote.status(uri, &snapshot.document)?;
    let registered = if remote.registered == Some(false) { ", not registered" } else { "" };
    let description = english::capitalize(status.description());
    let title = format!("{description}{registered} · {} · {}", remote.location, short_id(&remote.id));
    Some(convert::command(&title, "connspec.status", uri))
}
