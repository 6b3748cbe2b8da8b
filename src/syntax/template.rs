//! placeholders
