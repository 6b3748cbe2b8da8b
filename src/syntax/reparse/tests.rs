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

fn runner(cases: u32) -> TestRunner {
    let rng_seed = RngSeed::Fixed(1);
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, rng_seed, ..ProptestConfig::default() })
}

fn check_errors_after(tree: &Tree, edits: &[(Range<usize>, &str)]) -> Result<(), TestCaseError> {
    let after = edited(&tree.source, 0, edits.iter().cloned());
    prop_assert_eq!(tree.errors_after(edits), parser::parse(&after).errors.len(), "{} by {:?}", tree.source, edits);
    Ok(())
}

#[test]
fn any_edits() {
    let (in_part, all) = (Cell::new(0), Cell::new(0));
    runner(1_500)
        .run(&edits(), |(text, edits)| {
            let mut text = TEXTS[text].to_owned();
            let mut reading = parser::parse(&text);
            for (place, len, new) in edits {
                let start = text.floor_char_boundary(place.index(text.len() + 1));
                let range = start..text.ceil_char_boundary((start + len).min(text.len()));
                let change = Change::of(&range, new.len());
                let before = Tree { source: Arc::new(text.clone()), reading: reading.clone() };
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
                if let Some(part) = reparse(&text, &change, reading) {
                    in_part.set(in_part.get() + 1);
                    prop_assert_eq!(&part, &whole, "{}", text);
                }
                reading = whole;
            }
            Ok(())
        })
        .unwrap();
    assert!(in_part.get() * 5 > all.get(), "only {} of {} were read in part", in_part.get(), all.get());
}

/// What mistakes are made of, line breaks more often than the rest.
const TOKENS: [&str; 43] = [
    "\n", "\n", "\n", " ", "\\", "\"", "\"", "x", "y", "1", "true", ",", ",", ",", ":", "'", "\"a\"", "\"k\": ", "{",
    "}", "[", "]", "[]", "{}", "//", "/*", "*/", "é", "“", "”", "a:", "-", "=", "#", " \"", "\r\n", "\t", "http://x",
    "$", "\"\"", "`", "\u{FEFF}", "\u{1}",
];

fn tokens(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(select(TOKENS.to_vec()), 0..=most).prop_map(|tokens| tokens.concat())
}

/// An object or array inside another, with mistakes before, in and behind it; and an edit in it.
fn amid_mistakes() -> impl Strategy<Value = (String, Range<usize>, &'static str)> {
    let line = || prop_oneof![2 => Just("\n"), 1 => Just("")];
    let brackets = || select(vec![("[", "]"), ("{", "}")]);
    let around = (brackets(), tokens(4), line(), line(), tokens(5), line());
    let inside = (brackets(), line(), tokens(6), line());
    let edit = (any::<Index>(), 0..3usize, select(TOKENS.to_vec()));
    (around, inside, edit).prop_map(
        |((outer, before, n1, n2, behind, n3), (inner, n4, body, n5), (place, len, new))| {
            let key = if outer.0 == "{" { "\"k\": " } else { "" };
            let start = format!(
                "{{\"pppppppppppppppppppppppp\": \"pppppppppppppppppppppppp\",\n\"l\": {}{n1}{before}{n2}{key}{}{n4}",
                outer.0, inner.0
            );
            let from = body.floor_char_boundary(place.index(body.len() + 1));
            let to = body.ceil_char_boundary((from + len).min(body.len()));
            let range = start.len() + from..start.len() + to;
            (format!("{start}{body}{n5}{}{behind}{n3}{}\n}}", inner.1, outer.1), range, new)
        },
    )
}

#[test]
fn any_edit_amid_mistakes() {
    runner(20_000)
        .run(&amid_mistakes(), |(old, range, new)| {
            check_errors_after(&Tree::parse(old.clone()), &[(range.clone(), new)])?;
            let after = edited(&old, 0, [(range.clone(), new)]);
            if let Some(part) = reparse(&after, &Change::of(&range, new.len()), parser::parse(&old)) {
                prop_assert_eq!(part, parser::parse(&after), "{}", after);
            }
            Ok(())
        })
        .unwrap();
}

/// What a mistake comes to may hang on what stands far behind it, on what stood before, or on two lines at once: texts of
/// which each was once read another way in part.
#[test]
fn mistakes_that_reach_further_than_their_lines() {
    let before = "  \"before\": \"something so long that what follows is less than half of it\",\n".repeat(8);
    for (text, marker, gone, new) in [
        (
            "  \"l\": [\n    Accept: json\",\n    {\n      \"path\": items[0],\n      \"q\": rows\n    }\n  ]\n",
            "rows",
            0,
            "]\"",
        ),
        ("  \"l\": [\n    a: x\",\n    {\n      \"k\": 1 // \n    }\n  ]\n", "// ", 0, "]"),
        ("  \"l\": [\n    a: x\"\n    // see 1\n  ]\n", "// see ", 0, "["),
        ("  \"a\": {\n    \"b\": y \n  } \",\n  \"z\": 1\n", "y ", 0, "\\"),
        ("  \"l\": [{\"b\": x}, y\\\" ]\n", "\"b\": ", 1, "1"),
        ("  \"l\": [\n\"a\"#\n\n[\n\r\né]y\"]\n", "[\n\r", 3, "\n"),
    ] {
        let old = format!("{{\n{before}{text}}}\n");
        let start = old.find(marker).unwrap() + marker.len();
        let range = start..start + gone;
        let tree = Tree::parse(old.clone());
        check_errors_after(&tree, &[(range.clone(), new)]).unwrap();
        let after = edited(&old, 0, [(range.clone(), new)]);
        let again = Tree::reparse(tree.into_reading(), &Change::of(&range, new.len()), Arc::new(after.clone()));
        assert_eq!(format!("{again:?}"), format!("{:?}", Tree::parse(after)));
    }
}
