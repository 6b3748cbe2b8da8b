//! What is wrong with a `connspec.toml`, drawn under its lines, and what counts all the same.

use expect_test::{Expect, expect};

use super::*;
use crate::text::{Encoding, Text};

mod profiles;

/// The lines with the problems under them, and at the end what counts.
fn check(content: &str, expected: &Expect) {
    let text = Text::new(content);
    let (settings, problems) = read_settings(content);
    let mut drawn = String::new();
    for line in 0..text.line_count() {
        drawn += &content[text.line(line)];
        drawn.push('\n');
        for problem in &problems {
            let start = text.position(problem.range.start, Encoding::Utf32);
            if start.line as usize == line {
                let width = content[problem.range.clone()].chars().count().max(1);
                drawn += &format!("{}{} {}\n", " ".repeat(start.column as usize), "^".repeat(width), problem.message);
            }
        }
    }
    for (code, level) in &settings.rules {
        drawn += &format!("=> {code} is {level:?}\n");
    }
    for IgnoreEntry { file, pointer, code } in &settings.ignored {
        drawn += &format!("=> {code} is ignored in {file} at {pointer:?}\n");
    }
    for (name, profile) in &settings.profiles {
        drawn += &format!("=> {name} is {profile:?}\n");
    }
    if let Some(name) = &settings.default_profile {
        drawn += &format!("=> {name} is the default\n");
    }
    expected.assert_eq(&drawn);
}

