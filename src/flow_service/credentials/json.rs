//! JSON of which the values are secrets: read without ever being printed.

use super::{CredentialsFormat, Wrong};
use crate::syntax::{ErrorKind, Kind, Node, Tree};

/// A name with its values: one, or those of a list. It may be a secret, so it is not printed.
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

impl Pair {
    pub(super) fn new(name: impl Into<String>, values: Vec<String>) -> Self {
        Pair { name: name.into(), values }
    }
}

/// The tree of a text. Beside JSON it may be what aio writes: keys without quotes, comments, a last comma too many. In any
/// other text that is no JSON a value may be another than was meant, so it is not read.
pub(super) fn parse(text: &str) -> Result<Tree, Wrong> {
    let tree = Tree::parse(text.to_owned());
    let is_clear =
        |kind: &ErrorKind| matches!(kind, ErrorKind::MissingQuotes | ErrorKind::Comment | ErrorKind::TrailingComma);
    let broken = tree.errors().iter().find(|error| !is_clear(&error.kind)).map(|error| error.range.start);
    let Some(at) = broken else { return Ok(tree) };
    let line = text[..at].matches('\n').count() + 1;
    if tree.root().at(&["ims"]).is_some() {
        return Err(Wrong::of(
            CredentialsFormat::Aio,
            format!(
                "line {line} is no JSON. Of HJSON only keys without quotes and comments are read; \
                 `aio config get ims.contexts.NAME --json` prints JSON, and may be the `command` of `credentials`."
            ),
        ));
    }
    Err(Wrong::new(format!("it begins as JSON, but line {line} is no JSON. Mend that line, or save the file anew.")))
}

/// The members of an object that are texts or lists of texts.
pub(super) fn pairs(object: Node<'_>) -> Vec<Pair> {
    let pair = |(key, value): (Node<'_>, Node<'_>)| Some(Pair::new(key.string()?, texts(value)?));
    object.members().filter_map(|member| pair((member.key, member.value))).collect()
}

/// A text, or the texts of a list.
pub(super) fn texts(node: Node<'_>) -> Option<Vec<String>> {
    let text = |node: Node<'_>| node.as_string().map(|text| text.into_owned());
    match node.kind() {
        Kind::Array => node.elements().map(text).collect(),
        _ => text(node).map(|text| vec![text]),
    }
}
