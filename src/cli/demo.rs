//! `connspec demo`: a sample source with problems, what an editor shows for it, and how it is published.

use std::env;
use std::fmt::Write;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::check::{self, Checked, human, summary::Summary};
use super::markdown;
use super::output::Output;
use super::snippet::{self, Mark};
use super::style;
use crate::ide;
use crate::lint::Severity;

mod completion;
mod push;
mod sample;

pub(super) const LONG_ABOUT: &str = "Try connspec on a sample source with problems

Writes the folder of an invented source to DIR and shows what an editor shows for it: problems, completions and \
documentation. Then it publishes the source to an emulator in memory and prints how to set up your editor. Nothing is \
sent to Adobe, and existing files are never overwritten.";

/// The arguments of `connspec demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// The folder to write the sample to; created if missing
    #[arg(value_name = "DIR", default_value = "connspec-demo")]
    folder: PathBuf,
}

/// The indentation of samples.
const INDENT: &str = "  ";

/// The lines of the hover that are shown.
const MAX_HOVER_LINES: usize = 4;

/// The columns of the widest line.
const MAX_WIDTH: usize = 96;

pub(super) fn run(arguments: &DemoArguments, output: &mut Output) -> io::Result<ExitCode> {
    let written = sample::write(&arguments.folder)?;
    let path = written.path.display().to_string();
    let width = output.width().min(MAX_WIDTH);
    let checked = check::check(&path, sample::CONTENT);
    let (strong, dim) = (style::STRONG, style::DIM);
    if let Some(kept) = written.kept {
        output.print(&format!("{} has been edited and is not overwritten.\n", kept.display()))?;
    }
    output.print(&format!("A sample source with common problems: {strong}{path}{strong:#}\n"))?;

    output.print(&heading("1", "Problems", "in the editor while you type, and from connspec check"))?;
    output.print(&diagnostics(&checked, width))?;

    output.print(&heading("2", "Completion", "here after a quote on a new line, with the comma before it missing"))?;
    output.print(&completion::render(&checked.document, width))?;

    output.print(&heading("3", "Documentation", "here of a date format"))?;
    output.print(&hover(&checked, width))?;

    output.print(&heading("4", "Publishing", "here to an emulator in memory, not to Adobe"))?;
    output.print(&push::render(width)?)?;

    output.print(&heading("5", "Set up your editor", ""))?;
    output.print(&editor_setup(&path))?;
    output.print(&format!("{dim}{INDENT}Helix, Emacs, VS Code and others: editors/README.md{dim:#}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn heading(number: &str, title: &str, more: &str) -> String {
    let (frame, strong, dim) = (style::FRAME, style::STRONG, style::DIM);
    let comma = if more.is_empty() { "" } else { ", " };
    format!("\n{frame}{number}{frame:#}  {strong}{title}{strong:#}{dim}{comma}{more}{dim:#}\n\n")
}

fn diagnostics(checked: &Checked, width: usize) -> String {
    let mut out = String::new();
    for found in &checked.diagnostics {
        let _ = writeln!(out, "{}{}", human::message(found, width), human::source_lines(checked, found, None, width));
    }
    out + &human::closing(&Summary::new(std::slice::from_ref(checked), false))
}

fn hover(Checked { document, diagnostics, .. }: &Checked, width: usize) -> String {
    let offset = sample::end_of(document.source(), "\"scheduleStartParamFormat\": \"");
    let Some(hover) = ide::hover(document, diagnostics, offset) else {
        return format!("{INDENT}No documentation.\n");
    };
    let mut out = snippet::render(document.text(), Severity::Info, None, &[Mark::primary(hover.range)], width);
    let lines = markdown::lines(&hover.contents, width - INDENT.len());
    let mut lines = lines.iter().filter(|line| !line.is_empty());
    for line in lines.by_ref().take(MAX_HOVER_LINES) {
        let _ = writeln!(out, "{INDENT}{line}");
    }
    if lines.next().is_some() {
        let dim = style::DIM;
        let _ = writeln!(out, "{INDENT}{dim}… and each of its letters{dim:#}");
    }
    out
}

/// The configuration of Neovim, and the command that opens the sample.
fn editor_setup(sample: &str) -> String {
    let program = lua_program();
    let (open, close) = if program == NAME { (" ", " ") } else { ("\n      ", "\n    ") };
    format!(
        "  Neovim 0.11 or newer, in init.lua:\n\n    \
         vim.lsp.config('connspec', {{{open}cmd = {{ {program}, 'lsp' }},{open}filetypes = {{ 'json' }}{close}}})\n    \
         vim.lsp.enable('connspec')\n\n  \
         Then open the sample: nvim {sample}\n"
    )
}

/// The program's name as a Lua string.
const NAME: &str = "'connspec'";

/// The program as a Lua string: its name if it is on the PATH, else its path.
fn lua_program() -> String {
    let name = format!("connspec{}", env::consts::EXE_SUFFIX);
    let is_on_path =
        env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(&name).is_file()));
    match env::current_exe() {
        Ok(path) if !is_on_path => format!("[[{}]]", path.display()),
        _ => NAME.to_owned(),
    }
}
