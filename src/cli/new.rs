//! `connspec new`: the files of a new source, with template placeholders for what only its author knows.

use std::borrow::Cow;
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::COULD_NOT_RUN;
use super::check::{self, Checked};
use super::markdown;
use super::output::{Output, report_error};
use super::terminal::sanitize_terminal;
use crate::ide::{NewSource, new_source};
use crate::lint::NewFile;
use crate::spec::{Entry, SpecKind};
use crate::syntax::Node;
use crate::text::Encoding;

mod files;
mod name;

pub(super) const LONG_ABOUT: &str = "Create the files of a new source

Creates NAME/ with the five files that a source is submitted as: NAME-connectionSpec.json, -category.txt, \
-description.txt, -icon.svg and -label.txt. They come from Adobe's templates, with placeholders in braces, such as {HOST}, \
for what only you can know; connspec check lists the placeholders that remain. Existing files are never overwritten: if \
one of the files exists, none is written.";

pub(super) const AFTER_LONG_HELP: &str = "Examples:
  connspec new acme-orders --kind rest
  connspec new acme-orders --kind rest --auth api-key --auth basic --pagination page
  connspec new acme-events --kind streaming sources/

Exit codes:
  0  the files were created
  2  an error; nothing was written";

/// The arguments of `connspec new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The name of the source, with which the names of its files start: acme-orders
    #[arg(value_name = "NAME")]
    name: String,
    /// The kind of source
    #[arg(long, value_name = "KIND")]
    kind: SourceKind,
    /// An authentication method; may be repeated [default: oauth2 and basic]
    #[arg(long, value_name = "METHOD", value_delimiter = ',')]
    auth: Vec<Auth>,
    /// The pagination type of the API [default: offset]
    #[arg(long, value_name = "TYPE")]
    pagination: Option<Pagination>,
    /// The folder to create NAME/ in; created if missing [default: the current folder]
    #[arg(value_name = "PATH")]
    folder: Option<PathBuf>,
}

/// The kind of a new source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SourceKind {
    /// Records are requested from a REST API on a schedule
    Rest,
    /// Records are sent to Experience Platform as they occur
    Streaming,
}

/// An authentication method of a new source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Auth {
    /// OAuth 2 with a refresh code
    #[value(name = "oauth2")]
    OAuth2,
    /// User name and password
    Basic,
    /// An API key in a header
    ApiKey,
}

impl Auth {
    /// The `type` in the spec.
    fn spec_type(self) -> &'static str {
        match self {
            Auth::OAuth2 => "OAuth2RefreshCode",
            Auth::Basic => "BasicAuthentication",
            Auth::ApiKey => "KeyBased",
        }
    }
}

/// The pagination type of a new source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pagination {
    /// Requests name how many records to skip
    Offset,
    /// The response contains the URL of the next page
    Pointer,
    /// The response contains a token for the next page
    ContinuationToken,
    /// Requests name the number of the page
    Page,
    /// One request returns all records
    None,
}

impl Pagination {
    /// The `type` in the spec.
    fn spec_type(self) -> &'static str {
        match self {
            Pagination::Offset => "OFFSET",
            Pagination::Pointer => "POINTER",
            Pagination::ContinuationToken => "CONTINUATION_TOKEN",
            Pagination::Page => "PAGE",
            Pagination::None => "NONE",
        }
    }
}

pub(super) fn run(arguments: &NewArguments, output: &mut Output) -> io::Result<ExitCode> {
    if let Some(problem) = problem(arguments) {
        report_error(&problem);
        return Ok(ExitCode::from(COULD_NOT_RUN));
    }
    let kind = match arguments.kind {
        SourceKind::Rest => SpecKind::Rest,
        SourceKind::Streaming => SpecKind::Streaming,
    };
    let auth: Vec<&str> = arguments.auth.iter().map(|auth| auth.spec_type()).collect();
    let pagination = arguments.pagination.map(Pagination::spec_type);
    let source = NewSource { name: &arguments.name, kind, auth_types: &auth, pagination };
    let created = new_source(&source);
    let folder = arguments.folder.clone().unwrap_or_default().join(&arguments.name);
    files::create(&folder, &created)?;
    markdown::print(&report(&folder, kind, &created), output)?;
    Ok(ExitCode::SUCCESS)
}

