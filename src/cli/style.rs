//! The colours, each with one meaning.

use anstyle::{AnsiColor, Style};

use crate::lint::Severity;

/// What matters most in a line.
pub(super) const STRONG: Style = Style::new().bold();

/// What is there for those who look for it.
pub(super) const DIM: Style = Style::new().dimmed();

/// Line numbers, arrows and second places.
pub(super) const FRAME: Style = AnsiColor::BrightBlue.on_default().bold();

/// Names and values inside running text.
pub(super) const CODE: Style = AnsiColor::Cyan.on_default();

/// The chosen line of a list.
pub(super) const CHOSEN: Style = Style::new().invert();

/// What is well, and what was added.
pub(super) const GOOD: Style = AnsiColor::Green.on_default();

/// The colour of a severity.
pub(super) fn of(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Information => AnsiColor::BrightBlue,
        Severity::Hint => AnsiColor::Cyan,
    };
    color.on_default().bold()
}
