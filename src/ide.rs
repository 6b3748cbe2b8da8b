//! Editor features. Each function takes a document and a byte offset or range and returns plain data: no protocol types, no
//! I/O, no `Result`. For JSON that isn't a connection spec every result is empty.
//!
//! ```
//! use connspec::{document::Document, ide, text::Text};
//!
//! let text = r#"{ "type": "generic-rest", "providerId": "", "authSpec": [], "" }"#;
//! let document = Document::new("acme-connectionSpec.json", 1, Text::new(text));
//! let items = ide::completion(&document, text.len() - 3);
//! assert!(items.iter().any(|item| item.label == "sourceSpec"));
//! ```

mod actions;
mod completion;
mod definition;
mod folding;
mod format;
mod hints;
mod hover;
mod lenses;
mod linked_editing;
mod links;
mod markdown;
mod names;
mod new_source;
mod references;
mod rejection;
mod rename;
mod selection;
mod source_page;
mod symbols;
mod tokens;
mod types;

pub use actions::actions;
pub use completion::completion;
pub use definition::{Definition, Target, definition};
pub use folding::{Fold, folding};
pub use format::{FormatOptions, format, format_range, format_typed};
pub use hints::{Hint, HintKind, hints};
pub use hover::hover;
pub use lenses::{Lens, LensText, lens_text, lenses};
pub use linked_editing::{WORD as LINKED_WORD, linked_editing};
pub use links::{Link, LinkTarget, links};
pub use new_source::{NewSource, new_source};
pub use references::{Reference, references};
pub use rejection::rejected_range;
pub use rename::{RenameResult, RenameTarget, prepare_rename, rename};
pub use selection::selection;
pub use source_page::{PageDifference, PageFacts, PageKind, page_blanks, page_differences, source_page};
pub use symbols::{Symbol, SymbolKind, WorkspaceSymbol, match_score, symbols, workspace_symbols};
pub use tokens::{Token, TokenKind, tokens};
pub use types::{Action, ActionKind, CompletionItem, Hover, ItemKind};

#[cfg(test)]
mod tests;
