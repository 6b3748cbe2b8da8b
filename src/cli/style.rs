//! The styles, each with one meaning.

use anstyle::{AnsiColor, Style};

use crate::lint::Severity;

/// The most important part of a line.
pub(super) const STRONG: Style = Style::new().bold();

/// Details.
pub(super) const DIM: Style = Style::new().dimmed();

/// Line numbers, arrows and related ranges.
pub(super) const FRAME: Style = AnsiColor::BrightBlue.on_default().bold();

/// Names and values in a sentence.
pub(super) const CODE: Style = AnsiColor::Cyan.on_default();

/// The selected line of a list.
pub(super) const SELECTED: Style = Style::new().invert();

/// Success, and added lines.
pub(super) const GOOD: Style = AnsiColor::Green.on_default();

pub(super) fn of(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::BrightBlue,
        Severity::Hint => AnsiColor::Cyan,
    };
    color.on_default().bold()
}
