//! Moves the page size from `paginationParams` to `urlParams.queryParams`, for pagination types that have no keys for it.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::edit::writer::Writer;
use crate::source::model::{Pagination, Source, UrlParams};
use crate::source::placeholders::literal;
use crate::syntax::Kind;
use crate::text::Edit;

/// The page size as a query parameter.
pub(crate) struct Parameter {
    /// `limit=100`, for titles.
    pub(crate) label: String,
    /// Adds it.
    pub(crate) edit: Edit,
}

/// The query parameter for the page size of a pagination; `None` if there is none, or the query has the parameter.
pub(crate) fn as_parameter(writer: &Writer<'_>, pagination: Pagination<'_>) -> Option<Parameter> {
    let (name, value) = (literal(pagination.limit_name()?)?, pagination.limit_value()?);
    let value: Cow<'_, str> = if value.kind() == Kind::Number { value.text().into() } else { literal(value)? };
    let url = Source::of(writer.tree()).request()?.url()?;
    let edit = match url.query_params() {
        Some(params) if params.kind() == Kind::Object && params.get(&name).is_none() => {
            writer.insert_key(params, &name, &Value::from(&*value))
        }
        Some(_) => return None,
        None => writer.insert_key(url.node(), UrlParams::QUERY_PARAMS, &json!({ &*name: &*value })),
    };
    Some(Parameter { label: format!("{name}={value}"), edit })
}
