//! `too-many-problems`: only the first problems of a file are shown.

use crate::lint::{Diagnostic, Severity};
use crate::text::english::count;

use super::{FILE, Rule, pages};

/// More diagnostics of one document than a person reads, or an editor shows.
pub(crate) const MAX_DIAGNOSTICS: usize = 1000;

pub(crate) const RULE: Rule = Rule {
    code: "too-many-problems",
    severities: &[Severity::Info],
    finds: "a file with more than 1,000 problems, of which the most severe 1,000 are shown",
    why: "Nobody reads more, and editors slow down. The others appear as soon as some of these are fixed.",
    at: FILE,
    wrong: "1,001 problems",
    right: "1,000 problems",
    link: pages::CREATE,
    every_kind: true,
    // It is about the problems that the other rules have found.
    check: |_, _| {},
};

/// The diagnostic for those that are not shown.
pub(crate) fn summary(hidden: usize) -> Diagnostic {
    let hidden = count(hidden, "more problem");
    RULE.at(Severity::Info, 0..0, format!("{hidden} not shown; fix some of these {MAX_DIAGNOSTICS} first"))
}
