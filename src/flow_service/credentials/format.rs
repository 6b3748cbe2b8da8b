//! The formats of credentials.

use std::fmt;

use super::Credentials;

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
    /// The identifier in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            CredentialsFormat::Environment => "environment",
            CredentialsFormat::Aepp => "aepp",
            CredentialsFormat::Postman => "postman",
            CredentialsFormat::Console => "console",
            CredentialsFormat::Aio => "aio",
            CredentialsFormat::Dotenv => "dotenv",
        }
    }

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
