//! Two successive lists of edits as one, and a long list as one edit.

use std::collections::VecDeque;
use std::ops::Range;

use crate::text::{self, Edit};

/// More edits than editors apply quickly.
const MAX_EDITS: usize = 10_000;

/// The same edits, by position, or one that does what all of them do if they are very many.
pub(crate) fn at_most_many(source: &str, edits: Vec<Edit>) -> Vec<Edit> {
    match (edits.first(), edits.last()) {
        (Some(first), Some(last)) if edits.len() > MAX_EDITS => {
            let range = first.range.start..last.range.end;
            let each = edits.iter().map(|edit| (edit.range.clone(), edit.new.as_str()));
            vec![Edit::replace(range.clone(), text::edited(&source[range.clone()], range.start, each))]
        }
        _ => edits,
    }
}

/// One list of edits that does what `first` and then `second` do. The edits of a list do not touch each other; those of
/// `second` refer to the text after `first`.
pub(crate) fn compose(mut first: Vec<Edit>, mut second: Vec<Edit>) -> Vec<Edit> {
    first.sort_by_key(|edit| (edit.range.start, edit.range.end));
    second.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut shift = 0_isize;
    let mut pieces: VecDeque<Piece> = first
        .into_iter()
        .map(|edit| {
            let start = edit.range.start.wrapping_add_signed(shift);
            shift += edit.new.len() as isize - edit.range.len() as isize;
            Piece { between: start..start + edit.new.len(), edit }
        })
        .collect();
    let mut composed = Vec::with_capacity(pieces.len() + second.len());
    let mut shift = 0;
    for edit in second {
        while let Some(piece) = pieces.pop_front_if(|piece| piece.between.end < edit.range.start) {
            shift += piece.shift();
            composed.push(piece.edit);
        }
        let merged = merge(&mut pieces, edit, shift);
        pieces.push_front(merged);
    }
    composed.extend(pieces.into_iter().map(|piece| piece.edit));
    composed
}

/// An edit of the text before `first`, and the range of the text between `first` and `second` that it accounts for.
struct Piece {
    between: Range<usize>,
    edit: Edit,
}

impl Piece {
    /// What to add to offsets after it to get from the text between to the text before.
    fn shift(&self) -> isize {
        self.edit.range.len() as isize - self.between.len() as isize
    }
}

/// An edit of the text between, merged with the pieces at the front that it touches.
fn merge(pieces: &mut VecDeque<Piece>, edit: Edit, shift: isize) -> Piece {
    let Range { start, end } = edit.range;
    let (mut between, mut new) = (start..end, edit.new);
    let (mut from, mut to, mut shift_after) = (start.wrapping_add_signed(shift), None, shift);
    while let Some(piece) = pieces.pop_front_if(|piece| piece.between.start <= end) {
        shift_after += piece.shift();
        // What it replaces may be changed already up to the edit before this one, so it is measured from its end.
        let rest = |offset: usize| piece.edit.new.len() - (piece.between.end - offset);
        if piece.between.start < start {
            new.insert_str(0, &piece.edit.new[..rest(start)]);
            (from, between.start) = (piece.edit.range.start, piece.between.start);
        }
        if piece.between.end > end {
            new.push_str(&piece.edit.new[rest(end)..]);
            (to, between.end) = (Some(piece.edit.range.end), piece.between.end);
        }
    }
    let to = to.unwrap_or(end.wrapping_add_signed(shift_after));
    Piece { between, edit: Edit { range: from..to, new } }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    #[test]
    fn very_many_edits_become_one() {
        let source = "{a}".repeat(MAX_EDITS + 1);
        let edits = |count: usize| (0..count).map(|index| Edit::insert(3 * index + 1, "b")).collect::<Vec<_>>();
        assert_eq!(at_most_many(&source, edits(MAX_EDITS)), edits(MAX_EDITS));
        let one = at_most_many(&source, edits(MAX_EDITS + 1));
        assert_eq!((one.len(), &one[0].range), (1, &(1..source.len() - 2)));
        assert_eq!(Edit::apply(&source, &one), Edit::apply(&source, &edits(MAX_EDITS + 1)));
    }

    /// Edits of a text of this length that do not touch each other.
    fn edits(length: usize) -> impl Strategy<Value = Vec<Edit>> {
        proptest::collection::vec((0..=length, 0..=length, "[a-c]{0,3}"), 0..6).prop_map(|wanted| {
            let mut edits: Vec<Edit> = Vec::new();
            for (a, b, new) in wanted {
                let range = a.min(b)..a.max(b);
                if edits.iter().all(|edit| !edit.touches(&range)) {
                    edits.push(Edit { range, new });
                }
            }
            edits
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
        })]

        #[test]
        fn composed_edits_equal_successive_edits(
            (text, first, second) in "[x-z]{0,12}".prop_flat_map(|text| {
                let first = edits(text.len());
                (Just(text), first)
            }).prop_flat_map(|(text, first)| {
                let second = edits(Edit::apply(&text, &first).len());
                (Just(text), Just(first), second)
            })
        ) {
            let expected = Edit::apply(&Edit::apply(&text, &first), &second);
            let all = compose(first, second);
            prop_assert_eq!(Edit::apply(&text, &all), expected);
            for (index, edit) in all.iter().enumerate() {
                prop_assert!(all[..index].iter().all(|other| other.range.end <= edit.range.start), "{:?}", all);
            }
        }
    }
}
