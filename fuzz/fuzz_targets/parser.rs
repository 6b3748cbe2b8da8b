//! Any text at all: the tree is well formed and agrees with `serde_json`.
//!
//! `cargo fuzz run parser`
#![no_main]

#[path = "../../tests/support/invariants.rs"]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    invariants::parse(text);
});
