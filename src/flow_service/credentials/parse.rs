//! Credentials from a text whose format is detected from its content.

use super::format::{CredentialsFormat, Parsed};
use super::settings::{self, Setting, strings};
use super::{Problem, aio, dotenv};
use crate::syntax::{Kind, Node};

pub(super) fn parse(text: &str) -> Result<Parsed, Problem> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Problem::new("it is empty."));
    }
    if text.contains("-----BEGIN ") && !text.starts_with('{') && !text.contains('=') {
        return Err(Problem::new(
            "this is a key or certificate, as for a service account (JWT), which Adobe has discontinued. Use the client ID \
             and client secret of an OAuth Server-to-Server credential.",
        ));
    }
    if !text.starts_with(['{', '[']) {
        return dotenv::parse(text);
    }
    let tree = aio::parse_json(text)?;
    let root = tree.root();
    if root.kind() != Kind::Object {
        return Err(Problem::new("expected a JSON object or lines of `NAME=value`, found an array."));
    }
    let has = |path: &[&str], kind| root.at(path).is_some_and(|node| node.kind() == kind);
    if has(&["values"], Kind::Array) {
        postman(root)
    } else if has(&["project"], Kind::Object) {
        console(root)
    } else if has(&["ims", "contexts"], Kind::Object) {
        aio::parse(root)
    } else {
        settings::credentials(&settings::members(root), CredentialsFormat::Aepp)
    }
}

/// An environment exported by Postman: `{ "name": …, "values": [ { "key", "value", "enabled" } ] }`, with the names of Adobe's
/// collections: `API_KEY`, `CLIENT_SECRET`, `IMS`, `IMS_ORG`, `SANDBOX_NAME`, `SCOPES`, `ACCESS_TOKEN`.
fn postman(root: Node<'_>) -> Result<Parsed, Problem> {
    let values = root.get("values").into_iter().flat_map(Node::elements);
    let is_enabled = |value: &Node<'_>| value.get("enabled").is_none_or(|enabled| enabled.kind() != Kind::False);
    let setting = |value: Node<'_>| Some(Setting::new(value.get("key")?.string()?, strings(value.get("value")?)?));
    let settings: Vec<_> = values.filter(is_enabled).filter_map(setting).collect();
    settings::credentials(&settings, CredentialsFormat::Postman)
}

/// The one OAuth Server-to-Server credential of a Developer Console project.
fn console(root: Node<'_>) -> Result<Parsed, Problem> {
    let format = CredentialsFormat::Console;
    let of_type = |name: &'static str| {
        let entries = root.at(&["project", "workspace", "details", "credentials"]).into_iter().flat_map(Node::elements);
        entries.filter_map(move |entry| entry.get(name)).filter(|node| node.kind() == Kind::Object)
    };
    let found: Vec<_> = of_type("oauth_server_to_server").collect();
    match found[..] {
        [credential] => {
            let org = root.at(&["project", "org", "ims_org_id"]).and_then(strings);
            let mut settings = settings::members(credential);
            settings.extend(org.map(|org| Setting::new("org_id", org)));
            settings::credentials(&settings, format)
        }
        [] if of_type("jwt").next().is_some() => Err(Problem::service_account(format)),
        [] => Err(Problem::of(
            format,
            "it has no OAuth Server-to-Server credential. Add one to the project in Developer Console, and download the \
             JSON again.",
        )),
        _ => Err(Problem::of(
            format,
            "it has several OAuth Server-to-Server credentials. Keep one of them in a separate file.",
        )),
    }
}
