//! Names for findings by which other programs know them again.

use std::collections::HashMap;

use super::Checked;
use crate::lint::Diagnostic;

/// A name for each finding of a file, no two alike: its code, the JSON pointer to its place, what its message names first,
/// and a number where that is not enough. It stays when something is inserted or mended elsewhere; only places after it in
/// the same array move.
pub(super) fn names(file: &Checked) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let name = |found: &Diagnostic| {
        let name = name(file, found);
        let number = seen.entry(name.clone()).or_default();
        *number += 1;
        if *number == 1 { name } else { format!("{name} ({number})") }
    };
    file.diagnostics.iter().map(name).collect()
}

fn name(file: &Checked, found: &Diagnostic) -> String {
    let mut name = found.code.to_owned();
    // A text that is no JSON has no pointers.
    let pointer = match file.document.kind() {
        Some(_) => file.document.tree().node_at(found.range.start).pointer(),
        None => String::new(),
    };
    if !pointer.is_empty() {
        name = format!("{name} {pointer}");
    }
    // Of two keys that one object lacks the places are the same.
    match found.message.split('`').nth(1) {
        Some(word) if !pointer.ends_with(&format!("/{word}")) => format!("{name} `{word}`"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::names;
    use crate::cli::check::check;

    #[test]
    fn lines_above_change_no_name_and_no_two_are_alike() {
        let spec =
            r#"{ "type": "generic-rest", "providerId": 1, "authSpec": [{ "name": 1, "name": 2, "name": 3, } ] }"#;
        let names_of = |text: &str| names(&check("a-connectionSpec.json", text));
        let names = names_of(spec);
        assert!(names.contains(&"duplicate-key /authSpec/0/name".to_owned()), "{names:?}");
        assert!(names.contains(&"duplicate-key /authSpec/0/name (2)".to_owned()), "{names:?}");
        assert!(names.contains(&"missing-key `description`".to_owned()), "{names:?}");
        assert_eq!(names_of(&spec.replacen("\"type\"", "\n\n\n  \"type\"", 1)), names);
        let mut once = names.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), names.len(), "{names:?}");
    }
}
