//! The arguments of the commands that speak with the service.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What all of them have.
#[derive(Debug, Args)]
pub struct ServiceArguments {
    /// The profile [default: as connspec.toml and the environment say]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// How to print what came of it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: SyncFormat,
}

/// How to print what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SyncFormat {
    /// Words
    Human,
    /// One JSON object, for other programs; nothing is asked
    Json,
}

/// The arguments of `connspec push`.
#[derive(Debug, Args)]
pub struct PushArguments {
    /// The specs to push
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Show what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Go on without asking; overwrites and guesses nothing
    #[arg(long)]
    pub yes: bool,
    /// The spec of the service that the file is
    #[arg(long, value_name = "ID", conflicts_with = "create")]
    pub link: Option<String>,
    /// Make a new spec although one of its name is there, or the one that was linked is gone
    #[arg(long)]
    pub create: bool,
    /// Push a spec with errors too
    #[arg(long)]
    pub force: bool,
    /// Overwrite what was changed on the service
    #[arg(long)]
    pub overwrite: bool,
    /// Do not register the spec
    #[arg(long)]
    pub no_register: bool,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

/// The arguments of `connspec pull`.
#[derive(Debug, Args)]
pub struct PullArguments {
    /// The files to pull into
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The spec of the service that the file is, or is to become
    #[arg(long, value_name = "ID")]
    pub link: Option<String>,
    /// Which side counts where both changed the same
    #[arg(long, value_name = "SIDE")]
    pub prefer: Option<Side>,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

/// Which side counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// The file
    Here,
    /// The service
    There,
}

/// The arguments of `connspec diff`.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// The specs to compare
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The spec of the service to compare with
    #[arg(long, value_name = "ID")]
    pub link: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

/// The arguments of `connspec register`.
#[derive(Debug, Args)]
pub struct RegisterArguments {
    /// The specs to register
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Show what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Go on without asking
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

/// The arguments of `connspec status`.
#[derive(Debug, Args)]
pub struct StatusArguments {
    /// The specs to ask for [default: all below this folder]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

/// The arguments of `connspec list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}

/// The arguments of `connspec unlink`.
#[derive(Debug, Args)]
pub struct UnlinkArguments {
    /// The specs to forget the ids of
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) service: ServiceArguments,
}
