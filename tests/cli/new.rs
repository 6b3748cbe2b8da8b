//! `connspec new`: it creates a complete folder or nothing, and lists what is left to the author.

use std::fs;

use expect_test::expect;

use crate::run::{Folder, Ran};

const AUTH: [&str; 3] = ["oauth2", "basic", "api-key"];
const PAGINATION: [&str; 5] = ["offset", "pointer", "continuation-token", "page", "none"];

fn new(folder: &Folder, arguments: &[&str]) -> Ran {
    folder.run(["new"].iter().chain(arguments))
}

/// The names of the entries of a folder.
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
        Created a batch source in `acme-orders`:

        - `acme-orders-connectionSpec.json`: the connection spec
        - `acme-orders-category.txt`: the category in the catalog
        - `acme-orders-description.txt`: the description in the catalog
        - `acme-orders-icon.svg`: the icon in the catalog
        - `acme-orders-label.txt`: the name in the catalog

        Replace the placeholders in braces. In the spec:

        - line 4, `{DESCRIPTION}`: What the source is, for readers of the spec.
        - line 29, `{HEADER_PARAM_NAME}`: Name of the HTTP header that contains this value, capitalized as the API expects it.
        - line 70, `{CATEGORY}`: The category of the catalog in which the source is listed.
        - line 83, `{HOST}`: Scheme and host, such as `https://${domain}.api.example.com`; `${name}` is replaced by the user's value.
        - line 84, `{PATH}`: The path of the resource, starting with `/`.
        - line 88, `{CONTENT_PATH}`: The location of the records in the response.
        - line 92, `{LIMIT_NAME}`: Name of the query parameter for the number of records per page.
        - line 94, `{PAGE_PARAM_NAME}`: `PAGE`: name of the query parameter for the page number.
        - line 98, `{SCHEDULE_START_PARAM_NAME}`: Plain form: name of the query parameter for the start of the time window.
        - line 99, `{SCHEDULE_END_PARAM_NAME}`: Plain form: name of the query parameter for the end of the time window.

        Also in `acme-orders-category.txt` and `acme-orders-description.txt`. Replace the icon, which is a plain square.

        Run `connspec check acme-orders` to list the placeholders that remain.
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
        Created a streaming source in `sources/new/acme`:

        - `acme-connectionSpec.json`: the connection spec
        - `acme-category.txt`: the category in the catalog
        - `acme-description.txt`: the description in the catalog
        - `acme-icon.svg`: the icon in the catalog
        - `acme-label.txt`: the name in the catalog

        Replace the placeholders in braces. In the spec:

        - line 4, `{DESCRIPTION}`: What the source is, for readers of the spec.
        - line 10, `{DOCUMENTATION_LINK}`: URL of the user documentation; the catalog links to it.
        - line 42, `{DOCUMENTATION_LINK}`: URL of the user documentation; the catalog links to it.
        - line 52, `{DESCRIPTION}`: The short text below the label in the catalog.

        Also in `acme-description.txt`. Replace the icon, which is a plain square.

        Run `connspec check sources/new/acme` to list the placeholders that remain.
    "#]]);
    assert_eq!(names(&folder, "sources/new/acme").len(), 5);
}

#[test]
fn check_reports_placeholders_and_nothing_else() {
    let folder = Folder::with(&[]);
    let mut sources: Vec<Vec<&str>> = vec![vec!["--kind", "streaming"], vec!["--kind", "rest"]];
    for pagination in PAGINATION {
        sources.extend(AUTH.map(|auth| vec!["--kind", "rest", "--auth", auth, "--pagination", pagination]));
        sources.push(vec!["--kind", "rest", "--auth", "oauth2,basic,api-key", "--pagination", pagination]);
    }
    for (number, source) in sources.iter().enumerate() {
        let name = format!("acme-{number}");
        let ran = new(&folder, &[&[name.as_str()], source.as_slice()].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{source:?} {ran:?}");
    }
    let ran = folder.run(["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    for head in ran.out.lines().filter(|line| line.contains("]: ")) {
        assert!(head.starts_with("warning[") && head.contains("template"), "{head}");
    }
    assert!(ran.out.contains(&format!(" in {} files.\n", sources.len())), "{}", ran.out);
}

#[test]
fn existing_files_are_never_overwritten() {
    let folder = Folder::with(&[("acme/acme-label.txt", b"mine"), ("acme/notes.md", b"more"), ("taken", b"")]);
    let ran = new(&folder, &["acme", "--kind", "rest"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    expect![[r#"
        error: files exist:
          acme/acme-label.txt

        Nothing was written. Choose another name or folder.
    "#]]
    .assert_eq(&ran.err.replace('\\', "/"));
    assert_eq!(names(&folder, "acme"), ["acme-label.txt", "notes.md"]);
    assert_eq!(folder.read("acme/acme-label.txt"), "mine");
    let ran = new(&folder, &["other", "taken", "--kind", "rest"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.starts_with("error: cannot create the folder taken"), "{ran:?}");
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
fn invalid_arguments_are_exit_code_2() {
    let folder = Folder::with(&[]);
    let mut errors = String::new();
    for arguments in [
        &["acme orders", "--kind", "rest"][..],
        &["acme", "--kind", "streaming", "--auth", "basic"],
        &["acme", "--kind", "streaming", "--pagination", "none"],
        &["acme", "--kind", "rest", "--auth", "basic,basic"],
    ] {
        let ran = new(&folder, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        errors += &ran.err;
    }
    expect![[r#"
        error: invalid source name `acme orders`: use 1 to 100 unaccented letters, digits, `-` and `_`, starting with a letter or digit, such as `acme-orders`
        error: `--auth` can't be used with `--kind streaming`: the spec of a streaming source doesn't contain it
        error: `--pagination` can't be used with `--kind streaming`: the spec of a streaming source doesn't contain it
        error: `--auth basic` is given twice
    "#]].assert_eq(&errors);
    assert_eq!(new(&folder, &["acme"]).code, Some(2));
    assert_eq!(new(&folder, &["acme", "--kind", "rest", "--auth", "magic"]).code, Some(2));
    assert_eq!(names(&folder, "."), [".git"]);
}
