//! Paths, what they mean and what is wrong with them. The compliance cases are in `tests/json_path.rs`.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

/// The steps of a path, and under it what is wrong.
fn check(text: &str, expected: Expect) {
    let mut drawn = format!("{text}\n");
    let mut draw = |mistake: &Mistake, sort: &str| {
        let pad = " ".repeat(text[..mistake.range.start].chars().count());
        let marks = "^".repeat(text[mistake.range.clone()].chars().count().max(1));
        let right = mistake.right.as_ref().map(|right| {
            let (before, after) = (&text[..mistake.range.start], &text[mistake.range.end..]);
            format!(" -> {before}{right}{after}")
        });
        drawn += &format!("{pad}{marks} {sort}: {}{}\n", mistake.words, right.unwrap_or_default());
    };
    match parse(text) {
        Ok(path) => {
            path.slips.iter().for_each(|slip| draw(slip, "slip"));
            let steps = path.segments.iter().map(|segment| {
                let dots = if segment.descends { ".." } else { "" };
                format!("{} is {dots}{:?}", &text[segment.range.clone()], segment.selectors)
            });
            drawn += &steps.map(|step| step + "\n").collect::<String>();
        }
        Err(mistake) => draw(&mistake, "mistake"),
    }
    expected.assert_eq(&drawn);
}

