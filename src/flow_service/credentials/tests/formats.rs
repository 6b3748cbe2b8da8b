//! The formats of credentials.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

/// Parses a text as the content of a file.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    let source = "the file `a`".to_owned();
    let loaded = match parse::parse(text) {
        Ok(Parsed { format, credentials, warnings }) => Ok(LoadedCredentials { credentials, source, format, warnings }),
        Err(problem) => Err(CredentialsError { source, problem }),
    };
    check_loaded(loaded, expected);
}

#[test]
fn aepp_configuration() {
    check(
        r#"{ "org_id": "A@AdobeOrg", "Client_ID": "abc", "secret": "HUNTER-2", "sandbox-name": "dev", "environment": "prod",
            "scopes": "openid, AdobeID,read_organizations" }"#,
        &expect![[r#"
            the file `a` (aepp configuration)
            client id: abc
            client secret: as planted
            scopes: openid AdobeID read_organizations
            org: A@AdobeOrg
            sandbox: dev
        "#]],
    );
    check(
        r#"{ "api_key": "abc", "client_secrets": ["HUNTER-2", "old"], "scopes": ["openid"], "environment": "stage" }"#,
        &expect![[r#"
            the file `a` (aepp configuration)
            client id: abc
            client secret: as planted
            scopes: openid
            warning: Its `environment` is not `prod`, which is ignored. Set `gateway` and `ims` in the profile instead.
        "#]],
    );
    check(
        r#"{ "org_id": "A@AdobeOrg", "secret": "HUNTER-2", "scopes": "openid" }"#,
        &expect![[r#"
            the file `a` (aepp configuration): `client_id` is missing or empty.
        "#]],
    );
    check(
        r#"{ "client_id": "abc", "secret": "", "scopes": "openid" }"#,
        &expect![[r#"
            the file `a` (aepp configuration): `secret` is missing or empty.
        "#]],
    );
    check(
        r#"{ "client_id": "abc", "secret": "HUNTER-2", "auth_code": "HUNTER-2" }"#,
        &expect![[r#"
            the file `a` (aepp configuration): it authenticates with an `auth_code`, which is for Adobe's own services. Use the client ID, client secret and scopes of an OAuth Server-to-Server credential.
        "#]],
    );
    check(
        r#"{ "client_id": "abc", "secret": "HUNTER-2", "tech_id": "x@techacct.adobe.com", "pathToKey": "k" }"#,
        &expect![[r#"
            the file `a` (aepp configuration): these are credentials of a service account (JWT), which Adobe has discontinued. Add an OAuth Server-to-Server credential to the project in Developer Console, and use its client ID, client secret and scopes.
        "#]],
    );
    check(
        "{ \"client_id\": \"abc\",\n  \"secret\": \"HUNTER-2",
        &expect![[r#"
            the file `a`: line 2 isn't valid JSON. Fix it, or save the file again.
        "#]],
    );
    check(
        "[1]",
        &expect![[r#"
            the file `a`: expected a JSON object or lines of `NAME=value`, found an array.
        "#]],
    );
    check(
        "  \n",
        &expect![[r#"
            the file `a`: it is empty.
        "#]],
    );
}

#[test]
fn postman_environment() {
    let environment = |values: &str| format!(r#"{{ "name": "AEP", "values": [ {values} ] }}"#);
    let one = |key: &str, value: &str| format!(r#"{{ "key": "{key}", "value": "{value}", "type": "secret" }}"#);
    let all = [
        one("CLIENT_SECRET", "HUNTER-2"),
        one("API_KEY", "abc"),
        one("SCOPES", "openid,session"),
        one("ACCESS_TOKEN", ""),
        one("TECHNICAL_ACCOUNT_ID", "x@techacct.adobe.com"),
        one("IMS", "ims-na1.adobelogin.com"),
        one("IMS_ORG", "A@AdobeOrg"),
        one("SANDBOX_NAME", "dev"),
        one("PLATFORM_GATEWAY", "https://platform.adobe.io"),
    ];
    check(
        &environment(&all.join(",")),
        &expect![[r#"
            the file `a` (Postman environment)
            client id: abc
            client secret: as planted
            scopes: openid session
            org: A@AdobeOrg
            sandbox: dev
            gateway: https://platform.adobe.io
            ims: https://ims-na1.adobelogin.com
        "#]],
    );
    let token = [one("API_KEY", "abc"), one("ACCESS_TOKEN", "Bearer HUNTER-2"), one("META_SCOPE", "ent")];
    check(
        &environment(&token.join(",")),
        &expect![[r#"
            the file `a` (Postman environment)
            client id: abc
            access token: as planted
        "#]],
    );
    let off = r#"{ "key": "CLIENT_SECRET", "value": "HUNTER-2", "enabled": false }"#;
    check(
        &environment(&[one("API_KEY", "abc"), off.to_owned()].join(",")),
        &expect![[r#"
            the file `a` (Postman environment): `CLIENT_SECRET` is missing or empty.
        "#]],
    );
    let token_alone = one("ACCESS_TOKEN", "HUNTER-2");
    check(
        &environment(&token_alone),
        &expect![[r#"
            the file `a` (Postman environment): `API_KEY` is missing or empty. It is sent as the API key with every access token.
        "#]],
    );
    let jwt = [one("API_KEY", "abc"), one("CLIENT_SECRET", "HUNTER-2"), one("PRIVATE_KEY", "HUNTER-2")];
    check(
        &environment(&jwt.join(",")),
        &expect![[r#"
            the file `a` (Postman environment): these are credentials of a service account (JWT), which Adobe has discontinued. Add an OAuth Server-to-Server credential to the project in Developer Console, and use its client ID, client secret and scopes.
        "#]],
    );
}

#[test]
fn developer_console_project() {
    let project = |credentials: &str| {
        format!(
            r#"{{ "project": {{ "id": "1", "org": {{ "id": "2", "ims_org_id": "A@AdobeOrg" }},
            "workspace": {{ "details": {{ "credentials": [ {credentials} ] }} }} }} }}"#
        )
    };
    let oauth = r#"{ "id": "3", "name": "Mine", "integration_type": "oauth_server_to_server", "oauth_server_to_server":
        { "client_id": "abc", "client_secrets": ["HUNTER-2"], "technical_account_id": "t", "scopes": ["openid", "AdobeID"] } }"#;
    let jwt = r#"{ "integration_type": "service", "jwt": { "client_id": "old", "client_secret": "HUNTER-2", "meta_scopes": [] } }"#;
    check(
        &project(oauth),
        &expect![[r#"
            the file `a` (Developer Console project)
            client id: abc
            client secret: as planted
            scopes: openid AdobeID
            org: A@AdobeOrg
        "#]],
    );
    check(
        &project(&format!("{jwt}, {oauth}")),
        &expect![[r#"
            the file `a` (Developer Console project)
            client id: abc
            client secret: as planted
            scopes: openid AdobeID
            org: A@AdobeOrg
        "#]],
    );
    check(
        &project(jwt),
        &expect![[r#"
            the file `a` (Developer Console project): these are credentials of a service account (JWT), which Adobe has discontinued. Add an OAuth Server-to-Server credential to the project in Developer Console, and use its client ID, client secret and scopes.
        "#]],
    );
    check(
        &project(""),
        &expect![[r#"
            the file `a` (Developer Console project): it has no OAuth Server-to-Server credential. Add one to the project in Developer Console, and download the JSON again.
        "#]],
    );
    check(
        &project(&format!("{oauth}, {oauth}")),
        &expect![[r#"
            the file `a` (Developer Console project): it has several OAuth Server-to-Server credentials. Keep one of them in a separate file.
        "#]],
    );
    check(
        &project(&oauth.replace("[\"HUNTER-2\"]", "[]")),
        &expect![[r#"
            the file `a` (Developer Console project): `client_secrets` is missing or empty.
        "#]],
    );
}

/// As aio writes it, with unquoted keys.
const AIO: &str = r#"{
  ims: {
    contexts: {
      Mine: {
        client_id: "abc",
        client_secrets: [
          "HUNTER-2"
        ],
        technical_account_id: "t",
        scopes: [
          "openid"
        ],
        ims_org_id: "A@AdobeOrg"
      },
      $cli: {
        access_token: {
          token: "HUNTER-2"
        }
      }
    }
  }
}"#;

#[test]
fn aio_configuration() {
    check(
        AIO,
        &expect![[r#"
            the file `a` (aio configuration)
            client id: abc
            client secret: as planted
            scopes: openid
            org: A@AdobeOrg
        "#]],
    );
    let commented = AIO
        .replace("    contexts", "    # mine\n    // own\n    contexts")
        .replace("\"A@AdobeOrg\"", "\"A@AdobeOrg\",");
    check(
        &commented,
        &expect![[r#"
            the file `a` (aio configuration)
            client id: abc
            client secret: as planted
            scopes: openid
            org: A@AdobeOrg
        "#]],
    );
    check(
        &AIO.replace("\"abc\",", "abc"),
        &expect![[r#"
            the file `a` (aio configuration): line 5 isn't valid JSON. Of HJSON, only unquoted keys and comments are supported; `aio config get ims.contexts.NAME --json` prints JSON and can be the `command` of `credentials`.
        "#]],
    );
    let other = "Other: { client_id: \"x\", scopes: [\"openid\"], client_secrets: [\"HUNTER-2\"] },\n      $cli";
    check(
        &AIO.replace("$cli", other),
        &expect![[r#"
            the file `a` (aio configuration): it has several contexts to authenticate with: `Mine`, `Other`. Select one with the `command` `["aio", "config", "get", "ims.contexts.NAME", "--json"]` in `credentials`.
        "#]],
    );
    check(
        &AIO.replace("scopes", "meta_scopes").replace("client_secrets", "client_secret"),
        &expect![[r#"
            the file `a` (aio configuration): these are credentials of a service account (JWT), which Adobe has discontinued. Add an OAuth Server-to-Server credential to the project in Developer Console, and use its client ID, client secret and scopes.
        "#]],
    );
    check(
        "{ ims: { contexts: { $cli: { access_token: { token: \"HUNTER-2\" } } } } }",
        &expect![[r#"
            the file `a` (aio configuration): none of its `ims.contexts` is an OAuth Server-to-Server credential. `aio app use` imports that of a project.
        "#]],
    );
    check(
        "ims:\n  contexts:\n    Mine:\n      client_secrets:\n        - HUNTER-2\n",
        &expect![[r#"
            the file `a` (aio configuration): YAML is not supported. `aio config get ims.contexts.NAME --json` prints JSON and can be the `command` of `credentials`.
        "#]],
    );
    // What `aio config get ims.contexts.Mine --json` prints.
    check(
        r#"{ "client_id": "abc", "client_secrets": ["HUNTER-2"], "ims_org_id": "A@AdobeOrg" }"#,
        &expect![[r#"
            the file `a` (aepp configuration)
            client id: abc
            client secret: as planted
            org: A@AdobeOrg
        "#]],
    );
}

#[test]
fn dotenv_lines() {
    check(
        "# mine\nexport CONNSPEC_CLIENT_ID=abc   # the id\nCONNSPEC_CLIENT_SECRET = 'HUNTER-2'\r\n\nCONNSPEC_SANDBOX=\"dev\"\n",
        &expect![[r#"
            the file `a` (`NAME=value` lines)
            client id: abc
            client secret: as planted
            sandbox: dev
        "#]],
    );
    check(
        "SERVICE_API_KEY=zzz\nTOKEN=other\nIMS_OAUTH_S2S_CLIENT_ID=abc\nIMS_OAUTH_S2S_CLIENT_SECRET=HUNTER-2
IMS_OAUTH_S2S_ORG_ID=A@AdobeOrg\nIMS_OAUTH_S2S_SCOPES=[\"openid\",\"AdobeID\"]\nCLIENT_ID=not-this\nSANDBOX_NAME=dev\n",
        &expect![[r#"
            the file `a` (`NAME=value` lines)
            client id: abc
            client secret: as planted
            scopes: openid AdobeID
            org: A@AdobeOrg
            sandbox: dev
        "#]],
    );
    check(
        "AIO_ims_contexts_My__Own_client__id=abc\nAIO_ims_contexts_My__Own_client__secrets=[\"HUNTER-2\"]
AIO_ims_contexts_My__Own_scopes=[\"openid\"]\nAIO_ims_contexts_My__Own_ims__org__id=A@AdobeOrg\nAIO_project_id=1\n",
        &expect![[r#"
            the file `a` (aio configuration)
            client id: abc
            client secret: as planted
            scopes: openid
            org: A@AdobeOrg
        "#]],
    );
    check(
        "CONNSPEC_CLIENT_ID=abc\n",
        &expect![[r#"
            the file `a` (`NAME=value` lines): `CONNSPEC_CLIENT_SECRET` is missing or empty.
        "#]],
    );
    check(
        "CONNSPEC_CLIENT_ID=abc\nCLIENT_SECRET=HUNTER-2\n",
        &expect![[r#"
            the file `a` (`NAME=value` lines): `CONNSPEC_CLIENT_SECRET` is missing or empty.
        "#]],
    );
    check(
        "HUNTER-2\n",
        &expect![[r#"
            the file `a`: line 1 is neither JSON nor `NAME=value`. Supported are lines of `CONNSPEC_CLIENT_ID=…`, configurations of aepp and aio, Postman environments and Developer Console projects.
        "#]],
    );
    check(
        "-----BEGIN PRIVATE KEY-----\nHUNTER-2\n-----END PRIVATE KEY-----\n",
        &expect![[r#"
            the file `a`: this is a key or certificate, as for a service account (JWT), which Adobe has discontinued. Use the client ID and client secret of an OAuth Server-to-Server credential.
        "#]],
    );
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    /// However a text is cut or mixed up, no result contains the secret.
    #[test]
    fn results_of_parsing_contain_no_secret(
        which in 0..5_usize, cut in 0..400_usize, other in "[a-z=\\[\\]{}\"':,\n#$]{0,12}",
    ) {
        let texts = [
            AIO.to_owned(),
            r#"{ "client_id": "abc", "secret": "HUNTER-2", "scopes": "openid", "environment": "HUNTER-2" }"#.to_owned(),
            r#"{ "values": [ { "key": "API_KEY", "value": "HUNTER-2" }, { "key": "ACCESS_TOKEN", "value": "HUNTER-2" } ] }"#.to_owned(),
            "CONNSPEC_CLIENT_SECRET=HUNTER-2\nCONNSPEC_ACCESS_TOKEN='HUNTER-2'\nHUNTER-2".to_owned(),
            "ims:\n  contexts:\n    client_secrets:\n      - HUNTER-2\n".to_owned(),
        ];
        let text = &texts[which];
        let at = cut.min(text.len());
        for text in [format!("{}{other}", &text[..at]), format!("{other}{}", &text[at..]), format!("{}{other}{}", &text[..at], &text[at..])] {
            match parse::parse(&text) {
                Ok(Parsed { credentials, warnings, .. }) => {
                    let credentials = Credentials { client_id: None, ..credentials };
                    prop_assert!(!format!("{credentials:?} {warnings:?}").contains(SECRET), "{text}");
                }
                Err(problem) => prop_assert!(!format!("{problem:?}").contains(SECRET), "{text}\n{problem:?}"),
            }
        }
    }
}
