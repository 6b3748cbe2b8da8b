//! `connspec schema`: the vocabulary, for other tools.

use std::io;
use std::process::ExitCode;

use super::output::Output;
use crate::spec;

pub(super) const LONG_ABOUT: &str = "Print the JSON Schema (draft-07) of connection specs

It describes every key of both types of specs: its type, the allowed values and the documentation. Use it with editors \
and tools that validate JSON where connspec cannot run.";

pub(super) const AFTER_LONG_HELP: &str = "Examples:
  connspec schema > connectionSpec.schema.json";

pub(super) fn run(output: &mut Output) -> io::Result<ExitCode> {
    output.print(spec::SCHEMA)?;
    Ok(ExitCode::SUCCESS)
}
