//! Paths, their segments and problems. The compliance cases are in `tests/json_path.rs`.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

/// The segments of a path, and under it its problems.
fn check(text: &str, expected: Expect) {
    let mut rendered = format!("{text}\n");
    let mut render = |problem: &Problem, severity: &str| {
        let pad = " ".repeat(text[..problem.range.start].chars().count());
        let marks = "^".repeat(text[problem.range.clone()].chars().count().max(1));
        let replacement = problem.replacement.as_ref().map(|replacement| {
            let (before, after) = (&text[..problem.range.start], &text[problem.range.end..]);
            format!(" -> {before}{replacement}{after}")
        });
        rendered += &format!("{pad}{marks} {severity}: {}{}\n", problem.message, replacement.unwrap_or_default());
    };
    match parse(text) {
        Ok(path) => {
            path.warnings.iter().for_each(|warning| render(warning, "warning"));
            let segments = path.segments.iter().map(|segment| {
                let dots = if segment.is_descendant { ".." } else { "" };
                format!("{} is {dots}{:?}", &text[segment.range.clone()], segment.selectors)
            });
            rendered += &segments.map(|segment| segment + "\n").collect::<String>();
        }
        Err(problem) => render(&problem, "error"),
    }
    expected.assert_eq(&rendered);
}

