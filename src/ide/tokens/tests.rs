//! The pieces of texts, marked below them by the first letter of their sort, numbers by `#`.

use expect_test::{Expect, expect};

use crate::document::Document;
use crate::ide::{self, TokenKind};
use crate::text::Text;

/// Draws the pieces below the lines of `sourceSpec.attributes` that have any.
#[track_caller]
fn check(attributes: &str, expected: Expect) {
    let text = format!("{{\"type\": \"generic-rest\", \"sourceSpec\": {{\"attributes\": {{\n{attributes}\n}}}}}}");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let tokens = ide::tokens(&document);
    let mut drawn = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let inside = |token: &&ide::Token| start <= token.range.start && token.range.start < start + line.len();
        let mut marks = String::new();
        for token in tokens.iter().filter(inside) {
            let column = |at: usize| text[start..at].chars().count();
            marks += &" ".repeat(column(token.range.start) - marks.chars().count());
            let name = if token.kind == TokenKind::Number { "#".to_owned() } else { format!("{:?}", token.kind) };
            marks += &name[..1].repeat(column(token.range.end) - column(token.range.start));
        }
        if !marks.is_empty() {
            drawn += &format!("{line}{marks}\n");
        }
        start += line.len();
    }
    expected.assert_eq(&drawn);
}

#[test]
fn placeholders_and_schedule_words() {
    check(
        r#""urlParams": {"host": "https://${domain}.äöü.com", "path": "/a/${b.c}/{SCHEDULE_QUERY}/{x}/${", "method": "GET"},
"headerParams": {"X-${a}": "Bearer ${token}", "b": "{START_TIME}"},
"bodyParams": {"a": [{"b": "${c}{SCHEDULE_QUERY}"}]},
"scheduleParams": {"type": "ADVANCE", "incremental": "a > {START_TIME} and a < {END_TIME} {SCHEDULE_QUERY}"},
"paginationParams": {"type": "OFFSET", "limitValue": "${n}"},
"uiAttributes": {"label": {"key": "${no}"}, "isBeta": true}"#,
        expect![[r#"
            "urlParams": {"host": "https://${domain}.äöü.com", "path": "/a/${b.c}/{SCHEDULE_QUERY}/{x}/${", "method": "GET"},
                                           IIIIIIIII                       IIIIII WWWWWWWWWWWWWWWW     II              CCC
            "headerParams": {"X-${a}": "Bearer ${token}", "b": "{START_TIME}"},
                                               IIIIIIII
            "bodyParams": {"a": [{"b": "${c}{SCHEDULE_QUERY}"}]},
                                        IIIIWWWWWWWWWWWWWWWW
            "scheduleParams": {"type": "ADVANCE", "incremental": "a > {START_TIME} and a < {END_TIME} {SCHEDULE_QUERY}"},
                                        CCCCCCC                       WWWWWWWWWWWW         WWWWWWWWWW
            "paginationParams": {"type": "OFFSET", "limitValue": "${n}"},
                                          CCCCCC                  IIII
        "#]],
    );
}

#[test]
fn json_paths() {
    check(
        r#""contentPath": {"path": "$.data[0]['a b'][*]..c[1:2].*"},
"explodeEntityPath": {"path": "members.tags"},
"paginationParams": {"type": "POINTER", "pointerPath": " $.paging.next", "endConditionName": "headers.x"}"#,
        expect![[r#"
            "contentPath": {"path": "$.data[0]['a b'][*]..c[1:2].*"},
                                     M NNNN###NNNNNNNMMM  NMMMMM M
            "explodeEntityPath": {"path": "members.tags"},
                                           NNNNNNN NNNN
            "paginationParams": {"type": "POINTER", "pointerPath": " $.paging.next", "endConditionName": "headers.x"}
                                          CCCCCCC                    M NNNNNN NNNN                        NNNNNNN N
        "#]],
    );
    check(
        r#""contentPath": "$.items",
"explodeEntityPath": {"path": "$.a["},
"paginationParams": {"type": "POINTER", "pointerPath": "$.\u0061"}"#,
        expect![[r#"
            "contentPath": "$.items",
                            M NNNNN
            "paginationParams": {"type": "POINTER", "pointerPath": "$.\u0061"}
                                          CCCCCCC
        "#]],
    );
}

#[test]
fn date_formats() {
    check(
        r#""scheduleParams": {"scheduleStartParamFormat": "yyyy-MM-ddTHH:mm:ss.fffK", "scheduleEndParamFormat": "'at' %d YY", "paramFormat": "{FORMAT}"}"#,
        expect![[r#"
            "scheduleParams": {"scheduleStartParamFormat": "yyyy-MM-ddTHH:mm:ss.fffK", "scheduleEndParamFormat": "'at' %d YY", "paramFormat": "{FORMAT}"}
                                                            DDDD DD DD DD DD DD DDDD                                   DD
        "#]],
    );
}

#[test]
fn expressions() {
    check(
        r#""urlParams": {"path": "/x@{if(empty(coalesce(pipeline().parameters.a, '')), 'it''s', concat('?q=', 12.5))}/${b}", "host": "@{a"}"#,
        expect![[r#"
            "urlParams": {"path": "/x@{if(empty(coalesce(pipeline().parameters.a, '')), 'it''s', concat('?q=', 12.5))}/${b}", "host": "@{a"}
                                     MMFF FFFFF FFFFFFFF FFFFFFFF   NNNNNNNNNN N  TT    TTTTTTT  FFFFFF TTTTT  ####  M IIII            MM
        "#]],
    );
}

#[test]
fn broken_texts() {
    check(
        "\"urlParams\": {\"path\": \"/a/${b}\n\"method\": \"GET\", \"host\": ${c}",
        expect![[r#"
        "urlParams": {"path": "/a/${b}
                                  IIII
        "method": "GET", "host": ${c}
                   CCC
    "#]],
    );
}

#[test]
fn other_json_has_no_tokens() {
    let other =
        Document::new("a.json", 0, Text::new(r#"{"sourceSpec": {"attributes": {"urlParams": {"path": "${a}"}}}}"#));
    assert_eq!(ide::tokens(&other), []);
}
