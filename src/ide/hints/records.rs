//! The node that wraps each record, after the paths to records.

use super::{Hint, HintKind, after};
use crate::document::Document;
use crate::source::json_path;
use crate::source::model::Source;
use crate::source::records::wrapper_at;
use crate::text::english;

const CONTENT: &str = "Each record of this array is wrapped in a node with this name: `overrideWrapperAttribute`, or else the last name of the path. `explodeEntityPath` starts at it. Inferred from Adobe's examples.";
const EXPLODE: &str = "Each element of this array is wrapped in a node with this name: `overrideWrapperAttribute`, or else the last name of the path. Inferred from Adobe's examples.";

/// Adds the hints.
pub(super) fn hints(document: &Document, hints: &mut Vec<Hint>) {
    let Some(request) = Source::of(document.tree()).request() else { return };
    let lists = [
        ("record", request.content_path(), request.records_path(), CONTENT),
        ("entry", request.explode_entity_path(), request.explode_path(), EXPLODE),
    ];
    for (what, object, path, tooltip) in lists {
        let Some((object, path)) = object.zip(path) else { continue };
        if let Some(name) = wrapper_at(Some(path), object) {
            let label = format!("each {what}: ${}", english::shortened(&json_path::segment_of(&name), 60));
            hints.push(after(path, HintKind::Records, label, tooltip));
        }
    }
}
