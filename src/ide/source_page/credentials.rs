//! The section on credentials: one table for each authentication method, with what users have to enter.

use serde_json::Value;

use crate::ide::markdown::{cell, code, escaped_line};

use super::subject::{Field, Method, Subject};
use super::writer::Writer;

/// The first cell of the heads of these tables, as in the template.
pub(super) const HEAD: &str = "Credential";

/// Adds the section.
pub(super) fn add(page: &mut Writer, subject: &Subject) {
    let label = escaped_line(&subject.label);
    page.add("### Gather required credentials {#credentials}");
    let methods: Vec<&Method> = subject.methods.iter().filter(|method| method.shown().next().is_some()).collect();
    match methods[..] {
        [] => page.blank("List what users need from their account, or remove this section."),
        [one] => {
            page.add(&format!("To connect {label} to Experience Platform, provide values for these properties:"));
            page.add(&table(one));
        }
        _ => {
            let names: Vec<String> = methods.iter().map(|method| escaped_line(&method.name)).collect();
            page.add(&format!(
                "{label} can be connected in {} ways: {}. Provide the values of the one that you use.",
                names.len(),
                names.join(", ")
            ));
            for method in methods {
                page.add(&format!("#### {}", escaped_line(&method.name)));
                page.add(&table(method));
            }
        }
    }
    page.blank(&format!("Link the page of {label} on authentication."));
}

fn table(method: &Method) -> String {
    let rows: Vec<String> = method.shown().map(row).collect();
    format!("| {HEAD} | Description | Example |\n| --- | --- | --- |\n{}", rows.join("\n"))
}

fn row(field: &Field) -> String {
    let optional = if field.is_required { "" } else { "(Optional) " };
    let description = match field.description.as_str() {
        "" => "*Describe this credential.*".to_owned(),
        text => escaped_line(text),
    };
    let example = match field.sample() {
        Value::String(text) => code(&text),
        other => code(&other.to_string()),
    };
    format!("| {} | {optional}{} | {} |", cell(&code(&field.name)), cell(&description), cell(&example))
}
