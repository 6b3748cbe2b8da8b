//! Adds a parameter to `urlParams.queryParams`.

use serde_json::{Value, json};

use crate::edit::writer::Writer;
use crate::source::model::UrlParams;
use crate::syntax::Kind;
use crate::text::Edit;

/// Adds a query parameter; `None` if the query has it already or is not an object.
pub(crate) fn add(writer: &Writer<'_>, url: UrlParams<'_>, name: &str, value: &str) -> Option<Edit> {
    match url.query_params() {
        Some(params) if params.kind() == Kind::Object && params.get(name).is_none() => {
            Some(writer.insert_key(params, name, &Value::from(value)))
        }
        Some(_) => None,
        None => Some(writer.insert_key(url.node(), UrlParams::QUERY_PARAMS, &json!({ name: value }))),
    }
}