#[test]
fn levels_and_ignored_places_are_read() {
    check(
        r#"# how we work
[rules]
unknown-key = "off"      # we know
duplicate-key = 'error'

[[ignore]]
file = "acme/acme-connectionSpec.json"
pointer = "/sourceSpec/attributes"
code = "missing-key"

[[ignore]]
file = "./b.json"
pointer = ""
code = "wrong-type""#,
        &expect![[r##"
            # how we work
            [rules]
            unknown-key = "off"      # we know
            duplicate-key = 'error'

            [[ignore]]
            file = "acme/acme-connectionSpec.json"
            pointer = "/sourceSpec/attributes"
            code = "missing-key"

            [[ignore]]
            file = "./b.json"
            pointer = ""
            code = "wrong-type"
            => duplicate-key is Error
            => unknown-key is Off
            => missing-key is ignored in acme/acme-connectionSpec.json at "/sourceSpec/attributes"
            => wrong-type is ignored in b.json at ""
        "##]],
    );
}

#[test]
fn other_spellings_of_toml_say_the_same() {
    check(
        "ignore = [ { file = 'a.json', pointer = '/a', code = 'missing-key' }, ]\nrules.\"wrong-type\" = \"hint\"\n",
        &expect![[r#"
            ignore = [ { file = 'a.json', pointer = '/a', code = 'missing-key' }, ]
            rules."wrong-type" = "hint"

            => wrong-type is Hint
            => missing-key is ignored in a.json at "/a"
        "#]],
    );
    check(
        "rules = { wrong-type = \"info\" }\r\n",
        &expect![[r#"
        rules = { wrong-type = "info" }

        => wrong-type is Information
    "#]],
    );
    assert_eq!(read_settings(""), (Settings::default(), Vec::new()));
}

#[test]
fn what_is_no_toml_is_told_and_the_rest_counts() {
    check(
        "[rules]\nunknown-key = \nwrong-type = \"off\nmissing-key = \"hint\"\nmissing-key = \"off\"\n[[ignore\n",
        &expect![[r#"
            [rules]
            unknown-key = 
                          ^ This is not TOML: string values must be quoted, expected literal string.
            wrong-type = "off
                             ^ This is not TOML: invalid basic string, expected `"`.
            missing-key = "hint"
            missing-key = "off"
            ^^^^^^^^^^^ This is not TOML: duplicate key.
            [[ignore
                    ^ This is not TOML: unclosed array table, expected `]]`.

            => missing-key is Hint
            => wrong-type is Off
        "#]],
    );
}

#[test]
fn unknown_names_are_told_with_the_near_ones() {
    check(
        "[rule]\n[profiles]\n[rules]\nunknownkey = \"off\"\nnonsense = \"off\"\n[[ignore]]\nFile = \"a\"\npath = 1\n",
        &expect![[r#"
            [rule]
             ^^^^ `rule` has no meaning here. Did you mean `rules`?
            [profiles]
            [rules]
            unknownkey = "off"
            ^^^^^^^^^^ There is no rule `unknownkey`. Did you mean `unknown-key`?
            nonsense = "off"
            ^^^^^^^^ There is no rule `nonsense`. A rule's code is shown with each of its findings.
            [[ignore]]
            ^^^^^^^^^^ This entry has no `file`, so it has no effect. Add `file = "…"`.
            ^^^^^^^^^^ This entry has no `pointer`, so it has no effect. Add `pointer = "…"`.
            ^^^^^^^^^^ This entry has no `code`, so it has no effect. Add `code = "…"`.
            File = "a"
            ^^^^ `File` has no meaning here. Did you mean `file`?
            path = 1
            ^^^^ `path` has no meaning here. What is known: `file`, `pointer`, `code`.

        "#]],
    );
}

#[test]
fn a_wrong_level_is_told_with_the_levels() {
    check(
        "[rules]\nunknown-key = \"Error\"\nwrong-type = 1\n[rules.missing-key]\n",
        &expect![[r#"
        [rules]
        unknown-key = "Error"
                      ^^^^^^^ This is no level. The levels are `"off"`, `"hint"`, `"info"`, `"warning"`, `"error"`.
        wrong-type = 1
                     ^ This is no level. The levels are `"off"`, `"hint"`, `"info"`, `"warning"`, `"error"`.
        [rules.missing-key]
        ^^^^^^^^^^^^^^^^^^^ This is no level. The levels are `"off"`, `"hint"`, `"info"`, `"warning"`, `"error"`.

    "#]],
    );
}

#[test]
fn an_entry_that_lacks_something_has_no_effect_and_that_is_told() {
    check(
        r#"[[ignore]]
file = "a.json"
code = "missing-key"

[[ignore]]
file = "a\\b.json"
pointer = "sourceSpec"
code = "missing-keys"

[[ignore]]
file = "../a.json"
pointer = 3
code = "missing-key"
"#,
        &expect![[r#"
            [[ignore]]
            ^^^^^^^^^^ This entry has no `pointer`, so it has no effect. Add `pointer = "…"`.
            file = "a.json"
            code = "missing-key"

            [[ignore]]
            file = "a\\b.json"
                   ^^^^^^^^^^^ This names no file below the folder of connspec.toml. Write its path from there, with `/`.
            pointer = "sourceSpec"
                      ^^^^^^^^^^^^ This is no JSON pointer. It begins with `/`, as in `/sourceSpec/attributes`.
            code = "missing-keys"
                   ^^^^^^^^^^^^^^ There is no rule `missing-keys`. Did you mean `missing-key`?

            [[ignore]]
            file = "../a.json"
                   ^^^^^^^^^^^ This names no file below the folder of connspec.toml. Write its path from there, with `/`.
            pointer = 3
                      ^ `pointer` is a text: write it in quotes.
            code = "missing-key"

        "#]],
    );
}

#[test]
fn tables_of_the_wrong_sort_are_told() {
    check(
        "rules = 1\n[ignore]\nfile = \"a\"\n",
        &expect![[r#"
        rules = 1
        ^^^^^ `rules` is a table: write `[rules]`, and below it a line for each rule.
        [ignore]
         ^^^^^^ `ignore` is a list: write `[[ignore]]`, with two brackets, for each entry.
        file = "a"

    "#]],
    );
    check(
        "[[rules]]\nwrong-type = \"off\"\n",
        &expect![[r#"
        [[rules]]
          ^^^^^ `rules` is a table: write `[rules]`, and below it a line for each rule.
        wrong-type = "off"

    "#]],
    );
    check(
        "ignore = [ 1, { file = \"a\" } ]\n",
        &expect![[r#"
        ignore = [ 1, { file = "a" } ]
                   ^ An entry of `ignore` has a `file`, a `pointer` and a `code`.
                      ^^^^^^^^^^^^^^ This entry has no `pointer`, so it has no effect. Add `pointer = "…"`.
                      ^^^^^^^^^^^^^^ This entry has no `code`, so it has no effect. Add `code = "…"`.

    "#]],
    );
}
