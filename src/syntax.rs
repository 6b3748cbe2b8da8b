//! JSON with places: what is under the cursor, pointer to node and back.

use std::sync::Arc;

/// The tree of one text.
#[derive(Debug)]
pub struct Tree {
    source: Arc<str>,
}

impl Tree {
    /// The tree of a text. Never fails.
    pub fn parse(source: Arc<str>) -> Tree {
        Tree { source }
    }

    /// The text it was made from.
    pub fn source(&self) -> &str {
        &self.source
    }
}
