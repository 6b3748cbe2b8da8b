//! What the author of a repository might try: nothing runs, is read or is sent.

use std::path::Path;

#[cfg(unix)]
use super::PROGRAM;
use super::{AEPP, Clone, FILE, Host, PERSON};
use crate::run::Ran;

fn settings(credentials: &str) -> String {
    format!(
        "default-profile = \"dev\"\n[profiles.dev]\norg = \"x@AdobeOrg\"\nsandbox = \"dev\"\ncredentials = {credentials}\n"
    )
}

/// Records that the person trusts what is now in the repository, as `connspec trust` does.
fn trust(clone: &Clone) {
    let home = clone.folder.path("home").to_string_lossy().into_owned();
    let variable = |name: &str| ["HOME", "LOCALAPPDATA"].contains(&name).then(|| home.clone());
    let project = connspec::project::Projects::default().for_folder(&clone.path("")).unwrap();
    connspec::project::Trust::new(variable).record(&project.trust_request()).unwrap();
}

#[track_caller]
fn refused(clone: &Clone) -> Ran {
    let ran = clone.run(&["unlink", FILE], &[]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("trust"), "{ran:?}");
    ran
}

#[cfg(unix)]
fn runs(folder: &Path) -> usize {
    std::fs::read_to_string(folder.join("runs")).unwrap_or_default().lines().count()
}

