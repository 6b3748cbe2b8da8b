//! Response bodies: specs cut out of them as they were sent, so that no number and no order of keys is lost.

use std::borrow::Cow;

use crate::syntax::{Kind, Node, Tree};

/// One spec, as the service sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The ID of the spec.
    pub id: String,
    /// The JSON as received. The response to a write may have less than the whole spec, even nothing.
    pub text: String,
    /// The version, including quotes, if the service sent one. None is documented for specs.
    pub etag: Option<String>,
}

impl Item {
    /// Whether the value of a top-level key is this string.
    pub(super) fn has(&self, key: &str, value: &str) -> bool {
        let tree = Tree::parse(self.text.clone());
        tree.root().get(key).and_then(string).as_deref() == Some(value)
    }
}

/// One page of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) items: Vec<Item>,
    /// The query of the URL of the next page.
    pub(super) next: Option<String>,
}

/// Why a body cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Malformed {
    InvalidJson,
    MissingId,
    /// The id of a new spec that can't be one.
    InvalidId,
    NeitherItemNorItems,
    /// A page that was seen before.
    RepeatedPage,
}

/// Reads a body: the elements of `items`, or the body itself if it is a single item.
pub(super) fn parse_page(text: &str) -> Result<Page, Malformed> {
    let tree = Tree::parse(text.to_owned());
    if !tree.errors().is_empty() {
        return Err(Malformed::InvalidJson);
    }
    let root = tree.root();
    let wrapped = root.get("items").filter(|items| items.kind() == Kind::Array);
    let nodes = match wrapped {
        Some(items) => items.elements().collect(),
        None if root.kind() == Kind::Object => vec![root],
        None => return Err(Malformed::NeitherItemNorItems),
    };
    let items = nodes.into_iter().map(|node| item(node).ok_or(Malformed::MissingId)).collect::<Result<_, _>>()?;
    let next = root.at(&["_links", "next", "href"]).and_then(string);
    let next = next.and_then(|href| Some(href.split_once('?')?.1.to_owned()));
    Ok(Page { items, next: next.filter(|_| wrapped.is_some()) })
}

fn item(node: Node<'_>) -> Option<Item> {
    let id = node.get("id").and_then(string).filter(|id| !id.is_empty())?;
    Some(Item { id, text: node.text().to_owned(), etag: node.get("etag").and_then(string) })
}

/// The value of a string; `None` for any other type.
pub(super) fn string(node: Node<'_>) -> Option<String> {
    node.as_string().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Result<Vec<(String, String)>, Malformed> {
        parse_page(text).map(|page| page.items.into_iter().map(|item| (item.id, item.text)).collect())
    }

    fn pair(id: &str, text: &str) -> (String, String) {
        (id.to_owned(), text.to_owned())
    }

    #[test]
    fn items_keep_their_text() {
        let (one, two) = (r#"{ "n": 1.0, "id": "1" }"#, "{\"id\":\"\\u0032\",\n\"id\":\"2\"}");
        assert_eq!(items(one), Ok(vec![pair("1", one)]));
        assert_eq!(items(&format!("{{\"items\": [{one} , {two}]}}")), Ok(vec![pair("1", one), pair("2", two)]));
        assert_eq!(items(r#"{"items": []}"#), Ok(vec![]));
        // A single item may have a member of that name, of another type.
        let single = r#"{"id": "1", "items": {}}"#;
        assert_eq!(items(single), Ok(vec![pair("1", single)]));
    }

    #[test]
    fn a_partly_malformed_body_has_no_items() {
        for text in ["", "{", "{\"id\": \"1\"} x", "{\"id\": \"1\",}", "{'id': '1'}", "{\"items\": [{\"id\": \"1\"}"] {
            assert_eq!(items(text), Err(Malformed::InvalidJson), "{text}");
        }
        for text in ["{}", "{\"items\": [{\"id\": \"1\"}, {}]}", "{\"id\": \"\"}", "{\"items\": [1]}"] {
            assert_eq!(items(text), Err(Malformed::MissingId), "{text}");
        }
        for text in ["[]", "null", "\"id\""] {
            assert_eq!(items(text), Err(Malformed::NeitherItemNorItems), "{text}");
        }
    }

    #[test]
    fn only_the_query_of_the_next_page_is_used() {
        let next = |href: &str| {
            let text = format!(r#"{{"items": [], "_links": {{"next": {{"href": "{href}"}}}}}}"#);
            parse_page(&text).ok().and_then(|page| page.next)
        };
        assert_eq!(next("/connectionSpecs?continuationToken=a%3D").as_deref(), Some("continuationToken=a%3D"));
        assert_eq!(next("https://elsewhere.example/x?a=b").as_deref(), Some("a=b"));
        assert_eq!(next("/connectionSpecs"), None);
    }
}
