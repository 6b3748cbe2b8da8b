//! Fixes that rename, move or remove a key.

use crate::edit::writer::Writer;
use crate::lint::Fix;
use crate::lint::rules::Context;
use crate::spec::Entry;
use crate::syntax::{Kind, Member, Node};
use crate::text::Edit;

use super::elsewhere;

/// For a key that the vocabulary does not have at its place.
pub(crate) fn of_unknown(context: &Context<'_>, writer: &Writer<'_>, member: Member<'_>) -> Vec<Fix> {
    let (Some(object), Some(key)) = (member.node.parent(), member.key.string()) else { return Vec::new() };
    let known = context.known_keys(object);
    if let Some(meant) = known.meant(&key) {
        let rename = Fix::offered(format!("Rename to `{meant}`"), [writer.rename(member.key, meant)]);
        return vec![rename.safe_if(meant.eq_ignore_ascii_case(&key))];
    }
    if super::is_of_dataflow(object, &key) {
        return vec![Fix::remove(writer, member)];
    }
    let mut fixes = Vec::new();
    let inner = known.schema_with(&key);
    let inside = inner.and_then(|inner| Some((inner, moved(writer, member, object, &[inner, &key])?)));
    fixes.extend(inside.map(|(inner, edits)| Fix::offered(format!("Move into `{inner}`"), edits)));
    let places = if inner.is_some() { &[] } else { elsewhere(context.kind, &key) };
    for place in places.iter().take(3) {
        let keys: Vec<&str> = place.split('.').chain([&*key]).collect();
        let Some(edits) = moved(writer, member, context.tree.root(), &keys) else { continue };
        fixes.push(Fix::offered(format!("Move to `{place}`"), edits).likely_if(places.len() == 1));
    }
    let has_no_use = inner.is_none() && places.is_empty() && known.is_of_another_kind(context.kind, object, &key);
    let title = if key.is_empty() { "Remove it".to_owned() } else { format!("Remove `{key}`") };
    fixes.push(Fix::offered(title, [writer.remove(member.node)]).likely_if(has_no_use));
    fixes
}

/// For a deprecated key.
pub(crate) fn of_deprecated(writer: &Writer<'_>, member: Member<'_>, entry: &Entry) -> Vec<Fix> {
    let Some(object) = member.node.parent() else { return Vec::new() };
    let Some(new) = entry.replaced_by() else {
        return vec![Fix::remove(writer, member).likely_if(false)];
    };
    let (from, path) = match new.strip_prefix("../") {
        Some(outer) => (object.enclosing_object(), outer),
        None => (Some(object), new),
    };
    if path == new && !new.contains('.') && object.get(new).is_none() {
        return vec![Fix::safe(format!("Rename to `{new}`"), [writer.rename(member.key, new)])];
    }
    let keys: Vec<&str> = path.split('.').collect();
    match from.and_then(|from| moved(writer, member, from, &keys)) {
        Some(edits) => vec![Fix::offered(format!("Move to `{new}`"), edits)],
        None => vec![Fix::remove(writer, member)],
    }
}

/// The edits that move a member's value to a path of keys from an object, creating missing objects. `None` if that path has
/// a value.
fn moved(writer: &Writer<'_>, member: Member<'_>, from: Node<'_>, keys: &[&str]) -> Option<Vec<Edit>> {
    let (mut object, mut rest) = (from, keys);
    while let Some(inner) = object.get(rest.first()?) {
        (object, rest) = (inner, &rest[1..]);
    }
    let is_inside = object.ancestors().any(|ancestor| ancestor == member.node);
    let (key, inner) = rest.split_first()?;
    if object.kind() != Kind::Object || is_inside {
        return None;
    }
    let insertion = writer.insert_copy_inside(object, key, inner, member.value);
    let removal = writer.remove(member.node);
    match insertion.touches(&removal.range) {
        true if member.node.parent() == Some(object) => Some(vec![writer.replace_by_copy_inside(member, key, inner)]),
        true => None,
        false => Some(vec![insertion, removal]),
    }
}
