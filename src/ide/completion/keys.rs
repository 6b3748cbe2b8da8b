//! Keys that may be in an object and do not yet, required keys first, each with a value to begin with.

use std::collections::HashSet;

use crate::edit::draft::{self, Draft, Style};
use crate::ide::place::{self, KeyPlace};
use crate::ide::{CompletionItem, ItemKind};
use crate::source::inputs::Inputs;
use crate::source::placeholders;
use crate::spec::Entry;
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::{PositionContext, documentation, type_detail};

/// How much a key is required; also the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Required,
    Expected,
    Optional,
    /// Deprecated forms, and what Flow Service sets.
    Last,
}

pub(super) fn items(context: &PositionContext<'_>, place: &KeyPlace<'_>) -> Vec<CompletionItem> {
    let entry = Entry::of(context.kind, place.object);
    let writer = Writer::new(context, place);
    let present = |key: &str| {
        let own = place.member.map(|member| member.node);
        place.object.members().any(|member| Some(member.node) != own && member.key.string().as_deref() == Some(key))
    };
    let mut items = Vec::new();
    for (index, key) in entry.keys().into_iter().filter(|key| !present(key)).enumerate() {
        let value = entry.key(key, None);
        // A misspelled keyword that a real schema has is explained, but not spread.
        if value.is_deprecated() && entry.is_embedded_schema() {
            continue;
        }
        let need = need(&entry, &value, key);
        items.push(writer.item(key, &value, need, index));
        if value.has_variants() && writer.writes_value() {
            items.extend(writer.items_of_kinds(key, &value, need, index));
        }
    }
    let needed: Vec<&str> = entry.required_and_expected().into_iter().filter(|key| !present(key)).collect();
    if needed.len() > 1 && writer.writes_value() {
        items.push(writer.all(&entry, &needed));
    }
    let known: Vec<String> = items.iter().map(|item| item.label.clone()).collect();
    let wanted = wanted_names(context, place.object);
    for (index, name) in wanted.iter().filter(|name| !present(name) && !known.contains(name)).enumerate() {
        items.push(writer.item(name, &entry.key(name, None), Need::Required, index));
    }
    items
}

fn need(object: &Entry, value: &Entry, key: &str) -> Need {
    if value.is_deprecated() || value.is_set_by_service() {
        Need::Last
    } else if object.required().contains(&key) {
        Need::Required
    } else if object.expected().contains(&key) {
        Need::Expected
    } else {
        Need::Optional
    }
}

/// Names that the author of a `properties` object is sure to want: required there, or used as `${name}`, and not declared.
fn wanted_names(context: &PositionContext<'_>, object: Node<'_>) -> Vec<String> {
    let Some(member) = object.as_part_of_member() else { return Vec::new() };
    let Some(schema) = member.node.parent().filter(|_| member.key.string().as_deref() == Some("properties")) else {
        return Vec::new();
    };
    if !Entry::of(context.kind, schema).is_embedded_schema() {
        return Vec::new();
    }
    let strings =
        schema.get("required").into_iter().flat_map(Node::elements).filter(|name| name.kind() == Kind::String);
    let mut names: Vec<String> = strings.filter_map(Node::string).map(Into::into).collect();
    if matches!(schema.pointer().as_str(), "/sourceSpec/spec") {
        let inputs = Inputs::of(context.tree);
        let declared: HashSet<&str> = inputs.names().into_iter().collect();
        let used = placeholders::references(context.tree).map(|(_, name)| name);
        names.extend(used.filter(|name| !declared.contains(name)).map(str::to_owned));
    }
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

/// Writes a key at a place, with all that is missing around it.
struct Writer<'c> {
    context: &'c PositionContext<'c>,
    place: &'c KeyPlace<'c>,
    style: Style,
    indent: String,
    commas: place::Commas,
}

impl<'c> Writer<'c> {
    fn new(context: &'c PositionContext<'c>, place: &'c KeyPlace<'c>) -> Self {
        let own = place.member.map(|member| member.node);
        let style = Style::of(context.document);
        let indent = draft::indent_of(context.document, place.replace.start);
        Writer { context, place, style, indent, commas: place::commas(place.object, own, &place.replace) }
    }

