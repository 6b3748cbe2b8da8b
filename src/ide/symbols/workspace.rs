//! What a person looks for in all specs of a workspace: sources, authentication methods and inputs, by letters of their names.

use std::ops::Range;

use super::{SymbolKind, label};
use crate::document::Document;
use crate::source::inputs::{Inputs, Origin};
use crate::source::model::Source;
use crate::syntax::{Kind, Node};

/// Something to be found by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// Its name; never empty.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Where its name is, in bytes.
    pub range: Range<usize>,
    /// What it is a part of. A source is a part of nothing.
    pub container: Option<String>,
}

/// All workspace symbols of a document; none in JSON that is not a connection spec.
pub(in crate::ide) fn workspace_symbols(document: &Document) -> Vec<WorkspaceSymbol> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let spec = Source::of(document.tree());
    let named = |name: Option<Node<'_>>| {
        let node = name.filter(|name| name.kind() == Kind::String)?;
        Some((label(&node.string().filter(|name| !name.trim().is_empty())?), node.inner()))
    };
    let source = named(spec.name());
    let called = source.as_ref().map_or_else(|| document.name().to_owned(), |(name, _)| name.clone());
    let symbol = |kind, (name, range), container| WorkspaceSymbol { name, kind, range, container };
    let mut found: Vec<_> = source.map(|source| symbol(SymbolKind::Source, source, None)).into_iter().collect();
    let entries = spec.auth_entries().filter_map(|entry| named(entry.name()));
    found.extend(entries.map(|entry| symbol(SymbolKind::SignIn, entry, Some(called.clone()))));
    found.extend(Inputs::of(document.tree()).all.iter().map(|input| {
        let container = match &input.origin {
            Origin::Auth(name) => format!("{called}, {}", label(name)),
            Origin::Source => called.clone(),
        };
        symbol(SymbolKind::Input, (label(&input.name), input.key.inner()), Some(container))
    }));
    found
}

/// How well a name fits what was typed, the larger the better; `None` when it does not. It fits when it has all of the
/// letters in their order, whatever their case. Letters in a row and at the start of words count more.
pub(in crate::ide) fn match_score(typed: &str, name: &str) -> Option<u32> {
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
    // Of two that fit alike the shorter one is meant.
    Some(score * 100 + 100_u32.saturating_sub(name.chars().count() as u32))
}
