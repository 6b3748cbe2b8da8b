//! The JSON of a spec as the service stores it: what the service sets itself, followed by the author's keys in the author's
//! order with the author's numbers.

use std::borrow::Cow;
use std::collections::HashSet;

use super::api_error::{ApiError, ErrorCode};
use super::collection::{Collection, Sandbox};
use crate::flow_service::api::SERVER_MANAGED_KEYS;
use crate::syntax::{self, Node, Tree, quoted};

/// The deepest nesting of values. The limit of the service is not documented; JSON parsers commonly stop at a thousand.
const MAX_DEPTH: usize = 1000;

/// A well-formed JSON object.
#[derive(Debug)]
pub(super) struct SpecBody(Tree);

impl SpecBody {
    /// Parses the body of a request.
    pub(super) fn parse(bytes: &[u8]) -> Result<SpecBody, ApiError> {
        let malformed = |message: &str| Err(ApiError::flow(ErrorCode::MALFORMED, message));
        let Ok(text) = str::from_utf8(bytes) else { return malformed("The body isn't valid UTF-8.") };
        if text.trim().is_empty() {
            return Err(ApiError::flow(ErrorCode::EMPTY_BODY, "The body is empty. Send the spec as JSON."));
        }
        let body = SpecBody::of(text);
        if let Some(error) = body.0.errors().first() {
            let line = text[..error.range.start].matches('\n').count() + 1;
            return malformed(&format!("The body isn't valid JSON: syntax error in line {line}."));
        }
        if body.root().kind() != syntax::Kind::Object {
            return malformed("The body isn't a JSON object.");
        }
        if depth(&body.0) > MAX_DEPTH {
            return malformed("The body is nested too deeply.");
        }
        Ok(body)
    }

    /// The body of a stored spec.
    pub(super) fn of(text: &str) -> SpecBody {
        SpecBody(Tree::parse(text.to_owned()))
    }

    pub(super) fn root(&self) -> Node<'_> {
        self.0.root()
    }

    /// The text without white space.
    pub(super) fn compact(&self) -> String {
        let mut out = String::new();
        write(self.root(), &mut out);
        out
    }

    /// Checks the keys that the API requires.
    pub(super) fn check_required(&self) -> Result<(), ApiError> {
        for key in ["name", "providerId"] {
            let missing =
                || ApiError::flow(ErrorCode::MISSING_FIELD, format!("The mandatory field `{key}` is missing."));
            let value = self.root().get(key).filter(|value| value.kind() != syntax::Kind::Null).ok_or_else(missing)?;
            match (value.kind(), value.string()) {
                (syntax::Kind::String, Some(text)) if text.trim().is_empty() => return Err(missing()),
                (syntax::Kind::String, _) => {}
                _ => {
                    let message = format!("The value of `{key}` is not a string.");
                    return Err(ApiError::flow(ErrorCode::BAD_VALUE, message));
                }
            }
        }
        Ok(())
    }

    /// The text to store. With `only_known`, keys that are not in the API reference are dropped.
    pub(super) fn stored(&self, managed: &ServerManaged, collection: Collection, only_known: bool) -> String {
        let mut out = String::from("{");
        for (key, value) in &managed.0 {
            separate(&mut out);
            out.push_str(&format!("\"{key}\":{value}"));
        }
        for member in effective_members(self.root()) {
            let key = member.key.string().unwrap_or_default();
            if !SERVER_MANAGED_KEYS.contains(&&*key) && (!only_known || collection.keys().contains(&&*key)) {
                separate(&mut out);
                write_member(member, &mut out);
            }
        }
        out.push('}');
        out
    }
}

fn depth(tree: &Tree) -> usize {
    let mut depths: Vec<usize> = Vec::new();
    for node in tree.nodes() {
        let outer = node.parent().map_or(0, |parent| depths[parent.index()]);
        depths.push(outer + usize::from(node.kind() != syntax::Kind::Member));
    }
    depths.into_iter().max().unwrap_or(0)
}

