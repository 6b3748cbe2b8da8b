//! `connspec emulator`: a Flow Service on this machine, in the foreground.

use std::fmt::Write;
use std::io;
use std::process::ExitCode;

use tokio::runtime;
use tokio::sync::mpsc::UnboundedReceiver;

use super::output::Output;
use super::style;
use crate::emulator::{Emulator, Options, Request, RunningEmulator, Storage};

mod arguments;

pub use arguments::EmulatorArguments;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Run a Flow Service on this machine, to try things out without an account.

It is an emulator, not Adobe's service: it behaves as Adobe's documents describe the requests for a token, for connection \
specs and for flow specs, and keeps what it is told in one file. Only programs on this machine reach it. It shows each \
request, and ends with Ctrl-C.";

/// Runs until it is told to end.
pub(super) fn run(arguments: &EmulatorArguments, output: &mut Output) -> io::Result<ExitCode> {
    let options = arguments.options()?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Before anything is said: whoever reads that it runs may tell it to end.
        let told = told_to_end()?;
        let running = Emulator::start(options.clone()).map_err(|error| io::Error::other(error.to_string()))?;
        let mut requests = running.watch();
        output.print(&banner(&running, &options))?;
        tokio::select! {
            shown = show(&mut requests, output) => shown?,
            () = told => {}
        }
        // What was answered before it was told to end is shown before it ends.
        while let Ok(request) = requests.try_recv() {
            output.print(&line(&request))?;
        }
        running.stop();
        output.print(&format!("\nThe emulator has ended. {}\n", kept(&options.storage)))
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn show(requests: &mut UnboundedReceiver<Request>, output: &mut Output) -> io::Result<()> {
    while let Some(request) = requests.recv().await {
        output.print(&line(&request))?;
    }
    Ok(())
}

fn line(request: &Request) -> String {
    let dim = style::DIM;
    let status = request.status.map_or("closed".to_owned(), |status| status.to_string());
    format!("{dim}{status:<6}{dim:#}  {:<4} {}\n", request.method, visible(&request.path))
}

/// A path without characters that a terminal obeys.
fn visible(path: &str) -> String {
    path.chars().filter(|character| !character.is_control()).collect()
}

/// Ends when the person or the system wants it to.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the person wants it to.
#[cfg(windows)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let _ = interrupt.recv().await;
    })
}

/// What it is, where it is and how to reach it.
fn banner(running: &RunningEmulator, options: &Options) -> String {
    let (strong, dim) = (style::STRONG, style::DIM);
    let url = running.url();
    let mut out = format!("{strong}An emulator of Flow Service, not Adobe's service{strong:#}\n");
    let _ = writeln!(out, "It listens on {url}");
    let _ = writeln!(out, "{}", kept(&options.storage));
    let _ = writeln!(out, "\nTo reach it, set:");
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
    let _ = writeln!(out, "\n{dim}Requests follow. Ctrl-C ends it.{dim:#}");
    out
}

/// Where specs are kept.
fn kept(data: &Storage) -> String {
    match data {
        Storage::Memory => "Nothing is kept when it ends.".to_owned(),
        Storage::File(path) => format!("Specs are kept in {}", path.display()),
    }
}
