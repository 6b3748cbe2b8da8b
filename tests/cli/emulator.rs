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
    expect![[r#"
        An emulator of Flow Service, not Adobe's service
        It listens on http://127.0.0.1:PORT
        Specs are kept in specs/emulator.redb

        To reach it, set:
          export CONNSPEC_GATEWAY=http://127.0.0.1:PORT
          export CONNSPEC_IMS=http://127.0.0.1:PORT
          export CONNSPEC_CLIENT_ID=connspec-local
          export CONNSPEC_CLIENT_SECRET=connspec-local-secret
          export CONNSPEC_ORG_ID=LOCAL@AdobeOrg
          export CONNSPEC_SANDBOX=prod

        Requests follow. Ctrl-C ends it.
    "#]]
    .assert_eq(&emulator.shown(&folder));
    let answer = asked(&emulator.address(), "/data/foundation/flowservice/flowSpecs?property=name==a");
    assert!(answer.contains("403010"), "{answer}");
    let (code, rest) = emulator.end(rustix::process::Signal::INT);
    assert_eq!(code, Some(0));
    expect![[r#"
        403     GET  /data/foundation/flowservice/flowSpecs?property=name==a

        The emulator has ended. Specs are kept in specs/emulator.redb
    "#]]
    .assert_eq(&rest);
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
    expect![[r#"
        connspec: the system names no place to keep specs in. Name a file with --data, or use --in-memory.
    "#]]
    .assert_eq(&String::from_utf8(output.stderr).unwrap());

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
    expect![[r#"
        connspec: port PORT is in use by another program. Choose another, or 0 for any that is free.
    "#]]
    .assert_eq(&ran.err.replace(&port, "PORT"));
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
    expect![[r#"
        connspec: a.redb is in use by another emulator, which listens on http://ADDRESS. Use that one, end it, or choose another data file.
        connspec: other.redb is damaged or no data file of the emulator. It was left as it is: move it away, or choose another data file.
    "#]].assert_eq(&(second.err.replace(&address, "ADDRESS") + &other.err));
    assert_eq!(folder.read("other.redb"), "not a data file");
}

#[test]
fn the_help_names_every_switch() {
    let help = Folder::with(&[]).run(["emulator", "--help"]).out;
    let help: Vec<_> = help.lines().map(str::trim_end).collect();
    expect![[r#"
        Run a Flow Service on this machine, to try things out without an account.

        It is an emulator, not Adobe's service: it behaves as Adobe's documents describe the requests for a
        token, for connection specs and for flow specs, and keeps what it is told in one file. Only programs
        on this machine reach it. It shows each request, and ends with Ctrl-C.

        Usage: connspec emulator [OPTIONS]

        Options:
              --color <WHEN>
                  When to use colour: auto, always or never.

                  With auto there is colour when the output goes to a terminal; the environment variables
                  NO_COLOR and CLICOLOR_FORCE are respected.

                  [default: auto]

              --port <N>
                  The port on 127.0.0.1; 0 for any that is free

                  [default: 8461]

              --data <FILE>
                  The file to keep specs in [default: one for each person, in the system's place for data]

              --in-memory
                  Keep specs in memory only

              --org <ORG>
                  An organization to let in; may be repeated

                  [default: LOCAL@AdobeOrg]

              --sandbox <NAME>
                  A sandbox of each organization; may be repeated

                  [default: prod dev]

          -h, --help
                  Print help (see a summary with '-h')

        Where the documents disagree:
              --wrap-answers
                  Answer a POST or PUT with { "items": [ … ] }

              --drop-unknown-fields
                  Do not keep fields that the API's description does not have, such as description

              --legacy-errors
                  Answer errors in their older shape

        Trouble, to see how a tool takes it:
              --read-only
                  Refuse all writes, as Adobe does before it has allowed them

              --latency <MS>
                  Take this many milliseconds for each answer

              --token-life <SECONDS>
                  Let a token live this many seconds [default: a day]

              --too-many-every <N>
                  Answer every Nth request with 429 and Retry-After

              --unavailable-every <N>
                  Answer every Nth request with 503 and Retry-After

              --lose-answer-every <N>
                  Carry out every Nth write, then close the connection without an answer

              --hang-up-every <N>
                  Close the connection of every Nth request and do nothing

              --other-author-every <N>
                  Let another author change a spec after every Nth time that one is read by its id"#]]
    .assert_eq(&help.join("\n"));
}
