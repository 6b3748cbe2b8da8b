//! The arguments of `connspec emulator`.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::emulator::{self, Behavior, Fault, FaultKind, FaultSchedule, Options, Requests, SANDBOXES, Storage};

/// The port that is taken when none is named: programs that reach the emulator are set up once.
const PORT: u16 = 8461;

/// What `Retry-After` asks for, in seconds.
const RETRY_AFTER: u32 = 1;

const DISAGREE: &str = "Where the documents disagree";

const TROUBLE: &str = "Fault, to see how a tool takes it";

/// The arguments of `connspec emulator`.
#[derive(Debug, Args)]
pub struct EmulatorArguments {
    /// The port on 127.0.0.1; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// The file to keep specs in [default: one for each person, in the system's place for data]
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Keep specs in memory only
    #[arg(long, conflicts_with = "data")]
    in_memory: bool,
    /// An organization to let in; may be repeated
    #[arg(long, value_name = "ORG", default_value = emulator::ORG)]
    org: Vec<String>,
    /// A sandbox of each organization; may be repeated
    #[arg(long, value_name = "NAME", default_values = SANDBOXES)]
    sandbox: Vec<String>,

    /// Answer a POST or PUT with { "items": [ … ] }
    #[arg(long, help_heading = DISAGREE)]
    wrap_responses: bool,
    /// Do not keep fields that the API's description does not have, such as description
    #[arg(long, help_heading = DISAGREE)]
    drop_unknown_fields: bool,
    /// Answer errors in their older shape
    #[arg(long, help_heading = DISAGREE)]
    legacy_errors: bool,

    /// Refuse all writes, as Adobe does before it has allowed them
    #[arg(long, help_heading = TROUBLE)]
    read_only: bool,
    /// Take this many milliseconds for each answer
    #[arg(long, value_name = "MS", help_heading = TROUBLE)]
    latency: Option<u64>,
    /// Let a token live this many seconds [default: a day]
    #[arg(long, value_name = "SECONDS", help_heading = TROUBLE)]
    token_lifetime: Option<u32>,
    /// Answer every Nth request with 429 and Retry-After
    #[arg(long, value_name = "N", help_heading = TROUBLE, value_parser = clap::value_parser!(u32).range(1..))]
    too_many_every: Option<u32>,
    /// Answer every Nth request with 503 and Retry-After
    #[arg(long, value_name = "N", help_heading = TROUBLE, value_parser = clap::value_parser!(u32).range(1..))]
    unavailable_every: Option<u32>,
    /// Carry out every Nth write, then close the connection without an answer
    #[arg(long, value_name = "N", help_heading = TROUBLE, value_parser = clap::value_parser!(u32).range(1..))]
    lose_answer_every: Option<u32>,
    /// Close the connection of every Nth request and do nothing
    #[arg(long, value_name = "N", help_heading = TROUBLE, value_parser = clap::value_parser!(u32).range(1..))]
    hang_up_every: Option<u32>,
    /// Let another author change a spec after every Nth time that one is read by its id
    #[arg(long, value_name = "N", help_heading = TROUBLE, value_parser = clap::value_parser!(u32).range(1..))]
    other_author_every: Option<u32>,
}

impl EmulatorArguments {
    /// What the emulator is started with.
    pub(super) fn options(&self) -> io::Result<Options> {
        let mut options = Options { port: self.port, storage: self.storage()?, ..Options::default() };
        options.account.orgs.clone_from(&self.org);
        options.account.sandboxes.clone_from(&self.sandbox);
        options.behavior = Behavior {
            wrap_responses: self.wrap_responses,
            drop_unknown_fields: self.drop_unknown_fields,
            legacy_errors: self.legacy_errors,
            read_only: self.read_only,
        };
        options.faults = self.faults();
        options.latency = Duration::from_millis(self.latency.unwrap_or_default());
        if let Some(life) = self.token_lifetime {
            options.token_lifetime = Duration::from_secs(life.into());
        }
        Ok(options)
    }

    fn storage(&self) -> io::Result<Storage> {
        if self.in_memory {
            return Ok(Storage::Memory);
        }
        let usual = || emulator::default_data_file(|name| std::env::var(name).ok());
        let nowhere = || {
            io::Error::other("the system names no place to keep specs in. Name a file with --data, or use --in-memory.")
        };
        self.data.clone().or_else(usual).map(Storage::File).ok_or_else(nowhere)
    }

    fn faults(&self) -> Vec<Fault> {
        let retry_after = Some(RETRY_AFTER);
        let faults = [
            (self.too_many_every, FaultKind::RateLimited { retry_after }, Requests::All),
            (self.unavailable_every, FaultKind::Unavailable { retry_after }, Requests::All),
            (self.lose_answer_every, FaultKind::DropResponse, Requests::Writes),
            (self.hang_up_every, FaultKind::CloseConnection, Requests::All),
            (self.other_author_every, FaultKind::ConcurrentEdit, Requests::Reads),
        ];
        let set = faults.into_iter().filter_map(|(every, kind, requests)| {
            Some(Fault { kind, requests, schedule: FaultSchedule::Every(every?) })
        });
        set.collect()
    }
}
