//! Options of an emulator.

use std::path::PathBuf;
use std::time::Duration;

use super::fault::Fault;
use super::store::Storage;
use crate::project::data_folder;

/// The default client ID.
pub const CLIENT_ID: &str = "connspec-local";

/// The default client secret. It gives access to nothing but an emulator on this machine.
pub const CLIENT_SECRET: &str = "connspec-local-secret";

/// The default organization.
pub const ORG: &str = "LOCAL@AdobeOrg";

/// The default sandboxes; clients use the first unless another is selected.
pub const SANDBOXES: [&str; 2] = ["prod", "dev"];

/// The lifetime of a token in the documented response of IMS.
const TOKEN_LIFETIME: Duration = Duration::from_secs(86_399);

/// The options of an emulator. By default it stores everything in memory, listens on any free port and accepts the default
/// account.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any free port.
    pub port: u16,
    /// Where specs are stored.
    pub storage: Storage,
    /// Who has access.
    pub account: Account,
    /// What Adobe's documents disagree on.
    pub behavior: Behavior,
    /// The faults to inject from the start.
    pub faults: Vec<Fault>,
    /// The delay of every response.
    pub latency: Duration,
    /// The lifetime of access tokens.
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
            token_lifetime: TOKEN_LIFETIME,
        }
    }
}

/// Who has access, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The client ID, which is the API key too.
    pub client_id: String,
    /// The client secret.
    pub client_secret: String,
    /// The organizations that the client has access to.
    pub orgs: Vec<String>,
    /// The sandboxes of each organization.
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

/// What Adobe's documents about Flow Service disagree on or leave open. The default follows the API reference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Behavior {
    /// Responses to POST and PUT are `{"items":[…]}`, as the pages about streaming sources show them.
    pub wrap_responses: bool,
    /// Keys that are not in the API reference, such as `description`, are dropped.
    pub drop_unknown_fields: bool,
    /// Errors of Flow Service are in the older format, `errorMessage` and `errorDetails` only.
    pub legacy_errors: bool,
    /// The credential may read specs but not write them (1426-400), as before Adobe has enabled that.
    pub read_only: bool,
}

/// The default data file of a user: `connspec/emulator.redb` in the system's folder for user data. `variable` reads an
/// environment variable. `None` if the environment does not define that folder.
pub fn default_data_file(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    data_folder(variable).map(|folder| folder.join("emulator.redb"))
}
