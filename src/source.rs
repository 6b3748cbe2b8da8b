//! What a spec says and what it does at run time: its inputs and their placeholders, JSON paths, date formats, secrets, the
//! request that is sent. No I/O; diagnostics are [`crate::lint`]'s, editor features [`crate::ide`]'s.

pub(crate) mod auth;
pub(crate) mod credential;
pub(crate) mod date_format;
pub(crate) mod embedded;
pub(crate) mod inputs;
pub(crate) mod json_path;
pub mod model;
pub(crate) mod pairs;
pub(crate) mod records;
pub(crate) mod replaced;
pub(crate) mod samples;
pub(crate) mod secret_name;
