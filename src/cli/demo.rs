//! `connspec demo`: the main job on nothing but the binary. A sample source with mistakes, what an editor shows in it, and how it goes to the service.

use std::fmt::Write;
use std::io;
use std::process::ExitCode;

use super::DemoArguments;
use super::check::{self, Checked, human, summary::Summary};
use super::draw::{Mark, excerpt};
use super::markdown;
use super::output::Output;
use super::style;
use crate::ide;

mod completion;
mod connect;
mod push;
mod sample;

/// The folder that is taken when none is named.
pub(super) const FOLDER: &str = "connspec-demo";

/// The long help.
pub(super) const LONG_ABOUT: &str = "Show connspec at work on a sample source with mistakes.

Writes the folder of an invented source into DIR, shows what an editor shows in it (what is wrong, what may be \
written, what a key means), brings it to an emulator in memory, and tells how to connect your own editor. Nothing is \
sent to Adobe. A file that is there already is never overwritten.";

/// What the samples of the output are indented by.
const INDENT: &str = "  ";

/// The lines of the hover that are shown.
const MOST_WORDS: usize = 4;

/// The widest line of the demo.
const WIDTH: usize = 96;

/// Writes the sample and shows what an editor shows in it.
pub(super) fn run(arguments: &DemoArguments, output: &mut Output) -> io::Result<ExitCode> {
    let written = sample::write(&arguments.folder)?;
    let path = written.path.display().to_string();
    let width = output.width().min(WIDTH);
    let checked = check::check(&path, sample::CONTENT);
    let (strong, dim) = (style::STRONG, style::DIM);
    if let Some(kept) = written.kept {
        output.print(&format!("{} was changed since, so it is left as it is.\n", kept.display()))?;
    }
    output.print(&format!("A sample source with mistakes that real authors make: {strong}{path}{strong:#}\n"))?;

    output.print(&heading("1", "While you type, mistakes are underlined", "and connspec check prints them"))?;
    output.print(&findings(&checked, width))?;

    output.print(&heading("2", "It completes", "here behind a quote on a new line, the comma before it forgotten"))?;
    output.print(&completion::shown(&checked.document, width))?;

    output.print(&heading("3", "It explains", "here the format of a date"))?;
    output.print(&hover(&checked, width))?;

    output.print(&heading("4", "It brings the spec to the service", "here an emulator in memory, not Adobe's"))?;
    output.print(&push::shown(width)?)?;

    output.print(&heading("5", "Connect your editor", ""))?;
    output.print(&connect::lines(&path))?;
    output.print(&format!("{dim}{INDENT}Helix, Emacs, VS Code and others: editors/README.md{dim:#}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn heading(number: &str, words: &str, more: &str) -> String {
    let (frame, strong, dim) = (style::FRAME, style::STRONG, style::DIM);
    let comma = if more.is_empty() { "" } else { ", " };
    format!("\n{frame}{number}{frame:#}  {strong}{words}{strong:#}{dim}{comma}{more}{dim:#}\n\n")
}

fn findings(checked: &Checked, width: usize) -> String {
    let mut out = String::new();
    for found in &checked.diagnostics {
        let _ = writeln!(out, "{}{}", human::head(found, width), human::drawn(checked, found, width));
    }
    out.push_str(&human::closing(&Summary::of(std::slice::from_ref(checked))));
    out
}

fn hover(Checked { document, diagnostics, .. }: &Checked, width: usize) -> String {
    let offset = sample::after(document.source(), "\"scheduleStartParamFormat\": \"");
    let Some(hover) = ide::hover(document, diagnostics, offset) else {
        return format!("{INDENT}Nothing is known of this place.\n");
    };
    let mark = Mark { range: hover.range, sign: Some('^'), style: style::FRAME, label: "" };
    let mut out = excerpt(document.text(), &[mark], width);
    let lines = markdown::lines(&hover.contents, width - INDENT.len());
    let mut words = lines.iter().filter(|line| !line.is_empty());
    for line in words.by_ref().take(MOST_WORDS) {
        let _ = writeln!(out, "{INDENT}{line}");
    }
    if words.next().is_some() {
        let dim = style::DIM;
        let _ = writeln!(out, "{INDENT}{dim}… and each letter of it{dim:#}");
    }
    out
}
