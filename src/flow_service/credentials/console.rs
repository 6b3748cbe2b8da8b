//! The JSON of a project, as the Developer Console gives it to download and aio keeps it (`console.json`).

use super::Wrong;
use super::assemble::assemble;
use super::form::{CredentialsFormat, Read};
use super::json::{Pair, pairs, texts};
use crate::syntax::{Kind, Node};

/// Where the credentials are.
const CREDENTIALS: &[&str] = &["project", "workspace", "details", "credentials"];

/// Where the organization is.
const ORG: &[&str] = &["project", "org", "ims_org_id"];

/// The key of an OAuth server-to-server credential.
const SERVER_TO_SERVER: &str = "oauth_server_to_server";

/// Reads the one OAuth server-to-server credential of a project.
pub(super) fn read(root: Node<'_>) -> Result<Read, Wrong> {
    let of_kind = |kind: &'static str| {
        let all = root.at(CREDENTIALS).into_iter().flat_map(Node::elements);
        all.filter_map(move |one| one.get(kind)).filter(|node| node.kind() == Kind::Object)
    };
    let found: Vec<_> = of_kind(SERVER_TO_SERVER).collect();
    let credential = match found[..] {
        [one] => one,
        [] if of_kind("jwt").next().is_some() => return Err(Wrong::jwt(CredentialsFormat::Console)),
        [] => {
            return Err(Wrong::of(
                CredentialsFormat::Console,
                "it has no OAuth server-to-server credential. Add one to the project in the Developer Console, and download \
                 the JSON again.",
            ));
        }
        _ => {
            return Err(Wrong::of(
                CredentialsFormat::Console,
                "it has several OAuth server-to-server credentials. Keep one of them in a file of its own.",
            ));
        }
    };
    let org = root.at(ORG).and_then(texts).map(|org| Pair::new("org_id", org));
    assemble(&pairs(credential).into_iter().chain(org).collect::<Vec<_>>(), CredentialsFormat::Console)
}
