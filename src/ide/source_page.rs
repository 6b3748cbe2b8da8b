//! The documentation page of a source. Adobe publishes each source with pages that partners write from a template; these
//! functions write such a page from a spec, and compare a page with it. The sections are those of the template, the
//! sentences are our own.
//!
//! What only the author knows is left as a blank: a paragraph in italics, as in the template.

mod api;
mod credentials;
mod differences;
mod encoding;
mod reader;
mod requests;
mod subject;
mod ui;
mod writer;

use crate::document::Document;

use subject::Subject;

pub use differences::page_differences;
pub use reader::page_blanks;

/// Which of the two pages of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// How to create a connection and a dataflow with the Flow Service API.
    Api,
    /// How to connect an account in the user interface.
    Ui,
}

/// What the spec itself does not contain.
#[derive(Debug, Clone, Default)]
pub struct PageFacts {
    /// The label of the catalog; without it, the one in the spec, or the name of the spec.
    pub label: Option<String>,
    /// The ids of the remote specs.
    pub spec_ids: Vec<String>,
    /// The id of the flow spec that dataflows of the source are created with.
    pub flow_spec_id: &'static str,
}

/// A difference between a page and the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDifference {
    /// The line, from 1.
    pub line: usize,
    /// What is different.
    pub message: String,
}

/// A documentation page in Markdown. `None` for a spec that is neither of a batch nor of a streaming source.
pub fn source_page(document: &Document, facts: &PageFacts, kind: PageKind) -> Option<String> {
    let subject = Subject::of(document, facts)?;
    Some(match kind {
        PageKind::Api => api::page(&subject),
        PageKind::Ui => ui::page(&subject),
    })
}

#[cfg(test)]
mod tests;
