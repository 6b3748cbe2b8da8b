//! The tree of the outline, which follows the tree of the text, but for levels that say nothing: `spec` and `properties`
//! between an authentication method and its inputs.

use std::borrow::Cow;
use std::ops::Range;

use super::{Symbol, SymbolKind, label};
use crate::source::model::{
    AuthEntry, ExploreSpec, Pagination, Records, Request, Schedule, Schema, Source, SourceSpec, UrlParams,
};
use crate::source::schemas::Scope;
use crate::syntax::{Kind, Member, Node, Tree};

/// The outline of a tree.
pub(super) fn of(tree: &Tree) -> Vec<Symbol> {
    members(tree.root(), Place::Root, 0)
}

/// Where a member is, as far as it makes a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    SourceSpec,
    Attributes,
    Other,
}

/// Levels that an outline still shows; what is nested deeper was not written by a person.
const DEEPEST: usize = 60;

/// The members of an object. Of a member whose key is missing what is inside it is shown.
fn members(object: Node<'_>, place: Place, depth: usize) -> Vec<Symbol> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let shown = |member: Member<'_>| {
        if member.key.is_missing() {
            inside(member.value, Place::Other, depth)
        } else {
            vec![symbol(member, place, depth)]
        }
    };
    object.members().flat_map(shown).collect()
}

/// What is inside a value of any sort.
fn inside(value: Node<'_>, place: Place, depth: usize) -> Vec<Symbol> {
    match value.kind() {
        Kind::Object if is_schema(value) => properties(value, SymbolKind::Property, depth + 1),
        Kind::Object => members(value, place, depth + 1),
        Kind::Array => elements(value, depth + 1),
        _ => Vec::new(),
    }
}

/// Whether an object is a JSON schema by the looks of it.
fn is_schema(object: Node<'_>) -> bool {
    let properties = object.get("properties");
    properties.is_some_and(|properties| properties.kind() == Kind::Object) || object.get("$schema").is_some()
}

/// The objects and arrays in an array, by their names or else their numbers.
fn elements(array: Node<'_>, depth: usize) -> Vec<Symbol> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let nested = |(index, node): (usize, Node<'_>)| {
        let children = match node.kind() {
            Kind::Object | Kind::Array => inside(node, Place::Other, depth),
            _ => return None,
        };
        let name = text(node, "name");
        let kind = kind(node);
        let (range, selection) = (node.range(), head(node, node.get("name").filter(|_| name.is_some())));
        let name = name.map_or_else(|| (index + 1).to_string(), |name| label(&name));
        Some(Symbol { name, detail: None, kind, range, selection, children })
    };
    array.elements().enumerate().filter_map(nested).collect()
}

fn symbol(member: Member<'_>, place: Place, depth: usize) -> Symbol {
    let (key, value) = (member.key.string().unwrap_or_default(), member.value);
    let named = |name: String, detail: Option<String>, kind: SymbolKind, children: Vec<Symbol>| {
        let (range, selection) = (member.node.range(), member.key.range());
        Symbol { name: label(&name), detail: detail.map(|detail| label(&detail)), kind, range, selection, children }
    };
    let also = |words: &str, more: Option<Cow<'_, str>>| match more {
        Some(more) => format!("{words} {more}"),
        None => words.to_owned(),
    };
    let section = |name: String| named(name, Some(key.to_string()), kind(value), inside(value, Place::Other, depth));
    match (place, key.as_ref(), value.kind()) {
        (Place::Root, Source::AUTH_SPEC, Kind::Array) => {
            named(key.into(), None, SymbolKind::List, auth_entries(value, depth + 1))
        }
        (Place::Root, Source::SOURCE_SPEC, Kind::Object) => {
            named(key.into(), None, SymbolKind::Section, members(value, Place::SourceSpec, depth + 1))
        }
        (Place::Root, Source::EXPLORE_SPEC, Kind::Object) => named(
            key.into(),
            text(value, ExploreSpec::TYPE).map(Into::into),
            SymbolKind::Section,
            inside(value, Place::Other, depth),
        ),
        (Place::SourceSpec, SourceSpec::ATTRIBUTES, Kind::Object) => {
            named(key.into(), None, SymbolKind::Section, members(value, Place::Attributes, depth + 1))
        }
        (Place::SourceSpec | Place::Attributes, SourceSpec::SPEC, Kind::Object) => {
            let inputs = properties(value, SymbolKind::Input, depth + 1);
            named("inputs".to_owned(), Some(key.into()), SymbolKind::Section, inputs)
        }
        (Place::Attributes, Request::URL_PARAMS, Kind::Object) => {
            named(request(value), Some(key.into()), SymbolKind::Request, inside(value, Place::Other, depth))
        }
        (Place::Attributes, Request::PAGINATION_PARAMS, Kind::Object) => {
            section(also("pagination", text(value, Pagination::TYPE)))
        }
        (Place::Attributes, Request::SCHEDULE_PARAMS, Kind::Object) => {
            section(also("schedule", text(value, Schedule::TYPE)))
        }
        (Place::Attributes, Request::CONTENT_PATH, Kind::Object) => {
            section(also("records", text(value, Records::PATH)))
        }
        (Place::Attributes, Request::CONTENT_PATH, Kind::String) => section(also("records", value.string())),
        (Place::Attributes, Request::EXPLODE_ENTITY_PATH, Kind::Object) => {
            section(also("exploded", text(value, Records::PATH)))
        }
        (Place::Attributes, Request::HEADER_PARAMS, Kind::Object) => section("headers".to_owned()),
        (Place::Attributes, Request::BODY_PARAMS, Kind::Object) => section("body".to_owned()),
        _ => named(key.into(), None, kind(value), inside(value, Place::Other, depth)),
    }
}

