//! What an emulator is started with.

use std::path::PathBuf;
use std::time::Duration;

use super::fault::Fault;
use super::store::Storage;

/// The client id that is accepted when no other is asked for.
pub const CLIENT_ID: &str = "connspec-local";

/// The client secret that goes with it. It opens nothing but an emulator on this machine.
pub const CLIENT_SECRET: &str = "connspec-local-secret";

/// The organization.
pub const ORG: &str = "LOCAL@AdobeOrg";

/// The sandboxes; the first is the one to name where none is chosen.
pub const SANDBOXES: [&str; 2] = ["prod", "dev"];

/// How long a token lives, in seconds: as the documented answer of Adobe's sign-in has it.
const TOKEN_LIFE: Duration = Duration::from_secs(86_399);

/// What an emulator is started with. The default keeps everything in memory, takes any free port and the names above.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for one that is free.
    pub port: u16,
    /// Where specs are kept.
    pub storage: Storage,
    /// Who is let in.
    pub account: Account,
    /// What the sources disagree on.
    pub behavior: Behavior,
    /// What goes wrong from the beginning.
    pub faults: Vec<Fault>,
    /// How long every answer takes.
    pub latency: Duration,
    /// How long a token lives.
    pub token_lifetime: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            port: 0,
            storage: Storage::Memory,
            account: Account::default(),
            behavior: Behavior::default(),
            faults: Vec::new(),
            latency: Duration::ZERO,
            token_lifetime: TOKEN_LIFE,
        }
    }
}

/// Who is let in, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The client id, which is the API key too.
    pub client_id: String,
    /// The client secret.
    pub client_secret: String,
    /// The organizations that the client has access to.
    pub orgs: Vec<String>,
    /// The sandboxes of each of them.
    pub sandboxes: Vec<String>,
}

impl Default for Account {
    fn default() -> Self {
        Account {
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            orgs: vec![ORG.to_owned()],
            sandboxes: SANDBOXES.map(str::to_owned).to_vec(),
        }
    }
}

/// What the documents about Flow Service disagree on, or leave open. Off is what the API's description says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Behavior {
    /// POST and PUT answer with `{"items":[…]}`, as the pages about streaming sources show it.
    pub wrap_responses: bool,
    /// Fields that the API's description does not have, such as `description`, are not kept.
    pub drop_unknown_fields: bool,
    /// Errors of Flow Service have the older shape, `errorMessage` and `errorDetails` alone.
    pub legacy_errors: bool,
    /// The credential may read specs but not write them (1426-400), as before Adobe has allowed it.
    pub read_only: bool,
}

/// The file in which a person's specs are kept between runs when no other is named: `connspec/emulator.redb` in the folder
/// that the system has for such data. `variable` reads a variable of the environment. Nothing when the environment names no
/// such folder.
pub fn default_data_file(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_DATA_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("connspec").join("emulator.redb"))
}
