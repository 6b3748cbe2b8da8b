//! `workspace/symbol`: names in all specs of the workspace, open or not.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{SymbolInformation, Uri};

use super::convert;
use super::session::Session;
use crate::cancellation::checkpoint;
use crate::document::Document;
use crate::ide;
use crate::project;
use crate::text::Text;

/// Handles the request: all names that match, the best first.
pub(super) async fn symbols(session: &Arc<Session>, query: String) -> Result<Vec<SymbolInformation>> {
    session.compute("workspace/symbol", move |session| find(session, &query)).await
}

fn find(session: &Session, query: &str) -> Vec<SymbolInformation> {
    let index = session.workspace.specs();
    let open = session.documents.all();
    let paths: HashMap<PathBuf, &Uri> =
        open.iter().filter_map(|(uri, _)| Some((convert::file_path(uri)?, uri))).collect();
    let mut found: Vec<(u32, SymbolInformation)> = Vec::new();
    let mut add = |uri: &Uri, document: &Document| {
        found.extend(ide::workspace_symbols(document).into_iter().filter_map(|symbol| {
            let score = ide::match_score(query, &symbol.name)?;
            Some((score, convert::navigation::workspace_symbol(document, uri, session.caps(), symbol)))
        }));
    };
    open.iter().for_each(|(uri, snapshot)| add(uri, &snapshot.document));
    for path in index.specs.iter().filter(|path| !paths.contains_key(*path)) {
        checkpoint();
        if let Some((text, uri)) = project::read_text_file(path).ok().zip(Uri::from_file_path(path)) {
            add(&uri, &Document::new(convert::file_name(&uri), 0, Text::new(text)));
        }
    }
    // Equal scores by name, then by file and position.
    let location = |symbol: &SymbolInformation| (symbol.location.uri.to_string(), symbol.location.range.start);
    found.sort_by_cached_key(|(score, symbol)| (Reverse(*score), symbol.name.clone(), location(symbol)));
    found.into_iter().map(|(_, symbol)| symbol).collect()
}
