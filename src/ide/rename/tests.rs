//! The lines that a rename changes, or why it is refused.

use expect_test::{Expect, expect};

use crate::ide::names::tests::at_cursor;
use crate::ide::{RenameResult, RenameTarget, prepare_rename, rename};
use crate::text::Edit;

fn check(marked: &str, new: &str, expected: Expect) {
    let (document, offset) = at_cursor(marked);
    let rendered = match rename(&document, offset, new) {
        RenameResult::Refused(why) => format!("{why}\n"),
        RenameResult::Edits(edits) => {
            let after = Edit::apply(document.source(), &edits);
            let lines = document.source().lines().zip(after.lines()).filter(|(old, new)| old != new);
            lines.map(|(old, new)| format!("- {old}\n+ {new}\n")).collect()
        }
    };
    expected.assert_eq(&rendered);
}

/// The name that can be renamed.
fn prepared(marked: &str) -> String {
    let (document, offset) = at_cursor(marked);
    match prepare_rename(&document, offset) {
        Some(RenameTarget::Name { range, text }) => format!("{text} at {}", &document.source()[range]),
        Some(RenameTarget::Refused(why)) => why,
        None => "nothing".to_owned(),
    }
}

fn batch(rest: &str) -> String {
    format!(
        r#"{{ "type": "generic-rest", "name": "Acme",
  "authSpec": [
    {{ "name": "Key", "spec": {{ "properties": {{ "domain": {{}}, "l\u0069st": {{}} }}, "required": ["domain"] }} }},
    {{ "name": "Basic", "spec": {{ "properties": {{ "domain": {{}} }}, "required": ["domain", "list"] }} }} ],
  "sourceSpec": {{
    "spec": {{ "properties": {{ "window": {{ "properties": {{ "start": {{}}, "end": {{}} }}, "required": ["start"] }} }} }},
    "attributes": {{
      "urlParams": {{ "host": "https://${{domain}}.example", "path": "/${{list}}/${{window.start}}?q={{{{domain}}}}" }},
{rest} }} }} }}"#
    )
}

const RECORDS: &str = r#"      "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "email" },
      "explodeEntityPath": { "path": "$.email.activity" }"#;

#[test]
fn a_name_with_escapes_is_renamed() {
    check(
        r#"{ "type": "generic-rest", "sourceSpec": {
    "spec": { "properties": { "abc": {} } },
    "attributes": { "urlParams": { "path": "/${a\u0062c$0}/${abc.d}/${ab\u0063.d}" } } } }"#,
        "list",
        expect![[r#"
            -     "spec": { "properties": { "abc": {} } },
            +     "spec": { "properties": { "list": {} } },
            -     "attributes": { "urlParams": { "path": "/${a\u0062c}/${abc.d}/${ab\u0063.d}" } } } }
            +     "attributes": { "urlParams": { "path": "/${list}/${list.d}/${list.d}" } } } }
        "#]],
    );
}

#[test]
fn input_is_renamed_everywhere() {
    let text = batch(RECORDS);
    check(
        &text.replacen("${domain", "${dom$0ain", 1),
        "subdomain",
        expect![[r#"
        -     { "name": "Key", "spec": { "properties": { "domain": {}, "l\u0069st": {} }, "required": ["domain"] } },
        +     { "name": "Key", "spec": { "properties": { "subdomain": {}, "l\u0069st": {} }, "required": ["subdomain"] } },
        -     { "name": "Basic", "spec": { "properties": { "domain": {} }, "required": ["domain", "list"] } } ],
        +     { "name": "Basic", "spec": { "properties": { "subdomain": {} }, "required": ["subdomain", "list"] } } ],
        -       "urlParams": { "host": "https://${domain}.example", "path": "/${list}/${window.start}?q={{domain}}" },
        +       "urlParams": { "host": "https://${subdomain}.example", "path": "/${list}/${window.start}?q={{subdomain}}" },
    "#]],
    );
    check(
        &text.replacen("\"window", "\"$0window", 1),
        "période",
        expect![[r#"
        -     "spec": { "properties": { "window": { "properties": { "start": {}, "end": {} }, "required": ["start"] } } },
        +     "spec": { "properties": { "période": { "properties": { "start": {}, "end": {} }, "required": ["start"] } } },
        -       "urlParams": { "host": "https://${domain}.example", "path": "/${list}/${window.start}?q={{domain}}" },
        +       "urlParams": { "host": "https://${domain}.example", "path": "/${list}/${période.start}?q={{domain}}" },
    "#]],
    );
    check(
        &text.replacen("${list", "${list$0", 1),
        "list-id",
        expect![[r#"
        -     { "name": "Key", "spec": { "properties": { "domain": {}, "l\u0069st": {} }, "required": ["domain"] } },
        +     { "name": "Key", "spec": { "properties": { "domain": {}, "list-id": {} }, "required": ["domain"] } },
        -     { "name": "Basic", "spec": { "properties": { "domain": {} }, "required": ["domain", "list"] } } ],
        +     { "name": "Basic", "spec": { "properties": { "domain": {} }, "required": ["domain", "list-id"] } } ],
        -       "urlParams": { "host": "https://${domain}.example", "path": "/${list}/${window.start}?q={{domain}}" },
        +       "urlParams": { "host": "https://${domain}.example", "path": "/${list-id}/${window.start}?q={{domain}}" },
    "#]],
    );
}

#[test]
fn property_is_renamed_in_its_schema() {
    check(
        &batch(RECORDS).replacen("\"start", "\"sta$0rt", 1),
        "the \"first\" day",
        expect![[r#"
        -     "spec": { "properties": { "window": { "properties": { "start": {}, "end": {} }, "required": ["start"] } } },
        +     "spec": { "properties": { "window": { "properties": { "the \"first\" day": {}, "end": {} }, "required": ["the \"first\" day"] } } },
    "#]],
    );
    check(
        &batch(RECORDS).replacen("\"start", "\"sta$0rt", 1),
        "end",
        expect![[r#"
            Another property of this schema is already named `end`.
        "#]],
    );
}

#[test]
fn record_wrapper_is_renamed_in_both_paths() {
    check(
        &batch(RECORDS).replacen("$.email.", "$.ema$0il.", 1),
        "mail",
        expect![[r#"
        -       "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "email" },
        +       "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "mail" },
        -       "explodeEntityPath": { "path": "$.email.activity" } } } }
        +       "explodeEntityPath": { "path": "$.mail.activity" } } } }
    "#]],
    );
    check(
        &batch(RECORDS).replacen("\"email", "\"email$0", 1),
        "e-mail",
        expect![[r#"
        -       "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "email" },
        +       "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "e-mail" },
        -       "explodeEntityPath": { "path": "$.email.activity" } } } }
        +       "explodeEntityPath": { "path": "$['e-mail'].activity" } } } }
    "#]],
    );
    let by_path = RECORDS.replace(r#", "overrideWrapperAttribute": "email""#, "").replace("$.email.", "$['emails'].");
    check(
        &batch(&by_path).replacen("'emails", "'ema$0ils", 1),
        "its-own",
        expect![[r#"
            -       "contentPath": { "path": "$.data.emails" },
            +       "contentPath": { "path": "$.data['its-own']" },
            -       "explodeEntityPath": { "path": "$['emails'].activity" } } } }
            +       "explodeEntityPath": { "path": "$['its-own'].activity" } } } }
        "#]],
    );
}

