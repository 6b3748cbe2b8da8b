//! The command line: one file for each command, with its arguments. The only module that prints.

use std::ffi::OsString;
use std::process::{self, ExitCode};

use clap::{Args, Parser, Subcommand};

use output::Output;
use terminal::sanitize_terminal;

mod check;
mod completions;
mod demo;
mod diff;
mod docs;
mod emulator;
mod explain;
mod list;
mod login;
mod man;
mod markdown;
mod new;
mod output;
mod pull;
mod push;
mod register;
mod schema;
mod snippet;
mod status;
mod style;
mod sync;
mod terminal;
mod trust;
mod unlink;

pub use check::{CheckArguments, Deny, Format};
pub use completions::CompletionsArguments;
pub use demo::DemoArguments;
pub use diff::DiffArguments;
pub use docs::DocsArguments;
pub use emulator::EmulatorArguments;
pub use explain::ExplainArguments;
pub use list::ListArguments;
pub use login::{LoginArguments, LoginFormat};
pub use man::ManArguments;
pub use new::{Auth, NewArguments, Pagination, SourceKind};
pub use output::Color;
pub use pull::{PullArguments, Side};
pub use push::PushArguments;
pub use register::RegisterArguments;
pub use status::StatusArguments;
pub use sync::{ServiceArguments, SyncFormat};
pub use trust::TrustArguments;
pub use unlink::UnlinkArguments;

/// The arguments of the program.
#[derive(Debug, Parser)]
#[command(name = "connspec", version, long_version = LONG_VERSION, about = ABOUT, long_about = LONG_ABOUT)]
#[command(after_help = GETTING_STARTED, arg_required_else_help = true, disable_help_subcommand = true)]
#[command(max_term_width = 100)]
pub struct Arguments {
    /// When to use color
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_possible_values = true)]
    #[arg(help = "When to use color: auto, always or never", long_help = COLOR_HELP)]
    pub color: Color,
    #[command(subcommand)]
    #[expect(missing_docs, reason = "its words would be taken for help")]
    pub command: Command,
}

const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("CONNSPEC_BUILD"), ")");

const ABOUT: &str = "Author, check and publish Adobe Experience Platform connection specs";

const LONG_ABOUT: &str = "Author, check and publish Adobe Experience Platform connection specs

A connection spec is the JSON file that describes a source: how to authenticate, which requests to send and how to read \
the responses. connspec completes, explains and checks specs in your editor and on the command line, offline, and \
publishes them to Flow Service.";

const GETTING_STARTED: &str = "Getting started:
  connspec demo     Try connspec on a sample source with problems
  connspec new      Create the files of a new source
  connspec check    Check every *connectionSpec.json in this folder and below
  connspec push     Publish a spec; without credentials, to an emulator on this machine";

const COLOR_HELP: &str = "When to use color: auto, always or never

With auto, color is used if the output goes to a terminal. The environment variables NO_COLOR and CLICOLOR_FORCE are \
respected.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try connspec on a sample source with problems
    #[command(long_about = demo::LONG_ABOUT)]
    Demo(DemoArguments),
    /// Create the files of a new source
    #[command(long_about = new::LONG_ABOUT, after_long_help = new::AFTER_LONG_HELP)]
    New(NewArguments),
    /// Check connection specs for problems
    #[command(long_about = check::LONG_ABOUT, after_long_help = check::AFTER_LONG_HELP)]
    Check(CheckArguments),
    /// Write the documentation page of a source
    #[command(long_about = docs::LONG_ABOUT, after_long_help = docs::AFTER_LONG_HELP)]
    Docs(DocsArguments),
    /// Explain a rule
    #[command(long_about = explain::LONG_ABOUT, after_long_help = explain::AFTER_LONG_HELP)]
    Explain(ExplainArguments),
    /// Print the JSON Schema of connection specs
    #[command(long_about = schema::LONG_ABOUT, after_long_help = schema::AFTER_LONG_HELP)]
    Schema,
    /// Run a local Flow Service, to try connspec without an account
    #[command(long_about = emulator::LONG_ABOUT)]
    Emulator(EmulatorArguments),
    /// Sign in and show the account and its permissions
    #[command(long_about = login::LONG_ABOUT, after_long_help = login::AFTER_LONG_HELP)]
    Login(LoginArguments),
    /// Create or update remote specs, and register them
    #[command(long_about = push::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Push(PushArguments),
    /// Update local files from Flow Service
    #[command(long_about = pull::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Pull(PullArguments),
    /// Compare files with their remote specs
    #[command(long_about = diff::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Diff(DiffArguments),
    /// Show the sync status of specs
    #[command(long_about = status::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Status(StatusArguments),
    /// List remote specs
    #[command(long_about = list::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    List(ListArguments),
    /// Register specs, so that dataflows can be created with them
    #[command(long_about = register::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Register(RegisterArguments),
    /// Unlink files from their remote specs
    #[command(long_about = unlink::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Unlink(UnlinkArguments),
    /// Trust the connspec.toml of a repository
    #[command(long_about = trust::LONG_ABOUT)]
    Trust(TrustArguments),
    /// Generate shell completions
    #[command(long_about = completions::LONG_ABOUT)]
    Completions(CompletionsArguments),
    /// Generate man pages
    #[command(long_about = man::LONG_ABOUT, after_long_help = man::AFTER_LONG_HELP)]
    Man(ManArguments),
    /// Run the language server; editors start it themselves
    #[command(long_about = LSP_LONG_ABOUT)]
    Lsp(LspArguments),
}

