//! `connspec emulator`: a local emulator of Flow Service in the foreground.

use std::fmt::Write;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use tokio::runtime;
use tokio::sync::mpsc::UnboundedReceiver;

use super::output::Output;
use super::style;
use crate::emulator::{
    self, Behavior, Emulator, Fault, FaultKind, FaultSchedule, LoggedRequest, Options, Requests, SANDBOXES, Storage,
};

/// The default port, so that clients need to be configured only once.
const PORT: u16 = 8461;

/// The seconds in `Retry-After`.
const RETRY_AFTER: u32 = 1;

const DISAGREEMENTS: &str = "Where Adobe's documents disagree";

const FAULT_INJECTION: &str = "Fault injection";

pub(super) const LONG_ABOUT: &str = "Run a local emulator of Flow Service, to try things without an account.

It isn't Adobe's service: it handles requests for access tokens, connection specs and flow specs as Adobe documents them, \
and stores specs in one file. Only programs on this machine can reach it. Each request is logged until you press Ctrl-C.";

/// The arguments of `connspec emulator`.
#[derive(Debug, Args)]
pub struct EmulatorArguments {
    /// Port on 127.0.0.1; 0 for any free port
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// File to store specs in [default: in the user's data folder]
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Store specs in memory only
    #[arg(long, conflicts_with = "data")]
    in_memory: bool,
    /// Organization to accept; can be repeated
    #[arg(long, value_name = "ORG", default_value = emulator::ORG)]
    org: Vec<String>,
    /// Sandbox of each organization; can be repeated
    #[arg(long, value_name = "NAME", default_values = SANDBOXES)]
    sandbox: Vec<String>,

    /// Respond to POST and PUT with { "items": [ … ] }
    #[arg(long, help_heading = DISAGREEMENTS)]
    wrap_responses: bool,
    /// Drop fields that are not in the API reference, such as description
    #[arg(long, help_heading = DISAGREEMENTS)]
    drop_unknown_fields: bool,
    /// Respond to errors in the older format
    #[arg(long, help_heading = DISAGREEMENTS)]
    legacy_errors: bool,

    /// Reject all writes, as Adobe does until it has enabled them
    #[arg(long, help_heading = FAULT_INJECTION)]
    read_only: bool,
    /// Delay each response by this many milliseconds
    #[arg(long, value_name = "MS", help_heading = FAULT_INJECTION)]
    latency: Option<u64>,
    /// Lifetime of access tokens [default: one day]
    #[arg(long, value_name = "SECONDS", help_heading = FAULT_INJECTION)]
    token_lifetime: Option<u32>,
    /// Respond to every Nth request with 429 and Retry-After
    #[arg(long, value_name = "N", help_heading = FAULT_INJECTION, value_parser = clap::value_parser!(u32).range(1..))]
    rate_limit_every: Option<u32>,
    /// Respond to every Nth request with 503 and Retry-After
    #[arg(long, value_name = "N", help_heading = FAULT_INJECTION, value_parser = clap::value_parser!(u32).range(1..))]
    unavailable_every: Option<u32>,
    /// Process every Nth write, then close the connection without a response
    #[arg(long, value_name = "N", help_heading = FAULT_INJECTION, value_parser = clap::value_parser!(u32).range(1..))]
    drop_response_every: Option<u32>,
    /// Close the connection of every Nth request without processing it
    #[arg(long, value_name = "N", help_heading = FAULT_INJECTION, value_parser = clap::value_parser!(u32).range(1..))]
    close_connection_every: Option<u32>,
    /// Change a spec as another author after every Nth read by ID
    #[arg(long, value_name = "N", help_heading = FAULT_INJECTION, value_parser = clap::value_parser!(u32).range(1..))]
    concurrent_edit_every: Option<u32>,
}

impl EmulatorArguments {
    fn options(&self) -> io::Result<Options> {
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
        if let Some(lifetime) = self.token_lifetime {
            options.token_lifetime = Duration::from_secs(lifetime.into());
        }
        Ok(options)
    }

