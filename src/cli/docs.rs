//! `connspec docs`: writes the documentation page of a source, or compares one with its spec.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::COULD_NOT_RUN;
use super::output::{Output, io_message, report_error, report_status};
use super::terminal::sanitize_terminal;
use crate::document::Document;
use crate::emulator;
use crate::ide::{self, PageFacts, PageKind};
use crate::lint::Artifact;
use crate::project::{self, Projects, Sandbox, StateFile};
use crate::sync::flow_spec_of;
use crate::text::{Text, english};

pub(super) const LONG_ABOUT: &str = "Write the documentation page of a source

Adobe publishes each source with two pages that its authors write: one on the API and one on the UI. This command prints \
such a page in Markdown, with the sections of Adobe's template: the credentials, and each request with the right spec, \
authentication method and parameters. What only you can know is left as a paragraph in italics.

With --check, an existing page is compared with the spec instead: the ids, the names of authentication methods, the \
parameters of the requests, their base64 form in URLs, and the tables of credentials.";

pub(super) const AFTER_LONG_HELP: &str = "Examples:
  connspec docs acme/acme-connectionSpec.json > acme.md
  connspec docs --ui acme/acme-connectionSpec.json > acme-ui.md
  connspec docs acme/acme-connectionSpec.json --check acme.md

Exit codes:
  0  the page was written; with --check, it has no differences from the spec
  1  with --check, the page differs from the spec
  2  a file could not be read, or isn't a spec of a batch or streaming source";

/// The arguments of `connspec docs`.
#[derive(Debug, Args)]
pub struct DocsArguments {
    /// The spec of the source
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Write the page on the UI instead of the one on the API
    #[arg(long, conflicts_with = "check")]
    ui: bool,
    /// Compare a page with the spec
    #[arg(long, value_name = "PAGE")]
    check: Option<PathBuf>,
}

pub(super) fn run(arguments: &DocsArguments, output: &mut Output) -> io::Result<ExitCode> {
    let content = read(&arguments.file)?;
    let document = Document::new(arguments.file.display().to_string(), 0, Text::new(content));
    let facts = facts(&arguments.file, &document);
    let kind = if arguments.ui { PageKind::Ui } else { PageKind::Api };
    let Some(page) = ide::source_page(&document, &facts, kind) else {
        let file = sanitize_terminal(&arguments.file.display().to_string());
        report_error(&format!("{file} isn't the spec of a batch or streaming source"));
        return Ok(ExitCode::from(COULD_NOT_RUN));
    };
    match &arguments.check {
        Some(path) => check(path, &document, &facts, output),
        None => {
            output.print(&page)?;
            report_blanks(&page);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn check(path: &Path, document: &Document, facts: &PageFacts, output: &mut Output) -> io::Result<ExitCode> {
    let page = read(path)?;
    let name = sanitize_terminal(&path.display().to_string());
    let differences = ide::page_differences(document, facts, &page);
    for difference in &differences {
        output.print(&format!("{name}:{}: {}\n", difference.line, sanitize_terminal(&difference.message)))?;
    }
    report_blanks(&page);
    if differences.is_empty() {
        report_status("No differences from the spec.");
        return Ok(ExitCode::SUCCESS);
    }
    report_status(&format!("{} from the spec.", english::count(differences.len(), "difference")));
    Ok(ExitCode::FAILURE)
}

/// Says how much of a page only its author can write.
fn report_blanks(page: &str) {
    let blanks = ide::page_blanks(page);
    if let Some(first) = blanks.first() {
        report_status(&format!(
            "{} in italics to fill in, the first on line {first}.",
            english::count(blanks.len(), "line")
        ));
    }
}

/// What the files beside the spec add to it.
fn facts(file: &Path, document: &Document) -> PageFacts {
    let folder = Projects::default().facts(file).0.folder;
    let label = folder.and_then(|folder| match folder.label {
        Artifact::Text(label) => Some(label),
        Artifact::Absent | Artifact::Unreadable => None,
    });
    let state = StateFile::for_spec(file);
    let path = state.relative_path(file);
    let specs = state.read().map(|state| state.specs).unwrap_or_default();
    // Ids of the emulator mean nothing to readers of the page.
    let is_linked = |sandbox: &Sandbox, spec: &String| Some(spec) == path.as_ref() && sandbox.org != emulator::ORG;
    let linked = specs.into_iter().filter(|((sandbox, spec), _)| is_linked(sandbox, spec));
    let mut spec_ids: Vec<String> = linked.filter_map(|(_, linked)| linked.id).collect();
    spec_ids.sort();
    spec_ids.dedup();
    // Without a flow spec there is no page.
    let flow_spec_id = document.kind().and_then(flow_spec_of).map_or("", |flow_spec| flow_spec.id);
    PageFacts { label, spec_ids, flow_spec_id }
}

fn read(path: &Path) -> io::Result<String> {
    project::read_text_file(path).map_err(|error| {
        let path = sanitize_terminal(&path.display().to_string());
        io::Error::other(format!("cannot read {path}: {}", io_message(&error)))
    })
}
