//! The forms in which people have credentials, told apart by what a text holds.

use std::fmt;

use super::{Credentials, Wrong, aio, assemble, console, json, lines, postman};
use crate::syntax::Kind;

/// As what a text was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialsFormat {
    /// The variables `CONNSPEC_…`.
    Environment,
    /// A JSON object with a value for each key: what aepp's `createConfigFile` writes, and what commands print.
    Aepp,
    /// What Postman exports.
    Postman,
    /// The JSON of a project that the Developer Console gives to download (`console.json`).
    Console,
    /// The configuration of aio, with its contexts.
    Aio,
    /// Lines of `NAME=value`: a `.env`.
    Lines,
}

impl fmt::Display for CredentialsFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            CredentialsFormat::Environment => "variables",
            CredentialsFormat::Aepp => "a configuration of aepp",
            CredentialsFormat::Postman => "a Postman environment",
            CredentialsFormat::Console => "a project of the Developer Console",
            CredentialsFormat::Aio => "a configuration of aio",
            CredentialsFormat::Lines => "lines of `NAME=value`",
        })
    }
}

/// Something that signing in needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    ClientId,
    ClientSecret,
}

impl CredentialsFormat {
    /// What a form calls something.
    pub(super) fn name(self, need: Need) -> &'static str {
        let (client_id, client_secret) = match self {
            CredentialsFormat::Environment | CredentialsFormat::Lines => {
                ("CONNSPEC_CLIENT_ID", "CONNSPEC_CLIENT_SECRET")
            }
            CredentialsFormat::Aepp => ("client_id", "secret"),
            CredentialsFormat::Postman => ("API_KEY", "CLIENT_SECRET"),
            CredentialsFormat::Console | CredentialsFormat::Aio => ("client_id", "client_secrets"),
        };
        match need {
            Need::ClientId => client_id,
            Need::ClientSecret => client_secret,
        }
    }
}

/// What was read, and what a person should know.
pub(super) type Read = (CredentialsFormat, Credentials, Vec<String>);

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Read, Wrong> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Wrong::new("nothing is in it."));
    }
    if text.contains("-----BEGIN ") && !text.starts_with('{') && !text.contains('=') {
        return Err(Wrong::new(
            "this is a key or a certificate, as service accounts (JWT) had them, which Adobe has ended. \
             Use the client id and client secret of an OAuth server-to-server credential.",
        ));
    }
    if !text.starts_with(['{', '[']) {
        return lines::read(text);
    }
    let tree = json::parse(text)?;
    let root = tree.root();
    if root.kind() != Kind::Object {
        return Err(Wrong::new("this is a list. Credentials are a JSON object or lines of `NAME=value`."));
    }
    let has = |path: &[&str], kind| root.at(path).is_some_and(|node| node.kind() == kind);
    if has(&["values"], Kind::Array) {
        return postman::read(root);
    }
    if has(&["project"], Kind::Object) {
        return console::read(root);
    }
    if has(&["ims", "contexts"], Kind::Object) {
        return aio::read(root);
    }
    assemble::assemble(&json::pairs(root), CredentialsFormat::Aepp)
}
