//! connspec: a language server and a command line for the *connection specs* of Adobe Experience Platform sources, the JSON
//! files that describe how users authenticate with a source, which requests it needs and how responses are read.
//!
//! The modules below are in reading order. A module uses only modules above it; `tests/tidy.rs` enforces this. The
//! architecture, three journeys through the code, and how to add a rule, a key or a command are in `docs/architecture.md`.
//!
//! | module | content |
//! |---|---|
//! | [`cancellation`] | stopping work whose result is not needed any more |
//! | [`text`] | one version of a text: bytes ⇄ lines and columns in UTF-8, UTF-16 or UTF-32; edits |
//! | [`syntax`] | a tolerant JSON parser: a tree with positions for any text, and its syntax errors |
//! | [`spec`] | the vocabulary of connection specs |
//! | [`document`] | an immutable snapshot of one file |
//! | [`edit`] | edits that match the style of a document |
//! | [`source`] | what a spec says and what it does at run time: the typed view, inputs, paths, dates, secrets, the request |
//! | [`lint`] | diagnostics and their fixes |
//! | [`ide`] | editor features |
//! | [`project`] | files around a spec: `connspec.toml`, the state file, artifacts |
//! | [`flow_service`] | Adobe's Flow Service API |
//! | [`emulator`] | a local Flow Service |
//! | [`sync`] | a local spec and its remote spec: plan, confirm, apply, verify |
//! | [`server`] | the Language Server Protocol |
//! | [`cli`] | the commands |

pub mod cancellation;

pub mod text;

pub mod syntax;

pub mod spec;

pub mod document;

pub mod edit;

pub mod source;

pub mod lint;

pub mod ide;

pub mod project;

pub mod flow_service;

pub mod emulator;

pub mod sync;

pub mod server;

pub mod cli;
