//! Every feature takes time in proportion to the size of a document, also of one that somebody wrote to slow it down.
//! Counted in steps, not in seconds.

use crate::document::Document;
use crate::ide::{self, FormatOptions, HintKind};
use crate::lint::{self, Facts};
use crate::syntax::steps;
use crate::text::Text;

/// Doubling a document may increase the steps by this factor.
const MAX_RATIO: f64 = 2.5;

/// Fewer steps than this need no bound.
const FEW: u64 = 5_000;

/// The name of a document, and its text with this many repetitions.
type Hostile = (&'static str, fn(usize) -> String);

const HOSTILE: &[Hostile] = &[
    ("unknown keys", |n| format!("{{ \"type\": \"generic-rest\", {} }}", list(n, |i| format!("\"k{i}\": 1")))),
    ("unknown keys of the request", |n| attributes(&list(n, |i| format!("\"k{i}\": 1")))),
    ("known keys misspelled", |n| attributes(&list(n, |i| format!("\"urlParam{i}\": 1")))),
    ("one key", |n| format!("{{ \"type\": \"generic-rest\", {} }}", list(n, |_| "\"name\": \"a\"".to_owned()))),
    ("bare words", |n| "a b c ".repeat(n)),
    ("quotes", |n| "\"".repeat(n)),
    ("commas", |n| ",".repeat(n)),
    ("colons", |n| format!("{{{}", ":".repeat(n))),
    ("closing brackets", |n| format!("{{}}{}", "}".repeat(n))),
    ("objects that are not closed", |n| "{\"a\":".repeat(n)),
    ("arrays that are not closed", |n| "[".repeat(n)),
    ("nested arrays", |n| format!("{{ \"authSpec\": {}{} }}", "[".repeat(n), "]".repeat(n))),
    ("nested objects", |n| format!("{}1{}", "{\"a\":".repeat(n), "}".repeat(n))),
    ("nested schemas", |n| {
        attributes(&format!("\"spec\": {}{{}}{}", "{\"properties\":{\"a\":".repeat(n), "}}".repeat(n)))
    }),
    ("unterminated placeholders", |n| request("host", &"${".repeat(n))),
    ("undeclared placeholders", |n| request("path", &list(n, |i| format!("${{p{i}}}")))),
    ("undeclared placeholders and inputs", |n| {
        let inputs = list(n, |i| format!("\"i{i}\": {{ \"type\": \"string\" }}"));
        let path = list(n, |i| format!("${{p{i}}}"));
        let request = format!("{{ \"urlParams\": {{ \"path\": \"{path}\" }} }}");
        let spec = format!("{{ \"properties\": {{ {inputs} }} }}");
        format!("{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {request}, \"spec\": {spec} }} }}")
    }),
    ("required inputs and placeholders", |n| {
        let required = list(n, |i| format!("\"p{i}\""));
        let path = list(n, |i| format!("${{p{i}}}"));
        let request = format!("{{ \"urlParams\": {{ \"path\": \"{path}\" }} }}");
        let spec = format!("{{ \"properties\": {{}}, \"required\": [{required}] }}");
        format!("{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {request}, \"spec\": {spec} }} }}")
    }),
    ("inputs", |n| inputs(&list(n, |i| format!("\"i{i}\": {{ \"type\": \"string\" }}")), "")),
    ("required inputs", |n| inputs("", &list(n, |i| format!("\"i{i}\"")))),
    ("authentication methods", |n| {
        let methods = list(n, |_| "{ \"name\": \"Basic\", \"type\": \"BasicAuthentication\" }".to_owned());
        format!("{{ \"type\": \"generic-rest\", \"authSpec\": [{methods}] }}")
    }),
    ("numbers as authentication", |n| {
        format!("{{ \"type\": \"generic-rest\", \"authSpec\": [{}] }}", list(n, |i| i.to_string()))
    }),
    ("headers", |n| {
        attributes(&format!("\"headerParams\": {{ {} }}", list(n, |i| format!("\"X-Key{i}\": \"a1b2c3d4e5f6g7{i}\""))))
    }),
    ("keys without commas", |n| format!("{{ {} }}", (0..n).map(|i| format!("\"k{i}\": 1\n")).collect::<String>())),
    ("keys in single quotes", |n| format!("{{ {} }}", list(n, |i| format!("'k{i}': 'v'")))),
    ("keys without quotes", |n| format!("{{ {} }}", list(n, |i| format!("k{i}: v")))),
    ("conflict markers", |n| format!("{{\n{}}}", "<<<<<<< a\n\"a\": 1,\n=======\n\"a\": 2,\n>>>>>>> b\n".repeat(n))),
    ("comments", |n| format!("{{ {} }}", "/* a */ ".repeat(n))),
    ("tabs in a string", |n| format!("{{ \"name\": \"{}\" }}", "\t".repeat(n))),
    ("invalid escapes", |n| format!("{{ \"name\": \"{}\" }}", "\\x".repeat(n))),
    ("steps of a path", |n| attributes(&format!("\"contentPath\": {{ \"path\": \"${}\" }}", ".a".repeat(n)))),
    ("letters of a date", |n| {
        attributes(&format!("\"scheduleParams\": {{ \"scheduleStartParamFormat\": \"{}\" }}", "yM".repeat(n)))
    }),
    ("members on one line", |n| format!("{{ {} }}", list(n, |i| format!("\"k{i}\":[1,{{\"a\":2}}]")))),
];

fn list(count: usize, element: impl Fn(usize) -> String) -> String {
    (0..count).map(element).collect::<Vec<_>>().join(", ")
}

fn attributes(members: &str) -> String {
    format!("{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {{ {members} }} }} }}")
}

fn request(key: &str, value: &str) -> String {
    attributes(&format!("\"urlParams\": {{ \"{key}\": \"{value}\" }}"))
}

fn inputs(properties: &str, required: &str) -> String {
    let schema = format!("{{ \"type\": \"object\", \"properties\": {{ {properties} }}, \"required\": [{required}] }}");
    format!("{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"spec\": {schema} }} }}")
}

fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

/// A document of about this many bytes.
fn sized(repeated: fn(usize) -> String, bytes: usize) -> Document {
    let each = (repeated(2000).len() - repeated(1000).len()) as f64 / 1000.0;
    document(&repeated((bytes as f64 / each) as usize))
}

/// The documents for which doubling costs too much, with the steps before and after.
fn too_slow(bytes: usize, feature: impl Fn(&Document)) -> Vec<(&'static str, u64, u64)> {
    let costs = HOSTILE.iter().map(|(name, repeated)| {
        let steps = |bytes| {
            let document = sized(*repeated, bytes);
            steps::count(|| feature(&document))
        };
        (*name, steps(bytes), steps(2 * bytes))
    });
    costs.filter(|(_, once, twice)| *twice > FEW && *twice as f64 > MAX_RATIO * *once as f64).collect()
}

macro_rules! linear {
    ($($name:ident: $feature:expr;)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(too_slow(10_000, $feature), []);
        }
    )*};
}

