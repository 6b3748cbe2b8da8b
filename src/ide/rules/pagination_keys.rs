//! `pagination-keys`: the keys of `paginationParams` do not fit its type.

use crate::ide::schema::Mistake;
use crate::ide::{Diagnostic, Severity};
use crate::syntax::Node;

use super::{Context, Rule, head, or_list, pages};

pub(super) const RULE: Rule = Rule {
    code: "pagination-keys",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a key that the kind of paging needs is missing (error), or a key belongs to another kind (warning)",
    link: pages::SOURCE_SPEC,
    every_kind: false,
    find,
};

/// Whether a node is the pagination of the source.
pub(super) fn is_about(node: Node<'_>) -> bool {
    node.as_part_of_member().is_some_and(|member| member.key.string().as_deref() == Some("paginationParams"))
        && node.pointer() == "/sourceSpec/attributes/paginationParams"
}

fn find(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for violation in context.violations().iter().filter(|violation| is_about(violation.node)) {
        let node = violation.node;
        let kind = node.get("type").and_then(Node::string).unwrap_or_default();
        match &violation.mistake {
            Mistake::Missing(key) if key == "type" && node.get("paginationType").is_some() => {}
            Mistake::Missing(key) if key == "type" => {
                let kinds = context.entry(node).key("type", None).closed_values();
                let list = or_list(kinds.iter().filter_map(|choice| choice.value.as_str()));
                found.push(RULE.at(Severity::Error, head(node), format!("The kind of paging is missing: set `type` to {list}.")));
            }
            Mistake::Missing(key) if !has_misspelled(context, node, key) => {
                let message = format!("`{kind}` paging needs `{key}`, which is missing.");
                found.push(RULE.at(Severity::Error, head(node), message));
            }
            Mistake::OfAnotherKind(key) if !is_unknown(context, node, key) => {
                for member in node.members().filter(|member| member.key.string().as_deref() == Some(key)) {
                    let message = format!("`{key}` belongs to another kind of paging: `{kind}` takes no notice of it.");
                    found.push(RULE.at(Severity::Warning, member.key.range(), message));
                }
            }
            _ => {}
        }
    }
}

/// A key that no kind has is reported as unknown.
fn is_unknown(context: &Context<'_>, node: Node<'_>, key: &str) -> bool {
    let entry = context.entry(node).key(key, None);
    entry.is_empty() || entry.is_deprecated()
}

/// Whether the key is there under a name that is reported.
fn has_misspelled(context: &Context<'_>, node: Node<'_>, key: &str) -> bool {
    node.members().any(|member| {
        let name = member.key.string().unwrap_or_default();
        let entry = context.entry(member.value);
        entry.replaced_by() == Some(key)
            || (entry.is_empty() && super::unknown_key::meant(context, node, &name) == Some(key))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::check_attributes;

    #[test]
    fn each_kind_has_its_keys() {
        for kind in ["OFFSET", "POINTER", "CONTINUATION_TOKEN", "PAGE", "NONE"] {
            let text = format!("      \"paginationParams\": {{ \"type\": \"{kind}\" }}");
            let expected = match kind {
                "OFFSET" => expect![[r#""#]],
                "POINTER" => expect![[r#""#]],
                "CONTINUATION_TOKEN" => expect![[r#""#]],
                "PAGE" => expect![[r#""#]],
                _ => expect![[r#""#]],
            };
            check_attributes(&text, expected);
        }
    }

    #[test]
    fn keys_of_another_kind_and_no_kind() {
        check_attributes(
            r#"      "paginationParams": { "type": "NONE", "limitName": "a", "pagingPath": "b" }"#,
            expect![[r#""#]],
        );
        check_attributes(r#"      "paginationParams": { "limitName": "a" }"#, expect![[r#""#]]);
        check_attributes(
            r#"      "paginationParams": { "type": "OFFSET", "limitNam": "a", "limitValue": "1", "offsetName": "o" }"#,
            expect![[r#""#]],
        );
    }
}
