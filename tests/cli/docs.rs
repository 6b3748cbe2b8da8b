//! `connspec docs`: the page of a source, and its comparison with the spec.

use expect_test::expect;

use crate::run::Folder;

const SPEC: &str = include_str!("clean-connectionSpec.json");

fn folder(files: &[(&str, &str)]) -> Folder {
    let files: Vec<_> = files.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    Folder::with(&files)
}

#[test]
fn a_page_just_written_does_not_differ_from_its_spec() {
    let specs = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/specs")).unwrap();
    let mut count = 0;
    for path in specs.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        let spec = std::fs::read_to_string(&path).unwrap();
        for arguments in [&["docs", "a.json"][..], &["docs", "a.json", "--ui"]] {
            let written = folder(&[("a.json", &spec)]).run(arguments);
            assert_eq!(written.code, Some(0), "{} {written:?}", path.display());
            let checked =
                folder(&[("a.json", &spec), ("page.md", &written.out)]).run(["docs", "a.json", "--check", "page.md"]);
            assert_eq!((checked.code, checked.out.as_str()), (Some(0), ""), "{} {checked:?}", path.display());
            count += 1;
        }
    }
    assert!(count >= 18, "{count}");
}

#[test]
fn the_page_has_the_label_and_the_id_of_the_files_beside_the_spec() {
    let state = |sandboxes: &str| format!(r#"{{ "version": 1, "sandboxes": {{ {sandboxes} }} }}"#);
    let one = r#""A@AdobeOrg dev": { "acme-connectionSpec.json": { "id": "1a2b", "base": {} } }"#;
    let other = one.replace("dev", "prod").replace("1a2b", "3c4d");
    let emulator = one.replace("A@AdobeOrg", "LOCAL@AdobeOrg").replace("1a2b", "5e6f");
    for (sandboxes, id) in [
        ("", "{CONNECTION_SPEC_ID}"),
        (one, "1a2b"),
        (&format!("{one}, {emulator}"), "1a2b"),
        (&format!("{one}, {other}"), "{CONNECTION_SPEC_ID}"),
    ] {
        let folder = folder(&[
            ("acme-connectionSpec.json", SPEC),
            ("acme-label.txt", "Acme Orders\n"),
            ("connspec.state.json", &state(sandboxes)),
        ]);
        let page = folder.run(["docs", "acme-connectionSpec.json"]).out;
        assert!(page.contains("# Connect Acme Orders to Experience Platform"), "{page}");
        assert!(page.contains(&format!("\"id\": \"{id}\"")), "{page}");
    }
}

#[test]
fn each_difference_is_reported_at_its_line() {
    let page = folder(&[("a-connectionSpec.json", SPEC)]).run(["docs", "a-connectionSpec.json"]).out;
    let stale = page.replacen("\"specName\": \"", "\"specName\": \"My ", 1);
    let ran = folder(&[("a-connectionSpec.json", SPEC), ("a.md", &stale)]).run([
        "docs",
        "a-connectionSpec.json",
        "--check",
        "a.md",
    ]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    expect![[r#"
        a.md:62: unknown authentication method `My API Key Authentication`; did you mean `API Key Authentication`?
    "#]]
    .assert_eq(&ran.out);
    expect![[r#"
        6 lines in italics to fill in, the first on line 10.
        1 difference from the spec.
    "#]]
    .assert_eq(&ran.err);
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let folder = folder(&[("a.json", SPEC), ("other.json", "{}")]);
    for (arguments, expected) in [
        (&["docs", "missing.json"][..], "error: cannot read missing.json: no such file or directory\n"),
        (&["docs", "a.json", "--check", "missing.md"], "error: cannot read missing.md: no such file or directory\n"),
        (&["docs", "other.json"], "error: other.json isn't the spec of a batch or streaming source\n"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(2), expected), "{arguments:?}");
    }
}
