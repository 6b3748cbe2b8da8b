//! `connspec trust`: shows what a `connspec.toml` would do, and records that the person trusts it.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::COULD_NOT_RUN;
use super::output::{Output, report_error, report_status};
use super::style;
use super::terminal::sanitize_terminal;
use crate::project::{PROJECT_FILE_NAME, Project, Projects, Trust, TrustRequest};

/// The arguments of `connspec trust`.
#[derive(Debug, Args)]
pub struct TrustArguments {
    /// A connspec.toml, or a file or folder to which one applies [default: the current folder]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// List what is trusted
    #[arg(long, conflicts_with_all = ["path", "revoke"])]
    pub list: bool,
    /// Revoke the trust
    #[arg(long)]
    pub revoke: bool,
}

pub(super) const LONG_ABOUT: &str = "\
Trust the connspec.toml of a repository

A connspec.toml may name a program that prints credentials, a file outside of its folder, an entry of the keyring, or a \
host that isn't Adobe's. None of these is used before you trust it. This command shows what the file would do and asks. It \
records the path and a checksum of these settings, and of the files of the repository that a program is run from or with, in \
your data directory. After a change it shows the difference and asks again.

Rules, checks and the emulator need no trust.

In CI, where nobody can be asked, CONNSPEC_TRUST=1 or --trust trusts the repository for one run. Use them only for \
repositories that you control, never for pull requests of strangers.

Exit codes: 0 trusted, or nothing to trust; 1 not trusted; 2 could not run.";

pub(super) fn run(arguments: &TrustArguments, output: &mut Output) -> io::Result<ExitCode> {
    let trust = Trust::of_process();
    if arguments.list {
        return list(&trust, output);
    }
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    if arguments.revoke {
        return revoke(path, &trust, output);
    }
    let Some(project) = find(path) else {
        report_error(&sanitize_terminal(&format!("no {PROJECT_FILE_NAME} applies to {}", path.display())));
        return Ok(ExitCode::from(COULD_NOT_RUN));
    };
    let request = project.trust_request().compared(&trust);
    let file = sanitize_terminal(&request.path().display().to_string());
    if request.is_empty() {
        output.print(&format!("{file} has no settings that need trust.\n"))?;
    } else if trust.has_recorded(&request) {
        output.print(&format!("{file} is already trusted.\n"))?;
    } else if !can_ask(output) {
        show(&request);
        let message = "only a person on a terminal can trust a file; in CI, set `CONNSPEC_TRUST=1`";
        return Err(io::Error::other(message));
    } else if ask(&request)? {
        trust.record(&request).map_err(io::Error::other)?;
        output.print(&format!("Trusted {file}.\n"))?;
    } else {
        output.print("Not trusted.\n")?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The project of a `connspec.toml`, or that applies to another file or to a folder.
fn find(path: &Path) -> Option<Arc<Project>> {
    let projects = Projects::default();
    if path.is_dir() { projects.for_folder(path) } else { projects.for_file(path) }
}

fn list(trust: &Trust, output: &mut Output) -> io::Result<ExitCode> {
    let strong = style::STRONG;
    for record in trust.records() {
        output.print(&format!("{strong}{}{strong:#}\n", sanitize_terminal(&record.path)))?;
        for sentence in &record.allows {
            output.print(&format!("  {}\n", sanitize_terminal(sentence)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn revoke(path: &Path, trust: &Trust, output: &mut Output) -> io::Result<ExitCode> {
    // The file may have been deleted.
    let deleted = || if path.is_dir() { path.join(PROJECT_FILE_NAME) } else { path.to_owned() };
    let file = find(path).map_or_else(deleted, |project| project.path().to_owned());
    let file = std::path::absolute(file)?;
    let shown = sanitize_terminal(&file.display().to_string());
    let message = match trust.revoke(&file).map_err(io::Error::other)? {
        true => format!("{shown} is no longer trusted.\n"),
        false => format!("{shown} was not trusted.\n"),
    };
    output.print(&message)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether a person can be asked.
pub(super) fn can_ask(output: &Output) -> bool {
    output.is_terminal() && io::stdin().is_terminal()
}

/// Shows what a file would do, and asks the person to trust it.
pub(super) fn ask(request: &TrustRequest) -> io::Result<bool> {
    show(request);
    write!(io::stderr(), "{QUESTION} ")?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(is_yes(&line))
}

/// The question after [`show`].
pub(super) const QUESTION: &str = "Do you trust it? [y/N]";

/// Shows what a file would do.
pub(super) fn show(request: &TrustRequest) {
    let path = request.path().display();
    let (head, lines) = match request.changes() {
        Some(changes) => (format!("{path} has changed since you trusted it:"), changes),
        None => (format!("{path} has settings that need your trust:"), request.sentences()),
    };
    report_status(&sanitize_terminal(&head));
    lines.iter().for_each(|line| report_status(&sanitize_terminal(&format!("  {line}"))));
}

/// Whether a line is a yes.
pub(super) fn is_yes(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    !line.is_empty() && "yes".starts_with(&line)
}