    fn storage(&self) -> io::Result<Storage> {
        if self.in_memory {
            return Ok(Storage::Memory);
        }
        let default = || emulator::default_data_file(|name| std::env::var(name).ok());
        let unknown = || io::Error::other("the user's data folder is unknown; use --data FILE or --in-memory");
        self.data.clone().or_else(default).map(Storage::File).ok_or_else(unknown)
    }

    fn faults(&self) -> Vec<Fault> {
        let retry_after = Some(RETRY_AFTER);
        let faults = [
            (self.rate_limit_every, FaultKind::RateLimited { retry_after }, Requests::All),
            (self.unavailable_every, FaultKind::Unavailable { retry_after }, Requests::All),
            (self.drop_response_every, FaultKind::DropResponse, Requests::Writes),
            (self.close_connection_every, FaultKind::CloseConnection, Requests::All),
            (self.concurrent_edit_every, FaultKind::ConcurrentEdit, Requests::Reads),
        ];
        let fault = |(every, kind, requests): (Option<u32>, _, _)| {
            Some(Fault { kind, requests, schedule: FaultSchedule::Every(every?) })
        };
        faults.into_iter().filter_map(fault).collect()
    }
}

/// Runs until it is interrupted.
pub(super) fn run(arguments: &EmulatorArguments, output: &mut Output) -> io::Result<ExitCode> {
    let options = arguments.options()?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Before anything is printed: whoever reads that it runs may stop it.
        let interrupted = interrupted()?;
        let emulator = Emulator::start(options.clone()).map_err(|error| io::Error::other(error.to_string()))?;
        let mut requests = emulator.subscribe();
        output.print(&banner(&emulator, &options))?;
        tokio::select! {
            printed = print_requests(&mut requests, output) => printed?,
            () = interrupted => {}
        }
        // Requests that were completed before the interruption.
        while let Ok(request) = requests.try_recv() {
            output.print(&log_line(&request))?;
        }
        emulator.stop();
        output.print(&match &options.storage {
            Storage::Memory => "\nStopped.\n".to_owned(),
            Storage::File(path) => format!("\nStopped. Specs are stored in {}\n", path.display()),
        })
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn print_requests(requests: &mut UnboundedReceiver<LoggedRequest>, output: &mut Output) -> io::Result<()> {
    while let Some(request) = requests.recv().await {
        output.print(&log_line(&request))?;
    }
    Ok(())
}

fn log_line(request: &LoggedRequest) -> String {
    let dim = style::DIM;
    let status = request.status.map_or("closed".to_owned(), |status| status.to_string());
    // Without characters that control the terminal.
    let path: String = request.path.chars().filter(|character| !character.is_control()).collect();
    format!("{dim}{status:<6}{dim:#}  {:<4} {path}\n", request.method)
}

/// Completes when the user or the system stops the program.
#[cfg(unix)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes when the user stops the program.
#[cfg(windows)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let _ = interrupt.recv().await;
    })
}

/// What it is, its URL, and how to configure clients.
fn banner(emulator: &Emulator, options: &Options) -> String {
    let (strong, dim) = (style::STRONG, style::DIM);
    let url = emulator.url();
    let mut out = format!("{strong}Flow Service emulator (not Adobe's service){strong:#}\n");
    let _ = writeln!(out, "Listening on {url}");
    let _ = match &options.storage {
        Storage::Memory => writeln!(out, "Storing specs in memory only"),
        Storage::File(path) => writeln!(out, "Storing specs in {}", path.display()),
    };
    let _ = writeln!(out, "\nTo use it, set:");
    let account = &options.account;
    let first = |names: &[String]| names.first().cloned().unwrap_or_default();
    let set = if cfg!(windows) { "set" } else { "export" };
    for (name, value) in [
        ("GATEWAY", &url),
        ("IMS", &url),
        ("CLIENT_ID", &account.client_id),
        ("CLIENT_SECRET", &account.client_secret),
        ("ORG_ID", &first(&account.orgs)),
        ("SANDBOX", &first(&account.sandboxes)),
    ] {
        let _ = writeln!(out, "  {set} CONNSPEC_{name}={value}");
    }
    let _ = writeln!(out, "\n{dim}Logging requests. Press Ctrl-C to stop.{dim:#}");
    out
}
