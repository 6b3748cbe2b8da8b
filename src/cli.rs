//! The command line: its arguments, and one file for each command. The only part of the house that prints.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use output::Output;

mod check;
mod completions;
mod demo;
mod diff;
mod draw;
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
mod status;
mod style;
mod sync;
mod unlink;
mod wrap;

/// What was asked for on the command line.
#[derive(Debug, Parser)]
#[command(name = "connspec", version, long_version = LONG_VERSION, about = ABOUT, long_about = LONG_ABOUT, after_help = FIRST_STEPS)]
#[command(arg_required_else_help = true, disable_help_subcommand = true, max_term_width = 100)]
pub struct Arguments {
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_possible_values = true)]
    #[arg(help = "When to use colour: auto, always or never", long_help = COLOR_HELP)]
    pub color: Color,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("CONNSPEC_BUILD"), ")");

const ABOUT: &str = "Help with the connection specs of Adobe Experience Platform sources";

const LONG_ABOUT: &str = "Help with the connection specs of Adobe Experience Platform sources.

A source is described by one JSON file, the connection spec: how to sign in, what to ask, how to read the answer. \
connspec knows that format. In an editor it completes, explains and checks while you type; on the command line it \
checks files, all of that offline. It brings specs to the service that keeps them, and back.";

const FIRST_STEPS: &str = "First steps:
  connspec demo     see it at work on a sample with mistakes
  connspec new      write the folder of a new source
  connspec check    check every *connectionSpec.json below this folder
  connspec push     bring a spec to the service; without an account, to an emulator on this machine";

const COLOR_HELP: &str = "When to use colour: auto, always or never.

With auto there is colour when the output goes to a terminal; the environment variables NO_COLOR and CLICOLOR_FORCE \
are respected.";

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// When the output goes to a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show connspec at work on a sample source with mistakes
    #[command(long_about = demo::LONG_ABOUT)]
    Demo(DemoArguments),
    /// Write the folder of a new source: its spec and the files beside it
    #[command(long_about = new::LONG_ABOUT, after_long_help = new::AFTER_LONG_HELP)]
    New(NewArguments),
    /// Check connection specs and show what is wrong with them
    #[command(long_about = check::LONG_ABOUT, after_long_help = check::AFTER_LONG_HELP)]
    Check(CheckArguments),
    /// Tell what a rule finds and why
    #[command(long_about = explain::LONG_ABOUT)]
    Explain(ExplainArguments),
    /// Print the vocabulary of connection specs as a JSON schema
    #[command(long_about = schema::LONG_ABOUT)]
    Schema,
    /// Run a Flow Service on this machine, to try things out without an account
    #[command(long_about = emulator::LONG_ABOUT)]
    Emulator(EmulatorArguments),
    /// Sign in with a profile and say who that is and what it may do
    #[command(long_about = login::LONG_ABOUT, after_long_help = login::AFTER_LONG_HELP)]
    Login(LoginArguments),
    /// Make or update specs on the service, and register them
    #[command(long_about = push::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Push(PushArguments),
    /// Take what the service has into files
    #[command(long_about = pull::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Pull(PullArguments),
    /// Show what differs between files and the service
    #[command(long_about = diff::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Diff(DiffArguments),
    /// Tell how specs stand
    #[command(long_about = status::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Status(StatusArguments),
    /// List the specs of the service
    #[command(long_about = list::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    List(ListArguments),
    /// Register specs, so that dataflows can be made with them
    #[command(long_about = register::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Register(RegisterArguments),
    /// Forget which specs of the service files are
    #[command(long_about = unlink::LONG_ABOUT, after_long_help = sync::EXIT_CODES)]
    Unlink(UnlinkArguments),
    /// Print what a shell needs to complete commands and options
    #[command(long_about = completions::LONG_ABOUT)]
    Completions(CompletionsArguments),
    /// Write the pages of the manual
    #[command(long_about = man::LONG_ABOUT)]
    Man(ManArguments),
    /// Run the language server; editors start it by themselves
    #[command(long_about = LSP_LONG_ABOUT)]
    Lsp(LspArguments),
}

/// The arguments of `connspec demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// The folder to write the sample into; made when it is not there
    #[arg(value_name = "DIR", default_value = demo::FOLDER)]
    pub folder: PathBuf,
}

/// The arguments of `connspec new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The source's name, with which its folder and its files begin: acme-orders
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The kind of source
    #[arg(long, value_name = "KIND")]
    pub kind: SourceKind,
    /// A way to sign in; may be given several times [default: oauth2 and basic]
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub auth: Vec<SignIn>,
    /// How the API hands out its pages [default: offset]
    #[arg(long, value_name = "KIND")]
    pub pagination: Option<Paging>,
    /// The folder to put it into; made when it is not there [default: this folder]
    #[arg(value_name = "PATH")]
    pub folder: Option<PathBuf>,
}

/// The kind of a new source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SourceKind {
    /// Records are fetched from a REST API on a schedule
    Rest,
    /// Records are sent as they happen
    Streaming,
}

