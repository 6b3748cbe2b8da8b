//! Records: the name of the node that wraps each of them.

use std::borrow::Cow;

use super::json_path;
use super::model::{Records, Request};
use super::placeholders::literal;
use crate::syntax::Node;

/// The name of the node that wraps each record, if it is certain.
pub(crate) fn wrapper(request: Request<'_>) -> Option<Cow<'_, str>> {
    wrapper_at(request.records_path(), request.content_path()?)
}

/// The name of the node that wraps each of the records at a path: `overrideWrapperAttribute` of `object`, or else the last
/// name of the path.
pub(crate) fn wrapper_at<'t>(path: Option<Node<'t>>, object: Node<'t>) -> Option<Cow<'t, str>> {
    match Records::new(object).override_wrapper_attribute() {
        // A path in place of the name is reported; the name that is meant is its last one.
        Some(name) if name.string().is_some_and(|name| name.starts_with('$')) => last_name(name),
        Some(name) if name.string().is_none_or(|name| !name.trim().is_empty()) => literal(name),
        _ => last_name(path?),
    }
}

fn last_name(path: Node<'_>) -> Option<Cow<'_, str>> {
    let path = json_path::parse(&literal(path)?).ok()?;
    Some(path.segments.last()?.name()?.to_owned().into())
}
