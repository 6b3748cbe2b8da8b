//! Values: allowed ones, known ones, examples, snippets.

use super::position::{self, ValuePosition};
use crate::edit::draft::{Draft, Style, indent_of};
use crate::ide::{CompletionItem, ItemKind};
use crate::source::date_format;
use crate::spec::{Entry, Json, KnownValue, StringFormat};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::CompletionContext;

pub(super) fn items(context: &CompletionContext<'_>, position: &ValuePosition<'_>) -> Vec<CompletionItem> {
    let entry = position.entry(context.kind);
    let writer = Writer::new(context, position);
    let description = entry.description().map(str::to_owned);
    let mut items: Vec<CompletionItem> = Vec::new();
    let mut add = |choice: KnownValue, kind: ItemKind| {
        let label = choice.value.unquoted();
        let known = items.iter().any(|item| item.label == label);
        if !known && writer.fits(choice.value) && !writer.is_in_array_already(choice.value) {
            let mut item = writer.item(&label, kind, items.len(), |draft| draft.value(&choice.value.to_value()));
            item.documentation =
                Some(choice.description.to_owned()).filter(|own| !own.is_empty()).or(description.clone());
            item.preselect = Some(choice.value) == entry.default_value();
            if entry.format() == Some(StringFormat::DateFormat) {
                item.detail = choice.value.as_str().map(date_format::format_sample);
            }
            items.push(item);
        }
    };
    if let Some(constant) = entry.constant() {
        let known = entry.known_values().into_iter().find(|known| known.value == constant);
        add(
            KnownValue { value: constant, description: known.map_or("", |known| known.description) },
            ItemKind::EnumMember,
        );
    }
    entry.allowed_values().into_iter().for_each(|choice| add(choice, ItemKind::EnumMember));
    entry.known_values().into_iter().for_each(|choice| add(choice, ItemKind::Value));
    if entry.types().contains(&"boolean") {
        for value in [&TRUE, &FALSE] {
            add(KnownValue { value, description: "" }, ItemKind::Value);
        }
    }
    // An array in an example has names that only the example declares.
    let examples =
        entry.default_value().into_iter().chain(entry.examples()).filter(|value| !matches!(value, Json::Array(_)));
    // An example must not replace what is typed.
    for value in examples.filter(|_| !writer.is_in_text()) {
        add(KnownValue { value, description: "" }, ItemKind::Value);
    }
    if !writer.is_in_string() {
        items.extend(templates(&writer, &entry, items.len()));
    }
    items
}

static TRUE: Json = Json::Bool(true);
static FALSE: Json = Json::Bool(false);

/// Snippets; without any other item, an empty value.
fn templates(writer: &Writer<'_>, entry: &Entry, offset: usize) -> Vec<CompletionItem> {
    let templates = entry.snippets();
    let item = |(index, template): (usize, crate::spec::Snippet)| {
        let mut item = writer
            .item(template.label, ItemKind::Snippet, offset + index, |draft| draft.value(&template.body.to_value()));
        item.documentation = Some(template.description.to_owned());
        item
    };
    if templates.is_empty() && offset == 0 && !entry.is_empty() {
        let label = match entry.types().first().copied() {
            Some("object") => "{ }",
            Some("array") => "[ ]",
            Some("string") => "\"\"",
            _ => return Vec::new(),
        };
        return vec![writer.item(label, ItemKind::Value, 0, |draft| draft.value_for(entry))];
    }
    templates.into_iter().enumerate().map(item).collect()
}

/// Writes a value with the missing colon and commas.
pub(super) struct Writer<'c> {
    context: &'c CompletionContext<'c>,
    position: &'c ValuePosition<'c>,
    style: Style,
    commas: position::Commas,
}

impl<'c> Writer<'c> {
    pub(super) fn new(context: &'c CompletionContext<'c>, position: &'c ValuePosition<'c>) -> Self {
        let commas = match position.owner.kind() {
            Kind::Array => position::commas(position.owner, position.current, &position.replace),
            // The comma before a member is inserted with its key.
            _ => position::Commas {
                before: None,
                after: position
                    .owner
                    .parent()
                    .is_some_and(|object| position::commas(object, Some(position.owner), &position.replace).after),
            },
        };
        Writer { context, position, style: Style::of(context.document), commas }
    }

    fn is_in_string(&self) -> bool {
        self.position.current.is_some_and(|current| current.kind() == Kind::String)
    }

    /// Whether the string at the cursor is not empty.
    fn is_in_text(&self) -> bool {
        self.is_in_string() && self.position.current.is_some_and(|string| !string.inner().is_empty())
    }

    /// Whether a value can be inserted: in a string that is not empty, only strings.
    fn fits(&self, value: &Json) -> bool {
        !self.is_in_text() || value.as_str().is_some()
    }

    fn is_in_array_already(&self, value: &Json) -> bool {
        let same = |node: Node<'_>| value.as_str().is_some() && node.string().as_deref() == value.as_str();
        self.position.owner.elements().any(|element| Some(element) != self.position.current && same(element))
    }

    pub(super) fn item(
        &self,
        label: &str,
        kind: ItemKind,
        index: usize,
        write: impl FnOnce(&mut Draft),
    ) -> CompletionItem {
        let position = self.position;
        let mut draft = Draft::new(&self.style, indent_of(self.context.document, position.replace.start));
        if self.commas.before == Some(position.replace.start) {
            draft.text(", ");
        }
        write(&mut draft);
        if self.commas.after {
            draft.text(",");
        }
        let (new, snippet) = draft.finish();
        // Editors compare the filter with the typed text, which includes the opening quote. Without the closing quote, a complete
        // string matches nothing, so that Enter after it is a line break.
        let is_quoted = match position.current {
            Some(current) => current.kind() == Kind::String && current.has_opening_quote(),
            None => new.starts_with('"') || new.starts_with(", \""),
        };
        let comma = self.commas.before.map(|at| (at, ","));
        let colon = position
            .owner
            .member()
            .filter(|member| !member.node.has_colon())
            .map(|member| (member.key.range().end, ":"));
        let additional = comma.or(colon).filter(|(at, _)| *at < position.replace.start);
        let edit = Edit::replace(position.replace.clone(), new);
        CompletionItem {
            filter: if is_quoted { format!("\"{label}") } else { label.to_owned() },
            snippet,
            additional: additional.map(|(at, new)| Edit::insert(at, new)).into_iter().collect(),
            ..CompletionItem::new(label, kind, format!("5{index:04}"), edit)
        }
    }
}
