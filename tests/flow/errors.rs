//! Error responses in every documented format, and their messages.

use expect_test::{Expect, expect};

use crate::fixture::with_token;
use crate::server::respond;

/// The messages for error responses to a write.
async fn check(responses: &[(u16, &str)], expected: Expect) {
    let mut rendered = String::new();
    for (status, body) in responses {
        let fixture = with_token().with((0..4).map(|_| respond(*status, &[], body))).await;
        let error = fixture.client.replace_connection_spec("a1", "{}", None).await.unwrap_err();
        rendered += &format!("{}\n", fixture.describe(&error));
    }
    expected.assert_eq(&rendered);
}

fn flow(code: &str, message: &str) -> String {
    format!(
        r#"{{"type": "https://ns.adobe.com/aep/errors/FLOW-{code}", "title": "Invalid request", "status": 400,
            "report": {{"detailed-message": "{message}", "request-id": "r1", "type": "connectionSpecs"}},
            "errorMessage": "{message}", "errorDetails": "{message}"}}"#
    )
}

#[tokio::test]
async fn errors_of_the_gateway() {
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
            Rejected: The request arrived without its `Authorization` header (the access token). A proxy may have removed it. (403010)
            Authentication: The access token from the variable `TOKEN` was rejected. It has probably expired, since tokens usually last a day: get a new one. (401013)
            Rejected: The request arrived without its `x-api-key` header (the client ID). A proxy may have removed it. (403000)
            Authentication: The client ID is unknown. Check it, and add the Experience Platform API to its project in Adobe Developer Console. (403003)
            Rejected: The request arrived without its `x-gw-ims-org-id` header (the organization). A proxy may have removed it. (400003)
            Permission: This credential has no access to Experience Platform in organization `12@AdobeOrg`. Check the organization ID, and add the credential to a product profile of Experience Platform. (403025)
            Permission: This credential has no access to Experience Platform in organization `12@AdobeOrg`. Check the organization ID, and add the credential to a product profile of Experience Platform. (403027)
            Rejected: Flow Service rejected connection spec `a1`. Details: something new happened. (400999)
        "#]],
    )
    .await;
}

#[tokio::test]
async fn errors_of_flow_service() {
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
        Permission: This credential may not create or update connection specs. Adobe has to enable this for your organization: ask your contact at Adobe, and provide the client ID. (1426-400, request r1)
        NotFound: Connection spec `a1` does not exist in sandbox `dev`. (1439-404, request r1)
        NotFound: Sandbox `dev` does not exist for this credential. Check its name, which is lower case such as `prod`, and whether the role of the credential includes the sandbox. (2100-404, request r1)
        Permission: This credential lacks a permission in sandbox `dev`. Add it to a role in Permissions, under API credentials. Details: no access to Enterprise Source. (2120-403, request r1)
        Permission: The access token is not valid for organization `12@AdobeOrg`, or the organization does not exist. Check the organization ID and the client. (2000-401, request r1)
        Conflict: Connection spec `a1` was changed by someone else in the meantime. Review the remote version, then try again. (1404-412, request r1)
        Rejected: A field of connection spec `a1` is missing or has an invalid value. Details: Mandatory field providerId is missing. (1304-400, request r1)
        Rejected: Flow Service rejected connection spec `a1`. Details: one of two meanings. (1403-400, request r1)
        Unavailable, may have completed: Flow Service is unavailable. Try again later. Details: provider unavailable. (1103-503, request r1)
    "#]]).await;
}

#[tokio::test]
async fn errors_in_older_and_other_formats() {
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
            NotFound: Connection spec `a1` does not exist in sandbox `dev`. Details: not found with id = [..]. (HTTP 404)
            Conflict: Connection spec `a1` was changed by someone else in the meantime. Review the remote version, then try again. Details: Supplied version=["a"] does not match. (HTTP 412)
            Rejected: Flow Service rejected connection spec `a1`. Details: Please provide a valid spec id. (HTTP 400)
            Rejected: Flow Service rejected connection spec `a1`. Details: A valid content-type must be specified. (HTTP 400)
            Rejected: Flow Service rejected connection spec `a1`. Details: d. (XDM-1012-404, request q2)
            RateLimited: Flow Service received too many requests. Try again in a few minutes. Details: slow down. (HTTP 429)
            Rejected: Flow Service rejected connection spec `a1`. Details: Unprocessable. (HTTP 422)
            Unavailable, may have completed: Flow Service is unavailable. Try again later. (HTTP 500)
        "#]],
    )
    .await;
}

#[tokio::test]
async fn errors_of_proxies() {
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
            Unavailable, may have completed: Flow Service is unavailable. Try again later. (HTTP 502)
            Network: The proxy requires a user name and password. Add them to its URL, as in `http://name:password@proxy:8080`. (HTTP 407)
            UnexpectedResponse: The request for connection spec `a1` was rejected by something other than Flow Service, perhaps a proxy or a firewall. Check the network and the URL. (HTTP 403)
            UnexpectedResponse: The request for connection spec `a1` was rejected by something other than Flow Service, perhaps a proxy or a firewall. Check the network and the URL. (HTTP 418)
            UnexpectedResponse: The request for connection spec `a1` was rejected by something other than Flow Service, perhaps a proxy or a firewall. Check the network and the URL. (HTTP 400)
            Timeout, may have completed: Flow Service did not respond in time. Try again later. (HTTP 504)
            Authentication: The access token from the variable `TOKEN` was rejected. It has probably expired, since tokens usually last a day: get a new one. (HTTP 401)
            Unavailable, may have completed: Flow Service is unavailable. Try again later. (HTTP 599)
        "#]],
    )
    .await;
}

#[tokio::test]
async fn details_are_shortened_and_sanitized() {
    let long = format!(r#"{{"message": "\u001b[31mred\u0007 \u202Eback\u200b {}"}}"#, "word ".repeat(200));
    let fixture = with_token().with([respond(400, &[], &long)]).await;
    let error = fixture.client.connection_spec("a").await.unwrap_err().to_string();
    assert!(error.starts_with("Flow Service rejected connection spec `a`. Details: [31mred back word"), "{error}");
    assert!(error.ends_with("… (HTTP 400)") && error.chars().count() < 400, "{error}");
}

#[tokio::test]
async fn the_request_id_is_in_the_body_or_the_header() {
    let named = |body: &str| respond(400, &[("x-request-id", "header-1")], body);
    let fixture = with_token().with([named(r#"{"message": "m"}"#), named(&flow("1413-400", "m"))]).await;
    for expected in ["header-1", "r1"] {
        let error = fixture.client.connection_spec("a").await.unwrap_err();
        assert_eq!(error.request_id(), Some(expected));
    }
    let error = fixture.client.connection_spec("a").await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (None, None));
}
