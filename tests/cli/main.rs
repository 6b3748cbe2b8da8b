//! The command line as a person or a build server meets it: the real program, its output and its exit code.

mod check;
mod demo;
mod manners;
mod run;
