//! `connspec man`: a man page for the program and one for each command, from the same texts as the help.

use std::fs;
use std::io::{self, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::Arguments;
use super::output::Output;

mod text;

pub(super) const LONG_ABOUT: &str = "Generate man pages

Writes connspec(1) and one page for each command.";

pub(super) const AFTER_LONG_HELP: &str = "Examples:
  connspec man ~/.local/share/man/man1
  man connspec-check";

/// The arguments of `connspec man`.
#[derive(Debug, Args)]
pub struct ManArguments {
    /// The folder to write the pages to; created if missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &ManArguments, output: &mut Output) -> io::Result<ExitCode> {
    let folder = &arguments.folder;
    let mut program = Arguments::command();
    program.build();
    let pages = write(&program, folder).map_err(|error| {
        io::Error::new(error.kind(), format!("cannot write man pages to {}: {error}", folder.display()))
    })?;
    output.print(&format!("Created {pages} man pages in {}\n", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn write(program: &Command, folder: &Path) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut pages = 0;
    for command in iter::once(program).chain(program.get_subcommands()) {
        fs::write(folder.join(format!("{}.1", title(command))), page(command)?)?;
        pages += 1;
    }
    Ok(pages)
}

/// The page's name: `connspec-check`.
fn title(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    // The short form of the usage, as in the help; the options follow below.
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
    let man = Man::new(command.clone().override_usage(usage).subcommand_help_heading("COMMANDS"));
    let mut page = Vec::new();
    writeln!(page, ".TH {} 1 \"\" \"connspec {}\" connspec", title(command), env!("CARGO_PKG_VERSION"))?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        // The first line of a long text is the summary of the NAME section.
        let about = about.to_string();
        let description = about.split_once("\n\n").map_or(about.as_str(), |(_, description)| description);
        text::section("DESCRIPTION", description).to_writer(&mut page)?;
    }
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if let Some(after) = command.get_after_long_help().or(command.get_after_help()) {
        text::sections(&after.to_string()).to_writer(&mut page)?;
    }
    Ok(page)
}
