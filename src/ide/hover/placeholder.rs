//! Hover on the placeholders of a string: `${name}`, `{WORD}`, `@{…}`, and on text that only looks like one.

use std::borrow::Cow;

use crate::ide::Hover;
use crate::source::inputs::{self, Input, Inputs};
use crate::source::model::{AuthEntry, Request, Source};
use crate::source::placeholders;
use crate::source::schemas::Scope;
use crate::spec::{self, spelling};
use crate::syntax::template::{Part, PartKind};
use crate::syntax::{Kind, Node};

use super::input;
use super::page::{self, Page, code};
use super::target::Target;

/// The page of the placeholder at an offset.
pub(super) fn hover(target: &Target<'_>, offset: usize) -> Option<Hover> {
    if !matches!(target.node.kind(), Kind::String | Kind::Word) {
        return None;
    }
    let parts = placeholders::in_string(target.node);
    let part = placeholders::touching(&parts, offset)?;
    let mut page = match part.kind {
        PartKind::Input => input_page(target, part),
        PartKind::Expression => expression(),
        PartKind::Word | PartKind::Double => braces(target, part)?,
    };
    page.add(target.nearest.link().map(page::link).unwrap_or_default());
    page.into_hover(part.range.clone())
}

fn text<'d>(target: &Target<'d>, part: &Part) -> Cow<'d, str> {
    placeholders::name(target.document.tree(), part)
}

fn input_page(target: &Target<'_>, part: &Part) -> Page {
    let name = &*text(target, part);
    let tree = target.document.tree();
    let inputs = Inputs::of(tree);
    let declared: Vec<&Input<'_>> = inputs.named(inputs.referred_to(name)).collect();
    let kinds = declared.first().map(|input| input::type_of(input.schema)).unwrap_or_default();
    let mut page = Page::titled(&code(&format!("${{{name}}}")), [kinds]);
    if !placeholders::is_replaced_in(target.node) {
        page.add("Not replaced here: placeholders are replaced only in the URL, query, headers, body and schedule of the request.");
    }
    if declared.is_empty() {
        page.add(undeclared(name, &inputs));
        return page;
    }
    page.add_list("Replaced with the user's value of:", declared.iter().map(|input| declaration(target, input)));
    let without: Vec<String> = auth_entries_without(Source::of(tree), &declared);
    if !without.is_empty() {
        page.add(format!("No value with authentication method {}: not declared there.", without.join(" or ")));
    }
    page
}

/// A declaration on one line.
fn declaration(target: &Target<'_>, input: &Input<'_>) -> String {
    let required = if input.is_required() { "required" } else { "optional" };
    let secret = if input.is_masked() { ", secret" } else { "" };
    let line = input::lines(target, &[input.key.range().start]);
    let own = input::description(input.schema);
    let text = match own.strip_prefix("> ") {
        Some(own) => own.to_owned(),
        None => vocabulary(target, input).unwrap_or_default().to_owned(),
    };
    let location = format!("{} ({required}{secret}, {line})", input::origin(&input.origin));
    if text.is_empty() { location } else { format!("{location}: {text}") }
}

/// The description of an input whose name the vocabulary knows.
fn vocabulary(target: &Target<'_>, input: &Input<'_>) -> Option<&'static str> {
    let declaring = Target::of(target.document, target.document.kind()?, input.key)?;
    declaring.entry.description().filter(|_| declaring.is_named())
}

/// The names of the entries of `authSpec` that do not declare an input which others declare.
fn auth_entries_without(source: Source<'_>, declared: &[&Input<'_>]) -> Vec<String> {
    if declared.iter().any(|input| input.origin == inputs::Origin::Source) {
        return Vec::new();
    }
    let lacks = |entry: &AuthEntry<'_>| {
        let may_have = entry.spec().is_none_or(|schema| Scope::of(schema).maybe_more);
        !may_have && !declared.iter().any(|input| entry.node().range().contains(&input.key.range().start))
    };
    let name = |entry: AuthEntry<'_>| entry.name().and_then(Node::string).map(|name| code(&name));
    source.auth_entries().filter(lacks).filter_map(name).collect()
}

fn undeclared(name: &str, inputs: &Inputs<'_>) -> String {
    if name.is_empty() {
        return "Missing input name between the braces.".to_owned();
    }
    let meant =
        spelling::closest(name, inputs.names()).map(|near| format!(" Did you mean {}?", code(&format!("${{{near}}}"))));
    let rest = match meant {
        Some(meant) => meant,
        None if inputs.maybe_more => " Inputs may be declared outside this file.".to_owned(),
        None => " Declare it in `sourceSpec.spec.properties`.".to_owned(),
    };
    format!("Unknown input {}.{rest}", code(name))
}

fn expression() -> Page {
    let mut page = Page::titled("`@{…}`", ["Azure Data Factory expression".to_owned()]);
    page.add("Replaced with its result when the request is sent. Inferred, not documented: one published source uses such an expression.");
    page
}

/// A word in braces without `$`.
fn braces(target: &Target<'_>, part: &Part) -> Option<Page> {
    let name = &*text(target, part);
    if let Some(description) = spec::variable_description(name).filter(|_| part.kind == PartKind::Word) {
        return Some(word(target, name, description));
    }
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "_-.".contains(char));
    if !is_name || !part.closed || !placeholders::is_replaced_in(target.node) {
        return None;
    }
    let is_declared = Inputs::of(target.document.tree()).named(name).next().is_some();
    // Other text may be a secret, so it is not repeated.
    let (title, rest) = match is_declared {
        true => {
            let rest = format!(" Use {} for the value of that input.", code(&format!("${{{name}}}")));
            (code(&target.document.source()[part.range.clone()]), rest)
        }
        false => ("Braces without `$`".to_owned(), String::new()),
    };
    let mut page = Page::titled(&title, ["sent unchanged".to_owned()]);
    page.add(format!("Only the documented form `${{name}}` is replaced with the value of an input.{rest}"));
    Some(page)
}

/// One of the words of a schedule.
fn word(target: &Target<'_>, name: &str, description: &str) -> Page {
    let is_replaced = target.nearest.variables().iter().any(|(word, _)| *word == name);
    let schedule = Source::of(target.document.tree()).request().and_then(Request::schedule);
    let replacement = match schedule {
        _ if !is_replaced => "not replaced here",
        Some(schedule) if schedule.is_advance() => "replaced here",
        _ => "not replaced: the schedule is not of type `ADVANCE`",
    };
    let mut page = Page::titled(&code(&format!("{{{name}}}")), [replacement.to_owned()]);
    page.add(description);
    page
}
