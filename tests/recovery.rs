//! How much of a document survives one mistake in it, counted over every place where the mistake can be made.
#![allow(clippy::print_stdout, reason = "the numbers are what this test is for")]

#[path = "support/documents.rs"]
mod documents;
#[path = "recovery/mutations.rs"]
mod mutations;

use connspec::syntax::{Kind, Node, Tree};
use mutations::{Mistake, Mistakes};

/// How many places of one document a mistake is tried at.
const PLACES: usize = 10;

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
    row("comma missing", mutations::COMMA, (99.9, 1.05), (99.9, 1.05)),
    row("colon missing", mutations::COLON, (99.9, 1.05), (99.9, 1.05)),
    row("key: opening quote missing", mutations::KEY_OPENING_QUOTE, (99.9, 1.1), (99.9, 1.1)),
    row("key: closing quote missing", mutations::KEY_CLOSING_QUOTE, (99.9, 1.1), (99.9, 1.1)),
    row("value: opening quote missing", mutations::VALUE_OPENING_QUOTE, (99.5, 1.1), (99.5, 1.1)),
    row("value: closing quote missing", mutations::VALUE_CLOSING_QUOTE, (99.5, 1.1), (99.5, 1.1)),
    row("{ missing", mutations::OPENING_BRACE, (99.5, 1.1), (99.5, 1.1)),
    row("} missing", mutations::CLOSING_BRACE, (99.5, 1.1), (65.0, 1.3)),
    row("[ missing", mutations::OPENING_BRACKET, (99.5, 1.1), (95.0, 1.1)),
    row("] missing", mutations::CLOSING_BRACKET, (99.5, 1.1), (99.5, 1.1)),
    row("closing bracket of the other kind", mutations::WRONG_CLOSER, (99.5, 1.1), (99.5, 1.1)),
    row("} too many", mutations::EXTRA_BRACE, (99.5, 1.1), (80.0, 1.2)),
    row("] too many", mutations::EXTRA_BRACKET, (99.5, 1.1), (99.5, 1.1)),
    row("{ too many", mutations::EXTRA_OPENING_BRACE, (99.5, 1.3), (90.0, 1.4)),
    row("[ too many", mutations::EXTRA_OPENING_BRACKET, (95.0, 1.1), (90.0, 1.2)),
    row("closing bracket twice", mutations::DOUBLED_CLOSER, (99.5, 1.1), (85.0, 1.1)),
    row("value missing", mutations::VALUE, (99.9, 1.05), (99.9, 1.05)),
    row("value and comma missing", mutations::VALUE_AND_COMMA, (99.9, 1.05), (99.9, 1.05)),
    row("key missing", mutations::KEY, (99.9, 1.05), (99.9, 1.05)),
    row("half a key before", mutations::HALF_A_KEY_BEFORE, (99.9, 1.1), (99.5, 2.1)),
    row("half a key after", mutations::HALF_A_KEY_AFTER, (99.9, 1.5), (88.0, 3.0)),
    row("half a key in quotes", mutations::HALF_A_KEY_CLOSED, (99.9, 1.1), (99.9, 1.1)),
    row("half a key without quotes", mutations::HALF_A_KEY_BARE, (99.9, 1.1), (99.9, 1.1)),
    row("cut off", mutations::CUT_OFF, (99.9, 1.7), (99.9, 2.0)),
    row("conflict markers", mutations::CONFLICT, (99.9, 3.0), (99.9, 3.0)),
    row("unescaped quotes", mutations::UNESCAPED_QUOTES, (99.5, 1.1), (99.5, 1.1)),
    row("smart quotes", mutations::SMART_QUOTES, (99.9, 1.7), (99.9, 1.7)),
    row("single quotes", mutations::SINGLE_QUOTES, (99.9, 1.7), (99.9, 1.7)),
    row("stray word before", mutations::STRAY_WORD_BEFORE, (99.9, 1.1), (99.9, 1.1)),
    row("stray word after", mutations::STRAY_WORD_AFTER, (99.9, 2.0), (99.9, 2.0)),
    row("comma too many", mutations::EXTRA_COMMA, (99.9, 1.05), (99.9, 1.05)),
    row("comma before a closing bracket", mutations::TRAILING_COMMA, (99.9, 1.05), (99.9, 1.05)),
    row("semicolon for a comma", mutations::SEMICOLON, (99.5, 2.1), (99.5, 2.1)),
    row("dot for a comma", mutations::DOT, (99.5, 2.1), (99.5, 2.1)),
    row("colon too many", mutations::EXTRA_COLON, (99.9, 1.05), (99.9, 1.05)),
    row("= for a colon", mutations::EQUALS, (99.9, 1.05), (99.9, 1.05)),
    row("comment", mutations::COMMENT, (99.9, 1.05), (99.9, 1.05)),
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
fn one_mistake_keeps_all_other_members() {
    let (indented, one_line) = (indented_documents(), one_line_documents());
    println!("{:34} {:>24}   {:>24}", "", "indented", "one line");
    println!("{:34} {:>10} {:>13}   {:>10} {:>13}", "mistake", "kept", "errors each", "kept", "errors each");
    let mut short = Vec::new();
    for row in ROWS {
        let counts = [count(&indented, row.mistakes), count(&one_line, row.mistakes)];
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
    let tree = Tree::parse(text.to_owned());
    (tree.errors().is_empty() && tree.root().kind() == Kind::Object).then_some(tree)
}

fn count(documents: &[Tree], mistakes: Mistakes) -> Count {
    let mut sum = Count::default();
    for tree in documents {
        let all = mistakes(tree);
        for mistake in all.iter().step_by(all.len().div_ceil(PLACES).max(1)) {
            let broken = Tree::parse(make(tree.source(), mistake));
            sum.mistakes += 1;
            sum.errors += broken.errors().len();
            compare(tree.root(), Some(broken.root()), mistake, &mut sum);
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
