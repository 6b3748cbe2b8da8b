//! `connspec status`: the sync status of specs, one line each.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::output::{Output, report_warning};
use super::style;
use super::sync::{self, ServiceArguments, SyncReporter, SyncTarget, display};
use super::terminal::{columns, sanitize_terminal};
use crate::flow_service::short_id;
use crate::project;
use crate::sync::{SpecStatus, SyncError, SyncOutcome};

/// The arguments of `connspec status`.
#[derive(Debug, Args)]
pub struct StatusArguments {
    /// Specs to show [default: all in this folder and below]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

pub(super) const LONG_ABOUT: &str = "\
Show the sync status of specs

Shows whether specs have local or remote changes since the last push or pull, and whether they are registered. Without \
FILE, shows all *connectionSpec.json in this folder and below.";

pub(super) fn run(arguments: &StatusArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, output, async |reporter| {
        let files = if arguments.files.is_empty() { find(reporter)? } else { arguments.files.clone() };
        if files.is_empty() {
            report_warning(&format!("no *{} found", project::SPEC_FILE_SUFFIX));
        }
        let width = files.iter().map(|file| columns(&display(file))).max().unwrap_or_default();
        for file in &files {
            if let Some(mut target) = reporter.maybe_new(file).await? {
                reporter.print_location(&target.service)?;
                show(reporter, &mut target, width).await?;
            }
            if reporter.is_cancelled() {
                break;
            }
        }
        Ok(())
    })
}

/// The specs in this folder and below.
fn find(reporter: &mut SyncReporter<'_>) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for file in project::find_specs(Path::new(".")) {
        match file {
            Ok(file) => files.push(file),
            Err(error) => {
                let message = format!("Cannot search this folder: {error}.");
                reporter.failed(".", None, &SyncError::File(message))?;
            }
        }
    }
    files.sort();
    Ok(files)
}

async fn show(reporter: &mut SyncReporter<'_>, target: &mut SyncTarget, width: usize) -> io::Result<()> {
    let result = reporter.converse(target, async |conversation| conversation.status().await).await;
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(error) => return reporter.failed(&target.name, Some(&target.service), &error),
    };
    reporter.record(target, &outcome);
    let SyncOutcome::Status(status) = outcome else { return Ok(()) };
    let same_name = status.same_name_sentence();
    let SpecStatus { status, id, registered, .. } = status;
    let registered = match registered {
        Some(true) => "registered",
        Some(false) => "not registered",
        None => "",
    };
    let (strong, dim) = (style::STRONG, style::DIM);
    let (file, gap) = (sanitize_terminal(&target.name), width.saturating_sub(columns(&target.name)));
    let mut line = format!("{strong}{file}{strong:#}{:gap$}  {:24}  {registered:14}", "", status.description());
    if let Some(id) = &id {
        line += &format!("  {dim}{}{dim:#}", sanitize_terminal(short_id(id)));
    }
    reporter.print(&(line.trim_end().to_owned() + "\n"))?;
    same_name.map_or(Ok(()), |sentence| reporter.print_sentence(&sentence))
}
