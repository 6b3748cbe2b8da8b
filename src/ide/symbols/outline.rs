//! Document symbols: they follow the tree of the text without the levels `spec` and `properties` between an authentication method
//! and its inputs.

use std::borrow::Cow;

use super::{Symbol, SymbolKind, label};
use crate::source::model::{
    AuthEntry, ExploreSpec, Pagination, Records, Request, Schedule, Schema, Source, SourceSpec, UrlParams,
};
use crate::source::schemas::Scope;
use crate::syntax::{Kind, Member, Node, Tree};

/// The outline of a tree.
pub(super) fn of(tree: &Tree) -> Vec<Symbol> {
    members(tree.root(), Parent::Root, 0)
}

/// The object that has a member, as far as the outline distinguishes it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parent {
    Root,
    SourceSpec,
    Attributes,
    Other,
}

/// More levels than a person writes; deeper ones are left out.
const MAX_DEPTH: usize = 60;

/// The members of an object; of a member without key, the members of its value.
fn members(object: Node<'_>, parent: Parent, depth: usize) -> Vec<Symbol> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let shown = |member: Member<'_>| {
        if member.key.is_missing() {
            inside(member.value, Parent::Other, depth)
        } else {
            vec![symbol(member, parent, depth)]
        }
    };
    object.members().flat_map(shown).collect()
}

/// The symbols inside a value.
fn inside(value: Node<'_>, parent: Parent, depth: usize) -> Vec<Symbol> {
    match value.kind() {
        Kind::Object if is_schema(value) => properties(value, SymbolKind::Property, depth + 1),
        Kind::Object => members(value, parent, depth + 1),
        Kind::Array => elements(value, depth + 1),
        _ => Vec::new(),
    }
}

/// Whether an object looks like a JSON Schema.
fn is_schema(object: Node<'_>) -> bool {
    let schema = Schema::new(object);
    schema.properties().is_some_and(|properties| properties.kind() == Kind::Object) || schema.schema_uri().is_some()
}

/// The objects and arrays in an array, by their `name` or else their number.
fn elements(array: Node<'_>, depth: usize) -> Vec<Symbol> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let nested = |(index, node): (usize, Node<'_>)| {
        let children = match node.kind() {
            Kind::Object | Kind::Array => inside(node, Parent::Other, depth),
            _ => return None,
        };
        let name = text(node, Source::NAME);
        let kind = kind(node);
        let (range, selection) = (
            node.range(),
            node.get(Source::NAME).filter(|_| name.is_some()).map_or_else(|| node.opening(), Node::range),
        );
        let name = name.map_or_else(|| (index + 1).to_string(), |name| label(&name));
        Some(Symbol { name, detail: None, kind, range, selection, children })
    };
    array.elements().enumerate().filter_map(nested).collect()
}

fn symbol(member: Member<'_>, parent: Parent, depth: usize) -> Symbol {
    let (key, value) = (member.key.string().unwrap_or_default(), member.value);
    let children = match (parent, key.as_ref(), value.kind()) {
        (Parent::Root, Source::AUTH_SPEC, Kind::Array) => auth_entries(value, depth + 1),
        (Parent::Root, Source::SOURCE_SPEC, Kind::Object) => members(value, Parent::SourceSpec, depth + 1),
        (Parent::SourceSpec, SourceSpec::ATTRIBUTES, Kind::Object) => members(value, Parent::Attributes, depth + 1),
        (Parent::SourceSpec | Parent::Attributes, SourceSpec::SPEC, Kind::Object) => {
            properties(value, SymbolKind::Input, depth + 1)
        }
        _ => inside(value, Parent::Other, depth),
    };
    let title = title(parent, &key, value);
    let is_request = title.is_some() && key == Request::URL_PARAMS;
    let detail = match (parent, key.as_ref()) {
        (Parent::Root, Source::EXPLORE_SPEC) => text(value, ExploreSpec::TYPE),
        _ => title.is_some().then_some(key.clone()),
    };
    Symbol {
        name: label(title.as_deref().unwrap_or(&key)),
        detail: detail.map(|detail| label(&detail)),
        kind: if is_request { SymbolKind::Request } else { kind(value) },
        range: member.node.range(),
        selection: member.key.range(),
        children,
    }
}

