//! The formats of credentials, detected from the content of a text.

use std::fmt;

use super::settings::{self, Setting, strings};
use super::{Credentials, Problem, aio, dotenv};
use crate::syntax::{ErrorKind, Kind, Node, Tree};

/// The format of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialsFormat {
    /// The environment variables `CONNSPEC_…`.
    Environment,
    /// A JSON object with a value per key: what aepp's `createConfigFile` writes, and what commands print.
    Aepp,
    /// An environment exported by Postman.
    Postman,
    /// A project downloaded from Developer Console as JSON (`console.json`).
    Console,
    /// The configuration of aio, Adobe's command line, with its contexts.
    Aio,
    /// Lines of `NAME=value`, as in a `.env`.
    Dotenv,
}

impl fmt::Display for CredentialsFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            CredentialsFormat::Environment => "environment variables",
            CredentialsFormat::Aepp => "aepp configuration",
            CredentialsFormat::Postman => "Postman environment",
            CredentialsFormat::Console => "Developer Console project",
            CredentialsFormat::Aio => "aio configuration",
            CredentialsFormat::Dotenv => "`NAME=value` lines",
        })
    }
}

impl CredentialsFormat {
    /// The name of the client ID.
    pub(super) fn client_id(self) -> &'static str {
        match self {
            CredentialsFormat::Environment | CredentialsFormat::Dotenv => "CONNSPEC_CLIENT_ID",
            CredentialsFormat::Postman => "API_KEY",
            CredentialsFormat::Aepp | CredentialsFormat::Console | CredentialsFormat::Aio => "client_id",
        }
    }

    /// The name of the client secret.
    pub(super) fn client_secret(self) -> &'static str {
        match self {
            CredentialsFormat::Environment | CredentialsFormat::Dotenv => "CONNSPEC_CLIENT_SECRET",
            CredentialsFormat::Aepp => "secret",
            CredentialsFormat::Postman => "CLIENT_SECRET",
            CredentialsFormat::Console | CredentialsFormat::Aio => "client_secrets",
        }
    }
}

/// The credentials of a text, and what the user should know.
pub(super) struct Parsed {
    pub(super) format: CredentialsFormat,
    pub(super) credentials: Credentials,
    pub(super) warnings: Vec<String>,
}

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
    let tree = parse_json(text)?;
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

/// Parses JSON, and what aio writes: unquoted keys, comments, trailing commas. Otherwise malformed text is rejected: a value
/// may be another than was meant.
pub(super) fn parse_json(text: &str) -> Result<Tree, Problem> {
    let tree = Tree::parse(text.to_owned());
    let is_harmless =
        |kind: &ErrorKind| matches!(kind, ErrorKind::MissingQuotes | ErrorKind::Comment | ErrorKind::TrailingComma);
    let error = tree.errors().iter().find(|error| !is_harmless(&error.kind)).map(|error| error.range.start);
    let Some(at) = error else { return Ok(tree) };
    let line = text[..at].matches('\n').count() + 1;
    if tree.root().at(&["ims"]).is_some() {
        return Err(Problem::of(
            CredentialsFormat::Aio,
            format!(
                "line {line} isn't valid JSON. Of HJSON, only unquoted keys and comments are supported; {}",
                aio::JSON_COMMAND
            ),
        ));
    }
    Err(Problem::new(format!("line {line} isn't valid JSON. Fix it, or save the file again.")))
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
