//! What is kept between runs, and that nothing which was answered is ever lost.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, Emulator, Error, Options, Storage};

use crate::client::{Ask, SPEC, Session, session_with};

/// A place for one test's files.
fn folder() -> PathBuf {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let name = format!("emulator-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn options(path: &Path) -> Options {
    Options { storage: Storage::File(path.to_owned()), ..Options::default() }
}

fn opened(path: &Path) -> Session {
    session_with(options(path))
}

#[test]
fn specs_are_there_again_after_the_end() {
    let path = folder().join("deeper/emulator.redb");
    let session = opened(&path);
    let (spec, id) = (session.posted(SPEC), "e77fde5a-22a8-11ed-861d-0242ac120002");
    session.posted(r#"{"name":"second","providerId":"p"}"#);
    let flow_spec = format!("/flowSpecs/{id}");
    session.put(&flow_spec, r#"{"name":"GenericStreamingAEP","providerId":"p","sourceConnectionSpecIds":["a"]}"#);
    let before = (session.get("/connectionSpecs").body, session.get(&flow_spec).body);
    session.running.stop();

    let session = opened(&path);
    assert_eq!((session.get("/connectionSpecs").body, session.get(&flow_spec).body), before);
    assert_eq!(session.names("")[3..], ["acme", "second"]);
    assert_eq!(session.put(&format!("/connectionSpecs/{spec}"), SPEC).status, 200);
    assert_eq!(session.names("")[3..], ["acme", "second"], "a replaced spec keeps its place");
}

#[test]
fn a_file_is_for_one_emulator_at_a_time() {
    let path = folder().join("emulator.redb");
    let first = Emulator::start(options(&path)).unwrap();
    let Err(Error::DataFileInUse { address, .. }) = Emulator::start(options(&path)) else {
        panic!("it was opened twice")
    };
    assert_eq!(address, Some(first.address()));
    first.stop();
    let second = Emulator::start(options(&path)).unwrap();
    second.stop();
    assert!(!path.with_extension("redb.address").exists());
}

#[test]
fn a_damaged_file_is_told_and_left_as_it_is() {
    let folder = folder();
    let good = folder.join("good.redb");
    let session = opened(&good);
    session.posted(SPEC);
    session.running.stop();
    let good = fs::read(good).unwrap();
    let with = |at: usize, bytes: &[u8]| {
        let mut damaged = good.clone();
        damaged[at..at + bytes.len()].copy_from_slice(bytes);
        damaged
    };
    let damaged = [
        b"not a data file".to_vec(),
        vec![0; 5000],
        with(0, b"none"),
        with(9, &[0xff; 100]),
        good[..100].to_vec(),
        good[..good.len() / 2].to_vec(),
    ];
    for (number, bytes) in damaged.iter().enumerate() {
        let path = folder.join(format!("{number}.redb"));
        fs::write(&path, bytes).unwrap();
        let started = Emulator::start(options(&path));
        assert!(matches!(&started, Err(Error::DataFileCorrupt(named)) if *named == path), "{number}: {started:?}");
        assert_eq!(&fs::read(&path).unwrap(), bytes, "{number}");
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_told() {
    let folder = folder();
    let started = Emulator::start(options(&folder));
    assert!(matches!(&started, Err(Error::DataFile(named, _)) if *named == folder), "{started:?}");
    fs::write(folder.join("file"), "").unwrap();
    let started = Emulator::start(options(&folder.join("file/emulator.redb")));
    assert!(matches!(&started, Err(Error::DataFile(..))), "{started:?}");
}

/// An emulator in a process of its own.
struct Process {
    child: Child,
    address: SocketAddr,
    token: String,
}

impl Process {
    fn start(path: &Path) -> Process {
        let mut command = Command::new(env!("CARGO_BIN_EXE_connspec"));
        command.args(["emulator", "--port", "0", "--data"]).arg(path).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(|line| line.unwrap());
        let mut said = lines.filter_map(|line| line.strip_prefix("It listens on http://").map(str::to_owned));
        let address = said.next().unwrap().parse().unwrap();
        // Its words are read to the end, or it would wait for them to be.
        thread::spawn(move || said.count());
        let query =
            format!("grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}&scope=a");
        let answer = Ask::new(address, "POST", &format!("/ims/token/v3?{query}")).send();
        let token = answer.json()["access_token"].as_str().unwrap().to_owned();
        Process { child, address, token }
    }

    /// Posts specs named after a number until no answer comes, but no more than so many; gives back the names that were
    /// answered.
    fn post(address: SocketAddr, token: &str, writer: &str, most: usize) -> Vec<String> {
        let mut answered = Vec::new();
        for number in 0..most {
            let name = format!("{writer}-{number}");
            let body = format!(r#"{{"name":"{name}","providerId":"p"}}"#);
            match Ask::with_headers(address, token, "POST", "/connectionSpecs").body(body).try_send() {
                Some(answer) if answer.status == 201 => answered.push(name),
                _ => break,
            }
        }
        answered
    }
}

#[test]
fn nothing_that_was_answered_is_lost_when_it_is_killed() {
    let path = folder().join("emulator.redb");
    let mut answered = Vec::new();
    for round in 0..12 {
        let mut process = Process::start(&path);
        let (address, token) = (process.address, process.token.clone());
        // The other writer is somewhere in the middle of a write when this one has written enough.
        let other = thread::spawn(move || Process::post(address, &token, &format!("other-{round}"), usize::MAX));
        let wrote = Process::post(address, &process.token, &format!("this-{round}"), 1 + round);
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        assert_eq!(wrote.len(), 1 + round);
        answered.extend(wrote);
        answered.extend(other.join().unwrap());
    }
    let kept = opened(&path).names("");
    let lost: Vec<_> = answered.iter().filter(|name| !kept.contains(name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    // A write that was not answered may be there too, but none is there twice.
    let mut once = kept.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), kept.len());
}
