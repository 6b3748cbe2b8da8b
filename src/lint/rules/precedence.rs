//! Precedence: the one rule that reports a node where several could.
//!
//! Rules that read violations of the vocabulary get theirs from [`Context::violations_for`], so that no rule has to know
//! of another. Most specific first:
//!
//! | where | reported by | instead of |
//! |---|---|---|
//! | a string with an unfilled template placeholder | `unfilled-template` | every rule about the value |
//! | a missing key that is present under a deprecated or misspelled name | `unknown-key`, or the rule of the deprecated key | `missing-key`, `incomplete-pagination`, `incomplete-schedule`, `incomplete-end-condition` |
//! | a deprecated key that has its own rule | that rule | `unknown-key` |
//! | a key that no pagination type has | `unknown-key` | `foreign-pagination-key` |
//! | an `exploreSpec` without any key of the fixed payload | `nonstandard-explore-spec` | `missing-key` |
//! | a missing key of `paginationParams` or `scheduleParams` | `incomplete-pagination`, `incomplete-schedule` | `missing-key` |
//! | `providerId` | `provider-mismatch` | `invalid-value` |
//! | a value of the wrong type that is also outside of a closed set | `wrong-type` | `invalid-value` |
//! | a flag `required` of an input | `embedded-schema` | `wrong-type` |
//! | another wrong type or value in an embedded schema | `wrong-type`, `invalid-value` | `embedded-schema` |

use std::collections::HashSet;

use crate::lint::schema::{Mistake, Violation};
use crate::source::model::{Pagination, Request, Schema};
use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Member, Node};

use super::{
    Context, foreign_pagination_key, incomplete_pagination, incomplete_schedule, invalid_value, missing_key,
    nonstandard_explore_spec, provider_mismatch, unfilled_template, unknown_key, wrong_type,
};

impl<'d> Context<'d> {
    /// The violations of the vocabulary that the rule with this code reports.
    pub(super) fn violations_for(&self, code: &str) -> impl Iterator<Item = &Violation<'d>> {
        let rules = || self.violations().iter().map(|violation| rule_for(self, violation)).collect();
        let rules = self.violation_rules.get_or_init(rules);
        self.violations()
            .iter()
            .zip(rules)
            .filter(move |(_, rule)| **rule == Some(code))
            .map(|(violation, _)| violation)
    }

    /// The values that are reported as violations of the vocabulary, by node index.
    pub(super) fn reported_values(&self) -> HashSet<usize> {
        let is_value = |violation: &&Violation<'_>| {
            matches!(violation.mistake, Mistake::WrongType | Mistake::NotAmong(_) | Mistake::NotTheConstant(_))
                && !is_required_flag(violation.node)
        };
        self.violations().iter().filter(is_value).map(|violation| violation.node.index()).collect()
    }

    /// Whether a missing key is present under a deprecated or misspelled name, which is reported as such.
    pub(super) fn is_reported_under_other_name(&self, object: Node<'_>, key: &str) -> bool {
        is_under_other_name(self.kind, object, key)
    }

    fn is_pagination(&self, node: Node<'_>) -> bool {
        self.source().request().and_then(Request::pagination_params) == Some(node)
    }

    fn is_schedule(&self, node: Node<'_>) -> bool {
        self.source().request().and_then(Request::schedule_params) == Some(node)
    }
}

/// The rule that reports a violation; `None` where a rule does that does not read violations.
fn rule_for(context: &Context<'_>, violation: &Violation<'_>) -> Option<&'static str> {
    let node = violation.node;
    match &violation.mistake {
        Mistake::Missing(key) => rule_for_missing(context, node, key),
        // The keys that a pagination type or a schedule requires are `Missing`.
        Mistake::Expected(_) if context.is_pagination(node) || context.is_schedule(node) => None,
        Mistake::Expected(key) => rule_for_missing(context, node, key),
        Mistake::Unknown(_) => Some(unknown_key::RULE.code),
        Mistake::OfAnotherType(key) => {
            let entry = context.entry(node).key(key, None);
            let is_known = !entry.is_empty() && !entry.is_deprecated();
            (is_known && context.is_pagination(node)).then_some(foreign_pagination_key::RULE.code)
        }
        Mistake::Deprecated => Some(context.entry(node).rule().unwrap_or(unknown_key::RULE.code)),
        _ if is_unfilled(node) => None,
        Mistake::WrongType if is_required_flag(node) => None,
        Mistake::WrongType => Some(wrong_type::RULE.code),
        Mistake::NotAmong(_) | Mistake::NotTheConstant(_) if node.kind() != Kind::String => None,
        Mistake::NotTheConstant(_) if context.source().provider_id() == Some(node) => {
            Some(provider_mismatch::RULE.code)
        }
        Mistake::NotAmong(_) | Mistake::NotTheConstant(_) => Some(invalid_value::RULE.code),
    }
}