/// The authentication methods, each with its inputs right below it.
fn auth_entries(auth: Node<'_>, depth: usize) -> Vec<Symbol> {
    let shown = |(index, entry): (usize, Node<'_>)| {
        if entry.kind() != Kind::Object {
            return None;
        }
        let name = text(entry, AuthEntry::NAME);
        let children = entry.members().flat_map(|member| match member.key.string().as_deref() {
            Some(AuthEntry::SPEC) => properties(member.value, SymbolKind::Input, depth + 1),
            _ if matches!(member.value.kind(), Kind::Object | Kind::Array) => {
                vec![symbol(member, Place::Other, depth + 1)]
            }
            _ => Vec::new(),
        });
        Some(Symbol {
            detail: text(entry, AuthEntry::TYPE).map(|text| label(&text)),
            kind: SymbolKind::SignIn,
            range: entry.range(),
            selection: head(entry, AuthEntry::new(entry).name().filter(|_| name.is_some())),
            children: children.collect(),
            name: name.map_or_else(|| format!("authentication {}", index + 1), |name| label(&name)),
        })
    };
    auth.elements().enumerate().filter_map(shown).collect()
}

/// What a JSON schema declares, and so on inside it; of a list what its items declare.
fn properties(schema: Node<'_>, kind: SymbolKind, depth: usize) -> Vec<Symbol> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let scope = Scope::of(schema);
    if scope.properties.is_empty() {
        return Schema::new(schema).items().map(|items| properties(items, kind, depth + 1)).unwrap_or_default();
    }
    let required: Vec<_> = scope.required.iter().flat_map(|list| list.elements()).filter_map(Node::string).collect();
    let mut members: Vec<_> = scope.properties.iter().flat_map(|node| node.members()).collect();
    members.retain(|member| !member.key.is_missing());
    members.sort_by_key(|member| member.node.index());
    let property = |member: Member<'_>| {
        let name = member.key.string().unwrap_or_default();
        let words = [
            text(member.value, Schema::TYPE),
            required.contains(&name).then_some("required".into()),
            Schema::new(member.value).is_password().then_some("secret".into()),
        ];
        let detail = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
        Symbol {
            name: label(&name),
            detail: Some(label(&detail)).filter(|_| !detail.is_empty()),
            kind,
            range: member.node.range(),
            selection: member.key.range(),
            children: properties(member.value, SymbolKind::Property, depth + 1),
        }
    };
    members.into_iter().map(property).collect()
}

/// The method and path of a request. The query of a path is left out: it may hold a secret.
fn request(params: Node<'_>) -> String {
    let path = text(params, UrlParams::PATH).or_else(|| text(params, UrlParams::HOST));
    let path = path.as_deref().and_then(|path| path.split('?').next()).unwrap_or_default();
    let words = [text(params, UrlParams::METHOD), Some(path.into()).filter(|_| !path.is_empty())];
    let request = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if request.is_empty() { "request".to_owned() } else { request }
}

fn text<'t>(object: Node<'t>, key: &str) -> Option<Cow<'t, str>> {
    let value = object.get(key).filter(|value| value.kind() == Kind::String)?;
    value.string().filter(|text| !text.trim().is_empty())
}

/// What to select of a value without a key: its name, or else its bracket.
fn head(node: Node<'_>, name: Option<Node<'_>>) -> Range<usize> {
    name.map_or_else(|| node.range().start..node.inside().start, Node::range)
}

fn kind(value: Node<'_>) -> SymbolKind {
    match value.kind() {
        Kind::Object => SymbolKind::Section,
        Kind::Array => SymbolKind::List,
        Kind::String => SymbolKind::Text,
        Kind::Number => SymbolKind::Number,
        Kind::True | Kind::False => SymbolKind::Boolean,
        Kind::Null | Kind::Member | Kind::Word | Kind::Missing => SymbolKind::Nothing,
    }
}
