//! Plain data of [`crate::ide`] to the protocol's types, and places in both directions.

pub(super) mod navigation;
mod plain;

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use tower_lsp::ls_types::{self as lsp, Uri};

use super::capabilities::{Deprecation, Peer, Words};
use crate::document::Document;
use crate::flow_service;
use crate::ide::{CompletionItem, Hover, ItemKind};
use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::lint::Tag;
use crate::project::{self, Problem};
use crate::text::Edit;
use crate::text::{self, Encoding, Text};

/// The file name in an address.
pub(super) fn name(uri: &Uri) -> String {
    let path = uri.path().as_str();
    let last = uri.path().segments_if_absolute().and_then(|mut segments| segments.next_back());
    last.map_or_else(|| path.to_owned(), |last| last.decode().to_string_lossy().into_owned())
}

/// The path of a file's address. `None` for an address of another sort.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten().map(Cow::into_owned)
}

/// The byte offset of an editor's position.
pub(super) fn offset(text: &Text, encoding: Encoding, position: lsp::Position) -> usize {
    text.offset(text::Position { line: position.line, column: position.character }, encoding)
}

/// The bytes of an editor's range; one that is the wrong way round counts as if it were not.
pub(super) fn span(text: &Text, encoding: Encoding, range: lsp::Range) -> Range<usize> {
    let (start, end) = (offset(text, encoding, range.start), offset(text, encoding, range.end));
    start.min(end)..start.max(end)
}

/// The editor's position of a byte offset.
pub(super) fn position(document: &Document, peer: &Peer, offset: usize) -> lsp::Position {
    let position = document.text().position(offset, peer.encoding);
    lsp::Position { line: position.line, character: position.column }
}

/// A range of bytes, in the editor's columns.
pub(super) fn range(document: &Document, peer: &Peer, bytes: Range<usize>) -> lsp::Range {
    lsp::Range { start: position(document, peer, bytes.start), end: position(document, peer, bytes.end) }
}

/// An edit, in the editor's columns.
pub(super) fn edit(document: &Document, peer: &Peer, edit: Edit) -> lsp::TextEdit {
    lsp::TextEdit { range: range(document, peer, edit.range), new_text: edit.new }
}

/// A finding, with what the editor can show of it.
pub(super) fn diagnostic(document: &Document, uri: &Uri, peer: &Peer, finding: Diagnostic) -> lsp::Diagnostic {
    let related = finding.related.into_iter().map(|other| lsp::DiagnosticRelatedInformation {
        location: lsp::Location { uri: uri.clone(), range: range(document, peer, other.range) },
        message: other.message,
    });
    let related: Vec<_> = if peer.related { related.collect() } else { Vec::new() };
    let tags: Vec<_> = finding.tag.map(tag).into_iter().filter(|tag| peer.finding_tags.contains(tag)).collect();
    let link = peer.code_links.then(|| finding.link.parse().ok()).flatten();
    lsp::Diagnostic {
        range: range(document, peer, finding.range),
        severity: Some(severity(finding.severity)),
        code: Some(lsp::NumberOrString::String(finding.code.to_owned())),
        code_description: link.map(|href| lsp::CodeDescription { href }),
        source: Some(env!("CARGO_PKG_NAME").to_owned()),
        message: finding.message,
        related_information: Some(related).filter(|related| !related.is_empty()),
        tags: Some(tags).filter(|tags| !tags.is_empty()),
        data: None,
    }
}

/// A problem of a project file.
pub(super) fn problem(document: &Document, peer: &Peer, problem: &Problem) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: range(document, peer, problem.range.clone()),
        severity: Some(lsp::DiagnosticSeverity::ERROR),
        code: Some(lsp::NumberOrString::String(project::PROJECT_FILE_CODE.to_owned())),
        source: Some(env!("CARGO_PKG_NAME").to_owned()),
        message: problem.message.clone(),
        ..lsp::Diagnostic::default()
    }
}

/// What the service does not accept, shown where it speaks of.
pub(super) fn refusal(
    document: &Document,
    peer: &Peer,
    bytes: Range<usize>,
    error: &flow_service::Error,
) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: range(document, peer, bytes),
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
        Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

fn tag(tag: Tag) -> lsp::DiagnosticTag {
    match tag {
        Tag::Unnecessary => lsp::DiagnosticTag::UNNECESSARY,
        Tag::Deprecated => lsp::DiagnosticTag::DEPRECATED,
    }
}

