//! A Flow Service on this machine, for people without an account and for tests: tokens, connection specs and flow specs,
//! as the documents describe Adobe's service, kept in one file.
//!
//! It is for one person: it listens on 127.0.0.1 alone, answers only when it is asked for by a name of loopback, and its
//! client secret is public. Every answer says that it is not Adobe's service. What no document says (the order of checks,
//! the code of a body that is no JSON, that the provider's own connection specs cannot be replaced) is inferred and said to
//! be so where it is done; what the documents disagree on is a switch ([`Behavior`]).
//!
//! A request's way: `line` accepts its connection, `passage` has it meet what goes wrong on purpose, `gate` lets it
//! in, `specs` or `token` answers it. `body` and `store` keep a document byte for byte as its author wrote the
//! values.

mod body;
mod builtin;
mod fault;
mod filter;
mod gate;
mod line;
mod log;
mod options;
mod other_author;
mod passage;
mod refusal;
mod running;
mod service;
mod sign;
mod specs;
mod store;
mod token;
mod wire;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

pub use fault::{Fault, FaultKind, FaultSchedule, Requests};
pub use log::Request;
pub use options::{Account, Behavior, CLIENT_ID, CLIENT_SECRET, ORG, Options, SANDBOXES, default_data_file};
pub use running::{Emulator, RunningEmulator};
pub use store::Storage;

/// Why an emulator could not be started.
#[derive(Debug)]
pub enum Error {
    /// Something else listens on the port.
    PortInUse(u16),
    /// The port cannot be listened on.
    Listen(u16, io::Error),
    /// Another process has the data file open.
    DataFileInUse {
        /// The file.
        path: PathBuf,
        /// Where the emulator listens that has it open, if it says so: there the same specs can be asked for.
        address: Option<SocketAddr>,
    },
    /// The data file is damaged or a file of another kind. It was left as it is.
    DataFileCorrupt(PathBuf),
    /// The data file cannot be read or written.
    DataFile(PathBuf, io::Error),
    /// The system has no thread or no timer for it.
    System(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::PortInUse(port) => {
                write!(f, "port {port} is in use by another program. Choose another, or 0 for any that is free.")
            }
            Error::Listen(port, error) => write!(f, "cannot listen on port {port} of 127.0.0.1: {error}"),
            Error::DataFileInUse { path, address } => {
                write!(f, "{} is in use by another emulator", path.display())?;
                if let Some(address) = address {
                    write!(f, ", which listens on http://{address}")?;
                }
                f.write_str(". Use that one, end it, or choose another data file.")
            }
            Error::DataFileCorrupt(path) => write!(
                f,
                "{} is damaged or no data file of the emulator. It was left as it is: move it away, or choose another \
                 data file.",
                path.display()
            ),
            Error::DataFile(path, error) => write!(f, "cannot use the data file {}: {error}", path.display()),
            Error::System(error) => write!(f, "cannot start the emulator: {error}"),
        }
    }
}

impl std::error::Error for Error {}
