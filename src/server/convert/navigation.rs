//! Definitions, symbols, folds, selections and links in the protocol's types.

use std::ops::Range;

use tower_lsp::ls_types::{self as lsp, Uri};

use super::{file_path, position, range};
use crate::document::Document;
use crate::ide::{Definition, Fold, Link, LinkTarget, Symbol, SymbolKind, WorkspaceSymbol};
use crate::server::client_caps::ClientCaps;

/// Where a name is declared: as links with the complete declaration, for a client that knows those.
pub(in crate::server) fn definition(
    document: &Document,
    uri: &Uri,
    caps: &ClientCaps,
    found: Definition,
) -> lsp::GotoDefinitionResponse {
    let range = |bytes| range(document, caps, bytes);
    let targets = found.targets.into_iter();
    if !caps.definition_links {
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

/// The outline: nested, or flat for a client without nesting.
pub(in crate::server) fn symbols(
    document: &Document,
    uri: &Uri,
    caps: &ClientCaps,
    symbols: Vec<Symbol>,
) -> lsp::DocumentSymbolResponse {
    if caps.hierarchical_symbols {
        return symbols.into_iter().map(|symbol| nested(document, caps, symbol)).collect::<Vec<_>>().into();
    }
    let mut flat = Vec::new();
    symbols.into_iter().for_each(|symbol| flatten(document, uri, caps, symbol, None, &mut flat));
    flat.into()
}

fn nested(document: &Document, caps: &ClientCaps, symbol: Symbol) -> lsp::DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested(document, caps, child)).collect();
    #[expect(deprecated, reason = "the field has to be named")]
    lsp::DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: range(document, caps, symbol.range),
        selection_range: range(document, caps, symbol.selection),
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

fn flatten(
    document: &Document,
    uri: &Uri,
    caps: &ClientCaps,
    symbol: Symbol,
    container: Option<&str>,
    flat: &mut Vec<lsp::SymbolInformation>,
) {
    let at = range(document, caps, symbol.range);
    flat.push(information(uri, symbol.name.clone(), symbol.kind, at, container.map(str::to_owned)));
    symbol.children.into_iter().for_each(|child| flatten(document, uri, caps, child, Some(&symbol.name), flat));
}

pub(in crate::server) fn workspace_symbol(
    document: &Document,
    uri: &Uri,
    caps: &ClientCaps,
    found: WorkspaceSymbol,
) -> lsp::SymbolInformation {
    information(uri, found.name, found.kind, range(document, caps, found.range), found.container)
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
    lsp::SymbolInformation { name, kind: symbol_kind(kind), tags: None, deprecated: None, location, container_name }
}

/// The kinds of the protocol's first version, which every client has.
fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Source => lsp::SymbolKind::MODULE,
        SymbolKind::Object => lsp::SymbolKind::NAMESPACE,
        SymbolKind::Array => lsp::SymbolKind::ARRAY,
        SymbolKind::AuthEntry => lsp::SymbolKind::CLASS,
        SymbolKind::Input => lsp::SymbolKind::VARIABLE,
        SymbolKind::Property => lsp::SymbolKind::PROPERTY,
        SymbolKind::Request => lsp::SymbolKind::METHOD,
        SymbolKind::String | SymbolKind::Null => lsp::SymbolKind::STRING,
        SymbolKind::Number => lsp::SymbolKind::NUMBER,
        SymbolKind::Boolean => lsp::SymbolKind::BOOLEAN,
    }
}

/// A fold. `None` for one inside a line, where a client folds complete lines only.
pub(in crate::server) fn fold(document: &Document, caps: &ClientCaps, fold: Fold) -> Option<lsp::FoldingRange> {
    if caps.line_folding_only {
        let (start_line, end_line) = fold.lines?;
        return Some(lsp::FoldingRange { start_line, end_line, ..lsp::FoldingRange::default() });
    }
    let (start, end) = (position(document, caps, fold.range.start), position(document, caps, fold.range.end));
    Some(lsp::FoldingRange {
        start_line: start.line,
        start_character: Some(start.character),
        end_line: end.line,
        end_character: Some(end.character),
        ..lsp::FoldingRange::default()
    })
}

/// Selections from the innermost outwards. `None` of none.
pub(in crate::server) fn selection(
    document: &Document,
    caps: &ClientCaps,
    ranges: Vec<Range<usize>>,
) -> Option<lsp::SelectionRange> {
    let outwards = ranges.into_iter().rev();
    outwards.fold(None, |parent, bytes| {
        Some(lsp::SelectionRange { range: range(document, caps, bytes), parent: parent.map(Box::new) })
    })
}

/// A link. `None` without a target: a file beside a document that is not a file.
pub(in crate::server) fn link(
    document: &Document,
    uri: &Uri,
    caps: &ClientCaps,
    link: Link,
) -> Option<lsp::DocumentLink> {
    let target = match link.target {
        LinkTarget::Url(address) => address.parse().ok()?,
        LinkTarget::File(name) => Uri::from_file_path(file_path(uri)?.with_file_name(name))?,
    };
    Some(lsp::DocumentLink {
        range: range(document, caps, link.range),
        target: Some(target),
        tooltip: caps.link_tooltips.then(|| link.tooltip.to_owned()),
        data: None,
    })
}
