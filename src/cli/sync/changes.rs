//! Differences drawn: the place, `-` what was, `+` what is, each on a line; long values are cut, and whole in the JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::draw::{columns, harmless};
use crate::cli::style;
use crate::lint::Severity;
use crate::sync::{Change, Conflict};

/// What the lines of a difference are indented by.
const INDENT: &str = "    ";

/// The differences, in lines of at most `width` columns.
pub(in crate::cli) fn drawn(changes: &[Change], width: usize) -> String {
    let mut out = String::new();
    for Change { place, before, after } in changes {
        place_of(&place.to_string(), width, &mut out);
        let (old, new) = (style::of(Severity::Error), style::GOOD);
        for (sign, style, value) in [('-', old, before), ('+', new, after)] {
            if let Some(value) = value {
                let _ = writeln!(out, "{INDENT}{style}{sign} {}{style:#}", cut(value, width - INDENT.len() - 2));
            }
        }
    }
    out
}

/// What both sides changed, each in its way.
pub(in crate::cli) fn drawn_conflicts(conflicts: &[Conflict], width: usize) -> String {
    let mut out = String::new();
    for Conflict { place, base, here, there } in conflicts {
        place_of(&place.to_string(), width, &mut out);
        let frame = style::FRAME;
        for (name, value) in [("before", base), ("here", here), ("service", there)] {
            // Nothing may be known of what both began with.
            if name == "before" && value.is_none() {
                continue;
            }
            let value = value.as_deref().unwrap_or("nothing");
            let _ = writeln!(out, "{INDENT}{frame}{name:8}{frame:#} {}", cut(value, width - INDENT.len() - 9));
        }
    }
    out
}

fn place_of(place: &str, width: usize, out: &mut String) {
    let place = if place.is_empty() { "the whole spec" } else { place };
    let _ = writeln!(out, "{INDENT}{}", cut(place, width - INDENT.len()));
}

/// A value on one line, as much of it as fits.
fn cut(value: &str, width: usize) -> String {
    let line = harmless(&value.split_whitespace().collect::<Vec<_>>().join(" "));
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

/// What both sides changed, for other programs: whole values, as they are written.
pub(in crate::cli) fn json_of_conflicts(conflicts: &[Conflict]) -> Value {
    let one = |Conflict { place, base, here, there }: &Conflict| json!({ "place": place.to_string(), "before": base, "here": here, "there": there });
    conflicts.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_long_value_is_cut_to_the_width() {
        assert_eq!(cut("{ \"a\":\n    1 }", 20), "{ \"a\": 1 }");
        assert_eq!(cut("\"0123456789\"", 8), "\"012345…");
        assert_eq!(cut("\"名前名前\"", 6), "\"名前…");
        assert_eq!(cut("\"\u{1b}[2J\"", 20), "\"␛[2J\"");
    }
}
