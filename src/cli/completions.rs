//! `connspec completions`: shells complete commands and options.

use std::io;
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Arguments;
use super::output::Output;

pub(super) const LONG_ABOUT: &str = "Generate shell completions

Bash, with the package bash-completion:
  connspec completions bash > ~/.local/share/bash-completion/completions/connspec

Zsh, in a folder of its fpath:
  connspec completions zsh > ~/.zfunc/_connspec

Fish:
  connspec completions fish > ~/.config/fish/completions/connspec.fish

PowerShell, in the file $PROFILE:
  connspec completions powershell | Out-String | Invoke-Expression

Elvish, in rc.elv:
  eval (connspec completions elvish | slurp)";

/// The arguments of `connspec completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell to generate completions for
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(arguments: &CompletionsArguments, output: &mut Output) -> io::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "connspec", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
