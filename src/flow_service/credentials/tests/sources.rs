//! The sources: the environment, files, commands; and profiles that override them.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// A temporary folder.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("connspec-sources-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = Temporary(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).expect("a folder can be created");
        folder
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).expect("a file can be written");
        path
    }

    /// Without the path of this folder.
    fn normalize(
        &self,
        read: Result<LoadedCredentials, CredentialsError>,
    ) -> Result<LoadedCredentials, CredentialsError> {
        let plain = |text: String| text.replace(&*self.0.to_string_lossy(), "…");
        match read {
            Ok(found) => {
                let warnings = found.warnings.into_iter().map(plain).collect();
                Ok(LoadedCredentials { source: plain(found.source), warnings, ..found })
            }
            Err(CredentialsError { source, problem }) => {
                let problem = Problem { message: plain(problem.message), ..problem };
                Err(CredentialsError { source: plain(source), problem })
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
fn source_environment() {
    let check = |pairs: &[(&str, &str)], expected: &Expect| {
        check_loaded(wait(read(&CredentialsSource::Environment, &variables(pairs))), expected);
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
            the environment (environment variables)
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
            the environment (environment variables)
            client id: abc
            access token: as planted
        "#]],
    );
    check(
        &[("CONNSPEC_ACCESS_TOKEN", "HUNTER-2")],
        &expect![[r#"
            the environment: `CONNSPEC_CLIENT_ID` is missing or empty. It is sent as the API key with every access token.
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
fn source_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Temporary::new();
    let check = |path: PathBuf, expected: &Expect| {
        let home = variables(&[("HOME", &folder.0.to_string_lossy())]);
        check_loaded(folder.normalize(wait(read(&CredentialsSource::File(path), &home))), expected);
    };
    let own = folder.write("own.json", TEXT);
    fs::set_permissions(&own, fs::Permissions::from_mode(0o600)).expect("a file has a mode");
    check(
        own,
        &expect![[r#"
            the file `…/own.json` (aepp configuration)
            client id: abc
            client secret: as planted
        "#]],
    );
    check(
        PathBuf::from("~/own.json"),
        &expect![[r#"
            the file `~/own.json` (aepp configuration)
            client id: abc
            client secret: as planted
        "#]],
    );
    let open = folder.write("open.json", TEXT);
    fs::set_permissions(&open, fs::Permissions::from_mode(0o640)).expect("a file has a mode");
    check(
        open,
        &expect![[r#"
            the file `…/open.json` (aepp configuration)
            client id: abc
            client secret: as planted
            warning: Other users of this machine can read or change `…/open.json`. Run `chmod 600` on it.
        "#]],
    );
    check(
        folder.0.join("none.json"),
        &expect![[r#"
            the file `…/none.json`: it does not exist. Create it, or fix `credentials` in the profile.
        "#]],
    );
    check(
        folder.0.clone(),
        &expect![[r#"
            the file `…`: it is a folder. Specify the file in it.
        "#]],
    );
    check(
        folder.write("utf-16.json", b"\xff\xfe{\0"),
        &expect![[r#"
            the file `…/utf-16.json`: it isn't valid UTF-8. Save it as UTF-8.
        "#]],
    );
    check(
        folder.write("large.json", vec![b' '; 1024 * 1024 + 1]),
        &expect![[r#"
            the file `…/large.json`: it is larger than 1 MiB, so it isn't a credentials file.
        "#]],
    );
    check(
        folder.write("other.json", r#"{ "client_id": "abc", "secret": 5 }"#),
        &expect![[r#"
            the file `…/other.json` (aepp configuration): `secret` is missing or empty.
        "#]],
    );
    let nowhere = wait(read(&CredentialsSource::File(PathBuf::from("~/a.json")), &variables(&[])));
    check_loaded(
        nowhere,
        &expect![[r#"
            the file `~/a.json`: `~` is unknown because `HOME` is not set. Write an absolute path.
        "#]],
    );
}

#[cfg(unix)]
#[test]
fn source_command() {
    let folder = Temporary::new();
    folder.write("aep.env", "CONNSPEC_CLIENT_ID=abc\nCONNSPEC_CLIENT_SECRET=HUNTER-2\n");
    let check = |argv: &[&str], expected: &Expect| {
        let argv = argv.iter().map(|word| (*word).to_owned()).collect();
        let command = CredentialsSource::Command { argv, folder: folder.0.clone() };
        check_loaded(wait(read(&command, &variables(&[]))), expected);
    };
    check(
        &["cat", "aep.env"],
        &expect![[r#"
            the output of `cat` (`NAME=value` lines)
            client id: abc
            client secret: as planted
        "#]],
    );
    check(
        &["sh", "-c", "cat aep.env; echo '  not unlocked\u{7}' >&2; echo more >&2; exit 3"],
        &expect![[r#"
            the output of `sh`: the command failed with exit code 3: not unlocked
        "#]],
    );
    check(
        &["sh", "-c", "cat aep.env; kill -9 $$"],
        &expect![[r#"
            the output of `sh`: the command was killed by a signal.
        "#]],
    );
    check(
        &["sh", "-c", "echo HUNTER-2"],
        &expect![[r#"
            the output of `sh`: line 1 is neither JSON nor `NAME=value`. Supported are lines of `CONNSPEC_CLIENT_ID=…`, configurations of aepp and aio, Postman environments and Developer Console projects.
        "#]],
    );
    check(
        &["true"],
        &expect![[r#"
            the output of `true`: it is empty.
        "#]],
    );
    check(
        &["connspec-has-no-such-program"],
        &expect![[r#"
            the output of `connspec-has-no-such-program`: the program was not found. Install it, or write its absolute path.
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
fn a_command_is_stopped_after_the_timeout() {
    let argv = ["sh", "-c", "echo HUNTER-2; exec sleep 600"].map(str::to_owned);
    let ended = wait(command::run(&argv, Path::new(""), Duration::from_millis(50)));
    let Err(problem) = ended else { panic!("it has ended") };
    assert_eq!(
        problem.message,
        "the command did not finish within 0.05 seconds and was stopped. Run it yourself to see what it waits for."
    );
}

#[test]
fn a_profile_overrides_what_was_found() {
    let found = |more: &[(&str, &str)]| {
        let own = [("CONNSPEC_CLIENT_ID", "abc"), ("CONNSPEC_CLIENT_SECRET", "HUNTER-2")];
        wait(read(&CredentialsSource::Environment, &variables(&[&own, more].concat())))
    };
    let profile = TrustedProfile::of_person(Profile {
        org: Some("P@AdobeOrg".to_owned()),
        sandbox: Some("dev".to_owned()),
        gateway: Some("https://platform-stage.adobe.io".to_owned()),
        ..Profile::of(CredentialsSource::Environment)
    });
    let all = found(&[("CONNSPEC_ORG_ID", "E@AdobeOrg"), ("CONNSPEC_SANDBOX", "prod"), ("CONNSPEC_IMS", "https://i")]);
    check_loaded(
        all.and_then(|found| found.with_profile(&profile)),
        &expect![[r#"
            the environment (environment variables)
            client id: abc
            client secret: as planted
            org: P@AdobeOrg
            sandbox: dev
            gateway: https://platform-stage.adobe.io
            ims: https://i
            warning: The organization of the profile differs from that of the environment; the profile's is used.
        "#]],
    );
    let empty = TrustedProfile::of_person(Profile::of(CredentialsSource::Environment));
    check_loaded(
        found(&[("CONNSPEC_SANDBOX", "dev")]).and_then(|found| found.with_profile(&empty)),
        &expect![[r#"
            the environment: no organization is set. Set `CONNSPEC_ORG_ID`.
        "#]],
    );
    let elsewhere = |found: LoadedCredentials| LoadedCredentials {
        format: CredentialsFormat::Postman,
        source: "the file `a`".to_owned(),
        ..found
    };
    let named = found(&[("CONNSPEC_ORG_ID", "E@AdobeOrg")]).map(elsewhere);
    check_loaded(
        named.and_then(|found| found.with_profile(&empty)),
        &expect![[r#"
            the file `a` (Postman environment): no sandbox is set. Add `sandbox = "…"` to the profile.
        "#]],
    );
}
