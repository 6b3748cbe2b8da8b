//! `connspec push`: creates or updates remote specs, and registers them.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::sync::{self, ServiceArguments};
use crate::sync::{PushOptions, PushRequest};

/// The arguments of `connspec push`.
#[derive(Debug, Args)]
pub struct PushArguments {
    /// Specs to push
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Show the plan; write nothing and never prompt
    #[arg(long)]
    pub dry_run: bool,
    /// Skip the confirmation; never overwrites remote changes, nor a spec that only the state file links
    #[arg(long)]
    pub yes: bool,
    /// Link to the remote spec with this id; confirms a link of the state file
    #[arg(long, value_name = "ID", conflicts_with = "create")]
    pub link: Option<String>,
    /// Create a new spec even if one with this name exists, or the linked one was deleted
    #[arg(long)]
    pub create: bool,
    /// Push even if the spec has errors or unfilled placeholders
    #[arg(long)]
    pub force: bool,
    /// Overwrite remote changes
    #[arg(long)]
    pub overwrite: bool,
    /// Do not register the spec
    #[arg(long)]
    pub no_register: bool,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

pub(super) const LONG_ABOUT: &str = "\
Create or update remote specs, and register them

Reads first and shows the plan. On a terminal it asks before it writes; elsewhere --yes is required. Remote changes are \
never overwritten unnoticed: push shows them and offers to merge, pull or overwrite. A remote spec with the same name is \
linked rather than created again. A spec that only the state file links, and that was never pushed or pulled on this machine, \
is shown and confirmed first. Links are kept in connspec.state.json, which belongs in version control and contains no \
secrets.

A change between the last read and the write cannot be detected: Flow Service provides no versions of specs.";

pub(super) fn run(arguments: &PushArguments, output: &mut Output) -> io::Result<ExitCode> {
    let request = PushRequest {
        options: PushOptions {
            link: arguments.link.clone(),
            create: arguments.create,
            force: arguments.force,
            overwrite: arguments.overwrite,
            no_register: arguments.no_register,
        },
        dry_run: arguments.dry_run,
        confirmed: arguments.yes,
    };
    sync::check_link(arguments.link.as_deref(), &arguments.files)?;
    sync::run_for_files(&arguments.service, &arguments.files, output, async |reporter, file| {
        let Some(mut target) = reporter.existing(file).await? else { return Ok(()) };
        reporter.print_name(&target)?;
        let result = reporter.converse(&mut target, async |conversation| conversation.push(&request).await).await;
        reporter.finish(&target, result)
    })
}
