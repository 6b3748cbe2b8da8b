//! `ineffective-header`: a header that is not sent as written.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::template_placeholders;
use crate::syntax::{Member, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "ineffective-header",
    severities: &[Severity::Info],
    finds: "an `Accept` header that asks for anything other than `application/json`",
    why: "[Data Factory's REST connector](https://learn.microsoft.com/en-us/azure/data-factory/connector-rest), by which Platform seems to send the requests (inferred), reads JSON only: it ignores an `Accept` header and sends `application/json`. An API that selects its version by this header then responds in its default version. A path, a query parameter or another header that selects the version is sent.",
    at: "sourceSpec.attributes",
    wrong: r#""headerParams": { "Accept": "application/vnd.acme.v2+json" }"#,
    right: r#""headerParams": { "X-Api-Version": "2" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let headers = context.request().and_then(|request| request.header_params());
    let ineffective = headers.into_iter().flat_map(Node::members).filter(is_ineffective);
    diagnostics.extend(ineffective.map(|member| {
        let message = "`Accept` may have no effect: requests seem to ask for `application/json` always (inferred); if the API can, select its version or format in the path, a query parameter or another header";
        RULE.at(Severity::Info, member.key.range(), message)
            .with_offered_fixes(context, |writer| [Fix::remove(writer, member).likely_if(false)])
    }));
}

/// Whether this is an `Accept` header that asks for more or something else than what is sent anyway.
fn is_ineffective(member: &Member<'_>) -> bool {
    let is_accept = member.key.string().is_some_and(|name| name.trim().eq_ignore_ascii_case("accept"));
    let value = member.value.string().filter(|_| is_accept && member.value.is_quoted()).unwrap_or_default();
    let is_default = |range: &str| {
        let media_type = range.split(';').next().unwrap_or_default().trim();
        ["", "application/json", "application/*", "*/*"].contains(&media_type.to_ascii_lowercase().as_str())
    };
    !value.split(',').any(is_default) && !template_placeholders::occur_in(member.value)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes, check_of};

    #[test]
    fn another_format_than_json_is_not_requested() {
        check_attributes(
            r#"      "headerParams": { "accept": "text/csv", "X-List": "${listId}" }"#,
            expect![[r#"
                "headerParams": { "accept": "text/csv", "X-List": "${listId}" }
                                  ^^^^^^^^ info[ineffective-header]: `Accept` may have no effect: requests seem to ask for `application/json` always (inferred); if the API can, select its version or format in the path, a query parameter or another header
            "#]],
        );
    }

    #[test]
    fn what_is_sent_anyway_is_fine() {
        for value in
            ["application/json", "application/json; charset=utf-8", "application/xml, */*;q=0.1", "", "{ACCEPT}"]
        {
            let headers = format!(r#"      "headerParams": {{ "Accept": "{value}", "X-List": "${{listId}}" }}"#);
            check_of(super::RULE.code, &batch(&headers), expect![[""]]);
        }
        let other = r#"      "headerParams": { "Accept-Language": "en", "X-List": "${listId}" }"#;
        check_of(super::RULE.code, &batch(other), expect![[""]]);
    }

    #[test]
    fn the_header_is_removed() {
        check_fixes(
            &batch(r#"      "headerParams": { "Accept": "text/csv", "X-List": "${listId}" }"#),
            expect![[r#"
                ineffective-header: Remove `Accept`
                -       "headerParams": { "Accept": "text/csv", "X-List": "${listId}" }
                +       "headerParams": { "X-List": "${listId}" }
            "#]],
        );
    }
}
