//! `connspec list`: the specs of the service of the two kinds that authors make.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::draw::{columns, harmless};
use super::output::Output;
use super::style;
use super::sync::{self, ListArguments, Talk, where_it_is};
use crate::sync::{Listed, Service};

/// The long help.
pub(super) const LONG_ABOUT: &str = "List the specs of the service of the types generic-rest and generic-streaming, with \
the files of this folder that are linked to them.";

/// Lists them.
pub(super) fn run(arguments: &ListArguments, output: &mut Output) -> io::Result<ExitCode> {
    sync::run(&arguments.service, false, output, async |talk| {
        let here = Path::new("./spec");
        let service = match talk.service(here).await {
            Ok(service) => service,
            Err(failure) => {
                talk.failed("list", None, &failure, json!({}));
                return Ok(());
            }
        };
        match service.list(here).await {
            Ok(listed) => show(talk, &service, &listed),
            Err(failure) => {
                talk.failed("list", Some(&service), &failure, json!({}));
                Ok(())
            }
        }
    })
}

fn show(talk: &mut Talk<'_>, service: &Service, listed: &[Listed]) -> io::Result<()> {
    talk.name(service)?;
    let widest = listed.iter().map(|spec| columns(&spec.name)).max().unwrap_or_default();
    let (strong, dim) = (style::STRONG, style::DIM);
    for Listed { id, name, is_registered, file, .. } in listed {
        let gap = widest.saturating_sub(columns(name));
        let registered = if *is_registered { "registered" } else { "not registered" };
        let file = file.as_deref().unwrap_or_default();
        let (id, name, file) = (harmless(id), harmless(name), harmless(file));
        let line = format!("{strong}{name}{strong:#}{:gap$}  {dim}{id}{dim:#}  {registered:14}  {file}", "");
        talk.say(&(line.trim_end().to_owned() + "\n"))?;
    }
    if listed.is_empty() {
        talk.say("No specs of these types are there.\n")?;
    }
    let mut whole = Value::Object(where_it_is(service));
    let specs = listed.iter().map(|spec| {
        json!({
            "id": spec.id,
            "name": spec.name,
            "type": spec.kind,
            "registered": spec.is_registered,
            "file": spec.file,
            "updatedAt": spec.updated_at,
            "updatedBy": spec.updated_by,
        })
    });
    if let Some(whole) = whole.as_object_mut() {
        whole.insert("specs".to_owned(), specs.collect());
    }
    talk.print_json(&whole)
}