/// The name that the outline shows instead of a key.
fn title(parent: Parent, key: &str, value: Node<'_>) -> Option<String> {
    let with = |title: &str, more: Option<Cow<'_, str>>| match more {
        Some(more) => format!("{title} {more}"),
        None => title.to_owned(),
    };
    Some(match (parent, key, value.kind()) {
        (Parent::SourceSpec | Parent::Attributes, SourceSpec::SPEC, Kind::Object) => "inputs".to_owned(),
        (Parent::Attributes, Request::CONTENT_PATH, Kind::String) => with("records", value.string()),
        (Parent::Attributes, key, Kind::Object) => match key {
            Request::URL_PARAMS => request(value),
            Request::PAGINATION_PARAMS => with("pagination", text(value, Pagination::TYPE)),
            Request::SCHEDULE_PARAMS => with("schedule", text(value, Schedule::TYPE)),
            Request::CONTENT_PATH => with("records", text(value, Records::PATH)),
            Request::EXPLODE_ENTITY_PATH => with("exploded", text(value, Records::PATH)),
            Request::HEADER_PARAMS => "headers".to_owned(),
            Request::BODY_PARAMS => "body".to_owned(),
            _ => return None,
        },
        _ => return None,
    })
}

/// The authentication methods, each with its inputs.
fn auth_entries(auth: Node<'_>, depth: usize) -> Vec<Symbol> {
    let shown = |(index, entry): (usize, Node<'_>)| {
        if entry.kind() != Kind::Object {
            return None;
        }
        let name = text(entry, AuthEntry::NAME);
        let children = entry.members().flat_map(|member| match member.key.string().as_deref() {
            Some(AuthEntry::SPEC) => properties(member.value, SymbolKind::Input, depth + 1),
            _ if matches!(member.value.kind(), Kind::Object | Kind::Array) => {
                vec![symbol(member, Parent::Other, depth + 1)]
            }
            _ => Vec::new(),
        });
        Some(Symbol {
            detail: text(entry, AuthEntry::TYPE).map(|text| label(&text)),
            kind: SymbolKind::AuthEntry,
            range: entry.range(),
            selection: AuthEntry::new(entry)
                .name()
                .filter(|_| name.is_some())
                .map_or_else(|| entry.opening(), Node::range),
            children: children.collect(),
            name: name.map_or_else(|| format!("authentication {}", index + 1), |name| label(&name)),
        })
    };
    auth.elements().enumerate().filter_map(shown).collect()
}

/// The properties that a JSON Schema declares, with their own; of an array, those of its items.
fn properties(schema: Node<'_>, kind: SymbolKind, depth: usize) -> Vec<Symbol> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let scope = Scope::of(schema);
    if scope.properties.is_empty() {
        return Schema::new(schema).items().map(|items| properties(items, kind, depth + 1)).unwrap_or_default();
    }
    let required: Vec<_> = scope.required.iter().flat_map(|list| list.elements()).filter_map(Node::string).collect();
    let mut members: Vec<_> = scope.members().filter(|member| !member.key.is_missing()).collect();
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

fn kind(value: Node<'_>) -> SymbolKind {
    match value.kind() {
        Kind::Object => SymbolKind::Object,
        Kind::Array => SymbolKind::Array,
        Kind::String => SymbolKind::String,
        Kind::Number => SymbolKind::Number,
        Kind::True | Kind::False => SymbolKind::Boolean,
        Kind::Null | Kind::Member | Kind::Word | Kind::Missing => SymbolKind::Null,
    }
}
