//! An environment that Postman exports: `{ "name": …, "values": [ { "key", "value", "enabled" } ] }`. The names are those of
//! Adobe's collections: `API_KEY`, `CLIENT_SECRET`, `IMS`, `IMS_ORG`, `SANDBOX_NAME`, `SCOPES`, `ACCESS_TOKEN`.

use super::Wrong;
use super::assemble::assemble;
use super::form::{CredentialsFormat, Read};
use super::json::{Pair, texts};
use crate::syntax::{Kind, Node};

/// Reads an environment; values that are switched off in Postman do not count.
pub(super) fn read(root: Node<'_>) -> Result<Read, Wrong> {
    let values = root.get("values").into_iter().flat_map(Node::elements);
    let is_on = |value: &Node<'_>| value.get("enabled").is_none_or(|enabled| enabled.kind() != Kind::False);
    let pair = |value: Node<'_>| Some(Pair::new(value.get("key")?.string()?, texts(value.get("value")?)?));
    let pairs: Vec<_> = values.filter(is_on).filter_map(pair).collect();
    assemble(&pairs, CredentialsFormat::Postman)
}
