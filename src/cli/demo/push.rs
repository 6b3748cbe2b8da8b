//! Publishes the sample to an emulator in memory: creates, registers, edits and updates it.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use tokio::runtime;

use super::{INDENT, sample};
use crate::cli::style;
use crate::cli::sync::rendered_changes;
use crate::document::Document;
use crate::emulator::{Emulator, Options};
use crate::lint::Facts;
use crate::sync::{PushOptions, Pushed, Service, Spec, SpecStep, SyncError};
use crate::text::Text;

/// The edit between the two pushes.
const EDIT: (&str, &str) = (r#""version": "1.0""#, r#""version": "1.1""#);

pub(super) fn render(width: usize) -> io::Result<String> {
    let emulator = Emulator::start(Options::default()).map_err(|error| io::Error::other(error.to_string()))?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let scratch = Scratch::new()?;
    let service = Service::of_emulator(emulator).map_err(|error| io::Error::other(error.to_string()))?;
    let pushes = runtime.block_on(push_twice(&service, &scratch.0, width));
    pushes.map_err(|error| io::Error::other(error.to_string()))
}

async fn push_twice(service: &Service, folder: &Path, width: usize) -> Result<String, SyncError> {
    let mut out = String::new();
    let fixed = sample::fixed();
    let (_, created) = push(service, folder, &fixed).await?;
    let flow_spec = created.registration.map(|registered| registered.flow_spec).unwrap_or_default();
    step("fixed and pushed", &format!("Created and registered in {flow_spec}"), &mut out);
    let (spec_step, _) = push(service, folder, &fixed.replace(EDIT.0, EDIT.1)).await?;
    if let SpecStep::Update { changes, .. } = spec_step {
        step("edited and pushed again", "Updated", &mut out);
        out.push_str(&rendered_changes(&changes, width));
    }
    Ok(out)
}

fn step(action: &str, result: &str, out: &mut String) {
    let dim = style::DIM;
    let _ = writeln!(out, "{INDENT}{dim}{action}:{dim:#} {result}");
}

async fn push(service: &Service, folder: &Path, text: &str) -> Result<(SpecStep, Pushed), SyncError> {
    let path = folder.join("acme-connectionSpec.json");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let spec = Spec::new(service.client(), service.records(), &path, document);
    let plan = spec.plan(&Facts::default(), &PushOptions::default()).await?;
    let pushed = spec.push(&plan).await?;
    Ok((plan.spec, pushed))
}

/// A temporary folder for the state file, which must not link the sample to specs of an emulator that has ended.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> io::Result<Scratch> {
        let folder = std::env::temp_dir().join(format!("connspec-demo-{}", process::id()));
        fs::create_dir(&folder)?;
        // Ends the search for a state file in the folders above.
        fs::create_dir(folder.join(".git"))?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
