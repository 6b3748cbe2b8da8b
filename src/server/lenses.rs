//! Lines above a spec and its parts. What they say is worked out when the editor shows one; clicked, one shows the places
//! that it counts, by a command of the editor's extension. Where there is none the line just reads.

mod remote;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{CodeLens, Command, Location, Uri};

pub(super) use self::remote::to;
use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use crate::ide::{self, LensText};

/// The command by which an editor shows places: an address, a position in it, the places. Editors that have it say so in
/// their capabilities, under `experimental.commands.commands`.
pub(super) const SHOW: &str = "connspec.showReferences";

/// Where lines stand.
pub(super) fn lenses(session: &Session, snapshot: &Snapshot, uri: &Uri) -> Vec<CodeLens> {
    let document = &snapshot.document;
    let lens = |lens: ide::Lens| CodeLens {
        range: convert::range(document, session.peer(), lens.range),
        command: None,
        data: Some(json!({ "uri": uri, "pointer": lens.pointer })),
    };
    let mut lenses: Vec<CodeLens> = ide::lenses(document).into_iter().map(lens).collect();
    if let Some(first) = lenses.first() {
        lenses.extend(remote::lenses(session, uri, first.range));
    }
    lenses
}

/// The document that a line is of and the place that it is about.
pub(super) fn subject(lens: &CodeLens) -> Option<(Uri, String)> {
    let data = lens.data.as_ref()?;
    let text = |key: &str| data.get(key).and_then(Value::as_str);
    Some((text("uri")?.parse().ok()?, text("pointer")?.to_owned()))
}

/// What a line says now.
pub(super) fn text(session: &Session, snapshot: &Snapshot, uri: &Uri, pointer: &str) -> Option<Command> {
    if pointer == remote::STANDING {
        return remote::text(session, snapshot, uri);
    }
    let LensText { title, offset, places } = ide::lens_text(&snapshot.document, session.findings(snapshot), pointer)?;
    if places.is_empty() || !session.peer().shows_references {
        return Some(Command { title, command: String::new(), arguments: None });
    }
    let (document, peer) = (&snapshot.document, session.peer());
    let place = |bytes| Location { uri: uri.clone(), range: convert::range(document, peer, bytes) };
    let places: Vec<Location> = places.into_iter().map(place).collect();
    let arguments = vec![json!(uri), json!(convert::position(document, peer, offset)), json!(places)];
    Some(Command { title, command: SHOW.to_owned(), arguments: Some(arguments) })
}

/// A line with what it says. One whose place is no longer there has no answer: the editor asks for the lines anew.
pub(super) fn resolved(lens: CodeLens, command: Option<Command>) -> Result<CodeLens> {
    let outdated =
        || Error { code: ErrorCode::ContentModified, message: "the document has changed".into(), data: None };
    let command = Some(command.ok_or_else(outdated)?);
    Ok(CodeLens { command, ..lens })
}
