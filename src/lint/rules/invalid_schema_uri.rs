//! `invalid-schema-uri`: a `$schema` that is nearly the URI of a JSON Schema version.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::Schema;
use crate::source::placeholders::literal;
use crate::spec::{self, spelling};

use super::{Context, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-schema-uri",
    severities: &[Severity::Warning],
    finds: "a `$schema` with a space in it (`http: //…`) or another slip in the URI of a JSON Schema version",
    why: "`$schema` names the JSON Schema version by a URI that is compared character by character; a validator that does not know it may reject the schema or guess. All explore specs on Adobe's pages have the space of `http: //json-schema.org/…`, and Flow Service was seen to keep it as it is; none of Adobe's own live specs has it. What Flow Service makes of it later is not known. Later versions than draft-07, and the URI of a draft without its trailing `#`, are fine.",
    at: "exploreSpec.responseSpec",
    wrong: r#""$schema": "http: //json-schema.org/draft-07/schema#", "type": "object""#,
    right: r#""$schema": "http://json-schema.org/draft-07/schema#", "type": "object""#,
    link: "https://json-schema.org/understanding-json-schema/reference/schema",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for node in context.schemas().iter().filter_map(|schema| Schema::new(*schema).schema_uri()) {
        let Some(text) = literal(node) else { continue };
        let Some(Meant { uri, draft, is_certain }) = meant(&text) else { continue };
        let message = match text.contains(char::is_whitespace) {
            true => format!(
                "space in a `$schema` URI, which then names no JSON Schema version; use `{uri}`. Adobe's published explore specs have this space too, and Flow Service keeps it."
            ),
            false => format!("misspelled URI of JSON Schema {draft}; use `{uri}`"),
        };
        diagnostics.push(
            RULE.at(Severity::Warning, node.range(), message)
                .with_fixes(context, |writer| [Fix::rename(writer, node, uri).safe_if(is_certain)]),
        );
    }
}

/// The JSON Schema version that a misspelled URI means.
struct Meant {
    uri: &'static str,
    draft: &'static str,
    /// Whether no letter or digit differs: only the scheme, spaces, case or the end do.
    is_certain: bool,
}

/// The version whose URI is nearest; `None` where the text is the URI of one, or where two are equally near.
fn meant(text: &str) -> Option<Meant> {
    let without_hash = |uri: &str| uri.strip_suffix('#').unwrap_or(uri).to_owned();
    if spec::json_schema_drafts().any(|(uri, _)| without_hash(uri) == without_hash(text)) || text.len() > 100 {
        return None;
    }
    let wanted = plain(text);
    let mut near: Vec<_> = (spec::json_schema_drafts()
        .map(|(uri, draft)| (spelling::distance(&wanted, &plain(uri)), uri, draft)))
    .filter(|(distance, ..)| *distance <= 2)
    .collect();
    near.sort_by_key(|(distance, ..)| *distance);
    let (distance, uri, draft) = *near.first()?;
    let is_only = near.get(1).is_none_or(|(next, ..)| *next > distance);
    is_only.then_some(Meant { uri, draft, is_certain: distance == 0 })
}

/// A URI without the parts that are commonly misspelled.
fn plain(uri: &str) -> String {
    let uri: String = uri.chars().filter(|char| !char.is_whitespace()).collect::<String>().to_lowercase();
    let uri = uri.trim_start_matches("http").trim_start_matches('s').trim_start_matches([':', '/']);
    uri.trim_start_matches("www.").trim_end_matches(['#', '/']).to_owned()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::meant;
    use crate::lint::rules::tests::{check, check_fixes};

    #[test]
    fn misspelled_uris_mean_the_nearest_version() {
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
    fn every_embedded_schema_in_every_kind_of_spec_is_checked() {
        check(
            r#"{ "type": "x", "name": "a", "providerId": "p", "$schema": "http: //json-schema.org/draft-07/schema#",
  "authSpec": [ { "spec": { "$schema": "https://json-schema.org/draft-07/schema#", "properties": {
    "$schema": { "$schema": "http: //json-schema.org/draft-07/schema#" } } } } ],
  "exploreSpec": { "responseSpec": { "$schema": "http: //json-schema.org/draft-07/schema#" },
    "requestSpec": { "$schema": "http://json-schema.org/draft-07/schema" } } }"#,
            expect![[r#"
                { "type": "x", "name": "a", "providerId": "p", "$schema": "http: //json-schema.org/draft-07/schema#",
                  "authSpec": [ { "spec": { "$schema": "https://json-schema.org/draft-07/schema#", "properties": {
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[invalid-schema-uri]: misspelled URI of JSON Schema draft-07; use `http://json-schema.org/draft-07/schema#`
                    "$schema": { "$schema": "http: //json-schema.org/draft-07/schema#" } } } } ],
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[invalid-schema-uri]: space in a `$schema` URI, which then names no JSON Schema version; use `http://json-schema.org/draft-07/schema#`. Adobe's published explore specs have this space too, and Flow Service keeps it.
                  "exploreSpec": { "responseSpec": { "$schema": "http: //json-schema.org/draft-07/schema#" },
                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[invalid-schema-uri]: space in a `$schema` URI, which then names no JSON Schema version; use `http://json-schema.org/draft-07/schema#`. Adobe's published explore specs have this space too, and Flow Service keeps it.
                    "requestSpec": { "$schema": "http://json-schema.org/draft-07/schema" } } }
            "#]],
        );
    }

    #[test]
    fn the_uri_of_the_meant_version_is_the_fix() {
        check_fixes(
            r#"{ "type": "x", "name": "a", "providerId": "p", "sourceSpec": { "spec": {
  "$schema": "http: //json-schema.org/draft-07/schema#"
}, "schema": {
  "$schema": "http://json-schema.org/draft-7/schema#"
} } }"#,
            expect![[r#"
                invalid-schema-uri: Replace with `http://json-schema.org/draft-07/schema#` (preferred)
                -   "$schema": "http: //json-schema.org/draft-07/schema#"
                +   "$schema": "http://json-schema.org/draft-07/schema#"
                invalid-schema-uri: Replace with `http://json-schema.org/draft-07/schema#` (preferred)
                -   "$schema": "http://json-schema.org/draft-7/schema#"
                +   "$schema": "http://json-schema.org/draft-07/schema#"
            "#]],
        );
    }
}
