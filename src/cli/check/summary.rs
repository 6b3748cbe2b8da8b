//! How many problems were found and fixed.

use serde::Serialize;

use super::Checked;
use crate::lint::Severity;
use crate::text::english::count;

/// The counts of a check.
#[derive(Debug, Default, Serialize)]
pub(in crate::cli) struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    hints: usize,
    #[serde(skip)]
    files_with_problems: usize,
    #[serde(skip)]
    fixed: usize,
    #[serde(skip)]
    fixed_files: usize,
    #[serde(skip)]
    fixable: usize,
    /// Whether warnings fail the check as errors do.
    #[serde(skip)]
    denies_warnings: bool,
}

impl Summary {
    pub(in crate::cli) fn new(files: &[Checked], denies_warnings: bool) -> Summary {
        let mut summary = Summary { files: files.len(), denies_warnings, ..Summary::default() };
        for file in files {
            summary.fixed += file.fixed;
            summary.fixed_files += usize::from(file.fixed > 0);
            summary.fixable += file.fixable;
            summary.files_with_problems += usize::from(!file.found.is_empty());
            for severity in &file.found {
                *match severity {
                    Severity::Error => &mut summary.errors,
                    Severity::Warning => &mut summary.warnings,
                    Severity::Info => &mut summary.infos,
                    Severity::Hint => &mut summary.hints,
                } += 1;
            }
        }
        summary
    }

    /// Whether a diagnostic of this severity fails the check.
    pub(super) fn fails_on(&self, severity: Severity) -> bool {
        severity == Severity::Error || self.denies_warnings && severity == Severity::Warning
    }

    /// Whether the check failed.
    pub(super) fn fails(&self) -> bool {
        self.worst().is_some_and(|worst| self.fails_on(worst))
    }

    /// The worst severity found.
    pub(super) fn worst(&self) -> Option<Severity> {
        match self {
            Summary { errors: 1.., .. } => Some(Severity::Error),
            Summary { warnings: 1.., .. } => Some(Severity::Warning),
            Summary { infos: 1.., .. } => Some(Severity::Info),
            Summary { hints: 1.., .. } => Some(Severity::Hint),
            _ => None,
        }
    }

    /// The number of diagnostics.
    pub(super) fn problems(&self) -> usize {
        self.errors + self.warnings + self.infos + self.hints
    }

    /// How many of them `--fix` would fix.
    pub(super) fn fixable(&self) -> usize {
        self.fixable
    }

    /// A sentence or two: "Found 2 errors and 1 warning in 1 of 3 files."
    pub(super) fn text(&self) -> String {
        let fixed = match self.fixed {
            0 => String::new(),
            fixed => format!("Fixed {} in {}. ", count(fixed, "problem"), count(self.fixed_files, "file")),
        };
        if self.files_with_problems == 0 {
            return match self.fixed {
                0 => format!("No problems in {}.", count(self.files, "file")),
                _ => format!("{fixed}No problems remain."),
            };
        }
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info"), (self.hints, "hint")];
        let counts = counts.into_iter().filter(|(number, _)| *number > 0);
        let mut found = counts.map(|(number, level)| count(number, level)).collect::<Vec<_>>();
        let last = found.pop().unwrap_or_default();
        let found = if found.is_empty() { last } else { format!("{} and {last}", found.join(", ")) };
        let files = match count(self.files, "file") {
            all if self.files_with_problems == self.files => all,
            all => format!("{} of {all}", self.files_with_problems),
        };
        let denied = if self.denies_warnings && self.warnings > 0 { " (warnings fail the check)" } else { "" };
        format!("{fixed}Found {found} in {files}{denied}.")
    }
}