#[test]
fn each_kind_of_segment_is_parsed() {
    check(
        "$",
        expect![[r#"
        $
    "#]],
    );
    check(
        r#"$.a..b['c d',"e"][0][-1] [1:2] [*].*..*[?@.x[0] > 1]"#,
        expect![[r#"
            $.a..b['c d',"e"][0][-1] [1:2] [*].*..*[?@.x[0] > 1]
                         ^^^ warning: use single quotes: Data Factory's reader of JSON paths rejects double quotes (inferred, not documented) -> $.a..b['c d','e'][0][-1] [1:2] [*].*..*[?@.x[0] > 1]
            .a is [Name("a")]
            ..b is ..[Name("b")]
            ['c d',"e"] is [Name("c d"), Name("e")]
            [0] is [Index(0)]
            [-1] is [Index(-1)]
            [1:2] is [Slice]
            [*] is [Wildcard]
            .* is [Wildcard]
            ..* is ..[Wildcard]
            [?@.x[0] > 1] is [Filter]
        "#]],
    );
    check(
        r#"$['it\'s']["\u0041\""]"#,
        expect![[r#"
            $['it\'s']["\u0041\""]
                       ^^^^^^^^^^ warning: use single quotes: Data Factory's reader of JSON paths rejects double quotes (inferred, not documented) -> $['it\'s']['\u0041"']
            ['it\'s'] is [Name("it's")]
            ["\u0041\""] is [Name("A\"")]
        "#]],
    );
}

#[test]
fn forms_that_common_implementations_accept_are_warnings() {
    check(
        "paging.next",
        expect![[r#"
            paging.next
            ^^^^^^ warning: missing `$` at the start of the JSON path -> $.paging.next
            paging is [Name("paging")]
            .next is [Name("next")]
        "#]],
    );
    check(
        "[0].a",
        expect![[r#"
            [0].a
            ^ warning: missing `$` at the start of the JSON path -> $[0].a
            [0] is [Index(0)]
            .a is [Name("a")]
        "#]],
    );
    check(
        "*",
        expect![[r#"
            *
            ^ warning: missing `$` at the start of the JSON path -> $.*
            * is [Wildcard]
        "#]],
    );
    check(
        "$.page-info.@type",
        expect![[r#"
            $.page-info.@type
             ^^^^^^^^^^ warning: a name after a dot has only letters, digits and `_`, and no digit first (RFC 9535); use `['page-info']` -> $['page-info'].@type
                       ^^^^^^ warning: a name after a dot has only letters, digits and `_`, and no digit first (RFC 9535); use `['@type']` -> $.page-info['@type']
            .page-info is [Name("page-info")]
            .@type is [Name("@type")]
        "#]],
    );
    check(
        "page-info",
        expect![[r#"
            page-info
            ^^^^^^^^^ warning: missing `$` at the start of the JSON path -> $['page-info']
            page-info is [Name("page-info")]
        "#]],
    );
    check(
        "$..x-y.['a']",
        expect![[r#"
            $..x-y.['a']
             ^^^^^ warning: a name after a dot has only letters, digits and `_`, and no digit first (RFC 9535); use `..['x-y']` -> $..['x-y'].['a']
                  ^ warning: unexpected dot before brackets (RFC 9535); remove it -> $..x-y['a']
            ..x-y is ..[Name("x-y")]
            .['a'] is [Name("a")]
        "#]],
    );
    check(
        " $.a ",
        expect![[r#"
             $.a 
            ^ warning: unexpected space before or after the JSON path; remove it -> $.a 
                ^ warning: unexpected space before or after the JSON path; remove it ->  $.a
            .a is [Name("a")]
        "#]],
    );
    check(
        "$.a[?@.b =~ 'c']",
        expect![[r#"
            $.a[?@.b =~ 'c']
                ^^^^^^^^^^^ warning: nonstandard filter (RFC 9535); it may not be understood
            .a is [Name("a")]
            [?@.b =~ 'c'] is [Filter]
        "#]],
    );
}

#[test]
fn a_dollar_begins_a_name_only_with_letters_after_it() {
    check(
        "$.data.$values[*].$",
        expect![[r#"
            $.data.$values[*].$
                              ^ error: expected a name or `*` after the dot
        "#]],
    );
    check(
        "$.data.$values",
        expect![[r#"
            $.data.$values
                  ^^^^^^^^ warning: a name after a dot has only letters, digits and `_`, and no digit first (RFC 9535); use `['$values']` -> $.data['$values']
            .data is [Name("data")]
            .$values is [Name("$values")]
        "#]],
    );
}

#[test]
fn other_text_is_an_error() {
    for (text, expected) in [
        (
            "",
            expect![[r#"

                ^ error: empty JSON path; a path starts with `$`
            "#]],
        ),
        (
            "/data/page-info",
            expect![[r#"
                /data/page-info
                ^^^^^^^^^^^^^^^ error: expected dots between names, found slashes; a JSON path starts with `$` -> $.data['page-info']
            "#]],
        ),
        (
            "@.a",
            expect![[r#"
                @.a
                ^ error: `@` is only valid in filters; a JSON path starts with `$` -> $.a
            "#]],
        ),
        (
            "$members",
            expect![[r#"
                $members
                 ^^^^^^^ error: missing dot before this name -> $.members
            "#]],
        ),
        (
            "all of them",
            expect![[r#"
                all of them
                ^^^^^^^^^^^ error: not a JSON path; expected `$` and names after dots, as in `$.paging.next`
            "#]],
        ),
        (
            "$.a.",
            expect![[r#"
                $.a.
                   ^ error: missing name after `.` -> $.a
            "#]],
        ),
        (
            "$.a..",
            expect![[r#"
                $.a..
                   ^^ error: missing name after `..` -> $.a
            "#]],
        ),
        (
            "$...a",
            expect![[r#"
                $...a
                 ^^ error: missing name after `..`
            "#]],
        ),
        (
            "$.first name.b",
            expect![[r#"
                $.first name.b
                 ^^^^^^^^^^^ error: a name after a dot has only letters, digits and `_`, and no digit first (RFC 9535); use `['first name']` -> $['first name'].b
            "#]],
        ),
        (
            "$.a()",
            expect![[r#"
                $.a()
                  ^^^ error: expected a name or `*` after the dot
            "#]],
        ),
        (
            "$.a]",
            expect![[r#"
                $.a]
                  ^^ error: expected a name or `*` after the dot
            "#]],
        ),
        (
            "$.a[",
            expect![[r#"
                $.a[
                   ^ error: missing closing `]`
            "#]],
        ),
        (
            "$.a[0",
            expect![[r#"
                $.a[0
                   ^^ error: missing closing `]` -> $.a[0]
            "#]],
        ),
        (
            "$.a['b",
            expect![[r#"
                $.a['b
                    ^^ error: unterminated name; missing closing `'`
            "#]],
        ),
        (
            "$.a[]",
            expect![[r#"
                $.a[]
                   ^^ error: expected a quoted name, a number or `*`
            "#]],
        ),
        (
            "$.a[0,]",
            expect![[r#"
                $.a[0,]
                     ^^ error: expected a quoted name, a number or `*`
            "#]],
        ),
        (
            "$.a[members]",
            expect![[r#"
                $.a[members]
                    ^^^^^^^ error: unquoted name in brackets; use `'members'` -> $.a['members']
            "#]],
        ),
        (
            "$.a[01]",
            expect![[r#"
                $.a[01]
                    ^^ error: expected a quoted name, a number, a slice such as `0:5`, a filter such as `?@.id`, or `*`
            "#]],
        ),
        (
            "$.a['\\x']",
            expect![[r#"
                $.a['\x']
                    ^^^^ error: expected a quoted name, a number, a slice such as `0:5`, a filter such as `?@.id`, or `*`
            "#]],
        ),
        (
            "$.a)",
            expect![[r#"
                $.a)
                  ^^ error: expected a name or `*` after the dot
            "#]],
        ),
        (
            "$.a[(@.length-1)]",
            expect![[r#"
                $.a[(@.length-1)]
                    ^^^^^^^^^^^^ error: expected a quoted name, a number, a slice such as `0:5`, a filter such as `?@.id`, or `*`
            "#]],
        ),
    ] {
        check(text, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn segments_and_problems_are_within_any_text(text in "[$.@/*a-c0ä😀\\[\\]()'\"\\\\?,: -]{0,16}") {
        let (problems, segments) = match parse(&text) {
            Ok(path) => (path.warnings, path.segments),
            Err(problem) => (vec![problem], Vec::new()),
        };
        prop_assert!(problems.iter().all(|problem| text.get(problem.range.clone()).is_some()), "{:?}", problems);
        prop_assert!(segments.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{:?}", segments);
        prop_assert!(segments.iter().all(|segment| text.get(segment.range.clone()).is_some()), "{:?}", segments);
    }

    /// A path has no problem exactly if the standard allows it.
    #[test]
    fn a_path_without_problems_is_standard(text in "\\$[.a-c0*\\[\\]'\"?@ :,()-]{0,12}") {
        let is_clean = parse(&text).is_ok_and(|path| path.warnings.is_empty());
        prop_assert_eq!(is_clean, serde_json_path::JsonPath::parse(&text).is_ok(), "{}", text);
    }
}

#[test]
fn a_path_without_end_is_not_read() {
    let problem = |steps: usize| parse(&format!("${}", ".a".repeat(steps))).err().map(|problem| problem.message);
    assert_eq!(problem(2047), None);
    assert_eq!(problem(2048).as_deref(), Some("not a JSON path: longer than 4,096 bytes"));
}

#[test]
fn a_response_header_is_recognised() {
    assert_eq!(header_name("headers.x-pagecount"), Some("x-pagecount"));
    assert_eq!(header_name("Headers.Link"), Some("Link"));
    assert_eq!(header_name("Headers['x-total']"), Some("x-total"));
    assert_eq!(header_name("headers[\"x-total\"]"), Some("x-total"));
    for text in ["headers.", "headers", "header.x", "headers.a b", "$.headers.x", ""] {
        assert_eq!(header_name(text), None, "{text}");
    }
}
