//! A document as the service keeps it: the author's keys in the author's order with the author's numbers, behind what the
//! service sets by itself.

use std::borrow::Cow;
use std::collections::HashSet;

use super::refusal::{Code, Refusal};
use super::wire::{Kind, Place};
use crate::flow_service::api::SERVER_MANAGED_KEYS;
use crate::syntax::{self, Node, Tree, quoted};

/// The most values one inside the other. What the service allows is not documented; readers of JSON commonly stop at a
/// thousand.
const DEEPEST: usize = 1000;

/// A JSON object, without a mistake in it.
#[derive(Debug)]
pub(super) struct Body(Tree);

impl Body {
    /// Reads what an author sent.
    pub(super) fn read(bytes: &[u8]) -> Result<Body, Refusal> {
        let malformed = |words: &str| Err(Refusal::flow(Code::MALFORMED, words));
        let Ok(text) = str::from_utf8(bytes) else { return malformed("The body is not UTF-8.") };
        if text.trim().is_empty() {
            return Err(Refusal::flow(Code::EMPTY_BODY, "The body is empty. Send the spec as JSON."));
        }
        let body = Body::of(text);
        if let Some(error) = body.0.errors().first() {
            let line = text[..error.range.start].matches('\n').count() + 1;
            return malformed(&format!("The body is not JSON: there is a mistake in line {line}."));
        }
        if body.root().kind() != syntax::Kind::Object {
            return malformed("The body is not a JSON object.");
        }
        if depth(&body.0) > DEEPEST {
            return malformed("The body has too many values inside one another.");
        }
        Ok(body)
    }

    /// What is kept already.
    pub(super) fn of(text: &str) -> Body {
        Body(Tree::parse(text.to_owned()))
    }

    /// The whole object.
    pub(super) fn root(&self) -> Node<'_> {
        self.0.root()
    }

    /// Its text without white space between its parts.
    pub(super) fn compact(&self) -> String {
        let mut out = String::new();
        write(self.root(), &mut out);
        out
    }

    /// That the author gave what the API requires.
    pub(super) fn has_what_is_required(&self) -> Result<(), Refusal> {
        for key in ["name", "providerId"] {
            let value = self.root().get(key).filter(|value| value.kind() != syntax::Kind::Null);
            let Some(value) = value else { return Err(missing(key)) };
            match (value.kind(), value.string()) {
                (syntax::Kind::String, Some(text)) if text.trim().is_empty() => return Err(missing(key)),
                (syntax::Kind::String, _) => {}
                _ => return Err(Refusal::flow(Code::BAD_VALUE, format!("The value of `{key}` is not a string."))),
            }
        }
        Ok(())
    }

    /// The document that is kept of it. With `only_known` fields that the API does not describe are left out.
    pub(super) fn kept(&self, managed: &Managed, kind: Kind, only_known: bool) -> String {
        let mut out = String::from("{");
        for (key, value) in &managed.0 {
            separate(&mut out);
            out.push_str(&format!("\"{key}\":{value}"));
        }
        for member in lasting(self.root()) {
            let key = member.key.string().unwrap_or_default();
            if !SERVER_MANAGED_KEYS.contains(&&*key) && (!only_known || kind.fields().contains(&&*key)) {
                separate(&mut out);
                write_member(member, &mut out);
            }
        }
        out.push('}');
        out
    }
}

fn missing(key: &str) -> Refusal {
    Refusal::flow(Code::MISSING_FIELD, format!("The mandatory field `{key}` is missing."))
}

/// How many values stand inside one another at the deepest place.
fn depth(tree: &Tree) -> usize {
    let mut depths: Vec<usize> = Vec::new();
    for node in tree.nodes() {
        let around = node.parent().map_or(0, |parent| depths[parent.index()]);
        depths.push(around + usize::from(node.kind() != syntax::Kind::Member));
    }
    depths.into_iter().max().unwrap_or(0)
}

/// The members that count: of several with one key, the last.
fn lasting(object: Node<'_>) -> Vec<syntax::Member<'_>> {
    let members: Vec<_> = object.members().collect();
    let mut seen: HashSet<Cow<'_, str>> = HashSet::new();
    let mut kept: Vec<_> =
        members.into_iter().rev().filter(|member| seen.insert(member.key.string().unwrap_or_default())).collect();
    kept.reverse();
    kept
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

/// Writes a value without white space between its parts; strings and numbers stay as they were written.
fn write(node: Node<'_>, out: &mut String) {
    match node.kind() {
        syntax::Kind::Object => {
            out.push('{');
            for member in lasting(node) {
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

/// What the service sets by itself: keys and values as JSON, in the order of its answers.
#[derive(Debug)]
pub(super) struct Managed(Vec<(&'static str, String)>);

/// Who changes a document, where and when.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// The sandbox that it is kept in.
    pub(super) place: &'a Place,
    /// The person or technical account.
    pub(super) by: &'a str,
    /// The client id.
    pub(super) client: &'a str,
    /// Milliseconds since 1970.
    pub(super) at: u64,
}

impl Managed {
    /// Of a document that is shown without its history, as the provider's own are.
    pub(super) fn bare(id: &str) -> Managed {
        Managed(vec![("id", quoted(id))])
    }

    /// Of a new document.
    pub(super) fn new(id: &str, change: &Change<'_>) -> Managed {
        Managed::with(change, |key| match key {
            "id" => Some(quoted(id)),
            "createdAt" => Some(change.at.to_string()),
            "createdBy" => Some(quoted(change.by)),
            _ => Some(quoted(change.client)),
        })
    }

    /// Of a document that takes the place of this one: it keeps its id and its beginning, as far as that was shown.
    pub(super) fn replacing(old: &Body, change: &Change<'_>) -> Managed {
        let updated = old.root().get("updatedAt").and_then(|value| value.text().parse::<u64>().ok()).unwrap_or(0);
        let change = Change { at: change.at.max(updated + 1), ..*change };
        Managed::with(&change, |key| old.root().get(key).map(|value| value.text().to_owned()))
    }

    fn with(change: &Change<'_>, beginning: impl Fn(&str) -> Option<String>) -> Managed {
        let value = |key: &str| match key {
            "updatedAt" => Some(change.at.to_string()),
            "updatedBy" => Some(quoted(change.by)),
            "updatedClient" => Some(quoted(change.client)),
            "sandboxId" => Some(quoted(&sandbox_id(change.place))),
            "sandboxName" => Some(quoted(&change.place.sandbox)),
            "imsOrgId" => Some(quoted(&change.place.org)),
            beginning_of => beginning(beginning_of),
        };
        Managed(SERVER_MANAGED_KEYS.iter().filter_map(|key| Some((*key, value(key)?))).collect())
    }
}

/// An id that a sandbox always has, made of its name and organization (FNV-1a).
fn sandbox_id(place: &Place) -> String {
    let bytes = place.org.bytes().chain([0]).chain(place.sandbox.bytes());
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    uuid::Uuid::from_u64_pair(hash, !hash).to_string()
}