/// All findings of a version, which the editor names by `id` when it asks again.
pub(super) fn full_report(id: Option<String>, items: Vec<lsp::Diagnostic>) -> lsp::DocumentDiagnosticReportResult {
    let report = lsp::RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id: id, items },
    };
    lsp::DocumentDiagnosticReportResult::Report(lsp::DocumentDiagnosticReport::Full(report))
}

/// The editor has all findings already.
pub(super) fn unchanged_report(id: String) -> lsp::DocumentDiagnosticReportResult {
    let report = lsp::RelatedUnchangedDocumentDiagnosticReport {
        related_documents: None,
        unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id: id },
    };
    lsp::DocumentDiagnosticReportResult::Report(lsp::DocumentDiagnosticReport::Unchanged(report))
}

/// A completion item, in the form that the editor knows.
pub(super) fn completion_item(document: &Document, peer: &Peer, item: CompletionItem) -> lsp::CompletionItem {
    let snippet = item.snippet.filter(|_| peer.snippets);
    let format = if snippet.is_some() { lsp::InsertTextFormat::SNIPPET } else { lsp::InsertTextFormat::PLAIN_TEXT };
    // The lines of a snippet are indented against the line it goes to, those of plain text are complete.
    let mode = match snippet {
        Some(_) => lsp::InsertTextMode::ADJUST_INDENTATION,
        None => lsp::InsertTextMode::AS_IS,
    };
    let replaced = Edit { range: item.edit.range, new: snippet.unwrap_or(item.edit.new) };
    let additional: Vec<_> = item.additional.into_iter().map(|other| edit(document, peer, other)).collect();
    let old = item.deprecated;
    lsp::CompletionItem {
        label: item.label,
        kind: Some(icon(peer, item.kind)),
        detail: item.detail,
        documentation: item.documentation.map(|words| documentation(peer.item_words, words)),
        deprecated: (old && peer.deprecation == Deprecation::Flag).then_some(true),
        tags: (old && peer.deprecation == Deprecation::Tag).then(|| vec![lsp::CompletionItemTag::DEPRECATED]),
        preselect: (item.preselect && peer.preselect).then_some(true),
        sort_text: Some(item.sort),
        filter_text: Some(item.filter),
        insert_text_format: peer.snippets.then_some(format),
        insert_text_mode: peer.modes.contains(&mode).then_some(mode),
        text_edit: Some(edit(document, peer, replaced).into()),
        additional_text_edits: Some(additional).filter(|edits| !edits.is_empty()),
        ..lsp::CompletionItem::default()
    }
}

fn icon(peer: &Peer, kind: ItemKind) -> lsp::CompletionItemKind {
    let icon = match kind {
        ItemKind::Key => lsp::CompletionItemKind::PROPERTY,
        ItemKind::Value => lsp::CompletionItemKind::VALUE,
        ItemKind::EnumMember => lsp::CompletionItemKind::ENUM_MEMBER,
        ItemKind::Snippet => lsp::CompletionItemKind::SNIPPET,
        ItemKind::Input => lsp::CompletionItemKind::VARIABLE,
        ItemKind::Keyword => lsp::CompletionItemKind::KEYWORD,
    };
    if peer.has_icon(icon) { icon } else { lsp::CompletionItemKind::VALUE }
}

/// A hover, in the form that the editor shows.
pub(super) fn hover(document: &Document, peer: &Peer, hover: Hover) -> lsp::Hover {
    lsp::Hover {
        range: Some(range(document, peer, hover.range)),
        contents: lsp::HoverContents::Markup(markup(peer.hover_words, hover.contents)),
    }
}

/// The words beside an item: a plain string for an editor that says of no other form that it knows it.
fn documentation(words: Option<Words>, markdown: String) -> lsp::Documentation {
    match words {
        Some(words) => lsp::Documentation::MarkupContent(markup(words, markdown)),
        None => lsp::Documentation::String(plain::text(&markdown)),
    }
}

/// Markdown, in the form that the editor shows.
pub(super) fn markup(words: Words, markdown: String) -> lsp::MarkupContent {
    match words {
        Words::Markdown => lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown },
        Words::Plain => lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: plain::text(&markdown) },
    }
}
