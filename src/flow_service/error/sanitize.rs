//! Makes text from elsewhere fit for a message: one line, of limited length, without secrets.

use crate::flow_service::Secret;
use crate::flow_service::message::percent_encode;

/// The most characters that are shown.
const MAX_CHARS: usize = 300;

/// One line of printable characters, cut if it is long. Secrets are replaced by `…`, and so is what looks like a token or
/// follows the word "bearer".
pub(in crate::flow_service) fn sanitize(text: &str, secrets: &[Secret]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_blank()) {
        for form in [secret.reveal().to_owned(), percent_encode(secret.reveal())] {
            text = text.replace(&form, "…");
        }
    }
    let printable: String = text.chars().map(|char| if is_printable(char) { char } else { ' ' }).collect();
    let mut line = String::new();
    let mut follows_bearer = false;
    for word in printable.split_whitespace() {
        let is_token = follows_bearer || looks_like_token(word);
        follows_bearer = word.trim_matches(|char: char| !char.is_alphanumeric()).eq_ignore_ascii_case("bearer");
        line += if line.is_empty() { "" } else { " " };
        line += if is_token { "…" } else { word };
    }
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => line[..end].trim_end().to_owned() + "…",
        None => line,
    }
}

/// Neither a control character nor one that is invisible or changes the direction of the text.
fn is_printable(char: char) -> bool {
    let is_format =
        matches!(char, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    !char.is_control() && !is_format
}

/// Whether a word contains a JSON Web Token or the start of one: base64 of `{"`.
fn looks_like_token(word: &str) -> bool {
    word.match_indices("eyJ").any(|(at, _)| {
        let rest = word[at..].bytes();
        rest.take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte)).count() >= 20
    })
}
