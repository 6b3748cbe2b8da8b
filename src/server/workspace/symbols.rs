//! What can be found by name in all specs of the workspace, whether open or not.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{SymbolInformation, Uri};

use super::report::Ended;
use crate::document::Document;
use crate::ide;
use crate::server::convert;
use crate::server::session::Session;
use crate::text::Text;

/// Answers `workspace/symbol`: all that fits what was typed, the best first.
pub(in crate::server) async fn symbols(session: &Arc<Session>, typed: String) -> Result<Vec<SymbolInformation>> {
    let ended = Ended::default();
    let is_over = ended.0.clone();
    let look = move |session: &Session| find(session, &typed, || !is_over.load(Ordering::Relaxed));
    session.ask("workspace/symbol", look).await
}

fn find(session: &Session, typed: &str, go_on: impl Fn() -> bool) -> Vec<SymbolInformation> {
    let listing = session.workspace.listing(&go_on);
    let open = session.documents.all();
    let paths: HashMap<PathBuf, &Uri> = open.iter().filter_map(|(uri, _)| Some((convert::path(uri)?, uri))).collect();
    let mut found: Vec<(u32, SymbolInformation)> = Vec::new();
    let mut add = |uri: &Uri, document: &Document| {
        found.extend(ide::workspace_symbols(document).into_iter().filter_map(|symbol| {
            let score = ide::match_score(typed, &symbol.name)?;
            Some((score, convert::navigation::workspace_symbol(document, uri, session.peer(), symbol)))
        }));
    };
    open.iter().for_each(|(uri, snapshot)| add(uri, &snapshot.document));
    for path in listing.specs.iter().filter(|path| !paths.contains_key(*path)) {
        if !go_on() {
            break;
        }
        let text = fs::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some((text, uri)) = text.zip(Uri::from_file_path(path)) {
            add(&uri, &Document::new(convert::name(&uri), 0, Text::new(text)));
        }
    }
    // Alike where they fit alike: by name, then by file and place.
    let place = |symbol: &SymbolInformation| (symbol.location.uri.to_string(), symbol.location.range.start);
    found.sort_by_cached_key(|(score, symbol)| (std::cmp::Reverse(*score), symbol.name.clone(), place(symbol)));
    found.into_iter().map(|(_, symbol)| symbol).collect()
}
