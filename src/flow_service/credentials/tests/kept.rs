//! The places: the environment, files, commands; and what a profile says put over them.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// A folder that is gone when the test is.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("connspec-kept-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = Temporary(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).expect("a folder can be made");
        folder
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).expect("a file can be written");
        path
    }

    /// Without the part of a text that differs from run to run.
    fn neutral(
        &self,
        read: Result<LoadedCredentials, CredentialsError>,
    ) -> Result<LoadedCredentials, CredentialsError> {
        let plain = |text: String| text.replace(&*self.0.to_string_lossy(), "…");
        match read {
            Ok(found) => {
                let notes = found.warnings.into_iter().map(plain).collect();
                Ok(LoadedCredentials { source: plain(found.source), warnings: notes, ..found })
            }
            Err(CredentialsError { place, wrong }) => {
                Err(CredentialsError { place: plain(place), wrong: Wrong { said: plain(wrong.said), ..wrong } })
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_environment() {
    let check = |pairs: &[(&str, &str)], expected: &Expect| {
        check_found(wait(load(&CredentialsSource::Environment, &variables(pairs))), expected);
    };
    check(
        &[
            ("CONNSPEC_CLIENT_ID", "abc"),
            ("CONNSPEC_CLIENT_SECRET", "HUNTER-2"),
            ("CONNSPEC_ORG_ID", "A@AdobeOrg"),
            ("CONNSPEC_SANDBOX", "dev"),
            ("CONNSPEC_SCOPES", "openid AdobeID"),
            ("CONNSPEC_GATEWAY", "http://127.0.0.1:8090"),
            ("CONNSPEC_IMS", "ims-na1.adobelogin.com"),
            ("CLIENT_SECRET", "another"),
        ],
        &expect![[r#"
            the environment, read as variables
            client id: abc
            client secret: as planted
            scopes: openid AdobeID
            org: A@AdobeOrg
            sandbox: dev
            gateway: http://127.0.0.1:8090
            ims: https://ims-na1.adobelogin.com
        "#]],
    );
    check(
        &[("CONNSPEC_ACCESS_TOKEN", "HUNTER-2"), ("CONNSPEC_CLIENT_ID", "abc")],
        &expect![[r#"
        the environment, read as variables
        client id: abc
        access token: as planted
    "#]],
    );
    check(
        &[("CONNSPEC_ACCESS_TOKEN", "HUNTER-2")],
        &expect![[r#"
        the environment: `CONNSPEC_CLIENT_ID` is missing or empty. It is sent as API key with every access token.
    "#]],
    );
    check(
        &[("CONNSPEC_CLIENT_ID", "abc"), ("CONNSPEC_CLIENT_SECRET", " ")],
        &expect![[r#"
        the environment: `CONNSPEC_CLIENT_SECRET` is missing or empty.
    "#]],
    );
    check(
        &[("CONNSPEC_CLIENT_ID", ""), ("CLIENT_ID", "abc")],
        &expect![[r#"
        the environment: neither `CONNSPEC_CLIENT_ID` nor `CONNSPEC_ACCESS_TOKEN` is set. Set `CONNSPEC_CLIENT_ID` and `CONNSPEC_CLIENT_SECRET`, or `CONNSPEC_CLIENT_ID` and `CONNSPEC_ACCESS_TOKEN`.
    "#]],
    );
}

const TEXT: &str = r#"{ "client_id": "abc", "secret": "HUNTER-2" }"#;

#[cfg(unix)]
#[test]
fn a_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Temporary::new();
    let check = |path: PathBuf, expected: &Expect| {
        let home = variables(&[("HOME", &folder.0.to_string_lossy())]);
        check_found(folder.neutral(wait(load(&CredentialsSource::File(path), &home))), expected);
    };
    let own = folder.write("own.json", TEXT);
    fs::set_permissions(&own, fs::Permissions::from_mode(0o600)).expect("a file has a mode");
    check(
        own,
        &expect![[r#"
        the file `…/own.json`, read as a configuration of aepp
        client id: abc
        client secret: as planted
    "#]],
    );
    check(
        PathBuf::from("~/own.json"),
        &expect![[r#"
        the file `~/own.json`, read as a configuration of aepp
        client id: abc
        client secret: as planted
    "#]],
    );
    let open = folder.write("open.json", TEXT);
    fs::set_permissions(&open, fs::Permissions::from_mode(0o640)).expect("a file has a mode");
    check(
        open,
        &expect![[r#"
        the file `…/open.json`, read as a configuration of aepp
        client id: abc
        client secret: as planted
        note: Other users of this machine may read or change `…/open.json`. `chmod 600` keeps it yours.
    "#]],
    );
    check(
        folder.0.join("none.json"),
        &expect![[r#"
        the file `…/none.json`: it is not there. Write it, or mend `credentials` of the profile.
    "#]],
    );
    check(
        folder.0.clone(),
        &expect![[r#"
        the file `…`: it is a folder. Name the file in it.
    "#]],
    );
    check(
        folder.write("utf-16.json", b"\xff\xfe{\0"),
        &expect![[r#"
        the file `…/utf-16.json`: it is not UTF-8. Save it as UTF-8.
    "#]],
    );
    check(
        folder.write("large.json", vec![b' '; 1024 * 1024 + 1]),
        &expect![[r#"
        the file `…/large.json`: it is larger than 1 MiB, so it is no file of credentials.
    "#]],
    );
    check(
        folder.write("other.json", r#"{ "client_id": "abc", "secret": 5 }"#),
        &expect![[r#"
        the file `…/other.json`, read as a configuration of aepp: `secret` is missing or empty.
    "#]],
    );
    let nowhere = wait(load(&CredentialsSource::File(PathBuf::from("~/a.json")), &variables(&[])));
    check_found(
        nowhere,
        &expect![[r#"
        the file `~/a.json`: `~` is the home folder, and `HOME` is not set. Write the whole path.
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_command() {
    let folder = Temporary::new();
    folder.write("aep.env", "CONNSPEC_CLIENT_ID=abc\nCONNSPEC_CLIENT_SECRET=HUNTER-2\n");
    let check = |words: &[&str], expected: &Expect| {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let command = CredentialsSource::Command { words, folder: folder.0.clone() };
        check_found(wait(load(&command, &variables(&[]))), expected);
    };
    check(
        &["cat", "aep.env"],
        &expect![[r#"
        the output of `cat`, read as lines of `NAME=value`
        client id: abc
        client secret: as planted
    "#]],
    );
    check(
        &["sh", "-c", "cat aep.env; echo '  not unlocked\u{7}' >&2; echo more >&2; exit 3"],
        &expect![[r#"
        the output of `sh`: the command ended with exit code 3 and says: not unlocked
    "#]],
    );
    check(
        &["sh", "-c", "cat aep.env; kill -9 $$"],
        &expect![[r#"
            the output of `sh`: the command was ended by a signal.
        "#]],
    );
    check(
        &["sh", "-c", "echo HUNTER-2"],
        &expect![[r#"
        the output of `sh`: line 1 is neither JSON nor `NAME=value`. What is read: lines of `CONNSPEC_CLIENT_ID=…`, a configuration of aepp or aio, a Postman environment, a project of the Developer Console.
    "#]],
    );
    check(
        &["true"],
        &expect![[r#"
        the output of `true`: nothing is in it.
    "#]],
    );
    check(
        &["connspec-has-no-such-program"],
        &expect![[r#"
        the output of `connspec-has-no-such-program`: there is no such program. Install it, or write its whole path.
    "#]],
    );
    check(
        &["./aep.env"],
        &expect![[r#"
        the output of `./aep.env`: the program cannot be started: Permission denied (os error 13).
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_command_that_does_not_end_is_stopped() {
    let words = ["sh", "-c", "echo HUNTER-2; exec sleep 600"].map(str::to_owned);
    let ended = wait(command::output(&words, Path::new(""), Duration::from_millis(50)));
    let Err(wrong) = ended else { panic!("it has ended") };
    assert_eq!(
        wrong.said,
        "the command has not ended after 0.05 seconds, so it was stopped. Run it yourself to see what it waits for."
    );
}

#[test]
fn a_profile_counts_before_what_was_found() {
    let found = |more: &[(&str, &str)]| {
        let own = [("CONNSPEC_CLIENT_ID", "abc"), ("CONNSPEC_CLIENT_SECRET", "HUNTER-2")];
        wait(load(&CredentialsSource::Environment, &variables(&[&own, more].concat())))
    };
    let profile = Profile {
        org: Some("P@AdobeOrg".to_owned()),
        sandbox: Some("dev".to_owned()),
        gateway: Some("https://platform-stage.adobe.io".to_owned()),
        ..Profile::of(CredentialsSource::Environment)
    };
    let all = found(&[("CONNSPEC_ORG_ID", "E@AdobeOrg"), ("CONNSPEC_SANDBOX", "prod"), ("CONNSPEC_IMS", "https://i")]);
    check_found(
        all.and_then(|found| found.with_profile(&profile)),
        &expect![[r#"
        the environment, read as variables
        client id: abc
        client secret: as planted
        org: P@AdobeOrg
        sandbox: dev
        gateway: https://platform-stage.adobe.io
        ims: https://i
        note: The profile names another organization than the environment; that of the profile is used.
    "#]],
    );
    let empty = Profile::of(CredentialsSource::Environment);
    check_found(
        found(&[("CONNSPEC_SANDBOX", "dev")]).and_then(|found| found.with_profile(&empty)),
        &expect![[r#"
        the environment: no organization is named. Set `CONNSPEC_ORG_ID`.
    "#]],
    );
    let elsewhere = |found: LoadedCredentials| LoadedCredentials {
        format: CredentialsFormat::Postman,
        source: "the file `a`".to_owned(),
        ..found
    };
    let named = found(&[("CONNSPEC_ORG_ID", "E@AdobeOrg")]).map(elsewhere);
    check_found(
        named.and_then(|found| found.with_profile(&empty)),
        &expect![[r#"
        the file `a`, read as a Postman environment: no sandbox is named. Write `sandbox = "…"` into the profile.
    "#]],
    );
}
