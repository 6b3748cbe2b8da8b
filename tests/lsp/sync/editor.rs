//! An editor with one spec on screen, an emulator, and another author using the same emulator.

use std::collections::BTreeMap;
use std::process::Stdio;

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, Emulator, ORG, Options};
use connspec::flow_service::{self, ClientOptions, Credentials, Secret, ServiceTarget};
use connspec::project::{STATE_FILE_NAME, TrustedUrl};
use connspec::server::{Ide, Server};
use connspec::text::{Encoding, Position, Text};
use serde_json::{Value, json};

use crate::client::{Client, command};
use crate::folder::Folder;

/// A spec without problems.
pub const SPEC: &str = include_str!("../../specs/batch-none-connectionSpec.json");

/// Its name.
pub const NAME: &str = "Tidewater price list";

/// The name of its file.
pub const FILE: &str = "tidewater-connectionSpec.json";

/// An editor with one spec on screen.
pub struct Editor {
    pub client: Client,
    pub folder: Folder,
    pub emulator: Emulator,
    pub uri: String,
    pub text: String,
    version: i32,
    /// The messages and questions for the person, in order.
    pub said: Vec<String>,
    /// The other requests of the server, by method.
    pub asked: Vec<String>,
}

impl Editor {
    /// With the spec on screen, signed in by the environment.
    pub fn new() -> Editor {
        Editor::with(json!({}))
    }

    /// The same, started with these options.
    pub fn with(options: Value) -> Editor {
        let (emulator, folder) = (Emulator::start(Options::default()).unwrap(), Folder::with(&[(FILE, SPEC)]));
        let client = Client::served(Server::new(Ide).variables(variables(&emulator)));
        Editor::open(client, emulator, folder, options)
    }

    /// Another session with the same folder and emulator: without a folder for user data, it does not know what this one did.
    pub fn again(self) -> Editor {
        let client = Client::served(Server::new(Ide).variables(variables(&self.emulator)));
        Editor::open(client, self.emulator, self.folder, json!({}))
    }

    /// The same with the program, which writes all that it can log to the file `log`.
    pub fn of_program() -> Editor {
        let (emulator, folder) = (Emulator::start(Options::default()).unwrap(), Folder::with(&[(FILE, SPEC)]));
        let log = std::fs::File::create(folder.path("log")).unwrap();
        let mut program = command();
        program.envs(variables(&emulator)).env("CONNSPEC_LOG", "trace");
        let program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        Editor::open(Client::of(program), emulator, folder, json!({ "trace": { "timing": true } }))
    }

    /// The same in the hands of this client, which has said nothing yet.
    pub fn open(mut client: Client, emulator: Emulator, folder: Folder, options: Value) -> Editor {
        let kinds = json!({ "codeActionKind": { "valueSet": ["quickfix"] } });
        let capabilities = json!({
            "workspace": {
                "applyEdit": true, "workspaceEdit": { "documentChanges": true }, "codeLens": { "refreshSupport": true },
            },
            "textDocument": { "codeAction": { "codeActionLiteralSupport": kinds } },
            "window": { "workDoneProgress": true },
            "experimental": { "connspec": { "state": true } },
        });
        let folders = json!([{ "uri": folder.uri(""), "name": "folder" }]);
        client.greet(json!({
            "capabilities": capabilities, "workspaceFolders": folders, "initializationOptions": options,
        }));
        let uri = folder.uri(FILE);
        client.open(&uri, 1, SPEC);
        let (text, said, asked) = (SPEC.to_owned(), Vec::new(), Vec::new());
        Editor { client, folder, emulator, uri, text, version: 1, said, asked }
    }

    /// Begins a command and gives back the id of the request.
    pub fn begin(&mut self, command: &str, options: Value) -> i64 {
        let arguments = json!({ "command": command, "arguments": [self.uri, options], "workDoneToken": command });
        self.client.request("workspace/executeCommand", arguments)
    }

    /// Runs a command. Questions get the choices that begin with these answers, in order; edits are applied.
    pub fn run(&mut self, command: &str, options: Value, answers: &[&str]) -> Value {
        let id = self.begin(command, options);
        let mut answers = answers.iter();
        let answer = loop {
            let message = self.client.wait(|message| {
                let is_asked = message.get("method").is_some() && message.get("id").is_some();
                let is_told = message["method"] == "window/showMessage";
                is_asked || is_told || (message.get("method").is_none() && message["id"] == id)
            });
            match message["method"].as_str() {
                None => break message,
                Some(method) => self.obey(method, &message, &mut answers),
            }
        };
        assert_eq!(answers.next(), None, "not all questions were asked: {:#?}", self.said);
        answer.get("result").unwrap_or_else(|| panic!("{command}: {answer}")).clone()
    }

