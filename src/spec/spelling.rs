//! How similar two names are, for "did you mean".

/// The number of letters to insert, delete, replace or swap with a neighbor to get from one name to the other.
pub fn distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// A name without what people vary in it: capitalization and separators.
pub fn normalized(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// The candidate most likely meant by `name`: equal except for capitalization and separators, or with at most a
/// third of its letters different.
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = normalized(name);
    let limit = (wanted.chars().count() / 3).min(3);
    // The difference in length is a lower bound of the distance.
    let has_similar_length = |plain: &str| plain.chars().count().abs_diff(wanted.chars().count()) <= limit;
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name && name.len() < 100)
        .map(|candidate| (normalized(candidate), candidate))
        .filter(|(plain, _)| has_similar_length(plain))
        .map(|(plain, candidate)| (distance(&wanted, &plain), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_names_are_found() {
        let keys = ["offSetName", "limitName", "host", "path"];
        assert_eq!(closest("offsetName", keys), Some("offSetName"));
        assert_eq!(closest("off_set_name", keys), Some("offSetName"));
        assert_eq!(closest("limtiName", keys), Some("limitName"));
        assert_eq!(closest("hots", keys), Some("host"));
        assert_eq!(closest("category", keys), None);
        assert_eq!(closest("x", keys), None);
    }
}
