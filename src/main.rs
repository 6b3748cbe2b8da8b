//! Arguments in, exit code out.

use std::process::{self, ExitCode};

use connspec::cli::{self, Command};
use connspec::server;

fn main() -> ExitCode {
    let arguments = cli::arguments();
    match arguments.command {
        // Standard input may still be open, which only an exit gets past.
        Command::Lsp(_) => process::exit(server::run()),
        command => cli::run(command, arguments.color),
    }
}
