//! JSON values: reading them, and whether two mean the same.

use std::borrow::Cow;

use crate::syntax::{Kind, Node, Tree};

pub(super) fn parse(json: &str) -> Tree {
    Tree::parse(json.to_owned())
}

pub(super) fn string(node: Option<Node<'_>>) -> Option<String> {
    node?.as_string().map(Cow::into_owned)
}

/// Whether two values are equal. White space, the order of keys and the spelling of numbers and strings don't matter. Of
/// several members with the same key the last one applies.
pub(super) fn equal(a: Node<'_>, b: Node<'_>) -> bool {
    let mut pairs = vec![(a, b)];
    while let Some((a, b)) = pairs.pop() {
        match (a.kind(), b.kind()) {
            (Kind::Object, Kind::Object) => {
                let (left, right) = (keys(a), keys(b));
                if left.len() != right.len() {
                    return false;
                }
                for key in left {
                    match (a.get(&key), b.get(&key)) {
                        (Some(a), Some(b)) => pairs.push((a, b)),
                        _ => return false,
                    }
                }
            }
            (Kind::Array, Kind::Array) => {
                if a.elements().count() != b.elements().count() {
                    return false;
                }
                pairs.extend(a.elements().zip(b.elements()));
            }
            (Kind::String, Kind::String) if a.string() == b.string() => {}
            (Kind::Number, Kind::Number) if is_equal_number(a.text(), b.text()) => {}
            (Kind::True | Kind::False | Kind::Null, kind) if kind == a.kind() => {}
            _ => return false,
        }
    }
    true
}

/// Whether two values, which may be missing, are equal.
pub(super) fn are_equal(a: Option<Node<'_>>, b: Option<Node<'_>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.kind() != Kind::Missing && equal(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// The distinct keys of an object, in the order of the text.
pub(super) fn keys(object: Node<'_>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let keys = object.members().filter_map(|member| member.key.string()).map(|key| key.into_owned());
    keys.filter(|key| seen.insert(key.clone())).collect()
}

fn is_equal_number(a: &str, b: &str) -> bool {
    a == b || decimal(a).is_some_and(|number| Some(number) == decimal(b))
}

/// A number as its sign, its significant digits, and the power of ten of the last one. `None` if that power overflows.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (digits, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = format!("{whole}{fraction}");
    let power = power.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let significant = digits.trim_end_matches('0');
    let power = power.checked_add(i64::try_from(digits.len() - significant.len()).ok()?)?;
    let significant = significant.trim_start_matches('0');
    match significant {
        "" => Some((false, String::new(), 0)),
        _ => Some((is_negative, significant.to_owned(), power)),
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    fn is_equal(a: &str, b: &str) -> bool {
        let (a, b) = (Tree::parse(a.to_owned()), Tree::parse(b.to_owned()));
        equal(a.root(), b.root())
    }

    #[test]
    fn order_of_keys_and_spelling_do_not_matter() {
        assert!(is_equal(r#"{"a": 1, "b": [{"c": "\u0041", "d": null}]}"#, r#"{ "b": [{"d":null,"c":"A"}], "a": 1 }"#));
        assert!(is_equal(r#"{"a": 1, "a": 2}"#, r#"{"a": 2}"#));
        assert!(!is_equal(r#"{"a": 1}"#, r#"{"a": 1, "b": 1}"#));
        assert!(!is_equal(r#"{"a": 1, "c": 1}"#, r#"{"a": 1, "b": 1}"#));
        assert!(!is_equal("[1, 2]", "[2, 1]"));
        assert!(!is_equal("[1]", "[1, 1]"));
        assert!(!is_equal("true", "false"));
        assert!(!is_equal("\"1\"", "1"));
    }

    #[test]
    fn numbers_are_compared_by_value() {
        for (a, b) in [("100", "1e2"), ("1.0", "1"), ("-0", "0.00"), ("0.010", "1E-2"), ("1.50e1", "15")] {
            assert!(is_equal(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("12345678901234567890123", "12345678901234567890124"),
            ("1", "-1"),
            ("10", "1"),
            ("1e99999999999999999999", "2e99999999999999999999"),
        ] {
            assert!(!is_equal(a, b), "{a} {b}");
        }
    }

    #[test]
    fn depth_is_unlimited() {
        let text = "[".repeat(50_000) + &"]".repeat(50_000);
        assert!(is_equal(&text, &text));
    }
}
