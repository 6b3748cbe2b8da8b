//! The content of an input, or why there is none.

use std::fs;
use std::io::{self, Read};

use super::Failure;
use super::find::Input;

/// Reads an input whole.
pub(super) fn read(input: &Input) -> Result<String, Failure> {
    let shown = input.shown();
    let failure = |message: String| Failure { path: shown.to_owned(), message };
    let bytes = match input {
        Input::Stdin => standard_input(),
        Input::File(path, _) => fs::read(path),
    }
    .map_err(|error| failure(format!("cannot read {shown}: {}", reason(&error))))?;
    String::from_utf8(bytes)
        .map_err(|error| failure(not_utf8(shown, error.as_bytes(), error.utf8_error().valid_up_to())))
}

fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The system's words without its number.
pub(in crate::cli) fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or(&words).to_lowercase()
}

fn not_utf8(shown: &str, bytes: &[u8], at: usize) -> String {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => format!("cannot read {shown}: it is UTF-16, save it as UTF-8"),
        _ => format!(
            "cannot read {shown}: not UTF-8 at byte {at} (0x{:02x})",
            bytes.get(at).copied().unwrap_or_default()
        ),
    }
}