#[cfg(unix)]
#[test]
fn a_trusted_program_that_is_replaced_does_not_run() {
    for argv in [
        "[\"./x.sh\"]",
        "[\"/bin/sh\", \"x.sh\"]",
        "[\"/bin/sh\", \"-e\", \"./tools/../x.sh\"]",
        "[\"/bin/sh\", \"-c\", \"${0#*=}\", \"--run=./x.sh\"]",
    ] {
        let files = [("repository/x.sh", PROGRAM), ("repository/tools/.keep", "")];
        let clone = Clone::with(&settings(&format!("{{ command = {argv} }}")), &files);
        trust(&clone);
        assert_eq!(clone.run(&["unlink", FILE], &[]).code, Some(0), "{argv}");
        assert_eq!(runs(&clone.path("")), 1);
        std::fs::write(clone.path("x.sh"), PROGRAM.replace("echo run", "echo evil")).unwrap();
        refused(&clone);
        assert_eq!(runs(&clone.path("")), 1, "{argv}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_does_not_have_the_trust_of_the_file_it_leads_to() {
    let clone = Clone::with(&settings("{ command = [\"./x.sh\"] }"), &[("repository/x.sh", PROGRAM)]);
    trust(&clone);
    // Another repository of the same person, whose file is a link to the trusted one.
    let evil = clone.folder.path("evil");
    std::fs::create_dir_all(evil.join(".git")).unwrap();
    std::os::unix::fs::symlink(clone.path("connspec.toml"), evil.join("connspec.toml")).unwrap();
    std::fs::copy(clone.path("x.sh"), evil.join("x.sh")).unwrap();
    std::fs::copy(clone.path(FILE), evil.join(FILE)).unwrap();
    let ran = Ran::from(clone.command(&["unlink", FILE]).current_dir(&evil).output().unwrap());
    assert_eq!((ran.code, runs(&evil)), (Some(2), 0), "{ran:?}");
    // Nor if the linked file lies within.
    std::fs::create_dir_all(clone.path("evil")).unwrap();
    std::os::unix::fs::symlink("../connspec.toml", clone.path("evil/connspec.toml")).unwrap();
    for file in ["x.sh", FILE] {
        std::fs::copy(clone.path(file), clone.path("evil").join(file)).unwrap();
    }
    let ran = Ran::from(clone.command(&["unlink", FILE]).current_dir(clone.path("evil")).output().unwrap());
    assert_eq!((ran.code, runs(&clone.path("evil"))), (Some(2), 0), "{ran:?}");
}

/// In CI, the log of a check may be public.
#[cfg(unix)]
#[test]
fn a_project_file_that_is_a_link_to_a_file_outside_shows_nothing_of_it() {
    let clone = Clone::with("", &[("home/credentials", "[default]\naws_access_key_id = HUNTER-2\n")]);
    for target in ["../home/credentials", "/proc/self/environ"] {
        std::fs::remove_file(clone.path("connspec.toml")).unwrap();
        std::os::unix::fs::symlink(target, clone.path("connspec.toml")).unwrap();
        for format in ["human", "json", "sarif", "github", "junit"] {
            let ran = clone.run(&["check", "--format", format], &[("X", "HUNTER-2")]);
            assert!(!ran.out.contains("HUNTER-2") && !ran.err.contains("HUNTER-2"), "{target} {format}: {ran:?}");
        }
        assert_eq!(clone.run(&["list"], &[]).code, Some(2), "{target}");
    }
    // A link within the repository is a file of it.
    std::fs::write(clone.path("shared.toml"), "[rules]\nartifact-missing = \"off\"\n").unwrap();
    std::fs::remove_file(clone.path("connspec.toml")).unwrap();
    std::os::unix::fs::symlink("shared.toml", clone.path("connspec.toml")).unwrap();
    assert_eq!(clone.run(&["check"], &[]).out, "No problems in 1 file.\n");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_outside_is_a_file_outside() {
    for path in ["aep.json", "linked/aep.json", "./sub/../aep.json"] {
        let clone = Clone::with(&settings(&format!("{{ file = \"{path}\" }}")), &[("home/aep.json", AEPP)]);
        std::os::unix::fs::symlink("../home/aep.json", clone.path("aep.json")).unwrap();
        std::os::unix::fs::symlink("../home", clone.path("linked")).unwrap();
        refused(&clone);
    }
}

#[test]
fn paths_that_leave_the_repository_are_outside() {
    for path in ["../home/aep.json", "a/../../home/aep.json", "~/aep.json", "//server/share/aep.json", "/dev/null"] {
        refused(&Clone::with(&settings(&format!("{{ file = \"{path}\" }}")), &[("home/aep.json", AEPP)]));
    }
}

/// A home folder may be a repository, in which an archive was unpacked.
#[test]
fn a_file_beside_the_project_is_outside_of_it() {
    let text = settings("{ file = \"../aep.json\" }");
    let clone = Clone::with("", &[("repository/download/connspec.toml", &text), ("repository/aep.json", AEPP)]);
    std::fs::copy(clone.path(FILE), clone.path("download").join(FILE)).unwrap();
    let ran = Ran::from(clone.command(&["unlink", FILE]).current_dir(clone.path("download")).output().unwrap());
    assert!(ran.err.contains("is not trusted"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_program_is_not_searched_for_in_the_repository() {
    let clone = Clone::with(&settings("{ command = [\"op\"] }"), &[("repository/op", PROGRAM)]);
    std::fs::copy(clone.path("op"), clone.path("op.sh")).unwrap();
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(clone.path("op"), std::fs::Permissions::from_mode(0o755)).unwrap();
    for path in ["", ".", ":", "./:/nonexistent", "bin/.."] {
        let ran = clone.run(&["unlink", FILE], &[("PATH", path), ("CONNSPEC_TRUST", "1")]);
        assert_eq!((ran.code, runs(&clone.path(""))), (Some(2), 0), "{path}: {ran:?}");
        assert!(ran.err.contains("was not found"), "{path}: {ran:?}");
    }
}

#[test]
fn nothing_is_expanded() {
    let host = Host::start();
    let own = [("IMS", host.url.as_str()), ("CONNSPEC_IMS", host.url.as_str())];
    for url in ["$IMS", "${IMS}", "%IMS%", "http://$IMS"] {
        let text = settings("{ file = \"aep.json\" }") + &format!("ims = \"{url}\"\n");
        let clone = Clone::with(&text, &[("repository/aep.json", AEPP)]);
        let ran = clone.run(&["login"], &own);
        assert_eq!((ran.code, host.received().as_str()), (Some(2), ""), "{ran:?}");
    }
    let ran = Clone::with(&settings("{ file = \"$HOME/aep.json\" }"), &[("home/aep.json", AEPP)]).run(&["login"], &[]);
    assert!(ran.err.contains("does not exist"), "{ran:?}");
}

#[test]
fn hosts_that_look_like_those_of_adobe_need_trust() {
    for url in [
        "https://ims-na1.adobelogin.com.evil.example",
        "https://evil-adobelogin.com",
        "https://adobe.io.evil.example/.adobe.io",
        "https://evil.example:443",
        "https://evil.example/?https://platform.adobe.io",
        "https://127.0.0.1.evil.example",
        "http://localhost:1",
        "https://localhost",
    ] {
        for key in ["ims", "gateway"] {
            let text = settings("{ file = \"aep.json\" }") + &format!("{key} = \"{url}\"\n");
            let ran = refused(&Clone::with(&text, &[("repository/aep.json", AEPP)]));
            assert!(ran.err.contains("sends its credentials to "), "{url}: {ran:?}");
        }
    }
    for url in [
        "https://evil.example\\\\.adobe.io",
        "https://evil.example\\t.adobe.io",
        "https://platform.adobe.io@evil.example",
        "https://evil.example／.adobe.io",
        "https://plаtform.adobe.io",
        "https://evil.example%2f.adobe.io",
        "https:evil.example",
        "http://platform.adobe.io",
        "http://127.1",
        "http://evil.example",
        "file:///tmp/a",
    ] {
        let text = settings("{ file = \"aep.json\" }") + &format!("ims = \"{url}\"\n");
        let clone = Clone::with(&text, &[("repository/aep.json", AEPP)]);
        let ran = clone.run(&["login"], &[("CONNSPEC_TRUST", "1")]);
        assert!(ran.err.contains("is invalid"), "{url}: {ran:?}");
    }
}

#[test]
fn a_file_of_the_repository_cannot_name_a_foreign_host() {
    let host = Host::start();
    let content = AEPP.replace("{ \"org_id\"", &format!("{{ \"ims\": \"{}\", \"org_id\"", host.url));
    let clone = Clone::with(&settings("{ file = \"aep.json\" }"), &[("repository/aep.json", &content)]);
    let ran = clone.run(&["login"], &[]);
    assert_eq!((ran.code, host.received().as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("isn't Adobe's"), "{ran:?}");
}

#[test]
fn the_profile_of_a_person_cannot_be_redefined() {
    let host = Host::start();
    let text = format!(
        "default-profile = \"env\"\n[profiles.env]\nims = \"{0}\"\ngateway = \"{0}\"\n[profiles.ENV]\nims = \"{0}\"\n\
         [profiles.\"env \"]\nims = \"{0}\"\n[profiles.\"ｅnv\"]\nims = \"{0}\"\n",
        host.url
    );
    let clone = Clone::with(&text, &[]);
    for profile in ["env", "ENV", "env ", "ｅnv"] {
        let person = [&PERSON[..], &[("HTTPS_PROXY", "http://127.0.0.1:9")]].concat();
        clone.run(&["login", "--profile", profile], &person);
        assert_eq!(host.received(), "", "{profile}");
    }
}

#[cfg(unix)]
#[test]
fn other_files_do_not_choose_a_profile_or_trust() {
    let state = r#"{ "version": 1, "profile": "dev", "default-profile": "dev", "sandboxes": {} }"#;
    let clone = Clone::with(
        "include = \"other.toml\"\n[profiles.dev]\norg = \"x@AdobeOrg\"\nsandbox = \"dev\"\n\
         credentials = { command = [\"./x.sh\"] }\n",
        &[
            ("repository/x.sh", PROGRAM),
            ("repository/connspec.state.json", state),
            ("repository/other.toml", "default-profile = \"dev\"\n"),
            ("repository/.env", "CONNSPEC_TRUST=1\nCONNSPEC_PROFILE=dev\n"),
            ("repository/.local/share/connspec/trust/a.json", "{}"),
        ],
    );
    for command in [&["status"][..], &["list"], &["unlink", FILE]] {
        clone.run(command, &[]);
        assert_eq!(runs(&clone.path("")), 0, "{command:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_record_that_others_could_have_written_is_ignored() {
    use std::os::unix::fs::PermissionsExt;

    let clone = Clone::with(&settings("{ command = [\"./x.sh\"] }"), &[("repository/x.sh", PROGRAM)]);
    trust(&clone);
    assert_eq!(clone.run(&["unlink", FILE], &[]).code, Some(0));
    let folder = ["home/.local/share/connspec/trust", "home/Library/Application Support/connspec/trust"]
        .map(|folder| clone.folder.path(folder))
        .into_iter()
        .find(|folder| folder.exists())
        .unwrap();
    let record = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    for path in [record, folder] {
        let mode = std::fs::metadata(&path).unwrap().permissions();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).unwrap();
        refused(&clone);
        std::fs::set_permissions(&path, mode).unwrap();
        assert_eq!(clone.run(&["unlink", FILE], &[]).code, Some(0));
    }
}

#[test]
fn what_is_shown_is_what_would_be_done() {
    let clone = Clone::with(&settings("{ command = [\"good\\u001b[2K\\u202e\\n\", \"a b\", \"`\"] }"), &[]);
    let ran = refused(&clone);
    assert!(ran.err.contains(r#"runs `"good\u{1b}[2K\u{202e}\n" "a b" "\u{60}"`"#), "{ran:?}");
}

/// Such a folder must not make all settings look the same.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_not_unicode_hides_no_change() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let clone = Clone::with(&settings("{ file = \"../one.json\" }"), &[]);
    let folder = clone.path("").join(OsStr::from_bytes(b"\xff/repository"));
    std::fs::create_dir_all(folder.join(".git")).unwrap();
    std::fs::copy(clone.path(FILE), folder.join(FILE)).unwrap();
    let home = clone.folder.path("home").to_string_lossy().into_owned();
    let write = |name: &str| {
        std::fs::write(folder.join("connspec.toml"), settings(&format!("{{ file = \"../{name}.json\" }}"))).unwrap();
    };
    write("one");
    let project = connspec::project::Projects::default().for_folder(&folder).unwrap();
    let variable = |name: &str| (name == "HOME").then(|| home.clone());
    connspec::project::Trust::new(variable).record(&project.trust_request()).unwrap();
    let run = || Ran::from(clone.command(&["unlink", FILE]).current_dir(&folder).output().unwrap());
    assert!(run().err.contains("does not exist"), "it is trusted");
    write("two");
    assert!(run().err.contains("has changed since it was trusted"));
}
