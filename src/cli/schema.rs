//! `connspec schema`: the vocabulary, for other tools.

use std::io;
use std::process::ExitCode;

use super::output::Output;
use crate::spec;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Print the vocabulary of connection specs as a JSON schema (draft-07).

It holds every key of both kinds of spec with its type, allowed values and documentation. Editors and tools that know \
JSON schemas can use it where connspec itself cannot run:

  connspec schema > connectionSpec.schema.json";

/// Prints it.
pub(super) fn run(output: &mut Output) -> io::Result<ExitCode> {
    output.print(spec::SCHEMA)?;
    Ok(ExitCode::SUCCESS)
}
