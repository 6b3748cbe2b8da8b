//! connspec: a language server and command line for Adobe Experience Platform connection specs.

pub mod text;

pub mod syntax;

pub mod spec;

pub mod document;

pub mod ide;

pub mod server;

pub mod cli;
