//! Latencies that a user of an editor notices: connspec and `vscode-json-language-server` with the same schema, in one run
//! and with the same messages, except that each server gets its own settings. `cargo bench --bench wire` prints the table of
//! `docs/performance.md`.
//!
//! The other server waits 500 ms after a change before it validates (`validationDelayMs`). It is measured as published, and
//! as a copy with a delay of 0: only the copy does the same work at the same time.

#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use client::Client;

mod client;
#[path = "../grown.rs"]
mod grown;

/// Typical specs have 3 to 14 KB. 1 MB is a stress test.
const SIZES: [(usize, &str); 5] =
    [(3_000, "3 KB"), (8_000, "8 KB"), (14_000, "14 KB"), (100_000, "100 KB"), (1_000_000, "1 MB (stress)")];
const STARTS: usize = 7;
const PRESSES: usize = 9;
const URI: &str = "file:///specs/acme-connectionSpec.json";
const PACKAGE: &str = "vscode-langservers-extracted@4.10.0";

type Answer<T> = Result<T, Box<dyn Error>>;

fn main() -> Answer<()> {
    let published = other_server("bench-node", None);
    let undelayed = other_server("bench-node-undelayed", Some(remove_delay));
    let own_settings = json!({ "connspec": {} });
    let schema: Value = serde_json::from_str(connspec::spec::SCHEMA)?;
    let schemas = json!([{ "fileMatch": ["*connectionSpec.json"], "uri": "schema://spec", "schema": schema }]);
    let their_settings = json!({ "json": { "validate": { "enable": true }, "schemas": schemas } });
    println!("| | spec | connspec | vscode-json-language-server | ratio | without its delay | ratio |");
    println!("|---|---|---:|---:|---:|---:|---:|");
    for (size, name) in SIZES {
        let source = grown::spec(size);
        let ours = measure(|| Command::new(env!("CARGO_BIN_EXE_connspec")), &["lsp"], &own_settings, &source)?;
        let theirs = |program: &Option<PathBuf>| -> Answer<Option<[f64; 5]>> {
            let measured = |path: &PathBuf| measure(|| node(path), &["--stdio"], &their_settings, &source);
            program.as_ref().map(measured).transpose()
        };
        let (published, undelayed) = (theirs(&published)?, theirs(&undelayed)?);
        for (row, what) in WHAT.iter().enumerate() {
            let columns = [&published, &undelayed].map(|theirs| {
                let value = theirs.as_ref().map(|values| values[row]);
                format!("{} | {}", shown(row, value), ratio(ours[row], value))
            });
            println!("| {what} | {name} | {} | {} |", shown(row, Some(ours[row])), columns.join(" | "));
        }
    }
    Ok(())
}

const WHAT: [&str; 5] =
    ["start to `initialize`", "key press to diagnostics", "key press to completion", "hover", "memory afterwards"];
const MEMORY: usize = 4;

/// The medians, in the order of `WHAT`: seconds, and megabytes.
fn measure(program: impl Fn() -> Command, arguments: &[&str], settings: &Value, source: &str) -> Answer<[f64; 5]> {
    let mut starts = Vec::new();
    for _ in 1..STARTS {
        starts.push(Client::start(program().args(arguments))?.initialized.as_secs_f64());
    }
    let mut client = Client::start(program().args(arguments))?;
    starts.push(client.initialized.as_secs_f64());
    let mut session = Session { client: &mut client, source, version: 1, found: 0 };
    session.open(settings)?;
    let (mut diagnostics, mut completions, mut hovers) = (Vec::new(), Vec::new(), Vec::new());
    for press in 0..PRESSES {
        diagnostics.push(session.press_to_diagnostics(press % 2 == 0)?.as_secs_f64());
    }
    session.press_to_diagnostics(PRESSES.is_multiple_of(2))?;
    for _ in 0..PRESSES {
        completions.push(session.press_to_completion()?.as_secs_f64());
        hovers.push(session.hover()?.as_secs_f64());
    }
    let memory = client.megabytes().unwrap_or(f64::NAN);
    Ok([median(starts), median(diagnostics), median(completions), median(hovers), memory])
}

/// One open document.
struct Session<'a> {
    client: &'a mut Client,
    source: &'a str,
    version: i64,
    found: usize,
}

