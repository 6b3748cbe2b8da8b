//! What is stored between runs; no acknowledged write is lost.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, Emulator, Error, Options, Storage};

use crate::client::{Request, SPEC, Session, session_with};

/// A folder for the files of one test.
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
fn specs_survive_a_restart() {
    let path = folder().join("deeper/emulator.redb");
    let session = opened(&path);
    let (spec, id) = (session.create(SPEC), "e77fde5a-22a8-11ed-861d-0242ac120002");
    session.create(r#"{"name":"second","providerId":"p"}"#);
    let flow_spec = format!("/flowSpecs/{id}");
    session.put(&flow_spec, r#"{"name":"GenericStreamingAEP","providerId":"p","sourceConnectionSpecIds":["a"]}"#);
    let before = (session.get("/connectionSpecs").body, session.get(&flow_spec).body);
    session.emulator.stop();

    let session = opened(&path);
    assert_eq!((session.get("/connectionSpecs").body, session.get(&flow_spec).body), before);
    assert_eq!(session.names("")[3..], ["acme", "second"]);
    assert_eq!(session.put(&format!("/connectionSpecs/{spec}"), SPEC).status, 200);
    assert_eq!(session.names("")[3..], ["acme", "second"], "a replaced spec keeps its position");
}

#[test]
fn a_data_file_is_used_by_one_emulator() {
    let path = folder().join("emulator.redb");
    let first = Emulator::start(options(&path)).unwrap();
    let Err(Error::DataFileInUse { address, .. }) = Emulator::start(options(&path)) else {
        panic!("the file was opened twice")
    };
    assert_eq!(address, Some(first.address()));
    first.stop();
    let second = Emulator::start(options(&path)).unwrap();
    second.stop();
    assert!(!path.with_extension("redb.address").exists());
}

#[test]
fn a_corrupt_data_file_is_reported_and_not_changed() {
    let folder = folder();
    let good = folder.join("good.redb");
    let session = opened(&good);
    session.create(SPEC);
    session.emulator.stop();
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
#[cfg(unix)]
fn the_data_is_for_this_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder().join("new");
    let path = folder.join("emulator.redb");
    let _emulator = Emulator::start(options(&path)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!([mode(&path), mode(&folder.join("emulator.redb.address"))], [0o600, 0o600]);
}

#[test]
fn an_inaccessible_data_file_is_reported() {
    let folder = folder();
    let started = Emulator::start(options(&folder));
    assert!(matches!(&started, Err(Error::DataFile(named, _)) if *named == folder), "{started:?}");
    fs::write(folder.join("file"), "").unwrap();
    let started = Emulator::start(options(&folder.join("file/emulator.redb")));
    assert!(matches!(&started, Err(Error::DataFile(..))), "{started:?}");
}

/// An emulator in another process.
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
        let mut addresses = lines.filter_map(|line| line.strip_prefix("Listening on http://").map(str::to_owned));
        let address = addresses.next().unwrap().parse().unwrap();
        // The output is read to the end, or the emulator would block.
        thread::spawn(move || addresses.count());
        let query =
            format!("grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}&scope=a");
        let response = Request::new(address, "POST", &format!("/ims/token/v3?{query}")).send();
        let token = response.json()["access_token"].as_str().unwrap().to_owned();
        Process { child, address, token }
    }

    /// Creates specs with numbered names until a request fails, but at most `max`. Returns the acknowledged names.
    fn post(address: SocketAddr, token: &str, writer: &str, max: usize) -> Vec<String> {
        let mut acknowledged = Vec::new();
        for number in 0..max {
            let name = format!("{writer}-{number}");
            let body = format!(r#"{{"name":"{name}","providerId":"p"}}"#);
            match Request::with_headers(address, token, "POST", "/connectionSpecs").body(body).try_send() {
                Some(response) if response.status == 201 => acknowledged.push(name),
                _ => break,
            }
        }
        acknowledged
    }
}

#[test]
fn no_acknowledged_write_is_lost_when_killed() {
    let path = folder().join("emulator.redb");
    let mut acknowledged = Vec::new();
    for round in 0..12 {
        let mut process = Process::start(&path);
        let (address, token) = (process.address, process.token.clone());
        // The other writer is probably in the middle of a write when this one is done.
        let other = thread::spawn(move || Process::post(address, &token, &format!("other-{round}"), usize::MAX));
        let wrote = Process::post(address, &process.token, &format!("this-{round}"), 1 + round);
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        assert_eq!(wrote.len(), 1 + round);
        acknowledged.extend(wrote);
        acknowledged.extend(other.join().unwrap());
    }
    let stored = opened(&path).names("");
    let lost: Vec<_> = acknowledged.iter().filter(|name| !stored.contains(name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    // Writes that were not acknowledged may be stored too, but none twice.
    let mut once = stored.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), stored.len());
}
