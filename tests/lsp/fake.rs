//! Features that a test defines.

use connspec::document::Document;
use connspec::ide::{CompletionItem, Hover, ItemKind};
use connspec::lint::{Diagnostic, Facts, Severity};
use connspec::server::Features;
use connspec::text::Edit;

type Diagnostics = dyn Fn(&Document) -> Vec<Diagnostic> + Send + Sync;
type Items = dyn Fn(&Document, usize) -> Vec<CompletionItem> + Send + Sync;
type Hovers = dyn Fn(&Document, usize) -> Option<Hover> + Send + Sync;

/// Features that a test replaces one by one. The others return nothing, except that the hover shows the complete document.
pub struct Fake {
    pub diagnostics: Box<Diagnostics>,
    pub completion: Box<Items>,
    pub hover: Box<Hovers>,
}

impl Default for Fake {
    fn default() -> Self {
        Fake {
            diagnostics: Box::new(|_| Vec::new()),
            completion: Box::new(|_, _| Vec::new()),
            hover: Box::new(|document, _| {
                Some(Hover { range: 0..document.source().len(), contents: document.source().to_owned() })
            }),
        }
    }
}

impl Features for Fake {
    fn diagnostics(&self, document: &Document, _: &Facts) -> Vec<Diagnostic> {
        (self.diagnostics)(document)
    }

    fn completion(&self, document: &Document, offset: usize) -> Vec<CompletionItem> {
        (self.completion)(document, offset)
    }

    fn hover(&self, document: &Document, _: &[Diagnostic], offset: usize) -> Option<Hover> {
        (self.hover)(document, offset)
    }
}

/// A diagnostic that covers the document and quotes it.
pub fn quote(document: &Document) -> Vec<Diagnostic> {
    vec![Diagnostic {
        code: "quote",
        severity: Severity::Warning,
        range: 0..document.source().len(),
        message: document.source().to_owned(),
        link: "https://example.com/quote",
        related: Vec::new(),
        tag: None,
        fixes: Vec::new(),
    }]
}

/// A completion item that inserts its label at the start of the document.
pub fn word(label: String) -> CompletionItem {
    CompletionItem {
        kind: ItemKind::EnumMember,
        detail: None,
        documentation: None,
        filter: label.clone(),
        sort: "0".to_owned(),
        edit: Edit { range: 0..0, new: label.clone() },
        snippet: None,
        additional: Vec::new(),
        deprecated: false,
        preselect: false,
        label,
    }
}