impl Session<'_> {
    fn open(&mut self, settings: &Value) -> Answer<()> {
        self.client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }))?;
        let document = json!({ "uri": URI, "languageId": "json", "version": self.version, "text": self.source });
        self.client.notify("textDocument/didOpen", json!({ "textDocument": document }))?;
        self.found = self.client.diagnostics(|_| true)?.0;
        Ok(())
    }

    /// Types a letter that makes a value wrong, or takes it back; the time until the findings change.
    fn press_to_diagnostics(&mut self, wrong: bool) -> Answer<Duration> {
        let (line, column) = self.place("\"isSource\": true");
        let start = Instant::now();
        self.change(line, column, if wrong { 0 } else { 1 }, if wrong { "x" } else { "" })?;
        let before = self.found;
        let (found, arrived) = self.client.diagnostics(|found| found != before)?;
        self.found = found;
        Ok(arrived - start)
    }

    /// Types the quote of a new key; the time until the list is there.
    fn press_to_completion(&mut self) -> Answer<Duration> {
        let (line, column) = self.place("\"offSetName\": \"offset\"");
        let start = Instant::now();
        self.change(line, column, 0, ",\"")?;
        let position = json!({ "line": line, "character": column + 2 });
        let (list, arrived) = self
            .client
            .request("textDocument/completion", json!({ "textDocument": { "uri": URI }, "position": position }))?;
        let items = list.get("items").unwrap_or(&list);
        if items.as_array().is_none_or(Vec::is_empty) {
            return Err("the list is empty".into());
        }
        self.change(line, column, 2, "")?;
        Ok(arrived - start)
    }

    fn hover(&mut self) -> Answer<Duration> {
        let (line, column) = self.place("\"paginationParams");
        let start = Instant::now();
        let position = json!({ "line": line, "character": column });
        let (hover, arrived) = self
            .client
            .request("textDocument/hover", json!({ "textDocument": { "uri": URI }, "position": position }))?;
        if hover.is_null() {
            return Err("there is no hover".into());
        }
        Ok(arrived - start)
    }

    fn change(&mut self, line: usize, column: usize, taken: usize, typed: &str) -> Answer<()> {
        self.version += 1;
        let start = json!({ "line": line, "character": column });
        let end = json!({ "line": line, "character": column + taken });
        let change = json!({ "range": { "start": start, "end": end }, "text": typed });
        let document = json!({ "uri": URI, "version": self.version });
        self.client.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }))
    }

    /// Line and column behind the first `needle` of the source; its line is plain ASCII.
    fn place(&self, needle: &str) -> (usize, usize) {
        let at = self.source.find(needle).unwrap_or_default() + needle.len();
        let before = &self.source[..at];
        (before.matches('\n').count(), at - before.rfind('\n').map_or(0, |newline| newline + 1))
    }
}

/// The other server's program, installed in this folder below the target folder if it is missing, then modified by `patch`.
/// `None`, and a line that says why, if it cannot be installed.
fn other_server(folder: &str, patch: Option<fn(&Path) -> std::io::Result<()>>) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name(folder);
    let package = folder.join("node_modules/vscode-langservers-extracted");
    let program = package.join("bin/vscode-json-language-server");
    if !program.is_file() {
        let install = ["install", "--no-audit", "--no-fund", "--prefix"];
        let done = Command::new("npm").args(install).arg(&folder).arg(PACKAGE).output();
        if !done.is_ok_and(|output| output.status.success()) || !program.is_file() {
            println!("npm cannot install {PACKAGE}: only connspec is measured\n");
            return None;
        }
    }
    if !Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success()) {
        println!("node is not installed: only connspec is measured\n");
        return None;
    }
    match patch.map(|patch| patch(&package)) {
        Some(Err(error)) => {
            println!("{PACKAGE} cannot be patched ({error}): it is only measured as published\n");
            None
        }
        _ => Some(program),
    }
}

/// Sets the delay before validation to 0.
fn remove_delay(package: &Path) -> std::io::Result<()> {
    let file = package.join("lib/json-language-server/utils/validation.js");
    let code = std::fs::read_to_string(&file)?;
    let (delayed, undelayed) = ("validationDelayMs = 500", "validationDelayMs = 0");
    if !code.contains(delayed) && !code.contains(undelayed) {
        return Err(std::io::Error::other("`validationDelayMs` is not where it was"));
    }
    std::fs::write(file, code.replace(delayed, undelayed))
}

fn node(program: &Path) -> Command {
    let mut command = Command::new("node");
    command.arg(program);
    command
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn shown(row: usize, value: Option<f64>) -> String {
    match value {
        Some(value) if value.is_finite() && row == MEMORY => format!("{value:.0} MB"),
        Some(value) if value.is_finite() => format!("{:.2} ms", value * 1000.0),
        _ => "-".to_owned(),
    }
}

fn ratio(ours: f64, theirs: Option<f64>) -> String {
    match theirs.map(|theirs| theirs / ours) {
        Some(times) if times.is_finite() && times >= 10.0 => format!("{times:.0} ×"),
        Some(times) if times.is_finite() => format!("{times:.1} ×"),
        _ => "-".to_owned(),
    }
}
