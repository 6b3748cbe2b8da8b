//! The rules of the architecture that the sources can be checked for. Each check is also tested with a source that violates it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "tidy/imports.rs"]
mod imports;

#[path = "tidy/literal_keys.rs"]
mod literal_keys;

use std::path::{Path, PathBuf};

/// A source file: its path from the package's root, with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    /// Its module below the crate's root: `server` of `src/server/convert.rs`.
    fn layer(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        Some(inside.split('/').next()?.trim_end_matches(".rs"))
    }

    /// Whether it is a module or below it: `ide/schema` has `src/ide/schema.rs` and all of `src/ide/schema/`.
    fn is_in(&self, module: &str) -> bool {
        let inside = self.path.strip_prefix("src/").and_then(|inside| inside.strip_prefix(module));
        inside.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    }

    /// Its text without comments.
    fn code(&self) -> String {
        let bare = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
        // An address in a string is no comment.
        let lines = self.text.lines().map(|line| if line.contains("://") { line.to_owned() } else { bare(line) });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// What a check finds wrong in one source.
type Check = fn(&Source) -> Vec<String>;

/// The layers: what each module may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("cancellation", &[]),
    ("text", &[]),
    ("syntax", &["cancellation", "text"]),
    ("spec", &["text", "syntax"]),
    ("document", &["text", "syntax", "spec"]),
    ("edit", &["text", "syntax", "spec", "document"]),
    ("source", &["text", "syntax", "spec", "document"]),
    ("lint", &["text", "syntax", "spec", "document", "edit", "source"]),
    ("ide", &["text", "syntax", "spec", "document", "edit", "source", "lint"]),
    ("project", &["cancellation", "text", "syntax", "spec", "document", "edit", "source", "lint", "ide"]),
    ("flow_service", &["text", "syntax", "source", "project"]),
    ("emulator", &["text", "syntax", "project", "flow_service"]),
    ("sync", &["text", "syntax", "spec", "document", "edit", "source", "lint", "project", "flow_service", "emulator"]),
    (
        "cli",
        &["text", "syntax", "spec", "document", "edit", "lint", "ide", "project", "flow_service", "emulator", "sync"],
    ),
    (
        "server",
        &[
            "cancellation",
            "text",
            "syntax",
            "spec",
            "document",
            "edit",
            "lint",
            "ide",
            "project",
            "flow_service",
            "emulator",
            "sync",
        ],
    ),
    ("lib", &[]),
    ("main", &["cli", "server"]),
];

/// The only users of a dependency.
const OWNERS: &[(&str, &[&str])] = &[
    ("tower_lsp", &["server"]),
    ("tower_service", &["server"]),
    ("futures_util", &["server"]),
    ("rustix", &["server", "project"]),
    ("tokio", &["server", "flow_service", "emulator", "sync", "cli"]),
    ("keyring", &["flow_service/credentials/os_keyring"]),
    ("reqwest", &["flow_service"]),
    ("rustls", &["flow_service"]),
    ("ring", &["project/private_files"]),
    ("httpdate", &["flow_service"]),
    ("axum", &["emulator"]),
    ("redb", &["emulator"]),
    ("uuid", &["emulator"]),
    ("base64", &["ide/source_page/encoding"]),
    ("ropey", &["text"]),
    ("strsim", &["spec"]),
    ("jsonschema", &["lint/schema"]),
    ("serde_json_path", &["source/json_path"]),
    ("annotate_snippets", &["cli/snippet"]),
    ("clap_complete", &["cli/completions"]),
    ("clap_mangen", &["cli/man"]),
    ("toml", &["project"]),
    ("ignore", &["project"]),
    ("tempfile", &["project", "flow_service/token", "sync/machine_records", "cli/new"]),
    ("unicode_width", &["cli/terminal"]),
];

/// What modules without input and output may not touch.
const OUTSIDE: &[&str] = &["std::fs", "std::net", "std::process", "std::env", "std::io", "std::thread", "tokio::"];

fn imports_go_left(source: &Source) -> Vec<String> {
    let Some(layer) = source.layer() else { return Vec::new() };
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![format!("the module {layer} is not in LAYERS")];
    };
    let known = |name: &String| LAYERS.iter().any(|(layer, _)| layer == name);
    let used = used_modules(&source.code()).into_iter().filter(known);
    let mut found: Vec<_> = used
        .filter(|used| used != layer && !allowed.contains(&used.as_str()))
        .map(|used| format!("{layer} may not use {used}"))
        .collect();
    if source.code().contains("super::super::") {
        found.push("a path that climbs more than one level is written from `crate`".to_owned());
    }
    found
}

