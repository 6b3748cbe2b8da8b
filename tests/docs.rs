//! `docs/rules.md` is generated from the rules: `UPDATE_EXPECT=1 cargo test --test docs` rewrites it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::process::Command;

use connspec::lint::RULES;
use expect_test::expect_file;

const INTRODUCTION: &str = "# Rules

The problems that `connspec check` and editors report. This page is generated from the output of `connspec explain`.

The severity of a rule is set in `connspec.toml`, in the folder of the spec or in one above it:

```toml
[rules]
unknown-key = \"off\"   # or \"hint\", \"info\", \"warning\", \"error\"
```

";

fn explain(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_connspec")).arg("explain").args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The page of a rule as a section: how to turn the rule off is in the introduction.
fn section(code: &str) -> String {
    let page = explain(&[code]);
    let (title, rest) = page.split_once('\n').unwrap();
    let severities = title.split_once(" (").and_then(|(_, rest)| rest.strip_suffix(')')).unwrap();
    let rest = rest.split("\n## Turn it off\n").next().unwrap().replace("\n## ", "\n### ");
    format!("\n## {code}\n\nSeverity: {severities}\n{rest}")
}

#[test]
fn the_rules_page_is_up_to_date() {
    let mut page = INTRODUCTION.to_owned();
    for line in explain(&[]).lines() {
        let code = line.strip_prefix("| `").and_then(|line| line.split_once('`'));
        let _ = match code {
            Some((code, rest)) => writeln!(page, "| [`{code}`](#{code}){rest}"),
            None => writeln!(page, "{line}"),
        };
    }
    RULES.iter().for_each(|rule| page += &section(rule.code));
    expect_file!["../docs/rules.md"].assert_eq(&page);
}
