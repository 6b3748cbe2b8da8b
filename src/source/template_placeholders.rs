//! Template placeholders: values in braces and capitals, such as `{DESCRIPTION}`, that the author of a spec has to replace.

use std::ops::Range;

use super::placeholders;
use crate::spec;
use crate::syntax::template::PartKind;
use crate::syntax::{Kind, Node};

/// The template placeholders in a string, also those that the service may replace.
pub(crate) fn in_string(string: Node<'_>) -> impl Iterator<Item = Range<usize>> {
    placeholders::in_string(string)
        .into_iter()
        .filter(move |part| part.closed && matches!(part.kind, PartKind::Word | PartKind::Double))
        .filter(move |part| is_name(&placeholders::name(string.tree(), part)))
        .map(|part| part.range)
}

/// Whether a value is a string with a template placeholder, also one that the service may replace: its final value is not
/// known.
pub(crate) fn occur_in(node: Node<'_>) -> bool {
    node.kind() == Kind::String && in_string(node).next().is_some()
}

/// Whether a string has a template placeholder that is not a word of the schedule, and so may become anything.
pub(crate) fn are_left_in(string: Node<'_>) -> bool {
    let name = |range: Range<usize>| string.tree().source()[range].trim_matches(['{', '}']);
    in_string(string).any(|range| spec::variable_description(name(range)).is_none())
}

/// Whether the text between braces is that of a template placeholder: words in capitals, joined by underscores or spaces,
/// with small words like `or` between them.
pub(crate) fn is_name(name: &str) -> bool {
    const SMALL: [&str; 10] = ["or", "and", "of", "in", "the", "for", "if", "is", "to", "case"];
    let mut words = name.split(['_', ' ', '-']).filter(|word| !word.is_empty()).peekable();
    // Letters with a number after them; a mix of both may be an id or a key, which no message may show.
    let capital = |word: &str| {
        let letters = word.trim_end_matches(|char: char| char.is_ascii_digit());
        !letters.is_empty() && word.len() - letters.len() <= 2 && letters.chars().all(|char| char.is_ascii_uppercase())
    };
    name.chars().filter(char::is_ascii_uppercase).count() >= 2
        && words.peek().is_some()
        && words.all(|word| capital(word) || SMALL.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn placeholders_of_the_published_templates_are_recognised() {
        for name in [
            "DESCRIPTION",
            "X-Auth-KEY1".to_uppercase().as_str(),
            "GET or POST",
            "GET_or_POST",
            "OFFSET_ATTRIBUTE_NAME_REQUIRED_IN_CASE_OF_OFFSET BASED_PAGINATION",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in
            ["listId", "Domain", "A", "", "x-y", "2,3", "3F2504E0-4F89-11D3-9A0C-0305E82C3301", "AKIA0123456789ABCDEF"]
        {
            assert!(!is_name(name), "{name}");
        }
    }
}
