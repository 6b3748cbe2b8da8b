//! `invalid-value`: a value outside of a closed set.

use serde_json::Value;

use crate::ide::schema::Mistake;
use crate::ide::{Diagnostic, Severity};
use crate::spec::near;
use crate::syntax::Node;

use super::{Context, Rule, is_template_text, or_list, pages, provider_mismatch};

pub(super) const RULE: Rule = Rule {
    code: "invalid-value",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a value outside of a closed set: the method, the kind of paging, of a parameter or schedule, a JSON schema type; a `type` that is all but one of the two",
    link: pages::SOURCE_SPEC,
    every_kind: false,
    find,
};

fn find(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for violation in context.violations() {
        let node = violation.node;
        let (severity, allowed) = match &violation.mistake {
            Mistake::NotAmong(allowed) => (Severity::Error, allowed.clone()),
            Mistake::NotTheConstant(_) if provider_mismatch::is_about(node) => continue,
            // The type decides which rules apply; it was close enough to guess, so it is not sure to be wrong.
            Mistake::NotTheConstant(constant) => (Severity::Warning, vec![constant.clone()]),
            _ => continue,
        };
        if is_template_text(node) {
            continue;
        }
        let entry = context.entry(node);
        let mut finding = RULE.at(severity, node.range(), message(node, &allowed));
        finding.link = entry.link().unwrap_or(RULE.link);
        found.push(finding);
    }
}

fn message(node: Node<'_>, allowed: &[Value]) -> String {
    let names: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
    let key = node.as_part_of_member().and_then(|member| member.key.string()).unwrap_or_else(|| "the value".into());
    let list = or_list(names.iter().copied());
    match near::nearest(&node.string().unwrap_or_default(), names.iter().copied()) {
        Some(meant) if names.len() > 1 => format!("`{key}` must be {list}. Did you mean `{meant}`?"),
        _ => format!("`{key}` must be {list}."),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::{check, check_attributes};

    #[test]
    fn closed_sets() {
        check_attributes(
            r#"      "urlParams": { "path": "/", "method": "get" },
      "paginationParams": { "type": "offset" },
      "scheduleParams": { "type": "simple" }"#,
            expect![[r#""#]],
        );
    }

    #[test]
    fn types_of_embedded_schemas() {
        check(
            r#"{ "name": "a", "type": "generic-streaming", "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033", "version": "1",
  "sourceSpec": { "attributes": { "uiAttributes": { "isSource": true, "category": {"key": ""}, "icon": {"key": ""}, "description": {"key": ""}, "label": {"key": ""} } },
    "schema": { "properties": { "a": { "type": "scheduling" }, "b": { "type": ["string", "text"] }, "c": { "items": { "type": "int" } } } } } }"#,
            expect![[r#""#]],
        );
    }

    #[test]
    fn a_type_that_is_all_but_one_of_the_two() {
        check(r#"{ "type": "generic-rset", "name": "a", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a" }"#, expect![[r#""#]]);
    }
}
