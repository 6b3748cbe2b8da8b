//! Fixes for git conflict markers: keep one of the two versions, or both.

use std::ops::Range;

use crate::lint::Fix;
use crate::syntax::{ErrorKind, Tree};
use crate::text::Edit;

/// A conflict: the lines of its markers with their line breaks, and the lines between them.
struct Conflict {
    whole: Range<usize>,
    mine: Range<usize>,
    theirs: Range<usize>,
}

/// The fixes for the conflict that the error at this index is a marker of.
pub(crate) fn fixes(tree: &Tree, index: usize) -> Vec<Fix> {
    let Some(conflict) = find_conflict(tree, index) else { return Vec::new() };
    let source = tree.source();
    let (mine, theirs) = (&source[conflict.mine], &source[conflict.theirs]);
    let keep = |title: &str, kept: String| Fix::possible(title, with_commas(source, conflict.whole.clone(), kept));
    vec![
        keep("Keep mine", mine.to_owned()),
        keep("Keep theirs", theirs.to_owned()),
        keep("Keep both", mine.to_owned() + theirs),
    ]
}

fn find_conflict(tree: &Tree, index: usize) -> Option<Conflict> {
    let source = tree.source();
    let markers = |from: usize| {
        let errors = tree.errors()[from..].iter().filter(|error| error.kind == ErrorKind::ConflictMarker);
        errors.map(|error| error.range.clone())
    };
    let is = |range: &Range<usize>, marker: &str| source[range.clone()].starts_with(marker);
    let first = (0..=index).rev().find(|index| {
        let error = &tree.errors()[*index];
        error.kind == ErrorKind::ConflictMarker && is(&error.range, "<<<<<<<")
    })?;
    let start = tree.errors()[first].range.clone();
    let end = markers(first).find(|range| is(range, ">>>>>>>"))?;
    let inside = |range: &Range<usize>| range.start < end.start;
    let middle = markers(first).take_while(inside).find(|range| is(range, "======="))?;
    let base = markers(first).take_while(inside).find(|range| is(range, "|||||||"));
    let next_line = |range: &Range<usize>| {
        let rest = &source[range.end..];
        range.end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
    };
    let mine = next_line(&start)..base.filter(|base| base.start < middle.start).unwrap_or(middle.clone()).start;
    (end.start >= tree.errors()[index].range.start && mine.start <= mine.end).then(|| Conflict {
        whole: start.start..next_line(&end),
        mine,
        theirs: next_line(&middle)..end.start,
    })
}

/// The edits that replace a conflict with `kept`, with the commas that the lines around it need: each side was written to be
/// the only one.
fn with_commas(source: &str, whole: Range<usize>, mut kept: String) -> Vec<Edit> {
    let mut outside: Vec<Edit> = Vec::new();
    // Each side has two ends, and there are two of them at most.
    for _ in 0..4 {
        let edits: Vec<Edit> =
            [Edit::replace(whole.clone(), kept.as_str())].into_iter().chain(outside.clone()).collect();
        let tree = Tree::parse(Edit::apply(source, &edits));
        let before: isize = (outside.iter().filter(|edit| edit.range.start < whole.start))
            .map(|edit| edit.new.len() as isize - edit.range.len() as isize)
            .sum();
        let start = whole.start.wrapping_add_signed(before);
        let text = tree.source();
        let is_near = |range: &Range<usize>| {
            range.end <= start + kept.len() && (range.start >= start || text[range.end..start].trim().is_empty())
        };
        let wrong = tree.errors().iter().filter(|error| is_near(&error.range)).find_map(|error| match error.kind {
            ErrorKind::MissingComma => Some((error.range.clone(), ",")),
            ErrorKind::TrailingComma | ErrorKind::ExtraComma => Some((error.range.clone(), "")),
            _ => None,
        });
        match wrong {
            Some((range, new)) if range.start >= start => {
                kept.replace_range(range.start - start..range.end - start, new);
            }
            Some((range, new)) if range.end < start && outside.is_empty() => outside.push(Edit::replace(range, new)),
            _ => return edits,
        }
    }
    [Edit::replace(whole, kept)].into_iter().chain(outside).collect()
}
