//! The node that each record is found in after wrapping, behind the paths to records.

use super::{Hint, HintKind, behind};
use crate::document::Document;
use crate::ide::json_path;
use crate::ide::rules::explode_outside::{content_path, wrapper_at};

const CONTENT: &str = "Each record of this list stands in a node of this name: `overrideWrapperAttribute`, or else the last name of the path. `explodeEntityPath` starts at it. Inferred from Adobe's examples.";
const EXPLODE: &str = "Each entry of this list stands in a node of this name: `overrideWrapperAttribute`, or else the last name of the path. Inferred from Adobe's examples.";

/// Adds the hints.
pub(super) fn hints(document: &Document, hints: &mut Vec<Hint>) {
    let Some(attributes) = document.tree().root().at(&["sourceSpec", "attributes"]) else { return };
    let explode = attributes.get("explodeEntityPath");
    let lists = [
        ("record", attributes.get("contentPath"), content_path(attributes), CONTENT),
        ("entry", explode, explode.and_then(|explode| explode.get("path")), EXPLODE),
    ];
    for (what, object, path, tooltip) in lists {
        let Some((object, path)) = object.zip(path) else { continue };
        if let Some(name) = wrapper_at(Some(path), object) {
            let label = format!("each {what}: ${}", super::short(&json_path::step_to(&name), 60));
            hints.push(behind(path, HintKind::Records, label, tooltip));
        }
    }
}
