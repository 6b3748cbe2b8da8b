//! Composes successive edits to edits of the first text.

use std::ops::Range;

use crate::text::Edit;

/// The edits that are equivalent to `first` and then `second`. In each list, no edit touches another; those of `second` apply to
/// the text after `first`.
pub(crate) fn compose(mut first: Vec<Edit>, mut second: Vec<Edit>) -> Vec<Edit> {
    first.sort_by_key(|edit| (edit.range.start, edit.range.end));
    second.sort_by_key(|edit| (edit.range.start, edit.range.end));
    if first.is_empty() {
        return second;
    }
    let mut pieces: Vec<Piece> = Vec::with_capacity(first.len());
    let mut shift = 0_isize;
    for edit in first {
        let start = edit.range.start.wrapping_add_signed(shift);
        shift += edit.new.len() as isize - edit.range.len() as isize;
        pieces.push(Piece { now: start..start + edit.new.len(), edit });
    }
    // From the end, so that earlier offsets stay valid.
    for edit in second.into_iter().rev() {
        merge(&mut pieces, edit);
    }
    pieces.into_iter().map(|piece| piece.edit).collect()
}

/// An edit of the first text, and the current range of its new text.
struct Piece {
    now: Range<usize>,
    edit: Edit,
}

/// Merges an edit of the current text into the pieces. The edits after it were merged before.
fn merge(pieces: &mut Vec<Piece>, edit: Edit) {
    let from = pieces.partition_point(|piece| piece.now.end < edit.range.start);
    let to = pieces.partition_point(|piece| piece.now.start <= edit.range.end);
    let shift: isize =
        pieces[..from].iter().map(|piece| piece.edit.range.len() as isize - piece.edit.new.len() as isize).sum();
    let touched: Vec<Piece> = pieces.drain(from..to.max(from)).collect();
    let original = |now: usize, shift: isize| now.wrapping_add_signed(shift);
    let mut merged = Edit { range: original(edit.range.start, shift)..0, new: edit.new };
    let mut now = edit.range.clone();
    let mut shift_after = shift;
    if let Some(first) = touched.first().filter(|first| first.now.start < edit.range.start) {
        merged.range.start = first.edit.range.start;
        merged.new.insert_str(0, &first.edit.new[..edit.range.start - first.now.start]);
        now.start = first.now.start;
    }
    for piece in &touched {
        shift_after += piece.edit.range.len() as isize - piece.edit.new.len() as isize;
    }
    merged.range.end = match touched.last().filter(|last| last.now.end > edit.range.end) {
        Some(last) => {
            merged.new.push_str(&last.edit.new[edit.range.end - last.now.start..]);
            now.end = last.now.end;
            last.edit.range.end
        }
        None => original(edit.range.end, shift_after),
    };
    pieces.insert(from, Piece { now, edit: merged });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

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
