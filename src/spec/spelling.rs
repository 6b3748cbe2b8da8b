//! How similar two names are, for "did you mean".

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The number of letters to insert, delete, replace or swap with a neighbor to get from one name to the other.
pub fn distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// A name without what people vary in it: capitalization and separators.
pub fn normalized(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// The words of a name, in lower case: `updatedAfter`, `updated_after` and `UPDATED-After` have the same.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    for (index, char) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before]);
        let is_next_lowercase = chars.get(index + 1).is_some_and(|next| next.is_lowercase());
        let begins = before.is_none_or(|before| {
            !before.is_alphanumeric() || char.is_uppercase() && (!before.is_uppercase() || is_next_lowercase)
        });
        match words.last_mut() {
            _ if !char.is_alphanumeric() => {}
            Some(word) if !begins => word.extend(char.to_lowercase()),
            _ => words.push(char.to_lowercase().collect()),
        }
    }
    words
}

/// The candidate most likely meant by `name`: equal except for capitalization and separators, or with at most a
/// third of its letters different.
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = Wanted::new(name)?;
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|candidate| (normalized(candidate), candidate))
        .filter(|(plain, _)| wanted.lengths().contains(&plain.chars().count()))
        .filter_map(|(plain, candidate)| Some((wanted.distance(&plain)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A name that may be misspelled.
struct Wanted {
    plain: String,
    length: usize,
    limit: usize,
}

impl Wanted {
    fn new(name: &str) -> Option<Self> {
        let plain = normalized(name);
        let length = plain.chars().count();
        (name.len() < 100).then(|| Wanted { plain, length, limit: (length / 3).min(3) })
    }

    /// The lengths of similar names: the difference in length is a lower bound of the distance.
    fn lengths(&self) -> RangeInclusive<usize> {
        self.length.saturating_sub(self.limit)..=self.length + self.limit
    }

    fn distance(&self, plain: &str) -> Option<usize> {
        Some(distance(&self.plain, plain)).filter(|distance| *distance <= self.limit)
    }
}

/// Names that many others are compared with.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// The names by their length, each without what people vary in it, with its position.
    names: BTreeMap<usize, Vec<(String, usize, String)>>,
    comparisons: Cell<usize>,
}

impl Dictionary {
    /// Comparing thousands of names with thousands of others takes too long, so after as many there are no suggestions.
    const MAX_COMPARISONS: usize = 20_000;

    /// A dictionary of these names.
    pub fn new(names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut dictionary = Dictionary::default();
        for (position, name) in names.into_iter().enumerate() {
            let plain = normalized(name.as_ref());
            let alike = dictionary.names.entry(plain.chars().count()).or_default();
            alike.push((plain, position, name.as_ref().to_owned()));
        }
        dictionary
    }

    /// The name most likely meant, as [`closest`] would choose it.
    pub fn closest(&self, name: &str) -> Option<&str> {
        self.closest_entry(name).map(|(_, name)| name)
    }

    /// The position of that name.
    pub fn closest_position(&self, name: &str) -> Option<usize> {
        self.closest_entry(name).map(|(position, _)| position)
    }

    fn closest_entry(&self, name: &str) -> Option<(usize, &str)> {
        let wanted = Wanted::new(name)?;
        let similar = self.names.range(wanted.lengths()).flat_map(|(_, names)| names);
        let left = Self::MAX_COMPARISONS.saturating_sub(self.comparisons.get());
        similar
            .take(left)
            .inspect(|_| self.comparisons.update(|comparisons| comparisons + 1))
            .filter(|(.., candidate)| candidate != name)
            .filter_map(|(plain, position, candidate)| Some((wanted.distance(plain)?, position, candidate)))
            .min()
            .map(|(_, position, candidate)| (*position, candidate.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_same_words_in_every_notation() {
        for name in ["updatedAfter", "updated_after", "UPDATED-After", "_updated After "] {
            assert_eq!(words(name), ["updated", "after"], "{name}");
        }
        assert_eq!(words("APIKeyID"), ["api", "key", "id"]);
    }

    #[test]
    fn similar_names_are_found() {
        let keys = ["offSetName", "limitName", "host", "path"];
        assert_eq!(closest("offsetName", keys), Some("offSetName"));
        assert_eq!(closest("off_set_name", keys), Some("offSetName"));
        assert_eq!(closest("limtiName", keys), Some("limitName"));
        assert_eq!(closest("hots", keys), Some("host"));
        assert_eq!(closest("category", keys), None);
        assert_eq!(closest("x", keys), None);
        let dictionary = Dictionary::new(keys);
        for name in ["offsetName", "limtiName", "hots", "category", "x"] {
            assert_eq!(dictionary.closest(name), closest(name, keys), "{name}");
        }
    }
}