    fn obey<'a>(&mut self, method: &str, message: &Value, answers: &mut impl Iterator<Item = &'a &'a str>) {
        let result = match method {
            "window/showMessage" => {
                self.said.push(message["params"]["message"].as_str().unwrap().to_owned());
                return;
            }
            "window/showMessageRequest" => {
                let question = message["params"]["message"].as_str().unwrap();
                self.said.push(question.to_owned());
                let answer = answers.next().unwrap_or_else(|| panic!("nobody expected: {question}"));
                let offered = message["params"]["actions"].as_array().unwrap();
                let chosen = offered.iter().find(|offer| offer["title"].as_str().unwrap().starts_with(answer));
                assert!(answer.is_empty() || chosen.is_some(), "{answer} is not offered: {message}");
                if answer.is_empty() { Value::Null } else { chosen.unwrap().clone() }
            }
            "workspace/applyEdit" => {
                self.apply(&message["params"]["edit"]);
                json!({ "applied": true })
            }
            method => {
                self.asked.push(method.to_owned());
                Value::Null
            }
        };
        self.client.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
    }

    /// Applies an edit as an editor does.
    fn apply(&mut self, edit: &Value) {
        let change = &edit["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({ "uri": self.uri, "version": self.version }));
        let old = Text::new(&self.text);
        let place = |place: &Value| {
            let number = |key: &str| u32::try_from(place[key].as_u64().unwrap()).unwrap();
            old.offset(Position { line: number("line"), column: number("character") }, Encoding::Utf16)
        };
        let mut edits: Vec<_> = change["edits"].as_array().unwrap().iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(place(&edit["range"]["start"])));
        let mut text = self.text.clone();
        for edit in edits {
            let range = place(&edit["range"]["start"])..place(&edit["range"]["end"]);
            text.replace_range(range, edit["newText"].as_str().unwrap());
        }
        self.write(&text);
    }

    /// Puts another text on screen.
    pub fn write(&mut self, text: &str) {
        self.version += 1;
        self.text = text.to_owned();
        self.client.change(&self.uri, self.version, json!([{ "text": text }]));
    }

    /// Replaces a piece of the text on screen.
    pub fn edit(&mut self, from: &str, to: &str) {
        assert!(self.text.contains(from), "{from}");
        self.write(&self.text.replacen(from, to, 1));
    }

    /// The content of the state file.
    pub fn state(&self) -> String {
        std::fs::read_to_string(self.folder.path(STATE_FILE_NAME)).unwrap_or_default()
    }

    /// The methods of the writes received.
    pub fn writes(&self) -> Vec<String> {
        let requests = self.emulator.requests().into_iter();
        let writes = requests.filter(|request| request.path.starts_with("/data/") && request.method != "GET");
        writes.map(|request| request.method).collect()
    }

    /// The codes of the diagnostics.
    pub fn found(&mut self) -> Vec<String> {
        let found = self.client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": self.uri } }));
        let codes = found["items"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap().to_owned());
        codes.collect()
    }

    /// The titles of the lenses about the remote spec.
    pub fn lenses(&mut self) -> Vec<String> {
        let asked = json!({ "textDocument": { "uri": self.uri } });
        let lenses = self.client.ask("textDocument/codeLens", asked).as_array().unwrap().clone();
        let mut titles = Vec::new();
        for lens in lenses {
            let is_ours = lens["data"]["pointer"] == "status";
            let lens = if is_ours { self.client.ask("codeLens/resolve", lens) } else { lens };
            titles.extend(lens["command"]["title"].as_str().map(str::to_owned));
        }
        titles
    }

    /// The only spec of that name on the service.
    pub fn there(&self) -> Value {
        serde_json::from_str(&Other::at(&self.emulator).read().1).unwrap()
    }
}

/// The variables that sign in to this service.
fn variables(emulator: &Emulator) -> BTreeMap<String, String> {
    let url = emulator.url();
    let variables = [
        ("CONNSPEC_CLIENT_ID", CLIENT_ID),
        ("CONNSPEC_CLIENT_SECRET", CLIENT_SECRET),
        ("CONNSPEC_ORG_ID", ORG),
        ("CONNSPEC_SANDBOX", "dev"),
        ("CONNSPEC_GATEWAY", &url),
        ("CONNSPEC_IMS", &url),
    ];
    variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Another author using the same emulator.
pub struct Other {
    client: flow_service::Client,
    runtime: tokio::runtime::Runtime,
}

impl Other {
    pub fn at(emulator: &Emulator) -> Other {
        let some = |text: &str| Some(text.to_owned());
        let credentials = Credentials {
            client_id: some(CLIENT_ID),
            client_secret: Some(Secret::new(CLIENT_SECRET)),
            org: some(ORG),
            sandbox: some("dev"),
            gateway: Some(TrustedUrl::from_person(emulator.url())),
            ims: Some(TrustedUrl::from_person(emulator.url())),
            ..Credentials::default()
        };
        let client =
            flow_service::Client::new(ServiceTarget::new(&credentials).unwrap(), ClientOptions::default()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Other { client, runtime }
    }

    /// The id and text of the only spec of that name.
    pub fn read(&self) -> (String, String) {
        let filter = flow_service::Filter::new(flow_service::Field::Name, NAME);
        let found = self.runtime.block_on(self.client.connection_specs(&[filter])).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0].id.clone(), found[0].text.clone())
    }

    /// Creates a spec.
    pub fn make(&self, text: &str) -> String {
        self.runtime.block_on(self.client.create_connection_spec(text)).unwrap().id
    }

    /// Changes a member of the spec.
    pub fn set(&self, key: &str, value: Value) {
        let (id, text) = self.read();
        let mut spec: Value = serde_json::from_str(&text).unwrap();
        spec[key] = value;
        self.runtime.block_on(self.client.replace_connection_spec(&id, &spec.to_string(), None)).unwrap();
    }
}
