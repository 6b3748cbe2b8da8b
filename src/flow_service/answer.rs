//! Answers of the service: specs cut out of them as they were sent, so that no number and no order is lost.

use std::borrow::Cow;

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
        let tree = Tree::parse(self.text.clone());
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
    let tree = Tree::parse(text.to_owned());
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
    node.as_string().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Result<Vec<(String, String)>, Unreadable> {
        page(text).map(|page| page.items.into_iter().map(|item| (item.id, item.text)).collect())
    }

    fn pair(id: &str, text: &str) -> (String, String) {
        (id.to_owned(), text.to_owned())
    }

    #[test]
    fn items_are_cut_out_as_they_are() {
        let (one, two) = (r#"{ "n": 1.0, "id": "1" }"#, "{\"id\":\"\\u0032\",\n\"id\":\"2\"}");
        assert_eq!(items(one), Ok(vec![pair("1", one)]));
        assert_eq!(items(&format!("{{\"items\": [{one} , {two}]}}")), Ok(vec![pair("1", one), pair("2", two)]));
        assert_eq!(items(r#"{"items": []}"#), Ok(vec![]));
        // A bare item may have a member of that name, of another kind.
        let odd = r#"{"id": "1", "items": {}}"#;
        assert_eq!(items(odd), Ok(vec![pair("1", odd)]));
    }

    #[test]
    fn what_cannot_be_read_as_a_whole_is_not_read_at_all() {
        for text in ["", "{", "{\"id\": \"1\"} x", "{\"id\": \"1\",}", "{'id': '1'}", "{\"items\": [{\"id\": \"1\"}"] {
            assert_eq!(items(text), Err(Unreadable::NotJson), "{text}");
        }
        for text in ["{}", "{\"items\": [{\"id\": \"1\"}, {}]}", "{\"id\": \"\"}", "{\"items\": [1]}"] {
            assert_eq!(items(text), Err(Unreadable::NoId), "{text}");
        }
        for text in ["[]", "null", "\"id\""] {
            assert_eq!(items(text), Err(Unreadable::NeitherItemNorItems), "{text}");
        }
    }

    #[test]
    fn only_the_query_of_the_next_page_counts() {
        let next = |href: &str| {
            let text = format!(r#"{{"items": [], "_links": {{"next": {{"href": "{href}"}}}}}}"#);
            page(&text).ok().and_then(|page| page.next)
        };
        assert_eq!(next("/connectionSpecs?continuationToken=a%3D").as_deref(), Some("continuationToken=a%3D"));
        assert_eq!(next("https://elsewhere.example/x?a=b").as_deref(), Some("a=b"));
        assert_eq!(next("/connectionSpecs"), None);
    }
}
