//! Several `name=value` pairs in one text: the old form of query and headers, and the query of a path.

use std::ops::Range;

use crate::syntax::template;

/// One pair, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    /// What stands before the `=`.
    pub(crate) name: Range<usize>,
    /// What stands behind it.
    pub(crate) value: Range<usize>,
}

/// The pairs of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pairs {
    /// In the order of the text.
    pub(crate) list: Vec<Pair>,
    /// Whether all of them are parted by the same sign; pages disagree on whether that is a comma or `&`.
    pub(crate) is_certain: bool,
}

/// The pairs of a text that consists of nothing else and can be split in one way only. Percent signs may be an encoding, so
/// with them it is not clear what the values are.
pub(crate) fn of(text: &str) -> Option<Pairs> {
    let start = usize::from(text.starts_with('?'));
    let placeholders = template::parts(text, 0);
    let is_outside = |at: usize| !placeholders.iter().any(|part| part.range.contains(&at));
    let (mut list, mut signs) = (Vec::new(), Vec::new());
    let mut from = start;
    let separators = text.match_indices([',', '&', ';']).filter(|(at, _)| *at >= start && is_outside(*at));
    for (at, sign) in separators.map(|(at, sign)| (at, Some(sign))).chain([(text.len(), None)]) {
        // `Accept=text/html;q=0.9` is one value.
        if sign == Some(";") {
            continue;
        }
        list.push(pair(text, from..at)?);
        signs.extend(sign);
        from = at + 1;
    }
    let is_certain = signs.windows(2).all(|two| two[0] == two[1]);
    (!text.contains('%')).then_some(Pairs { list, is_certain })
}

/// The pairs of a query, as far as it has them: whatever stands in it, `&` parts them.
pub(crate) fn of_query(query: &str) -> Vec<Pair> {
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
        let found = of(text).map(|pairs| {
            let list: Vec<_> =
                pairs.list.iter().map(|pair| (&text[pair.name.clone()], &text[pair.value.clone()])).collect();
            (list, pairs.is_certain)
        });
        assert_eq!(found, expected.map(|(list, is_certain)| (list.to_vec(), is_certain)), "{text}");
    }

    #[test]
    fn texts_that_split_in_one_way() {
        check("a=b", Some((&[("a", "b")], true)));
        check("?a=b&c= d ", Some((&[("a", "b"), ("c", "d")], true)));
        check("page[after]=${x,y}, b=", Some((&[("page[after]", "${x,y}"), ("b", "")], true)));
        check("a=b,c=d&e=f", Some((&[("a", "b"), ("c", "d"), ("e", "f")], false)));
        check("Accept=text/html;q=0.9,b=c", Some((&[("Accept", "text/html;q=0.9"), ("b", "c")], true)));
    }

    #[test]
    fn texts_that_do_not() {
        for text in ["", "a", "a=b,c", "a=%20", "=b", "a: b", "a=b,,c=d", "{\"a\": 1}"] {
            check(text, None);
        }
    }

    #[test]
    fn a_query_gives_what_it_has() {
        let query = "a=b&c&d=e,f";
        let names: Vec<_> = of_query(query).into_iter().map(|pair| &query[pair.name]).collect();
        assert_eq!(names, ["a", "d"]);
    }
}