#[test]
fn each_sort_of_step() {
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
        .a is [Name("a")]
        ..b is ..[Name("b")]
        ['c d',"e"] is [Name("c d"), Name("e")]
        [0] is [Index(0)]
        [-1] is [Index(-1)]
        [1:2] is [Slice]
        [*] is [Every]
        .* is [Every]
        ..* is ..[Every]
        [?@.x[0] > 1] is [Filter]
    "#]],
    );
    check(
        r#"$['it\'s']["\u0041\""]"#,
        expect![[r#"
        $['it\'s']["\u0041\""]
        ['it\'s'] is [Name("it's")]
        ["\u0041\""] is [Name("A\"")]
    "#]],
    );
}

#[test]
fn forms_that_common_readers_take() {
    check(
        "paging.next",
        expect![[r#"
            paging.next
            ^^^^^^ slip: A JSON path starts with `$`, which is missing here. -> $.paging.next
            paging is [Name("paging")]
            .next is [Name("next")]
        "#]],
    );
    check(
        "[0].a",
        expect![[r#"
            [0].a
            ^ slip: A JSON path starts with `$`, which is missing here. -> $[0].a
            [0] is [Index(0)]
            .a is [Name("a")]
        "#]],
    );
    check(
        "*",
        expect![[r#"
            *
            ^ slip: A JSON path starts with `$`, which is missing here. -> $.*
            * is [Every]
        "#]],
    );
    check(
        "$.page-info.@type",
        expect![[r#"
            $.page-info.@type
             ^^^^^^^^^^ slip: A name after a dot has letters, digits and `_` only, and no digit first (RFC 9535). Write it in brackets: `['page-info']`. -> $['page-info'].@type
                       ^^^^^^ slip: A name after a dot has letters, digits and `_` only, and no digit first (RFC 9535). Write it in brackets: `['@type']`. -> $.page-info['@type']
            .page-info is [Name("page-info")]
            .@type is [Name("@type")]
        "#]],
    );
    check(
        "page-info",
        expect![[r#"
            page-info
            ^^^^^^^^^ slip: A JSON path starts with `$`, which is missing here. -> $['page-info']
            page-info is [Name("page-info")]
        "#]],
    );
    check(
        "$..x-y.['a']",
        expect![[r#"
            $..x-y.['a']
             ^^^^^ slip: A name after a dot has letters, digits and `_` only, and no digit first (RFC 9535). Write it in brackets: `..['x-y']`. -> $..['x-y'].['a']
                  ^ slip: No dot stands before brackets in the standard for JSON paths. Remove it. -> $..x-y['a']
            ..x-y is ..[Name("x-y")]
            .['a'] is [Name("a")]
        "#]],
    );
    check(
        " $.a ",
        expect![[r#"
         $.a 
        ^ slip: No blank stands before or after a JSON path. Remove it. -> $.a 
            ^ slip: No blank stands before or after a JSON path. Remove it. ->  $.a
        .a is [Name("a")]
    "#]],
    );
    check(
        "$.a[?@.b =~ 'c']",
        expect![[r#"
        $.a[?@.b =~ 'c']
            ^^^^^^^^^^^ slip: This filter is not as the standard for JSON paths (RFC 9535) has it, so it may not be understood.
        .a is [Name("a")]
        [?@.b =~ 'c'] is [Filter]
    "#]],
    );
}

#[test]
fn names_as_dotnet_writes_them() {
    check(
        "$.data.$values[*].$",
        expect![[r#"
        $.data.$values[*].$
                          ^ mistake: This is neither a name nor `*`, which alone may follow a dot.
    "#]],
    );
    check(
        "$.data.$values",
        expect![[r#"
        $.data.$values
              ^^^^^^^^ slip: A name after a dot has letters, digits and `_` only, and no digit first (RFC 9535). Write it in brackets: `['$values']`. -> $.data['$values']
        .data is [Name("data")]
        .$values is [Name("$values")]
    "#]],
    );
}

#[test]
fn no_paths() {
    for (text, expected) in [
        (
            "",
            expect![[r#"

                ^ mistake: The path is empty. It starts with `$`.
            "#]],
        ),
        (
            "/data/page-info",
            expect![[r#"
                /data/page-info
                ^^^^^^^^^^^^^^^ mistake: A JSON path has dots between its names, not slashes, and starts with `$`. -> $.data['page-info']
            "#]],
        ),
        (
            "@.a",
            expect![[r#"
                @.a
                ^ mistake: `@` is a word of filters. A JSON path starts with `$`. -> $.a
            "#]],
        ),
        (
            "$members",
            expect![[r#"
            $members
             ^^^^^^^ mistake: A dot is missing before this name. -> $.members
        "#]],
        ),
        (
            "all of them",
            expect![[r#"
                all of them
                ^^^^^^^^^^^ mistake: This is not a JSON path. One starts with `$` and has names behind dots, as in `$.paging.next`.
            "#]],
        ),
        (
            "$.a.",
            expect![[r#"
            $.a.
               ^ mistake: A name is missing after `.`. Write it, or remove `.`. -> $.a
        "#]],
        ),
        (
            "$.a..",
            expect![[r#"
            $.a..
               ^^ mistake: A name is missing after `..`. Write it, or remove `..`. -> $.a
        "#]],
        ),
        (
            "$...a",
            expect![[r#"
            $...a
             ^^ mistake: A name is missing after `..`. Write it, or remove `..`.
        "#]],
        ),
        (
            "$.first name.b",
            expect![[r#"
                $.first name.b
                 ^^^^^^^^^^^ mistake: A name after a dot has letters, digits and `_` only, and no digit first (RFC 9535). Write it in brackets: `['first name']`. -> $['first name'].b
            "#]],
        ),
        (
            "$.a()",
            expect![[r#"
            $.a()
              ^^^ mistake: This is neither a name nor `*`, which alone may follow a dot.
        "#]],
        ),
        (
            "$.a]",
            expect![[r#"
            $.a]
              ^^ mistake: This is neither a name nor `*`, which alone may follow a dot.
        "#]],
        ),
        (
            "$.a[",
            expect![[r#"
                $.a[
                   ^ mistake: The closing `]` is missing.
            "#]],
        ),
        (
            "$.a[0",
            expect![[r#"
            $.a[0
               ^^ mistake: The closing `]` is missing. -> $.a[0]
        "#]],
        ),
        (
            "$.a['b",
            expect![[r#"
            $.a['b
                ^^ mistake: The ' that ends this name is missing.
        "#]],
        ),
        (
            "$.a[]",
            expect![[r#"
            $.a[]
               ^^ mistake: A name in quotes, a number or `*` is missing between the brackets.
        "#]],
        ),
        (
            "$.a[0,]",
            expect![[r#"
            $.a[0,]
                 ^^ mistake: A name in quotes, a number or `*` is missing between the brackets.
        "#]],
        ),
        (
            "$.a[members]",
            expect![[r#"
            $.a[members]
                ^^^^^^^ mistake: A name in brackets stands in quotes. Write `'members'`. -> $.a['members']
        "#]],
        ),
        (
            "$.a[01]",
            expect![[r#"
            $.a[01]
                ^^ mistake: Brackets hold a name in quotes, a number, a slice such as `0:5`, a filter such as `?@.id`, or `*`.
        "#]],
        ),
        (
            "$.a['\\x']",
            expect![[r#"
            $.a['\x']
                ^^^^ mistake: Brackets hold a name in quotes, a number, a slice such as `0:5`, a filter such as `?@.id`, or `*`.
        "#]],
        ),
        (
            "$.a)",
            expect![[r#"
            $.a)
              ^^ mistake: This is neither a name nor `*`, which alone may follow a dot.
        "#]],
        ),
        (
            "$.a[(@.length-1)]",
            expect![[r#"
            $.a[(@.length-1)]
                ^^^^^^^^^^^^ mistake: Brackets hold a name in quotes, a number, a slice such as `0:5`, a filter such as `?@.id`, or `*`.
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
    fn steps_and_mistakes_lie_within_any_text(text in "[$.@/*a-c0ä😀\\[\\]()'\"\\\\?,: -]{0,16}") {
        let (mistakes, segments) = match parse(&text) {
            Ok(path) => (path.slips, path.segments),
            Err(mistake) => (vec![mistake], Vec::new()),
        };
        prop_assert!(mistakes.iter().all(|mistake| text.get(mistake.range.clone()).is_some()), "{:?}", mistakes);
        prop_assert!(segments.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{:?}", segments);
        prop_assert!(segments.iter().all(|segment| text.get(segment.range.clone()).is_some()), "{:?}", segments);
    }

    /// A path that the standard has is neither a mistake nor a slip, and any other is one of them.
    #[test]
    fn right_is_what_the_standard_has(text in "\\$[.a-c0*\\[\\]'\"?@ :,()-]{0,12}") {
        let is_right = parse(&text).is_ok_and(|path| path.slips.is_empty());
        prop_assert_eq!(is_right, serde_json_path::JsonPath::parse(&text).is_ok(), "{}", text);
    }
}

#[test]
fn the_header_form() {
    assert_eq!(header("headers.x-pagecount"), Some("x-pagecount"));
    assert_eq!(header("Headers.Link"), Some("Link"));
    assert_eq!(header("Headers['x-total']"), Some("x-total"));
    assert_eq!(header("headers[\"x-total\"]"), Some("x-total"));
    for text in ["headers.", "headers", "header.x", "headers.a b", "$.headers.x", ""] {
        assert_eq!(header(text), None, "{text}");
    }
}
