//! Everything that people read uses one set of terms: the words on the left of [`TERMS`] occur nowhere.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use clap::CommandFactory;
use connspec::cli::Arguments;
use connspec::lint::RULES;
use regex::Regex;
use serde_json::Value;

/// Expressions (without case, unless marked otherwise) and what to write instead.
const TERMS: &[(&str, &str)] = &[
    (r"\bmend(s|ed|ing|able)?\b", "fix"),
    (r"\banew\b", "again; recreate"),
    (r"\bsign-ins?\b|\bways? to sign in\b", "authentication, authentication method"),
    (r"\bpaging\b", "pagination"),
    (
        r"\b(is|are|holds?) no (JSON|TOML|text|number|string|object|array|list|key|name|URL|connection spec|spec)\b",
        "isn't (valid, a) …",
    ),
    (r"\bold (form|name)\b", "deprecated"),
    (r"\bof today\b", "current"),
    (r"\b(tells?|told)\b", "shows, reports, prints"),
    (r"\bstands?\b", "is, follows, is written"),
    (r"\bremarks?\b", "info"),
    (r"\b(a|each|every|one|the) finding\b|\bfindings\b", "problem; diagnostic in an API"),
    (r"\bmistakes?\b", "problem"),
    (r"\bblanks?\b", "template placeholder; space"),
    (r"\baddress(es)?\b", "URL"),
    (r"\bsureness\b", "confidence"),
    (r"\bgone\b", "deleted; missing"),
    (r"\bhere and there\b|\bchanged (here|there|on both sides)\b", "local, remote changes"),
    (r"\b(is|are) not there\b|\bthere already\b", "is missing; exists"),
    (r"\b(is|are|was|were|be|been) made\b", "created"),
    (r"\bbelongs here\b|\bhas to stand\b", "expected …, found …"),
    (r"(?-i)\bJSON schemas?\b", "JSON Schema"),
    (r"\b(is|are) needed\b|, needed\b", "required"),
    (r"\b(is|was|were|are) asked\b|\bunasked\b|\bwithout asking\b", "request; without confirmation"),
    (r"\banswer(s|ed)?\b", "response; responds"),
    (r"\btext in quotes\b|\bnot a text\b", "string"),
    (r"\bnot a list\b|\blists? of strings\b", "array"),
    (r"\bdrawn\b", "shown, underlined"),
    (r"\bcounts (as|for|here)\b|\bis to count\b|\bwhich counts\b", "applies, is used"),
    (r"\ball the same\b", "anyway"),
    (r"\bas you like\b", "at your option"),
    (r"\bthe house\b|\berrand\b|\bcrew\b", "(no metaphor)"),
    (r"\bcolour", "color"),
];

/// Phrases with one of those words that are right.
const ALLOWED: &[&str] = &[
    "email address",
    "e-mail address",
    "IP address",
    "IPv4 address",
    "paging.next",
    "address bar",
    "loopback address",
    "sign-in page",
    "Credential Manager with the address",
    "standalone",
];

struct Part {
    name: String,
    text: String,
}

fn part(name: impl Into<String>, text: impl Into<String>) -> Part {
    Part { name: name.into(), text: text.into() }
}

