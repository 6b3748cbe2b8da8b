//! Names in `required`: the declared properties that it lacks.

use super::position::ValuePosition;
use crate::ide::{CompletionItem, ItemKind, markdown};
use crate::source::model::Schema;
use crate::source::schemas::Scope;
use crate::spec::Entry;
use crate::syntax::{Kind, Node};

use super::CompletionContext;
use super::values::Writer;

/// The names; `None` if this is not an array of names.
pub(super) fn items(context: &CompletionContext<'_>, position: &ValuePosition<'_>) -> Option<Vec<CompletionItem>> {
    let schema = schema_of(context, position.owner)?;
    let listed = |name: &str| {
        let others = position.owner.elements().filter(|element| Some(*element) != position.current);
        others.filter_map(Node::string).any(|other| other == name)
    };
    let scope = Scope::enclosing(schema);
    let mut items: Vec<CompletionItem> = Vec::new();
    let writer = Writer::new(context, position);
    for member in scope.members() {
        let name = member.key.string().unwrap_or_default();
        if name.is_empty() || listed(&name) || items.iter().any(|item| item.label == name) {
            continue;
        }
        let mut item = writer.item(&name, ItemKind::Input, items.len(), |draft| draft.value(&(*name).into()));
        item.sort = format!("1{:04}", items.len());
        let schema = Schema::new(member.value);
        item.detail = schema.type_node().and_then(Node::as_string).map(Into::into);
        item.documentation = schema.help_text().map(|text| markdown::escaped(&text));
        items.push(item);
    }
    Some(items)
}

/// The JSON Schema whose `required` this array is.
fn schema_of<'t>(context: &CompletionContext<'_>, array: Node<'t>) -> Option<Node<'t>> {
    let is_required = array.kind() == Kind::Array && array.is_value_of(Schema::REQUIRED);
    let schema = array.enclosing_object().filter(|_| is_required)?;
    Entry::of(context.kind, schema).is_embedded_schema().then_some(schema)
}