const LSP_LONG_ABOUT: &str = "Run the language server on standard input and output

Editors start this command themselves and communicate with it through the Language Server Protocol. `connspec demo` \
prints how to set up an editor.";

/// The arguments of `connspec lsp`.
#[derive(Debug, Args)]
pub struct LspArguments {
    /// Use standard input and output, which is the default; some editors pass this option
    #[arg(long)]
    pub stdio: bool,
}

/// Parses the arguments of this process. Prints help, the version or an error about the arguments and exits where that is
/// called for.
pub fn arguments() -> Arguments {
    let given: Vec<OsString> = std::env::args_os().collect();
    let all = || Arguments::try_parse_from(&given).unwrap_or_else(|error| exit(&error, &given));
    server_arguments(given.iter().skip(1).cloned()).unwrap_or_else(all)
}

/// Prints help, the version or the error, and exits. An error repeats an argument, which may be the name of a file that
/// somebody else gave: so it is the error about the arguments without characters that could control a terminal.
fn exit(error: &clap::Error, given: &[OsString]) -> ! {
    let visible = given.iter().map(|argument| sanitize_terminal(&argument.to_string_lossy()));
    match Arguments::try_parse_from(visible) {
        Err(error) => error.exit(),
        Ok(_) => {
            output::report_error(&format!("{}; run `connspec --help`", error.kind()));
            process::exit(COULD_NOT_RUN.into())
        }
    }
}

/// The arguments with which editors start the server, if these are the given ones. Building the parser of all commands takes
/// more memory than the server itself uses.
fn server_arguments(given: impl Iterator<Item = OsString>) -> Option<Arguments> {
    let given: Vec<OsString> = given.take(3).collect();
    let stdio = match given.iter().map(|argument| argument.to_str()).collect::<Option<Vec<_>>>()?[..] {
        ["lsp"] => false,
        ["lsp", "--stdio"] => true,
        _ => return None,
    };
    Some(Arguments { color: Color::Auto, command: Command::Lsp(LspArguments { stdio }) })
}

/// Runs a command and returns the exit code of the process. The server (`Command::Lsp`) is left to the caller.
pub fn run(command: Command, color: Color) -> ExitCode {
    let mut output = Output::new(color);
    let done = match command {
        Command::Demo(arguments) => demo::run(&arguments, &mut output),
        Command::New(arguments) => new::run(&arguments, &mut output),
        Command::Check(arguments) => check::run(&arguments, &mut output),
        Command::Docs(arguments) => docs::run(&arguments, &mut output),
        Command::Explain(arguments) => explain::run(&arguments, &mut output),
        Command::Login(arguments) => login::run(&arguments, &mut output),
        Command::Schema => schema::run(&mut output),
        Command::Emulator(arguments) => emulator::run(&arguments, &mut output),
        Command::Push(arguments) => push::run(&arguments, &mut output),
        Command::Pull(arguments) => pull::run(&arguments, &mut output),
        Command::Diff(arguments) => diff::run(&arguments, &mut output),
        Command::Status(arguments) => status::run(&arguments, &mut output),
        Command::List(arguments) => list::run(&arguments, &mut output),
        Command::Register(arguments) => register::run(&arguments, &mut output),
        Command::Unlink(arguments) => unlink::run(&arguments, &mut output),
        Command::Trust(arguments) => trust::run(&arguments, &mut output),
        Command::Completions(arguments) => completions::run(&arguments, &mut output),
        Command::Man(arguments) => man::run(&arguments, &mut output),
        Command::Lsp(_) => Ok(ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        output::report_error(&error.to_string());
        ExitCode::from(COULD_NOT_RUN)
    })
}

/// The exit code of a command that could not do its work, and of wrong arguments.
const COULD_NOT_RUN: u8 = 2;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn server_arguments_equal_those_of_the_full_parser() {
        for (given, is_shortcut) in [
            (&["lsp"][..], true),
            (&["lsp", "--stdio"], true),
            (&["lsp", "--color", "never"], false),
            (&["--color=never", "lsp"], false),
            (&["check"], false),
        ] {
            let short = server_arguments(given.iter().map(OsString::from));
            assert_eq!(short.is_some(), is_shortcut, "{given:?}");
            let full = Arguments::try_parse_from(["connspec"].iter().chain(given)).unwrap();
            if let Some(short) = short {
                assert_eq!(format!("{short:?}"), format!("{full:?}"));
            }
        }
        assert!(server_arguments([OsString::from("lsp"), "--stdio".into(), "x".into()].into_iter()).is_none());
    }
}
