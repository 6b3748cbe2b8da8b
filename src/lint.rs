//! Diagnostics of a spec and their fixes: syntax errors, violations of the vocabulary, and one file per rule in
//! `lint/rules/`. Uses no editor feature and no network.

pub(crate) mod declare;
mod diagnostic;
mod diagnostics;
mod duplicates;
pub(crate) mod extract;
mod facts;
mod fixes;
pub(crate) mod limit;
pub(crate) mod query_parameter;
pub(crate) mod rules;
mod schema;

pub use diagnostic::{Diagnostic, Fix, NewFile, Related, Severity, Tag};
#[cfg(test)]
pub(crate) use diagnostics::with_fixes;
pub use diagnostics::{all_diagnostics, diagnostics, shown, unused_ignores};
pub use facts::{Artifact, Facts, Folder, Ignored, Level, Levels, Remote, RemoteState, pointer};
pub use fixes::{TriedFix, all_diagnostics_and_edits, fix_all, fixes};
pub use rules::{RULES, Rule, SYNTAX_ERROR};
