//! `connspec register`: adds the ids of specs to the flow spec with which dataflows of their type are created.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::sync::{self, ServiceArguments};
use crate::sync::RegisterRequest;

/// The arguments of `connspec register`.
#[derive(Debug, Args)]
pub struct RegisterArguments {
    /// Specs to register
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Show what would be done; write nothing and never prompt
    #[arg(long)]
    pub dry_run: bool,
    /// Skip the confirmation
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

pub(super) const LONG_ABOUT: &str = "\
Register specs, so that dataflows can be created with them

Adds the id of each spec to the flow spec of its type, RestStorageToAEP or GenericStreamingAEP. `connspec push` does this, \
too. Everything else in the flow spec stays: it is read, sent back with one more id, and read again twice, one second apart. \
A change between the read and the write cannot be detected; that is one round trip.";

pub(super) fn run(arguments: &RegisterArguments, output: &mut Output) -> io::Result<ExitCode> {
    let request = RegisterRequest { dry_run: arguments.dry_run, confirmed: arguments.yes };
    sync::run_for_files(&arguments.service, &arguments.files, output, async |reporter, file| {
        let Some(mut target) = reporter.existing(file).await? else { return Ok(()) };
        reporter.print_name(&target)?;
        let result = reporter.converse(&mut target, async |conversation| conversation.register(request).await).await;
        reporter.finish(&target, result)
    })
}
