//! What a spec says and what it does at run time: its inputs and their placeholders, JSON paths, date formats, secrets, the
//! request that is sent. No I/O; diagnostics are [`crate::lint`]'s, editor features [`crate::ide`]'s.

pub(crate) mod auth;
pub(crate) mod date_format;
pub(crate) mod inputs;
pub(crate) mod json_path;
pub mod model;
pub(crate) mod placeholders;
pub(crate) mod query_string;
pub(crate) mod records;
pub(crate) mod request;
pub(crate) mod request_strings;
pub(crate) mod schemas;
pub(crate) mod secrets;
pub(crate) mod template_placeholders;
