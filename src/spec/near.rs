//! How near two names are: for "did you mean".

/// The number of letters to add, drop, change or swap with a neighbour to get from one name to the other.
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// A name without what people vary in it: capitals and separators.
pub fn plain(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// The candidate that is most likely meant by `name`: the same but for capitals and separators, or at most a third of its
/// letters off. `None` when nothing is near.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = plain(name);
    let limit = (wanted.chars().count() / 3).min(3);
    // Letters that one name has more than the other are so many steps.
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
    fn near_names_are_found_and_far_ones_are_not() {
        let keys = ["offSetName", "limitName", "host", "path"];
        assert_eq!(nearest("offsetName", keys), Some("offSetName"));
        assert_eq!(nearest("off_set_name", keys), Some("offSetName"));
        assert_eq!(nearest("limtiName", keys), Some("limitName"));
        assert_eq!(nearest("hots", keys), Some("host"));
        assert_eq!(nearest("category", keys), None);
        assert_eq!(nearest("x", keys), None);
        assert_eq!(distance("", "abc"), 3);
    }
}
