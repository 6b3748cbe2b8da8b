//! What is reported on real specs: half of a live answer of the service, and the specs of Adobe's documentation with all
//! their mistakes. They lie beside the project; where they do not, these tests say so and pass.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "says what was looked at")]

#[path = "support/real.rs"]
mod real;

use connspec::document::Document;
use connspec::lint::Diagnostic;
use connspec::lint::Facts;
use connspec::lint::Severity;
use connspec::lint::diagnostics;
use connspec::syntax::Tree;
use connspec::text::Text;
use expect_test::expect;
use real::{Row, corpus, findings, index, line, specs_of};

fn severity(finding: &Diagnostic) -> &'static str {
    finding.severity.as_str()
}

#[test]
fn live_specs_have_no_errors_and_no_warnings() {
    let Some(corpus) = corpus() else { return };
    let mut drawn = String::new();
    let live: Vec<Row> = index(&corpus).into_iter().filter(|row| row.file.starts_with("live/")).collect();
    for row in &live {
        let (document, found) = findings(&row.text(&corpus));
        assert!(document.kind().is_some(), "{}", row.file);
        for finding in found.iter().filter(|finding| finding.severity <= Severity::Warning) {
            drawn += &format!("{} {finding:?}\n", row.file);
        }
    }
    println!("{} live specs", live.len());
    assert!(!live.is_empty());
    expect![[""]].assert_eq(&drawn);
}

/// Why a finding is right: what its file's name begins with, its code, a piece of the text that it is about.
const WHY: &[(&str, &str, &str, &str)] = &[
    ("sdk/02", "invalid-value", "generic-rest-connector", "the type of the beta, which no later page has"),
    ("sdk/02", "missing-key", "attributes", "the beta's template has no uiAttributes"),
    ("sdk/02", "misspelled-auth-type", "", "the beta's spelling; answers and later pages have another"),
    ("sdk/02", "unknown-key", "", "the beta's name of the key or its place"),
    ("sdk/02", "placeholder-form", "{{", "the beta's form, which later pages do not have"),
    ("sdk/02", "deprecated-content-path", "$.", "the old form, an object since"),
    ("sdk/02", "deprecated-params-string", "excludes=id", "the old form, an object since"),
    ("sdk/03", "required-not-declared", "client_", "the properties are spelled clientId and clientSecret"),
    ("sdk/03", "required-not-declared", "password", "the property is called value"),
    ("sdk/03", "invalid-value", "scheduling", "JSON Schema has no such type"),
    (
        "sdk/03",
        "misspelled-auth-type",
        "oAuth2-refresh-code",
        "the beta's spelling; answers and later pages have another",
    ),
    ("sdk/13", "unknown-key", "pointerName", "the later pages call it pointerPath"),
    ("sdk/14", "required-not-declared", "host", "the template requires a host that it does not declare"),
    ("sdk/42", "missing-key", "{", "no description, which the template and the answer have"),
    ("sdk/4", "duplicate-key", "", "the key is there twice"),
    (
        "sdk/",
        "missing-key",
        "uiAttributes",
        "no category, which the template has and by which the catalog lists a source",
    ),
    ("sdk/", "invalid-schema-uri", "http: //", "the blank of all published explore specs"),
    ("sdk/", "deprecated-content-path", "$.members", "the old form, an object since"),
    ("sdk/", "unfilled-template", "{", "a blank to fill in"),
];

