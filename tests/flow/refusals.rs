//! Every documented shape of an error, in a person's words.

use expect_test::{Expect, expect};

use crate::bench::given;
use crate::faulty::answer;

/// What is said of refusals of a write with these statuses and bodies.
async fn check(refusals: &[(u16, &str)], expected: Expect) {
    let mut drawn = String::new();
    for (status, body) in refusals {
        let bench = given().with((0..4).map(|_| answer(*status, &[], body))).await;
        let error = bench.client.replace_connection_spec("a1", "{}", None).await.unwrap_err();
        drawn += &format!("{}\n", bench.told(&error));
    }
    expected.assert_eq(&drawn);
}

fn flow(code: &str, words: &str) -> String {
    format!(
        r#"{{"type": "https://ns.adobe.com/aep/errors/FLOW-{code}", "title": "Invalid request", "status": 400,
            "report": {{"detailed-message": "{words}", "request-id": "r1", "type": "connectionSpecs"}},
            "errorMessage": "{words}", "errorDetails": "{words}"}}"#
    )
}

#[tokio::test]
async fn the_gateway() {
    check(
        &[
            (403, r#"{"error_code": "403010", "message": "Oauth token is missing."}"#),
            (401, r#"{"error_code": "401013", "message": "Oauth token is not valid"}"#),
            (403, r#"{"error_code": 403000, "message": "Api Key is required"}"#),
            (403, r#"{"error_code": "403003", "message": "Api Key is invalid"}"#),
            (400, r#"{"error_code": "400003", "message": "Missing header"}"#),
            (403, r#"{"error_code": "403025", "message": "Profile is not valid"}"#),
            (403, r#"{"error_code": 403027, "message": "User region is missing"}"#),
            (400, r#"{"error_code": 400999, "message": "something  new\nhappened"}"#),
        ],
        expect![[r#"
            Rejected: The request came without its access token (`Authorization`). Something in between may have removed it: check the proxy. (403010)
            Authentication: The service does not accept the access token from the variable `TOKEN`. Tokens usually last a day, and this one has probably expired: get a new one. (401013)
            Rejected: The request came without its client id (`x-api-key`). Something in between may have removed it: check the proxy. (403000)
            Authentication: The service does not know the client id. Check it, and add the Experience Platform API to its project in Adobe Developer Console. (403003)
            Rejected: The request came without its organization (`x-gw-ims-org-id`). Something in between may have removed it: check the proxy. (400003)
            Permission: This credential has no access to Experience Platform in the organization `12@AdobeOrg`. Check the organization id, and add the credential to a product profile of Experience Platform. (403025)
            Permission: This credential has no access to Experience Platform in the organization `12@AdobeOrg`. Check the organization id, and add the credential to a product profile of Experience Platform. (403027)
            Rejected: The service does not accept the connection spec `a1`. It says: something new happened. (400999)
        "#]],
    )
    .await;
}

#[tokio::test]
async fn the_service_itself() {
    let bodies = [
        (400, flow("1426-400", "User token is not allowed")),
        (404, flow("1439-404", "Resource not found")),
        (404, flow("2100-404", "Sandbox not found")),
        (403, flow("2120-403", "no access to Enterprise Source")),
        (401, flow("2000-401", "x")),
        (412, flow("1404-412", "x")),
        (400, flow("1304-400", "Mandatory field providerId is missing")),
        (400, flow("1403-400", "one of two meanings")),
        (503, flow("1103-503", "provider unavailable")),
    ];
    let bodies: Vec<_> = bodies.iter().map(|(status, body)| (*status, body.as_str())).collect();
    check(&bodies, expect![[r#"
        Permission: This credential may not create or update connection specs. Adobe has to allow that for your organization: ask your contact there, with the client id. (1426-400, request r1)
        NotFound: The service does not find the connection spec `a1` in the sandbox `dev`. (1439-404, request r1)
        NotFound: There is no sandbox `dev` for this credential. Check the name, which is lower case such as `prod`, and whether the credential's role includes that sandbox. (2100-404, request r1)
        Permission: This credential lacks a permission in the sandbox `dev`. Add it to a role in Permissions, under API credentials. It says: no access to Enterprise Source. (2120-403, request r1)
        Permission: The access token is not for the organization `12@AdobeOrg`, or there is no such organization. Check the organization id and the client. (2000-401, request r1)
        Conflict: Someone has changed the connection spec `a1` in the meantime. Look at what is there now, then try again. (1404-412, request r1)
        Rejected: The service misses a part of the connection spec `a1` or does not accept its value. It says: Mandatory field providerId is missing. (1304-400, request r1)
        Rejected: The service does not accept the connection spec `a1`. It says: one of two meanings. (1403-400, request r1)
        Unavailable, may have acted: The service does not work at the moment. Try again later. It says: provider unavailable. (1103-503, request r1)
    "#]]).await;
}

#[tokio::test]
async fn older_and_other_shapes() {
    check(
        &[
            (404, r#"{"errorMessage": "not found with id = [..]", "errorDetails": "same"}"#),
            (412, r#"{"errorMessage": "Supplied version=[\"a\"] does not match", "errorDetails": "same"}"#),
            (400, r#"{"message": "Please provide a valid spec id"}"#),
            (
                400,
                r#"{"type": "/placeholder/type/uri", "status": 400, "title": "BadRequestError", "detail": "A valid content-type must be specified"}"#,
            ),
            (
                400,
                r#"{"type": "http://ns.adobe.com/aep/errors/XDM-1012-404", "title": "x", "report": {"registryRequestId": "q2", "sub-errors": []}, "detail": "d"}"#,
            ),
            (429, r#"{"title": "RequestRateTooLarge", "status": 429, "detail": "slow down"}"#),
            (422, r#"{"errorMessage": "", "title": "Unprocessable"}"#),
            (500, "{}"),
        ],
        expect![[r#"
            NotFound: The service does not find the connection spec `a1` in the sandbox `dev`. It says: not found with id = [..]. (HTTP 404)
            Conflict: Someone has changed the connection spec `a1` in the meantime. Look at what is there now, then try again. It says: Supplied version=["a"] does not match. (HTTP 412)
            Rejected: The service does not accept the connection spec `a1`. It says: Please provide a valid spec id. (HTTP 400)
            Rejected: The service does not accept the connection spec `a1`. It says: A valid content-type must be specified. (HTTP 400)
            Rejected: The service does not accept the connection spec `a1`. It says: d. (XDM-1012-404, request q2)
            RateLimited: The service gets too many requests. Try again in a few minutes. It says: slow down. (HTTP 429)
            Rejected: The service does not accept the connection spec `a1`. It says: Unprocessable. (HTTP 422)
            Unavailable, may have acted: The service does not work at the moment. Try again later. (HTTP 500)
        "#]],
    )
    .await;
}

#[tokio::test]
async fn whatever_else_may_stand_in_between() {
    check(
        &[
            (502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
            (407, ""),
            (403, "Access denied by policy"),
            (418, "null"),
            (400, "[1]"),
            (504, ""),
            (401, ""),
            (599, "\u{0}\u{1b}[31m"),
        ],
        expect![[r#"
            Unavailable, may have acted: The service does not work at the moment. Try again later. (HTTP 502)
            Network: The proxy wants a user name and password. Set them in its address, as in `http://name:password@proxy:8080`. (HTTP 407)
            UnexpectedResponse: Something that is not the service has refused the connection spec `a1`. A proxy or a firewall may stand before it: check the network and the address. (HTTP 403)
            UnexpectedResponse: Something that is not the service has refused the connection spec `a1`. A proxy or a firewall may stand before it: check the network and the address. (HTTP 418)
            UnexpectedResponse: Something that is not the service has refused the connection spec `a1`. A proxy or a firewall may stand before it: check the network and the address. (HTTP 400)
            Timeout, may have acted: The service did not finish in time. Try again later. (HTTP 504)
            Authentication: The service does not accept the access token from the variable `TOKEN`. Tokens usually last a day, and this one has probably expired: get a new one. (HTTP 401)
            Unavailable, may have acted: The service does not work at the moment. Try again later. (HTTP 599)
        "#]],
    )
    .await;
}

#[tokio::test]
async fn words_are_cut_and_cleaned() {
    let long = format!(r#"{{"message": "\u001b[31mred\u0007 \u202Eback\u200b {}"}}"#, "word ".repeat(200));
    let bench = given().with([answer(400, &[], &long)]).await;
    let error = bench.client.connection_spec("a").await.unwrap_err().to_string();
    assert!(
        error.starts_with("The service does not accept the connection spec `a`. It says: [31mred back word"),
        "{error}"
    );
    assert!(error.ends_with("… (HTTP 400)") && error.chars().count() < 400, "{error}");
}

#[tokio::test]
async fn the_request_is_named_by_the_body_or_the_header() {
    let named = |body: &str| answer(400, &[("x-request-id", "header-1")], body);
    let bench = given().with([named(r#"{"message": "m"}"#), named(&flow("1413-400", "m"))]).await;
    for expected in ["header-1", "r1"] {
        let error = bench.client.connection_spec("a").await.unwrap_err();
        assert_eq!(error.request_id(), Some(expected));
    }
    let error = bench.client.connection_spec("a").await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (None, None));
}
