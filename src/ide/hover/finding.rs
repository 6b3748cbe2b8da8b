//! What is wrong with the thing under the cursor: an editor shows what a rule found, this tells why it matters.

use crate::document::Document;
use crate::ide::rules::RULES;
use crate::ide::{Diagnostic, Facts, Hover, diagnostics};

/// The reasons of the rules that found something at this offset.
pub(super) fn hover(document: &Document, facts: &Facts, offset: usize) -> Option<Hover> {
    let mut found = diagnostics(document, facts);
    found.retain(|finding| finding.touches(&(offset..offset)));
    let range = found.iter().map(|finding| &finding.range).min_by_key(|range| range.len())?.clone();
    let mut codes: Vec<&str> = found.iter().map(|finding: &Diagnostic| finding.code).collect();
    codes.dedup();
    let rules = RULES.iter().filter(|rule| codes.contains(&rule.code));
    let reasons = rules.map(|rule| {
        let (code, why, link) = (rule.code, rule.why, rule.link);
        format!("**{code}**: {why}\n\n[Documentation]({link}); with examples: `connspec explain {code}`")
    });
    Some(Hover { range, contents: reasons.collect::<Vec<_>>().join("\n\n---\n\n") })
}
