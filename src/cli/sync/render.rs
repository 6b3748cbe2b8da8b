//! Differences for a terminal: the path, `-` before, `+` after, each on a line. Long values are truncated; JSON has them
//! complete.

use std::fmt::Write;

use crate::cli::style;
use crate::cli::terminal::{columns, sanitize_terminal};
use crate::lint::Severity;
use crate::sync::{Change, Conflict};

const INDENT: &str = "    ";

/// The changes, in lines of at most `width` columns.
pub(in crate::cli) fn rendered_changes(changes: &[Change], width: usize) -> String {
    let mut out = String::new();
    for Change { path, before, after } in changes {
        write_path(&path.to_string(), width, &mut out);
        let (removed, added) = (style::of(Severity::Error), style::GOOD);
        for (sign, style, value) in [('-', removed, before), ('+', added, after)] {
            if let Some(value) = value {
                let _ = writeln!(out, "{INDENT}{style}{sign} {}{style:#}", cut(value, width - INDENT.len() - 2));
            }
        }
    }
    out
}

/// The conflicts, in lines of at most `width` columns.
pub(in crate::cli) fn rendered_conflicts(conflicts: &[Conflict], width: usize) -> String {
    let mut out = String::new();
    for Conflict { path, base, local, remote } in conflicts {
        write_path(&path.to_string(), width, &mut out);
        let frame = style::FRAME;
        // The base may be unknown.
        let base = base.as_ref().map(|base| ("base", Some(base)));
        for (name, value) in base.into_iter().chain([("local", local.as_ref()), ("remote", remote.as_ref())]) {
            let value = value.map_or("(none)", String::as_str);
            let _ = writeln!(out, "{INDENT}{frame}{name:6}{frame:#}  {}", cut(value, width - INDENT.len() - 8));
        }
    }
    out
}

fn write_path(path: &str, width: usize, out: &mut String) {
    let path = if path.is_empty() { "(the entire spec)" } else { path };
    let _ = writeln!(out, "{INDENT}{}", cut(path, width - INDENT.len()));
}

/// A value on one line, as much of it as fits.
fn cut(value: &str, width: usize) -> String {
    let line = sanitize_terminal(&value.split_whitespace().collect::<Vec<_>>().join(" "));
    if columns(&line) <= width {
        return line;
    }
    let (mut room, mut cut) = (width.saturating_sub(1), String::new());
    for char in line.chars() {
        match room.checked_sub(columns(char.encode_utf8(&mut [0; 4]))) {
            Some(rest) => room = rest,
            None => break,
        }
        cut.push(char);
    }
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn long_values_are_truncated() {
        assert_eq!(cut("{ \"a\":\n    1 }", 20), "{ \"a\": 1 }");
        assert_eq!(cut("\"0123456789\"", 8), "\"012345…");
        assert_eq!(cut("\"名前名前\"", 6), "\"名前…");
        assert_eq!(cut("\"\u{1b}[2J\"", 20), "\"␛[2J\"");
    }
}
