//! How much was found.

use serde::Serialize;

use super::Checked;
use crate::ide::Severity;

/// How much was found.
#[derive(Debug, Default, Serialize)]
pub(in crate::cli) struct Summary {
    pub(super) files: usize,
    pub(super) errors: usize,
    warnings: usize,
    information: usize,
    hints: usize,
    #[serde(skip)]
    touched: usize,
}

impl Summary {
    /// Counts.
    pub(in crate::cli) fn of(files: &[Checked]) -> Summary {
        let mut summary = Summary { files: files.len(), ..Summary::default() };
        for file in files {
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

    /// In words: "2 errors, 1 warning in 1 of 3 files".
    pub(super) fn words(&self) -> String {
        let counts = [
            count(self.errors, "error", "errors"),
            count(self.warnings, "warning", "warnings"),
            count(self.information, "remark", "remarks"),
            count(self.hints, "hint", "hints"),
        ];
        let found = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let all = count(self.files, "file", "files").unwrap_or_default();
        match self.touched {
            0 => format!("no problems in {all}"),
            touched if touched == self.files => format!("{found} in {all}"),
            touched => format!("{found} in {touched} of {all}"),
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