/// A way to sign in to a new source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SignIn {
    /// OAuth 2 with a refresh code
    #[value(name = "oauth2")]
    OAuth2,
    /// User name and password
    Basic,
    /// A key that is sent as a header
    ApiKey,
}

/// How the API of a new source hands out its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paging {
    /// By how many records to skip
    Offset,
    /// The response holds the address of the next page
    Pointer,
    /// The response holds a token for the next page
    ContinuationToken,
    /// By the number of the page
    Page,
    /// One request returns everything
    None,
}

/// The arguments of `connspec check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files, folders, or - for standard input [default: this folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Let warnings fail the check as errors do: --deny warnings
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub deny: Option<Deny>,
    /// Apply the safe fixes to the files, then check
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, and write nothing
    #[arg(long, conflicts_with_all = ["format", "deny"])]
    pub diff: bool,
}

/// How `connspec check` prints what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Words, with the place drawn under the source line
    Human,
    /// One JSON object, for other programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, which GitHub Actions shows beside the lines
    Github,
    /// JUnit XML, for the test reports of build servers
    Junit,
}

/// What fails a check beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings.
    Warnings,
}

/// The arguments of `connspec explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The code of a rule, as in error[missing-key] [default: all rules]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

pub use completions::CompletionsArguments;
pub use emulator::EmulatorArguments;
pub use sync::{
    DiffArguments, ListArguments, PullArguments, PushArguments, RegisterArguments, ServiceArguments, Side,
    StatusArguments, SyncFormat, UnlinkArguments,
};

/// The arguments of `connspec login`.
#[derive(Debug, Args)]
pub struct LoginArguments {
    /// The profile [default: as connspec.toml and the environment say]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// How to print what came of it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: LoginFormat,
}

/// How `connspec login` prints what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LoginFormat {
    /// Words
    Human,
    /// One JSON object, for other programs
    Json,
}

/// The arguments of `connspec man`.
#[derive(Debug, Args)]
pub struct ManArguments {
    /// The folder to write the pages into; made when it is not there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

const LSP_LONG_ABOUT: &str = "Run the language server on standard input and output.

Nobody types this: an editor starts it and talks to it in the Language Server Protocol. How to tell your editor is \
shown at the end of connspec demo.";

/// The arguments of `connspec lsp`.
#[derive(Debug, Args)]
pub struct LspArguments {
    /// Talk over standard input and output, as it always does; some editors pass this
    #[arg(long)]
    pub stdio: bool,
}

/// Reads the arguments of this process. Prints help, the version or what is wrong with the arguments and ends the process
/// when that was asked for or is needed.
pub fn arguments() -> Arguments {
    as_editors_start_it(std::env::args_os().skip(1)).unwrap_or_else(Arguments::parse)
}

/// The arguments with which editors start the server, if these are those. To make out the arguments of all commands for
/// them would take more memory than the server then has of its own.
fn as_editors_start_it(given: impl Iterator<Item = OsString>) -> Option<Arguments> {
    let given: Vec<OsString> = given.take(3).collect();
    let stdio = match given.iter().map(|argument| argument.to_str()).collect::<Option<Vec<_>>>()?[..] {
        ["lsp"] => false,
        ["lsp", "--stdio"] => true,
        _ => return None,
    };
    Some(Arguments { color: Color::Auto, command: Command::Lsp(LspArguments { stdio }) })
}

/// Runs a command that prints and ends; gives back the exit code of the process: 2 when it could not do its work. The
/// server is no such command: `Command::Lsp` is for the caller.
pub fn run(command: Command, color: Color) -> ExitCode {
    let mut output = Output::new(color);
    let done = match command {
        Command::Demo(arguments) => demo::run(&arguments, &mut output),
        Command::New(arguments) => new::run(&arguments, &mut output),
        Command::Check(arguments) => check::run(&arguments, &mut output),
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
        Command::Completions(arguments) => completions::run(&arguments, &mut output),
        Command::Man(arguments) => man::run(&arguments),
        Command::Lsp(_) => Ok(ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        output::complain(&error.to_string());
        ExitCode::from(COULD_NOT_RUN)
    })
}

/// The exit code of a command that could not do its work; also the one for wrong arguments.
const COULD_NOT_RUN: u8 = 2;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_editors_say_is_understood_as_everything_else_is() {
        for (given, is_shortened) in [
            (&["lsp"][..], true),
            (&["lsp", "--stdio"], true),
            (&["lsp", "--color", "never"], false),
            (&["--color=never", "lsp"], false),
            (&["check"], false),
        ] {
            let short = as_editors_start_it(given.iter().map(OsString::from));
            assert_eq!(short.is_some(), is_shortened, "{given:?}");
            let whole = Arguments::try_parse_from(["connspec"].iter().chain(given)).unwrap();
            if let Some(short) = short {
                assert_eq!(format!("{short:?}"), format!("{whole:?}"));
            }
        }
        assert!(as_editors_start_it([OsString::from("lsp"), "--stdio".into(), "x".into()].into_iter()).is_none());
    }
}
