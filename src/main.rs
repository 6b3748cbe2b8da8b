//! Parses the arguments and exits with the result of the command.

use std::process::{self, ExitCode};

use connspec::cli::{self, Command};
use connspec::server;

fn main() -> ExitCode {
    let arguments = cli::arguments();
    match arguments.command {
        // A return would wait for the thread that reads standard input.
        Command::Lsp(_) => process::exit(server::run()),
        command => cli::run(command, arguments.color),
    }
}
