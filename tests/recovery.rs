//! How much of a document survives one mistake in it, counted over every place where the mistake can be made.
#![allow(clippy::print_stdout, reason = "the numbers are what this test is for")]

#[path = "support/documents.rs"]
mod documents;
#[path = "recovery/mutations.rs"]
mod mutations;

use std::sync::Arc;

use connspec::syntax::{Kind, Node, Tree};
use mutations::{Mistake, Mistakes};

/// How many places of one document a mistake is tried at.
const PLACES: usize = 30;

/// A kind of mistake, and what is at least kept (percent of the other members) and at most reported (errors in the
/// mean) in indented files and in files of one line.
struct Row {
    name: &'static str,
    mistakes: Mistakes,
    indented: (f64, f64),
    one_line: (f64, f64),
}

const fn row(name: &'static str, mistakes: Mistakes, indented: (f64, f64), one_line: (f64, f64)) -> Row {
    Row { name, mistakes, indented, one_line }
}

const ROWS: &[Row] = &[
    row("comma missing", mutations::COMMA, (99.0, 1.3), (99.0, 1.3)),
    row("colon missing", mutations::COLON, (99.0, 1.3), (99.0, 1.3)),
    row("key: opening quote missing", mutations::KEY_OPENING_QUOTE, (99.0, 1.3), (99.0, 1.3)),
    row("key: closing quote missing", mutations::KEY_CLOSING_QUOTE, (99.0, 1.3), (99.0, 1.3)),
    row("value: opening quote missing", mutations::VALUE_OPENING_QUOTE, (99.0, 1.3), (99.0, 1.3)),
    row("value: closing quote missing", mutations::VALUE_CLOSING_QUOTE, (99.0, 1.3), (99.0, 1.3)),
    row("{ missing", mutations::OPENING_BRACE, (97.0, 1.3), (0.0, 9.9)),
    row("} missing", mutations::CLOSING_BRACE, (97.0, 1.3), (0.0, 9.9)),
    row("[ missing", mutations::OPENING_BRACKET, (97.0, 1.3), (0.0, 9.9)),
    row("] missing", mutations::CLOSING_BRACKET, (97.0, 1.3), (0.0, 9.9)),
    row("closing bracket of the other kind", mutations::WRONG_CLOSER, (97.0, 1.3), (0.0, 9.9)),
    row("} too many", mutations::EXTRA_BRACE, (97.0, 1.3), (0.0, 9.9)),
    row("] too many", mutations::EXTRA_BRACKET, (97.0, 1.3), (0.0, 9.9)),
    row("{ too many", mutations::EXTRA_OPENING_BRACE, (97.0, 1.3), (0.0, 9.9)),
    row("[ too many", mutations::EXTRA_OPENING_BRACKET, (97.0, 1.3), (0.0, 9.9)),
    row("closing bracket twice", mutations::DOUBLED_CLOSER, (97.0, 1.3), (0.0, 9.9)),
    row("value missing", mutations::VALUE, (99.0, 1.3), (99.0, 1.3)),
    row("value and comma missing", mutations::VALUE_AND_COMMA, (99.0, 1.3), (99.0, 1.3)),
    row("key missing", mutations::KEY, (99.0, 1.3), (99.0, 1.3)),
    row("half a key before", mutations::HALF_A_KEY_BEFORE, (99.0, 1.3), (0.0, 9.9)),
    row("half a key after", mutations::HALF_A_KEY_AFTER, (99.0, 1.3), (0.0, 9.9)),
    row("half a key in quotes", mutations::HALF_A_KEY_CLOSED, (99.0, 1.3), (0.0, 9.9)),
    row("half a key without quotes", mutations::HALF_A_KEY_BARE, (99.0, 1.3), (0.0, 9.9)),
    row("cut off", mutations::CUT_OFF, (99.0, 3.0), (99.0, 3.0)),
    row("conflict markers", mutations::CONFLICT, (99.0, 4.0), (0.0, 9.9)),
    row("unescaped quotes", mutations::UNESCAPED_QUOTES, (97.0, 3.0), (0.0, 9.9)),
    row("smart quotes", mutations::SMART_QUOTES, (99.0, 2.0), (99.0, 2.0)),
    row("single quotes", mutations::SINGLE_QUOTES, (99.0, 2.0), (99.0, 2.0)),
    row("stray word before", mutations::STRAY_WORD_BEFORE, (97.0, 2.0), (0.0, 9.9)),
    row("stray word after", mutations::STRAY_WORD_AFTER, (97.0, 2.0), (0.0, 9.9)),
    row("comma too many", mutations::EXTRA_COMMA, (99.0, 1.3), (99.0, 1.3)),
    row("comma before a closing bracket", mutations::TRAILING_COMMA, (99.0, 1.3), (99.0, 1.3)),
    row("semicolon for a comma", mutations::SEMICOLON, (97.0, 2.0), (97.0, 2.0)),
    row("dot for a comma", mutations::DOT, (97.0, 2.0), (97.0, 2.0)),
    row("colon too many", mutations::EXTRA_COLON, (99.0, 1.3), (99.0, 1.3)),
    row("= for a colon", mutations::EQUALS, (99.0, 1.3), (99.0, 1.3)),
    row("comment", mutations::COMMENT, (99.0, 1.3), (0.0, 9.9)),
];

#[derive(Default, Clone, Copy)]
struct Count {
    kept: usize,
    members: usize,
    errors: usize,
    mistakes: usize,
}

impl Count {
    fn percent(self) -> f64 {
        if self.members == 0 { 100.0 } else { 100.0 * self.kept as f64 / self.members as f64 }
    }

