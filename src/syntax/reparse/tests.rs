//! What is read again in part is as if it were read as a whole.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::Cell;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{RngSeed, TestRunner};

use super::*;

/// Indented as people do, on few lines, on one.
const TEXTS: [&str; 4] = [
    r#"{
  "name": "a\"b",
  "list": [
    { "k": 1, "l": [true, "x"] },
    {
      "m": "größer",
      "n": {
        "o": null
      }
    },
    [
      1,
      -2.5e3
    ]
  ],
  "empty": {
  },
  "last": "😀"
}
"#,
    "{\"a\": {\n  \"b\": [1, 2], \"c\": \"x\" }, \"d\": [\n  { \"e\": false,\n    \"f\": \"g\" }\n], \"h\": {\n\"i\": 1\n}}",
    r#"{"a":{"b":[1,{"c":"x"},"y"],"d":{}},"e":[{"f":1},{"g":2}],"h":"i"}"#,
    "[\n\t{\r\n\t\t\"a\": 1,\r\n\t\t\"b\": {\r\n\t\t\t\"c\": \"d\"\r\n\t\t}\r\n\t},\r\n\t[\r\n\t\t\"e\"\r\n\t]\r\n]\r\n",
];

/// What is typed, pasted and forgotten.
const PIECES: [&str; 42] = [
    "",
    "",
    "",
    "",
    "x",
    "true",
    "truex",
    "1",
    "-",
    "null",
    "\"",
    "\"\"",
    "\"k\"",
    "\"k\": ",
    "\"k\": 1",
    ",",
    ",\"",
    ":",
    "{",
    "}",
    "[",
    "]",
    "{}",
    "[]",
    "{ \"k\": [\n1\n] }",
    "\n",
    "\r\n",
    " ",
    "\\",
    "\\u12",
    "//",
    "/*",
    "*/",
    "# x",
    "'",
    "'k'",
    "”",
    "<<<<<<< a\n",
    "=======\n",
    "\u{FEFF}",
    "é",
    "${x}",
];

/// What an edit replaces: from where, how many characters; and what by.
type Edit = (Index, usize, &'static str);

fn edits() -> impl Strategy<Value = (usize, Vec<Edit>)> {
    let edit = (any::<Index>(), prop_oneof![4 => Just(0), 2 => Just(1), 1 => 0..12usize], select(PIECES.to_vec()));
    (0..TEXTS.len(), proptest::collection::vec(edit, 1..5))
}

fn check_errors_after(tree: &Tree, edits: &[(Range<usize>, &str)]) -> Result<(), TestCaseError> {
    let after = edited(&tree.source, edits, 0);
    prop_assert_eq!(tree.errors_after(edits), parser::parse(&after).1.len(), "{} by {:?}", tree.source, edits);
    Ok(())
}

#[test]
fn any_edits() {
    let config = ProptestConfig {
        cases: 1_500,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    };
    let (in_part, all) = (Cell::new(0), Cell::new(0));
    TestRunner::new(config)
        .run(&edits(), |(text, edits)| {
            let mut text = TEXTS[text].to_owned();
            let (mut nodes, mut errors) = parser::parse(&text);
            for (place, len, new) in edits {
                let start = text.floor_char_boundary(place.index(text.len() + 1));
                let range = start..text.ceil_char_boundary((start + len).min(text.len()));
                let change = Change::of(&range, new.len());
                let before = Tree { source: Arc::new(text.clone()), nodes: nodes.clone(), errors: errors.clone() };
                check_errors_after(&before, &[(range.clone(), new)])?;
                // An edit comes with a comma further on, or further back.
                for at in [range.end + text[range.end..].len().min(9), range.start - range.start.min(9)] {
                    let at = text.floor_char_boundary(at).min(text.len());
                    if at <= range.start || range.end <= at {
                        check_errors_after(&before, &[(range.clone(), new), (at..at, ",")])?;
                    }
                }
                text.replace_range(range, new);
                let whole = parser::parse(&text);
                all.set(all.get() + 1);
                if let Some(part) = reparse(&text, &change, nodes, &errors) {
                    in_part.set(in_part.get() + 1);
                    prop_assert_eq!(&part, &whole, "{}", text);
                }
                (nodes, errors) = whole;
            }
            Ok(())
        })
        .unwrap();
    assert!(in_part.get() * 5 > all.get(), "only {} of {} were read in part", in_part.get(), all.get());
}