/// Offsets all over a document.
fn offsets(document: &Document) -> impl Iterator<Item = usize> {
    let source = document.source();
    (0..=24).map(|part| source.floor_char_boundary(source.len() * part / 24))
}

linear! {
    diagnostics: |document| drop(lint::diagnostics(document, &Facts::default()));
    completion: |document| offsets(document).for_each(|at| drop(ide::completion(document, at)));
    hover: |document| {
        let diagnostics = lint::diagnostics(document, &Facts::default());
        offsets(document).for_each(|at| drop(ide::hover(document, &diagnostics, at)));
    };
    definition: |document| offsets(document).for_each(|at| drop(ide::definition(document, at)));
    references: |document| offsets(document).for_each(|at| drop(ide::references(document, at)));
    rename: |document| offsets(document).for_each(|at| drop(ide::rename(document, at, "other")));
    linked_editing: |document| offsets(document).for_each(|at| drop(ide::linked_editing(document, at)));
    symbols: |document| drop(ide::symbols(document));
    workspace_symbols: |document| drop(ide::workspace_symbols(document));
    folding: |document| drop(ide::folding(document, None));
    selection: |document| offsets(document).for_each(|at| drop(ide::selection(document, at)));
    links: |document| drop(ide::links(document, &Facts::default()));
    format: |document| drop(ide::format(document, &FormatOptions::default()));
    format_range: |document| {
        drop(ide::format_range(document, &FormatOptions::default(), 0..document.source().len()));
    };
    format_typed: |document| {
        offsets(document).for_each(|at| drop(ide::format_typed(document, &FormatOptions::default(), at, '\n')));
    };
    tokens: |document| drop(ide::tokens(document));
    hints: |document| drop(ide::hints(document, 0..document.source().len(), &HintKind::ALL));
    lenses: |document| drop(ide::lenses(document));
}
