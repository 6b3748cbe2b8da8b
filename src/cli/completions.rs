//! `connspec completions`: commands and options, completed by the shell.

use std::io;
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Arguments;
use super::output::Output;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Print what a shell needs to complete commands and options.

Bash, with its package bash-completion:
  connspec completions bash > ~/.local/share/bash-completion/completions/connspec

Zsh, in a folder of its fpath:
  connspec completions zsh > ~/.zfunc/_connspec

Fish:
  connspec completions fish > ~/.config/fish/completions/connspec.fish

PowerShell, in the file that $PROFILE names:
  connspec completions powershell | Out-String | Invoke-Expression

Elvish, in rc.elv:
  eval (connspec completions elvish | slurp)";

/// The arguments of `connspec completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: Shell,
}

/// Prints the shell's script.
pub(super) fn run(arguments: &CompletionsArguments, output: &mut Output) -> io::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "connspec", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
