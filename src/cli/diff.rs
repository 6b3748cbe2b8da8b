//! `connspec diff`: the differences between files and their remote specs.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::sync::{self, ServiceArguments};
use crate::sync::SyncOutcome;

/// The arguments of `connspec diff`.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// Specs to compare
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Compare with the remote spec with this id
    #[arg(long, value_name = "ID")]
    pub link: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

pub(super) const LONG_ABOUT: &str = "\
Compare files with their remote specs

Shows local changes, remote changes and conflicts since the last push or pull. The order of keys, the spelling of values and \
keys managed by Flow Service are ignored. Long values are truncated to the width of the terminal; --format json prints them \
complete.";

pub(super) fn run(arguments: &DiffArguments, output: &mut Output) -> io::Result<ExitCode> {
    let link = arguments.link.as_deref();
    sync::run_for_files(&arguments.service, &arguments.files, output, async |reporter, file| {
        let Some(mut target) = reporter.existing(file).await? else { return Ok(()) };
        reporter.print_name(&target)?;
        let compared = reporter.converse(&mut target, async |conversation| conversation.compare(link).await).await;
        reporter.finish(&target, compared.map(|pull| SyncOutcome::Compared(Box::new(pull))))
    })
}
