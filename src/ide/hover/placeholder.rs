//! Hover on what is replaced inside a string: `${name}`, `{WORD}`, `@{…}`, and on what only looks so.

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
use super::place::Place;

/// The words about the placeholder at an offset.
pub(super) fn hover(place: &Place<'_>, offset: usize) -> Option<Hover> {
    if !matches!(place.node.kind(), Kind::String | Kind::Word) {
        return None;
    }
    let parts = placeholders::in_string(place.node);
    let inside = parts.iter().find(|part| part.range.contains(&offset));
    let part = inside.or_else(|| parts.iter().find(|part| part.range.end == offset))?;
    let mut page = match part.kind {
        PartKind::Input => input_page(place, part),
        PartKind::Expression => expression(),
        PartKind::Word | PartKind::Double => braces(place, part)?,
    };
    page.say(place.ground.link().map(page::link).unwrap_or_default());
    page.over(part.range.clone())
}

fn text<'d>(place: &Place<'d>, part: &Part) -> &'d str {
    &place.document.source()[part.name.clone()]
}

fn input_page(place: &Place<'_>, part: &Part) -> Page {
    let name = text(place, part);
    let tree = place.document.tree();
    let inputs = Inputs::of(tree);
    let declared: Vec<&Input<'_>> = inputs.named(inputs.referred_to(name)).collect();
    let kinds = declared.first().map(|input| input::what(input.schema)).unwrap_or_default();
    let mut page = Page::about(&code(&format!("${{{name}}}")), [kinds]);
    if !placeholders::is_replaced_in(place.node) {
        page.say("Not replaced here: placeholders are replaced only in the URL, query, headers, body and schedule of the request.");
    }
    if declared.is_empty() {
        page.say(undeclared(name, &inputs));
        return page;
    }
    page.list("Replaced with the user's value of:", declared.iter().map(|input| declaration(place, input)));
    let without: Vec<String> = auth_entries_without(Source::of(tree), &declared);
    if !without.is_empty() {
        page.say(format!("No value with authentication method {}: not declared there.", without.join(" or ")));
    }
    page
}

/// One declaration, with its words, on one line.
fn declaration(place: &Place<'_>, input: &Input<'_>) -> String {
    let required = if input::is_required(input.key) { "required" } else { "optional" };
    let secret = if input.is_masked() { ", secret" } else { "" };
    let line = input::lines(place, &[input.key.range().start]);
    let own = input::description(input.schema);
    let words = match own.strip_prefix("> ") {
        Some(words) => words.to_owned(),
        None => vocabulary(place, input).unwrap_or_default().to_owned(),
    };
    let place = format!("{} ({required}{secret}, {line})", input::whose(&input.origin));
    if words.is_empty() { place } else { format!("{place}: {words}") }
}

/// What the vocabulary says about an input whose name it knows.
fn vocabulary(place: &Place<'_>, input: &Input<'_>) -> Option<&'static str> {
    let declaring = Place::of(place.document, place.document.kind()?, input.key)?;
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
    let mut page = Page::about("`@{…}`", ["Azure Data Factory expression".to_owned()]);
    page.say("Replaced with its result when the request is sent. Inferred, not documented: one published source uses such an expression.");
    page
}

/// A word in braces without `$`.
fn braces(place: &Place<'_>, part: &Part) -> Option<Page> {
    let name = text(place, part);
    if let Some(words) = spec::variable_description(name).filter(|_| part.kind == PartKind::Word) {
        return Some(word(place, name, words));
    }
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "_-.".contains(char));
    if !is_name || !part.closed || !placeholders::is_replaced_in(place.node) {
        return None;
    }
    let is_declared = Inputs::of(place.document.tree()).named(name).next().is_some();
    // Text that names no input may be anything, a secret too, and is not repeated.
    let (title, rest) = match is_declared {
        true => {
            let rest = format!(" Use {} for the value of that input.", code(&format!("${{{name}}}")));
            (code(&place.document.source()[part.range.clone()]), rest)
        }
        false => ("Braces without `$`".to_owned(), String::new()),
    };
    let mut page = Page::about(&title, ["sent unchanged".to_owned()]);
    page.say(format!("Only the documented form `${{name}}` is replaced with the value of an input.{rest}"));
    Some(page)
}

/// One of the words of a schedule.
fn word(place: &Place<'_>, name: &str, words: &str) -> Page {
    let is_replaced = place.ground.variables().iter().any(|(word, _)| *word == name);
    let schedule = Source::of(place.document.tree()).request().and_then(Request::schedule);
    let replacement = match schedule {
        _ if !is_replaced => "not replaced here",
        Some(schedule) if schedule.is_advance() => "replaced here",
        _ => "not replaced: the schedule is not of type `ADVANCE`",
    };
    let mut page = Page::about(&code(&format!("{{{name}}}")), [replacement.to_owned()]);
    page.say(words);
    page
}
