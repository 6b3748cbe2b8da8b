//! Fixes for missing closing brackets.

use std::ops::Range;

use crate::lint::Fix;
use crate::syntax::{Kind, Node, SyntaxError, Tree};
use crate::text::{Edit, indentation, line_start};

/// Inserts the missing brackets: each on a new line if the one that it closes is on another line, before a comma that is
/// already at the end of the unclosed value.
pub(crate) fn missing_closers(tree: &Tree, error: &SyntaxError, closers: &str) -> Vec<Fix> {
    let source = tree.source();
    let at = error.range.start;
    let mut new = String::new();
    for (closer, opener) in closers.chars().zip(openers(tree, error)) {
        let after = source[at..].trim_start_matches([' ', '\t']);
        let ends_line = after.is_empty() || after.starts_with(['\n', '\r']);
        if ends_line && source[opener..at].contains(['\n', '\r']) {
            new += line_break(source);
            new += indentation(&source[line_start(source, opener)..opener]);
        }
        new.push(closer);
    }
    let follows = source[at..].trim_start().chars().next();
    let continues = follows.is_some_and(|char| !"}],".contains(char));
    new += if continues { "," } else { "" };
    let start = at - usize::from(source[..at].ends_with(','));
    let title = match closers.len() {
        1 => format!("Insert `{closers}`"),
        _ => "Insert the missing brackets".to_owned(),
    };
    vec![Fix::offered(title, [Edit::replace(start..at, new)])]
}

/// The offsets of the unclosed opening brackets, innermost first.
fn openers<'t>(tree: &'t Tree, error: &SyntaxError) -> impl Iterator<Item = usize> + use<'t> {
    let start = error.related.as_ref().map_or(0, |related: &Range<usize>| related.start);
    let is_container = |node: &Node<'_>| matches!(node.kind(), Kind::Object | Kind::Array);
    let deepest = tree.node_at(start);
    let innermost = std::iter::once(deepest)
        .chain(deepest.descendants().skip(1).take(2))
        .chain(deepest.ancestors())
        .find(move |node| is_container(node) && node.range().start == start && !node.is_closed());
    let outer = innermost.into_iter().flat_map(Node::ancestors);
    let unclosed = innermost.into_iter().chain(outer).filter(move |node| is_container(node) && !node.is_closed());
    unclosed.map(|node| node.range().start)
}

fn line_break(source: &str) -> &'static str {
    if source.contains("\r\n") { "\r\n" } else { "\n" }
}