/// The lines of a part that use a wrong term, each with the right one.
fn problems(Part { name, text }: &Part) -> Vec<String> {
    let mut text = text.clone();
    for phrase in ALLOWED {
        text = text.replace(phrase, "");
    }
    let mut found = Vec::new();
    for (wrong, right) in TERMS {
        let wrong = Regex::new(&format!("(?i){wrong}")).unwrap();
        for line in text.lines() {
            if let Some(term) = wrong.find(line) {
                found.push(format!("{name}: `{}`, use: {right}\n    {}", term.as_str(), line.trim()));
            }
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder, sorted, with paths relative to the package.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let mut folders = vec![root().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("node_modules") {
                folders.push(path);
            } else if path.extension().is_some_and(|other| other == extension) {
                files.push(relative(&path));
            }
        }
    }
    files.sort();
    files
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn help() -> Vec<Part> {
    let mut program = Arguments::command();
    program.build();
    let mut parts = vec![part("help of connspec", program.render_long_help().to_string())];
    for command in program.get_subcommands_mut() {
        let name = format!("help of connspec {}", command.get_name());
        parts.push(part(name, format!("{}\n{}", command.render_help(), command.render_long_help())));
    }
    parts
}

fn explanations() -> Vec<Part> {
    let explain = |code: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_connspec")).args(["explain", code]).output().unwrap();
        part(format!("explain {code}"), prose(&String::from_utf8(output.stdout).unwrap()))
    };
    RULES.iter().map(|rule| rule.code).chain(["project-file"]).map(explain).collect()
}

/// The strings of a JSON file, but not its keys.
fn json(path: &str) -> Part {
    fn collect(value: &Value, out: &mut String) {
        match value {
            Value::String(text) => *out += &(prose(text) + "\n"),
            Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
            Value::Object(members) => members.values().for_each(|value| collect(value, out)),
            _ => {}
        }
    }
    let mut out = String::new();
    collect(&serde_json::from_str(&read(path)).unwrap(), &mut out);
    part(path, out)
}

fn markdown() -> Vec<Part> {
    let mut files: Vec<String> = [files("editors", "md"), files("docs", "md")].concat();
    files.extend(["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(str::to_owned));
    let files = files.iter().filter(|path| root().join(path).exists());
    files.map(|path| part(path.as_str(), prose(&read(path)))).collect()
}

/// Markdown without code and URLs.
fn prose(markdown: &str) -> String {
    let code = Regex::new(r"`[^`\n]*`|https?://\S+").unwrap();
    let mut is_code = false;
    let lines = markdown.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.map(|line| code.replace_all(line, "") + "\n").collect()
}

fn sources() -> Vec<Part> {
    let files = files("src", "rs").into_iter().filter(|path| !path.ends_with("tests.rs") && !path.contains("/tests/"));
    files.map(|path| part(path.as_str(), sentences(&read(&path)))).collect()
}

/// The string literals of several words in a source file without its tests, one on a line, without code and placeholders.
fn sentences(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap();
    let literal = r##"(?s)r(#+)".*?"#+|"(?:\\.|[^"\\])*""##;
    let skipped = r#"//[^\n]*|b?'(?:\\.[^']*|[^'\\])'"#;
    let tokens = Regex::new(&format!("(?s){skipped}|({literal})")).unwrap();
    let inner = Regex::new(r"`[^`]*`|https?://\S+|\{[^{}]*\}").unwrap();
    let continued = Regex::new(r"\\\n\s*").unwrap();
    let literals = tokens.captures_iter(source).filter_map(|found| found.get(1)).map(|found| found.as_str());
    let literals = literals.map(|literal| continued.replace_all(literal, "").replace("\\n", "\n"));
    let sentences = literals.filter(|literal| literal.contains(' '));
    sentences.map(|literal| inner.replace_all(&literal, "").into_owned() + "\n").collect()
}

#[test]
fn every_text_uses_the_terms_of_the_field() {
    let json_files = ["src/spec/schema.json", "editors/vscode/package.json", "editors/vscode/package.nls.json"];
    let json_files = json_files.into_iter().filter(|path| root().join(path).exists()).map(json).collect();
    let parts: Vec<Part> = [help(), explanations(), markdown(), json_files, sources()].into_iter().flatten().collect();
    let problems: Vec<String> = parts.iter().flat_map(problems).collect();
    assert!(problems.is_empty(), "{} wrong terms:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn wrong_terms_are_found() {
    let found = problems(&part("a", "Nothing to mend.\nThe URL of an IP address.\nJSON schema\nJSON Schema"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("a: `mend`, use: fix\n    Nothing to mend."), "{found:?}");
}

#[test]
fn sentences_are_string_literals_of_several_words() {
    let source = r##"
        // A "comment here".
        const A: char = '"';
        let a = format!("one `two` {three} \
                         four");
        let b = r#"five "six""#;
        let c = "seven";
        #[cfg(test)]
        mod tests { const T: &str = "eight nine"; }
    "##;
    let source = source.replace("        ", "");
    assert_eq!(sentences(&source), "\"one   four\"\nr#\"five \"six\"\"#\n");
}
