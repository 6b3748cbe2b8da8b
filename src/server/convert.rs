//! The plain data of [`crate::ide`] in the protocol's types, and positions in both directions.

pub(super) mod navigation;
mod plain_text;

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use serde_json::json;
use tower_lsp::jsonrpc;
use tower_lsp::ls_types::{self as lsp, Uri};

use super::client_caps::{ClientCaps, DeprecationSupport};
use crate::document::Document;
use crate::flow_service;
use crate::ide::{CompletionItem, Hover, ItemKind};
use crate::lint::{Diagnostic, Severity, Tag};
use crate::project::{self, Problem};
use crate::text::{self, Edit, Encoding, Text};

/// The file name in a URI.
pub(super) fn file_name(uri: &Uri) -> String {
    let path = uri.path().as_str();
    let last = uri.path().segments_if_absolute().and_then(|mut segments| segments.next_back());
    last.map_or_else(|| path.to_owned(), |last| last.decode().to_string_lossy().into_owned())
}

/// The path of a file. `None` for a URI of another scheme.
pub(super) fn file_path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten().map(Cow::into_owned)
}

/// The byte offset of a client's position.
pub(super) fn offset(text: &Text, encoding: Encoding, position: lsp::Position) -> usize {
    text.offset(text::Position { line: position.line, column: position.character }, encoding)
}

/// The bytes of a client's range. One whose end is before its start is turned round.
pub(super) fn byte_range(text: &Text, encoding: Encoding, range: lsp::Range) -> Range<usize> {
    let (start, end) = (offset(text, encoding, range.start), offset(text, encoding, range.end));
    start.min(end)..start.max(end)
}

/// The client's position of a byte offset.
pub(super) fn position(document: &Document, caps: &ClientCaps, offset: usize) -> lsp::Position {
    let position = document.text().position(offset, caps.encoding);
    lsp::Position { line: position.line, character: position.column }
}

/// The client's range of a range of bytes.
pub(super) fn range(document: &Document, caps: &ClientCaps, bytes: Range<usize>) -> lsp::Range {
    lsp::Range { start: position(document, caps, bytes.start), end: position(document, caps, bytes.end) }
}

pub(super) fn text_edit(document: &Document, caps: &ClientCaps, edit: Edit) -> lsp::TextEdit {
    lsp::TextEdit { range: range(document, caps, edit.range), new_text: edit.new }
}

/// A diagnostic, with what the client can show of it.
pub(super) fn diagnostic(document: &Document, uri: &Uri, caps: &ClientCaps, diagnostic: Diagnostic) -> lsp::Diagnostic {
    let related = diagnostic.related.into_iter().map(|other| lsp::DiagnosticRelatedInformation {
        location: lsp::Location { uri: uri.clone(), range: range(document, caps, other.range) },
        message: other.message,
    });
    let related: Vec<_> = if caps.related_information { related.collect() } else { Vec::new() };
    let tags: Vec<_> = diagnostic.tag.map(tag).into_iter().filter(|tag| caps.diagnostic_tags.contains(tag)).collect();
    let link = caps.code_description.then(|| diagnostic.link.parse().ok()).flatten();
    lsp::Diagnostic {
        range: range(document, caps, diagnostic.range),
        severity: Some(severity(diagnostic.severity)),
        code: Some(lsp::NumberOrString::String(diagnostic.code.to_owned())),
        code_description: link.map(|href| lsp::CodeDescription { href }),
        source: Some(env!("CARGO_PKG_NAME").to_owned()),
        message: diagnostic.message,
        related_information: Some(related).filter(|related| !related.is_empty()),
        tags: Some(tags).filter(|tags| !tags.is_empty()),
        data: None,
    }
}

/// A problem in a project file.
pub(super) fn project_diagnostic(document: &Document, caps: &ClientCaps, problem: &Problem) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: range(document, caps, problem.range.clone()),
        severity: Some(severity(problem.severity)),
        code: Some(lsp::NumberOrString::String(project::PROJECT_FILE_CODE.to_owned())),
        source: Some(env!("CARGO_PKG_NAME").to_owned()),
        message: problem.message.clone(),
        ..lsp::Diagnostic::default()
    }
}

/// The response to a request for the diagnostics of a version that is not the latest any more.
pub(super) fn outdated() -> jsonrpc::Error {
    const SERVER_CANCELLED: i64 = -32802;
    let data = lsp::DiagnosticServerCancellationData { retrigger_request: true };
    jsonrpc::Error {
        code: jsonrpc::ErrorCode::ServerError(SERVER_CANCELLED),
        message: "the document has changed".into(),
        data: serde_json::to_value(data).ok(),
    }
}

/// An error of Flow Service, at the part of the spec that it is about.
pub(super) fn service_diagnostic(
    document: &Document,
    caps: &ClientCaps,
    bytes: Range<usize>,
    error: &flow_service::Error,
) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: range(document, caps, bytes),
        severity: Some(lsp::DiagnosticSeverity::ERROR),
        code: error.code().map(|code| lsp::NumberOrString::String(code.to_owned())),
        source: Some(env!("CARGO_PKG_NAME").to_owned()),
        message: error.to_string(),
        ..lsp::Diagnostic::default()
    }
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Info => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

