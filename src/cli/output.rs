//! Where the words go: standard output, with colour when a person looks, and as wide as the terminal.

use std::io::{self, ErrorKind, IsTerminal, Stdout, Write};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};

use super::Color;

/// The columns that are used when the output does not go to a terminal.
const WIDTH_OF_A_FILE: usize = 120;

/// Wider lines are hard to read.
const WIDEST: usize = 120;

/// Narrower ones hold nothing.
const NARROWEST: usize = 40;

/// Standard output.
pub(super) struct Output {
    stream: AutoStream<Stdout>,
    width: usize,
    terminal: bool,
    closed: bool,
}

impl Output {
    /// Standard output, with colour as asked for.
    pub(super) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        let terminal = io::stdout().is_terminal();
        let width = match terminal_size::terminal_size() {
            Some((width, _)) if terminal => usize::from(width.0).clamp(NARROWEST, WIDEST),
            _ => WIDTH_OF_A_FILE,
        };
        Output { stream: AutoStream::new(io::stdout(), choice), width, terminal, closed: false }
    }

    /// The columns of a line.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether a person reads it on a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// The columns after which running text continues on the next line: none when it goes to a file, where one message on
    /// one line is easier to search.
    pub(super) fn wrap_at(&self) -> usize {
        if self.terminal { self.width } else { usize::MAX }
    }

    /// Whether a person reads it: on a terminal, or in a pager that was sent colours on purpose.
    pub(super) fn is_for_a_person(&self) -> bool {
        self.terminal || self.stream.current_choice() != ColorChoice::Never
    }

    /// Prints. A reader that went away (`| head`) is no error: the rest is left out.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        match self.write(text).and_then(|()| self.stream.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            done => done,
        }
    }

    /// The stream would write a text without its colours piece by piece, each with a call of the system.
    fn write(&mut self, text: &str) -> io::Result<()> {
        match self.stream.current_choice() {
            ColorChoice::Never => io::stdout().write_all(strip_str(text).to_string().as_bytes()),
            _ => self.stream.write_all(text.as_bytes()),
        }
    }
}

/// Says on standard error what could not be done or is worth knowing beside the output.
pub(super) fn complain(words: &str) {
    // Nothing is left to say it with when standard error cannot be written.
    let _ = writeln!(io::stderr(), "connspec: {words}");
}
