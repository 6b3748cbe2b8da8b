//! `name=value` pairs in one string: the deprecated form of query and headers, and the query of a path.

use std::ops::Range;

use crate::syntax::template;

/// One pair, in bytes of the string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
}

/// The pairs of a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryString {
    /// In the order of the string.
    pub(crate) pairs: Vec<Pair>,
    /// Whether all of them have the same separator; Adobe's pages disagree on whether that is a comma or `&`.
    pub(crate) is_certain: bool,
}

/// The pairs of a string that consists of nothing else and can be split in one way only. Percent signs may be an encoding,
/// so with them the values are not certain.
pub(crate) fn parse(text: &str) -> Option<QueryString> {
    let start = usize::from(text.starts_with('?'));
    let placeholders = template::parts(text, 0);
    let is_outside = |at: usize| !placeholders.iter().any(|part| part.range.contains(&at));
    let (mut pairs, mut separators) = (Vec::new(), Vec::new());
    let mut from = start;
    let ends = text.match_indices([',', '&', ';']).filter(|(at, _)| *at >= start && is_outside(*at));
    for (at, separator) in ends.map(|(at, separator)| (at, Some(separator))).chain([(text.len(), None)]) {
        // `Accept=text/html;q=0.9` is one value.
        if separator == Some(";") {
            continue;
        }
        pairs.push(pair(text, from..at)?);
        separators.extend(separator);
        from = at + 1;
    }
    let is_certain = separators.windows(2).all(|two| two[0] == two[1]);
    (!text.contains('%')).then_some(QueryString { pairs, is_certain })
}

/// The pairs that a string has between `&`, whatever else is in it.
pub(crate) fn parse_lenient(query: &str) -> Vec<Pair> {
    let start_of = |piece: &str| piece.as_ptr() as usize - query.as_ptr() as usize;
    query.split('&').filter_map(|piece| pair(query, start_of(piece)..start_of(piece) + piece.len())).collect()
}

fn pair(text: &str, range: Range<usize>) -> Option<Pair> {
    let piece = &text[range.clone()];
    let equals = range.start + piece.find('=')?;
    let (name, value) = (trimmed(text, range.start..equals), trimmed(text, equals + 1..range.end));
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|char| char.is_ascii_graphic() && !"\"'{}<>?:,;".contains(char))
    };
    is_name(&text[name.clone()]).then_some(Pair { name, value })
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&[(&str, &str)], bool)>) {
        let parsed = parse(text).map(|query| {
            let pairs: Vec<_> =
                query.pairs.iter().map(|pair| (&text[pair.name.clone()], &text[pair.value.clone()])).collect();
            (pairs, query.is_certain)
        });
        assert_eq!(parsed, expected.map(|(pairs, is_certain)| (pairs.to_vec(), is_certain)), "{text}");
    }

    #[test]
    fn a_string_of_pairs_is_split() {
        check("a=b", Some((&[("a", "b")], true)));
        check("?a=b&c= d ", Some((&[("a", "b"), ("c", "d")], true)));
        check("page[after]=${x,y}, b=", Some((&[("page[after]", "${x,y}"), ("b", "")], true)));
        check("a=b,c=d&e=f", Some((&[("a", "b"), ("c", "d"), ("e", "f")], false)));
        check("Accept=text/html;q=0.9,b=c", Some((&[("Accept", "text/html;q=0.9"), ("b", "c")], true)));
    }

    #[test]
    fn a_string_of_anything_else_has_no_pairs() {
        for text in ["", "a", "a=b,c", "a=%20", "=b", "a: b", "a=b,,c=d", "{\"a\": 1}"] {
            check(text, None);
        }
    }

    #[test]
    fn a_lenient_parse_skips_what_is_no_pair() {
        let query = "a=b&c&d=e,f";
        let names: Vec<_> = parse_lenient(query).into_iter().map(|pair| &query[pair.name]).collect();
        assert_eq!(names, ["a", "d"]);
    }
}
