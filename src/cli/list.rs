//! `connspec list`: the remote specs of the two generic types.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::style;
use super::sync::{self, ServiceArguments, SyncReporter};
use super::terminal::{columns, sanitize_terminal};
use crate::sync::{RemoteSpec, Service, json};
use crate::text::english::count;

/// The arguments of `connspec list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

pub(super) const LONG_ABOUT: &str = "\
List remote specs

Lists the remote specs of type generic-rest and generic-streaming, and the local files that are linked to them.";

pub(super) fn run(arguments: &ListArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, output, async |reporter| {
        let here = Path::new("./spec");
        let service = match reporter.service(here).await {
            Ok(service) => service,
            Err(error) => return reporter.failed_entirely(None, &error),
        };
        reporter.print_location(&service)?;
        match service.list(here).await {
            Ok(specs) => show(reporter, &service, &specs),
            Err(error) => reporter.failed_entirely(Some(&service), &error),
        }
    })
}

fn show(reporter: &mut SyncReporter<'_>, service: &Service, specs: &[RemoteSpec]) -> io::Result<()> {
    let width = specs.iter().map(|spec| columns(&spec.name)).max().unwrap_or_default();
    let (strong, dim) = (style::STRONG, style::DIM);
    for RemoteSpec { id, name, is_registered, file, .. } in specs {
        let gap = width.saturating_sub(columns(name));
        let registered = if *is_registered { "registered" } else { "not registered" };
        let file = file.as_deref().unwrap_or_default();
        // The id is whole: it is what `--link` expects.
        let (id, name, file) = (sanitize_terminal(id), sanitize_terminal(name), sanitize_terminal(file));
        let line = format!("{strong}{name}{strong:#}{:gap$}  {dim}{id}{dim:#}  {registered:14}  {file}", "");
        reporter.print(&(line.trim_end().to_owned() + "\n"))?;
    }
    if specs.is_empty() {
        reporter.print("No remote specs of these types.\n")?;
    }
    reporter.print_json(&json::list(service, &format!("{}.", count(specs.len(), "remote spec")), specs).into())
}
