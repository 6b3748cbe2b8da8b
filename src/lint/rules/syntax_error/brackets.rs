//! Fixes for missing closing brackets.

use std::ops::Range;

use crate::lint::Fix;
use crate::syntax::{Kind, Node, SyntaxError, Tree};
use crate::text::{Edit, indentation, line_start};

/// Inserts the missing brackets: on new lines those whose opening brackets are on other lines, before a comma that is
/// already at the end of the unclosed value.
pub(crate) fn missing_closers(tree: &Tree, error: &SyntaxError, closers: &str) -> Vec<Fix> {
    let source = tree.source();
    let at = error.range.start;
    let after = source[at..].trim_start_matches([' ', '\t']);
    let ends_line = after.is_empty() || after.starts_with(['\n', '\r']);
    let mut new = String::new();
    // The start of the line of the last opening bracket: openers of one line are closed on one line.
    let mut line = line_start(source, at);
    for (closer, opener) in closers.chars().zip(openers(tree, error)) {
        if opener < line {
            line = line_start(source, opener);
            if ends_line {
                new += line_break(source);
                new += indentation(&source[line..opener]);
            }
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

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::check_fixes;

    #[test]
    fn brackets_that_were_opened_on_one_line_are_closed_on_one_line() {
        check_fixes(
            "{\n  \"type\": \"x\", \"authSpec\": [{\n    \"providerId\": 1\n",
            expect![[r#"
                syntax-error: Insert the missing brackets (preferred)
                +   }]
                + }
            "#]],
        );
    }
}
