//! Profiles, right and wrong; secrets where none belong.

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
[profiles.kept]
credentials = { keyring = "aep" }
[profiles.asked]
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
            [profiles.kept]
            credentials = { keyring = "aep" }
            [profiles.asked]
            credentials = { command = ["op", "document", "get", "aep"] }
            [profiles.empty]

            => asked is Ok(Profile { org: None, sandbox: None, credentials: Command { words: ["op", "document", "get", "aep"], folder: "" }, gateway: None, ims: None, token_cache: Memory })
            => dev is Ok(Profile { org: Some("ABC@AdobeOrg"), sandbox: Some("dev"), credentials: Environment, gateway: None, ims: None, token_cache: Memory })
            => empty is Ok(Profile { org: None, sandbox: None, credentials: Environment, gateway: None, ims: None, token_cache: Memory })
            => kept is Ok(Profile { org: None, sandbox: None, credentials: Keyring("aep"), gateway: None, ims: None, token_cache: Memory })
            => stage is Ok(Profile { org: None, sandbox: None, credentials: File("../aep/config.json"), gateway: Some("https://platform-stage.adobe.io"), ims: Some("http://127.0.0.1:8090"), token_cache: File })
            => dev is the default
        "#]],
    );
}

#[test]
fn what_is_wrong_in_a_profile_is_told() {
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
            ^^^^^^^^^^^^ `organization` has no meaning here. What is known: `org`, `sandbox`, `credentials`, `gateway`, `ims`, `token-cache`.
            org = "ABC"
                  ^^^^^ This is no organization id. It ends in `@AdobeOrg`.
            sandbox = 1
                      ^ `sandbox` is a text: write it in quotes.
            credentials = "environment"
                          ^^^^^^^^^^^^^ This says no place. Write `"env"`, `{ file = "…" }`, `{ keyring = "…" }` or `{ command = ["…"] }`.
            gateway = "platform.adobe.io"
                      ^^^^^^^^^^^^^^^^^^^ This is no address. It begins with `https://`, as in `https://platform.adobe.io`.
            ims = "http://ims.example.com"
                  ^^^^^^^^^^^^^^^^^^^^^^^^ Only an address of this machine may begin with `http://`. Write `https://`.
            token-cahe = "file"
            ^^^^^^^^^^ `token-cahe` has no meaning here. Did you mean `token-cache`?
            token-cache = "disk"
                          ^^^^^^ `token-cache` is `"memory"` or `"file"`.
            client_id = "abc"
            ^^^^^^^^^ `client_id` has no meaning here: the client id is kept with the client secret, where `credentials` says.
            [profiles.a]
            credentials = { path = "x" }
                            ^^^^ `path` has no meaning here. What is known: `file`, `keyring`, `command`.
            gateway = "https://me:hunter2@platform.adobe.io"
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This address has a user name before `@`. An address is written without one; credentials are kept where `credentials` says.
            sandbox = " "
                      ^^^ `sandbox` is empty. Write its value, or leave the line out.
            [profiles.b]
            credentials = { file = "x", keyring = "y" }
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Credentials are kept in one place: leave one of these, remove the others.
            [profiles.c]
            credentials = { command = "op document get aep" }
                                      ^^^^^^^^^^^^^^^^^^^^^ `command` is a list of texts, the program and its arguments: `command = ["op", "document", "get", "aep"]`. No shell reads it.
            [profiles.d]
            credentials = { command = [] }
                                      ^^ `command` is a list of texts, the program and its arguments: `command = ["op", "document", "get", "aep"]`. No shell reads it.
            [profiles.env]
                      ^^^ `env` is always what the variables `CONNSPEC_…` say. Give this profile another name.
            [profiles.local]
                      ^^^^^ `local` is always the emulator. Give this profile another name.
            sandbox = "dev"

            => a is Err("`path` has no meaning here. What is known: `file`, `keyring`, `command`.")
            => b is Err("Credentials are kept in one place: leave one of these, remove the others.")
            => c is Err("`command` is a list of texts, the program and its arguments: `command = [\"op\", \"document\", \"get\", \"aep\"]`. No shell reads it.")
            => d is Err("`command` is a list of texts, the program and its arguments: `command = [\"op\", \"document\", \"get\", \"aep\"]`. No shell reads it.")
            => dev is Err("This says no place. Write `\"env\"`, `{ file = \"…\" }`, `{ keyring = \"…\" }` or `{ command = [\"…\"] }`.")
            => dev is the default
        "#]],
    );
    check(
        "profiles = 1\ndefault-profile = 2\n[profile.dev]\n",
        &expect![[r#"
        profiles = 1
        ^^^^^^^^ `profiles` is a table: write `[profiles.NAME]` for each profile.
        default-profile = 2
                          ^ `default-profile` is a text: write it in quotes.
        [profile.dev]
         ^^^^^^^ `profile` has no meaning here. Did you mean `profiles`?

    "#]],
    );
    check(
        "[profiles]\ndev = \"x\"\n[[profiles.other]]\n",
        &expect![[r#"
        [profiles]
        dev = "x"
        ^^^ A profile is a table: write `[profiles.NAME]`, and its keys below.
        [[profiles.other]]
                   ^^^^^ A profile is a table: write `[profiles.NAME]`, and its keys below.

    "#]],
    );
    check(
        "default-profile = \"somewhere\"\n",
        &expect![[r#"
        default-profile = "somewhere"
                          ^^^^^^^^^^^ There is no profile `somewhere`. The profiles are `env`, `local`.

        => somewhere is the default
    "#]],
    );
}

#[test]
fn a_secret_is_told_wherever_it_stands() {
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
            ^^^^^^^^^^^^^ `client_secret` is a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.
            [profiles.dev]
            access-token = "hunter2"
            ^^^^^^^^^^^^ `access-token` is a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.
            Password = 12345
            ^^^^^^^^ `Password` is a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.
            credentials = { client_secret = "hunter2" }
                            ^^^^^^^^^^^^^ `client_secret` is a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.
            sandbox = "eyJhbGciOi.eyJpZCI6.c2ln"
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ This looks like a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.
            [profiles.other.credentials]
            command = ["get", "--with=p8e-abcdefghijkl"]
                              ^^^^^^^^^^^^^^^^^^^^^^^^^ This looks like a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.
            [auth]
             ^^^^ `auth` has no meaning here. What is known: `rules`, `ignore`, `profiles`, `default-profile`.
            apiToken = ["hunter2"]
            ^^^^^^^^ `apiToken` is a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.

            => dev is Err("`client_secret` is a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.")
            => other is Err("This looks like a secret, and whoever can read this file may know it by now: replace it. Keep the new one in the environment, a file outside of the repository or the keyring, and name that place with `credentials`.")
        "#]],
    );
}

#[test]
fn the_code_of_a_rule_is_no_secret() {
    let (_, problems) = read_settings("[rules]\nsecret-not-masked = \"off\"\n[[ignore]]\ntoken = 1\n");
    assert!(!problems.iter().any(|problem| problem.message.contains("is a secret")), "{problems:?}");
}

#[test]
fn a_line_that_is_shown_to_others_has_no_secret() {
    for (text, shown) in [
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
        assert_eq!(masked(text), shown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    /// Whatever is wrong with the file, and wherever a secret stands in it as a secret stands: nothing repeats it.
    #[test]
    fn nothing_repeats_a_secret(
        before in "[a-z=\\[\\]{}\"' \n.]{0,40}",
        name in "(client_secret|client-secret|\"clientSecret\"|access_token|password|profiles.dev.token|'x secret')",
        open in "( = | =|=\"| = '|= \"\"\"|= \\[\"| = \\{ a = \"|: \")",
        after in "[a-z=\\[\\]{}\"' \n.]{0,40}",
    ) {
        let text = format!("{before}\n{name}{open}HUNTER-2{after}");
        let (settings, problems) = read_settings(&text);
        prop_assert!(!format!("{settings:?} {problems:?}").contains("HUNTER-2"), "{text}\n{problems:?}");
        let shown = masked(&text);
        prop_assert!(!shown.contains("HUNTER-2"), "{text}\n{shown}");
        prop_assert_eq!(shown.len(), text.len());
    }
}
