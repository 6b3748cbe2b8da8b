//! The configuration of aio, Adobe's command line: `ims.contexts.NAME`, each a way to sign in. It is written as JSON with
//! keys without quotes, or, in a `.env`, as `AIO_ims_contexts_NAME_client__id` and so on, with every `_` of a key doubled.

use super::Wrong;
use super::assemble::{assemble, plain};
use super::form::{CredentialsFormat, Read};
use super::json::{Pair, pairs};
use crate::syntax::Node;

/// What is before the names in a `.env`, in small letters.
const PREFIX: &str = "aio_ims_contexts_";

/// The keys of a context that are read, as they are written in a `.env`.
const KEYS: [&str; 7] =
    ["client__id", "client__secrets", "client__secret", "ims__org__id", "meta__scopes", "private__key", "scopes"];

/// A way to sign in, by name.
type Context = (String, Vec<Pair>);

/// Reads the one context that signs a client in.
pub(super) fn read(root: Node<'_>) -> Result<Read, Wrong> {
    let members = root.at(&["ims", "contexts"]).into_iter().flat_map(Node::members);
    let contexts = members.filter_map(|member| Some((member.key.string()?.into_owned(), pairs(member.value))));
    choose(contexts.collect())
}

/// The contexts of a `.env`.
pub(super) fn contexts(all: &[Pair]) -> Vec<Context> {
    let mut contexts: Vec<Context> = Vec::new();
    for pair in all {
        let name = plain(&pair.name);
        let Some(rest) = name.strip_prefix(PREFIX) else { continue };
        let Some((context, key)) = KEYS.iter().find_map(|key| Some((rest.strip_suffix(key)?.strip_suffix('_')?, key)))
        else {
            continue;
        };
        let pair = Pair::new(key.replace("__", "_"), pair.values.clone());
        match contexts.iter_mut().find(|(name, _)| name == context) {
            Some((_, pairs)) => pairs.push(pair),
            None => contexts.push((context.to_owned(), vec![pair])),
        }
    }
    contexts
}

/// Reads the one context that signs a client in. Those of people (`cli`) have no client id of the project's own.
pub(super) fn choose(contexts: Vec<Context>) -> Result<Read, Wrong> {
    let of_clients: Vec<_> =
        contexts.into_iter().filter(|(_, pairs)| pairs.iter().any(|pair| plain(&pair.name) == "client_id")).collect();
    // A project in migration has the service account that it had beside the credential that replaces it.
    let (current, ended): (Vec<_>, Vec<_>) = of_clients.into_iter().partition(|(_, pairs)| {
        pairs.iter().any(|pair| ["scopes", "client_secrets"].contains(&plain(&pair.name).as_str()))
    });
    match &current[..] {
        [(_, pairs)] => assemble(pairs, CredentialsFormat::Aio),
        [] if !ended.is_empty() => Err(Wrong::jwt(CredentialsFormat::Aio)),
        [] => Err(Wrong::of(
            CredentialsFormat::Aio,
            "none of its `ims.contexts` is an OAuth server-to-server credential. `aio app use` brings in that of a project.",
        )),
        several => {
            let names: Vec<_> = several.iter().map(|(name, _)| format!("`{name}`")).collect();
            Err(Wrong::of(
                CredentialsFormat::Aio,
                format!(
                    "it has several ways to sign in: {}. Take one, with the `command` \
                     `[\"aio\", \"config\", \"get\", \"ims.contexts.NAME\", \"--json\"]` in `credentials`.",
                    names.join(", ")
                ),
            ))
        }
    }
}
