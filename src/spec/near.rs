//! Similar names, for "did you mean".

pub use strsim::osa_distance as distance;

/// A name without the things people vary: case and separators.
pub fn plain(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// The candidate most likely meant by `name`: equal apart from case and separators, or with at most a third of its letters
/// edited. `None` if nothing is similar enough.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = plain(name);
    let limit = (wanted.chars().count() / 3).min(3);
    // A difference in length is a lower bound for the distance.
    let is_as_long = |plain: &str| plain.chars().count().abs_diff(wanted.chars().count()) <= limit;
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name && name.len() < 100)
        .map(|candidate| (plain(candidate), candidate))
        .filter(|(plain, _)| is_as_long(plain))
        .map(|(plain, candidate)| (distance(&wanted, &plain), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_similar_names_only() {
        let keys = ["offSetName", "limitName", "host", "path"];
        assert_eq!(nearest("offsetName", keys), Some("offSetName"));
        assert_eq!(nearest("off_set_name", keys), Some("offSetName"));
        assert_eq!(nearest("limtiName", keys), Some("limitName"));
        assert_eq!(nearest("hots", keys), Some("host"));
        assert_eq!(nearest("category", keys), None);
        assert_eq!(nearest("x", keys), None);
    }
}
