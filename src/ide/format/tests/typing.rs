//! What follows a key press. `$0` is the cursor after what was typed.

use expect_test::{Expect, expect};

use super::{render, spec};
use crate::ide::{self, FormatOptions};
use crate::text::Edit;

#[track_caller]
fn check(marked: &str, typed: char, expected: Expect) {
    let offset = marked.find("$0").expect("a cursor");
    let text = marked.replacen("$0", "", 1);
    let edits = ide::format_typed(&spec(&text), &FormatOptions::default(), offset, typed);
    expected.assert_eq(&render(&Edit::apply(&text, &edits)));
}

#[test]
fn enter_adds_a_comma_before_another_member() {
    check(
        "{\n  \"name\": \"Acme\"\n$0\n  \"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme",
        ··
          "type": "x"
        }"#]],
    );
    check(
        "{\n  \"name\": \"Acme\"\n$0\"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme",
          "type": "x"
        }"#]],
    );
    check(
        "{\n  \"a\": [1\n$0, 2]\n}",
        '\n',
        expect![[r#"
        {
          "a": [1
            , 2]
        }"#]],
    );
    check(
        "{\n  \"a\": {\n    \"b\": 1\n  }  \n  $0\n  \"c\": 2\n}",
        '\n',
        expect![[r#"
        {
          "a": {
            "b": 1
          },··
        ··
          "c": 2
        }"#]],
    );
    check(
        "{\r\n  \"a\": true\r\n$0\r\n  \"c\": 2\r\n}",
        '\n',
        expect![[r#"
        {␍
          "a": true,␍
          ␍
          "c": 2␍
        }"#]],
    );
}

#[test]
fn enter_adds_no_unneeded_comma() {
    check(
        "{\n  \"name\": \"Acme\"\n$0\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme"
        ··
        }"#]],
    );
    check(
        "{\n  \"name\": \"Acme\",\n$0\n  \"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme",
        ··
          "type": "x"
        }"#]],
    );
    check(
        "{\n  \"name\": \"Acme\",\n$0\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme",
        ··
        }"#]],
    );
    check(
        "{\n  \"name\":\n$0\n  \"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name":

          "type": "x"
        }"#]],
    );
    check(
        "{\n  \"name\": \"Acme\"\n\n$0\n  \"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme"

        ··
          "type": "x"
        }"#]],
    );
}

#[test]
fn enter_closes_an_unterminated_string() {
    check(
        "{\n  \"name\": \"Acme\n$0\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme"
        ··
        }"#]],
    );
    check(
        "{\n  \"name\": \"Acme\n$0\n  \"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme",
        ··
          "type": "x"
        }"#]],
    );
    check(
        "{\n  \"name\": \"Acme,\n$0\n  \"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme",
        ··
          "type": "x"
        }"#]],
    );
    check(
        "{\n  \"required\": [\n    \"a\n$0\n  ]\n}",
        '\n',
        expect![[r#"
        {
          "required": [
            "a"
        ····
          ]
        }"#]],
    );
}

#[test]
fn enter_inside_a_string_adds_no_quote() {
    check(
        "{\n  \"name\": \"Ac\n$0me\",\n  \"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name": "Ac
        me",
          "type": "x"
        }"#]],
    );
    check(
        "{\n  \"name\": \"Acme \n$0and others\",\n  \"type\": \"x\"\n}",
        '\n',
        expect![[r#"
        {
          "name": "Acme·
        and others",
          "type": "x"
        }"#]],
    );
    check(
        "{\n  \"na\n$0\n}",
        '\n',
        expect![[r#"
        {
          "na
        ··
        }"#]],
    );
}

#[test]
fn enter_indents_the_line() {
    check(
        "{\n$0\n}",
        '\n',
        expect![[r#"
        {
        ··
        }"#]],
    );
    check(
        "{\n  \"a\": {\n$0}\n}",
        '\n',
        expect![[r#"
        {
          "a": {
          }
        }"#]],
    );
    check(
        "{\n    \"a\": 1,\n$0\n}",
        '\n',
        expect![[r#"
        {
            "a": 1,
        ····
        }"#]],
    );
    check(
        "{\n  \"a\": [1, 2,\n$03]\n}",
        '\n',
        expect![[r#"
        {
          "a": [1, 2,
            3]
        }"#]],
    );
    check(
        "{\n  \"a\": {\n    \"b\": 1,\n      $0\n  }\n}",
        '\n',
        expect![[r#"
        {
          "a": {
            "b": 1,
        ····
          }
        }"#]],
    );
}

#[test]
fn closing_bracket_is_aligned_with_its_opening_line() {
    check(
        "{\n  \"a\": {\n    \"b\": 1\n    }$0\n}",
        '}',
        expect![[r#"
        {
          "a": {
            "b": 1
          }
        }"#]],
    );
    check(
        "{\n  \"a\": [\n    1\n]$0\n}",
        ']',
        expect![[r#"
        {
          "a": [
            1
          ]
        }"#]],
    );
    check(
        "{\n  \"a\": [\n    1 ]$0\n}",
        ']',
        expect![[r#"
        {
          "a": [
            1 ]
        }"#]],
    );
    check(
        "{\n  \"a\": 1\n  }$0",
        '}',
        expect![[r#"
        {
          "a": 1
        }"#]],
    );
    check(
        "{\n  \"a\": 1\n  ]$0\n}",
        ']',
        expect![[r#"
        {
          "a": 1
          ]
        }"#]],
    );
}
