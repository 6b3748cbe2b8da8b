//! The name of a source, which its folder and its files begin with.

use crate::cli::draw::harmless;

/// The longest name, in characters.
const LONGEST: usize = 100;

/// Names that Windows keeps for devices, in small letters.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Those that have a digit behind them.
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// What is wrong with a name, what is allowed, and a name that is.
pub(super) fn problem(name: &str) -> Option<String> {
    let shown = match name.chars().count() {
        0 => "an empty text".to_owned(),
        1..=LONGEST => format!("`{}`", harmless(name)),
        _ => "so long a text".to_owned(),
    };
    if is_of_a_device(name) {
        return Some(format!("{shown} cannot be the source's name: Windows keeps it for a device. Take another."));
    }
    let near = near(name).map(|near| format!(" How about `{near}`?")).unwrap_or_default();
    (!is_allowed(name)).then(|| {
        format!(
            "{shown} cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most {LONGEST} of them.{near}"
        )
    })
}

fn is_allowed(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_alphanumeric())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
        && name.len() <= LONGEST
}

fn is_of_a_device(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_numbered = |rest: &str| matches!(rest.as_bytes(), [b'1'..=b'9']);
    DEVICES.contains(&name.as_str()) || NUMBERED.iter().any(|device| name.strip_prefix(device).is_some_and(is_numbered))
}

/// The name with a hyphen in place of whatever is not allowed; `None` where that would tear a word.
fn near(name: &str) -> Option<String> {
    let words = name.split(|char: char| !char.is_alphanumeric() && char != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join("-").trim_start_matches('_').to_owned()).filter(|near| is_allowed(near) && !is_of_a_device(near))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::problem;

    #[test]
    fn names_of_files_everywhere() {
        for name in ["acme", "Acme_Orders-2", "7geese", "com", "com10"] {
            assert_eq!(problem(name), None, "{name}");
        }
        let names = ["", "acme orders", "../acme", "-acme", "acme/orders.json", "müller", "nul", "COM1", "."];
        let said: Vec<String> = names.iter().filter_map(|name| problem(name)).collect();
        assert_eq!(said.len(), names.len());
        expect![[r#"
            an empty text cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most 100 of them.
            `acme orders` cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most 100 of them. How about `acme-orders`?
            `../acme` cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most 100 of them. How about `acme`?
            `-acme` cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most 100 of them. How about `acme`?
            `acme/orders.json` cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most 100 of them. How about `acme-orders-json`?
            `müller` cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most 100 of them.
            `nul` cannot be the source's name: Windows keeps it for a device. Take another.
            `COM1` cannot be the source's name: Windows keeps it for a device. Take another.
            `.` cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most 100 of them."#]].assert_eq(&said.join("\n"));
        assert!(problem(&"a".repeat(101)).is_some_and(|said| said.len() < 300));
    }
}
