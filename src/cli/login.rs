//! `connspec login`: whether a profile signs in, as whom, where and with which rights.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use tokio::runtime;

use super::COULD_NOT_RUN;
use super::output::{Output, complain};

use crate::flow_service::credentials::{
    EnvironmentVariables, LoadedCredentials, has_credentials, load, process_variables,
};
use crate::flow_service::{self, Client, ClientOptions, ServiceTarget};
use crate::project::{self, Profile, Project, Projects, SelectedProfile, TokenStorage};

mod human;
mod json;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Sign in with a profile and say who that is, where, and what it may do.

One thing is read that every author may read; nothing is written. Without --profile it is the default-profile of \
connspec.toml, else env when CONNSPEC_CLIENT_ID or CONNSPEC_ACCESS_TOKEN is set, else local, the emulator.

Exit code: 0 signed in, 2 could not.";

/// The shape of the JSON.
pub(super) const AFTER_LONG_HELP: &str = "--format json prints one object: profile, signedIn (null for local, which is not \
asked), service (adobe, this-machine, other or emulator), credentials { place, form }, clientId, org, sandbox, gateway, \
rights { readSpecs, writeSpecs } (null: not known), notes, and error { kind, message, code, requestId } or null.";

/// The arguments of `connspec login`.
#[derive(Debug, Args)]
pub struct LoginArguments {
    /// Profile to use [default: from connspec.toml or the environment]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: LoginFormat,
}

/// The output format of `connspec login`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LoginFormat {
    /// Text
    Human,
    /// One JSON object
    Json,
}

/// What came of it.
struct Report {
    chosen: Option<SelectedProfile>,
    outcome: Outcome,
    /// What a person should know all the same.
    notes: Vec<String>,
}

enum Outcome {
    /// The emulator, which needs no sign-in.
    Local,
    /// Signed in.
    In(Box<Reached>),
    /// Not signed in: how far it came, and why.
    Failed(Option<Box<Reached>>, Failure),
}

/// Who asks, and whom.
struct Reached {
    found: LoadedCredentials,
    gateway: String,
}

/// Why it could not be done.
struct Failure {
    kind: &'static str,
    message: String,
    code: Option<String>,
    request_id: Option<String>,
}

impl Failure {
    fn of_settings(message: impl ToString) -> Self {
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

/// Signs in and says what came of it.
pub(super) fn run(arguments: &LoginArguments, output: &mut Output) -> io::Result<ExitCode> {
    let variables = process_variables();
    let project = Projects::default().for_folder(Path::new("."));
    let report = look(arguments.profile.as_deref(), project.as_deref(), &variables)?;
    match arguments.format {
        LoginFormat::Human => human::print(&report, project.as_deref(), output)?,
        LoginFormat::Json => json::print(&report, output)?,
    }
    Ok(match report.outcome {
        Outcome::Failed(..) => ExitCode::from(COULD_NOT_RUN),
        Outcome::Local | Outcome::In(_) => ExitCode::SUCCESS,
    })
}

fn look(named: Option<&str>, project: Option<&Project>, variables: &EnvironmentVariables) -> io::Result<Report> {
    let mistakes = project.filter(|project| !project.problems().is_empty());
    let mut notes: Vec<_> = mistakes
        .map(|project| format!("{} has mistakes. An editor shows them.", project.path().display()))
        .into_iter()
        .collect();
    let chosen = match project::select_profile(project, named, has_credentials(variables)) {
        Ok(chosen) => chosen,
        Err(none) => {
            let outcome = Outcome::Failed(None, Failure::of_settings(none));
            return Ok(Report { chosen: None, outcome, notes });
        }
    };
    let outcome = match &chosen.profile {
        None => Outcome::Local,
        Some(profile) => {
            let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(ask(profile, variables, &mut notes))
        }
    };
    Ok(Report { chosen: Some(chosen), outcome, notes })
}

async fn ask(profile: &Profile, variables: &EnvironmentVariables, notes: &mut Vec<String>) -> Outcome {
    let found = match load(&profile.credentials, variables).await.and_then(|found| found.with_profile(profile)) {
        Ok(found) => found,
        Err(wrong) => return Outcome::Failed(None, Failure::of_settings(wrong)),
    };
    notes.extend(found.warnings.iter().cloned());
    let target = match ServiceTarget::new(&found.credentials) {
        Ok(target) => target.with_token_source(&found.source),
        Err(error) => return Outcome::Failed(None, error.into()),
    };
    let reached = Box::new(Reached { found, gateway: target.gateway().to_owned() });
    let cache = match profile.token_cache {
        TokenStorage::Memory => None,
        TokenStorage::File => flow_service::token_cache_folder(),
    };
    let asked = match Client::new(target, ClientOptions { token_folder: cache, ..ClientOptions::default() }) {
        Ok(client) => client.check_access().await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(()) => Outcome::In(reached),
        Err(error) => Outcome::Failed(Some(reached), error.into()),
    }
}
