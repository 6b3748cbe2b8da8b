//! Keys that an object lacks, required keys first, each with an initial value.

use std::borrow::Cow;
use std::collections::HashSet;

use super::position::{self, KeyPosition};
use crate::edit::draft::{self, Draft, Style};
use crate::ide::{CompletionItem, ItemKind};
use crate::source::inputs::Inputs;
use crate::source::model::{Schema, Source};
use crate::source::placeholders;
use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::CompletionContext;

/// Whether a key is required; also the order of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Required,
    Expected,
    Optional,
    /// Deprecated forms, and what Flow Service sets.
    Last,
}

pub(super) fn items(context: &CompletionContext<'_>, position: &KeyPosition<'_>) -> Vec<CompletionItem> {
    let entry = Entry::of(context.kind, position.object);
    let writer = Writer::new(context, position);
    let own = position.member.map(|member| member.node);
    let others = position.object.members().filter(|member| Some(member.node) != own);
    let present: HashSet<Cow<'_, str>> = others.filter_map(|member| member.key.string()).collect();
    let present = |key: &str| present.contains(key);
    let mut items = Vec::new();
    for (index, key) in entry.keys().into_iter().filter(|key| !present(key)).enumerate() {
        let value = entry.key(key, None);
        // Hover explains misspelled keywords of published schemas, but they are not suggested.
        if value.is_deprecated() && entry.is_embedded_schema() {
            continue;
        }
        let need = need(&entry, &value, key);
        items.push(writer.item(key, &value, need, index));
        if value.has_variants() && writer.writes_value() {
            items.extend(writer.items_of_variants(key, &value, need, index));
        }
    }
    // Only while nothing is typed: whoever types a quote writes one key.
    if writer.writes_value() && position.replace.is_empty() {
        let missing = |keys: Vec<&'static str>| keys.into_iter().filter(|key| !present(key)).collect::<Vec<_>>();
        let needed = missing(writer.keys_of_each_kind(Entry::required_and_expected));
        let required = missing(writer.keys_of_each_kind(Entry::required));
        if required.len() > 1 && required.len() < needed.len() {
            items.push(writer.all("all required keys", &entry, &required));
        }
        if needed.len() > 1 {
            items.push(writer.all("all missing keys", &entry, &needed));
        }
    }
    let known: HashSet<String> = items.iter().map(|item| item.label.clone()).collect();
    let undeclared = undeclared_names(context, position.object);
    for (index, name) in undeclared.iter().filter(|name| !present(name) && !known.contains(*name)).enumerate() {
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

/// Names that `properties` lacks: required by the schema, or used as `${name}`, and not declared.
fn undeclared_names(context: &CompletionContext<'_>, object: Node<'_>) -> Vec<String> {
    let schema = object.enclosing_object().filter(|_| object.is_value_of(Schema::PROPERTIES));
    let is_schema = |schema: &Node<'_>| Entry::of(context.kind, *schema).is_embedded_schema();
    let Some(schema) = schema.filter(is_schema) else { return Vec::new() };
    let mut names: Vec<String> = Schema::new(schema).required_names().map(Into::into).collect();
    if Source::of(context.tree).input_schema() == Some(schema) {
        let inputs = Inputs::of(context.tree);
        let declared: HashSet<&str> = inputs.names().into_iter().collect();
        let used = placeholders::references(context.tree).map(|(_, name)| name);
        names.extend(used.filter(|name| !declared.contains(&**name)).map(Cow::into_owned));
    }
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

/// Writes a key with the missing colon and commas.
struct Writer<'c> {
    context: &'c CompletionContext<'c>,
    position: &'c KeyPosition<'c>,
    /// The vocabulary of the object in each kind that the spec has or can still get.
    entries: Vec<Entry>,
    style: Style,
    indent: String,
    commas: position::Commas,
}

impl<'c> Writer<'c> {
    fn new(context: &'c CompletionContext<'c>, position: &'c KeyPosition<'c>) -> Self {
        let own = position.member.map(|member| member.node);
        let style = Style::of(context.document);
        let indent = draft::indent_of(context.document, position.replace.start);
        let kinds: &[SpecKind] = match &context.kind {
            SpecKind::Undecided => &SpecKind::GENERIC,
            kind => std::slice::from_ref(kind),
        };
        let entries = kinds.iter().map(|kind| Entry::of(*kind, position.object)).collect();
        let commas = position::commas(position.object, own, &position.replace);
        Writer { context, position, entries, style, indent, commas }
    }

    fn keys_of_each_kind(&self, keys: fn(&Entry) -> Vec<&'static str>) -> Vec<&'static str> {
        let mut of_each = self.entries.iter().map(keys);
        let mut common = of_each.next().unwrap_or_default();
        of_each.for_each(|other| common.retain(|key| other.contains(key)));
        common
    }

    /// Writes the initial value of a key: where it differs between kinds, the values to choose from, or else an empty one.
    fn value(&self, draft: &mut Draft, key: &str, value: &Entry) {
        let entries = self.entries.iter().map(|entry| entry.key(key, None));
        let values: Vec<Entry> = entries.filter(|entry| !entry.is_empty()).collect();
        let text = |entry: &Entry| {
            let mut draft = self.draft();
            draft.value_for(entry);
            draft.finish()
        };
        if values.windows(2).all(|pair| text(&pair[0]) == text(&pair[1])) {
            return draft.value_for(value);
        }
        let constants: Option<Vec<_>> = values.iter().map(Entry::constant).collect();
        match constants {
            Some(constants) => draft.choice_of(&constants),
            None => draft.empty_value(value),
        }
    }

    /// Whether a value is written too, because none is present.
    fn writes_value(&self) -> bool {
        !self.position.value_follows
            && self.position.member.is_none_or(|member| !member.node.has_colon() && member.value.is_missing())
    }

    fn item(&self, key: &str, value: &Entry, need: Need, index: usize) -> CompletionItem {
        let mut draft = self.draft();
        draft.string(key);
        if self.writes_value() {
            draft.text(": ");
            self.value(&mut draft, key, value);
        }
        let need_text = match need {
            Need::Required => "required",
            Need::Expected => "in the template",
            Need::Last if value.is_set_by_service() => "set by Flow Service",
            Need::Last => "deprecated",
            Need::Optional => "",
        };
        let types = value.types().join(" | ");
        let detail =
            [types.as_str(), need_text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let mut item = self.finish(draft, key, key, need, index);
        item.detail = Some(detail).filter(|detail| !detail.is_empty());
        item.documentation = value.description().map(str::to_owned);
        item.deprecated = value.is_deprecated();
        item
    }

    /// One item for each variant of the value.
    fn items_of_variants(&self, key: &str, value: &Entry, need: Need, index: usize) -> Vec<CompletionItem> {
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

    /// One item that writes several keys.
    fn all(&self, label: &str, entry: &Entry, keys: &[&str]) -> CompletionItem {
        let mut draft = self.draft();
        let write = |draft: &mut Draft, key: &&str| {
            draft.key(key);
            self.value(draft, key, &entry.key(key, None));
        };
        if draft::is_first_on_line(self.context.document, self.position.replace.start) {
            for (index, key) in keys.iter().enumerate() {
                if index > 0 {
                    draft.text(",");
                    draft.new_line();
                }
                write(&mut draft, key);
            }
        } else {
            // In an object on one line, the new keys get lines of their own.
            draft.children(keys, write);
        }
        let names = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let mut item = self.finish(draft, label, label, Need::Required, 0);
        item.kind = ItemKind::Snippet;
        item.detail = Some(format!("{} keys", keys.len()));
        item.documentation = Some(format!("Writes {names}."));
        item.sort = format!("9{:04}", keys.len());
        item
    }

    fn draft(&self) -> Draft {
        let mut draft = Draft::new(&self.style, self.indent.clone());
        // A comma right before the key is part of the same edit.
        if self.commas.before == Some(self.position.replace.start) {
            draft.text(", ");
        }
        draft
    }

    fn finish(&self, mut draft: Draft, label: &str, filter: &str, need: Need, index: usize) -> CompletionItem {
        let position = self.position;
        let source = self.context.tree.source();
        if position.value_follows && !source[position.replace.end..].starts_with([' ', '\t']) {
            draft.text(": ");
        } else if position.value_follows
            || position.member.is_some_and(|member| !member.node.has_colon() && !member.value.is_missing())
        {
            draft.text(":");
        }
        if self.commas.after && self.writes_value() {
            draft.text(",");
        }
        let (new, snippet) = draft.finish();
        let is_bare = position.member.is_some_and(|member| member.key.kind() == Kind::Word);
        let additional = self.commas.before.filter(|at| *at < position.replace.start);
        let (sort, edit) = (format!("{}{index:04}", need as u8 + 1), Edit::replace(position.replace.clone(), new));
        CompletionItem {
            // Without the closing quote: a complete key matches nothing, so that Enter after it is a line break.
            filter: if is_bare { filter.to_owned() } else { format!("\"{filter}") },
            snippet,
            additional: additional.map(|at| Edit::insert(at, ",")).into_iter().collect(),
            ..CompletionItem::new(label, ItemKind::Key, sort, edit)
        }
    }
}
