//! The problems of a `connspec.toml` below its lines, and the settings that apply.

use expect_test::{Expect, expect};

use super::*;
use crate::text::{Encoding, Text};

mod profiles;

/// Renders the lines with the problems below them, and the settings at the end.
fn check(content: &str, expected: &Expect) {
    let text = Text::new(content);
    let (settings, problems) = read_settings(content);
    let mut rendered = String::new();
    for line in 0..text.line_count() {
        rendered += &content[text.line(line)];
        rendered.push('\n');
        for problem in &problems {
            let start = text.position(problem.range.start, Encoding::Utf32);
            if start.line as usize == line {
                let width = content[problem.range.clone()].chars().count().max(1);
                rendered +=
                    &format!("{}{} {}\n", " ".repeat(start.column as usize), "^".repeat(width), problem.message);
            }
        }
    }
    for (code, level) in &settings.rules {
        rendered += &format!("=> {code} is {level:?}\n");
    }
    for IgnoreEntry { file, pointer, code, .. } in &settings.ignored {
        rendered += &format!("=> {code} is ignored in {file} at {pointer:?}\n");
    }
    for (name, profile) in &settings.profiles {
        rendered += &format!("=> {name} is {profile:?}\n");
    }
    if let Some(name) = &settings.default_profile {
        rendered += &format!("=> {name} is the default\n");
    }
    expected.assert_eq(&rendered);
}

#[test]
fn levels_and_ignore_entries_are_read() {
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
fn all_notations_of_toml_are_read() {
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

        => wrong-type is Info
    "#]],
    );
    assert_eq!(read_settings(""), (Settings::default(), Vec::new()));
}

#[test]
fn invalid_toml_is_reported_and_the_rest_applies() {
    check(
        "[rules]\nunknown-key = \nwrong-type = \"off\nmissing-key = \"hint\"\nmissing-key = \"off\"\n[[ignore\n",
        &expect![[r#"
            [rules]
            unknown-key = 
                          ^ invalid TOML: string values must be quoted, expected literal string
            wrong-type = "off
                             ^ invalid TOML: invalid basic string, expected `"`
            missing-key = "hint"
            missing-key = "off"
            ^^^^^^^^^^^ invalid TOML: duplicate key
            [[ignore
                    ^ invalid TOML: unclosed array table, expected `]]`

            => missing-key is Hint
            => wrong-type is Off
        "#]],
    );
}

#[test]
fn unknown_names_are_reported_with_a_suggestion() {
    check(
        "[rule]\n[profiles]\n[rules]\nunknownkey = \"off\"\nnonsense = \"off\"\n[[ignore]]\nFile = \"a\"\npath = 1\n",
        &expect![[r#"
            [rule]
             ^^^^ unknown key `rule`; did you mean `rules`?
            [profiles]
            [rules]
            unknownkey = "off"
            ^^^^^^^^^^ unknown rule `unknownkey`; did you mean `unknown-key`?
            nonsense = "off"
            ^^^^^^^^ unknown rule `nonsense`; `connspec explain` lists all rules
            [[ignore]]
            ^^^^^^^^^^ missing `file`; without it this entry has no effect
            ^^^^^^^^^^ missing `pointer`; without it this entry has no effect
            ^^^^^^^^^^ missing `code`; without it this entry has no effect
            File = "a"
            ^^^^ unknown key `File`; did you mean `file`?
            path = 1
            ^^^^ unknown key `path`; expected one of `file`, `pointer`, `code`

        "#]],
    );
}

#[test]
fn an_invalid_level_is_reported() {
    check(
        "[rules]\nunknown-key = \"Error\"\nwrong-type = 1\n[rules.missing-key]\n",
        &expect![[r#"
            [rules]
            unknown-key = "Error"
                          ^^^^^^^ invalid level; expected one of `"off"`, `"hint"`, `"info"`, `"warning"`, `"error"`
            wrong-type = 1
                         ^ invalid level; expected one of `"off"`, `"hint"`, `"info"`, `"warning"`, `"error"`
            [rules.missing-key]
            ^^^^^^^^^^^^^^^^^^^ invalid level; expected one of `"off"`, `"hint"`, `"info"`, `"warning"`, `"error"`

        "#]],
    );
}

#[test]
fn an_incomplete_ignore_entry_is_reported() {
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
            ^^^^^^^^^^ missing `pointer`; without it this entry has no effect
            file = "a.json"
            code = "missing-key"

            [[ignore]]
            file = "a\\b.json"
                   ^^^^^^^^^^^ invalid path; expected one below the folder of connspec.toml, with `/`
            pointer = "sourceSpec"
                      ^^^^^^^^^^^^ invalid JSON Pointer; it must start with `/`, as in `/sourceSpec/attributes`
            code = "missing-keys"
                   ^^^^^^^^^^^^^^ unknown rule `missing-keys`; did you mean `missing-key`?

            [[ignore]]
            file = "../a.json"
                   ^^^^^^^^^^^ invalid path; expected one below the folder of connspec.toml, with `/`
            pointer = 3
                      ^ expected a string, found an integer
            code = "missing-key"

        "#]],
    );
}

#[test]
fn wrong_types_of_tables_are_reported() {
    check(
        "rules = 1\n[ignore]\nfile = \"a\"\n",
        &expect![[r#"
            rules = 1
            ^^^^^ expected a table, found an integer; write `[rules]`, and below it a line for each rule
            [ignore]
             ^^^^^^ expected an array of tables, found a table; write `[[ignore]]`, with two brackets, for each entry
            file = "a"

        "#]],
    );
    check(
        "[[rules]]\nwrong-type = \"off\"\n",
        &expect![[r#"
            [[rules]]
              ^^^^^ expected a table, found an array; write `[rules]`, and below it a line for each rule
            wrong-type = "off"

        "#]],
    );
    check(
        "ignore = [ 1, { file = \"a\" } ]\n",
        &expect![[r#"
            ignore = [ 1, { file = "a" } ]
                       ^ expected a table with `file`, `pointer` and `code`, found an integer
                          ^^^^^^^^^^^^^^ missing `pointer`; without it this entry has no effect
                          ^^^^^^^^^^^^^^ missing `code`; without it this entry has no effect

        "#]],
    );
}
