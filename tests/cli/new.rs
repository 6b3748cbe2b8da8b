//! `connspec new`: it writes a whole folder or nothing, and says what is left to the author.

use std::fs;

use expect_test::expect;

use crate::run::{Folder, Ran};

const SIGN_INS: [&str; 3] = ["oauth2", "basic", "api-key"];
const PAGING: [&str; 5] = ["offset", "pointer", "continuation-token", "page", "none"];

fn new(folder: &Folder, arguments: &[&str]) -> Ran {
    folder.run(["new"].iter().chain(arguments))
}

/// The names of what is in a folder.
fn names(folder: &Folder, name: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.path(name)).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_batch_source() {
    let folder = Folder::with(&[]);
    let ran = new(
        &folder,
        &["acme-orders", "--kind", "rest", "--auth", "api-key", "--auth", "basic", "--pagination", "page"],
    );
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        A new batch source is in `acme-orders`:

        - `acme-orders-connectionSpec.json`: the connection spec
        - `acme-orders-category.txt`: the group of the catalog that lists the source
        - `acme-orders-description.txt`: what the catalog says about it
        - `acme-orders-icon.svg`: its picture in the catalog
        - `acme-orders-label.txt`: its name in the catalog

        Now fill in what stands in braces. In the spec that is:

        - line 4, `{DESCRIPTION}`: What the source is, for those who read the spec.
        - line 29, `{HEADER_PARAM_NAME}`: Name of the HTTP header that carries this value, capitals as the API expects them.
        - line 70, `{CATEGORY}`: The group of the catalog in which the source is listed.
        - line 83, `{HOST}`: Scheme and host, such as `https://${domain}.api.example.com`; `${name}` is replaced by the user's value.
        - line 84, `{PATH}`: The resource's path, starting with `/`.
        - line 91, `{CONTENT_PATH}`: Where in the response the records are.
        - line 95, `{LIMIT_NAME}`: Name of the query parameter that says how many records a page holds.
        - line 97, `{PAGE_PARAM_NAME}`: `PAGE`: name of the query parameter that holds the page number.
        - line 101, `{SCHEDULE_START_PARAM_NAME}`: Plain form: name of the query parameter that carries the start of the span.
        - line 102, `{SCHEDULE_END_PARAM_NAME}`: Plain form: name of the query parameter that carries the end of the span.

        and beside it `acme-orders-category.txt` and `acme-orders-description.txt`; the icon is a plain square to be drawn over. `connspec check acme-orders` lists what is left, and an editor underlines it.
    "#]]);
    assert_eq!(
        names(&folder, "acme-orders"),
        [
            "acme-orders-category.txt",
            "acme-orders-connectionSpec.json",
            "acme-orders-description.txt",
            "acme-orders-icon.svg",
            "acme-orders-label.txt"
        ]
    );
    let spec = folder.read("acme-orders/acme-orders-connectionSpec.json");
    let places = ["\"KeyBased\"", "\"BasicAuthentication\"", "\"PAGE\""].map(|kind| spec.find(kind));
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{spec}");
    assert!(!spec.contains("OAuth2"), "{spec}");
}

