//! A simple JSON path in words.

use crate::source::json_path::{self, Segment, Selector};
use crate::source::model::Request;
use crate::spec::StringFormat;
use crate::text::english;

use super::page::code;
use super::target::{Target, key_of};

/// What a path selects. `None` if the path isn't simple or valid.
pub(super) fn reading(target: &Target<'_>) -> Option<String> {
    if target.entry.format() != Some(StringFormat::JsonPath) {
        return None;
    }
    let path = json_path::parse(&target.node.string()?).ok()?;
    // Paths of `explodeEntityPath` begin at the node that wraps each record, all others at the response.
    let at_record = target.object().and_then(key_of).as_deref() == Some(Request::EXPLODE_ENTITY_PATH);
    let is_array = target.object().and_then(key_of).as_deref() == Some(Request::CONTENT_PATH);
    let what = in_words(&path.segments, if at_record { "each record" } else { "the response" })?;
    Some(if is_array && path.segments.last().and_then(Segment::name).is_some() {
        format!("The array {what}.")
    } else {
        english::capitalize(&what) + "."
    })
}

/// A longer path is not easier to read in words.
const MAX_SEGMENTS: usize = 20;

/// A path of names, `[0]` and `[*]`.
fn in_words(segments: &[Segment], whole: &str) -> Option<String> {
    if segments.len() > MAX_SEGMENTS {
        return None;
    }
    let mut words = whole.to_owned();
    for (index, segment) in segments.iter().enumerate() {
        words = match segment.selectors.as_slice() {
            _ if segment.is_descendant => return None,
            [Selector::Name(name)] if index == 0 => format!("{} of {words}", code(name)),
            [Selector::Name(name)] => format!("{} in {words}", code(name)),
            [Selector::Wildcard] => format!("each element of {words}"),
            [Selector::Index(number @ 0..)] => format!("element {} of {words}", number.saturating_add(1)),
            _ => return None,
        };
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<String> {
        in_words(&json_path::parse(path).ok()?.segments, "the response")
    }

    #[test]
    fn only_simple_paths_are_described() {
        assert_eq!(read("$").as_deref(), Some("the response"));
        assert_eq!(read("$.members").as_deref(), Some("`members` of the response"));
        assert_eq!(read("paging.next").as_deref(), Some("`next` in `paging` of the response"));
        assert_eq!(
            read("$['a b'][0].c[*]").as_deref(),
            Some("each element of `c` in element 1 of `a b` of the response")
        );
        for path in ["", "$..a", "$.a[?(@.b)]", "$.a.", "$.a[", "$x", "$.a[1:2]", "{PATH}"] {
            assert_eq!(read(path), None, "{path}");
        }
        assert!(read(&format!("${}", ".a".repeat(MAX_SEGMENTS))).is_some());
        assert_eq!(read(&format!("${}", ".a".repeat(MAX_SEGMENTS + 1))), None);
    }
}
