//! Moves the page size from `paginationParams` to `urlParams.queryParams`, for pagination types that have no keys for it.

use std::borrow::Cow;

use super::query_parameter;
use crate::edit::writer::Writer;
use crate::source::model::{Pagination, Source};
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
    let edit = query_parameter::add(writer, url, &name, &value)?;
    Some(Parameter { label: format!("{name}={value}"), edit })
}
