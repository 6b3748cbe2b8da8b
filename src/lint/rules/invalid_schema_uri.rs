//! `invalid-schema-uri`: a `$schema` that is all but the address of a version of JSON Schema.

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::source::placeholders::literal;
use crate::spec::{self, spelling};

use super::{Context, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-schema-uri",
    severities: &[Severity::Warning],
    finds: "a `$schema` with a blank in it (`http: //…`) or another slip in the address of a version of JSON Schema",
    why: "`$schema` says in which version a schema is written, by an address that is compared letter by letter; a reader that does not know it may refuse the schema or guess. All explore specs on Adobe's pages have the blank of `http: //json-schema.org/…`, and the service was seen to keep it as it is; not one of Adobe's own live specs has it. What the service makes of it later is not known. Later versions than draft-07, and a draft without its last `#`, are fine.",
    at: "exploreSpec.responseSpec",
    wrong: r#""$schema": "http: //json-schema.org/draft-07/schema#", "type": "object""#,
    right: r#""$schema": "http://json-schema.org/draft-07/schema#", "type": "object""#,
    link: "https://json-schema.org/understanding-json-schema/reference/schema",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for address in context.schemas().iter().filter_map(|schema| schema.get("$schema")) {
        let Some(text) = literal(address) else { continue };
        let Some(Meant { address: right, draft, is_sure }) = meant(&text) else { continue };
        let message = match text.contains(char::is_whitespace) {
            true => format!(
                "A blank stands in this address, so it names no version of JSON Schema. Write `{right}`; Adobe's published explore specs have this blank too, and the service keeps it."
            ),
            false => format!("This is not quite the address of JSON Schema {draft}. Write `{right}`."),
        };
        let mut diagnostic = RULE.at(Severity::Warning, address.range(), message);
        context.fix(&mut diagnostic, |writer| {
            let (title, edits) = (format!("Replace by `{right}`"), [writer.rename(address, right)]);
            [if is_sure { Fix::safe(title, edits) } else { Fix::offered(title, edits) }]
        });
        found.push(diagnostic);
    }
}

/// A version that is meant by an address.
struct Meant {
    /// The address that it has.
    address: &'static str,
    /// What it is called.
    draft: &'static str,
    /// Whether no letter or digit of it is another: only the protocol, blanks, capitals or the end are.
    is_sure: bool,
}

/// The version whose address this all but is; none where it is one, or where another one is as near.
fn meant(text: &str) -> Option<Meant> {
    let bare = |address: &str| address.strip_suffix('#').unwrap_or(address).to_owned();
    if spec::json_schema_drafts().any(|(address, _)| bare(address) == bare(text)) || text.len() > 100 {
        return None;
    }
    let wanted = plain(text);
    let mut near: Vec<_> = (spec::json_schema_drafts()
        .map(|(address, draft)| (spelling::distance(&wanted, &plain(address)), address, draft)))
    .filter(|(distance, ..)| *distance <= 2)
    .collect();
    near.sort_by_key(|(distance, ..)| *distance);
    let (distance, address, draft) = *near.first()?;
    let is_only = near.get(1).is_none_or(|(next, ..)| *next > distance);
    is_only.then_some(Meant { address, draft, is_sure: distance == 0 })
}

/// An address without what people get wrong in it.
fn plain(address: &str) -> String {
    let address: String = address.chars().filter(|char| !char.is_whitespace()).collect::<String>().to_lowercase();
    let address = address.trim_start_matches("http").trim_start_matches('s').trim_start_matches([':', '/']);
    address.trim_start_matches("www.").trim_end_matches(['#', '/']).to_owned()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::meant;
    use crate::lint::rules::tests::{check, check_fixes};

    #[test]
    fn other_spellings_of_a_known_version() {
        for (text, draft) in [
            ("http: //json-schema.org/draft-07/schema#", Some("draft-07")),
            (" http://json-schema.org/draft-07/schema#", Some("draft-07")),
            ("https://json-schema.org/draft-07/schema#", Some("draft-07")),
            ("http://json-schema.org/draft-7/schema#", Some("draft-07")),
            ("http://json-schema.org/Draft-04/Schema", Some("draft-04")),
            ("json-schema.org/draft-07/schema", Some("draft-07")),
            ("http://json-schema.org/draft/2020-12/schema", Some("2020-12")),
            ("http://json-schema.org/draft-07/schema", None),
            ("http://json-schema.org/draft-07/schema#", None),
            ("https://json-schema.org/draft/2019-09/schema#", None),
            // As near to one as to another.
            ("http://json-schema.org/draft-05/schema#", None),
            ("http://json-schema.org/schema#", None),
            ("https://example.com/meta#", None),
            ("", None),
        ] {
            assert_eq!(meant(text).map(|meant| meant.draft), draft, "{text}");
        }
    }

    #[test]
    fn in_every_embedded_schema_of_specs_of_every_kind() {
        check(
            r#"{ "type": "x", "name": "a", "providerId": "p", "$schema": "http: //json-schema.org/draft-07/schema#",
  "authSpec": [ { "spec": { "$schema": "https://json-schema.org/draft-07/schema#", "properties": {
    "$schema": { "$schema": "http: //json-schema.org/draft-07/schema#" } } } } ],
  "exploreSpec": { "responseSpec": { "$schema": "http: //json-schema.org/draft-07/schema#" },
    "requestSpec": { "$schema": "http://json-schema.org/draft-07/schema" } } }"#,
            expect![[r#"
                { "type": "x", "name": "a", "providerId": "p", "$schema": "http: //json-schema.org/draft-07/schema#",
                  "authSpec": [ { "spec": { "$schema": "https://json-schema.org/draft-07/schema#", "properties": {
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[invalid-schema-uri]: This is not quite the address of JSON Schema draft-07. Write `http://json-schema.org/draft-07/schema#`.
                    "$schema": { "$schema": "http: //json-schema.org/draft-07/schema#" } } } } ],
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[invalid-schema-uri]: A blank stands in this address, so it names no version of JSON Schema. Write `http://json-schema.org/draft-07/schema#`; Adobe's published explore specs have this blank too, and the service keeps it.
                  "exploreSpec": { "responseSpec": { "$schema": "http: //json-schema.org/draft-07/schema#" },
                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[invalid-schema-uri]: A blank stands in this address, so it names no version of JSON Schema. Write `http://json-schema.org/draft-07/schema#`; Adobe's published explore specs have this blank too, and the service keeps it.
                    "requestSpec": { "$schema": "http://json-schema.org/draft-07/schema" } } }
            "#]],
        );
    }

    #[test]
    fn is_replaced_unasked_where_only_one_can_be_meant() {
        check_fixes(
            r#"{ "type": "x", "name": "a", "providerId": "p", "sourceSpec": { "spec": {
  "$schema": "http: //json-schema.org/draft-07/schema#"
}, "schema": {
  "$schema": "http://json-schema.org/draft-7/schema#"
} } }"#,
            expect![[r#"
                invalid-schema-uri: Replace by `http://json-schema.org/draft-07/schema#` (preferred)
                -   "$schema": "http: //json-schema.org/draft-07/schema#"
                +   "$schema": "http://json-schema.org/draft-07/schema#"
                invalid-schema-uri: Replace by `http://json-schema.org/draft-07/schema#` (preferred)
                -   "$schema": "http://json-schema.org/draft-7/schema#"
                +   "$schema": "http://json-schema.org/draft-07/schema#"
            "#]],
        );
    }
}
