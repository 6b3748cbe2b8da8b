//! Answers of the service: specs cut out of them as they were sent, so that no number and no order is lost.

use std::sync::Arc;

use crate::syntax::{Kind, Node, Tree};

/// One spec, as the service sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its JSON as received. In the answer to a write it may be less than the whole spec, even nothing.
    pub text: String,
    /// Its version, quotes included, if the service told one. None is documented for specs.
    pub etag: Option<String>,
}

impl Item {
    /// Whether its own member `key` is this string.
    pub(super) fn has(&self, key: &str, value: &str) -> bool {
        let tree = Tree::parse(Arc::from(self.text.as_str()));
        tree.root().get(key).and_then(string).as_deref() == Some(value)
    }
}

/// The items of an answer, and the query that leads to more of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) items: Vec<Item>,
    /// What stands behind the `?` of the next page's address.
    pub(super) next: Option<String>,
}

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    NotJson,
    NoId,
    NeitherItemNorItems,
    /// A page that was there before.
    Repeats,
}

/// Reads an answer: the elements of `items`, or the answer itself where it is a bare item.
pub(super) fn page(text: &str) -> Result<Page, Unreadable> {
    let tree = Tree::parse(Arc::from(text));
    if !tree.errors().is_empty() {
        return Err(Unreadable::NotJson);
    }
    let root = tree.root();
    let wrapped = root.get("items").filter(|items| items.kind() == Kind::Array);
    let nodes = match wrapped {
        Some(items) => items.elements().collect(),
        None if root.kind() == Kind::Object => vec![root],
        None => return Err(Unreadable::NeitherItemNorItems),
    };
    let items = nodes.into_iter().map(|node| item(node).ok_or(Unreadable::NoId)).collect::<Result<_, _>>()?;
    let next = root.at(&["_links", "next", "href"]).and_then(string);
    let next = next.and_then(|href| Some(href.split_once('?')?.1.to_owned()));
    Ok(Page { items, next: next.filter(|_| wrapped.is_some()) })
}

fn item(node: Node<'_>) -> Option<Item> {
    let id = node.get("id").and_then(string).filter(|id| !id.is_empty())?;
    Some(Item { id, text: node.text().to_owned(), etag: node.get("etag").and_then(string) })
}

/// The characters of a string; nothing for another kind of value.
pub(super) fn string(node: Node<'_>) -> Option<String> {
    if node.kind() == Kind::String { node.string().map(|text| text.into_owned()) } else { None }
}
