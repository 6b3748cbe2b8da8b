//! All findings on a document: syntax, then vocabulary, then rules, sorted by place.

use crate::document::Document;

use super::{Diagnostic, Facts, rules};

pub(super) fn diagnostics(document: &Document, _facts: &Facts) -> Vec<Diagnostic> {
    let Some(kind) = document.kind() else { return Vec::new() };
    let mut found = rules::apply(document, kind);
    found.sort_by_key(|finding| (finding.range.start, finding.severity, finding.range.end, finding.code));
    found.dedup_by(|a, b| a.code == b.code && a.range == b.range && a.message == b.message);
    found
}
