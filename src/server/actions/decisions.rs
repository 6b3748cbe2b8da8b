//! What a team may decide about a finding: that it is not shown at its place, or nowhere. Both are written into the
//! `connspec.toml` that counts for the document; a new one goes to the outermost open folder around it.

use crate::lint;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use tower_lsp::ls_types::*;

use super::edits::{self, Change};
use crate::lint::Diagnostic;
use crate::lint::Level;
use crate::lint::RULES;
use crate::project::{self, Project};
use crate::server::capabilities::Peer;
use crate::server::convert;
use crate::server::documents::Snapshot;
use crate::server::session::Session;
use crate::text::Text;

/// The decisions about these findings, two for each rule.
pub(super) fn actions(session: &Session, snapshot: &Snapshot, uri: &Uri, found: &[Diagnostic]) -> Vec<CodeAction> {
    let peer = session.peer();
    let Some(file) = convert::path(uri) else { return Vec::new() };
    let project = snapshot.surroundings.get().project.clone();
    if !peer.versioned_edits || project.is_none() && !peer.creates_files {
        return Vec::new();
    }
    let target = Target::of(project.as_deref(), session.workspace.folder_of(&file), &file);
    let mut told = HashSet::new();
    let is_rule = |finding: &&Diagnostic| RULES.iter().any(|rule| rule.code == finding.code);
    let first = found.iter().filter(is_rule).filter(|finding| told.insert(finding.code));
    let both = first.flat_map(|finding| {
        let code = finding.code;
        let pointer = lint::pointer(&snapshot.document, &finding.range);
        let here = target.called.as_ref().map(|called| {
            let text = project::add_ignore(&target.text, called, &pointer, code);
            (format!("Do not show `{code}` here (in {})", project::PROJECT_FILE_NAME), text)
        });
        let off = project::set_level(&target.text, code, Level::Off);
        [here, Some((format!("Do not show `{code}` in this project (in {})", project::PROJECT_FILE_NAME), off))]
    });
    let written = both.flatten().filter_map(|(title, text)| {
        let edit = target.edit(peer, &text)?;
        Some(CodeAction { title, kind: Some(CodeActionKind::QUICKFIX), edit: Some(edit), ..CodeAction::default() })
    });
    written.collect()
}

/// The project file to be written.
struct Target {
    path: PathBuf,
    text: String,
    is_new: bool,
    /// What the document is called in it.
    called: Option<String>,
}

impl Target {
    fn of(project: Option<&Project>, folder: Option<PathBuf>, file: &Path) -> Target {
        if let Some(project) = project {
            let text = project.text().as_str().to_owned();
            return Target {
                path: project.path().to_owned(),
                text,
                is_new: false,
                called: project.relative_path(file),
            };
        }
        let folder = folder.or_else(|| file.parent().map(Path::to_owned)).unwrap_or_default();
        let path = folder.join(project::PROJECT_FILE_NAME);
        let called = project::relative_path(&path, file);
        Target { path, text: String::new(), is_new: true, called }
    }

    /// The edit that gives it this text, and makes it first when it is not there.
    fn edit(&self, peer: &Peer, text: &str) -> Option<WorkspaceEdit> {
        let uri = Uri::from_file_path(&self.path)?;
        let old = Text::new(&self.text);
        let edit = edits::difference(&old, text, peer.encoding);
        let create = self.is_new.then(|| Change::Create(uri.clone()));
        Some(edits::workspace_edit(create.into_iter().chain([Change::Edit(uri, None, vec![edit])])))
    }
}
