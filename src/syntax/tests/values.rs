//! Colons and values: missing, half typed, or nothing that JSON knows.

use super::*;

#[test]
fn missing_value() {
    check(
        "{\n  \"a\": \n  \"b\": 2,\n  \"c\": }",
        expect![[r#"
            {
              "a": 
                  ^ MissingValue
              "b": 2,
              "c": }
                  ^ MissingValue
            => {"a": ∅, "b": 2, "c": ∅}
        "#]],
    );
    check_shape("{\"a\": , \"b\": 1}", r#"{"a": ∅, "b": 1}"#);
    check_shape("{\"a\": tru, \"b\":2}", r#"{"a": ‹tru›, "b": 2}"#);
}

#[test]
fn missing_and_extra_colons() {
    check(
        "{ \"a\" 1, \"b\" \"c\", \"d\" {}, \"e\"::2, : 3, \"f\" = 4, {\"g\": 5} }",
        expect![[r#"
            { "a" 1, "b" "c", "d" {}, "e"::2, : 3, "f" = 4, {"g": 5} }
                 ^ MissingColon
                        ^ MissingColon
                                 ^ MissingColon
                                          ^ ExtraColon
                                              ^ MissingKey
                                                      ^ MissingColon
                                                            ^ MissingKey
            => {"a": 1, "b": "c", "d": {}, "e": 2, ∅: 3, "f": 4, ∅: {"g": 5}}
        "#]],
    );
}

#[test]
fn invalid_strings_numbers_and_words() {
    check(
        "[\"a\tb\\x\\u12\", 01, +1, .5, 1., 0x1F, 1-2, -, True, NaN]",
        expect![[r#"
            ["a	b\x\u12", 01, +1, .5, 1., 0x1F, 1-2, -, True, NaN]
               ^ ControlCharacter('\t')
                 ^^ InvalidEscape
                   ^^^^ InvalidEscape
                          ^^ InvalidNumber
                              ^^ InvalidNumber
                                  ^^ InvalidNumber
                                      ^^ InvalidNumber
                                          ^^^^ InvalidNumber
                                                ^^^ InvalidNumber
                                                     ^ InvalidNumber
                                                        ^^^^ UnknownWord
                                                              ^^^ UnknownWord
            => ["a\tbx�12", 01, +1, .5, 1., 0x1F, 1-2, -, ‹True›, ‹NaN›]
        "#]],
    );
    let tree = Tree::parse("[[null],\"}\", [true ], \"]\", { },\"\"]".to_owned());
    assert_eq!(tree.errors(), [], "these are sound");
    check_shape("", "∅");
    check_shape("  ", "∅");
    check_shape("{} {}", "{}");
}

#[test]
fn stray_characters_are_skipped() {
    check(
        "}, \\: \\: { \"a\": \\: \\: }",
        expect![[r#"
            }, \: \: { "a": \: \: }
            ^ ExtraBracket('}')
             ^ ExtraComma
               ^ StrayText
                ^ ExtraColon
                  ^ StrayText
                   ^ ExtraColon
                           ^ MissingValue
                            ^ StrayText
                             ^ ExtraColon
                               ^ StrayText
                                ^ ExtraColon
            => {"a": ∅}
        "#]],
    );
    check_shape("]{\"a\": 1}", r#"{"a": 1}"#);
}
