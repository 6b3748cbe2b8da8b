//! `connspec login` against a local server with scripted responses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use expect_test::expect;
use serde_json::{Value, json};

use crate::run::{Folder, Ran};

/// Must not appear in any output.
const SECRET: &str = "HUNTER-2";

/// A server that responds to paths with these prefixes, and the request lines it has received.
fn service(answers: &'static [(&str, u16, &str)]) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    // It ends with the test program.
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") && reader.read_until(b'\n', &mut head).is_ok_and(|read| read > 0) {}
            let head = String::from_utf8(head).unwrap().to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            reader.read_exact(&mut body).unwrap();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            seen.lock().unwrap().push(head.lines().next().unwrap_or_default().to_owned());
            let found = answers.iter().find(|(start, ..)| path.starts_with(start)).copied();
            let (_, status, body) = found.unwrap_or(("", 404, "{}"));
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    (address, asked)
}

const TOKEN: (&str, u16, &str) =
    ("/ims/token/v3", 200, r#"{ "access_token": "HUNTER-2-token", "token_type": "bearer", "expires_in": 86399 }"#);

const SPECS: (&str, u16, &str) = ("/data/foundation/flowservice/flowspecs", 200, r#"{ "items": [] }"#);

/// A folder with a profile for this server whose credentials are in a file. A host of a repository needs trust.
fn folder(address: &str) -> Folder {
    let project = format!(
        "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = {{ file = \"aep.json\" }}\n\
         gateway = \"{address}\"\nims = \"{address}\"\n"
    );
    let aep = br#"{ "org_id": "A@AdobeOrg", "client_id": "abc", "secret": "HUNTER-2", "scopes": "openid" }"#;
    let folder = Folder::with(&[("connspec.toml", project.as_bytes()), ("aep.json", aep)]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder.path("aep.json"), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    folder
}

/// Runs `connspec login` without the credentials of whoever runs the tests.
#[track_caller]
fn login(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = folder.command(["login"].iter().chain(arguments));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CONNSPEC_")) {
        command.env_remove(name);
    }
    let ran = Ran::from(command.env("CONNSPEC_TRUST", "1").envs(variables.iter().copied()).output().unwrap());
    assert!(!ran.out.contains(SECRET) && !ran.err.contains(SECRET), "{ran:?}");
    ran
}

/// The output without what differs from run to run.
fn neutral(text: &str, folder: &Folder, address: &str) -> String {
    text.replace(&*folder.path("").to_string_lossy(), "FOLDER/").replace(address, "http://HERE")
}

#[test]
fn the_account_and_its_permissions_are_shown() {
    let (address, asked) = service(&[TOKEN, SPECS]);
    let folder = folder(&address);
    let ran = login(&folder, &[], &[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    expect![[r#"
        Signed in.

          profile       dev, the default of FOLDER/connspec.toml
          credentials   the file `FOLDER/aep.json` (aepp configuration)
          client id     abc
          organization  A@AdobeOrg
          sandbox       dev
          service       http://HERE on this machine, not Adobe's
          permissions   can read specs; whether it can write them is only known after a push
    "#]]
    .assert_eq(&neutral(&ran.out, &folder, &address));
    let asked = asked.lock().unwrap().clone();
    let methods: Vec<_> = asked.iter().map(|line| line.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(methods, ["post", "get"], "a token, and one read: {asked:?}");

    let ran = login(&folder, &["--format", "json"], &[]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["signedIn"], true, "{ran:?}");
    assert_eq!((&report["profile"], &report["clientId"]), (&json!("dev"), &json!("abc")));
    assert_eq!((&report["service"], &report["sandbox"]), (&json!("this-machine"), &json!("dev")));
    assert_eq!(report["permissions"], json!({ "readSpecs": true, "writeSpecs": null }));
}

#[test]
fn without_a_profile_the_environment_is_used() {
    let (address, _) = service(&[TOKEN, SPECS]);
    let folder = Folder::with(&[]);
    let variables = [
        ("CONNSPEC_CLIENT_ID", "abc"),
        ("CONNSPEC_CLIENT_SECRET", "HUNTER-2"),
        ("CONNSPEC_ORG_ID", "A@AdobeOrg"),
        ("CONNSPEC_SANDBOX", "dev"),
        ("CONNSPEC_GATEWAY", &address),
        ("CONNSPEC_IMS", &address),
    ];
    let ran = login(&folder, &[], &variables);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("env\n") && ran.out.contains("the environment\n"), "{ran:?}");
    let ran = login(&folder, &[], &variables[..3]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    expect![[r#"
        error: cannot sign in with the profile `env`. The environment: no sandbox is set. Set `CONNSPEC_SANDBOX`.
    "#]]
    .assert_eq(&ran.err);
}

#[test]
fn a_rejected_account_exits_with_2() {
    let forbidden = r#"{ "error_code": "403027", "message": "User region is missing" }"#;
    let (address, _) = service(Box::leak(Box::new([TOKEN, (SPECS.0, 403, forbidden)])));
    let folder = folder(&address);
    let ran = login(&folder, &[], &[]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    expect![[r#"
        error: cannot sign in with the profile `dev`. This credential has no access to Experience Platform in organization `A@AdobeOrg`. Check the organization ID, and add the credential to a product profile of Experience Platform. (403027)
        note: the service is http://HERE on this machine, not Adobe's.
    "#]].assert_eq(&neutral(&ran.err, &folder, &address));
    let ran = login(&folder, &["--format", "json"], &[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), ""), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&report["signedIn"], &report["error"]["code"]), (&json!(false), &json!("403027")));
}

#[test]
fn missing_credentials_exit_with_2() {
    let folder = folder("https://platform.adobe.io");
    std::fs::remove_file(folder.path("aep.json")).unwrap();
    let ran = login(&folder, &[], &[]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    expect![[r#"
        error: cannot sign in with the profile `dev`. The file `FOLDER/aep.json`: it does not exist. Create it, or fix `credentials` in the profile.
    "#]].assert_eq(&neutral(&ran.err, &folder, "-"));
    let ran = login(&folder, &["--profile", "dve"], &[]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    expect![[r#"
        error: Unknown profile `dve`; did you mean `dev`? Available are `dev`, `env`, `local`; define others as `[profiles.NAME]` in connspec.toml.
    "#]].assert_eq(&ran.err);
}

#[cfg(unix)]
#[test]
fn a_file_readable_by_others_is_a_warning() {
    use std::os::unix::fs::PermissionsExt;

    let (address, _) = service(&[TOKEN, SPECS]);
    let folder = folder(&address);
    std::fs::set_permissions(folder.path("aep.json"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let ran = login(&folder, &[], &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("warning: Other users of this machine can read or change "), "{ran:?}");
}

#[test]
fn without_credentials_the_emulator_is_reported() {
    let ran = login(&Folder::with(&[]), &[], &[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        The profile `local` is the emulator on this machine, not Adobe's service. It needs no credentials, so nothing was sent. It is used because connspec.toml has no `default-profile` and the environment no credentials.

        To sign in to Adobe's service, set `CONNSPEC_CLIENT_ID`, `CONNSPEC_CLIENT_SECRET`, `CONNSPEC_ORG_ID` and `CONNSPEC_SANDBOX`, or add a profile to connspec.toml.
    "#]]);
    let ran = login(&Folder::with(&[]), &["--format", "json"], &[]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&report["service"], &report["signedIn"]), (&json!("emulator"), &json!(null)));
}

#[test]
fn a_secret_in_the_project_file_is_never_shown() {
    let settings =
        b"[profiles.dev]\nclient_secret = \"HUNTER-2\"\ncredentials = { token = \"HUNTER-2\" }\nsecret = HUNTER-2\n";
    let spec = include_bytes!("wrong-connectionSpec.json");
    let folder = Folder::with(&[("connspec.toml", settings), ("a.json", spec)]);
    for arguments in [&["check"][..], &["check", "--format", "json"], &["check", "--format", "sarif"]] {
        let ran = folder.run(arguments.iter().chain(&["a.json"]));
        assert!(ran.out.contains("project-file"), "{ran:?}");
        assert!(!ran.out.contains(SECRET) && !ran.err.contains(SECRET), "{ran:?}");
    }
    login(&folder, &["--profile", "dev"], &[]);
}
