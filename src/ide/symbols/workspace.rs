//! Workspace symbols: sources, authentication methods and inputs, found by letters of their names.

use std::ops::Range;

use super::{SymbolKind, label};
use crate::document::Document;
use crate::source::inputs::{Inputs, Origin};
use crate::source::model::Source;
use crate::syntax::{Kind, Node};

/// A workspace symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// Its name; never empty.
    pub name: String,
    /// The kind.
    pub kind: SymbolKind,
    /// The range (bytes) of its name.
    pub range: Range<usize>,
    /// What it is a part of; `None` for a source.
    pub container: Option<String>,
}

/// The symbols that a workspace-wide search finds.
pub fn workspace_symbols(document: &Document) -> Vec<WorkspaceSymbol> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let spec = Source::of(document.tree());
    let named = |name: Option<Node<'_>>| {
        let node = name.filter(|name| name.kind() == Kind::String)?;
        Some((label(&node.string().filter(|name| !name.trim().is_empty())?), node.inner()))
    };
    let source = named(spec.name());
    let container = source.as_ref().map_or_else(|| document.name().to_owned(), |(name, _)| name.clone());
    let symbol = |kind, (name, range), container| WorkspaceSymbol { name, kind, range, container };
    let mut found: Vec<_> = source.map(|source| symbol(SymbolKind::Source, source, None)).into_iter().collect();
    let entries = spec.auth_entries().filter_map(|entry| named(entry.name()));
    found.extend(entries.map(|entry| symbol(SymbolKind::AuthEntry, entry, Some(container.clone()))));
    found.extend(Inputs::of(document.tree()).all.iter().map(|input| {
        let declared_in = match &input.origin {
            Origin::Auth(name) => format!("{container}, {}", label(name)),
            Origin::Source => container.clone(),
        };
        symbol(SymbolKind::Input, (label(&input.name), input.key.inner()), Some(declared_in))
    }));
    found
}

/// How well a name matches a query: the larger, the better. `None` if it does not match.
pub fn match_score(typed: &str, name: &str) -> Option<u32> {
    let mut score = 0;
    let (mut before, mut matched) = (None::<char>, false);
    let mut letters = name.chars();
    for wanted in typed.chars().filter(|char| !char.is_whitespace()) {
        loop {
            let letter = letters.next()?;
            let is_start =
                before.is_none_or(|before| !before.is_alphanumeric() || before.is_lowercase() && letter.is_uppercase());
            before = Some(letter);
            if letter.to_lowercase().eq(wanted.to_lowercase()) {
                score += 1 + if matched { 2 } else { 0 } + if is_start { 3 } else { 0 };
                matched = true;
                break;
            }
            matched = false;
        }
    }
    // Of two names that match alike, the shorter one ranks higher.
    Some(score * 100 + 100_u32.saturating_sub(name.chars().count() as u32))
}