    fn mean_errors(self) -> f64 {
        if self.mistakes == 0 { 0.0 } else { self.errors as f64 / self.mistakes as f64 }
    }
}

#[test]
fn one_mistake_leaves_all_other_members_as_they_were() {
    let (indented, one_line) = (indented_documents(), one_line_documents());
    println!("{:34} {:>24}   {:>24}", "", "indented", "one line");
    println!("{:34} {:>10} {:>13}   {:>10} {:>13}", "mistake", "kept", "errors each", "kept", "errors each");
    let mut short = Vec::new();
    for row in ROWS {
        if let Ok(only) = std::env::var("ROW")
            && only != row.name
        {
            continue;
        }
        println!("INDENTED");
        let a = count(&indented, row.mistakes);
        println!("ONELINE");
        let counts = [a, count(&one_line, row.mistakes)];
        let drawn = counts.map(|count| format!("{:9.2}% {:13.2}", count.percent(), count.mean_errors()));
        println!("{:34} {}   {}", row.name, drawn[0], drawn[1]);
        for (count, (kept, errors)) in counts.into_iter().zip([row.indented, row.one_line]) {
            if count.percent() < kept || count.mean_errors() > errors {
                short.push(row.name);
            }
        }
    }
    assert!(short.is_empty(), "below what was reached before: {short:?}");
}

/// Files as people keep them: two spaces, four, tabs, CRLF.
fn indented_documents() -> Vec<Tree> {
    let mut texts: Vec<String> = documents::samples().into_iter().map(|(_, text)| text).collect();
    texts.extend([texts[0].replace("  ", "\t"), texts[1].replace('\n', "\r\n"), texts[2].replace("  ", "    ")]);
    let published = documents::published().into_iter().map(|(_, text)| text);
    texts.extend(published.filter(|text| text.contains('\n')).step_by(3));
    texts.iter().filter_map(|text| sound(text)).collect()
}

fn one_line_documents() -> Vec<Tree> {
    let texts = documents::samples().into_iter().map(|(_, text)| text);
    let values = texts.map(|text| serde_json::from_str::<serde_json::Value>(&text).expect("samples are sound"));
    values.filter_map(|value| sound(&value.to_string())).collect()
}

fn sound(text: &str) -> Option<Tree> {
    let tree = Tree::parse(Arc::from(text));
    (tree.errors().is_empty() && tree.root().kind() == Kind::Object).then_some(tree)
}

fn count(documents: &[Tree], mistakes: Mistakes) -> Count {
    let mut sum = Count::default();
    for tree in documents {
        let all = mistakes(tree);
        for mistake in all.iter().step_by(all.len().div_ceil(PLACES).max(1)) {
            let broken = Tree::parse(Arc::from(make(tree.source(), mistake)));
            sum.mistakes += 1;
            sum.errors += broken.errors().len();
            let before = sum;
            compare(tree.root(), Some(broken.root()), mistake, &mut sum);
            let lost = (sum.members - before.members) - (sum.kept - before.kept);
            let errs = broken.errors().len();
            let show = std::env::var("SHOW").unwrap_or_default();
            if (show == "lost" && lost > 0) || (show == "err" && errs > 1) {
                let at = mistake.edits[0].0.start;
                let s = broken.source();
                let from = s.floor_char_boundary(at.saturating_sub(150));
                let to = s.ceil_char_boundary((at + 150).min(s.len()));
                println!("--- lost {lost} errors {errs}\n{}⟪⟫{}", &s[from..at], &s[at..to]);
                for e in broken.errors().iter().take(5) {
                    println!(
                        "   E {:?} at {:+} {:?}",
                        e.kind,
                        e.range.start as i64 - at as i64,
                        &s[e.range.start.saturating_sub(0)..].chars().take(20).collect::<String>()
                    );
                }
            }
        }
    }
    sum
}

fn make(source: &str, mistake: &Mistake) -> String {
    let mut text = source.to_string();
    for (range, new) in mistake.edits.iter().rev() {
        text.replace_range(range.clone(), new);
    }
    text
}

/// Counts the members and elements of `sound` that are found again in `broken`.
fn compare(sound: Node<'_>, broken: Option<Node<'_>>, mistake: &Mistake, sum: &mut Count) {
    for member in sound.members() {
        let key = member.key.string().expect("a key is a string");
        let found = broken.and_then(|broken| broken.get(&key));
        let damaged = mistake.member == Some(member.node.index());
        if damaged && mistake.whole {
            continue;
        }
        if !damaged && member.value.range().end <= mistake.until {
            sum.members += 1;
            sum.kept += usize::from(found.is_some_and(|found| is_same(member.value, found, mistake)));
        }
        compare(member.value, found, mistake, sum);
    }
    for (index, element) in sound.elements().enumerate() {
        let found = broken.and_then(|broken| broken.elements().nth(index));
        if element.range().end <= mistake.until {
            sum.members += 1;
            sum.kept += usize::from(found.is_some_and(|found| is_same(element, found, mistake)));
        }
        compare(element, found, mistake, sum);
    }
}

/// The same scalar; or an object or array with as many children, unless the mistake is in it.
fn is_same(sound: Node<'_>, found: Node<'_>, mistake: &Mistake) -> bool {
    let place = mistake.edits[0].0.start;
    let holds_mistake = (sound.range().start..=sound.range().end).contains(&place);
    match sound.kind() {
        kind if kind != found.kind() => false,
        Kind::Object | Kind::Array => holds_mistake || sound.children().count() == found.children().count(),
        _ => sound.text() == found.text(),
    }
}
