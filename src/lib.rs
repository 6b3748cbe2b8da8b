//! connspec: a language server and a command line for the *connection specs* of Adobe Experience Platform sources, the one
//! JSON file that says how users sign in to a source, what is asked of it and how its answers are read.
//!
//! # The house in two minutes
//!
//! A module uses only what stands before it in this list. `tests/tidy.rs` holds that, and what else can be read off the
//! sources.
//!
//! | module | what |
//! |---|---|
//! | [`text`] | one version of a text: bytes ⇄ lines and columns in UTF-8, 16 or 32 |
//! | [`syntax`] | JSON with places: a tree over any text, however broken, and a list of what is wrong with it |
//! | [`spec`] | the vocabulary: keys, values, descriptions and links, generated from `spec/vocabulary/` |
//! | [`document`] | one version of one file, immutable: its text, its tree, which kind of spec it is |
//! | [`ide`] | the questions an editor may ask: [`lint::diagnostics`], [`ide::completion`], [`ide::hover`], [`ide::rename`]; plain data in and out |
//! | [`project`] | the files around a spec: `connspec.toml`, what lies beside the spec, where specs are |
//! | [`flow_service`] | Adobe's service that keeps specs: signing in, what is asked, how answers are read |
//! | [`emulator`] | a Flow Service on this machine, kept in one file: for people without an account and for tests |
//! | [`sync`] | a spec and the service: a plan of what has to happen, then doing it; the only place where `ide` and `flow_service` meet |
//! | [`server`] | the Language Server Protocol around `ide` |
//! | [`cli`] | `connspec new`, `check`, `push`, `demo` and the other commands, a file each: the only printers |
//!
//! # Seven journeys
//!
//! *A key press.* `textDocument/didChange` arrives, `server::documents` replaces the document before anything is awaited,
//! the publisher hears of it, and off the protocol's task [`lint::diagnostics`] looks at the latest version: syntax errors
//! from the tree (`syntax::reparse` makes it from the one before where only what stands around the edit has to be read
//! again), violations of the vocabulary (`lint::schema`, the only user of `jsonschema`, which reads our tree as it
//! is), and the rules of `ide/rules/`, one file each. No pause: while one version is looked at, newer ones coalesce.
//!
//! *A changed file.* The editor tells that `connspec.toml` or a file beside a spec was saved. `server::watcher` has both read
//! again, off the protocol's task, through [`project`]; where that gives other [`lint::Facts`], the document gets a new
//! revision, and with it a new look.
//!
//! *A completion.* `ide::place` says what is under the cursor, and a file of `ide/completion/` for that kind of place
//! offers what the vocabulary or the author's own declarations have. An item's edit brings the quotes, colon and commas
//! that JSON needs, and in a broken text only items are offered with which it parses no worse.
//!
//! *A rename.* `ide::names` says which name is under the cursor and finds all of its places, which definition, references,
//! highlights and linked editing show as well; each place is edited in the way in which the name is written there.
//!
//! *A format.* `ide::format` goes through the tree once, decides on each gap between two pieces, and gives back the smallest
//! edit of each. Around a mistake lines stay, and what comes out of a broken text is read again before it counts.
//!
//! *A push.* `cli::push` reads a file, [`sync::Service`] reaches the service that the profile names, [`sync::Spec::plan`] reads
//! what is there and what is remembered ([`project::StateFile`]), and says what has to happen or what a person has to decide
//! first. [`sync::Spec::push`] does it: what is about to be made is noted down before, what was done right after, and each
//! write is read again and compared. In an editor `server::commands` does the same beside the protocol, on a thread that is begun
//! with the first command: what only reads can be cancelled, what writes comes to its end, and what is known then shows at the
//! text through [`lint::Facts`].
//!
//! *A broken text.* `syntax::parser` mends on the spot what the text around explains; where brackets do not match it reads
//! again with an eye on the indentation and takes the reading with fewer mistakes. So every feature works half typed.
//!
//! # To add
//!
//! * a key, its description, values and limits: `spec/vocabulary/*.toml` only;
//! * a rule: one file in `ide/rules/`, two lines in `ide/rules.rs`, its row in the README;
//! * a completion or hover for a new kind of place: one file, two lines;
//! * a command: one file in `cli/`; one of the editor's: one file in `server/commands/`, one entry in `server/commands.rs`.
//!
//! Tests are pictures: a document with its cursor, and under it what is expected, which redraws itself with
//! `UPDATE_EXPECT=1 cargo test`.

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