/// A problem with the arguments that their types don't rule out.
fn problem(arguments: &NewArguments) -> Option<String> {
    if let Some(problem) = name::problem(&arguments.name) {
        return Some(problem);
    }
    let repeated = arguments.auth.iter().enumerate().find(|(at, auth)| arguments.auth[..*at].contains(auth));
    if let Some(value) = repeated.and_then(|(_, auth)| auth.to_possible_value()) {
        return Some(format!("`--auth {}` is given twice", value.get_name()));
    }
    let option = match arguments.kind {
        SourceKind::Streaming if !arguments.auth.is_empty() => "--auth",
        SourceKind::Streaming if arguments.pagination.is_some() => "--pagination",
        _ => return None,
    };
    Some(format!("`{option}` can't be used with `--kind streaming`: the spec of a streaming source doesn't contain it"))
}

/// The created files and the next steps, in Markdown.
fn report(folder: &Path, kind: SpecKind, created: &[NewFile]) -> String {
    let folder = sanitize_terminal(&folder.display().to_string());
    let source = if kind.is_batch() { "batch source" } else { "streaming source" };
    let mut out = format!("Created a {source} in `{folder}`:\n\n");
    for file in created {
        let _ = writeln!(out, "- `{}`: {}", file.name, purpose(&file.name));
    }
    let Some(spec) = created.first() else { return out };
    let checked = check::check(&spec.name, &spec.content);
    out.push_str("\nReplace the placeholders in braces. In the spec:\n\n");
    out.push_str(&placeholders(&checked, kind));
    let others: Vec<String> = (created.iter().skip(1))
        .filter(|file| file.content.starts_with('{'))
        .map(|file| format!("`{}`", file.name))
        .collect();
    let _ = writeln!(out, "\nAlso in {}. Replace the icon, which is a plain square.", others.join(" and "));
    let _ = writeln!(out, "\nRun `connspec check {folder}` to list the placeholders that remain.");
    out
}

fn purpose(name: &str) -> &'static str {
    match name.rsplit('-').next() {
        Some("connectionSpec.json") => "the connection spec",
        Some("category.txt") => "the category in the catalog",
        Some("description.txt") => "the description in the catalog",
        Some("icon.svg") => "the icon in the catalog",
        _ => "the name in the catalog",
    }
}

/// The placeholders of a spec, each with its line and the first sentence of its documentation.
fn placeholders(checked: &Checked, kind: SpecKind) -> String {
    let mut out = String::new();
    for found in checked.diagnostics.iter().filter(|found| found.code == "unfilled-template") {
        let node = checked.document.tree().node_at(found.range.start + 1);
        let documentation = documentation(kind, node);
        let sentence = documentation.split_inclusive(". ").next().unwrap_or_default().trim_end();
        let line = checked.document.text().position(found.range.start, Encoding::Utf8).line + 1;
        let _ = writeln!(out, "- line {line}, `{}`: {sentence}", &checked.document.source()[found.range.clone()]);
    }
    out
}

/// The documentation of the key of a value; of its parent for a key like `text`, which explains nothing alone.
fn documentation(kind: SpecKind, node: Node<'_>) -> &'static str {
    let parent = node.as_part_of_member().and_then(|member| member.node.parent());
    let is_better = |parent: &Node<'_>| matches!(&*key(node), "key" | "text") || key(*parent) == "contentPath";
    Entry::of(kind, parent.filter(is_better).unwrap_or(node)).description().unwrap_or_default()
}

fn key(node: Node<'_>) -> Cow<'_, str> {
    node.as_part_of_member().and_then(|member| member.key.string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// The types of the vocabulary's templates.
    fn types(entry: &Entry) -> HashSet<&'static str> {
        entry.snippets().iter().filter_map(|template| template.body.get("type")?.as_str()).collect()
    }

    #[test]
    fn arguments_offer_all_types_of_the_vocabulary() {
        let root = Entry::root(SpecKind::Rest, None);
        let auth: HashSet<_> = Auth::value_variants().iter().map(|auth| auth.spec_type()).collect();
        let mut documented = types(&root.key("authSpec", None).item(None));
        // No page documents the type of client credentials, so it cannot be a choice.
        documented.retain(|kind| !kind.starts_with('⟨'));
        assert_eq!(auth, documented);
        let pagination: HashSet<_> = Pagination::value_variants().iter().map(|kind| kind.spec_type()).collect();
        let attributes = root.key("sourceSpec", None).key("attributes", None);
        assert_eq!(pagination, types(&attributes.key("paginationParams", None)));
    }
}
