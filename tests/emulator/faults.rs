//! What goes wrong on purpose, and what the emulator remembers of it.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use connspec::emulator::{Fault, FaultKind, FaultSchedule, Options, Requests};

use crate::client::{SPEC, Session, session, session_with};

const FLOW_SPEC: &str = "/flowSpecs/6499120c-0b15-42dc-936e-847ea3c24d72";

fn set(session: &Session, kind: FaultKind, requests: Requests, schedule: FaultSchedule) {
    session.running.inject(Fault { kind, requests, schedule });
}

/// The statuses of this many reads.
fn reads(session: &Session, count: usize) -> Vec<u16> {
    (0..count).map(|_| session.get("/flowSpecs").status).collect()
}

#[test]
fn a_busy_service_says_when_to_come_back() {
    let session = session();
    set(&session, FaultKind::RateLimited { retry_after: Some(7) }, Requests::All, FaultSchedule::Next(2));
    let answer = session.get("/flowSpecs");
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("7")));
    assert_eq!(reads(&session, 2), [429, 200]);
    set(&session, FaultKind::Unavailable { retry_after: None }, Requests::All, FaultSchedule::Every(3));
    assert_eq!(reads(&session, 7), [200, 200, 503, 200, 200, 503, 200]);
    session.running.clear_faults();
    assert_eq!(reads(&session, 3), [200, 200, 200]);
}

#[test]
fn trouble_is_for_reads_or_for_writes() {
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
fn a_lost_answer_leaves_what_was_done() {
    let session = session();
    set(&session, FaultKind::DropResponse, Requests::Writes, FaultSchedule::Next(1));
    assert!(session.ask("POST", "/connectionSpecs").body(SPEC).try_send().is_none());
    assert_eq!(session.names("?property=name==acme"), ["acme"]);
    assert_eq!(session.post("/connectionSpecs", SPEC).status, 201);
}

#[test]
fn a_service_that_hangs_up_has_done_nothing() {
    let session = session();
    set(&session, FaultKind::CloseConnection, Requests::Writes, FaultSchedule::Next(1));
    assert!(session.ask("POST", "/connectionSpecs").body(SPEC).try_send().is_none());
    assert_eq!(session.names("?property=name==acme"), [] as [&str; 0]);
    let seen: Vec<_> = session.running.requests().into_iter().map(|request| (request.method, request.status)).collect();
    assert_eq!(seen, [("POST".to_owned(), None), ("GET".to_owned(), Some(200))]);
}

#[test]
fn another_author_changes_what_was_just_read() {
    let session = session();
    let path = format!("/connectionSpecs/{}", session.posted(SPEC));
    set(&session, FaultKind::ConcurrentEdit, Requests::All, FaultSchedule::Next(2));
    // Lists and writes do not count.
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
    // It does so as often as it was told to.
    assert_eq!(sources(&session.get(FLOW_SPEC).item()).len(), 2);
}

#[test]
fn the_provider_s_own_connection_specs_stay_whoever_writes() {
    let session = session();
    set(&session, FaultKind::ConcurrentEdit, Requests::All, FaultSchedule::Every(1));
    let path = "/connectionSpecs/2d46966e-4fcc-4015-9f9e-a67594e395a3";
    assert_eq!(session.get(path).body, session.get(path).body);
    assert_eq!(session.get("/connectionSpecs/unknown").status, 404);
}

#[test]
fn an_answer_takes_as_long_as_it_is_told_to() {
    let session = session();
    session.running.set_latency(Duration::from_millis(80));
    let began = Instant::now();
    assert_eq!(session.get("/flowSpecs").status, 200);
    assert!(began.elapsed() >= Duration::from_millis(80));
}

/// One that waits in vain is given up after an hour.
#[test]
fn an_emulator_that_ends_waits_for_nobody() {
    let session = session();
    session.running.set_latency(Duration::from_secs(3600));
    let ask = session.ask("GET", "/flowSpecs");
    let slow = std::thread::spawn(move || ask.try_send().map(|answer| answer.status));
    let mut half = TcpStream::connect(session.running.address()).unwrap();
    half.write_all(b"POST /ims/token/v3 HTTP/1.1\r\nHost:").unwrap();
    let began = Instant::now();
    session.running.stop();
    // Whether the request has come by then is up to the system.
    assert!(matches!(slow.join().unwrap(), Some(200) | None));
    assert!(began.elapsed() < Duration::from_secs(60));
}

#[test]
fn requests_are_remembered_with_their_bodies() {
    let session = session();
    session.posted(SPEC);
    session.get("/connectionSpecs?property=name==acme");
    let requests = session.running.requests();
    let path = "/data/foundation/flowservice/connectionSpecs";
    assert_eq!((requests[0].method.as_str(), requests[0].path.as_str()), ("POST", path));
    assert_eq!((requests[0].body.as_str(), requests[0].status), (SPEC, Some(201)));
    assert_eq!(requests[1].path, format!("{path}?property=name==acme"));
}