fn rule_for_missing(context: &Context<'_>, object: Node<'_>, key: &str) -> Option<&'static str> {
    // Without its type, nothing else can be checked in the pagination, so a misspelled name is not enough to be silent.
    if context.is_pagination(object) && key == Pagination::TYPE {
        let is_deprecated = Pagination::new(object).deprecated_type().is_some();
        return (!is_deprecated).then_some(incomplete_pagination::RULE.code);
    }
    if context.is_reported_under_other_name(object, key) || nonstandard_explore_spec::lacks_payload(context, object) {
        return None;
    }
    Some(match () {
        () if context.is_pagination(object) => incomplete_pagination::RULE.code,
        () if context.is_schedule(object) => incomplete_schedule::RULE.code,
        () => missing_key::RULE.code,
    })
}

/// Whether a value is a string with an unfilled template placeholder: its final value is not known.
pub(super) fn is_unfilled(node: Node<'_>) -> bool {
    node.kind() == Kind::String && unfilled_template::in_string(node).next().is_some()
}

/// Whether a node is the flag `required` of an input, as in draft-03.
pub(super) fn is_required_flag(node: Node<'_>) -> bool {
    let is_flag = matches!(node.kind(), Kind::True | Kind::False);
    let key = |member: Option<Member<'_>>, key: &str| {
        member.is_some_and(|member| member.key.string().as_deref() == Some(key))
    };
    let input = || node.as_part_of_member()?.node.parent()?.as_part_of_member()?.node.parent();
    is_flag
        && key(node.as_part_of_member(), Schema::REQUIRED)
        && input().is_some_and(|properties| key(properties.as_part_of_member(), Schema::PROPERTIES))
}

/// Whether a key that an object lacks is present under a deprecated or misspelled name.
pub(super) fn is_under_other_name(kind: SpecKind, object: Node<'_>, key: &str) -> bool {
    object.members().any(|member| {
        let name = member.key.string().unwrap_or_default();
        let entry = Entry::of(kind, member.value);
        entry.replaced_by() == Some(key)
            || (entry.is_empty() && unknown_key::meant_in(kind, object, &name) == Some(key))
    })
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::lint::rules::tests::{auth_source, batch};
    use crate::lint::{Facts, diagnostics};
    use crate::text::Text;

    #[test]
    fn one_rule_reports_each_node() {
        let pagination = |members: &str| batch(&format!("      \"paginationParams\": {{ {members} }}"));
        let schedule = |members: &str| batch(&format!("      \"scheduleParams\": {{ {members} }}"));
        let plain = batch("      \"headerParams\": {}");
        let (before, rest) = plain.split_once("\"exploreSpec\": {").expect("an explore spec");
        let (_, after) = rest.split_once("\"sourceSpec\"").expect("a source spec");
        let without_payload = format!("{before}\"exploreSpec\": {{}},\n  \"sourceSpec\"{after}");
        for (text, marked, code) in [
            (batch(r#"      "contentPath": "{PATH_TO_RECORDS}""#), "{PATH_TO_RECORDS}", "unfilled-template"),
            (
                batch(r#"      "urlParams": { "path": "/", "method": "{METHOD_NAME}" }"#),
                "{METHOD_NAME}",
                "unfilled-template",
            ),
            (pagination(r#""type": "POINTER", "pointrPath": "$.a""#), "\"pointrPath\"", "unknown-key"),
            (pagination(r#""type": "POINTER""#), "\"paginationParams\"", "incomplete-pagination"),
            (pagination(r#""type": "NONE", "limitName": "a""#), "\"limitName\"", "foreign-pagination-key"),
            (pagination(r#""type": "NONE", "pagingPath": "a""#), "\"pagingPath\"", "unknown-key"),
            (
                pagination(r#""type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "b""#),
                "\"offsetName\"",
                "misspelled-offset-name",
            ),
            (
                schedule(r#""type": "ADVANCE", "paramFormat": "s", "incremental": "{START_TIME} {END_TIME}""#),
                "\"scheduleParams\"",
                "incomplete-schedule",
            ),
            (
                schedule(r#""scheduleStartParamName": "a", "scheduleEndParmName": "b""#),
                "\"scheduleEndParmName\"",
                "unknown-key",
            ),
            (plain.replace("0ed90a81", "1ed90a81"), "1ed90a81", "provider-mismatch"),
            (without_payload, "\"exploreSpec\"", "nonstandard-explore-spec"),
            (batch(r#"      "urlParams": { "path": "/${listId}", "method": 1 }"#), "1 }", "wrong-type"),
            (
                auth_source(
                    r#"  { "name": "a", "type": "b", "spec": { "properties": { "b": { "required": true } } } }"#,
                ),
                "true",
                "embedded-schema",
            ),
            (
                auth_source(
                    r#"  { "name": "a", "type": "b", "spec": { "properties": { "b": { "type": "String" } } } }"#,
                ),
                "\"String\"",
                "invalid-value",
            ),
            (
                auth_source(
                    r#"  { "name": "a", "type": "b", "spec": { "properties": { "b": { "maxLength": "3" } } } }"#,
                ),
                "\"3\"",
                "wrong-type",
            ),
        ] {
            let start = text.find(marked).expect("the marked text");
            let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
            let mut diagnostics = diagnostics(&document, &Facts::default());
            diagnostics
                .retain(|diagnostic| diagnostic.range.start < start + marked.len() && start < diagnostic.range.end);
            let mut codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
            codes.dedup();
            assert_eq!(codes, [code], "{text}");
        }
    }
}
