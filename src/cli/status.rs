//! `connspec status`: how specs stand, a line each.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::draw::{columns, harmless};
use super::output::{Output, complain};
use super::style;
use super::sync::{self, Errand, StatusArguments, Talk};
use crate::project;
use crate::sync::{Standing, Status, json};

/// The long help.
pub(super) const LONG_ABOUT: &str =
    "Tell how specs stand: the same here and there, changed here, on the service or on \
both sides, and whether they are registered.

Without a FILE it is told of all *connectionSpec.json below this folder.";

/// Asks for each file.
pub(super) fn run(arguments: &StatusArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, false, output, async |talk| {
        let files = if arguments.files.is_empty() { all(talk) } else { arguments.files.clone() };
        if files.is_empty() {
            complain(&format!("no file named *{} was found, so nothing was asked", project::SPEC_FILE_SUFFIX));
        }
        let widest = files.iter().map(|file| columns(&shown(file))).max().unwrap_or_default();
        for file in &files {
            if let Some(errand) = Errand::begin(talk, file).await {
                talk.name(&errand.service)?;
                one(talk, &errand, widest).await?;
            }
            if talk.is_stopped() {
                break;
            }
        }
        Ok(())
    })
}

fn shown(file: &Path) -> String {
    file.strip_prefix(".").unwrap_or(file).display().to_string()
}

/// The specs below this folder.
fn all(talk: &mut Talk<'_>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for file in project::find_specs(Path::new("."), || true) {
        match file {
            Ok(file) => files.push(file),
            Err(error) => talk.cannot(".", &format!("cannot search this folder: {error}.")),
        }
    }
    files.sort();
    files
}

async fn one(talk: &mut Talk<'_>, errand: &Errand, widest: usize) -> io::Result<()> {
    let status = match errand.spec().status().await {
        Ok(status) => status,
        Err(failure) => {
            talk.failed(&errand.shown, Some(&errand.service), &failure, json!({}));
            return Ok(());
        }
    };
    let Status { standing, id, registered, here, there } = &status;
    let words = standing_words(*standing);
    let registered_words = match registered {
        Some(true) => "registered",
        Some(false) => "not registered",
        None => "",
    };
    let (strong, dim) = (style::STRONG, style::DIM);
    let file = harmless(&errand.shown);
    let gap = widest.saturating_sub(columns(&errand.shown));
    let mut line = format!("{strong}{file}{strong:#}{:gap$}  {words:22}  {registered_words:14}", "");
    if let Some(id) = id {
        line += &format!("  {dim}{}{dim:#}", harmless(id));
    }
    talk.say(&(line.trim_end().to_owned() + "\n"))?;
    let more = json!({
        "standing": standing.word(),
        "id": id,
        "registered": registered,
        "here": json::changes(here),
        "there": json::changes(there),
    });
    talk.note(&errand.shown, Some(&errand.service), "asked", more);
    Ok(())
}

fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::NotLinked => "not linked",
        Standing::UpToDate => "up to date",
        Standing::ChangedHere => "changed here",
        Standing::ChangedThere => "changed on the service",
        Standing::ChangedBoth => "changed here and there",
        Standing::Gone => "gone from the service",
    }
}