#[test]
fn invalid_names_are_refused() {
    let text = batch(RECORDS).replacen("${domain", "${dom$0ain", 1);
    for (new, expected) in [
        (
            "",
            expect![[r#"
            A name must not be empty.
        "#]],
        ),
        (
            "list",
            expect![[r#"
                Another input of this file is already named `list`.
            "#]],
        ),
        (
            "START_TIME",
            expect![[r#"
                `{START_TIME}` is reserved for schedules; choose another name.
            "#]],
        ),
        (
            "a b",
            expect![[r#"
                A name with a space is not valid in a placeholder `${…}`; use letters, digits, `_` or `-`.
            "#]],
        ),
        (
            "a\tb",
            expect![[r#"
                A name with a control character is not valid in a placeholder `${…}`; use letters, digits, `_` or `-`.
            "#]],
        ),
        (
            "a}",
            expect![[r#"
                A name with `}` is not valid in a placeholder `${…}`; use letters, digits, `_` or `-`.
            "#]],
        ),
        (
            "a.b",
            expect![[r#"
            A dot in a placeholder may be read as a path into an input (inferred, not documented); use letters, digits, `_` or `-`.
        "#]],
        ),
        ("domain", expect![[""]]),
    ] {
        check(&text, new, expected);
    }
    check(
        &batch(RECORDS).replacen("$.email.", "$.ema$0il.", 1),
        "a\"",
        expect![[r#"
            A name with `"` is not valid in the paths to the records; use letters, digits, `_` or `-`.
        "#]],
    );
    // Whoever misspelled a name may give it that of the input that was meant.
    let misspelled = text.replacen("window.start", "win$0dov", 1).replacen("dom$0ain", "domain", 1);
    check(
        &misspelled,
        "window",
        expect![[r#"
        -       "urlParams": { "host": "https://${domain}.example", "path": "/${list}/${windov}?q={{domain}}" },
        +       "urlParams": { "host": "https://${domain}.example", "path": "/${list}/${window}?q={{domain}}" },
    "#]],
    );
}

#[test]
fn renamable_positions() {
    let text = batch(RECORDS);
    let at = |old: &str, new: &str| prepared(&text.replacen(old, new, 1));
    assert_eq!(at("\"l\\u0069st", "\"l\\u0069s$0t"), "list at l\\u0069st");
    assert_eq!(at("{{domain", "{{$0domain"), "domain at domain");
    assert_eq!(at("window.start", "window.sta$0rt"), "window at window");
    assert_eq!(at("Acme", "Ac$0me"), "nothing");
    check(
        &text.replacen("Acme", "Ac$0me", 1),
        "x",
        expect![[r#"
        Nothing to rename here.
    "#]],
    );
    check(
        &text.replacen("Basic", "Ba$0sic", 1),
        "x",
        expect![[r#"
            The name of an authentication method has no other references in this file; edit it in place. Connections select the method by this name.
        "#]],
    );
    assert!(at("Basic", "Ba$0sic").starts_with("The name of an authentication method has no other references"));
}