#[test]
fn a_streaming_source_in_another_folder() {
    let folder = Folder::with(&[]);
    let ran = new(&folder, &["acme", "sources/new", "--kind", "streaming"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        A new streaming source is in `sources/new/acme`:

        - `acme-connectionSpec.json`: the connection spec
        - `acme-category.txt`: the group of the catalog that lists the source
        - `acme-description.txt`: what the catalog says about it
        - `acme-icon.svg`: its picture in the catalog
        - `acme-label.txt`: its name in the catalog

        Now fill in what stands in braces. In the spec that is:

        - line 4, `{DESCRIPTION}`: What the source is, for those who read the spec.
        - line 10, `{DOCUMENTATION_LINK}`: Address of the user documentation; the catalog links to it.
        - line 42, `{DOCUMENTATION_LINK}`: Address of the user documentation; the catalog links to it.
        - line 52, `{DESCRIPTION}`: The short text below the name in the catalog.

        and beside it `acme-description.txt`; the icon is a plain square to be drawn over. `connspec check sources/new/acme` lists what is left, and an editor underlines it.
    "#]]);
    assert_eq!(names(&folder, "sources/new/acme").len(), 5);
}

#[test]
fn check_lists_what_is_to_be_filled_in_and_nothing_else() {
    let folder = Folder::with(&[]);
    let mut sources: Vec<Vec<&str>> = vec![vec!["--kind", "streaming"], vec!["--kind", "rest"]];
    for paging in PAGING {
        sources.extend(SIGN_INS.map(|auth| vec!["--kind", "rest", "--auth", auth, "--pagination", paging]));
        sources.push(vec!["--kind", "rest", "--auth", "oauth2,basic,api-key", "--pagination", paging]);
    }
    for (number, source) in sources.iter().enumerate() {
        let name = format!("acme-{number}");
        let ran = new(&folder, &[&[name.as_str()], source.as_slice()].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{source:?} {ran:?}");
    }
    let ran = folder.run(["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    for head in ran.out.lines().filter(|line| line.contains("]: ")) {
        assert!(head.starts_with("warning") && head.contains("a blank of the template"), "{head}");
    }
    assert!(ran.out.ends_with(&format!(" in {} files\n", sources.len())), "{}", ran.out);
}

#[test]
fn nothing_is_overwritten_and_nothing_is_written_by_half() {
    let folder = Folder::with(&[("acme/acme-label.txt", b"mine"), ("acme/notes.md", b"more"), ("taken", b"")]);
    let ran = new(&folder, &["acme", "--kind", "rest"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    expect![[r#"
        connspec: nothing was written, because this is there already:
          acme/acme-label.txt
        Take another name or another folder.
    "#]]
    .assert_eq(&ran.err.replace('\\', "/"));
    assert_eq!(names(&folder, "acme"), ["acme-label.txt", "notes.md"]);
    assert_eq!(folder.read("acme/acme-label.txt"), "mine");
    let ran = new(&folder, &["other", "taken", "--kind", "rest"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.starts_with("connspec: cannot make the folder taken"), "{ran:?}");
    assert!(ran.err.ends_with(" Nothing was written.\n"), "{ran:?}");
    assert_eq!(folder.read("taken"), "");
}

#[test]
fn a_folder_with_other_files_is_fine() {
    let folder = Folder::with(&[("acme/notes.md", b"more")]);
    assert_eq!(new(&folder, &["acme", "--kind", "rest"]).code, Some(0));
    assert_eq!(names(&folder, "acme").len(), 6);
}

#[test]
fn what_does_not_go_together_is_exit_code_2() {
    let folder = Folder::with(&[]);
    let mut said = String::new();
    for arguments in [
        &["acme orders", "--kind", "rest"][..],
        &["acme", "--kind", "streaming", "--auth", "basic"],
        &["acme", "--kind", "streaming", "--pagination", "none"],
        &["acme", "--kind", "rest", "--auth", "basic,basic"],
    ] {
        let ran = new(&folder, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        said += &ran.err;
    }
    expect![[r#"
        connspec: `acme orders` cannot be the source's name. Files are called by it, so it has unaccented letters, digits, `-` and `_` only, a letter or digit first, and at most 100 of them. How about `acme-orders`?
        connspec: --auth is for sources of --kind rest: the spec of a streaming source has no place for it. Leave it out.
        connspec: --pagination is for sources of --kind rest: the spec of a streaming source has no place for it. Leave it out.
        connspec: the same way to sign in is named twice with --auth. Name each once.
    "#]].assert_eq(&said);
    assert_eq!(new(&folder, &["acme"]).code, Some(2));
    assert_eq!(new(&folder, &["acme", "--kind", "rest", "--auth", "magic"]).code, Some(2));
    assert_eq!(names(&folder, "."), [".git"]);
}
