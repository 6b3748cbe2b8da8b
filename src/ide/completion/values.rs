//! Values: the closed set, the known ones, examples, whole templates.

use serde_json::Value;

use crate::edit::draft::{Draft, Style, indent_of};
use crate::ide::place::{self, ValuePlace};
use crate::ide::{CompletionItem, ItemKind};
use crate::source::date_format;
use crate::spec::{Entry, Json, KnownValue, StringFormat};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::{PositionContext, documentation};

pub(super) fn items(context: &PositionContext<'_>, place: &ValuePlace<'_>) -> Vec<CompletionItem> {
    let entry = place.entry(context.kind);
    let writer = Writer::new(context, place);
    let words = documentation(&entry);
    let mut items: Vec<CompletionItem> = Vec::new();
    let mut add = |choice: KnownValue, kind: ItemKind| {
        let label = choice.value.unquoted();
        let known = items.iter().any(|item| item.label == label);
        if !known && writer.fits(choice.value) && !writer.is_in_array_already(choice.value) {
            let mut item = writer.item(&label, kind, items.len(), |draft| draft.value(&choice.value.to_value()));
            item.documentation =
                Some(choice.description.to_owned()).filter(|words| !words.is_empty()).or(words.clone());
            item.preselect = Some(choice.value) == entry.default_value();
            if entry.format() == Some(StringFormat::DateFormat) {
                item.detail = choice.value.as_str().map(date_format::format_sample);
            }
            items.push(item);
        }
    };
    if let Some(constant) = entry.constant() {
        let words = entry.known_values().into_iter().find(|known| known.value == constant);
        add(
            KnownValue { value: constant, description: words.map_or("", |known| known.description) },
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
    // A list in an example is of the example's own names.
    let examples =
        entry.default_value().into_iter().chain(entry.examples()).filter(|value| !matches!(value, Json::Array(_)));
    for value in examples {
        add(KnownValue { value, description: "" }, ItemKind::Value);
    }
    if !writer.is_in_string() {
        items.extend(templates(&writer, &entry, items.len()));
    }
    items
}

static TRUE: Json = Json::Bool(true);
static FALSE: Json = Json::Bool(false);

/// Whole values to begin with; an empty one where there are none and nothing else to offer.
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

/// Writes a value at a place, with all that is missing around it.
struct Writer<'c> {
    context: &'c PositionContext<'c>,
    place: &'c ValuePlace<'c>,
    style: Style,
    commas: place::Commas,
}

impl<'c> Writer<'c> {
    fn new(context: &'c PositionContext<'c>, place: &'c ValuePlace<'c>) -> Self {
        let commas = match place.owner.kind() {
            Kind::Array => place::commas(place.owner, place.current, &place.replace),
            // The comma before a member is its key's business.
            _ => place::Commas {
                before: None,
                after: place
                    .owner
                    .parent()
                    .is_some_and(|object| place::commas(object, Some(place.owner), &place.replace).after),
            },
        };
        Writer { context, place, style: Style::of(context.document), commas }
    }

    fn is_in_string(&self) -> bool {
        self.place.current.is_some_and(|current| current.kind() == Kind::String)
    }

    /// In quotes only texts make sense.
    fn fits(&self, value: &Json) -> bool {
        !self.is_in_string()
            || value.as_str().is_some()
            || self.place.current.is_some_and(|node| node.inner().is_empty())
    }

    fn is_in_array_already(&self, value: &Json) -> bool {
        let same = |node: Node<'_>| value.as_str().is_some() && node.string().as_deref() == value.as_str();
        self.place.owner.elements().any(|element| Some(element) != self.place.current && same(element))
    }

    fn item(&self, label: &str, kind: ItemKind, index: usize, write: impl FnOnce(&mut Draft)) -> CompletionItem {
        let place = self.place;
        let mut draft = Draft::new(&self.style, indent_of(self.context.document, place.replace.start));
        if self.commas.before == Some(place.replace.start) {
            draft.text(", ");
        }
        write(&mut draft);
        if self.commas.after {
            draft.text(",");
        }
        let (new, snippet) = draft.finish();
        // What is typed already is compared with this, its opening quote included.
        let is_quoted = match place.current {
            Some(current) => current.kind() == Kind::String && current.has_opening_quote(),
            None => new.starts_with('"') || new.starts_with(", \""),
        };
        let comma = self.commas.before.map(|at| (at, ","));
        let colon =
            place.owner.member().filter(|member| !member.node.has_colon()).map(|member| (member.key.range().end, ":"));
        let additional = comma.or(colon).filter(|(at, _)| *at < place.replace.start);
        CompletionItem {
            label: label.to_owned(),
            kind,
            detail: None,
            documentation: None,
            filter: if is_quoted { format!("\"{label}\"") } else { label.to_owned() },
            sort: format!("5{index:04}"),
            edit: Edit { range: place.replace.clone(), new },
            snippet,
            additional: additional.map(|(at, new)| Edit { range: at..at, new: new.to_owned() }).into_iter().collect(),
            deprecated: false,
            preselect: false,
        }
    }

    /// A text to be written here.
    pub(super) fn text(&self, text: &str, kind: ItemKind, index: usize) -> CompletionItem {
        self.item(text, kind, index, |draft| draft.value(&Value::String(text.to_owned())))
    }
}

/// An item that writes this text as the value.
pub(super) fn text_item(
    context: &PositionContext<'_>,
    place: &ValuePlace<'_>,
    text: &str,
    kind: ItemKind,
    index: usize,
) -> CompletionItem {
    Writer::new(context, place).text(text, kind, index)
}
