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

use crate::lint::schema::{Violation, ViolationKind};
use crate::source::model::{Pagination, Request};
use crate::source::template_placeholders;
use crate::syntax::{Kind, Node};

use super::{
    Context, embedded_schema, foreign_pagination_key, incomplete_pagination, incomplete_schedule, invalid_value,
    missing_key, nonstandard_explore_spec, provider_mismatch, unknown_key, wrong_type,
};

impl<'d> Context<'d> {
    /// The violations of the vocabulary that the rule with this code reports.
    pub(super) fn violations_for(&self, code: &str) -> impl Iterator<Item = &Violation<'d>> {
        let rules = || self.violations().iter().map(|violation| rule_for(self, violation)).collect();
        let rules = self.cache.violation_rules.get_or_init(rules);
        self.violations()
            .iter()
            .zip(rules)
            .filter(move |(_, rule)| **rule == Some(code))
            .map(|(violation, _)| violation)
    }

    /// The values that are reported as violations of the vocabulary, by node index.
    pub(super) fn reported_values(&self) -> HashSet<usize> {
        let is_value = |violation: &&Violation<'_>| {
            matches!(
                violation.kind,
                ViolationKind::WrongType | ViolationKind::NotAmong(_) | ViolationKind::NotTheConstant(_)
            ) && !embedded_schema::is_required_flag(violation.node)
        };
        self.violations().iter().filter(is_value).map(|violation| violation.node.index()).collect()
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
    match &violation.kind {
        ViolationKind::Missing(key) => rule_for_missing(context, node, key),
        // The keys that a pagination type or a schedule requires are `Missing`.
        ViolationKind::Expected(_) if context.is_pagination(node) || context.is_schedule(node) => None,
        ViolationKind::Expected(key) => rule_for_missing(context, node, key),
        ViolationKind::Unknown(_) => Some(unknown_key::RULE.code),
        ViolationKind::OfAnotherType(key) => {
            let entry = context.entry(node).key(key, None);
            let is_known = !entry.is_empty() && !entry.is_deprecated();
            match () {
                () if !is_known => None,
                () if context.is_pagination(node) => Some(foreign_pagination_key::RULE.code),
                () => context.is_schedule(node).then_some(incomplete_schedule::RULE.code),
            }
        }
        ViolationKind::Deprecated => Some(context.entry(node).rule().unwrap_or(unknown_key::RULE.code)),
        _ if template_placeholders::occur_in(node) => None,
        ViolationKind::WrongType if embedded_schema::is_required_flag(node) => None,
        ViolationKind::WrongType => Some(wrong_type::RULE.code),
        ViolationKind::NotAmong(_) | ViolationKind::NotTheConstant(_) if node.kind() != Kind::String => None,
        ViolationKind::NotTheConstant(_) if context.source().provider_id() == Some(node) => {
            Some(provider_mismatch::RULE.code)
        }
        ViolationKind::NotAmong(_) | ViolationKind::NotTheConstant(_) => Some(invalid_value::RULE.code),
    }
}

fn rule_for_missing(context: &Context<'_>, object: Node<'_>, key: &str) -> Option<&'static str> {
    // Without its type, nothing else can be checked in the pagination, so a misspelled name is not enough to be silent.
    if context.is_pagination(object) && key == Pagination::TYPE {
        let is_deprecated = Pagination::new(object).deprecated_type().is_some();
        return (!is_deprecated).then_some(incomplete_pagination::RULE.code);
    }
    if context.known_keys(object).is_under_other_name(key) || nonstandard_explore_spec::lacks_payload(context, object) {
        return None;
    }
    Some(match () {
        () if context.is_pagination(object) => incomplete_pagination::RULE.code,
        () if context.is_schedule(object) => incomplete_schedule::RULE.code,
        () => missing_key::RULE.code,
    })
}
