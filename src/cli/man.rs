//! `connspec man`: the manual, a page for the program and one for each command, made of the same words as the help.

use std::fs;
use std::io::{self, Write};
use std::iter;
use std::path::Path;
use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Arguments, ManArguments};

mod text;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Write the pages of the manual: connspec(1) and one for each command.

For man to find them:
  connspec man ~/.local/share/man/man1
  man connspec-check";

/// Writes the pages.
pub(super) fn run(arguments: &ManArguments) -> io::Result<ExitCode> {
    let mut program = Arguments::command();
    program.build();
    write(&program, &arguments.folder).map_err(|error| {
        io::Error::new(error.kind(), format!("The pages cannot be written to {}: {error}", arguments.folder.display()))
    })?;
    Ok(ExitCode::SUCCESS)
}

fn write(program: &Command, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for command in iter::once(program).chain(program.get_subcommands()) {
        fs::write(folder.join(format!("{}.1", title(command))), page(command)?)?;
    }
    Ok(())
}

/// The page's name: `connspec-check`.
fn title(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    // As short as the help has it: the options stand below.
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
    let man = Man::new(command.clone().override_usage(usage).subcommand_help_heading("COMMANDS"));
    let mut page = Vec::new();
    writeln!(page, ".TH {} 1 \"\" \"connspec {}\" connspec", title(command), env!("CARGO_PKG_VERSION"))?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        text::section("DESCRIPTION", &about.to_string()).to_writer(&mut page)?;
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
