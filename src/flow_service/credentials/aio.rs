//! The configuration of aio, Adobe's command line: `ims.contexts.NAME`, an authentication method each. It is JSON with
//! unquoted keys, or, in a `.env`, `AIO_ims_contexts_NAME_client__id` and so on, with every `_` of a key doubled.

use super::Problem;
use super::format::{CredentialsFormat, Parsed};
use super::settings::{Setting, credentials, members, normalize};
use crate::syntax::{ErrorKind, Node, Tree};

/// How to get JSON from aio.
pub(super) const JSON_COMMAND: &str =
    "`aio config get ims.contexts.NAME --json` prints JSON and can be the `command` of `credentials`.";

/// The prefix of the names in a `.env`, in lower case.
const PREFIX: &str = "aio_ims_contexts_";

/// The keys of a context that are read, as written in a `.env`.
const KEYS: [&str; 7] =
    ["client__id", "client__secrets", "client__secret", "ims__org__id", "meta__scopes", "private__key", "scopes"];

/// A named authentication method.
type Context = (String, Vec<Setting>);

pub(super) fn parse(root: Node<'_>) -> Result<Parsed, Problem> {
    let contexts = root.at(&["ims", "contexts"]).into_iter().flat_map(Node::members);
    let contexts = contexts.filter_map(|member| Some((member.key.string()?.into_owned(), members(member.value))));
    select(contexts.collect())
}

/// The contexts of a `.env`.
pub(super) fn contexts(settings: &[Setting]) -> Vec<Context> {
    let mut contexts: Vec<Context> = Vec::new();
    for setting in settings {
        let name = normalize(&setting.name);
        let Some(rest) = name.strip_prefix(PREFIX) else { continue };
        let Some((context, key)) = KEYS.iter().find_map(|key| Some((rest.strip_suffix(key)?.strip_suffix('_')?, key)))
        else {
            continue;
        };
        let setting = Setting::new(key.replace("__", "_"), setting.values.clone());
        match contexts.iter_mut().find(|(name, _)| name == context) {
            Some((_, settings)) => settings.push(setting),
            None => contexts.push((context.to_owned(), vec![setting])),
        }
    }
    contexts
}

/// Reads the one context that authenticates a client. Those of users (`cli`) have no client ID.
pub(super) fn select(contexts: Vec<Context>) -> Result<Parsed, Problem> {
    let has = |(_, settings): &Context, names: &[&str]| {
        settings.iter().any(|setting| names.contains(&normalize(&setting.name).as_str()))
    };
    let clients = contexts.into_iter().filter(|context| has(context, &["client_id"]));
    // A project in migration has its former service account beside the credential that replaces it.
    let (current, service_accounts): (Vec<_>, Vec<_>) =
        clients.partition(|context| has(context, &["scopes", "client_secrets"]));
    let problem = |message: String| Err(Problem::of(CredentialsFormat::Aio, message));
    match &current[..] {
        [(_, settings)] => credentials(settings, CredentialsFormat::Aio),
        [] if !service_accounts.is_empty() => Err(Problem::service_account(CredentialsFormat::Aio)),
        [] => problem(
            "none of its `ims.contexts` is an OAuth Server-to-Server credential. `aio app use` imports that of a project."
                .to_owned(),
        ),
        several => {
            let names: Vec<_> = several.iter().map(|(name, _)| format!("`{name}`")).collect();
            problem(format!(
                "it has several contexts to authenticate with: {}. Select one with the `command` \
                 `[\"aio\", \"config\", \"get\", \"ims.contexts.NAME\", \"--json\"]` in `credentials`.",
                names.join(", ")
            ))
        }
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
                JSON_COMMAND
            ),
        ));
    }
    Err(Problem::new(format!("line {line} isn't valid JSON. Fix it, or save the file again.")))
}
