//! Profiles, and secrets in the wrong place.

use expect_test::expect;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::check;
use crate::project::settings::{masked, read_settings};

#[test]
fn profiles_are_read() {
    check(
        r#"default-profile = "dev"
[profiles.dev]
org = "ABC@AdobeOrg"
sandbox = "dev"
credentials = "env"
[profiles.stage]
credentials = { file = "../aep/config.json" }
gateway = "https://platform-stage.adobe.io"
ims = "http://127.0.0.1:8090"
token-cache = "file"
[profiles.keyring]
credentials = { keyring = "aep" }
[profiles.command]
credentials = { command = ["op", "document", "get", "aep"] }
[profiles.empty]
"#,
        &expect![[r#"
            default-profile = "dev"
            [profiles.dev]
            org = "ABC@AdobeOrg"
            sandbox = "dev"
            credentials = "env"
            [profiles.stage]
            credentials = { file = "../aep/config.json" }
            gateway = "https://platform-stage.adobe.io"
            ims = "http://127.0.0.1:8090"
            token-cache = "file"
            [profiles.keyring]
            credentials = { keyring = "aep" }
            [profiles.command]
            credentials = { command = ["op", "document", "get", "aep"] }
            [profiles.empty]

            => command is Ok(Profile { org: None, sandbox: None, credentials: Command { argv: ["op", "document", "get", "aep"], folder: "" }, gateway: None, ims: None, token_cache: Memory })
            => dev is Ok(Profile { org: Some("ABC@AdobeOrg"), sandbox: Some("dev"), credentials: Environment, gateway: None, ims: None, token_cache: Memory })
            => empty is Ok(Profile { org: None, sandbox: None, credentials: Environment, gateway: None, ims: None, token_cache: Memory })
            => keyring is Ok(Profile { org: None, sandbox: None, credentials: Keyring("aep"), gateway: None, ims: None, token_cache: Memory })
            => stage is Ok(Profile { org: None, sandbox: None, credentials: File("../aep/config.json"), gateway: Some("https://platform-stage.adobe.io"), ims: Some("http://127.0.0.1:8090"), token_cache: File })
            => dev is the default
        "#]],
    );
}

#[test]
fn invalid_profiles_are_reported() {
    check(
        r#"default-profile = "dev"
[profiles.dev]
organization = "ABC@AdobeOrg"
org = "ABC"
sandbox = 1
credentials = "environment"
gateway = "platform.adobe.io"
ims = "http://ims.example.com"
token-cahe = "file"
token-cache = "disk"
client_id = "abc"
[profiles.a]
credentials = { path = "x" }
gateway = "https://me:hunter2@platform.adobe.io"
sandbox = " "
[profiles.b]
credentials = { file = "x", keyring = "y" }
[profiles.c]
credentials = { command = "op document get aep" }
[profiles.d]
credentials = { command = [] }
[profiles.env]
[profiles.local]
sandbox = "dev"
"#,
        &expect![[r#"
            default-profile = "dev"
            [profiles.dev]
            organization = "ABC@AdobeOrg"
            ^^^^^^^^^^^^ unknown key `organization`; expected one of `org`, `sandbox`, `credentials`, `gateway`, `ims`, `token-cache`
            org = "ABC"
                  ^^^^^ invalid organization ID; it must end in `@AdobeOrg`
            sandbox = 1
                      ^ expected a string, found an integer
            credentials = "environment"
                          ^^^^^^^^^^^^^ invalid `credentials`; expected `"env"`, `{ file = "…" }`, `{ keyring = "…" }` or `{ command = ["…"] }`
            gateway = "platform.adobe.io"
                      ^^^^^^^^^^^^^^^^^^^ invalid URL; expected one such as `https://platform.adobe.io`
            ims = "http://ims.example.com"
                  ^^^^^^^^^^^^^^^^^^^^^^^^ `http://` is allowed for this machine only; use `https://`
            token-cahe = "file"
            ^^^^^^^^^^ unknown key `token-cahe`; did you mean `token-cache`?
            token-cache = "disk"
                          ^^^^^^ invalid `token-cache`; expected `"memory"` or `"file"`
            client_id = "abc"
            ^^^^^^^^^ unknown key `client_id`; the client ID is stored with the client secret, in the source that `credentials` names
            [profiles.a]
            credentials = { path = "x" }
                            ^^^^ unknown key `path`; expected one of `file`, `keyring`, `command`
            gateway = "https://me:hunter2@platform.adobe.io"
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this URL contains a user name; remove it, and name the source of the credentials in `credentials`
            sandbox = " "
                      ^^^ `sandbox` is empty; set it, or remove this line
            [profiles.b]
            credentials = { file = "x", keyring = "y" }
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `credentials` has several sources; keep one of them, and remove the others
            [profiles.c]
            credentials = { command = "op document get aep" }
                                      ^^^^^^^^^^^^^^^^^^^^^ invalid `command`; expected the program and its arguments as an array of strings, such as `["op", "document", "get", "aep"]`. It is run without a shell
            [profiles.d]
            credentials = { command = [] }
                                      ^^ invalid `command`; expected the program and its arguments as an array of strings, such as `["op", "document", "get", "aep"]`. It is run without a shell
            [profiles.env]
                      ^^^ `env` is reserved for the environment variables `CONNSPEC_…`; choose another name
            [profiles.local]
                      ^^^^^ `local` is reserved for the emulator; choose another name
            sandbox = "dev"

            => a is Err("unknown key `path`; expected one of `file`, `keyring`, `command`")
            => b is Err("`credentials` has several sources; keep one of them, and remove the others")
            => c is Err("invalid `command`; expected the program and its arguments as an array of strings, such as `[\"op\", \"document\", \"get\", \"aep\"]`. It is run without a shell")
            => d is Err("invalid `command`; expected the program and its arguments as an array of strings, such as `[\"op\", \"document\", \"get\", \"aep\"]`. It is run without a shell")
            => dev is Err("invalid `credentials`; expected `\"env\"`, `{ file = \"…\" }`, `{ keyring = \"…\" }` or `{ command = [\"…\"] }`")
            => dev is the default
        "#]],
    );
    check(
        "profiles = 1\ndefault-profile = 2\n[profile.dev]\n",
        &expect![[r#"
            profiles = 1
            ^^^^^^^^ expected a table, found an integer; write `[profiles.NAME]` for each profile
            default-profile = 2
                              ^ expected a string, found an integer
            [profile.dev]
             ^^^^^^^ unknown key `profile`; did you mean `profiles`?

        "#]],
    );
    check(
        "[profiles]\ndev = \"x\"\n[[profiles.other]]\n",
        &expect![[r#"
            [profiles]
            dev = "x"
            ^^^ expected a table, found a string; write `[profiles.NAME]`, and below it the keys
            [[profiles.other]]
                       ^^^^^ expected a table, found an array; write `[profiles.NAME]`, and below it the keys

        "#]],
    );
    check(
        "default-profile = \"somewhere\"\n",
        &expect![[r#"
            default-profile = "somewhere"
                              ^^^^^^^^^^^ unknown profile `somewhere`; expected one of `env`, `local`

            => somewhere is the default
        "#]],
    );
}

#[test]
fn secrets_are_reported_anywhere() {
    check(
        r#"client_secret = "hunter2"
[profiles.dev]
access-token = "hunter2"
Password = 12345
credentials = { client_secret = "hunter2" }
sandbox = "eyJhbGciOi.eyJpZCI6.c2ln"
[profiles.other.credentials]
command = ["get", "--with=p8e-abcdefghijkl"]
[auth]
apiToken = ["hunter2"]
"#,
        &expect![[r#"
            client_secret = "hunter2"
            ^^^^^^^^^^^^^ `client_secret` is a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`
            [profiles.dev]
            access-token = "hunter2"
            ^^^^^^^^^^^^ `access-token` is a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`
            Password = 12345
            ^^^^^^^^ `Password` is a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`
            credentials = { client_secret = "hunter2" }
                            ^^^^^^^^^^^^^ `client_secret` is a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`
            sandbox = "eyJhbGciOi.eyJpZCI6.c2ln"
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ this looks like a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`
            [profiles.other.credentials]
            command = ["get", "--with=p8e-abcdefghijkl"]
                              ^^^^^^^^^^^^^^^^^^^^^^^^^ this looks like a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`
            [auth]
             ^^^^ unknown key `auth`; expected one of `rules`, `ignore`, `profiles`, `default-profile`
            apiToken = ["hunter2"]
            ^^^^^^^^ `apiToken` is a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`

            => dev is Err("`client_secret` is a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`")
            => other is Err("this looks like a secret; everyone who can read this file may know it. Replace it, keep the new one in the environment, the keyring or a file outside of the repository, and name that source in `credentials`")
        "#]],
    );
}

#[test]
fn codes_of_rules_are_not_secrets() {
    let (_, problems) = read_settings("[rules]\nsecret-not-masked = \"off\"\n[[ignore]]\ntoken = 1\n");
    assert!(!problems.iter().any(|problem| problem.message.contains("is a secret")), "{problems:?}");
}

#[test]
fn masked_text_has_no_secret() {
    for (text, masked_text) in [
        ("client_secret = \"hunter2\" # x\norg = \"a\"\n", "client_secret = ********* * *\norg = \"a\"\n"),
        ("a = { token = 'x', org = 'b' }", "a = { token = **** *** * *** *"),
        ("client-secret = p8e-hunter2\r\n[b", "client-secret = ***********\r\n[b"),
        ("secret = \"\"\"\nhunter2\n\"\"\"\na = 1", "secret = ***\n*******\n***\na = 1"),
        ("org = \"eyJhbGciOi.eyJpZCI6.c2ln\"", "org = \"*************************"),
        ("password: \"名前\"\n", "password: ********\n"),
        (
            "token-cache = \"file\"\n[rules]\nhard-coded-secret = \"off\"",
            "token-cache = \"file\"\n[rules]\nhard-coded-secret = \"off\"",
        ),
    ] {
        assert_eq!(masked(text), masked_text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    /// No problem and no masked text contains a secret, whatever else is wrong with the file.
    #[test]
    fn problems_and_masked_text_never_contain_a_secret(
        before in "[a-z=\\[\\]{}\"' \n.]{0,40}",
        name in "(client_secret|client-secret|\"clientSecret\"|access_token|password|profiles.dev.token|'x secret')",
        open in "( = | =|=\"| = '|= \"\"\"|= \\[\"| = \\{ a = \"|: \")",
        after in "[a-z=\\[\\]{}\"' \n.]{0,40}",
    ) {
        let text = format!("{before}\n{name}{open}HUNTER-2{after}");
        let (settings, problems) = read_settings(&text);
        prop_assert!(!format!("{settings:?} {problems:?}").contains("HUNTER-2"), "{text}\n{problems:?}");
        let masked_text = masked(&text);
        prop_assert!(!masked_text.contains("HUNTER-2"), "{text}\n{masked_text}");
        prop_assert_eq!(masked_text.len(), text.len());
    }
}
