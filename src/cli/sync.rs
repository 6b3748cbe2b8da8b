//! What the commands for Flow Service share: their arguments, output and exit codes.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

use clap::{Args, ValueEnum};
use tokio::{runtime, signal};

use super::output::{Output, report_status};
use crate::flow_service::CancellationToken;

mod render;
mod reporter;
mod target;

pub(super) use render::{rendered_changes, rendered_conflicts};
pub(super) use reporter::SyncReporter;
pub(super) use target::{SyncTarget, display};

/// The arguments of all of these commands.
#[derive(Debug, Args)]
pub struct ServiceArguments {
    /// Profile to use [default: from connspec.toml or the environment]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: SyncFormat,
    #[command(flatten)]
    pub(in crate::cli) trust: TrustOption,
}

/// The option of all commands that use a profile.
#[derive(Debug, Args)]
pub(in crate::cli) struct TrustOption {
    /// Trust this repository for one run; only for repositories that you control
    #[arg(long = "trust")]
    pub(in crate::cli) is_given: bool,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SyncFormat {
    /// Text
    Human,
    /// One JSON object; never prompts
    Json,
}

/// The end of their long help.
pub(super) const EXIT_CODES: &str = "\
Exit codes: 0 done, or nothing to do; 1 a decision or confirmation is missing, or Flow Service rejected the spec; 2 could \
not run (authentication, permissions, network, service, files).";

/// The exit code of an interrupted program.
const INTERRUPTED: i32 = 130;

/// Runs a command and prints its result.
pub(super) fn run(
    arguments: &ServiceArguments,
    output: &mut Output,
    work: impl AsyncFnOnce(&mut SyncReporter<'_>) -> io::Result<()>,
) -> io::Result<ExitCode> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let cancellation = CancellationToken::default();
    let mut reporter = SyncReporter::new(arguments, output, cancellation.clone());
    let done = runtime.block_on(async {
        tokio::spawn(cancel_on_ctrl_c(cancellation));
        work(&mut reporter).await
    });
    // A prompt that nobody has answered may still wait for its line.
    runtime.shutdown_background();
    done?;
    reporter.end()
}

/// Runs a command for one file after the other, until it is cancelled.
pub(super) fn run_for_files(
    arguments: &ServiceArguments,
    files: &[PathBuf],
    output: &mut Output,
    mut work: impl AsyncFnMut(&mut SyncReporter<'_>, &Path) -> io::Result<()>,
) -> io::Result<ExitCode> {
    run(arguments, output, async |reporter| {
        for file in files {
            work(reporter, file).await?;
            if reporter.is_cancelled() {
                break;
            }
        }
        Ok(())
    })
}

/// A link names one remote spec, so it applies to one file.
pub(super) fn check_link(link: Option<&str>, files: &[PathBuf]) -> io::Result<()> {
    match link {
        Some(_) if files.len() > 1 => Err(io::Error::other("--link applies to one file only.")),
        _ => Ok(()),
    }
}

/// The first Ctrl-C cancels reads and lets a write complete; the second ends the process.
async fn cancel_on_ctrl_c(cancellation: CancellationToken) {
    while signal::ctrl_c().await.is_ok() {
        if cancellation.is_cancelled() {
            process::exit(INTERRUPTED);
        }
        report_status("Finishing the current write; press Ctrl-C again to abort");
        cancellation.cancel();
    }
}
