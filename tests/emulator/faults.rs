//! Fault injection, and the log of requests.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use connspec::emulator::{Fault, FaultKind, FaultSchedule, Options, Requests};

use crate::client::{SPEC, Session, session, session_with};

const FLOW_SPEC: &str = "/flowSpecs/6499120c-0b15-42dc-936e-847ea3c24d72";

fn inject(session: &Session, kind: FaultKind, requests: Requests, schedule: FaultSchedule) {
    session.emulator.inject(Fault { kind, requests, schedule });
}

/// The statuses of this many reads.
fn reads(session: &Session, count: usize) -> Vec<u16> {
    (0..count).map(|_| session.get("/flowSpecs").status).collect()
}

#[test]
fn rate_limited_and_unavailable_have_retry_after() {
    let session = session();
    inject(&session, FaultKind::RateLimited { retry_after: Some(7) }, Requests::All, FaultSchedule::Next(2));
    let response = session.get("/flowSpecs");
    assert_eq!((response.status, response.header("retry-after")), (429, Some("7")));
    assert_eq!(reads(&session, 2), [429, 200]);
    inject(&session, FaultKind::Unavailable { retry_after: None }, Requests::All, FaultSchedule::Every(3));
    assert_eq!(reads(&session, 7), [200, 200, 503, 200, 200, 503, 200]);
    session.emulator.clear_faults();
    assert_eq!(reads(&session, 3), [200, 200, 200]);
}

#[test]
fn a_fault_affects_reads_or_writes() {
    let options = Options {
        faults: vec![Fault {
            kind: FaultKind::Unavailable { retry_after: Some(1) },
            requests: Requests::Writes,
            schedule: FaultSchedule::Next(1),
        }],
        ..Options::default()
    };
    let session = session_with(options);
    assert_eq!(reads(&session, 1), [200]);
    assert_eq!(session.post("/connectionSpecs", SPEC).code(), "503 FLOW-1011-503");
    assert_eq!(session.names("?property=name==acme"), [] as [&str; 0]);
    assert_eq!(session.post("/connectionSpecs", SPEC).status, 201);
}

#[test]
fn drop_response_processes_the_request() {
    let session = session();
    inject(&session, FaultKind::DropResponse, Requests::Writes, FaultSchedule::Next(1));
    assert!(session.request("POST", "/connectionSpecs").body(SPEC).try_send().is_none());
    assert_eq!(session.names("?property=name==acme"), ["acme"]);
    assert_eq!(session.post("/connectionSpecs", SPEC).status, 201);
}

#[test]
fn close_connection_does_not_process_the_request() {
    let session = session();
    inject(&session, FaultKind::CloseConnection, Requests::Writes, FaultSchedule::Next(1));
    assert!(session.request("POST", "/connectionSpecs").body(SPEC).try_send().is_none());
    assert_eq!(session.names("?property=name==acme"), [] as [&str; 0]);
    let requests: Vec<_> =
        session.emulator.requests().into_iter().map(|request| (request.method, request.status)).collect();
    assert_eq!(requests, [("POST".to_owned(), None), ("GET".to_owned(), Some(200))]);
}

#[test]
fn concurrent_edit_changes_what_was_read() {
    let session = session();
    let path = format!("/connectionSpecs/{}", session.create(SPEC));
    inject(&session, FaultKind::ConcurrentEdit, Requests::All, FaultSchedule::Next(2));
    // Lists and writes are not affected.
    session.names("");
    session.put(&path, SPEC);
    let (first, second, third) = (session.get(&path).item(), session.get(FLOW_SPEC).item(), session.get(&path).item());
    assert_eq!(first["description"], serde_json::Value::Null);
    assert!(third["description"].as_str().unwrap().starts_with("Changed by another author"), "{third}");
    assert!(third["updatedAt"].as_u64() > first["updatedAt"].as_u64());
    assert_ne!((&first["updatedBy"], &first["updatedClient"]), (&third["updatedBy"], &third["updatedClient"]));
    assert_eq!((&first["attributes"], &first["createdAt"]), (&third["attributes"], &third["createdAt"]));

    let sources = |item: &serde_json::Value| item["sourceConnectionSpecIds"].as_array().unwrap().clone();
    let (before, after) = (sources(&second), sources(&session.get(FLOW_SPEC).item()));
    assert_eq!((before.len(), after.len(), &after[0]), (1, 2, &before[0]));
    // The fault is over.
    assert_eq!(sources(&session.get(FLOW_SPEC).item()).len(), 2);
}

#[test]
fn concurrent_edit_does_not_change_builtins() {
    let session = session();
    inject(&session, FaultKind::ConcurrentEdit, Requests::All, FaultSchedule::Every(1));
    let path = "/connectionSpecs/2d46966e-4fcc-4015-9f9e-a67594e395a3";
    assert_eq!(session.get(path).body, session.get(path).body);
    assert_eq!(session.get("/connectionSpecs/unknown").status, 404);
}

#[test]
fn latency_delays_responses() {
    let session = session();
    session.emulator.set_latency(Duration::from_millis(80));
    let start = Instant::now();
    assert_eq!(session.get("/flowSpecs").status, 200);
    assert!(start.elapsed() >= Duration::from_millis(80));
}

/// The latency is an hour.
#[test]
fn stopping_does_not_wait_for_slow_clients() {
    let session = session();
    session.emulator.set_latency(Duration::from_secs(3600));
    let ask = session.request("GET", "/flowSpecs");
    let slow = std::thread::spawn(move || ask.try_send().map(|response| response.status));
    let mut half = TcpStream::connect(session.emulator.address()).unwrap();
    half.write_all(b"POST /ims/token/v3 HTTP/1.1\r\nHost:").unwrap();
    let start = Instant::now();
    session.emulator.stop();
    // The request may or may not have arrived.
    assert!(matches!(slow.join().unwrap(), Some(200) | None));
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn requests_are_logged_with_their_bodies() {
    let session = session();
    session.create(SPEC);
    session.get("/connectionSpecs?property=name==acme");
    let requests = session.emulator.requests();
    let path = "/data/foundation/flowservice/connectionSpecs";
    assert_eq!((requests[0].method.as_str(), requests[0].path.as_str()), ("POST", path));
    assert_eq!((requests[0].body.as_str(), requests[0].status), (SPEC, Some(201)));
    assert_eq!(requests[1].path, format!("{path}?property=name==acme"));
}
