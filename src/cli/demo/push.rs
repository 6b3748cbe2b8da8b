//! A spec goes to the service: made, registered, edited and updated, on an emulator that forgets all of it.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use tokio::runtime;

use super::{INDENT, sample};
use crate::cli::style;
use crate::cli::sync::drawn;
use crate::document::Document;
use crate::emulator::{Emulator, Options};
use crate::lint::Facts;
use crate::sync::{Failure, PushOptions, Pushed, Service, Spec, SpecStep};
use crate::text::Text;

/// What is edited in between.
const EDIT: (&str, &str) = (r#""version": "1.0""#, r#""version": "1.1""#);

/// What happens to the sample, its mistakes mended.
pub(super) fn shown(width: usize) -> io::Result<String> {
    let emulator = Emulator::start(Options::default()).map_err(|error| io::Error::other(error.to_string()))?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let scratch = Scratch::new()?;
    let service = Service::of_emulator(emulator).map_err(|error| io::Error::other(error.to_string()))?;
    let story = runtime.block_on(story(&service, &scratch.0, width));
    story.map_err(|error| io::Error::other(error.to_string()))
}

async fn story(service: &Service, folder: &Path, width: usize) -> Result<String, Failure> {
    let mut out = String::new();
    let mended = sample::mended();
    let (_, made) = pushed(service, folder, &mended).await?;
    let flow_spec = made.registered.map(|registered| registered.flow_spec).unwrap_or_default();
    step("the mistakes mended, pushed", &format!("Created, and registered in {flow_spec}."), &mut out);
    let (step_of_spec, _) = pushed(service, folder, &mended.replace(EDIT.0, EDIT.1)).await?;
    if let SpecStep::Replace { changes, .. } = step_of_spec {
        step("edited and pushed again", "Updated in one place:", &mut out);
        out.push_str(&drawn(&changes, width));
    }
    Ok(out)
}

fn step(what: &str, came: &str, out: &mut String) {
    let dim = style::DIM;
    let _ = writeln!(out, "{INDENT}{dim}{what}:{dim:#} {came}");
}

async fn pushed(service: &Service, folder: &Path, text: &str) -> Result<(SpecStep, Pushed), Failure> {
    let path = folder.join("acme-connectionSpec.json");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let spec = Spec::new(service.client(), &path, document);
    let plan = spec.plan(&Facts::default(), &PushOptions::default()).await?;
    let pushed = spec.push(&plan).await?;
    Ok((plan.spec, pushed))
}

/// A folder for what is remembered meanwhile: the emulator forgets, so nothing of it may stay beside the sample.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> io::Result<Scratch> {
        let folder = std::env::temp_dir().join(format!("connspec-demo-{}", process::id()));
        fs::create_dir(&folder)?;
        // Ends the search for a state file here.
        fs::create_dir(folder.join(".git"))?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
