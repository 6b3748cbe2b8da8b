//! Turning a rule off in `connspec.toml`: for one place, or for the project. The file is the one that applies to the
//! document; a new one goes to the outermost open folder that contains it.

use std::collections::HashSet;
use std::path::PathBuf;

use tower_lsp::ls_types::*;

use super::ActionContext;
use crate::lint::{self, Diagnostic, Level, RULES, SYNTAX_ERROR};
use crate::project::{self, Project};
use crate::server::client_caps::ClientCaps;
use crate::server::convert;
use crate::server::workspace_edit::{self, Operation};
use crate::text::Text;

/// Two actions for each rule that reported one of these diagnostics, without syntax errors.
pub(super) fn actions(context: &ActionContext<'_>, diagnostics: &[&Diagnostic]) -> Vec<CodeAction> {
    let Some(file) = ProjectFile::of(context) else { return Vec::new() };
    let mut codes = HashSet::new();
    let can_be_off = |code: &str| code != SYNTAX_ERROR && RULES.iter().any(|rule| rule.code == code);
    let rules = diagnostics.iter().filter(|diagnostic| can_be_off(diagnostic.code));
    let first = rules.filter(|diagnostic| codes.insert(diagnostic.code));
    let both = first.flat_map(|diagnostic| {
        let code = diagnostic.code;
        let pointer = lint::pointer(&context.snapshot.document, &diagnostic.range);
        let here = file.spec_name.as_ref().map(|name| {
            let text = project::add_ignore(&file.text, name, &pointer, code);
            (format!("Ignore `{code}` here ({})", project::PROJECT_FILE_NAME), text)
        });
        let off = project::set_level(&file.text, code, Level::Off);
        [here, Some((format!("Turn off `{code}` in this project ({})", project::PROJECT_FILE_NAME), off))]
    });
    let actions = both.flatten().filter_map(|(title, text)| {
        let edit = Some(file.edit(context.session.caps(), &text)?);
        Some(CodeAction { title, kind: Some(CodeActionKind::QUICKFIX), edit, ..CodeAction::default() })
    });
    actions.collect()
}

/// The project file to be written.
struct ProjectFile {
    path: PathBuf,
    text: String,
    is_new: bool,
    /// The name of the document in it.
    spec_name: Option<String>,
}

impl ProjectFile {
    fn of(context: &ActionContext<'_>) -> Option<ProjectFile> {
        let spec = convert::file_path(context.uri())?;
        if let Some(project) = &context.snapshot.context.get().project {
            return Some(ProjectFile::existing(project, spec));
        }
        let folder = context.session.workspace.folder_of(&spec).or_else(|| Some(spec.parent()?.to_owned()));
        let path = folder.unwrap_or_default().join(project::PROJECT_FILE_NAME);
        let spec_name = project::relative_path(&path, &spec);
        Some(ProjectFile { path, text: String::new(), is_new: true, spec_name })
    }

    fn existing(project: &Project, spec: PathBuf) -> ProjectFile {
        let text = project.text().as_str().to_owned();
        ProjectFile { path: project.path().to_owned(), text, is_new: false, spec_name: project.relative_path(&spec) }
    }

    /// The edit that changes its content to this, and creates it first if it is new.
    fn edit(&self, caps: &ClientCaps, content: &str) -> Option<WorkspaceEdit> {
        let uri = Uri::from_file_path(&self.path)?;
        let edit = workspace_edit::difference(&Text::new(&*self.text), content, caps.encoding);
        let create = self.is_new.then(|| Operation::Create(uri.clone()));
        workspace_edit::operations(caps, create.into_iter().chain([Operation::Edit(uri, None, vec![edit])]).collect())
    }
}
