//! What is wrong with the `connspec.toml` files that counted, each shown once.

use std::env;

use super::Checked;
use crate::document::Document;
use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::project::{PROJECT_FILE_CODE, Project, Projects};
use crate::text::Text;

/// The files with problems. Each problem is an error: the levels may not be those that the team has set.
pub(super) fn broken(projects: &Projects) -> Vec<Checked> {
    let all = projects.all();
    all.iter().filter(|project| !project.problems().is_empty()).map(|project| broken_one(project)).collect()
}

fn broken_one(project: &Project) -> Checked {
    let here = env::current_dir().unwrap_or_default();
    let path = project.path().strip_prefix(here).unwrap_or(project.path()).display().to_string();
    let diagnostics = project.problems().iter().map(|problem| Diagnostic {
        code: PROJECT_FILE_CODE,
        severity: Severity::Error,
        range: problem.range.clone(),
        message: problem.message.clone(),
        link: "",
        related: Vec::new(),
        tag: None,
        fixes: Vec::new(),
    });
    Checked {
        document: Document::new(path.clone(), 0, Text::new(project.masked_text())),
        path,
        diagnostics: diagnostics.collect(),
        fixed: 0,
    }
}
