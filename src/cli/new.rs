//! `connspec new`: the folder of a source that does not exist yet, with blanks where only its author knows what belongs there.

use std::borrow::Cow;
use std::fmt::Write;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use super::check::{self, Checked};
use super::draw::harmless;
use super::markdown;
use super::output::{Output, complain};
use super::{COULD_NOT_RUN, NewArguments, Paging, SignIn, SourceKind};
use crate::ide::{NewSource, new_source};
use crate::lint::NewFile;
use crate::spec::{Entry, SpecKind};
use crate::syntax::Node;
use crate::text::Encoding;

mod files;
mod name;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Write the folder of a new source: its spec and the files beside it.

NAME/ gets the five files that a source is submitted as: NAME-connectionSpec.json, -category.txt, -description.txt, \
-icon.svg and -label.txt. They come from Adobe's templates; what only you can know is a blank in braces, like {HOST}. \
connspec check lists the blanks until they are filled in. Nothing that is there already is overwritten: if one of the \
files exists, none is written.";

/// What follows the list of options in the long help.
pub(super) const AFTER_LONG_HELP: &str = "Examples:
  connspec new acme-orders --kind rest
  connspec new acme-orders --kind rest --auth api-key --auth basic --pagination page
  connspec new acme-events --kind streaming sources/

Exit codes:
  0  the folder was written
  2  it could not be written, and nothing was";

/// Writes the folder and says what is to be filled in.
pub(super) fn run(arguments: &NewArguments, output: &mut Output) -> io::Result<ExitCode> {
    if let Some(words) = problem(arguments) {
        complain(&words);
        return Ok(ExitCode::from(COULD_NOT_RUN));
    }
    let kind = match arguments.kind {
        SourceKind::Rest => SpecKind::Rest,
        SourceKind::Streaming => SpecKind::Streaming,
    };
    let sign_ins: Vec<&str> = arguments.auth.iter().map(|auth| type_of_sign_in(*auth)).collect();
    let paging = arguments.pagination.map(type_of_paging);
    let written = new_source(&NewSource { name: &arguments.name, kind, sign_ins: &sign_ins, paging });
    let folder = arguments.folder.clone().unwrap_or_default().join(&arguments.name);
    files::write(&folder, &written)?;
    markdown::print(&said(&folder, kind, &written), output)?;
    Ok(ExitCode::SUCCESS)
}

/// What is wrong with the arguments beyond what their types say.
fn problem(arguments: &NewArguments) -> Option<String> {
    if let Some(words) = name::problem(&arguments.name) {
        return Some(words);
    }
    let repeated = arguments.auth.iter().enumerate().find(|(at, auth)| arguments.auth[..*at].contains(auth));
    if repeated.is_some() {
        return Some("the same way to sign in is named twice with --auth. Name each once.".to_owned());
    }
    let flag = match arguments.kind {
        SourceKind::Streaming if !arguments.auth.is_empty() => "--auth",
        SourceKind::Streaming if arguments.pagination.is_some() => "--pagination",
        _ => return None,
    };
    Some(format!(
        "{flag} is for sources of --kind rest: the spec of a streaming source has no place for it. Leave it out."
    ))
}

/// The `type` in the spec.
fn type_of_sign_in(auth: SignIn) -> &'static str {
    match auth {
        SignIn::OAuth2 => "OAuth2RefreshCode",
        SignIn::Basic => "BasicAuthentication",
        SignIn::ApiKey => "KeyBased",
    }
}

/// The `type` in the spec.
fn type_of_paging(paging: Paging) -> &'static str {
    match paging {
        Paging::Offset => "OFFSET",
        Paging::Pointer => "POINTER",
        Paging::ContinuationToken => "CONTINUATION_TOKEN",
        Paging::Page => "PAGE",
        Paging::None => "NONE",
    }
}

/// What was written and what is to be done next, in Markdown.
fn said(folder: &Path, kind: SpecKind, written: &[NewFile]) -> String {
    let folder = harmless(&folder.display().to_string());
    let source = if kind == SpecKind::Rest { "batch source" } else { "streaming source" };
    let mut out = format!("A new {source} is in `{folder}`:\n\n");
    for file in written {
        let _ = writeln!(out, "- `{}`: {}", file.name, purpose(&file.name));
    }
    let Some(spec) = written.first() else { return out };
    let checked = check::check(&spec.name, &spec.content);
    out.push_str("\nNow fill in what stands in braces. In the spec that is:\n\n");
    out.push_str(&blanks(&checked, kind));
    let beside: Vec<String> = (written.iter().skip(1))
        .filter(|file| file.content.starts_with('{'))
        .map(|file| format!("`{}`", file.name))
        .collect();
    let _ = write!(out, "\nand beside it {}; the icon is a plain square to be drawn over. ", beside.join(" and "));
    let _ = writeln!(out, "`connspec check {folder}` lists what is left, and an editor underlines it.");
    out
}

fn purpose(name: &str) -> &'static str {
    match name.rsplit('-').next() {
        Some("connectionSpec.json") => "the connection spec",
        Some("category.txt") => "the group of the catalog that lists the source",
        Some("description.txt") => "what the catalog says about it",
        Some("icon.svg") => "its picture in the catalog",
        _ => "its name in the catalog",
    }
}

/// The blanks of a spec, each with its line and what the vocabulary says of its place.
fn blanks(checked: &Checked, kind: SpecKind) -> String {
    let mut out = String::new();
    for found in checked.diagnostics.iter().filter(|found| found.code == "unfilled-template") {
        let node = checked.document.tree().node_at(found.range.start + 1);
        let words = words_of(kind, node);
        let first = words.split_inclusive(". ").next().unwrap_or_default().trim_end();
        let line = checked.document.text().position(found.range.start, Encoding::Utf8).line + 1;
        let _ = writeln!(out, "- line {line}, `{}`: {first}", &checked.document.source()[found.range.clone()]);
    }
    out
}

/// What the vocabulary says of the place of a value: of the object around it where its key says nothing alone.
fn words_of(kind: SpecKind, node: Node<'_>) -> &'static str {
    let outer = node.as_part_of_member().and_then(|member| member.node.parent());
    let is_bare = |outer: &Node<'_>| matches!(&*key_of(node), "key" | "text") || key_of(*outer) == "contentPath";
    Entry::of(kind, outer.filter(is_bare).unwrap_or(node)).description().unwrap_or_default()
}

fn key_of(node: Node<'_>) -> Cow<'_, str> {
    node.as_part_of_member().and_then(|member| member.key.string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use clap::ValueEnum;

    use super::*;

    /// The types of the vocabulary's templates.
    fn types(entry: &Entry) -> HashSet<&'static str> {
        entry.templates().iter().filter_map(|template| template.body.get("type")?.as_str()).collect()
    }

    #[test]
    fn what_can_be_chosen_is_what_the_vocabulary_has() {
        let root = Entry::root(SpecKind::Rest, None);
        let sign_ins: HashSet<_> = SignIn::value_variants().iter().map(|auth| type_of_sign_in(*auth)).collect();
        assert_eq!(sign_ins, types(&root.key("authSpec", None).item(None)));
        let paging: HashSet<_> = Paging::value_variants().iter().map(|paging| type_of_paging(*paging)).collect();
        let attributes = root.key("sourceSpec", None).key("attributes", None);
        assert_eq!(paging, types(&attributes.key("paginationParams", None)));
    }
}
