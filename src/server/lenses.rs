//! Code lenses above a spec and its parts. Titles are computed when a lens is resolved; clicked, a lens shows what it
//! counts, for a client that has the command for that.

mod remote;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{CodeLens, Command, Location, Uri};

use super::client_caps::SHOW_REFERENCES;
use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use crate::ide::{self, LensText};

/// The lenses of a document, unresolved.
pub(super) fn lenses(session: &Session, snapshot: &Snapshot, uri: &Uri) -> Vec<CodeLens> {
    let document = &snapshot.document;
    let lens = |lens: ide::Lens| CodeLens {
        range: convert::range(document, session.caps(), lens.range),
        command: None,
        data: Some(json!({ "uri": uri, "pointer": lens.pointer })),
    };
    let mut lenses: Vec<CodeLens> = ide::lenses(document).into_iter().map(lens).collect();
    if let Some(first) = lenses.first() {
        lenses.extend(remote::lenses(session, uri, first.range));
    }
    lenses
}

/// The document of a lens, and the pointer to the part that it is about.
pub(super) fn subject(lens: &CodeLens) -> Option<(Uri, String)> {
    let data = lens.data.as_ref()?;
    let string = |key: &str| data.get(key).and_then(Value::as_str);
    Some((string("uri")?.parse().ok()?, string("pointer")?.to_owned()))
}

/// The current title and command of a lens. `None` when its part of the document does not exist any more.
pub(super) fn command(session: &Session, snapshot: &Snapshot, uri: &Uri, pointer: &str) -> Option<Command> {
    if pointer == remote::STATUS {
        return remote::command(session, snapshot, uri);
    }
    let (document, caps) = (&snapshot.document, session.caps());
    let LensText { title, offset, places } = ide::lens_text(document, session.diagnostics(snapshot), pointer)?;
    if places.is_empty() || !caps.show_references {
        return Some(Command { title, command: String::new(), arguments: None });
    }
    let location = |bytes| Location { uri: uri.clone(), range: convert::range(document, caps, bytes) };
    let locations: Vec<Location> = places.into_iter().map(location).collect();
    let arguments = vec![json!(uri), json!(convert::position(document, caps, offset)), json!(locations)];
    Some(Command { title, command: SHOW_REFERENCES.to_owned(), arguments: Some(arguments) })
}

/// A lens with its command. Without one, the client has to request the lenses again.
pub(super) fn resolved(lens: CodeLens, command: Option<Command>) -> Result<CodeLens> {
    let outdated =
        || Error { code: ErrorCode::ContentModified, message: "the document has changed".into(), data: None };
    let command = Some(command.ok_or_else(outdated)?);
    Ok(CodeLens { command, ..lens })
}
