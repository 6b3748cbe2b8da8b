//! What must hold of a fix, and how often each rule's fixes were tried.

use std::collections::BTreeMap;
use std::ops::Range;

use connspec::document::Document;
use connspec::ide::{Action, ActionKind, actions};
use connspec::lint::Diagnostic;
use connspec::lint::Facts;
use connspec::lint::Severity;
use connspec::lint::diagnostics;
use connspec::lint::fix_all;
use connspec::text::Edit;
use connspec::text::Text;

/// How many findings of one document are looked at.
const FINDINGS: usize = 3;

/// How many findings of each code were looked at, how many of them have a fix, and how many fixes that were.
#[derive(Default)]
pub(crate) struct Count(BTreeMap<&'static str, (usize, usize, usize)>);

impl Count {
    /// Tries the fixes of some of the findings on a text that were `wanted`, and all safe ones at once.
    pub(crate) fn check(&mut self, name: &str, text: &str, wanted: impl Fn(&Diagnostic) -> bool) {
        let document = document(text);
        let found = diagnostics(&document, &Facts::default());
        let chosen: Vec<&Diagnostic> = found.iter().filter(|finding| wanted(finding)).collect();
        for finding in chosen.iter().step_by(chosen.len().div_ceil(FINDINGS).max(1)) {
            let offered = actions(&document, &Facts::default(), finding.range.clone());
            let fixes: Vec<&Action> =
                offered.iter().filter(|action| action.diagnostic.as_ref() == Some(finding)).collect();
            let count = self.0.entry(finding.code).or_default();
            *count = (count.0 + 1, count.1 + usize::from(!fixes.is_empty()), count.2 + fixes.len());
            if fixes.is_empty() && std::env::var("SHOW").is_ok() {
                println!(
                    "UNFIXED {name}: {} {} at {:?}",
                    finding.code,
                    finding.message,
                    &text[finding.range.start.saturating_sub(40)..(finding.range.end + 40).min(text.len())]
                );
            }
            for fix in fixes {
                let what = format!("{name}: {} of {}\n{text}", fix.title, finding.message);
                mends(&document, &found, finding, &fix.edits, &what);
            }
        }
        all_at_once(&document, &found, &format!("{name}: all at once\n{text}"));
    }

    /// How many findings of a code were looked at, and how many of them have a fix.
    pub(crate) fn of(&self, code: &str) -> (usize, usize) {
        self.0.get(code).map_or((0, 0), |(found, mended, _)| (*found, *mended))
    }

    /// Shows the numbers.
    pub(crate) fn print(&self) {
        println!("{:26} {:>8} {:>8} {:>8}", "", "findings", "mended", "fixes");
        for (code, (found, mended, fixes)) in &self.0 {
            println!("{code:26} {found:8} {mended:8} {fixes:8}");
        }
    }
}

pub(crate) fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

/// The text after edits, which have to be such that nothing outside of them changes.
fn applied(document: &Document, edits: &[Edit], what: &str) -> Document {
    let source = document.source();
    let mut end = None;
    for edit in edits {
        let range = &edit.range;
        assert!(range.start <= range.end && range.end <= source.len(), "{range:?}: {what}");
        assert!(source.is_char_boundary(range.start) && source.is_char_boundary(range.end), "{range:?}: {what}");
        assert!(end.is_none_or(|end| end < range.start), "{range:?} touches the edit before: {what}");
        assert!(source[range.clone()] != edit.new, "{range:?} stays as it is: {what}");
        end = Some(range.end);
    }
    self::document(&Edit::apply(source, edits))
}

fn mends(document: &Document, found: &[Diagnostic], finding: &Diagnostic, edits: &[Edit], what: &str) {
    let after = applied(document, edits, what);
    parses_no_worse(document, &after, what);
    let left = diagnostics(&after, &Facts::default());
    let same = |found: &[Diagnostic]| {
        found.iter().filter(|other| other.code == finding.code && other.message == finding.message).count()
    };
    assert!(same(&left) < same(found), "it is still there: {what}\n-----\n{}", after.source());
    if finding.code == "syntax-error" {
        assert!(mistakes(&left, None) < mistakes(found, None), "no better: {what}\n-----\n{}", after.source());
        return;
    }
    let is_expected = |new: &Diagnostic| match finding.code {
        // What Flow Service omits from responses is missing once the spec no longer looks like one.
        "server-managed-key" => new.code == "missing-key",
        // What belongs in a key that is added, only the author knows.
        "missing-key" | "incomplete-pagination" | "wrong-type" => new.code == "empty-value",
        // The rules check the spec only after the fix.
        "not-a-spec" => true,
        _ => false,
    };
    for new in left.iter().filter(|new| !is_expected(new)) {
        let (before, now) = (mistakes(found, Some(new.code)), mistakes(&left, Some(new.code)));
        assert!(now <= before, "{}: {what}\n-----\n{}", new.message, after.source());
    }
}

/// Tries each way to make an input of what stands in a range, and tells how many there are.
pub(crate) fn extracts(document: &Document, range: Range<usize>) -> usize {
    let offered = actions(document, &Facts::default(), range.clone());
    let offered: Vec<&Action> = offered.iter().filter(|action| action.kind == ActionKind::Extract).collect();
    for action in &offered {
        let what = format!("{} at {:?} of\n{}", action.title, &document.source()[range.clone()], document.source());
        let after = applied(document, &action.edits, &what);
        parses_no_worse(document, &after, &what);
        let [before, now] = [document, &after].map(|document| diagnostics(document, &Facts::default()));
        assert!(mistakes(&now, None) <= mistakes(&before, None), "{what}\n-----\n{}\n{now:?}", after.source());
    }
    offered.len()
}

fn all_at_once(document: &Document, found: &[Diagnostic], what: &str) {
    let after = applied(document, &fix_all(document, &Facts::default()), what);
    parses_no_worse(document, &after, what);
    let left = diagnostics(&after, &Facts::default());
    let is_answer = found.iter().any(|finding| finding.code == "server-managed-key");
    let is_no_worse = is_answer || mistakes(&left, None) <= mistakes(found, None);
    assert!(is_no_worse, "{what}\n-----\n{}", after.source());
    assert_eq!(fix_all(&after, &Facts::default()), [], "there is more to mend: {what}\n-----\n{}", after.source());
}

fn parses_no_worse(before: &Document, after: &Document, what: &str) {
    let (before, now) = (before.tree().errors().len(), after.tree().errors().len());
    assert!(now <= before, "{before} errors became {now}: {what}\n-----\n{}", after.source());
}

/// How many errors and warnings there are, of one code or of all.
fn mistakes(found: &[Diagnostic], code: Option<&str>) -> usize {
    let counts =
        |finding: &&Diagnostic| finding.severity <= Severity::Warning && code.is_none_or(|code| finding.code == code);
    found.iter().filter(counts).count()
}
