//! `connspec emulator`: what it says, where it listens and how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Stdio};

use expect_test::expect;

use crate::run::Folder;

/// An emulator that runs, and what it has said so far.
struct Started {
    child: Child,
    out: BufReader<ChildStdout>,
    said: String,
}

/// Starts one and waits until it says that requests follow.
fn started(folder: &Folder, arguments: &[&str]) -> Started {
    let arguments = [&["emulator"], arguments].concat();
    let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("Requests follow") {
        assert_ne!(out.read_line(&mut said).unwrap(), 0, "{said}");
    }
    Started { child, out, said }
}

impl Started {
    fn address(&self) -> String {
        let line = self.said.lines().find_map(|line| line.strip_prefix("It listens on http://"));
        line.unwrap().to_owned()
    }

    /// What it says with its port and this folder left out.
    fn shown(&self, folder: &Folder) -> String {
        let port = self.address().rsplit_once(':').unwrap().1.to_owned();
        let place = folder.path("").display().to_string();
        self.said.replace(&port, "PORT").replace(place.trim_end_matches('/'), "DIR")
    }

    /// Tells it to end; gives back what it says then.
    #[cfg(unix)]
    fn end(mut self, signal: rustix::process::Signal) -> (Option<i32>, String) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

fn asked(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[cfg(unix)]
#[test]
fn it_says_what_it_is_shows_requests_and_ends_when_it_is_told_to() {
    let folder = Folder::with(&[]);
    let emulator = started(&folder, &["--port", "0", "--data", "specs/emulator.redb"]);
    expect![[r#""#]].assert_eq(&emulator.shown(&folder));
    let answer = asked(&emulator.address(), "/data/foundation/flowservice/flowSpecs?property=name==a");
    assert!(answer.contains("403010"), "{answer}");
    let (code, rest) = emulator.end(rustix::process::Signal::INT);
    assert_eq!(code, Some(0));
    expect![[r#""#]].assert_eq(&rest);
    assert!(folder.path("specs/emulator.redb").exists());
    assert!(!folder.path("specs/emulator.redb.address").exists());
}

#[cfg(unix)]
#[test]
fn it_ends_when_the_system_wants_it_to() {
    let folder = Folder::with(&[]);
    let emulator = started(&folder, &["--port", "0", "--in-memory", "--org", "A@AdobeOrg", "--sandbox", "mine"]);
    assert!(emulator.said.contains("Nothing is kept when it ends."), "{}", emulator.said);
    assert!(emulator.said.contains("CONNSPEC_ORG_ID=A@AdobeOrg"), "{}", emulator.said);
    assert!(emulator.said.contains("CONNSPEC_SANDBOX=mine"), "{}", emulator.said);
    assert_eq!(emulator.end(rustix::process::Signal::TERM).0, Some(0));
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn specs_have_a_place_of_their_own_for_each_person() {
    let folder = Folder::with(&[]);
    let mut command = folder.command(["emulator", "--port", "0"]);
    command.env_remove("XDG_DATA_HOME").env_remove("HOME");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    expect![[r#""#]].assert_eq(&String::from_utf8(output.stderr).unwrap());

    let mut child = folder
        .command(["emulator", "--port", "0"])
        .env("XDG_DATA_HOME", folder.path("data"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    while !said.contains("Requests follow") {
        assert_ne!(out.read_line(&mut said).unwrap(), 0, "{said}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(folder.path("data/connspec/emulator.redb").exists(), "{said}");
}

#[test]
fn a_port_in_use_is_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = Folder::with(&[]).run(["emulator", "--in-memory", "--port", &port]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    expect![[r#""#]].assert_eq(&ran.err.replace(&port, "PORT"));
}

#[test]
fn a_data_file_in_use_or_of_another_kind_is_exit_code_2() {
    let folder = Folder::with(&[("other.redb", b"not a data file")]);
    let mut first = started(&folder, &["--port", "0", "--data", "a.redb"]);
    let second = folder.run(["emulator", "--port", "0", "--data", "a.redb"]);
    let address = first.address();
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    let other = folder.run(["emulator", "--port", "0", "--data", "other.redb"]);
    assert_eq!((second.code, other.code), (Some(2), Some(2)));
    expect![[r#""#]].assert_eq(&(second.err.replace(&address, "ADDRESS") + &other.err));
    assert_eq!(folder.read("other.redb"), "not a data file");
}

#[test]
fn the_help_names_every_switch() {
    expect![[r#""#]].assert_eq(&Folder::with(&[]).run(["emulator", "--help"]).out);
}
