//! `property=name==x`: filters of a list.

use super::api_error::{ApiError, ErrorCode};
use super::collection::Collection;
use crate::syntax::{self, Node};

/// A condition on the value at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter {
    path: Vec<Segment>,
    /// The allowed values.
    values: Vec<String>,
}

/// A key of a path, followed by any element of the array in it if it ends in `[]`.
#[derive(Debug, PartialEq, Eq)]
struct Segment {
    key: String,
    any_element: bool,
}

impl Filter {
    /// Parses the value of a `property` parameter.
    pub(super) fn parse(text: &str, collection: Collection) -> Result<Filter, ApiError> {
        let operator_at = text.find(['=', '<', '>', '!', '~']).unwrap_or(text.len());
        let (field, rest) = text.split_at(operator_at);
        let value = rest.trim_start_matches(['=', '<', '>', '!', '~']);
        let operator = &rest[..rest.len() - value.len()];
        let field = field.trim();
        let is_attribute = field.strip_prefix("attributes.").is_some_and(|name| !name.is_empty());
        let is_known = ["id", "name", "providerId"].contains(&field)
            || (collection == Collection::ConnectionSpecs && is_attribute);
        if !is_known {
            let message = format!("The field `{field}` cannot be used to filter {}.", collection.name());
            return Err(ApiError::flow(ErrorCode::FILTER_FIELD, message));
        }
        // The documented example for an attribute has `=`.
        if operator != "==" && !(operator == "=" && is_attribute) {
            let message = format!("The operator of the filter `{field}` is not supported; use `==`.");
            return Err(ApiError::flow(ErrorCode::FILTER_OPERATOR, message));
        }
        let values: Vec<_> = split(value).into_iter().map(|value| unquote(&value).to_owned()).collect();
        if values.iter().any(String::is_empty) {
            let message = format!("A value of the filter `{field}` is empty.");
            return Err(ApiError::flow(ErrorCode::EMPTY_FILTER_VALUE, message));
        }
        Ok(Filter { path: field.split('.').map(Segment::parse).collect(), values })
    }

    pub(super) fn matches(&self, spec: Node<'_>) -> bool {
        let mut nodes = vec![spec];
        for segment in &self.path {
            nodes = nodes.into_iter().filter_map(|node| node.get(&segment.key)).collect();
            if segment.any_element {
                nodes = nodes.into_iter().flat_map(Node::elements).collect();
            }
        }
        nodes.into_iter().any(|node| self.values.contains(&value(node)))
    }
}

impl Segment {
    fn parse(text: &str) -> Segment {
        let key = text.strip_suffix("[]");
        Segment { key: key.unwrap_or(text).to_owned(), any_element: key.is_some() }
    }
}

/// The value of a string, or the text of anything else.
fn value(node: Node<'_>) -> String {
    match node.kind() {
        syntax::Kind::String => node.string().unwrap_or_default().into_owned(),
        _ => node.text().to_owned(),
    }
}

/// Splits at commas outside of quotes.
fn split(text: &str) -> Vec<String> {
    let (mut parts, mut is_quoted) = (vec![String::new()], false);
    for character in text.chars() {
        is_quoted ^= character == '"';
        match parts.last_mut() {
            Some(part) if is_quoted || character != ',' => part.push(character),
            _ => parts.push(String::new()),
        }
    }
    parts
}

fn unquote(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}
