//! Fingerprints, by which other programs recognize a diagnostic in the next run.

use std::collections::HashMap;

use super::Checked;
use crate::lint::Diagnostic;

/// A unique fingerprint for each diagnostic of a file: its code, the JSON pointer to its position, the first name in its
/// message, and a number if that is not enough. Edits elsewhere don't change it, except in the same array before it.
pub(super) fn fingerprints(file: &Checked) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let unique = |found: &Diagnostic| {
        let fingerprint = fingerprint(file, found);
        let number = seen.entry(fingerprint.clone()).or_default();
        *number += 1;
        if *number == 1 { fingerprint } else { format!("{fingerprint} ({number})") }
    };
    file.diagnostics.iter().map(unique).collect()
}

fn fingerprint(file: &Checked, found: &Diagnostic) -> String {
    let mut fingerprint = found.code.to_owned();
    // A file that isn't a spec has no pointers.
    let pointer = match file.document.kind() {
        Some(_) => file.document.tree().node_at(found.range.start).pointer(),
        None => String::new(),
    };
    if !pointer.is_empty() {
        fingerprint = format!("{fingerprint} {pointer}");
    }
    // Two missing keys of one object have the same position.
    match found.message.split('`').nth(1) {
        Some(word) if !pointer.ends_with(&format!("/{word}")) => format!("{fingerprint} `{word}`"),
        _ => fingerprint,
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprints;
    use crate::cli::check::check;

    #[test]
    fn fingerprints_are_unique_and_survive_inserted_lines() {
        let spec =
            r#"{ "type": "generic-rest", "providerId": 1, "authSpec": [{ "name": 1, "name": 2, "name": 3, } ] }"#;
        let of = |text: &str| fingerprints(&check("a-connectionSpec.json", text));
        let all = of(spec);
        assert!(all.contains(&"duplicate-key /authSpec/0/name".to_owned()), "{all:?}");
        assert!(all.contains(&"duplicate-key /authSpec/0/name (2)".to_owned()), "{all:?}");
        assert!(all.contains(&"missing-key `description`".to_owned()), "{all:?}");
        assert_eq!(of(&spec.replacen("\"type\"", "\n\n\n  \"type\"", 1)), all);
        let mut unique = all.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), all.len(), "{all:?}");
    }
}
