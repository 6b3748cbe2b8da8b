//! An emulator of Flow Service on this machine, for people without an account and for tests: access tokens, connection specs
//! and flow specs as Adobe documents them, stored in one file.
//!
//! It is for one person: it listens on 127.0.0.1 only, accepts only requests to a loopback host name, and its client secret
//! is public. Every response says that it is not from Adobe. What is not documented (the order of checks, the code for a
//! malformed body, that the provider's connection specs cannot be replaced) is inferred, and marked so in the code. Where
//! Adobe's documents disagree, there is an option ([`Behavior`]).
//!
//! A request is accepted by `connection`, goes through `middleware` (faults, `authorize`) and is handled by `specs` or
//! `token`. `spec_body` and `store` keep a spec byte for byte as its author wrote the values.
//!
//! ```
//! use connspec::emulator::{Emulator, Options};
//!
//! let emulator = Emulator::start(Options::default())?;
//! assert!(emulator.url().starts_with("http://127.0.0.1:"));
//! # Ok::<(), connspec::emulator::Error>(())
//! ```

mod api_error;
mod authorize;
mod builtin;
mod collection;
mod connection;
mod fault;
mod filter;
mod middleware;
mod options;
mod routes;
mod server;
mod service;
mod spec_body;
mod specs;
mod store;
mod token;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

pub use fault::{Fault, FaultKind, FaultSchedule, Requests};
pub use options::{Account, Behavior, CLIENT_ID, CLIENT_SECRET, ORG, Options, SANDBOXES, default_data_file};
pub use server::Emulator;
pub use service::LoggedRequest;
pub use store::Storage;

/// Why an emulator could not be started.
#[derive(Debug)]
pub enum Error {
    /// Another program listens on the port.
    PortInUse(u16),
    /// The port cannot be listened on.
    Listen(u16, io::Error),
    /// Another process has the data file open.
    DataFileInUse {
        /// The file.
        path: PathBuf,
        /// The address of the emulator that has it open, if known: it serves the same specs.
        address: Option<SocketAddr>,
    },
    /// The data file is corrupt or not one of the emulator. It was not changed.
    DataFileCorrupt(PathBuf),
    /// The data file cannot be read or written.
    DataFile(PathBuf, io::Error),
    /// The system cannot provide a thread or a timer.
    System(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::PortInUse(port) => {
                write!(f, "port {port} is in use by another program; choose another, or 0 for any free port")
            }
            Error::Listen(port, error) => write!(f, "cannot listen on 127.0.0.1:{port}: {error}"),
            Error::DataFileInUse { path, address } => {
                write!(f, "{} is in use by another emulator", path.display())?;
                if let Some(address) = address {
                    write!(f, " on http://{address}")?;
                }
                f.write_str("; use that one, stop it, or choose another data file")
            }
            Error::DataFileCorrupt(path) => write!(
                f,
                "{} is corrupt or isn't a data file of the emulator; it was not changed. Move it away, or choose another \
                 data file",
                path.display()
            ),
            Error::DataFile(path, error) => write!(f, "cannot use the data file {}: {error}", path.display()),
            Error::System(error) => write!(f, "cannot start the emulator: {error}"),
        }
    }
}

impl std::error::Error for Error {}
