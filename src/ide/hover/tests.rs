//! The hover at `$0`.

use expect_test::{Expect, expect};

use crate::document::Document;
use crate::ide::hover;
use crate::lint::{Facts, diagnostics};
use crate::text::Text;

mod declared;
mod keys;
mod values;

/// The hover at `$0`: the text of its range, then the page.
fn shown(marked: &str) -> Option<String> {
    let offset = marked.find("$0").expect("the target is marked");
    let text = marked.replacen("$0", "", 1);
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let hover = super::description(&document, offset)?;
    Some(format!("on {}\n\n{}\n", &text[hover.range], hover.contents))
}

fn check(marked: &str, expected: Expect) {
    expected.assert_eq(&shown(marked).unwrap_or_default());
}

/// Checks a hover on these members of `sourceSpec.attributes` of a batch source.
fn check_attributes(marked: &str, expected: Expect) {
    check(&batch(marked), expected);
}

fn batch(attributes: &str) -> String {
    format!(
        r#"{{
  "type": "generic-rest",
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "authSpec": [
    {{ "name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": {{ "properties": {{
      "accessToken": {{ "type": "string", "format": "password" }},
      "domain": {{ "type": "string", "description": "Your *data center*, such as <us6>." }}
    }}, "required": ["accessToken"] }} }},
    {{ "name": "Basic Authentication", "type": "BasicAuthentication", "spec": {{ "properties": {{
      "domain": {{ "type": "string", "description": "Data center." }}
    }}, "required": ["domain", "pasword"] }} }}
  ],
  "sourceSpec": {{
    "spec": {{ "properties": {{
      "listId": {{ "type": "string", "description": "The list to fetch." }}
    }}, "required": ["listId"] }},
    "attributes": {{
{attributes}
    }}
  }}
}}"#
    )
}

#[test]
fn problem_is_followed_by_its_reason() {
    let hovered = |text: &str, at: &str| {
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
        let found = diagnostics(&document, &Facts::default());
        let hover = hover(&document, &found, text.find(at).expect("it is there") + 1);
        hover.map(|hover| format!("on {}\n\n{}\n", &text[hover.range], hover.contents)).unwrap_or_default()
    };
    let text =
        batch(r#""paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "b" "#);
    expect![[r#"
        on "offsetName"

        **offsetName** · string · deprecated; use `offSetName`

        The spelling in the schemas of two documentation pages. Every example and every API response has `offSetName`: with a lowercase s, the parameter may never be sent.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#pagination)

        ---

        **misspelled-offset-name**: Two of Adobe's pages that describe the key write `offsetName`; all examples and all API responses have `offSetName`. Which of them the service reads is not documented, so the one in its responses is safer.

        [Documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#pagination) · `connspec explain misspelled-offset-name`
    "#]].assert_eq(&hovered(&text, "\"offsetName"));
    // Where nothing has words of its own.
    expect![[r#"
        on ,

        **syntax-error**: A spec is sent as written: the API cannot read text that isn't valid JSON. The rest of the file is still checked.

        [Documentation](https://www.rfc-editor.org/rfc/rfc8259) · `connspec explain syntax-error`
    "#]].assert_eq(&hovered("{ \"type\": \"generic-rest\", \"authSpec\": [1,, 2] }", ",,"));
}

#[test]
fn broken_documents_have_hovers() {
    check_attributes(
        r#""urlParams": { meth$0od"#,
        expect![[r#"
            on method

            **method** · string · required

            The HTTP method.

            Allowed values:
            - `GET`: Request without a body. Sufficient for nearly every source.
            - `POST`: Sends `bodyParams` as the body; for search endpoints that expect the query there.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check(
        "{\r\n\"type\": \"generic-rest\",\r\n\"sourceSpec\": { \"attributes\": { \"urlParams\": { \"method\": \"GET$0\r\n",
        expect![[r#"
        on "GET

        `GET` · value of `method`

        Request without a body. Sufficient for nearly every source.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""urlParams": { "path": "/${list$0 }"#,
        expect![[r#"
            on ${list }

            `${list }`

            Unknown input `list `. Declare it in `sourceSpec.spec.properties`.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}

#[test]
fn punctuation_has_no_hover() {
    for text in [
        "{$0 \"type\": \"generic-rest\" }",
        "{ \"type\" :$0 \"generic-rest\" }",
        "$0",
        "{ \"\"$0",
        "\"ab$0c\"",
        "{} $0 ",
    ] {
        assert_eq!(shown(text), None, "{text}");
    }
    let document = Document::new("package.json", 0, Text::new("{ \"name\": 1 }"));
    assert_eq!(hover(&document, &[], 4), None);
    let past = Document::new("a-connectionSpec.json", 0, Text::new("{ \"name\": 1 }"));
    assert_eq!(hover(&past, &diagnostics(&past, &Facts::default()), 99), None);
}

#[test]
fn deep_nesting_has_hovers() {
    let text =
        r#"{ "type": "generic-rest", "sourceSpec": "#.to_owned() + &"{ \"items\": [".repeat(20_000) + "{ \"a$0\": 1";
    assert!(shown(&text).is_some());
    let text = r#"{ "type": "generic-rest", "sourceSpec": { "spec": "#.to_owned()
        + &"{ \"items\": ".repeat(20_000)
        + "{ \"type$0\"";
    assert!(shown(&text).is_some_and(|shown| shown.contains("JSON type")));
}

#[test]
fn values_of_the_author_are_never_shown() {
    const SECRET: &str = "hunter2";
    let text = batch(
        r#""headerParams": { "Authorization": "Bearer hunter2 {hunter2} {{hunter2}} ${accessToken} @{concat('hunter2')}", "password": "hunter2" },
      "urlParams": { "queryParams": { "token": ["hunter2"], "hunter": "hunter2" }, "host": "hunter2" },
      "bodyParams": { "a": [ { "secret": "hunter2" } ], "b": "hunter2" }, "scheduleParams": { "type": "hunter2" }"#,
    )
    .replace("\"format\": \"password\"", "\"format\": \"password\", \"default\": \"hunter2\", \"enum\": [\"hunter2\"]");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let found = diagnostics(&document, &Facts::default());
    assert!(text.matches(SECRET).count() > 10);
    for offset in 0..=text.len() {
        let hover = hover(&document, &found, offset);
        assert!(hover.is_none_or(|hover| !hover.contents.contains(SECRET)), "at {:?}", &text[offset..]);
    }
}
