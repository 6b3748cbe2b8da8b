//! What is validated before anything is sent.

use connspec::flow_service::{Credentials, Error, Secret, ServiceTarget};
use connspec::project::TrustedUrl;
use expect_test::expect;

use crate::fixture::with_token;

fn result(change: impl FnOnce(&mut Credentials)) -> String {
    let mut found = with_token().credentials;
    change(&mut found);
    match ServiceTarget::new(&found) {
        Ok(target) => format!("{} {} {}", target.gateway(), target.org(), target.sandbox()),
        Err(error) => describe(&error),
    }
}

fn describe(error: &Error) -> String {
    format!("{:?}: {error}", error.kind())
}

#[test]
fn missing_and_invalid_settings_are_reported() {
    let long = "x y";
    let results = [
        result(|found| found.client_id = None),
        result(|found| found.client_id = Some(long.into())),
        result(|found| found.org = Some("  ".into())),
        result(|found| found.org = Some("12345".into())),
        result(|found| found.sandbox = None),
        result(|found| found.sandbox = Some("dev\r\nx: y".into())),
        result(|found| found.access_token = None),
        result(|found| found.access_token = Some(Secret::new(" "))),
        result(|found| found.access_token = Some(Secret::new("Bearer abc"))),
        result(|found| found.access_token = Some(Secret::new("abc\n"))),
    ];
    expect![[r#"
        Settings: The client ID is not set.
        Settings: The client ID contains spaces or other invalid characters.
        Settings: The organization is not set.
        Settings: `12345` is not an organization ID; it must end in `@AdobeOrg`.
        Settings: The sandbox is not set.
        Settings: The sandbox contains spaces or other invalid characters.
        Settings: Neither a client secret nor an access token is set. Set one of them.
        Settings: Neither a client secret nor an access token is set. Set one of them.
        Settings: The access token contains invalid characters. Copy it again, without `Bearer`, quotes or line breaks.
        Settings: The access token contains invalid characters. Copy it again, without `Bearer`, quotes or line breaks."#]].assert_eq(&results.join("\n"));
}

#[test]
fn urls_must_be_https_unless_loopback() {
    let urls = [
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
    let rendered = urls.map(|url| {
        let result = result(|found| found.gateway = Some(TrustedUrl::from_person(url)));
        assert!(!result.contains("hunter2"), "{result}");
        format!("{url}\n    {result}\n")
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
            Settings: The gateway URL must start with `https://`; `http://` is allowed for this machine only.
        http://localhost.example.com
            Settings: The gateway URL must start with `https://`; `http://` is allowed for this machine only.
        http://0.0.0.0
            Settings: The gateway URL must start with `https://`; `http://` is allowed for this machine only.
        http://2130706433
            http://127.0.0.1 12@AdobeOrg dev
        http://[::ffff:10.0.0.1]
            Settings: The gateway URL must start with `https://`; `http://` is allowed for this machine only.
        https://me:hunter2@platform.adobe.io
            Settings: The gateway URL must not contain a user name or password.
        https://hunter2@platform.adobe.io
            Settings: The gateway URL must not contain a user name or password.
        https://platform.adobe.io?token=hunter2
            Settings: The gateway URL must not contain a query or fragment.
        https://platform.adobe.io#hunter2
            Settings: The gateway URL must not contain a query or fragment.
        ftp://platform.adobe.io
            Settings: The gateway URL must start with `https://`.
        https://
            Settings: The gateway URL is not valid; expected a URL such as `https://platform.adobe.io`.

            Settings: The gateway URL is not valid; expected a URL such as `https://platform.adobe.io`.
        a b
            Settings: The gateway URL is not valid; expected a URL such as `https://platform.adobe.io`.
    "#]]
    .assert_eq(&rendered.concat());
    assert_eq!(
        result(|found| found.ims = Some(TrustedUrl::from_person("http://ims-na1.adobelogin.com"))),
        "Settings: The IMS URL must start with `https://`; `http://` is allowed for this machine only."
    );
}

#[test]
fn the_default_gateway_is_production() {
    assert_eq!(result(|_| {}), "https://platform.adobe.io 12@AdobeOrg dev");
}
