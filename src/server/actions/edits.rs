//! Edits of several files, in the order in which the editor makes them.

use tower_lsp::ls_types::*;

use crate::text::{Encoding, Text};

/// One change in a workspace.
pub(super) enum Change {
    /// A file is made, unless it is there.
    Create(Uri),
    /// A document, of which this version is meant, is edited.
    Edit(Uri, Option<i32>, Vec<TextEdit>),
}

/// All of the changes.
pub(super) fn workspace_edit(changes: impl IntoIterator<Item = Change>) -> WorkspaceEdit {
    let operation = |change| match change {
        Change::Create(uri) => {
            let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
            let create = CreateFile { uri, options: Some(options), annotation_id: None };
            DocumentChangeOperation::Op(ResourceOp::Create(create))
        }
        Change::Edit(uri, version, edits) => DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        }),
    };
    let operations = DocumentChanges::Operations(changes.into_iter().map(operation).collect());
    WorkspaceEdit { document_changes: Some(operations), ..WorkspaceEdit::default() }
}

/// The one edit that makes a text of another, leaving alone what both begin and end with.
pub(super) fn difference(old: &Text, new: &str, encoding: Encoding) -> TextEdit {
    let before = old.as_str();
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = before.chars().zip(new.chars()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    let (rest, new) = (&before[start..], &new[start..]);
    let end: usize = rest.chars().rev().zip(new.chars().rev()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    let place = |offset| {
        let position = old.position(offset, encoding);
        Position { line: position.line, character: position.column }
    };
    let range = Range { start: place(start), end: place(before.len() - end) };
    TextEdit { range, new_text: new[..new.len() - end].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_replaced() {
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
