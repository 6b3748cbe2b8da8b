//! Edits of documents and files, in the form that the client accepts.

use std::collections::HashMap;

use tower_lsp::ls_types::*;

use super::client_caps::ClientCaps;
use crate::text::{Encoding, Text};

/// One operation of a workspace edit.
pub(super) enum Operation {
    /// Creates a file, unless it exists.
    Create(Uri),
    /// Edits a document; of an open one, this version.
    Edit(Uri, Option<i32>, Vec<TextEdit>),
}

/// These operations in this order. `None` for a client that does not accept one of them.
pub(super) fn operations(caps: &ClientCaps, all: Vec<Operation>) -> Option<WorkspaceEdit> {
    let creates = all.iter().any(|operation| matches!(operation, Operation::Create(_)));
    if !caps.document_changes || creates && !caps.create_files {
        return None;
    }
    let operations = DocumentChanges::Operations(all.into_iter().map(converted).collect());
    Some(WorkspaceEdit { document_changes: Some(operations), ..WorkspaceEdit::default() })
}

fn converted(operation: Operation) -> DocumentChangeOperation {
    match operation {
        Operation::Create(uri) => {
            let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
            let create = CreateFile { uri, options: Some(options), annotation_id: None };
            DocumentChangeOperation::Op(ResourceOp::Create(create))
        }
        Operation::Edit(uri, version, edits) => DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        }),
    }
}

/// Edits of one document: of this version, for a client that can check it.
pub(super) fn of_document(caps: &ClientCaps, uri: &Uri, version: Option<i32>, edits: Vec<TextEdit>) -> WorkspaceEdit {
    if !caps.document_changes {
        return WorkspaceEdit::new(HashMap::from([(uri.clone(), edits)]));
    }
    operations(caps, vec![Operation::Edit(uri.clone(), version, edits)]).unwrap_or_default()
}

/// The one edit that turns a text into another, without what both start and end with.
pub(super) fn difference(old: &Text, new: &str, encoding: Encoding) -> TextEdit {
    let before = old.as_str();
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = before.chars().zip(new.chars()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    let (rest, new) = (&before[start..], &new[start..]);
    let end: usize = rest.chars().rev().zip(new.chars().rev()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    let at = |offset| {
        let position = old.position(offset, encoding);
        Position { line: position.line, character: position.column }
    };
    let range = Range { start: at(start), end: at(before.len() - end) };
    TextEdit { range, new_text: new[..new.len() - end].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_difference_is_replaced() {
        let differ = |old: &str, new: &str| {
            let edit = difference(&Text::new(old), new, Encoding::Utf16);
            (
                edit.range.start.line,
                edit.range.start.character,
                edit.range.end.line,
                edit.range.end.character,
                edit.new_text,
            )
        };
        assert_eq!(differ("a\nb\n", "a\nxb\n"), (1, 0, 1, 0, "x".to_owned()));
        assert_eq!(differ("", "a\n"), (0, 0, 0, 0, "a\n".to_owned()));
        assert_eq!(differ("é𝄞a", "é𝄞b"), (0, 3, 0, 4, "b".to_owned()));
        assert_eq!(differ("aa", "aaa"), (0, 2, 0, 2, "a".to_owned()));
        assert_eq!(differ("x\u{e9}", "x\u{e8}"), (0, 1, 0, 2, "\u{e8}".to_owned()));
    }
}
