//! Standard output and standard error: color where it is understood, lines as wide as the terminal.

use std::io::{self, ErrorKind, IsTerminal, Stdout, Write};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::style;
use super::terminal::sanitize_terminal;
use crate::lint::Severity;

/// The columns used when the output does not go to a terminal; wider lines are hard to read in any case.
const MAX_WIDTH: usize = 120;

/// Narrower lines hold nothing.
const MIN_WIDTH: usize = 40;

/// When to use color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// If the output goes to a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Standard output.
pub(super) struct Output {
    stream: AutoStream<Stdout>,
    width: usize,
    is_terminal: bool,
    is_closed: bool,
}

impl Output {
    /// Standard output. The color applies to standard error too.
    pub(super) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        choice.write_global();
        let is_terminal = io::stdout().is_terminal();
        let width = match terminal_size::terminal_size() {
            Some((width, _)) if is_terminal => usize::from(width.0).clamp(MIN_WIDTH, MAX_WIDTH),
            _ => MAX_WIDTH,
        };
        Output { stream: AutoStream::new(io::stdout(), choice), width, is_terminal, is_closed: false }
    }

    /// The columns of a line.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether the output goes to a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// The columns after which sentences continue on the next line: unlimited in a file, where one message on one line is
    /// easier to search.
    pub(super) fn wrap_at(&self) -> usize {
        if self.is_terminal { self.width } else { usize::MAX }
    }

    /// Whether a person reads the output: on a terminal, or in a pager that gets colors on purpose.
    pub(super) fn is_for_a_person(&self) -> bool {
        self.is_terminal || self.stream.current_choice() != ColorChoice::Never
    }

    /// Prints. A closed pipe (`| head`) is not an error: the rest is dropped.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        match self.write(text).and_then(|()| self.stream.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            done => done,
        }
    }

    /// Without colors the stream would write a text in small pieces, each with a system call.
    fn write(&mut self, text: &str) -> io::Result<()> {
        match self.stream.current_choice() {
            ColorChoice::Never => io::stdout().write_all(strip_str(text).to_string().as_bytes()),
            _ => self.stream.write_all(text.as_bytes()),
        }
    }
}

/// Prints an error on standard error.
pub(super) fn report_error(message: &str) {
    report("error", style::of(Severity::Error), message);
}

/// Prints a warning on standard error.
pub(super) fn report_warning(message: &str) {
    report("warning", style::of(Severity::Warning), message);
}

fn report(label: &str, style: anstyle::Style, message: &str) {
    // Names in messages are sanitized where they are put in, since a line break in one would begin a line of its own.
    let lines: Vec<String> = message.split('\n').map(sanitize_terminal).collect();
    report_status(&format!("{style}{label}:{style:#} {}", lines.join("\n")));
}

/// Prints what belongs beside the output on standard error.
pub(super) fn report_status(message: &str) {
    // If standard error cannot be written, nothing is left to report it with.
    let _ = writeln!(anstream::stderr(), "{message}");
}

/// The message of an I/O error without the number of the operating system.
pub(super) fn io_message(error: &io::Error) -> String {
    let message = error.to_string();
    message.split(" (os error").next().unwrap_or(&message).to_lowercase()
}
