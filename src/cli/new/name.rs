//! The name of a source, with which the names of its folder and files start.

use crate::cli::terminal::sanitize_terminal;

/// The longest name, in characters.
const MAX_LENGTH: usize = 100;

/// Names that Windows reserves for devices, in lower case.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Names that Windows reserves if a digit follows.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// Why a name is invalid, and a similar valid name.
pub(super) fn problem(name: &str) -> Option<String> {
    let shown = match name.chars().count() {
        1..=MAX_LENGTH => format!(" `{}`", sanitize_terminal(name)),
        _ => String::new(),
    };
    if is_device(name) {
        return Some(format!("invalid source name{shown}: reserved by Windows"));
    }
    let similar = similar(name).map(|similar| format!(", such as `{similar}`")).unwrap_or_default();
    (!is_allowed(name)).then(|| {
        format!(
            "invalid source name{shown}: use 1 to {MAX_LENGTH} unaccented letters, digits, `-` and `_`, starting with a \
             letter or digit{similar}"
        )
    })
}

fn is_allowed(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_alphanumeric())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
        && name.len() <= MAX_LENGTH
}

fn is_device(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_numbered = |rest: &str| matches!(rest.as_bytes(), [b'1'..=b'9']);
    DEVICES.contains(&name.as_str())
        || NUMBERED_DEVICES.iter().any(|device| name.strip_prefix(device).is_some_and(is_numbered))
}

/// The name with hyphens in place of invalid characters; `None` where that would split a word.
fn similar(name: &str) -> Option<String> {
    let words = name.split(|char: char| !char.is_alphanumeric() && char != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join("-").trim_start_matches('_').to_owned())
        .filter(|similar| is_allowed(similar) && !is_device(similar))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::problem;

    #[test]
    fn names_are_valid_file_names_on_every_system() {
        for name in ["acme", "Acme_Orders-2", "7geese", "com", "com10"] {
            assert_eq!(problem(name), None, "{name}");
        }
        let names = ["", "acme orders", "../acme", "-acme", "acme/orders.json", "müller", "nul", "COM1", "."];
        let problems: Vec<String> = names.iter().filter_map(|name| problem(name)).collect();
        assert_eq!(problems.len(), names.len());
        expect![[r#"
            invalid source name: use 1 to 100 unaccented letters, digits, `-` and `_`, starting with a letter or digit
            invalid source name `acme orders`: use 1 to 100 unaccented letters, digits, `-` and `_`, starting with a letter or digit, such as `acme-orders`
            invalid source name `../acme`: use 1 to 100 unaccented letters, digits, `-` and `_`, starting with a letter or digit, such as `acme`
            invalid source name `-acme`: use 1 to 100 unaccented letters, digits, `-` and `_`, starting with a letter or digit, such as `acme`
            invalid source name `acme/orders.json`: use 1 to 100 unaccented letters, digits, `-` and `_`, starting with a letter or digit, such as `acme-orders-json`
            invalid source name `müller`: use 1 to 100 unaccented letters, digits, `-` and `_`, starting with a letter or digit
            invalid source name `nul`: reserved by Windows
            invalid source name `COM1`: reserved by Windows
            invalid source name `.`: use 1 to 100 unaccented letters, digits, `-` and `_`, starting with a letter or digit"#]].assert_eq(&problems.join("\n"));
        assert!(problem(&"a".repeat(101)).is_some_and(|problem| problem.len() < 300));
    }
}
