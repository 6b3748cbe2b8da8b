//! Names inside `"required": [ ]`: the properties that the schema declares and does not list yet.

use crate::ide::place::ValuePlace;
use crate::ide::{CompletionItem, ItemKind};
use crate::source::schemas::Scope;
use crate::spec::Entry;
use crate::syntax::{Kind, Node};

use super::{PositionContext, values};

/// The names, or `None` where no names are asked for.
pub(super) fn items(context: &PositionContext<'_>, place: &ValuePlace<'_>) -> Option<Vec<CompletionItem>> {
    let schema = schema_of(context, place.owner)?;
    let listed = |name: &str| {
        let others = place.owner.elements().filter(|element| Some(*element) != place.current);
        others.filter_map(Node::string).any(|other| other == name)
    };
    let scope = Scope::enclosing(schema);
    let mut items: Vec<CompletionItem> = Vec::new();
    for member in scope.properties.iter().flat_map(|properties| properties.members()) {
        let name = member.key.string().unwrap_or_default();
        if name.is_empty() || listed(&name) || items.iter().any(|item| item.label == name) {
            continue;
        }
        let mut item = values::text_item(context, place, &name, ItemKind::Input, items.len());
        item.sort = format!("1{:04}", items.len());
        let text = |key: &str| member.value.get(key).and_then(Node::as_string);
        item.detail = text("type").map(Into::into);
        item.documentation = text("description").or(text("title")).map(Into::into);
        items.push(item);
    }
    Some(items)
}

/// The JSON schema whose `required` this array is.
fn schema_of<'t>(context: &PositionContext<'_>, array: Node<'t>) -> Option<Node<'t>> {
    let member = array.as_part_of_member().filter(|_| array.kind() == Kind::Array)?;
    let schema = member.node.parent().filter(|_| member.key.string().as_deref() == Some("required"))?;
    Entry::of(context.kind, schema).is_embedded_schema().then_some(schema)
}
