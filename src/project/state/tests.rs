//! Reading, writing and locking a state file.

use std::fs;

use expect_test::expect;

use super::*;

fn sandbox(name: &str) -> Sandbox {
    Sandbox { org: "A@AdobeOrg".to_owned(), name: name.to_owned() }
}

fn sample() -> State {
    let linked = LinkedSpec {
        id: Some("1a2b".to_owned()),
        base: Some(r#"{"name": "Acme \"x\"", "version": 1.0, "authSpec": []}"#.to_owned()),
        sent: Some(r#"{ "name": "Acme \"x\"", "version": 1.0 }"#.to_owned()),
        intent: None,
        unknown: Vec::new(),
    };
    let intent = Intent { name: "Acme".to_owned(), existing_ids: vec!["7".to_owned()] };
    let wanted = LinkedSpec { intent: Some(intent), ..LinkedSpec::default() };
    State {
        specs: [
            ((sandbox("prod"), "acme/acme-connectionSpec.json".to_owned()), linked.clone()),
            ((sandbox("dev"), "b/b-connectionSpec.json".to_owned()), wanted),
            ((sandbox("dev"), "acme/acme-connectionSpec.json".to_owned()), linked),
        ]
        .into(),
        unknown: Vec::new(),
    }
}

#[test]
fn a_written_state_can_be_read() {
    let text = json::write(&sample());
    expect![[r#"
        {
          "about": "What connspec last pushed to and pulled from Flow Service. Commit this file; it contains no secrets.",
          "version": 1,
          "sandboxes": {
            "A@AdobeOrg dev": {
              "acme/acme-connectionSpec.json": {
                "id": "1a2b",
                "base": {
                  "name": "Acme \"x\"",
                  "version": 1.0,
                  "authSpec": []
                },
                "sent": {
                  "name": "Acme \"x\"",
                  "version": 1.0
                }
              },
              "b/b-connectionSpec.json": {
                "creating": {
                  "name": "Acme",
                  "existing": [
                    "7"
                  ]
                }
              }
            },
            "A@AdobeOrg prod": {
              "acme/acme-connectionSpec.json": {
                "id": "1a2b",
                "base": {
                  "name": "Acme \"x\"",
                  "version": 1.0,
                  "authSpec": []
                },
                "sent": {
                  "name": "Acme \"x\"",
                  "version": 1.0
                }
              }
            }
          }
        }
    "#]]
    .assert_eq(&text);
    assert_eq!(json::write(&json::parse(&text).unwrap()), text);
}

#[test]
fn members_of_a_later_version_are_kept() {
    let text = r#"{"version": 1, "later": [1.50], "sandboxes": {"A@AdobeOrg dev": {"a.json": {"id": "1", "note": {"x": "y"}}}}}"#;
    let written = json::write(&json::parse(text).unwrap());
    assert!(written.contains("\"later\": [\n    1.50\n  ]"), "{written}");
    assert!(written.contains("\"note\": {\n          \"x\": \"y\"\n        }"), "{written}");
    assert_eq!(json::write(&json::parse(&written).unwrap()), written);
}

#[test]
fn a_malformed_state_is_an_error() {
    for (text, expected) in [
        ("{", "isn't valid JSON"),
        ("{\n<<<<<<< HEAD\n=======\n>>>>>>> x\n}", "merge conflicts"),
        ("{ \"version\": 2, \"sandboxes\": {} }", "another version of connspec"),
        ("[]", "another version of connspec"),
    ] {
        let error = json::parse(text).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = StateFile { path: folder.path().join(STATE_FILE_NAME) };
    assert_eq!(file.read(), Ok(State::default()));
    fs::write(&file.path, "{").unwrap();
    let error = file.read().unwrap_err().to_string();
    assert!(error.starts_with(&file.path.display().to_string()), "{error}");
}

#[test]
fn the_lock_is_exclusive() {
    let folder = tempfile::tempdir().unwrap();
    let file = StateFile { path: folder.path().join(STATE_FILE_NAME) };
    let lock = file.lock().unwrap().unwrap();
    assert!(file.lock().unwrap().is_none());
    lock.write(&sample()).unwrap();
    assert!(file.lock().unwrap().is_none());
    drop(lock);
    let again = file.lock().unwrap().unwrap();
    assert_eq!(again.read().unwrap().specs.len(), 3);
    drop(again);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!cfg!(unix) || left == [STATE_FILE_NAME], "{left:?}");
}

#[test]
fn the_state_file_is_beside_the_project_file_or_in_the_root_or_beside_the_spec() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let spec = root.join("team/acme/acme-connectionSpec.json");
    fs::create_dir_all(spec.parent().unwrap()).unwrap();
    let place = || StateFile::for_spec(&spec).path().to_owned();
    assert_eq!(place(), root.join("team/acme").join(STATE_FILE_NAME));
    fs::create_dir(root.join(".git")).unwrap();
    assert_eq!(place(), root.join(STATE_FILE_NAME));
    fs::write(root.join("team").join(PROJECT_FILE_NAME), "").unwrap();
    assert_eq!(place(), root.join("team").join(STATE_FILE_NAME));
    // An existing state file is used even if a project file is nearer.
    fs::write(root.join(STATE_FILE_NAME), "").unwrap();
    assert_eq!(place(), root.join(STATE_FILE_NAME));
    assert_eq!(StateFile::for_spec(&spec).relative_path(&spec).unwrap(), "team/acme/acme-connectionSpec.json");
}

#[test]
#[cfg(unix)]
fn a_state_file_that_is_a_link_or_a_pipe_is_neither_read_nor_written() {
    let folder = tempfile::tempdir().unwrap();
    let (target, path) = (folder.path().join("target.json"), folder.path().join(STATE_FILE_NAME));
    fs::write(&target, json::write(&State::default())).unwrap();
    let file = StateFile { path: path.clone() };
    let check = || {
        let lock = file.lock().unwrap().unwrap();
        (file.read().map_err(|error| error.to_string()), lock.write(&sample()).map_err(|error| error.to_string()))
    };
    std::os::unix::fs::symlink(&target, &path).unwrap();
    let (read, written) = check();
    let message =
        |action: &str| format!("cannot {action} {}: it is a symbolic link; replace it by a file.", path.display());
    assert_eq!((read, written), (Err(message("read")), Err(message("write"))));
    assert_eq!(fs::read_to_string(&target).unwrap(), json::write(&State::default()));
    fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let (read, written) = check();
    assert!(read.is_err() && written.is_err(), "{read:?} {written:?}");
}

#[test]
fn a_value_of_another_type_is_an_error() {
    let state = |specs: &str| format!(r#"{{"version": 1, "sandboxes": {specs}}}"#);
    let of_spec = |entry: &str| state(&format!(r#"{{"A@AdobeOrg dev": {{"a.json": {entry}}}}}"#));
    let texts = [
        state("[]"),
        state(r#"{"A@AdobeOrg dev": 1}"#),
        of_spec("null"),
        of_spec(r#"{"id": 1}"#),
        of_spec(r#"{"id": null}"#),
        of_spec(r#"{"id": "1", "base": []}"#),
        of_spec(r#"{"sent": "{}"}"#),
        of_spec(r#"{"creating": {"name": 1}}"#),
        of_spec(r#"{"creating": {"existing": {}}}"#),
    ];
    let errors: String = texts.iter().map(|text| format!("{}\n", json::parse(text).unwrap_err())).collect();
    expect![[r#"
        has a value at `sandboxes` that isn't an object; restore the file from version control
        has a value at `dev` that isn't an object; restore the file from version control
        has a value at `a.json` that isn't an object; restore the file from version control
        has a value at `id` that isn't a string; restore the file from version control
        has a value at `id` that isn't a string; restore the file from version control
        has a value at `base` that isn't an object; restore the file from version control
        has a value at `sent` that isn't an object; restore the file from version control
        has a value at `name` that isn't a string; restore the file from version control
        has a value at `existing` that isn't an array; restore the file from version control
    "#]]
    .assert_eq(&errors);
}
