//! `connspec explain`: the pages of the rules and their list, for people and as Markdown.

use connspec::lint::RULES;
use expect_test::expect;

use crate::run::{Folder, Ran};

fn explain(arguments: &[&str]) -> Ran {
    Folder::with(&[]).run(["explain"].iter().chain(arguments))
}

#[test]
fn a_rule_is_explained_in_markdown() {
    let ran = explain(&["misspelled-offset-name"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.shows(&expect![[r##"
        # misspelled-offset-name (warning)

        `offsetName` (the spelling of two schema pages) where every example and every API response has `offSetName`. Applies to specs of type `generic-rest` and `generic-streaming`.

        ## Why is this a problem?

        Two of Adobe's pages that describe the key write `offsetName`; all examples and all API responses have `offSetName`. Which of them the service reads is not documented, so the one in its responses is safer.

        ## Example

        In `sourceSpec.attributes`:

        ```json
        "paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offsetName": "offset" }
        ```

        > `offsetName` is spelled `offSetName`, with a capital S, in every example and every API response

        Fixes in an editor:

        - Rename to `offSetName`

        ## Use instead

        ```json
        "paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offSetName": "offset" }
        ```

        See https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#pagination

        ## Turn it off

        In `connspec.toml`:

        ```toml
        [rules]
        misspelled-offset-name = "off"
        ```
    "##]]);
}

#[test]
fn the_code_of_project_files_is_explained() {
    let ran = explain(&["project-file"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    assert!(ran.out.starts_with("# project-file (error, warning)\n\nA problem in `connspec.toml`: "), "{ran:?}");
}

#[test]
fn a_rule_is_formatted_for_a_person() {
    let ran = explain(&["required-not-declared", "--color", "always"]);
    let shown = ran.out.replace('\u{1b}', "");
    assert!(shown.lines().all(|line| line.chars().count() <= 140), "{shown}");
    expect![[r#"
        [1mrequired-not-declared (error)[0m

        [36mrequired[0m names a property that [36mproperties[0m does not declare, in any embedded JSON Schema. Applies to all connection
        specs.

        [1mWhy is this a problem?[0m

        Users enter the properties that [36mproperties[0m declares. A name that is only in [36mrequired[0m can never be entered, so the form
        can never be complete. Adobe's template has this problem itself ([36mhost[0m); none of the live specs does.

        [1mExample[0m

        In [36mauthSpec[].spec[0m:

          [36m"properties": { "accessToken": { "type": "string", "format": "password" } },[0m
          [36m"required": ["host", "accessToken"][0m

        │ [36mhost[0m is required but not declared in [36mproperties[0m, so it can never be entered; declare it, or remove it here

        Fixes in an editor:

        • Declare [36mhost[0m
        • Remove [36mhost[0m from [36mrequired[0m

        [1mUse instead[0m

          [36m"properties": { "accessToken": { "type": "string", "format": "password" } },[0m
          [36m"required": ["accessToken"][0m

        See https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec

        [1mTurn it off[0m

        In [36mconnspec.toml[0m:

          [36m[rules][0m
          [36mrequired-not-declared = "off"[0m
    "#]].assert_eq(&shown);
}

#[test]
fn every_rule_is_explained_and_listed() {
    let list = explain(&[]);
    assert_eq!((list.code, list.err.as_str()), (Some(0), ""), "{list:?}");
    for rule in RULES {
        assert!(list.out.contains(&format!("\n| `{}` | ", rule.code)), "{list:?}");
        let ran = explain(&[rule.code]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        // Examples of files have no diagnostic.
        let message = if rule.checks_environment() { "" } else { "\n> " };
        for part in [&rule.finds[1..], rule.why, rule.wrong, rule.right, rule.link, message] {
            assert!(ran.out.contains(part), "{part}: {ran:?}");
        }
    }
    assert_eq!(list.out.lines().filter(|line| line.starts_with("| `")).count(), RULES.len());
}

#[test]
fn the_list_is_a_table_that_fits_a_terminal() {
    let list = explain(&["--color", "always"]).out;
    let plain = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap().replace_all(&list, "").into_owned();
    assert!(plain.lines().all(|line| line.chars().count() <= 120), "{plain}");
    assert!(plain.starts_with("Code ") && plain.contains("\nmissing-key "), "{plain}");
    for rule in RULES {
        assert!(plain.lines().any(|line| line.starts_with(&format!("{} ", rule.code))), "{}", rule.code);
    }
}

#[test]
fn an_unknown_code_is_exit_code_2_with_a_similar_one() {
    let ran = explain(&["Missing_Kye"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    let expected = "error: unknown rule `Missing_Kye`; did you mean `missing-key`?\n\n\
                    Run `connspec explain` to list all rules.\n";
    assert_eq!(ran.err, expected);
    let ran = explain(&["zebra"]);
    assert!(ran.err.starts_with("error: unknown rule `zebra`\n"), "{ran:?}");
}
