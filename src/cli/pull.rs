//! `connspec pull`: updates local files from Flow Service.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::output::Output;
use super::sync::{self, ServiceArguments};
use crate::sync::{self as engine, PullRequest};

/// The arguments of `connspec pull`.
#[derive(Debug, Args)]
pub struct PullArguments {
    /// Files to update
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Show the changes; write nothing and never prompt
    #[arg(long)]
    pub dry_run: bool,
    /// Pull the remote spec with this id
    #[arg(long, value_name = "ID")]
    pub link: Option<String>,
    /// Which side wins a conflict
    #[arg(long, value_name = "SIDE")]
    pub prefer: Option<Side>,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

/// Which side wins a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// The file
    Local,
    /// Flow Service
    Remote,
}

pub(super) const LONG_ABOUT: &str = "\
Update local files from Flow Service

With --link ID, creates a file that does not exist. In an existing file only the remote changes since the last push or pull \
are merged, and its formatting stays. If both sides changed the same value, nothing is written until you choose a side, at \
the prompt or with --prefer.";

pub(super) fn run(arguments: &PullArguments, output: &mut Output) -> io::Result<ExitCode> {
    let prefer = arguments.prefer.map(|side| match side {
        Side::Local => engine::Side::Local,
        Side::Remote => engine::Side::Remote,
    });
    let request = PullRequest { link: arguments.link.clone(), prefer, dry_run: arguments.dry_run };
    sync::check_link(arguments.link.as_deref(), &arguments.files)?;
    sync::run_for_files(&arguments.service, &arguments.files, output, async |reporter, file| {
        let Some(mut target) = reporter.maybe_new(file).await? else { return Ok(()) };
        reporter.print_name(&target)?;
        let result = reporter.converse(&mut target, async |conversation| conversation.pull(&request).await).await;
        reporter.finish(&target, result)
    })
}
