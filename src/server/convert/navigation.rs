//! Names, outline, folds, selections and links in the protocol's types.

use std::ops::Range;

use tower_lsp::ls_types::{self as lsp, Uri};

use super::{path, position, range};
use crate::document::Document;
use crate::ide::{Definition, Fold, Link, Opens, Symbol, SymbolKind, WorkspaceSymbol};
use crate::server::capabilities::Peer;

/// Where a name is given: with all that belongs to it where the editor can show that.
pub(in crate::server) fn definition(
    document: &Document,
    uri: &Uri,
    peer: &Peer,
    found: Definition,
) -> lsp::GotoDefinitionResponse {
    let range = |bytes| range(document, peer, bytes);
    let targets = found.targets.into_iter();
    if !peer.definition_links {
        let location = |name| lsp::Location { uri: uri.clone(), range: range(name) };
        return targets.map(|target| location(target.name)).collect::<Vec<_>>().into();
    }
    let origin = range(found.origin);
    let links = targets.map(|target| lsp::LocationLink {
        origin_selection_range: Some(origin),
        target_uri: uri.clone(),
        target_range: range(target.whole),
        target_selection_range: range(target.name),
    });
    links.collect::<Vec<_>>().into()
}

/// The outline: nested, or as a list for an editor that shows no tree.
pub(in crate::server) fn symbols(
    document: &Document,
    uri: &Uri,
    peer: &Peer,
    symbols: Vec<Symbol>,
) -> lsp::DocumentSymbolResponse {
    if peer.nested_symbols {
        return symbols.into_iter().map(|symbol| nested(document, peer, symbol)).collect::<Vec<_>>().into();
    }
    let mut flat = Vec::new();
    symbols.into_iter().for_each(|symbol| flatten(document, uri, peer, symbol, None, &mut flat));
    flat.into()
}

fn nested(document: &Document, peer: &Peer, symbol: Symbol) -> lsp::DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested(document, peer, child)).collect();
    #[expect(deprecated, reason = "the field has to be named")]
    lsp::DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: icon(symbol.kind),
        tags: None,
        deprecated: None,
        range: range(document, peer, symbol.range),
        selection_range: range(document, peer, symbol.selection),
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

fn flatten(
    document: &Document,
    uri: &Uri,
    peer: &Peer,
    symbol: Symbol,
    container: Option<&str>,
    flat: &mut Vec<lsp::SymbolInformation>,
) {
    let at = range(document, peer, symbol.range);
    flat.push(information(uri, symbol.name.clone(), symbol.kind, at, container.map(str::to_owned)));
    symbol.children.into_iter().for_each(|child| flatten(document, uri, peer, child, Some(&symbol.name), flat));
}

/// Something found by its name.
pub(in crate::server) fn workspace_symbol(
    document: &Document,
    uri: &Uri,
    peer: &Peer,
    found: WorkspaceSymbol,
) -> lsp::SymbolInformation {
    information(uri, found.name, found.kind, range(document, peer, found.range), found.container)
}

fn information(
    uri: &Uri,
    name: String,
    kind: SymbolKind,
    range: lsp::Range,
    container_name: Option<String>,
) -> lsp::SymbolInformation {
    let location = lsp::Location { uri: uri.clone(), range };
    #[expect(deprecated, reason = "the field has to be named")]
    lsp::SymbolInformation { name, kind: icon(kind), tags: None, deprecated: None, location, container_name }
}

/// The icon of an entry: one of the protocol's first version, which every editor has.
fn icon(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Source => lsp::SymbolKind::MODULE,
        SymbolKind::Section => lsp::SymbolKind::NAMESPACE,
        SymbolKind::List => lsp::SymbolKind::ARRAY,
        SymbolKind::SignIn => lsp::SymbolKind::CLASS,
        SymbolKind::Input => lsp::SymbolKind::VARIABLE,
        SymbolKind::Property => lsp::SymbolKind::PROPERTY,
        SymbolKind::Request => lsp::SymbolKind::METHOD,
        SymbolKind::Text | SymbolKind::Nothing => lsp::SymbolKind::STRING,
        SymbolKind::Number => lsp::SymbolKind::NUMBER,
        SymbolKind::Boolean => lsp::SymbolKind::BOOLEAN,
    }
}

/// A fold: of whole lines where the editor folds no other way.
pub(in crate::server) fn fold(document: &Document, peer: &Peer, fold: Fold) -> Option<lsp::FoldingRange> {
    if peer.folds_lines {
        let (start_line, end_line) = fold.lines?;
        return Some(lsp::FoldingRange { start_line, end_line, ..lsp::FoldingRange::default() });
    }
    let (start, end) = (position(document, peer, fold.range.start), position(document, peer, fold.range.end));
    Some(lsp::FoldingRange {
        start_line: start.line,
        start_character: Some(start.character),
        end_line: end.line,
        end_character: Some(end.character),
        ..lsp::FoldingRange::default()
    })
}

/// Growing selections, the inner ones in the outer ones. `None` where there are none.
pub(in crate::server) fn selection(
    document: &Document,
    peer: &Peer,
    ranges: Vec<Range<usize>>,
) -> Option<lsp::SelectionRange> {
    let outwards = ranges.into_iter().rev();
    outwards.fold(None, |parent, bytes| {
        Some(lsp::SelectionRange { range: range(document, peer, bytes), parent: parent.map(Box::new) })
    })
}

/// A link. `None` where its target cannot be named: the neighbour of a document that is no file.
pub(in crate::server) fn link(document: &Document, uri: &Uri, peer: &Peer, link: Link) -> Option<lsp::DocumentLink> {
    let target = match link.target {
        Opens::Address(address) => address.parse().ok()?,
        Opens::Neighbour(name) => Uri::from_file_path(path(uri)?.with_file_name(name))?,
    };
    Some(lsp::DocumentLink {
        range: range(document, peer, link.range),
        target: Some(target),
        tooltip: peer.link_tooltips.then(|| link.tooltip.to_owned()),
        data: None,
    })
}
