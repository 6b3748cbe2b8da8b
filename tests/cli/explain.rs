//! `connspec explain`: a rule as a person and as another program gets to read it.

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

        Finds: `offsetName` (the spelling of two schema pages) where every example and every answer of the API has `offSetName`. It looks at specs of the types `generic-rest` and `generic-streaming`.

        Two pages of Adobe's that describe the key write `offsetName`; all examples and all answers of the API have `offSetName`. Which of them the service reads was never said, so the one it answers with is the safer.

        Wrong, in `sourceSpec.attributes`:

        ```json
        "paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offsetName": "offset" }
        ```

        > Every example and every answer of the API spells this key `offSetName`, with a capital S. Rename it.

        An editor offers:

        - Rename to `offSetName`

        Right:

        ```json
        "paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offSetName": "offset" }
        ```

        More: https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec

        To switch it off, write in `connspec.toml`:

        ```toml
        [rules]
        misspelled-offset-name = "off"
        ```
    "##]]);
}

#[test]
fn the_code_of_a_wrong_project_file_is_explained_too() {
    let ran = explain(&["project-file"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    assert!(ran.out.starts_with("# project-file (error)\n\nFinds: what is wrong with `connspec.toml`: "), "{ran:?}");
}

#[test]
fn a_rule_is_drawn_for_a_person() {
    let ran = explain(&["required-not-declared", "--color", "always"]);
    let shown = ran.out.replace('\u{1b}', "");
    assert!(shown.lines().all(|line| line.chars().count() <= 140), "{shown}");
    expect![[r#"
        [1mrequired-not-declared (error)[0m

        Finds: [36mrequired[0m names a property that [36mproperties[0m does not declare, in any embedded JSON schema. It looks at connection
        specs of every kind.

        Users are asked for what [36mproperties[0m declares. A name that is only in [36mrequired[0m can never be filled in, so the form can
        never be complete. Adobe's template has this mistake itself ([36mhost[0m); not one of the live specs does.

        Wrong, in [36mauthSpec[].spec[0m:

          [36m"properties": { "accessToken": { "type": "string", "format": "password" } },[0m
          [36m"required": ["host", "accessToken"][0m

        │ [36mhost[0m is required but not declared in [36mproperties[0m, so nobody can fill it in. Declare it there, or take it out here.

        An editor offers:

        • Declare [36mhost[0m
        • Remove [36mhost[0m from [36mrequired[0m

        Right:

          [36m"properties": { "accessToken": { "type": "string", "format": "password" } },[0m
          [36m"required": ["accessToken"][0m

        More: https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec

        To switch it off, write in [36mconnspec.toml[0m:

          [36m[rules][0m
          [36mrequired-not-declared = "off"[0m
    "#]].assert_eq(&shown);
}

#[test]
fn every_rule_is_explained_and_stands_in_the_list() {
    let list = explain(&[]);
    assert_eq!((list.code, list.err.as_str()), (Some(0), ""), "{list:?}");
    for rule in RULES {
        assert!(list.out.contains(&format!("- `{}` (", rule.code)), "{list:?}");
        let ran = explain(&[rule.code]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        // What is said of an example of files is not there to be shown.
        let said = if rule.is_about_surroundings() { "" } else { "\n> " };
        for part in [rule.finds, rule.why, rule.wrong, rule.right, rule.link, said] {
            assert!(ran.out.contains(part), "{part}: {ran:?}");
        }
    }
    assert_eq!(list.out.lines().filter(|line| line.starts_with("- ")).count(), RULES.len());
}

#[test]
fn an_unknown_code_is_exit_code_2_with_the_codes_that_there_are() {
    let ran = explain(&["Missing_Kye"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    let first = "connspec: no rule has the code `Missing_Kye`. Did you mean `missing-key`?\n";
    assert!(ran.err.starts_with(first), "{ran:?}");
    let codes: Vec<&str> = ran.err.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    assert_eq!(codes, RULES.iter().map(|rule| rule.code).collect::<Vec<_>>());
    let ran = explain(&["zebra"]);
    assert!(ran.err.starts_with("connspec: no rule has the code `zebra`.\n"), "{ran:?}");
}
