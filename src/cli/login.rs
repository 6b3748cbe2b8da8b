//! `connspec login`: signs in with a profile and shows the account and its permissions.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use tokio::runtime;

use super::output::Output;
use super::sync::TrustOption;
use super::{COULD_NOT_RUN, trust};
use crate::flow_service::credentials::{
    EnvironmentVariables, LoadedCredentials, has_credentials, load, process_variables,
};
use crate::flow_service::{self, Client, ClientOptions, ServiceTarget};
use crate::lint::Severity;
use crate::project::{self, Project, Projects, SelectedProfile, TokenStorage, Trust, TrustRequest, TrustedProfile};

mod human;
mod json;

/// The arguments of `connspec login`.
#[derive(Debug, Args)]
pub struct LoginArguments {
    /// Profile to use [default: from connspec.toml or the environment]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: LoginFormat,
    #[command(flatten)]
    pub(in crate::cli) trust: TrustOption,
}

/// The output format of `connspec login`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LoginFormat {
    /// Text
    Human,
    /// One JSON object
    Json,
}

pub(super) const LONG_ABOUT: &str = "\
Sign in and show the account and its permissions

Sends one request that every author may send, and writes nothing. Without --profile, uses default-profile of connspec.toml, \
else env if CONNSPEC_CLIENT_ID or CONNSPEC_ACCESS_TOKEN is set, else local, the emulator.

Exit codes: 0 signed in; 2 not signed in.";

pub(super) const AFTER_LONG_HELP: &str = "\
--format json prints one object: profile, signedIn (null for local, which needs no authentication), service (adobe, \
this-machine, other or emulator), via (the hosts that aren't Adobe's), credentials { source, form: environment, aepp, postman, console, aio or dotenv }, \
clientId, org, sandbox, gateway, permissions { readSpecs, \
writeSpecs } (null: unknown), notes, and error { kind, message, code, requestId } or null.";

/// The result.
struct Report {
    chosen: Option<SelectedProfile>,
    outcome: Outcome,
    /// Warnings about the credentials.
    notes: Vec<String>,
}

enum Outcome {
    /// The emulator, which needs no authentication.
    Local,
    SignedIn(Box<Account>),
    /// The error, and the account if its credentials were found.
    Failed(Option<Box<Account>>, Failure),
}

/// The account and the service.
struct Account {
    found: LoadedCredentials,
    gateway: String,
    /// The hosts that aren't Adobe's.
    via: Vec<String>,
}

struct Failure {
    kind: &'static str,
    message: String,
    code: Option<String>,
    request_id: Option<String>,
}

impl Failure {
    fn settings(message: impl ToString) -> Self {
        Failure { kind: "settings", message: message.to_string(), code: None, request_id: None }
    }
}

impl From<flow_service::Error> for Failure {
    fn from(error: flow_service::Error) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (code, request_id) = (owned(error.code()), owned(error.request_id()));
        Failure { kind: error.kind().as_str(), message: error.to_string(), code, request_id }
    }
}

impl From<&TrustRequest> for Failure {
    fn from(request: &TrustRequest) -> Self {
        Failure { kind: "untrusted", ..Failure::settings(request) }
    }
}

pub(super) fn run(arguments: &LoginArguments, output: &mut Output) -> io::Result<ExitCode> {
    let trust = Trust::of_process().assumed(arguments.trust.is_given);
    let project = Projects::new(trust.clone()).for_folder(Path::new("."));
    let report = report(arguments, project.as_deref(), &trust, output)?;
    match arguments.format {
        LoginFormat::Human => human::print(&report, project.as_deref(), output)?,
        LoginFormat::Json => json::print(&report, output)?,
    }
    Ok(match report.outcome {
        Outcome::Failed(..) => ExitCode::from(COULD_NOT_RUN),
        Outcome::Local | Outcome::SignedIn(_) => ExitCode::SUCCESS,
    })
}

fn report(arguments: &LoginArguments, project: Option<&Project>, trust: &Trust, output: &Output) -> io::Result<Report> {
    let variables = process_variables();
    let malformed =
        project.filter(|project| project.problems().iter().any(|problem| problem.severity == Severity::Error));
    let mut notes: Vec<_> = malformed
        .map(|project| format!("{} has problems; `connspec check` shows them.", project.path().display()))
        .into_iter()
        .collect();
    let chosen = match project::select_profile(project, arguments.profile.as_deref(), has_credentials(&variables)) {
        Ok(chosen) => chosen,
        Err(error) => {
            return Ok(Report { chosen: None, outcome: Outcome::Failed(None, Failure::settings(error)), notes });
        }
    };
    let can_ask = arguments.format == LoginFormat::Human && trust::can_ask(output);
    let outcome = match authorized(&chosen, trust, can_ask)? {
        Err(request) => Outcome::Failed(None, Failure::from(&*request)),
        Ok(None) => Outcome::Local,
        Ok(Some(profile)) => {
            let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(sign_in(&profile, &variables, &mut notes))
        }
    };
    Ok(Report { chosen: Some(chosen), outcome, notes })
}

/// The profile, if it may be used. A person is asked to trust what it would do.
fn authorized(
    chosen: &SelectedProfile,
    trust: &Trust,
    can_ask: bool,
) -> io::Result<Result<Option<TrustedProfile>, Box<TrustRequest>>> {
    match trust.authorize(chosen) {
        Err(request) if can_ask && trust::ask(&request)? => {
            trust.record(&request).map_err(io::Error::other)?;
            Ok(trust.authorize(chosen))
        }
        authorized => Ok(authorized),
    }
}

async fn sign_in(profile: &TrustedProfile, variables: &EnvironmentVariables, notes: &mut Vec<String>) -> Outcome {
    let found = match load(profile, variables).await {
        Ok(found) => found,
        Err(error) => return Outcome::Failed(None, Failure::settings(error)),
    };
    notes.extend(found.warnings.iter().cloned());
    let target = match ServiceTarget::new(&found.credentials) {
        Ok(target) => target.with_token_source(&found.source),
        Err(error) => return Outcome::Failed(None, error.into()),
    };
    let via = target.foreign_hosts().into_iter().map(str::to_owned).collect();
    let account = Box::new(Account { found, gateway: target.gateway().to_owned(), via });
    let cache = match profile.token_cache() {
        TokenStorage::Memory => None,
        TokenStorage::File => flow_service::token_cache_folder(),
    };
    let checked = match Client::new(target, ClientOptions { token_folder: cache, ..ClientOptions::default() }) {
        Ok(client) => client.check_access().await,
        Err(error) => Err(error),
    };
    match checked {
        Ok(()) => Outcome::SignedIn(account),
        Err(error) => Outcome::Failed(Some(account), error.into()),
    }
}