    /// Whether a value is to be written too: none is there yet.
    fn writes_value(&self) -> bool {
        !self.place.value_follows
            && self.place.member.is_none_or(|member| !member.node.has_colon() && member.value.is_missing())
    }

    fn item(&self, key: &str, value: &Entry, need: Need, index: usize) -> CompletionItem {
        let mut draft = self.draft();
        draft.string(key);
        if self.writes_value() {
            draft.text(": ");
            draft.value_for(value);
        }
        let words = match need {
            Need::Required => "required",
            Need::Expected => "in the template",
            Need::Last if value.is_set_by_service() => "set by Flow Service",
            Need::Last => "deprecated",
            Need::Optional => "",
        };
        let kind = type_detail(value);
        let detail = [kind.as_str(), words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let mut item = self.finish(draft, key, key, need, index);
        item.detail = Some(detail).filter(|detail| !detail.is_empty());
        item.documentation = documentation(value);
        item.deprecated = value.is_deprecated();
        item
    }

    /// One item for each kind of value that the key can have.
    fn items_of_kinds(&self, key: &str, value: &Entry, need: Need, index: usize) -> Vec<CompletionItem> {
        let item = |(number, template): (usize, crate::spec::Snippet)| {
            let mut draft = self.draft();
            draft.key(key);
            draft.value(&template.body.to_value());
            let mut item = self.finish(draft, &format!("{key}: {}", template.label), key, need, index);
            item.kind = ItemKind::Snippet;
            item.documentation = Some(template.description.to_owned());
            item.sort.push_str(&format!("{number:02}"));
            item
        };
        value.snippets().into_iter().enumerate().map(item).collect()
    }

    /// One item that writes all keys that are required.
    fn all(&self, entry: &Entry, keys: &[&str]) -> CompletionItem {
        let mut draft = self.draft();
        let write = |draft: &mut Draft, key: &&str| {
            draft.key(key);
            draft.value_for(&entry.key(key, None));
        };
        if draft::is_first_on_line(self.context.document, self.place.replace.start) {
            for (index, key) in keys.iter().enumerate() {
                if index > 0 {
                    draft.text(",");
                    draft.new_line();
                }
                write(&mut draft, key);
            }
        } else {
            // In an object on one line they get lines of their own.
            draft.children(keys, write);
        }
        let names = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let mut item = self.finish(draft, "all missing required keys", "all missing required keys", Need::Required, 0);
        item.kind = ItemKind::Snippet;
        item.detail = Some(format!("{} keys", keys.len()));
        item.documentation = Some(format!("Writes {names}."));
        item.sort = "0".to_owned();
        item
    }

    fn draft(&self) -> Draft {
        let mut draft = Draft::new(&self.style, self.indent.clone());
        // Where the comma belongs right where the key begins, both are one edit.
        if self.commas.before == Some(self.place.replace.start) {
            draft.text(", ");
        }
        draft
    }

    fn finish(&self, mut draft: Draft, label: &str, filter: &str, need: Need, index: usize) -> CompletionItem {
        let place = self.place;
        let source = self.context.tree.source();
        if place.value_follows && !source[place.replace.end..].starts_with([' ', '\t']) {
            draft.text(": ");
        } else if place.value_follows
            || place.member.is_some_and(|member| !member.node.has_colon() && !member.value.is_missing())
        {
            draft.text(":");
        }
        if self.commas.after && self.writes_value() {
            draft.text(",");
        }
        let (new, snippet) = draft.finish();
        let is_bare = place.member.is_some_and(|member| member.key.kind() == Kind::Word);
        let additional = self.commas.before.filter(|at| *at < place.replace.start);
        CompletionItem {
            label: label.to_owned(),
            kind: ItemKind::Key,
            detail: None,
            documentation: None,
            filter: if is_bare { filter.to_owned() } else { format!("\"{filter}\"") },
            sort: format!("{}{index:04}", need as u8 + 1),
            edit: Edit { range: place.replace.clone(), new },
            snippet,
            additional: additional.map(|at| Edit { range: at..at, new: ",".to_owned() }).into_iter().collect(),
            deprecated: false,
            preselect: false,
        }
    }
}
