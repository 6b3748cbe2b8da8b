//! `property=name==x`: which documents a list is asked for.

use super::refusal::{Code, Refusal};
use super::wire::Kind;
use crate::syntax::{self, Node};

/// What the value at a path has to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter {
    /// Keys from the outside in; of an array any element counts.
    path: Vec<Step>,
    /// Any of these.
    values: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
struct Step {
    key: String,
    any_element: bool,
}

impl Filter {
    /// Reads the value of a `property` parameter.
    pub(super) fn read(text: &str, kind: Kind) -> Result<Filter, Refusal> {
        let operator_at = text.find(['=', '<', '>', '!', '~']).unwrap_or(text.len());
        let (field, rest) = text.split_at(operator_at);
        let value = rest.trim_start_matches(['=', '<', '>', '!', '~']);
        let operator = &rest[..rest.len() - value.len()];
        let field = field.trim();
        let of_attributes = field.strip_prefix("attributes.").is_some_and(|name| !name.is_empty());
        let known = ["id", "name", "providerId"].contains(&field) || (kind == Kind::ConnectionSpecs && of_attributes);
        if !known {
            let words = format!("The field `{field}` cannot be used to filter {}.", kind.name());
            return Err(Refusal::flow(Code::FILTER_FIELD, words));
        }
        // The documentation's own sample of an attribute has one sign only.
        if operator != "==" && !(operator == "=" && of_attributes) {
            let words = format!("The operator of the filter `{field}` is not supported; use `==`.");
            return Err(Refusal::flow(Code::FILTER_OPERATOR, words));
        }
        let values: Vec<_> = split(value).into_iter().map(|value| unquoted(&value).to_owned()).collect();
        if values.iter().any(String::is_empty) {
            return Err(Refusal::flow(Code::EMPTY_FILTER_VALUE, format!("A value of the filter `{field}` is empty.")));
        }
        Ok(Filter { path: field.split('.').map(Step::read).collect(), values })
    }

    /// Whether a document is asked for.
    pub(super) fn takes(&self, document: Node<'_>) -> bool {
        let mut reached = vec![document];
        for step in &self.path {
            reached = reached.into_iter().filter_map(|node| node.get(&step.key)).collect();
            if step.any_element {
                reached = reached.into_iter().flat_map(Node::elements).collect();
            }
        }
        reached.into_iter().any(|node| self.values.contains(&shown(node)))
    }
}

impl Step {
    fn read(text: &str) -> Step {
        let key = text.strip_suffix("[]");
        Step { key: key.unwrap_or(text).to_owned(), any_element: key.is_some() }
    }
}

/// A string's characters, anything else as it is written.
fn shown(node: Node<'_>) -> String {
    match node.kind() {
        syntax::Kind::String => node.string().unwrap_or_default().into_owned(),
        _ => node.text().to_owned(),
    }
}

/// The parts between commas that stand in no quotes.
fn split(text: &str) -> Vec<String> {
    let (mut parts, mut quoted) = (vec![String::new()], false);
    for character in text.chars() {
        quoted ^= character == '"';
        match parts.last_mut() {
            Some(part) if quoted || character != ',' => part.push(character),
            _ => parts.push(String::new()),
        }
    }
    parts
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}
