//! Semantic tokens of what strings contain: of a document, of a range, and what has changed since the last time.

use std::collections::HashMap;
use std::sync::Mutex;

use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensFullOptions, SemanticTokensLegend,
    SemanticTokensOptions, Uri,
};

use super::client_caps::ClientCaps;
use super::convert;
use super::documents::Snapshot;
use super::pool::lock;
use crate::ide::{self, Token, TokenKind};

/// The tokens that were sent last, by document.
#[derive(Debug, Default)]
pub(super) struct SemanticTokensCache {
    last: Mutex<HashMap<Uri, SemanticTokens>>,
}

impl SemanticTokensCache {
    /// A document was closed.
    pub(super) fn remove(&self, uri: &Uri) {
        lock(&self.last).remove(uri);
    }

    /// All tokens of a document, under an id for the next time.
    pub(super) fn full(&self, caps: &ClientCaps, snapshot: &Snapshot, uri: &Uri) -> SemanticTokens {
        let data = converted(caps, snapshot, ide::tokens(&snapshot.document));
        let tokens = SemanticTokens { result_id: Some(snapshot.revision.to_string()), data };
        lock(&self.last).insert(uri.clone(), tokens.clone());
        tokens
    }

    /// What has changed since the result with this id; all tokens when that is not known any more.
    pub(super) fn delta(
        &self,
        caps: &ClientCaps,
        snapshot: &Snapshot,
        uri: &Uri,
        since: &str,
    ) -> SemanticTokensFullDeltaResult {
        let before = lock(&self.last).get(uri).filter(|last| last.result_id.as_deref() == Some(since)).cloned();
        let now = self.full(caps, snapshot, uri);
        match before {
            Some(before) => {
                let edits = edit(&before.data, &now.data).into_iter().collect();
                SemanticTokensDelta { result_id: now.result_id, edits }.into()
            }
            None => now.into(),
        }
    }
}

/// The tokens in a range.
pub(super) fn range(caps: &ClientCaps, snapshot: &Snapshot, range: Range) -> SemanticTokens {
    let range = convert::byte_range(snapshot.document.text(), caps.encoding, range);
    let mut tokens = ide::tokens(&snapshot.document);
    tokens.retain(|token| token.range.start < range.end && range.start < token.range.end);
    SemanticTokens { result_id: None, data: converted(caps, snapshot, tokens) }
}

/// The legend has standard names only, which every theme has colours for.
pub(super) fn options() -> SemanticTokensOptions {
    SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: TokenKind::ALL.map(token_type).to_vec(),
            token_modifiers: vec![SemanticTokenModifier::DEFAULT_LIBRARY],
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..SemanticTokensOptions::default()
    }
}

fn token_type(kind: TokenKind) -> SemanticTokenType {
    match kind {
        TokenKind::Input => SemanticTokenType::VARIABLE,
        TokenKind::Word => SemanticTokenType::MACRO,
        TokenKind::Name => SemanticTokenType::PROPERTY,
        TokenKind::Number => SemanticTokenType::NUMBER,
        TokenKind::Mark => SemanticTokenType::OPERATOR,
        TokenKind::Function => SemanticTokenType::FUNCTION,
        TokenKind::Text => SemanticTokenType::STRING,
        TokenKind::Date => SemanticTokenType::REGEXP,
        TokenKind::Choice => SemanticTokenType::ENUM_MEMBER,
    }
}

/// The only modifier: the platform defines what the token means, not the author.
fn modifiers(kind: TokenKind) -> u32 {
    u32::from(matches!(kind, TokenKind::Word | TokenKind::Function))
}

/// The one edit between two lists, without what both start and end with.
fn edit(before: &[SemanticToken], now: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let same = |(a, b): &(&SemanticToken, &SemanticToken)| a == b;
    let start = before.iter().zip(now).take_while(same).count();
    let end = before[start..].iter().rev().zip(now[start..].iter().rev()).take_while(same).count();
    let (removed, new) = (&before[start..before.len() - end], &now[start..now.len() - end]);
    if removed.is_empty() && new.is_empty() {
        return None;
    }
    // The protocol counts numbers, of which each token has five.
    let numbers = |count: usize| 5 * count as u32;
    Some(SemanticTokensEdit {
        start: numbers(start),
        delete_count: numbers(removed.len()),
        data: Some(new.to_vec()).filter(|new| !new.is_empty()),
    })
}

/// Tokens as the protocol has them: each relative to the one before.
fn converted(caps: &ClientCaps, snapshot: &Snapshot, tokens: Vec<Token>) -> Vec<SemanticToken> {
    let (mut line, mut column) = (0, 0);
    let one = |token: Token| {
        let range = convert::range(&snapshot.document, caps, token.range);
        let delta_line = range.start.line - line;
        let delta_start = if delta_line == 0 { range.start.character - column } else { range.start.character };
        (line, column) = (range.start.line, range.start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - range.start.character,
            token_type: token.kind as u32,
            token_modifiers_bitset: modifiers(token.kind),
        }
    };
    tokens.into_iter().map(one).collect()
}