/// The members of an object without those that a later one with the same key overrides.
fn effective_members(object: Node<'_>) -> Vec<syntax::Member<'_>> {
    let members: Vec<_> = object.members().collect();
    let mut seen: HashSet<Cow<'_, str>> = HashSet::new();
    let mut effective: Vec<_> =
        members.into_iter().rev().filter(|member| seen.insert(member.key.string().unwrap_or_default())).collect();
    effective.reverse();
    effective
}

fn separate(out: &mut String) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
    }
}

fn write_member(member: syntax::Member<'_>, out: &mut String) {
    out.push_str(member.key.text());
    out.push(':');
    write(member.value, out);
}

/// Writes a value without white space; strings and numbers stay as they are.
fn write(node: Node<'_>, out: &mut String) {
    match node.kind() {
        syntax::Kind::Object => {
            out.push('{');
            for member in effective_members(node) {
                separate(out);
                write_member(member, out);
            }
            out.push('}');
        }
        syntax::Kind::Array => {
            out.push('[');
            for element in node.elements() {
                separate(out);
                write(element, out);
            }
            out.push(']');
        }
        _ => out.push_str(node.text()),
    }
}

/// The keys that the service sets, with their values as JSON, in the order of its responses.
#[derive(Debug)]
pub(super) struct ServerManaged(Vec<(&'static str, String)>);

/// Who writes a spec, where and when.
#[derive(Debug)]
pub(super) struct Write<'a> {
    pub(super) sandbox: &'a Sandbox,
    /// The user or technical account.
    pub(super) user: &'a str,
    /// The client ID.
    pub(super) client: &'a str,
    /// Milliseconds since 1970.
    pub(super) time: u64,
}

impl ServerManaged {
    /// Of a spec without history, like some of the provider's.
    pub(super) fn id_only(id: &str) -> ServerManaged {
        ServerManaged(vec![("id", quoted(id))])
    }

    /// Of a new spec.
    pub(super) fn created(id: &str, write: &Write<'_>) -> ServerManaged {
        ServerManaged::updated(write, |key| match key {
            "id" => Some(quoted(id)),
            "createdAt" => Some(write.time.to_string()),
            "createdBy" => Some(quoted(write.user)),
            _ => Some(quoted(write.client)),
        })
    }

    /// Of a spec that replaces this one: it keeps the ID and the creation, if there is one.
    pub(super) fn replacing(old: &SpecBody, write: &Write<'_>) -> ServerManaged {
        let updated = old.root().get("updatedAt").and_then(|value| value.text().parse::<u64>().ok()).unwrap_or(0);
        let write = Write { time: write.time.max(updated + 1), ..*write };
        ServerManaged::updated(&write, |key| old.root().get(key).map(|value| value.text().to_owned()))
    }

    fn updated(write: &Write<'_>, creation: impl Fn(&str) -> Option<String>) -> ServerManaged {
        let value = |key: &str| match key {
            "updatedAt" => Some(write.time.to_string()),
            "updatedBy" => Some(quoted(write.user)),
            "updatedClient" => Some(quoted(write.client)),
            "sandboxId" => Some(quoted(&sandbox_id(write.sandbox))),
            "sandboxName" => Some(quoted(&write.sandbox.name)),
            "imsOrgId" => Some(quoted(&write.sandbox.org)),
            key => creation(key),
        };
        ServerManaged(SERVER_MANAGED_KEYS.iter().filter_map(|key| Some((*key, value(key)?))).collect())
    }
}

/// A stable ID for a sandbox: a hash of its name and organization (FNV-1a).
fn sandbox_id(sandbox: &Sandbox) -> String {
    let bytes = sandbox.org.bytes().chain([0]).chain(sandbox.name.bytes());
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    uuid::Uuid::from_u64_pair(hash, !hash).to_string()
}