fn tag(tag: Tag) -> lsp::DiagnosticTag {
    match tag {
        Tag::Unnecessary => lsp::DiagnosticTag::UNNECESSARY,
        Tag::Deprecated => lsp::DiagnosticTag::DEPRECATED,
    }
}

/// All diagnostics of a document, under an id for the next time.
pub(super) fn full_report(id: Option<String>, items: Vec<lsp::Diagnostic>) -> lsp::DocumentDiagnosticReportResult {
    let report = lsp::RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id: id, items },
    };
    lsp::DocumentDiagnosticReportResult::Report(lsp::DocumentDiagnosticReport::Full(report))
}

/// The diagnostics that the client has under this id.
pub(super) fn unchanged_report(id: String) -> lsp::DocumentDiagnosticReportResult {
    let report = lsp::RelatedUnchangedDocumentDiagnosticReport {
        related_documents: None,
        unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id: id },
    };
    lsp::DocumentDiagnosticReportResult::Report(lsp::DocumentDiagnosticReport::Unchanged(report))
}

pub(super) fn completion_item(document: &Document, caps: &ClientCaps, item: CompletionItem) -> lsp::CompletionItem {
    let snippet = item.snippet.filter(|_| caps.snippets);
    let format = if snippet.is_some() { lsp::InsertTextFormat::SNIPPET } else { lsp::InsertTextFormat::PLAIN_TEXT };
    // A snippet is indented relative to its line; plain text is already.
    let mode = match snippet {
        Some(_) => lsp::InsertTextMode::ADJUST_INDENTATION,
        None => lsp::InsertTextMode::AS_IS,
    };
    let replaced = Edit { range: item.edit.range, new: snippet.unwrap_or(item.edit.new) };
    let additional: Vec<_> = item.additional.into_iter().map(|other| text_edit(document, caps, other)).collect();
    let deprecation = caps.deprecation;
    lsp::CompletionItem {
        label: item.label,
        kind: Some(completion_kind(caps, item.kind)),
        detail: item.detail,
        documentation: item.documentation.map(|markdown| documentation(caps.completion_format.as_ref(), markdown)),
        deprecated: (item.deprecated && deprecation == DeprecationSupport::Flag).then_some(true),
        tags: (item.deprecated && deprecation == DeprecationSupport::Tag)
            .then(|| vec![lsp::CompletionItemTag::DEPRECATED]),
        preselect: (item.preselect && caps.preselect).then_some(true),
        sort_text: Some(item.sort),
        filter_text: Some(item.filter),
        insert_text_format: caps.snippets.then_some(format),
        insert_text_mode: caps.insert_text_modes.contains(&mode).then_some(mode),
        text_edit: Some(text_edit(document, caps, replaced).into()),
        additional_text_edits: Some(additional).filter(|edits| !edits.is_empty()),
        ..lsp::CompletionItem::default()
    }
}

fn completion_kind(caps: &ClientCaps, kind: ItemKind) -> lsp::CompletionItemKind {
    let kind = match kind {
        ItemKind::Key => lsp::CompletionItemKind::PROPERTY,
        ItemKind::Value => lsp::CompletionItemKind::VALUE,
        ItemKind::EnumMember => lsp::CompletionItemKind::ENUM_MEMBER,
        ItemKind::Snippet => lsp::CompletionItemKind::SNIPPET,
        ItemKind::Input => lsp::CompletionItemKind::VARIABLE,
        ItemKind::Keyword => lsp::CompletionItemKind::KEYWORD,
    };
    if caps.has_completion_kind(kind) { kind } else { lsp::CompletionItemKind::VALUE }
}

pub(super) fn hover(document: &Document, caps: &ClientCaps, hover: Hover) -> lsp::Hover {
    lsp::Hover {
        range: Some(range(document, caps, hover.range)),
        contents: lsp::HoverContents::Markup(markup(&caps.hover_format, hover.contents)),
    }
}

/// The documentation of an item: a plain string for a client that announces no format.
fn documentation(format: Option<&lsp::MarkupKind>, markdown: String) -> lsp::Documentation {
    match format {
        Some(format) => lsp::Documentation::MarkupContent(markup(format, markdown)),
        None => lsp::Documentation::String(plain_text::from_markdown(&markdown)),
    }
}

/// Markdown in the format that the client shows.
pub(super) fn markup(format: &lsp::MarkupKind, markdown: String) -> lsp::MarkupContent {
    let value = match format {
        lsp::MarkupKind::Markdown => markdown,
        lsp::MarkupKind::PlainText => plain_text::from_markdown(&markdown),
    };
    lsp::MarkupContent { kind: format.clone(), value }
}

/// A command about a document.
pub(super) fn command(title: &str, name: &str, uri: &Uri) -> lsp::Command {
    lsp::Command { title: title.to_owned(), command: name.to_owned(), arguments: Some(vec![json!(uri)]) }
}
