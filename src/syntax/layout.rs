//! The same JSON with other white space. Strings and numbers stay as written.

use super::{Kind, Node};

/// The white space between brackets, keys and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps<'g> {
    /// Every member and element on a line of its own.
    Lines {
        /// One step of indentation.
        unit: &'g str,
        /// The prefix of every line except the first.
        indent: &'g str,
        /// The line break.
        line_break: &'g str,
    },
    /// All on one line, with spaces: `{ "a": [1, 2] }`.
    Spaces,
    /// All on one line, without spaces.
    None,
}

impl Node<'_> {
    /// The text of a well-formed value with other white space.
    pub fn laid_out(self, gaps: Gaps<'_>) -> String {
        let mut text = String::with_capacity(self.range().len());
        // The open objects and arrays, the innermost last: the index of their end, and the closing bracket.
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut is_first = true;
        for node in self.descendants() {
            while let Some((_, bracket)) = open.pop_if(|(end, _)| *end <= node.index()) {
                gaps.line(&mut text, open.len(), bracket == "}");
                text.push_str(bracket);
                is_first = false;
            }
            let is_key = node.kind() == Kind::Member;
            // The gap before a member is also that of its key.
            let begins = is_key || node.parent().is_some_and(|around| around.kind() == Kind::Array);
            if begins && node != self {
                if !is_first {
                    text.push(',');
                }
                gaps.between(&mut text, open.len(), is_first, open.last().is_some_and(|(_, bracket)| *bracket == "}"));
                is_first = false;
            }
            match node.kind() {
                Kind::Member => {}
                Kind::Object | Kind::Array => {
                    let (opening, closing) = if node.kind() == Kind::Object { ('{', "}") } else { ('[', "]") };
                    text.push(opening);
                    match node.children().next() {
                        Some(_) => open.push((node.end_index(), closing)),
                        None => text.push_str(closing),
                    }
                    is_first = node.children().next().is_some();
                }
                _ => text.push_str(node.text()),
            }
            if node.as_part_of_member().is_some_and(|member| member.key == node) {
                text.push_str(if gaps == Gaps::None { ":" } else { ": " });
            }
        }
        while let Some((_, bracket)) = open.pop() {
            gaps.line(&mut text, open.len(), bracket == "}");
            text.push_str(bracket);
        }
        text
    }
}

impl Gaps<'_> {
    /// The gap before a member or element.
    fn between(self, text: &mut String, depth: usize, is_first: bool, is_object: bool) {
        match self {
            Gaps::Lines { .. } => self.line(text, depth, true),
            Gaps::Spaces if !is_first || is_object => text.push(' '),
            Gaps::Spaces | Gaps::None => {}
        }
    }

    /// A line break, or on one line the gap before a closing bracket.
    fn line(self, text: &mut String, depth: usize, is_object: bool) {
        match self {
            Gaps::Lines { unit, indent, line_break } => {
                text.push_str(line_break);
                text.push_str(indent);
                (0..depth).for_each(|_| text.push_str(unit));
            }
            Gaps::Spaces if is_object => text.push(' '),
            Gaps::Spaces | Gaps::None => {}
        }
    }
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A text escaped as inside a JSON string.
pub fn escaped(text: &str) -> String {
    let quoted = quoted(text);
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::syntax::Tree;

    const LINES: Gaps<'_> = Gaps::Lines { unit: "  ", indent: "", line_break: "\n" };

    fn laid_out(text: &str, gaps: Gaps<'_>) -> String {
        Tree::parse(text.to_owned()).root().laid_out(gaps)
    }

    #[test]
    fn every_layout() {
        let text = r#"{"a":[1.0,{"b":{}},[],"\u0041"],  "c": {"d": null, "e": [ [true] ]}}"#;
        assert_eq!(
            laid_out(text, Gaps::Spaces),
            r#"{ "a": [1.0, { "b": {} }, [], "\u0041"], "c": { "d": null, "e": [[true]] } }"#
        );
        assert_eq!(laid_out(text, Gaps::None), r#"{"a":[1.0,{"b":{}},[],"\u0041"],"c":{"d":null,"e":[[true]]}}"#);
        expect_test::expect![[r#"
            {
              "a": [
                1.0,
                {
                  "b": {}
                },
                [],
                "\u0041"
              ],
              "c": {
                "d": null,
                "e": [
                  [
                    true
                  ]
                ]
              }
            }"#]]
        .assert_eq(&laid_out(text, LINES));
    }

    #[test]
    fn nested_value_starts_at_its_indentation() {
        let tree = Tree::parse(r#"{"a": {"b": [1]}, "c": 2}"#.to_owned());
        let part = tree.at_pointer("/a").expect("it is there");
        let gaps = Gaps::Lines { unit: "\t", indent: "  ", line_break: "\r\n" };
        assert_eq!(part.laid_out(gaps), "{\r\n  \t\"b\": [\r\n  \t\t1\r\n  \t]\r\n  }");
        assert_eq!(tree.at_pointer("/c").expect("it is there").laid_out(LINES), "2");
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(quoted("a\"\\\n\u{1}é/"), "\"a\\\"\\\\\\n\\u0001é/\"");
        assert_eq!((escaped("\"x"), escaped("")), ("\\\"x".to_owned(), String::new()));
    }

    #[test]
    fn deep_nesting_is_laid_out() {
        let text = "[".repeat(50_000) + &"]".repeat(50_000);
        assert_eq!(laid_out(&text, Gaps::None), text);
    }
}
