//! What is checked before anything is sent.

use connspec::flow_service::{Credentials, Error, Secret, ServiceTarget};
use expect_test::expect;

use crate::bench::given;

fn said(change: impl FnOnce(&mut Credentials)) -> String {
    let mut found = given().credentials;
    change(&mut found);
    match ServiceTarget::new(&found) {
        Ok(target) => format!("{} {} {}", target.gateway(), target.org(), target.sandbox()),
        Err(error) => told(&error),
    }
}

fn told(error: &Error) -> String {
    format!("{:?}: {error}", error.kind())
}

#[test]
fn what_is_missing_or_cannot_be_is_named() {
    let long = "x y";
    let said = [
        said(|found| found.client_id = None),
        said(|found| found.client_id = Some(long.into())),
        said(|found| found.org = Some("  ".into())),
        said(|found| found.org = Some("12345".into())),
        said(|found| found.sandbox = None),
        said(|found| found.sandbox = Some("dev\r\nx: y".into())),
        said(|found| found.access_token = None),
        said(|found| found.access_token = Some(Secret::new(" "))),
        said(|found| found.access_token = Some(Secret::new("Bearer abc"))),
        said(|found| found.access_token = Some(Secret::new("abc\n"))),
    ];
    expect![[r#"
        Settings: The client id is not set.
        Settings: The client id has spaces or characters that it cannot have.
        Settings: The organization is not set.
        Settings: `12345` is no organization id: it has to end in `@AdobeOrg`.
        Settings: The sandbox is not set.
        Settings: The sandbox has spaces or characters that it cannot have.
        Settings: There is nothing to sign in with. Set a client secret or an access token.
        Settings: There is nothing to sign in with. Set a client secret or an access token.
        Settings: The access token has characters that no token has. Copy it again, without `Bearer`, quotes or line breaks.
        Settings: The access token has characters that no token has. Copy it again, without `Bearer`, quotes or line breaks."#]].assert_eq(&said.join("\n"));
}

#[test]
fn secrets_go_over_https_or_stay_on_this_machine() {
    let addresses = [
        "https://platform.adobe.io/",
        "platform.adobe.io",
        "https://proxy.example.com/adobe/",
        "http://127.0.0.1:8080",
        "http://127.9.9.9",
        "http://[::1]:8080",
        "http://localhost:1",
        "http://platform.adobe.io",
        "http://localhost.example.com",
        "http://0.0.0.0",
        "http://2130706433",
        "http://[::ffff:10.0.0.1]",
        "https://me:hunter2@platform.adobe.io",
        "https://hunter2@platform.adobe.io",
        "https://platform.adobe.io?token=hunter2",
        "https://platform.adobe.io#hunter2",
        "ftp://platform.adobe.io",
        "https://",
        "",
        "a b",
    ];
    let drawn = addresses.map(|address| {
        let said = said(|found| found.gateway = Some(address.into()));
        assert!(!said.contains("hunter2"), "{said}");
        format!("{address}\n    {said}\n")
    });
    expect![[r#"
        https://platform.adobe.io/
            https://platform.adobe.io 12@AdobeOrg dev
        platform.adobe.io
            https://platform.adobe.io 12@AdobeOrg dev
        https://proxy.example.com/adobe/
            https://proxy.example.com/adobe 12@AdobeOrg dev
        http://127.0.0.1:8080
            http://127.0.0.1:8080 12@AdobeOrg dev
        http://127.9.9.9
            http://127.9.9.9 12@AdobeOrg dev
        http://[::1]:8080
            http://[::1]:8080 12@AdobeOrg dev
        http://localhost:1
            http://localhost:1 12@AdobeOrg dev
        http://platform.adobe.io
            Settings: The address of the gateway has to begin with `https://`; plain `http://` is for this machine alone.
        http://localhost.example.com
            Settings: The address of the gateway has to begin with `https://`; plain `http://` is for this machine alone.
        http://0.0.0.0
            Settings: The address of the gateway has to begin with `https://`; plain `http://` is for this machine alone.
        http://2130706433
            http://127.0.0.1 12@AdobeOrg dev
        http://[::ffff:10.0.0.1]
            Settings: The address of the gateway has to begin with `https://`; plain `http://` is for this machine alone.
        https://me:hunter2@platform.adobe.io
            Settings: The address of the gateway must not hold a user name or password.
        https://hunter2@platform.adobe.io
            Settings: The address of the gateway must not hold a user name or password.
        https://platform.adobe.io?token=hunter2
            Settings: The address of the gateway must not have a `?` or `#`.
        https://platform.adobe.io#hunter2
            Settings: The address of the gateway must not have a `?` or `#`.
        ftp://platform.adobe.io
            Settings: The address of the gateway has to begin with `https://`.
        https://
            Settings: The address of the gateway is no address; it looks like `https://platform.adobe.io`.

            Settings: The address of the gateway is no address; it looks like `https://platform.adobe.io`.
        a b
            Settings: The address of the gateway is no address; it looks like `https://platform.adobe.io`.
    "#]].assert_eq(&drawn.concat());
    assert_eq!(
        said(|found| found.ims = Some("http://ims-na1.adobelogin.com".into())),
        "Settings: The address of the sign-in service has to begin with `https://`; plain `http://` is for this machine alone."
    );
}

#[test]
fn production_is_meant_when_nothing_is_said() {
    assert_eq!(said(|_| {}), "https://platform.adobe.io 12@AdobeOrg dev");
}
