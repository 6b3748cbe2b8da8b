//! Values of a JSON Schema that are valid and contradict each other.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::Schema;
use crate::spec::{self, spelling};
use crate::syntax::{Kind, Node};

use super::{Context, RULE};

/// The lower and upper limits of JSON Schema.
const LIMITS: [(&str, &str); 3] = [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")];

/// The formats that JSON Schema defines, those of OpenAPI, and those of live specs.
const FORMATS: [&str; 28] = [
    Schema::PASSWORD,
    "date",
    "date-time",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
    "url",
    "uuid",
    "regex",
    "json",
    "json-pointer",
    "relative-json-pointer",
    "int32",
    "int64",
    "float",
    "double",
    "byte",
    "binary",
];

/// What is contradictory in one schema.
pub(crate) fn check(context: &Context<'_>, schema: Node<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let of = Schema::new(schema);
    diagnostics.extend(of.default_value().and_then(|default| unfit_default(context, of, default)));
    diagnostics.extend(LIMITS.iter().filter_map(|(low, high)| crossed(schema, low, high)));
    diagnostics.extend(of.format().and_then(|format| misspelled(context, format)));
    diagnostics.extend(of.enum_values().and_then(|allowed| empty_enum(context, allowed)));
    diagnostics.extend(of.pattern().and_then(|pattern| delimited(context, pattern)));
    diagnostics.extend(required_among_properties(context, schema));
}

/// A default that the schema does not allow.
fn unfit_default(context: &Context<'_>, schema: Schema<'_>, default: Node<'_>) -> Option<Diagnostic> {
    if default.kind() == Kind::Null || !default.is_well_formed() {
        return None;
    }
    let fixes = |fixes: Vec<Node<'_>>| fixes.first().map(|first| first.text().to_owned());
    if let Some(allowed) = schema.enum_values().filter(|allowed| allowed.kind() == Kind::Array) {
        let value = comparable(default)?;
        let is_allowed = allowed.elements().any(|element| comparable(element).as_ref() == Some(&value));
        let message = "this default is none of the values in `enum`";
        let first = fixes(allowed.elements().collect());
        return (!is_allowed && first.is_some()).then(|| {
            let only = allowed.elements().count() == 1;
            RULE.at(Severity::Warning, super::wrong_type::range(default), message).with_offered_fixes(
                context,
                |writer| {
                    let replace = first.map(|first| {
                        let edit = crate::text::Edit::replace(default.range(), first.clone());
                        Fix::possible(format!("Replace with `{}`", first.trim_matches('"')), [edit]).likely_if(only)
                    });
                    replace
                        .into_iter()
                        .chain(default.as_part_of_member().map(|member| Fix::remove(writer, member).likely_if(false)))
                },
            )
        });
    }
    let declared = schema.type_node()?;
    let types: Vec<Cow<'_, str>> = match declared.kind() {
        Kind::String => declared.string().into_iter().collect(),
        _ => declared.elements().filter_map(Node::string).collect(),
    };
    let own = spec::type_name(default)?;
    let is_fit = types.iter().any(|name| name == own || name == "number" && own == "integer");
    // A type that JSON Schema does not have is reported as such.
    let is_known = types.iter().all(|name| Schema::TYPES.contains(&name.as_ref())) && !types.is_empty();
    let message = format!("this default is {}, unlike `type`", super::wrong_type::actual(default));
    (is_known && !is_fit).then(|| {
        RULE.at(Severity::Warning, super::wrong_type::range(default), message).with_offered_fixes(context, |writer| {
            default.as_part_of_member().map(|member| Fix::remove(writer, member).likely_if(false))
        })
    })
}

/// A scalar by its value, so that differences of spelling do not matter.
fn comparable(node: Node<'_>) -> Option<Value> {
    serde_json::from_str(node.text()).ok()
}

/// A lower limit above the upper one.
fn crossed(schema: Node<'_>, low: &str, high: &str) -> Option<Diagnostic> {
    let number = |node: Node<'_>| node.text().parse::<f64>().ok().filter(|_| node.kind() == Kind::Number);
    let (lower, upper) = (schema.get(low)?, schema.get(high)?);
    let message = format!("`{low}` is greater than `{high}`, so no value is valid");
    (number(lower)? > number(upper)?).then(|| RULE.at(Severity::Warning, lower.range(), message))
}

/// A format that is nearly a known one. Others are allowed in JSON Schema, and ignored.
fn misspelled(context: &Context<'_>, format: Node<'_>) -> Option<Diagnostic> {
    let text = format.string().filter(|text| format.kind() == Kind::String && !FORMATS.contains(&text.as_ref()))?;
    let meant = spelling::closest(&text, FORMATS)?;
    // `secret-not-masked` reports it for a secret.
    if meant == Schema::PASSWORD {
        return None;
    }
    let message = format!("unknown format `{text}`, which is ignored; did you mean `{meant}`?");
    Some(
        RULE.at(Severity::Warning, format.range(), message)
            .with_offered_fixes(context, |writer| [Fix::rename(writer, format, meant)]),
    )
}

/// A list of allowed values without one.
fn empty_enum(context: &Context<'_>, allowed: Node<'_>) -> Option<Diagnostic> {
    let is_empty = allowed.kind() == Kind::Array && allowed.is_closed() && allowed.elements().next().is_none();
    let member = allowed.as_part_of_member().filter(|_| is_empty)?;
    let message = "`enum` is empty, so no value is valid";
    Some(
        RULE.at(Severity::Warning, allowed.range(), message)
            .with_offered_fixes(context, |writer| [Fix::remove(writer, member)]),
    )
}

/// A pattern between the slashes of JavaScript, which are part of the pattern here: no text has anything before its start.
fn delimited(context: &Context<'_>, pattern: Node<'_>) -> Option<Diagnostic> {
    let text = pattern.string().filter(|_| pattern.is_quoted())?;
    let inner =
        text.strip_prefix('/')?.strip_suffix('/').filter(|inner| inner.starts_with('^') || inner.ends_with('$'))?;
    let message = format!("the slashes are part of the pattern, so no value matches it; use `{inner}`");
    Some(
        RULE.at(Severity::Warning, pattern.range(), message)
            .with_offered_fixes(context, |writer| [Fix::rename(writer, pattern, inner)]),
    )
}

/// The array `required` as if it were a property.
fn required_among_properties(context: &Context<'_>, schema: Node<'_>) -> Option<Diagnostic> {
    let required = Schema::new(schema).properties()?.get(Schema::REQUIRED)?;
    let is_list = required.kind() == Kind::Array && required.elements().all(|name| name.kind() == Kind::String);
    let member = required.as_part_of_member().filter(|_| is_list)?;
    let message = "`required` inside `properties` declares an input of this name and requires nothing; move it beside `properties`";
    Some(RULE.at(Severity::Warning, member.key.range(), message).with_offered_fixes(context, |writer| {
        let names: Vec<Value> = required.elements().filter_map(|name| Some(json!(name.string()?))).collect();
        let is_free = schema.get(Schema::REQUIRED).is_none();
        is_free.then(|| {
            Fix::offered(
                "Move it beside `properties`",
                [writer.remove(member.node), writer.insert_key(schema, Schema::REQUIRED, &Value::Array(names))],
            )
        })
    }))
}
