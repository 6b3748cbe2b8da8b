//! Accepting a completion item, as an editor does that takes plain text.

use connspec::ide::CompletionItem;

/// The text with the item in it.
pub(crate) fn accept(text: &str, item: &CompletionItem) -> String {
    let mut text = text.to_owned();
    text.replace_range(item.edit.range.clone(), &item.edit.new);
    for edit in &item.additional {
        text.replace_range(edit.range.clone(), &edit.new);
    }
    text
}
