//! The colours of what stands inside texts: of a whole document, of a range, and what has changed since the last time.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensFullOptions, SemanticTokensLegend,
    SemanticTokensOptions, Uri,
};

use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use crate::ide::{self, Token, TokenKind};

/// What an editor was told last, by document.
#[derive(Debug, Default)]
pub(super) struct Told {
    last: Mutex<HashMap<Uri, SemanticTokens>>,
}

impl Told {
    /// A document was closed.
    pub(super) fn forget(&self, uri: &Uri) {
        self.lock().remove(uri);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uri, SemanticTokens>> {
        // Whole entries come and go, so a lock that was poisoned holds what it should.
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The sorts of pieces under the standard names, which every theme has colours for.
pub(super) fn options() -> SemanticTokensOptions {
    SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: TokenKind::ALL.map(name).to_vec(),
            token_modifiers: vec![SemanticTokenModifier::DEFAULT_LIBRARY],
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..SemanticTokensOptions::default()
    }
}

fn name(kind: TokenKind) -> SemanticTokenType {
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

/// Whether the platform gives a piece its meaning, not the author: the only modifier.
fn modifiers(kind: TokenKind) -> u32 {
    u32::from(matches!(kind, TokenKind::Word | TokenKind::Function))
}

/// All pieces of a document, under a name for the next time.
pub(super) fn full(session: &Session, snapshot: &Snapshot, uri: &Uri) -> SemanticTokens {
    let data = converted(session, snapshot, ide::tokens(&snapshot.document));
    let tokens = SemanticTokens { result_id: Some(snapshot.revision.to_string()), data };
    session.told.lock().insert(uri.clone(), tokens.clone());
    tokens
}

/// The pieces in a range.
pub(super) fn range(session: &Session, snapshot: &Snapshot, range: Range) -> SemanticTokens {
    let range = convert::span(snapshot.document.text(), session.peer().encoding, range);
    let mut tokens = ide::tokens(&snapshot.document);
    tokens.retain(|token| token.range.start < range.end && range.start < token.range.end);
    SemanticTokens { result_id: None, data: converted(session, snapshot, tokens) }
}

/// What has changed since the time of that name; everything when it is not known any more.
pub(super) fn delta(session: &Session, snapshot: &Snapshot, uri: &Uri, since: &str) -> SemanticTokensFullDeltaResult {
    let before = session.told.lock().get(uri).filter(|told| told.result_id.as_deref() == Some(since)).cloned();
    let now = full(session, snapshot, uri);
    match before {
        Some(before) => {
            let edits = edit(&before.data, &now.data).into_iter().collect();
            SemanticTokensDelta { result_id: now.result_id, edits }.into()
        }
        None => now.into(),
    }
}

/// The one edit from a list to another: what is the same at both ends stays.
fn edit(before: &[SemanticToken], now: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let same = |(a, b): &(&SemanticToken, &SemanticToken)| a == b;
    let start = before.iter().zip(now).take_while(same).count();
    let end = before[start..].iter().rev().zip(now[start..].iter().rev()).take_while(same).count();
    let (gone, new) = (&before[start..before.len() - end], &now[start..now.len() - end]);
    if gone.is_empty() && new.is_empty() {
        return None;
    }
    // The protocol counts numbers, of which each piece has five.
    let numbers = |count: usize| 5 * count as u32;
    Some(SemanticTokensEdit {
        start: numbers(start),
        delete_count: numbers(gone.len()),
        data: Some(new.to_vec()).filter(|new| !new.is_empty()),
    })
}

/// Pieces as the protocol has them: each relative to the one before, in the editor's columns.
fn converted(session: &Session, snapshot: &Snapshot, tokens: Vec<Token>) -> Vec<SemanticToken> {
    let (mut line, mut column) = (0, 0);
    let one = |token: Token| {
        let range = convert::range(&snapshot.document, session.peer(), token.range);
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
