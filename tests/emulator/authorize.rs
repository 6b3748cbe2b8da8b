//! Authorization and validation: headers in the order in which they are checked, and bodies.

use expect_test::expect;
use serde_json::Value;

use crate::client::{Request, SPEC, session};

/// Problems are fixed one by one: each response reports the next one.
#[test]
fn headers_are_checked_in_order() {
    let session = session();
    let good = |name: &str| {
        let value = match name {
            "Authorization" => format!("Bearer {}", session.emulator.token()),
            "x-api-key" => "connspec-local".to_owned(),
            "x-gw-ims-org-id" => "LOCAL@AdobeOrg".to_owned(),
            "Content-Type" => "application/json; charset=utf-8".to_owned(),
            _ => "prod".to_owned(),
        };
        (name.to_owned(), value)
    };
    let mut set: Vec<(String, String)> = vec![("x-sandbox-id".to_owned(), "1".to_owned())];
    let mut rendered = String::new();
    for (name, wrong) in [
        ("Authorization", &["", "Bearer nonsense", "Basic abc", "Bearer"][..]),
        ("x-api-key", &["", "other"]),
        ("x-gw-ims-org-id", &["", "OTHER@AdobeOrg", "not an organization"]),
        ("Content-Type", &["", "text/plain", "application/jsonp"]),
        ("x-sandbox-id", &["1"]),
        ("x-sandbox-name", &["", "nowhere"]),
    ] {
        for value in wrong {
            let path = "/data/foundation/flowservice/connectionSpecs";
            let ask = Request::new(session.emulator.address(), "POST", path);
            let ask = set.iter().fold(ask, |ask, (name, value)| ask.with(name, value));
            let ask = if value.is_empty() { ask } else { ask.with(name, value) };
            rendered.push_str(&format!("{name} {value:?}: {}\n", ask.send().code()));
        }
        set.retain(|(known, _)| known != "x-sandbox-id" || name != "x-sandbox-id");
        if name != "x-sandbox-id" {
            set.push(good(name));
        }
    }
    expect![[r#"
        Authorization "": 403 403010
        Authorization "Bearer nonsense": 401 401013
        Authorization "Basic abc": 401 401013
        Authorization "Bearer": 401 401013
        x-api-key "": 403 403000
        x-api-key "other": 403 403003
        x-gw-ims-org-id "": 400 400003
        x-gw-ims-org-id "OTHER@AdobeOrg": 403 403025
        x-gw-ims-org-id "not an organization": 403 403027
        Content-Type "": 400 /placeholder/type/uri
        Content-Type "text/plain": 400 /placeholder/type/uri
        Content-Type "application/jsonp": 400 /placeholder/type/uri
        x-sandbox-id "1": 400 FLOW-2110-400
        x-sandbox-name "": 400 FLOW-2105-400
        x-sandbox-name "nowhere": 404 FLOW-2100-404
    "#]]
    .assert_eq(&rendered);
}

/// The body of a response without the request ID.
fn without_request_id(body: &Value) -> String {
    let mut body = body.clone();
    if let Some(id) = body.pointer_mut("/report/request-id") {
        *id = "ID".into();
    }
    body.to_string()
}

#[test]
fn errors_have_the_documented_formats() {
    let session = session();
    let bodies = [
        session.get("/connectionSpecs/unknown"),
        session.request("GET", "/flowSpecs").with("x-sandbox-name", "nowhere").send(),
        session.request("GET", "/flowSpecs").without("authorization").send(),
        session.request("POST", "/flowSpecs").body("{}").with("Content-Type", "text/plain").send(),
    ];
    let all: Vec<_> = bodies.iter().map(|response| without_request_id(&response.json())).collect();
    expect![[r#"
        {"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"Resource not found","status":404,"report":{"detailed-message":"connectionSpecs not found with id = [unknown]","id":"unknown","request-id":"ID","type":"connectionSpecs"},"errorMessage":"connectionSpecs not found with id = [unknown]","errorDetails":"connectionSpecs not found with id = [unknown]"}
        {"type":"https://ns.adobe.com/aep/errors/FLOW-2100-404","title":"Resource not found","status":404,"report":{"detailed-message":"The sandbox `nowhere` does not exist.","request-id":"ID"},"errorMessage":"The sandbox `nowhere` does not exist.","errorDetails":"The sandbox `nowhere` does not exist."}
        {"error_code":"403010","message":"Oauth token is missing."}
        {"type":"/placeholder/type/uri","status":400,"title":"BadRequestError","detail":"A valid content-type must be specified"}"#]].assert_eq(&all.join("\n"));
    let report = &bodies[0].json()["report"]["request-id"];
    assert_eq!(report.as_str(), bodies[0].header("x-request-id"));
    assert_ne!(bodies[0].header("x-request-id"), bodies[1].header("x-request-id"));
}

#[test]
fn invalid_bodies_are_rejected() {
    let session = session();
    let path = format!("/connectionSpecs/{}", session.create(SPEC));
    let deep = format!(r#"{{"name":"a","providerId":"p","a":{}{}}}"#, "[".repeat(2000), "]".repeat(2000));
    let bodies: [&[u8]; 14] = [
        b"",
        b" \n",
        b"{",
        br#"{"name":"a","providerId":"p",}"#,
        br#"{"name":"a","providerId":"p"} {}"#,
        b"// no\n{}",
        b"[]",
        b"\"name\"",
        b"{\"name\":\"\xff\"}",
        br#"{"providerId":"p"}"#,
        br#"{"name":"a"}"#,
        br#"{"name":" ","providerId":"p"}"#,
        br#"{"name":1,"providerId":"p"}"#,
        deep.as_bytes(),
    ];
    let mut rendered = String::new();
    for body in bodies {
        let (post, put) =
            (session.request("POST", "/connectionSpecs").body(body), session.request("PUT", &path).body(body));
        let (post, put) = (post.send(), put.send());
        assert_eq!(post.code(), put.code());
        let start: String = String::from_utf8_lossy(body).chars().take(40).collect();
        rendered.push_str(&format!("{start:?}: {} {}\n", post.code(), post.json()["errorMessage"]));
    }
    expect![[r#"
        "": 400 FLOW-1405-400 "The body is empty. Send the spec as JSON."
        " \n": 400 FLOW-1405-400 "The body is empty. Send the spec as JSON."
        "{": 400 FLOW-1000-400 "The body isn't valid JSON: syntax error in line 1."
        "{\"name\":\"a\",\"providerId\":\"p\",}": 400 FLOW-1000-400 "The body isn't valid JSON: syntax error in line 1."
        "{\"name\":\"a\",\"providerId\":\"p\"} {}": 400 FLOW-1000-400 "The body isn't valid JSON: syntax error in line 1."
        "// no\n{}": 400 FLOW-1000-400 "The body isn't valid JSON: syntax error in line 1."
        "[]": 400 FLOW-1000-400 "The body isn't a JSON object."
        "\"name\"": 400 FLOW-1000-400 "The body isn't a JSON object."
        "{\"name\":\"�\"}": 400 FLOW-1000-400 "The body isn't valid UTF-8."
        "{\"providerId\":\"p\"}": 400 FLOW-1304-400 "The mandatory field `name` is missing."
        "{\"name\":\"a\"}": 400 FLOW-1304-400 "The mandatory field `providerId` is missing."
        "{\"name\":\" \",\"providerId\":\"p\"}": 400 FLOW-1304-400 "The mandatory field `name` is missing."
        "{\"name\":1,\"providerId\":\"p\"}": 400 FLOW-1312-400 "The value of `name` is not a string."
        "{\"name\":\"a\",\"providerId\":\"p\",\"a\":[[[[[[[": 400 FLOW-1000-400 "The body is nested too deeply."
    "#]].assert_eq(&rendered);
    assert_eq!(session.get(&path).item()["name"], "acme");
}

#[test]
fn an_unknown_id_is_not_found() {
    let session = session();
    for path in ["/connectionSpecs/nothing", "/flowSpecs/nothing"] {
        for response in [session.get(path), session.put(path, SPEC)] {
            assert_eq!(response.code(), "404 FLOW-1439-404");
            let report = &response.json()["report"];
            assert_eq!(report["id"], "nothing");
            assert!(path.contains(report["type"].as_str().unwrap()), "{report}");
        }
    }
}

#[test]
fn a_spec_exists_only_in_its_sandbox() {
    let session = session();
    let path = format!("/connectionSpecs/{}", session.create(SPEC));
    for method in ["GET", "PUT"] {
        let elsewhere = session.request(method, &path).with("x-sandbox-name", "dev").body(SPEC).send();
        assert_eq!(elsewhere.code(), "404 FLOW-1439-404");
    }
    assert_eq!(session.get(&path).status, 200);
}

#[test]
fn every_response_names_the_emulator_and_allows_no_cross_origin_read() {
    let session = session();
    let closed = session.request("GET", "/flowSpecs").with("Host", "flow.example").send();
    let elsewhere = Request::new(session.emulator.address(), "GET", "/").with("Origin", "https://a.example").send();
    for response in [session.get("/flowSpecs"), session.get("/nothing"), closed, elsewhere] {
        let says = response.header("x-connspec-emulator").unwrap();
        assert_eq!(says, "a local emulator of Flow Service, not Adobe's service");
        assert!(response.header("server").unwrap().starts_with("connspec-emulator/"));
        assert!(response.header("x-request-id").is_some());
        assert_eq!(response.header("access-control-allow-origin"), None);
    }
}

#[test]
fn only_loopback_hosts_are_accepted() {
    let session = session();
    let port = session.emulator.address().port();
    let host = |host: &str| session.request("GET", "/flowSpecs").with("Host", host).send().status;
    for name in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!((host(name), host(&format!("{name}:{port}"))), (200, 200), "{name}");
    }
    for name in ["flow.example", "127.0.0.1.flow.example", "localhost.flow.example:80", "10.0.0.1", "::1x", "a@b"] {
        assert_eq!(host(name), 421, "{name}");
    }
    assert_eq!(session.request("GET", "/flowSpecs").without("Host").send().status, 421);
    let token = Request::new(session.emulator.address(), "POST", "/ims/token/v3").with("Host", "ims.example").send();
    assert_eq!(token.status, 421);
}

#[test]
fn a_body_that_is_too_large_is_rejected() {
    let session = session();
    let body = format!(r#"{{"name":"a","providerId":"p","n":"{}"}}"#, "x".repeat(8 << 20));
    assert_eq!(session.request("POST", "/connectionSpecs").body(&body).send().status, 413);
    let large = format!(r#"{{"name":"a","providerId":"p","n":"{}"}}"#, "x".repeat(4 << 20));
    assert_eq!(session.request("POST", "/connectionSpecs").body(&large).send().status, 201);
}
