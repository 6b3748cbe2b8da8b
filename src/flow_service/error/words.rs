//! The service's own words, made fit to be shown: one line, of sane length, without secrets.

use crate::flow_service::Secret;

/// How many characters of the service's own words are shown.
const LENGTH: usize = 300;

/// One line of printable characters, cut where it gets long. Every secret in it is replaced, and so is what looks like a
/// token or follows the word that announces one.
pub(in crate::flow_service) fn shown(text: &str, secrets: &[Secret]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_blank()) {
        for form in [secret.reveal().to_owned(), crate::flow_service::exchange::encoded(secret.reveal())] {
            text = text.replace(&form, "…");
        }
    }
    let visible: String = text.chars().map(|char| if is_visible(char) { char } else { ' ' }).collect();
    let mut line = String::new();
    let mut announced = false;
    for word in visible.split_whitespace() {
        let token = announced || looks_like_a_token(word);
        announced = word.trim_matches(|char: char| !char.is_alphanumeric()).eq_ignore_ascii_case("bearer");
        line += if line.is_empty() { "" } else { " " };
        line += if token { "…" } else { word };
    }
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => line[..end].trim_end().to_owned() + "…",
        None => line,
    }
}

/// Neither a control character nor one that turns the direction of the text or takes no room.
fn is_visible(char: char) -> bool {
    let turns =
        matches!(char, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    !char.is_control() && !turns
}

/// Whether a word holds a JSON web token, or the beginning of one: base64 of `{"`.
fn looks_like_a_token(word: &str) -> bool {
    word.match_indices("eyJ").any(|(at, _)| {
        let rest = word[at..].bytes();
        rest.take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte)).count() >= 20
    })
}

/// Words with a full stop, unless they end in something like it.
pub(super) fn ended(words: &str) -> String {
    words.to_owned() + if words.ends_with(['.', '!', '?', '…']) { "" } else { "." }
}
