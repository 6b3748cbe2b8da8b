//! How much was found.

use serde::Serialize;

use super::Checked;
use crate::lint::Severity;

/// How much was found.
#[derive(Debug, Default, Serialize)]
pub(in crate::cli) struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    information: usize,
    hints: usize,
    #[serde(skip)]
    touched: usize,
    #[serde(skip)]
    fixed: usize,
    /// Whether warnings fail the check as errors do.
    #[serde(skip)]
    denied: bool,
}

impl Summary {
    /// Counts. Errors fail the check.
    pub(in crate::cli) fn of(files: &[Checked]) -> Summary {
        let mut summary = Summary { files: files.len(), ..Summary::default() };
        for file in files {
            summary.fixed += file.fixed;
            summary.touched += usize::from(!file.diagnostics.is_empty());
            for diagnostic in &file.diagnostics {
                *match diagnostic.severity {
                    Severity::Error => &mut summary.errors,
                    Severity::Warning => &mut summary.warnings,
                    Severity::Information => &mut summary.information,
                    Severity::Hint => &mut summary.hints,
                } += 1;
            }
        }
        summary
    }

    /// The same of a check that warnings fail too.
    pub(super) fn denying_warnings(self) -> Summary {
        Summary { denied: true, ..self }
    }

    /// Whether a finding of this severity fails the check.
    pub(super) fn fails_on(&self, severity: Severity) -> bool {
        severity == Severity::Error || self.denied && severity == Severity::Warning
    }

    /// Whether the check failed.
    pub(super) fn fails(&self) -> bool {
        self.worst().is_some_and(|worst| self.fails_on(worst))
    }

    /// The worst that was found.
    pub(super) fn worst(&self) -> Option<Severity> {
        match self {
            Summary { errors: 1.., .. } => Some(Severity::Error),
            Summary { warnings: 1.., .. } => Some(Severity::Warning),
            Summary { information: 1.., .. } => Some(Severity::Information),
            Summary { hints: 1.., .. } => Some(Severity::Hint),
            _ => None,
        }
    }

    /// In words: "2 errors, 1 warning in 1 of 3 files; warnings count as errors".
    pub(super) fn words(&self) -> String {
        let counts = [
            count(self.errors, "error", "errors"),
            count(self.warnings, "warning", "warnings"),
            count(self.information, "remark", "remarks"),
            count(self.hints, "hint", "hints"),
        ];
        let found = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let all = count(self.files, "file", "files").unwrap_or_default();
        let denied = if self.denied && self.warnings > 0 { "; warnings count as errors" } else { "" };
        let fixed =
            count(self.fixed, "problem mended", "problems mended").map(|words| words + "; ").unwrap_or_default();
        match self.touched {
            0 => format!("{fixed}no problems in {all}"),
            touched if touched == self.files => format!("{fixed}{found} in {all}{denied}"),
            touched => format!("{fixed}{found} in {touched} of {all}{denied}"),
        }
    }
}

fn count(number: usize, one: &str, many: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {many}")),
    }
}
