//! `connspec unlink`: unlinks files from their remote specs.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::sync::{self, ServiceArguments};

/// The arguments of `connspec unlink`.
#[derive(Debug, Args)]
pub struct UnlinkArguments {
    /// Files to unlink
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

pub(super) const LONG_ABOUT: &str = "\
Unlink files from their remote specs

Sends nothing; the remote specs stay. `connspec push --link ID` links a file again.";

pub(super) fn run(arguments: &UnlinkArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run_for_files(&arguments.service, &arguments.files, output, async |reporter, file| {
        // A deleted file can be unlinked, too.
        let Some(mut target) = reporter.maybe_new(file).await? else { return Ok(()) };
        reporter.print_name(&target)?;
        let result = reporter.converse(&mut target, async |conversation| conversation.unlink().await).await;
        reporter.finish(&target, result)
    })
}
