//! `connspec emulator`: its output, its port and how it stops.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Stdio};

use expect_test::expect;

use crate::run::Folder;

/// A running emulator, and its output so far.
struct Emulator {
    child: Child,
    out: BufReader<ChildStdout>,
    output: String,
}

/// Starts an emulator and waits until it is ready.
fn start(folder: &Folder, arguments: &[&str]) -> Emulator {
    let arguments = [&["emulator"], arguments].concat();
    let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut output = String::new();
    while !output.contains("Logging requests") {
        assert_ne!(out.read_line(&mut output).unwrap(), 0, "{output}");
    }
    Emulator { child, out, output }
}

impl Emulator {
    fn address(&self) -> String {
        let line = self.output.lines().find_map(|line| line.strip_prefix("Listening on http://"));
        line.unwrap().to_owned()
    }

    /// The output without the port and the path of the folder.
    fn normalized_output(&self, folder: &Folder) -> String {
        let port = self.address().rsplit_once(':').unwrap().1.to_owned();
        let place = folder.path("").display().to_string();
        self.output.replace(&port, "PORT").replace(place.trim_end_matches('/'), "DIR")
    }

    /// Stops it with a signal. Returns the exit code and the rest of the output.
    #[cfg(unix)]
    fn end(mut self, signal: rustix::process::Signal) -> (Option<i32>, String) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

#[cfg(unix)]
#[test]
fn the_emulator_logs_requests_until_interrupted() {
    let folder = Folder::with(&[]);
    let emulator = start(&folder, &["--port", "0", "--data", "specs/emulator.redb"]);
    expect![[r#"
        Flow Service emulator (not Adobe's service)
        Listening on http://127.0.0.1:PORT
        Storing specs in specs/emulator.redb

        To use it, set:
          export CONNSPEC_GATEWAY=http://127.0.0.1:PORT
          export CONNSPEC_IMS=http://127.0.0.1:PORT
          export CONNSPEC_CLIENT_ID=connspec-local
          export CONNSPEC_CLIENT_SECRET=connspec-local-secret
          export CONNSPEC_ORG_ID=LOCAL@AdobeOrg
          export CONNSPEC_SANDBOX=prod

        Logging requests. Press Ctrl-C to stop.
    "#]]
    .assert_eq(&emulator.normalized_output(&folder));
    let response = get(&emulator.address(), "/data/foundation/flowservice/flowSpecs?property=name==a");
    assert!(response.contains("403010"), "{response}");
    let (code, rest) = emulator.end(rustix::process::Signal::INT);
    assert_eq!(code, Some(0));
    expect![[r#"
        403     GET  /data/foundation/flowservice/flowSpecs?property=name==a

        Stopped. Specs are stored in specs/emulator.redb
    "#]]
    .assert_eq(&rest);
    assert!(folder.path("specs/emulator.redb").exists());
    assert!(!folder.path("specs/emulator.redb.address").exists());
}

#[cfg(unix)]
#[test]
fn the_emulator_stops_on_sigterm() {
    let folder = Folder::with(&[]);
    let emulator = start(&folder, &["--port", "0", "--in-memory", "--org", "A@AdobeOrg", "--sandbox", "mine"]);
    assert!(emulator.output.contains("Storing specs in memory only"), "{}", emulator.output);
    assert!(emulator.output.contains("CONNSPEC_ORG_ID=A@AdobeOrg"), "{}", emulator.output);
    assert!(emulator.output.contains("CONNSPEC_SANDBOX=mine"), "{}", emulator.output);
    assert_eq!(emulator.end(rustix::process::Signal::TERM).0, Some(0));
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn specs_are_stored_in_the_user_s_data_folder_by_default() {
    let folder = Folder::with(&[]);
    let mut command = folder.command(["emulator", "--port", "0"]);
    command.env_remove("XDG_DATA_HOME").env_remove("HOME");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    expect![[r#"
        error: the user's data folder is unknown; use --data FILE or --in-memory
    "#]]
    .assert_eq(&String::from_utf8(output.stderr).unwrap());

    let mut child = folder
        .command(["emulator", "--port", "0"])
        .env("XDG_DATA_HOME", folder.path("data"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    while !output.contains("Logging requests") {
        assert_ne!(out.read_line(&mut output).unwrap(), 0, "{output}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(folder.path("data/connspec/emulator.redb").exists(), "{output}");
}

#[test]
fn a_port_in_use_is_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = Folder::with(&[]).run(["emulator", "--in-memory", "--port", &port]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    expect![[r#"
        error: port PORT is in use by another program; choose another, or 0 for any free port
    "#]]
    .assert_eq(&ran.err.replace(&port, "PORT"));
}

#[test]
fn an_unusable_data_file_is_exit_code_2() {
    let folder = Folder::with(&[("other.redb", b"not a data file")]);
    let mut first = start(&folder, &["--port", "0", "--data", "a.redb"]);
    let second = folder.run(["emulator", "--port", "0", "--data", "a.redb"]);
    let address = first.address();
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    let other = folder.run(["emulator", "--port", "0", "--data", "other.redb"]);
    assert_eq!((second.code, other.code), (Some(2), Some(2)));
    expect![[r#"
        error: a.redb is in use by another emulator on http://ADDRESS; use that one, stop it, or choose another data file
        error: other.redb is corrupt or isn't a data file of the emulator; it was not changed. Move it away, or choose another data file
    "#]].assert_eq(&(second.err.replace(&address, "ADDRESS") + &other.err));
    assert_eq!(folder.read("other.redb"), "not a data file");
}

#[test]
fn the_help_lists_every_option() {
    let help = Folder::with(&[]).run(["emulator", "--help"]).out;
    let help: Vec<_> = help.lines().map(str::trim_end).collect();
    expect![[r#"
        Run a local emulator of Flow Service, to try things without an account.

        It isn't Adobe's service: it handles requests for access tokens, connection specs and flow specs as
        Adobe documents them, and stores specs in one file. Only programs on this machine can reach it. Each
        request is logged until you press Ctrl-C.

        Usage: connspec emulator [OPTIONS]

        Options:
              --color <WHEN>
                  When to use color: auto, always or never

                  With auto, color is used if the output goes to a terminal. The environment variables
                  NO_COLOR and CLICOLOR_FORCE are respected.

                  [default: auto]

              --port <N>
                  Port on 127.0.0.1; 0 for any free port

                  [default: 8461]

              --data <FILE>
                  File to store specs in [default: in the user's data folder]

              --in-memory
                  Store specs in memory only

              --org <ORG>
                  Organization to accept; can be repeated

                  [default: LOCAL@AdobeOrg]

              --sandbox <NAME>
                  Sandbox of each organization; can be repeated

                  [default: prod dev]

          -h, --help
                  Print help (see a summary with '-h')

        Where Adobe's documents disagree:
              --wrap-responses
                  Respond to POST and PUT with { "items": [ … ] }

              --drop-unknown-fields
                  Drop fields that are not in the API reference, such as description

              --legacy-errors
                  Respond to errors in the older format

        Fault injection:
              --read-only
                  Reject all writes, as Adobe does until it has enabled them

              --latency <MS>
                  Delay each response by this many milliseconds

              --token-lifetime <SECONDS>
                  Lifetime of access tokens [default: one day]

              --rate-limit-every <N>
                  Respond to every Nth request with 429 and Retry-After

              --unavailable-every <N>
                  Respond to every Nth request with 503 and Retry-After

              --drop-response-every <N>
                  Process every Nth write, then close the connection without a response

              --close-connection-every <N>
                  Close the connection of every Nth request without processing it

              --concurrent-edit-every <N>
                  Change a spec as another author after every Nth read by ID"#]]
    .assert_eq(&help.join("\n"));
}