/// The names that follow `crate::` and `connspec::`, alone or in braces.
fn used_modules(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for root in ["crate::", "connspec::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => used.extend(first_names(group)),
                None => used.push(name(rest)),
            }
        }
    }
    used
}

/// The first name of each path in a group of imports.
fn first_names(group: &str) -> Vec<String> {
    let (mut names, mut depth, mut fresh) = (Vec::new(), 0, true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            character if fresh && !character.is_whitespace() => {
                names.push(name(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

fn name(rest: &str) -> String {
    rest.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

fn dependencies_have_one_owner(source: &Source) -> Vec<String> {
    let used = |name: &str| {
        source.code().match_indices(name).any(|(at, _)| {
            let code = source.code();
            // `other::name` is a module of another crate.
            let before = code[..at].strip_suffix("::").unwrap_or(&code[..at]);
            let alone = !before.ends_with(|last: char| last.is_alphanumeric() || last == '_' || last == '-');
            let after = &code[at + name.len()..];
            alone && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
        })
    };
    OWNERS
        .iter()
        .filter(|(name, owners)| {
            used(name) && source.layer().is_some() && !owners.iter().any(|owner| source.is_in(owner))
        })
        .map(|(name, owners)| format!("{name} is for {} alone", owners.join(", ")))
        .collect()
}

fn answers_touch_nothing_outside(source: &Source) -> Vec<String> {
    if !["text", "syntax", "spec", "document", "edit", "source", "lint", "ide"].iter().any(|layer| source.is_in(layer))
    {
        return Vec::new();
    }
    let code = source.code();
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    OUTSIDE.iter().filter(|name| code.contains(*name)).map(|name| format!("{name} has no place here")).collect()
}

fn questions_always_have_an_answer(source: &Source) -> Vec<String> {
    if !source.is_in("ide") {
        return Vec::new();
    }
    let code = source.code();
    let signatures =
        code.match_indices("pub fn ").map(|(at, _)| code[at..].split(['{', ';']).next().unwrap_or_default());
    let failing = signatures.filter(|signature| signature.contains("Result<"));
    failing.map(|signature| format!("a public function returns a Result: {signature}")).collect()
}

fn only_the_command_line_prints(source: &Source) -> Vec<String> {
    if source.layer().is_none() || source.is_in("cli") {
        return Vec::new();
    }
    let printing =
        |name: &&&str| source.code().match_indices(**name).any(|(at, _)| !source.code()[..at].ends_with('_'));
    let names = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    names.iter().filter(printing).map(|name| format!("{name} outside of cli")).collect()
}

fn only_the_publisher_publishes(source: &Source) -> Vec<String> {
    let publishes = source.code().contains(".publish_diagnostics(") || source.code().contains("PublishDiagnostics>");
    if publishes && source.layer().is_some() && !source.is_in("server/publisher") {
        return vec!["findings are published by server/publisher.rs alone".to_owned()];
    }
    Vec::new()
}

/// What a handler does to the documents.
const COMMITS: [&str; 3] = ["documents.open(", "documents.change(", "documents.close("];

fn changes_are_committed_before_anything_is_waited_for(source: &Source) -> Vec<String> {
    if !source.is_in("server") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for function in source.code().split("fn ").skip(1) {
        let called = name(function);
        let commit = COMMITS.iter().filter_map(|commit| function.find(commit)).max();
        if ["did_open", "did_change", "did_close"].contains(&called.as_str()) && commit.is_none() {
            found.push(format!("{called} does not commit"));
        }
        if commit.is_some_and(|commit| function[..commit].contains(".await")) {
            found.push(format!("{called} waits before it commits"));
        }
    }
    found
}

fn a_file_says_what_it_is_and_is_finished(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    if !source.text.starts_with("//!") {
        found.push("does not open with what it is (//!)".to_owned());
    }
    if source.path.ends_with("/mod.rs") {
        found.push("is a mod.rs".to_owned());
    }
    let unfinished = ["TODO", "FIXME", "todo!", "unimplemented!"];
    let unfinished = unfinished.iter().filter(|word| source.text.contains(*word));
    found.extend(unfinished.map(|word| format!("holds {word}")));
    found
}

fn tests_neither_sleep_nor_are_skipped(source: &Source) -> Vec<String> {
    let words = ["thread::sleep", "time::sleep", "#[ignore"];
    words.iter().filter(|word| source.text.contains(*word)).map(|word| format!("holds {word}")).collect()
}

const CHECKS: &[Check] = &[
    imports_go_left,
    dependencies_have_one_owner,
    answers_touch_nothing_outside,
    questions_always_have_an_answer,
    only_the_command_line_prints,
    only_the_publisher_publishes,
    changes_are_committed_before_anything_is_waited_for,
    a_file_says_what_it_is_and_is_finished,
    tests_neither_sleep_nor_are_skipped,
];

/// All Rust files of the package but this one, which quotes what is forbidden.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = ["src", "tests", "benches", "fuzz"].map(|folder| root.join(folder)).to_vec();
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                sources.push(Source { path: inside, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    sources.retain(|source| source.path != "tests/tidy.rs");
    sources
}

#[test]
fn sources_follow_the_conventions() {
    let sources = sources();
    assert!(sources.iter().any(|source| source.path == "src/lib.rs"));
    let complaints: Vec<_> = sources
        .iter()
        .flat_map(|source| {
            CHECKS.iter().flat_map(|check| check(source)).map(|found| format!("{}: {found}", source.path))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_folder_of_parts_stands_beside_its_file() {
    let paths: Vec<_> = sources().into_iter().map(|source| source.path).collect();
    for path in paths.iter().filter(|path| path.starts_with("src/")) {
        let folder = path.rsplit_once('/').unwrap().0;
        assert!(folder == "src" || paths.contains(&format!("{folder}.rs")), "{path} has no {folder}.rs");
    }
}

fn cycles(sources: &[(&str, &str)]) -> Vec<String> {
    let sources = sources.iter().map(|(path, text)| Source::new(path, text));
    imports::cycles(sources.map(|source| (source.path.clone(), source.code())))
}

#[test]
fn import_cycles_are_between_parent_and_child_only() {
    let sources = sources();
    let found = imports::cycles(sources.iter().map(|source| (source.path.clone(), source.code())));
    assert!(found.is_empty(), "import cycles: {found:#?}");
}

#[test]
fn an_import_cycle_is_found() {
    let bad = [("src/a.rs", "use crate::b::{self, X};"), ("src/b.rs", "fn f() { super::a::f() }")];
    assert_eq!(cycles(&bad), ["src: a → b → a"]);
    let hidden = [
        ("src/p.rs", "mod a;\nmod b;\npub(super) use self::b::{Other, B};"),
        ("src/p/a.rs", "use super::B as Renamed;\npub fn f() {}"),
        ("src/p/b.rs", "use crate::p::a::{f as g};\npub struct B;"),
    ];
    assert_eq!(cycles(&hidden), ["p: a → b → a"]);
    let below = [
        ("src/a.rs", "use crate::b::B;"),
        ("src/b.rs", "mod c;"),
        ("src/b/c.rs", "use crate::a::{\n    x::{y},\n    A,\n};"),
    ];
    assert_eq!(cycles(&below), ["src: a → b → a"]);
    let parent_and_child = [
        ("src/a.rs", "mod b;\nuse self::b::B;\npub struct A;\n#[cfg(test)]\nmod tests {\n    use crate::c::C;\n}"),
        ("src/a/b.rs", "use super::A;"),
        ("src/c.rs", "use crate::a::A; // crate::a::b\n"),
    ];
    assert_eq!(cycles(&parent_and_child), [] as [&str; 0]);
}

/// A check finds `expected` in one text at this path and nothing in another.
#[track_caller]
fn shown(check: Check, path: &str, bad: &str, expected: &str, good: &str) {
    assert_eq!(check(&Source::new(path, bad)), [expected], "{bad}");
    assert_eq!(check(&Source::new(path, good)), [] as [String; 0], "{good}");
}

#[test]
fn an_import_to_the_right_is_found() {
    let bad = "use crate::ide::hover;";
    shown(imports_go_left, "src/text.rs", bad, "text may not use ide", "// crate::ide\nuse crate::text::Text;");
    let bad = "use crate::{text::{self, Text}, server};";
    let good = "use crate::{text::{self, Text}, document::Document};";
    shown(imports_go_left, "src/ide/hover.rs", bad, "ide may not use server", good);
    let bad = "fn f() { crate::cli::run() }";
    shown(imports_go_left, "src/server/config.rs", bad, "server may not use cli", "use super::Session;");
    let bad = "use super::super::ide;";
    let expected = "a path that climbs more than one level is written from `crate`";
    shown(imports_go_left, "src/spec.rs", bad, expected, "fn main() { let text = 1; }");
    let odd = Source::new("src/odd.rs", "");
    assert_eq!(imports_go_left(&odd), ["the module odd is not in LAYERS"]);
}

#[test]
fn a_dependency_outside_of_its_module_is_found() {
    let check = dependencies_have_one_owner;
    let (bad, good) = ("use tower_lsp::ls_types::*;", "// tower_lsp::Client\nuse std::sync::Arc;");
    shown(check, "src/ide/hover.rs", bad, "tower_lsp is for server alone", good);
    shown(
        check,
        "src/lint/rules.rs",
        "jsonschema::validate()",
        "jsonschema is for lint/schema alone",
        "jsonschemas::x()",
    );
    shown(check, "src/syntax.rs", "use ropey;", "ropey is for text alone", "let a = property::b();");
    assert!(check(&Source::new("src/lint/schema/words.rs", "use jsonschema::Validator;")).is_empty());
}

#[test]
fn input_and_output_below_the_server_is_found() {
    let (bad, good) = ("std::fs::read(path)", "std::mem::take(&mut x)\n#[cfg(test)]\nmod tests { use std::fs; }");
    shown(answers_touch_nothing_outside, "src/ide/links.rs", bad, "std::fs has no place here", good);
    let (bad, good) = ("tokio::spawn(f)", "// tokio::spawn(f)");
    shown(answers_touch_nothing_outside, "src/document.rs", bad, "tokio:: has no place here", good);
}

#[test]
fn a_question_that_can_fail_is_found() {
    let bad = "pub fn hover(\n    a: u8,\n) -> Result<Hover, Error> { x }";
    let expected = "a public function returns a Result: pub fn hover(\n    a: u8,\n) -> Result<Hover, Error> ";
    let good = "pub fn hover() -> Option<Hover> { let a: Result<u8, u8> = Ok(1); }\nfn part() -> Result<u8, u8> {}";
    shown(questions_always_have_an_answer, "src/ide.rs", bad, expected, good);
}

#[test]
fn printing_outside_of_the_command_line_is_found() {
    let check = only_the_command_line_prints;
    shown(check, "src/server.rs", "println!(\"{a}\")", "println! outside of cli", "writeln!(out, \"a\")");
    shown(check, "src/ide.rs", "dbg!(a)", "dbg! outside of cli", "// println!");
    assert!(check(&Source::new("src/cli/check.rs", "println!()")).is_empty());
}

#[test]
fn a_second_publisher_is_found() {
    let bad = "client.publish_diagnostics(uri, found, None).await";
    let expected = "findings are published by server/publisher.rs alone";
    shown(only_the_publisher_publishes, "src/server.rs", bad, expected, "let p = text.publish_diagnostics;");
    assert!(only_the_publisher_publishes(&Source::new("src/server/publisher.rs", bad)).is_empty());
}

#[test]
fn a_handler_that_waits_before_it_commits_is_found() {
    let check = changes_are_committed_before_anything_is_waited_for;
    let bad = "async fn did_open(&self) { self.ask().await; self.documents.open(a); }";
    let good = "async fn did_open(&self) { self.documents.open(a); self.ask().await; }\nasync fn hover() { a.await }";
    shown(check, "src/server.rs", bad, "did_open waits before it commits", good);
    let bad = "async fn did_close(&self) {}";
    shown(check, "src/server.rs", bad, "did_close does not commit", "async fn did_save(&self) {}");
    let bad = "async fn rename(&self) { a.await; self.documents.change(a); }";
    shown(check, "src/server/files.rs", bad, "rename waits before it commits", "fn a() { documents.change(a) }");
}

#[test]
fn an_unfinished_file_is_found() {
    let check = a_file_says_what_it_is_and_is_finished;
    shown(check, "src/a.rs", "fn a() {}", "does not open with what it is (//!)", "//! A.\nfn a() {}");
    shown(check, "tests/a.rs", "//! A.\n// TODO", "holds TODO", "//! A.\n");
    assert_eq!(check(&Source::new("src/a/mod.rs", "//! A.")), ["is a mod.rs"]);
}

#[test]
fn a_test_that_sleeps_is_found() {
    let check = tests_neither_sleep_nor_are_skipped;
    shown(check, "tests/a.rs", "std::thread::sleep(a)", "holds thread::sleep", "let sleep = 1;");
    shown(check, "src/a.rs", "#[ignore]\nfn a() {}", "holds #[ignore", "#[test]");
}
