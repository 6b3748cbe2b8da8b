//! Which `connspec.toml` applies, and the files beside a spec.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::lint::{Artifact, Folder, Level};

/// A temporary folder.
struct Temporary(PathBuf);

impl Temporary {
    fn with(files: &[(&str, &[u8])]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("connspec-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = Temporary(std::env::temp_dir().join(name));
        fs::create_dir_all(folder.at(".git")).expect("a folder can be created");
        for (path, content) in files {
            let path = folder.0.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be created");
            fs::write(path, content).expect("a file can be written");
        }
        folder
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const OUTER: &[u8] = b"[rules]\nwrong-type = \"hint\"\n
[[ignore]]\nfile = \"a/b.json\"\npointer = \"/name\"\ncode = \"missing-key\"\n";

const INNER: &[u8] = b"[rules]\nwrong-type = \"off\"\n";

#[test]
fn the_nearest_project_file_applies() {
    let folder = Temporary::with(&[("connspec.toml", OUTER), ("c/connspec.toml", INNER), ("c/d/connspec.toml/x", b"")]);
    let projects = Projects::default();
    for (file, expected) in [
        ("a/b.json", "connspec.toml"),
        ("b.json", "connspec.toml"),
        ("c/b.json", "c/connspec.toml"),
        ("c/d/e/b.json", "c/connspec.toml"),
        ("c/d/../../b.json", "connspec.toml"),
    ] {
        let found = Projects::default().for_file(&folder.at(file)).expect("a project");
        assert_eq!(found.path(), folder.at(expected), "{file}");
        assert_eq!(projects.for_file(&folder.at(file)), Some(found.clone()), "{file}");
    }
    let all: Vec<_> = projects.all().iter().map(|project| project.path().to_owned()).collect();
    assert_eq!(all, [folder.at("c/connspec.toml"), folder.at("connspec.toml")]);
}

#[test]
fn levels_apply_to_all_files_and_ignore_entries_to_one() {
    let folder = Temporary::with(&[("connspec.toml", OUTER)]);
    let project = Projects::default().for_file(&folder.at("a/b.json")).expect("a project");
    let ignored = Ignored { pointer: "/name".to_owned(), code: "missing-key" };
    assert_eq!(project.levels(Some(&folder.at("a/b.json"))).ignored, std::slice::from_ref(&ignored));
    assert_eq!(project.levels(Some(&folder.at("a/../a/./b.json"))).ignored, [ignored]);
    for other in [Some(folder.at("b.json")), Some(folder.at("a/a/b.json")), Some(PathBuf::from("/a/b.json")), None] {
        let levels = project.levels(other.as_deref());
        assert_eq!((levels.ignored, levels.rules.get("wrong-type")), (Vec::new(), Some(&Level::Hint)), "{other:?}");
    }
}

#[test]
fn a_project_file_with_invalid_utf_8_is_reported_and_the_rest_applies() {
    let folder = Temporary::with(&[("connspec.toml", b"# caf\xe9\n[rules]\nwrong-type = \"off\"\n")]);
    let project = Projects::default().for_file(&folder.at("a.json")).expect("a project");
    assert_eq!(project.problems()[0].message, "this file isn't valid UTF-8; save it as UTF-8");
    assert_eq!(project.levels(None).rules.get("wrong-type"), Some(&Level::Off));
}

#[test]
fn a_project_file_of_more_than_a_megabyte_is_ignored() {
    let large = [OUTER, &vec![b'#'; MAX_BYTES as usize]].concat();
    let folder = Temporary::with(&[("connspec.toml", &large)]);
    let project = Projects::default().for_file(&folder.at("a/b.json")).expect("a project");
    assert_eq!(project.problems()[0].message, "this file is larger than 1 MB and is ignored");
    assert_eq!(project.settings, Arc::default());
}

#[test]
fn threads_share_a_project() {
    let folder = Temporary::with(&[("connspec.toml", OUTER)]);
    let projects = Projects::default();
    let found: Vec<_> = std::thread::scope(|scope| {
        let read = |number| projects.for_file(&folder.at(&format!("{number}/b.json"))).expect("a project");
        let threads: Vec<_> = (0..8).map(|number| scope.spawn(move || read(number))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(found.iter().all(|project| Arc::ptr_eq(project, &found[0])));
}

#[test]
fn the_files_beside_a_spec_are_read() {
    let long = "é".repeat(Folder::MAX_BYTES);
    let folder = Temporary::with(&[
        ("acme-connectionSpec.json", b"{}"),
        ("acme-category.txt", b"crm\n"),
        ("acme-label.txt", format!("x{long}").as_bytes()),
        ("acme-icon.svg/inside", b""),
        ("Acme-icon.svg", b""),
        ("other-ConnectionSpec.json", b"{}"),
        ("other-icon.svg", b""),
        ("-icon.svg", b""),
    ]);
    let (facts, project) = Projects::default().facts(&folder.at("acme-connectionSpec.json"));
    let expected = Folder {
        source: "acme".to_owned(),
        category: Artifact::Text("crm\n".to_owned()),
        description: Artifact::Absent,
        icon: Artifact::Unreadable,
        label: Artifact::Text(format!("x{}", "é".repeat(Folder::MAX_BYTES / 2 - 1))),
        orphans: ["Acme-icon.svg".to_owned()].into(),
    };
    assert_eq!(facts, Facts { folder: Some(expected), ..Facts::default() });
    assert_eq!(project, None);
}

/// Otherwise checking a folder takes time that is quadratic in its specs.
#[test]
fn a_folder_is_listed_once_for_all_its_specs() {
    let folder = Temporary::with(&[("a-connectionSpec.json", b"{}"), ("b-connectionSpec.json", b"{}")]);
    let projects = Projects::default();
    let orphans =
        |projects: &Projects, name: &str| projects.facts(&folder.at(name)).0.folder.expect("a folder").orphans;
    assert!(orphans(&projects, "a-connectionSpec.json").is_empty());
    fs::write(folder.at("c-icon.svg"), "").expect("the folder is writable");
    assert!(orphans(&projects, "b-connectionSpec.json").is_empty());
    assert_eq!(*orphans(&Projects::default(), "b-connectionSpec.json"), ["c-icon.svg".to_owned()]);
}

#[test]
fn invalid_utf_8_in_a_file_beside_a_spec_is_replaced() {
    let folder = Temporary::with(&[("acme-label.txt", b"caf\xe9")]);
    let found = Projects::default().facts(&folder.at("acme-ConnectionSpec.json")).0.folder.expect("a folder");
    assert_eq!(found.label, Artifact::Text("caf\u{fffd}".to_owned()));
}

#[test]
fn a_spec_with_another_name_has_no_folder() {
    for name in ["connectionSpec.json", "-connectionSpec.json", "acme.json", "é", "x-connectionSpec.json.bak", ".."] {
        assert_eq!(Projects::default().facts(Path::new(name)).0.folder, None, "{name}");
    }
}
