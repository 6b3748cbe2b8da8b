//! The forms of texts.

use proptest::prelude::*;

use super::*;

/// Reads a text as if it were a file.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    let place = "the file `a`".to_owned();
    let read =
        form::read(text).map(|(form, credentials, notes)| Found { credentials, place: place.clone(), form, notes });
    check_found(read.map_err(|wrong| Unreadable { place, wrong }), expected);
}

#[test]
fn a_configuration_of_aepp() {
    check(
        r#"{ "org_id": "A@AdobeOrg", "Client_ID": "abc", "secret": "HUNTER-2", "sandbox-name": "dev", "environment": "prod",
            "scopes": "openid, AdobeID,read_organizations" }"#,
        &expect![[r#""#]],
    );
    check(
        r#"{ "api_key": "abc", "client_secrets": ["HUNTER-2", "old"], "scopes": ["openid"], "environment": "stage" }"#,
        &expect![[r#""#]],
    );
    check(r#"{ "org_id": "A@AdobeOrg", "secret": "HUNTER-2", "scopes": "openid" }"#, &expect![[r#""#]]);
    check(r#"{ "client_id": "abc", "secret": "", "scopes": "openid" }"#, &expect![[r#""#]]);
    check(r#"{ "client_id": "abc", "secret": "HUNTER-2", "auth_code": "HUNTER-2" }"#, &expect![[r#""#]]);
    check(
        r#"{ "client_id": "abc", "secret": "HUNTER-2", "tech_id": "x@techacct.adobe.com", "pathToKey": "k" }"#,
        &expect![[r#""#]],
    );
    check("{ \"client_id\": \"abc\",\n  \"secret\": \"HUNTER-2", &expect![[r#""#]]);
    check("[1]", &expect![[r#""#]]);
    check("  \n", &expect![[r#""#]]);
}

#[test]
fn an_environment_of_postman() {
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
    check(&environment(&all.join(",")), &expect![[r#""#]]);
    let token = [one("API_KEY", "abc"), one("ACCESS_TOKEN", "Bearer HUNTER-2"), one("META_SCOPE", "ent")];
    check(&environment(&token.join(",")), &expect![[r#""#]]);
    let off = r#"{ "key": "CLIENT_SECRET", "value": "HUNTER-2", "enabled": false }"#;
    check(&environment(&[one("API_KEY", "abc"), off.to_owned()].join(",")), &expect![[r#""#]]);
    let token_alone = one("ACCESS_TOKEN", "HUNTER-2");
    check(&environment(&token_alone), &expect![[r#""#]]);
    let jwt = [one("API_KEY", "abc"), one("CLIENT_SECRET", "HUNTER-2"), one("PRIVATE_KEY", "HUNTER-2")];
    check(&environment(&jwt.join(",")), &expect![[r#""#]]);
}

#[test]
fn a_project_of_the_developer_console() {
    let project = |credentials: &str| {
        format!(
            r#"{{ "project": {{ "id": "1", "org": {{ "id": "2", "ims_org_id": "A@AdobeOrg" }},
            "workspace": {{ "details": {{ "credentials": [ {credentials} ] }} }} }} }}"#
        )
    };
    let oauth = r#"{ "id": "3", "name": "Mine", "integration_type": "oauth_server_to_server", "oauth_server_to_server":
        { "client_id": "abc", "client_secrets": ["HUNTER-2"], "technical_account_id": "t", "scopes": ["openid", "AdobeID"] } }"#;
    let jwt = r#"{ "integration_type": "service", "jwt": { "client_id": "old", "client_secret": "HUNTER-2", "meta_scopes": [] } }"#;
    check(&project(oauth), &expect![[r#""#]]);
    check(&project(&format!("{jwt}, {oauth}")), &expect![[r#""#]]);
    check(&project(jwt), &expect![[r#""#]]);
    check(&project(""), &expect![[r#""#]]);
    check(&project(&format!("{oauth}, {oauth}")), &expect![[r#""#]]);
    check(&project(&oauth.replace("[\"HUNTER-2\"]", "[]")), &expect![[r#""#]]);
}

/// As `aio` writes it: keys without quotes.
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
fn a_configuration_of_aio() {
    check(AIO, &expect![[r#""#]]);
    let commented = AIO
        .replace("    contexts", "    # mine\n    // own\n    contexts")
        .replace("\"A@AdobeOrg\"", "\"A@AdobeOrg\",");
    check(&commented, &expect![[r#""#]]);
    check(&AIO.replace("\"abc\",", "abc"), &expect![[r#""#]]);
    let other = "Other: { client_id: \"x\", scopes: [\"openid\"], client_secrets: [\"HUNTER-2\"] },\n      $cli";
    check(&AIO.replace("$cli", other), &expect![[r#""#]]);
    check(&AIO.replace("scopes", "meta_scopes").replace("client_secrets", "client_secret"), &expect![[r#""#]]);
    check("{ ims: { contexts: { $cli: { access_token: { token: \"HUNTER-2\" } } } } }", &expect![[r#""#]]);
    check("ims:\n  contexts:\n    Mine:\n      client_secrets:\n        - HUNTER-2\n", &expect![[r#""#]]);
    // What `aio config get ims.contexts.Mine --json` prints.
    check(r#"{ "client_id": "abc", "client_secrets": ["HUNTER-2"], "ims_org_id": "A@AdobeOrg" }"#, &expect![[r#""#]]);
}

#[test]
fn lines_of_a_dotenv() {
    check(
        "# mine\nexport CONNSPEC_CLIENT_ID=abc   # the id\nCONNSPEC_CLIENT_SECRET = 'HUNTER-2'\r\n\nCONNSPEC_SANDBOX=\"dev\"\n",
        &expect![[r#""#]],
    );
    check(
        "SERVICE_API_KEY=zzz\nTOKEN=other\nIMS_OAUTH_S2S_CLIENT_ID=abc\nIMS_OAUTH_S2S_CLIENT_SECRET=HUNTER-2
IMS_OAUTH_S2S_ORG_ID=A@AdobeOrg\nIMS_OAUTH_S2S_SCOPES=[\"openid\",\"AdobeID\"]\nCLIENT_ID=not-this\nSANDBOX_NAME=dev\n",
        &expect![[r#""#]],
    );
    check(
        "AIO_ims_contexts_My__Own_client__id=abc\nAIO_ims_contexts_My__Own_client__secrets=[\"HUNTER-2\"]
AIO_ims_contexts_My__Own_scopes=[\"openid\"]\nAIO_ims_contexts_My__Own_ims__org__id=A@AdobeOrg\nAIO_project_id=1\n",
        &expect![[r#""#]],
    );
    check("CONNSPEC_CLIENT_ID=abc\n", &expect![[r#""#]]);
    check("CONNSPEC_CLIENT_ID=abc\nCLIENT_SECRET=HUNTER-2\n", &expect![[r#""#]]);
    check("HUNTER-2\n", &expect![[r#""#]]);
    check("-----BEGIN PRIVATE KEY-----\nHUNTER-2\n-----END PRIVATE KEY-----\n", &expect![[r#""#]]);
}

proptest! {
    /// However a text is cut or mixed up, nothing that is said of it holds the secret.
    #[test]
    fn nothing_said_of_a_text_holds_its_secret(
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
            match form::read(&text) {
                Ok((_, credentials, notes)) => {
                    let credentials = Credentials { client_id: None, ..credentials };
                    prop_assert!(!format!("{credentials:?} {notes:?}").contains(SECRET), "{text}");
                }
                Err(wrong) => prop_assert!(!format!("{wrong:?}").contains(SECRET), "{text}\n{wrong:?}"),
            }
        }
    }
}