#[test]
fn published_specs_have_exactly_the_known_problems() {
    let Some(corpus) = corpus() else { return };
    let (mut drawn, mut count) = (String::new(), 0);
    for row in index(&corpus) {
        let is_whole = matches!(row.holds.as_str(), "whole-spec" | "api-response") && row.file.starts_with("sdk/");
        if !is_whole || row.class == "other" || !row.validity.starts_with("valid") {
            continue;
        }
        for text in specs_of(&row.text(&corpus)) {
            drawn += &judged(&row.file, &text);
            count += 1;
        }
    }
    println!("{count} published specs");
    expect![[r#"
        02 warning invalid-value (the type of the beta, which no later page has): 4 "generic-rest-connector"
        02 warning missing-key (the beta's template has no uiAttributes): 7 "attributes"
        02 warning misspelled-auth-type (the beta's spelling; answers and later pages have another): 14 "oAuth2-refresh-code"
        02 warning unknown-key (the beta's name of the key or its place): 80 "hostname", 85 "queryParams", 89 "paginationType"
        02 warning placeholder-form (the beta's form, which later pages do not have): 80 {{domain}}, 81 {{listId}}
        02 warning deprecated-content-path (the old form, an object since): 84 "$.members"
        02 warning deprecated-params-string (the old form, an object since): 85 "excludes=id"
        02 warning invalid-schema-uri (the blank of all published explore specs): 125 "http: //json-schema.org
        03 warning misspelled-auth-type (the beta's spelling; answers and later pages have another): 9 "oAuth2-refresh-code"
        03 error required-not-declared (the properties are spelled clientId and clientSecret): 88 "client_id", 89 "client_secret"
        03 error required-not-declared (the property is called value): 191 "password"
        03 error invalid-value (JSON Schema has no such type): 322 "scheduling"
        03 warning invalid-schema-uri (the blank of all published explore specs): 357 "http: //json-schema.org
        09 warning missing-key (no category, which the template has and by which the catalog lists a source): 90 "uiAttributes"
        09 warning deprecated-content-path (the old form, an object since): 108 "$.members"
        09 warning invalid-schema-uri (the blank of all published explore specs): 131 "http: //json-schema.org
        10 warning missing-key (no category, which the template has and by which the catalog lists a source): 75 "uiAttributes"
        10 warning deprecated-content-path (the old form, an object since): 93 "$.members"
        10 warning invalid-schema-uri (the blank of all published explore specs): 127 "http: //json-schema.org
        11 warning missing-key (no category, which the template has and by which the catalog lists a source): 88 "uiAttributes"
        11 warning deprecated-content-path (the old form, an object since): 106 "$.members"
        11 warning invalid-schema-uri (the blank of all published explore specs): 129 "http: //json-schema.org
        12 warning missing-key (no category, which the template has and by which the catalog lists a source): 75 "uiAttributes"
        12 warning deprecated-content-path (the old form, an object since): 93 "$.members"
        12 warning invalid-schema-uri (the blank of all published explore specs): 127 "http: //json-schema.org
        13 warning unfilled-template (a blank to fill in): 4 {DESCRIPTION}, 140 {CATEGORY}, 143 {ICON}, 146 {DESCRIPTION}, 149 {LABEL}, 153 {RESOURCE_PATH}, 154 {GET_or_POST}, 155 {QUERY_PARAMS}, 157 {HEADER_VALUES}, 158 {BODY_PARAMS_USED_IF_MET, 160 {PATH_SHOULD_POINT_TO_CO, 162 {OVERRIDE_ATTRIBUTES}, 165 {PATH_SHOULD_POINT_TO_CO, 167 {OVERRIDE_ATTRIBUTES}, 170 {OFFSET_OR_POINTER}, 171 {NUMBER_OF_RECORDS_ATTRI, 172 {NUMBER_OF_RECORDS_PER_P, 173 {OFFSET_ATTRIBUTE_NAME_R, 174 {POINTER_PATH_REQUIRED_I, 177 {START_TIME_PARAMETER_NA, 178 {END_TIME_PARAMETER_NAME, 179 {DATE_TIME_FORMAT_FOR_ST, 180 {END_TIME_FORMAT_FOR_STA
        13 warning unknown-key (the later pages call it pointerPath): 174 "pointerName"
        13 warning invalid-schema-uri (the blank of all published explore specs): 203 "http: //json-schema.org
        14 warning unfilled-template (a blank to fill in): 4 {DESCRIPTION}
        14 error required-not-declared (the template requires a host that it does not declare): 94 "host"
        14 warning invalid-schema-uri (the blank of all published explore specs): 344 "http: //json-schema.org
        15 warning missing-key (no category, which the template has and by which the catalog lists a source): 75 "uiAttributes"
        15 warning invalid-schema-uri (the blank of all published explore specs): 138 "http: //json-schema.org
        16 warning missing-key (no category, which the template has and by which the catalog lists a source): 88 "uiAttributes"
        16 warning invalid-schema-uri (the blank of all published explore specs): 139 "http: //json-schema.org
        17 warning missing-key (no category, which the template has and by which the catalog lists a source): 75 "uiAttributes"
        17 warning invalid-schema-uri (the blank of all published explore specs): 135 "http: //json-schema.org
        18 warning missing-key (no category, which the template has and by which the catalog lists a source): 88 "uiAttributes"
        18 warning deprecated-content-path (the old form, an object since): 106 "$.members"
        18 warning invalid-schema-uri (the blank of all published explore specs): 129 "http: //json-schema.org
        41 warning unfilled-template (a blank to fill in): 4 {DESCRIPTION}
        41 warning duplicate-key (the key is there twice): 18 "name", 39 "providerId"
        42 warning missing-key (no description, which the template and the answer have): 1 {
        42 warning duplicate-key (the key is there twice): 17 "name", 38 "providerId", 66 "type", 67 "version"
    "#]].assert_eq(&drawn);
}

/// The rules about what the request holds.
const OF_THE_REQUEST: [&str; 8] = [
    "undeclared-placeholder",
    "partly-declared-placeholder",
    "placeholder-form",
    "unused-input",
    "invalid-url",
    "body-with-get",
    "deprecated-params-string",
    "hard-coded-secret",
];

/// Adobe's pages show `{domain}` and `{{listId}}`, which nothing declares or replaces, and a query in one text. The rest of
/// what they show is fine: a host that is an input, an expression in the path, blanks of the template.
#[test]
fn published_requests_have_exactly_the_known_problems() {
    let Some(corpus) = corpus() else { return };
    let (mut drawn, mut count) = (String::new(), 0);
    for row in index(&corpus).iter().filter(|row| row.class == "rest" && row.validity != "INVALID") {
        let text = row.text(&corpus);
        let text = match row.validity.as_str() {
            "fragment" if row.holds == "sourceSpec" => match text.trim_start().starts_with("\"sourceSpec\"") {
                true => format!("{{ \"type\": \"generic-rest\", {text} }}"),
                false => {
                    format!("{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {{ {text} }} }} }}")
                }
            },
            // The name that the beta had for the type.
            _ => text.replace("\"generic-rest-connector\"", "\"generic-rest\""),
        };
        for text in specs_of(&text) {
            let (document, found) = findings(&text);
            let number = row.file.trim_start_matches("sdk/").split('-').next().unwrap_or_default();
            drawn += &grouped(found.iter().filter(|finding| OF_THE_REQUEST.contains(&finding.code)).map(|finding| {
                let about: String = document.source()[finding.range.clone()].chars().take(24).collect();
                let title = format!("{number} {} {}", severity(finding), finding.code);
                (title, format!("{} {about}", line(&document, finding)))
            }));
            count += 1;
        }
    }
    println!("{count} published requests");
    expect![[r#"
        02 warning placeholder-form: 80 {{domain}}, 81 {{listId}}
        02 warning deprecated-params-string: 85 "excludes=id"
        09 info partly-declared-placeholder: 105 ${listId}
        10 info partly-declared-placeholder: 90 ${listId}
        11 info partly-declared-placeholder: 103 ${listId}
        12 info partly-declared-placeholder: 90 ${listId}
        15 info partly-declared-placeholder: 91 ${listId}
        16 info partly-declared-placeholder: 103 ${listId}
        17 info partly-declared-placeholder: 90 ${listId}
        18 info partly-declared-placeholder: 103 ${listId}
        23 info partly-declared-placeholder: 21 ${listId}
        25 warning placeholder-form: 21 {domain}
        25 info partly-declared-placeholder: 22 ${listId}
    "#]]
    .assert_eq(&drawn);
}

/// The findings on a spec of a file, those with one reason together.
fn judged(file: &str, text: &str) -> String {
    let (document, found) = findings(text);
    let found = found.iter().filter(|finding| finding.severity <= Severity::Warning);
    grouped(found.map(|finding| {
        let about = &document.source()[finding.range.clone()];
        let why = WHY
            .iter()
            .find(|(start, code, piece, _)| file.starts_with(start) && finding.code == *code && about.contains(piece));
        let Some((.., why)) = why else { panic!("nobody said why this is right: {file} {finding:?}") };
        let number = file.trim_start_matches("sdk/").split('-').next().unwrap_or_default();
        let about: String = about.chars().take(24).collect();
        let reason = format!("{number} {} {} ({why})", severity(finding), finding.code);
        (reason, format!("{} {about}", line(&document, finding)))
    }))
}

/// A line for each title, with all that belongs to it.
fn grouped(pairs: impl Iterator<Item = (String, String)>) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (title, part) in pairs {
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, parts)) => parts.push(part),
            None => groups.push((title, vec![part])),
        }
    }
    groups.iter().map(|(title, parts)| format!("{title}: {}\n", parts.join(", "))).collect()
}

/// What is wrong in each is told in the corpus's index: the table agrees with it. A fragment lacks the braces around it,
/// which is said at its first and last line; within braces it has only the mistakes of its own.
#[test]
fn broken_documents_have_one_syntax_error_per_mistake() {
    let Some(corpus) = corpus() else { return };
    let mut drawn = String::new();
    for row in index(&corpus).iter().filter(|row| matches!(row.validity.as_str(), "INVALID" | "fragment")) {
        let text = row.text(&corpus);
        let number = row.file.trim_start_matches("sdk/").split('-').next().unwrap_or_default();
        if row.validity == "fragment" {
            let bare = syntax_errors(number, &text);
            assert!(bare.contains("missing opening `{`: 1\n") && bare.lines().count() == 2, "{bare}");
            drawn += &syntax_errors(&format!("{number} in braces"), &format!("{{{text}}}"));
        } else {
            drawn += &syntax_errors(number, &text);
        }
    }
    expect![[r#"
        01: JSON has no comments; remove it: 5, 9, 11, 13, 16, 19, 22, 26, 27, 28, 30, 31, 32, 33, 34, 36, 37, 38, 39, 43
        04: missing closing `}`: 8
        04: trailing comma; remove it: 61, 155
        05: trailing comma; remove it: 54, 55
        06: trailing comma; remove it: 94, 124
        22: missing opening `{`: 1
        22: missing comma: 4
        22: missing closing `}`: 15
        24: missing opening `{`: 1
        24: trailing comma; remove it: 48, 59, 206
        24: missing closing `}`: 207
        33: missing opening `{`: 1
        33: missing comma: 13
        33: missing closing `}`: 93
        36 in braces: trailing comma; remove it: 49
        37: unexpected text; remove it: 31, 32
        44: missing comma: 4
        46: trailing comma; remove it: 176
        47: unexpected text; remove it: 2
        48: trailing comma; remove it: 176
        49: unexpected text; remove it: 2
        52: unmatched `]`; remove it: 94
        52: unmatched `}`; remove it: 95
        54: trailing comma; remove it: 37
        55: trailing comma; remove it: 44
        57: trailing comma; remove it: 32
        60: JSON has no comments; remove it: 8, 36
        60: missing 3 closing brackets: `}]}`: 35
        61: JSON has no comments; remove it: 8, 29
        61: missing 3 closing brackets: `}]}`: 28
        62: JSON has no comments; remove it: 8, 44
        62: missing 3 closing brackets: `}]}`: 43
        63: missing 3 closing brackets: `}]}`: 8
        63: JSON has no comments; remove it: 9
        64: JSON has no comments; remove it: 8, 34
        64: missing 3 closing brackets: `}]}`: 33
        65: JSON has no comments; remove it: 8, 75
        65: missing 3 closing brackets: `}]}`: 74
        73: missing comma: 9, 10
        73: unterminated string: 15
        73: missing 2 closing brackets: `}}`: 15
        74: trailing comma; remove it: 11
        75: missing opening `{`: 1
        78: missing comma: 13
        86: unterminated string: 3
        87: missing closing `}`: 16
        88: missing opening `{`: 6
        88: missing 2 closing brackets: `}}`: 14
        95: missing comma: 12
        97: missing comma: 13
        98: missing comma: 7
    "#]].assert_eq(&drawn);
}

fn syntax_errors(name: &str, text: &str) -> String {
    let (document, found) = findings(text);
    let errors = found.iter().filter(|finding| finding.code == "syntax-error");
    grouped(errors.map(|finding| (format!("{name}: {}", finding.message), line(&document, finding).to_string())))
}

#[test]
fn raw_api_responses_are_not_specs() {
    let Some(corpus) = corpus() else { return };
    for row in index(&corpus).iter().filter(|row| row.holds == "api-response" && row.validity == "valid") {
        let text = row.text(&corpus);
        if Tree::parse(text.to_owned()).root().get("items").is_some() {
            let document = Document::new(row.file.as_str(), 0, Text::new(&text));
            assert_eq!(diagnostics(&document, &Facts::default()), [], "{}", row.file);
        }
    }
}
