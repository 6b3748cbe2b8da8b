//! The name of a source, which its folder and its files begin with.

use crate::cli::draw::harmless;

/// The longest name, in characters.
const LONGEST: usize = 100;

/// Names that Windows keeps for devices, in small letters.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// What is wrong with a name, what is allowed, and a name that is.
pub(super) fn problem(name: &str) -> Option<String> {
    if is_allowed(name) {
        return None;
    }
    let allowed = "NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long";
    let near = near(name).map(|near| format!(" How about `{near}`?")).unwrap_or_default();
    let shown = if name.chars().count() > LONGEST { String::new() } else { format!("`{}`: ", harmless(name)) };
    Some(format!("cannot take {shown}{allowed}.{near}"))
}

fn is_allowed(name: &str) -> bool {
    let is_of_a_device = DEVICES.contains(&name.to_lowercase().trim_end_matches(|char: char| char.is_ascii_digit()));
    name.starts_with(|char: char| char.is_ascii_alphanumeric())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
        && name.len() <= LONGEST
        && !is_of_a_device
}

/// The name with a hyphen in place of whatever is not allowed.
fn near(name: &str) -> Option<String> {
    let words = name.split(|char: char| !char.is_ascii_alphanumeric() && char != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join("-").trim_start_matches('_').to_owned()).filter(|near| is_allowed(near))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::problem;

    #[test]
    fn names_of_files_everywhere() {
        for name in ["acme", "Acme_Orders-2", "7geese"] {
            assert_eq!(problem(name), None, "{name}");
        }
        let names = ["", "acme orders", "../acme", "-acme", "acme/orders.json", "müller", "nul", "COM1", "."];
        let said: Vec<String> = names.iter().filter_map(|name| problem(name)).collect();
        assert_eq!(said.len(), names.len());
        expect![[r#"
            cannot take ``: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long.
            cannot take `acme orders`: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long. How about `acme-orders`?
            cannot take `../acme`: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long. How about `acme`?
            cannot take `-acme`: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long. How about `acme`?
            cannot take `acme/orders.json`: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long. How about `acme-orders-json`?
            cannot take `müller`: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long. How about `m-ller`?
            cannot take `nul`: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long.
            cannot take `COM1`: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long.
            cannot take `.`: NAME becomes the name of a folder and of files, so it has unaccented letters, digits, `-` and `_` only, begins with a letter or digit and is at most 100 long."#]].assert_eq(&said.join("\n"));
        assert!(problem(&"a".repeat(101)).is_some_and(|said| said.len() < 300));
    }
}
