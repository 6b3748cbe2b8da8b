//! The rules, one file each with its documentation, fixes and tests, and what several of them need.
//!
//! To add a rule: a file in `rules/` with a `RULE`, and its two lines here. Where it could report the same node as another
//! rule, `rules/precedence.rs` decides.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Document;
use crate::spec::SpecKind;
use crate::syntax::Node;
use crate::syntax::pointer::Step;

use super::{Diagnostic, Facts, Severity};

mod artifact_mismatch;
mod artifact_missing;
mod body_with_get;
mod complex_path;
mod conflicting_attributes;
mod context;
mod contradicting_values;
mod deprecated_content_path;
mod deprecated_params_string;
mod duplicate_auth;
mod duplicate_key;
mod duplicate_parameter;
mod embedded_schema;
mod empty_value;
pub(crate) mod explode_outside;
mod filler_text;
mod foreign_pagination_key;
mod hard_coded_secret;
mod incomplete_end_condition;
mod incomplete_pagination;
mod incomplete_schedule;
mod ineffective_header;
mod invalid_body;
mod invalid_date_format;
mod invalid_number;
mod invalid_parameter;
mod invalid_schema_uri;
mod invalid_url;
mod invalid_value;
pub(crate) mod known_keys;
mod missing_auth_inputs;
pub(crate) mod missing_key;
mod misspelled_auth_type;
mod misspelled_offset_name;
pub(crate) mod nonstandard_explore_spec;
mod not_a_spec;
mod not_registered;
mod partly_declared_placeholder;
mod path_syntax;
pub(crate) mod placeholder_form;
mod placeholder_ui_text;
mod precedence;
mod provider_mismatch;
mod remote_changed;
mod required_not_declared;
mod schema_mismatch;
mod secret_not_masked;
mod server_managed_key;
mod syntax_error;
pub(crate) mod too_many_problems;
mod undeclared_placeholder;
mod unfilled_template;
mod unknown_category;
mod unknown_key;
mod unused_input;
mod unused_schedule_query;
mod wrong_type;

use context::Context;

pub(crate) use artifact_missing::files_beside;
pub(crate) use context::FixRequest;

/// The code of the rule on syntax errors, which cannot be ignored by a fix: a spec with one cannot be sent.
pub const SYNTAX_ERROR: &str = syntax_error::RULE.code;

/// All rules, in the order of the catalog.
pub static RULES: &[Rule] = &[
    syntax_error::RULE,
    not_a_spec::RULE,
    duplicate_key::RULE,
    unknown_key::RULE,
    missing_key::RULE,
    wrong_type::RULE,
    invalid_value::RULE,
    empty_value::RULE,
    unfilled_template::RULE,
    filler_text::RULE,
    server_managed_key::RULE,
    provider_mismatch::RULE,
    required_not_declared::RULE,
    duplicate_auth::RULE,
    misspelled_auth_type::RULE,
    missing_auth_inputs::RULE,
    secret_not_masked::RULE,
    embedded_schema::RULE,
    invalid_schema_uri::RULE,
    undeclared_placeholder::RULE,
    partly_declared_placeholder::RULE,
    placeholder_form::RULE,
    unused_input::RULE,
    invalid_url::RULE,
    body_with_get::RULE,
    invalid_body::RULE,
    duplicate_parameter::RULE,
    deprecated_params_string::RULE,
    invalid_parameter::RULE,
    ineffective_header::RULE,
    hard_coded_secret::RULE,
    path_syntax::RULE,
    complex_path::RULE,
    deprecated_content_path::RULE,
    explode_outside::RULE,
    conflicting_attributes::RULE,
    schema_mismatch::RULE,
    incomplete_pagination::RULE,
    foreign_pagination_key::RULE,
    misspelled_offset_name::RULE,
    invalid_number::RULE,
    incomplete_end_condition::RULE,
    contradicting_values::RULE,
    incomplete_schedule::RULE,
    unused_schedule_query::RULE,
    invalid_date_format::RULE,
    unknown_category::RULE,
    placeholder_ui_text::RULE,
    nonstandard_explore_spec::RULE,
    artifact_missing::RULE,
    artifact_mismatch::RULE,
    remote_changed::RULE,
    not_registered::RULE,
    too_many_problems::RULE,
];

/// A rule.
pub struct Rule {
    /// Its fixed code.
    pub code: &'static str,
    /// The severities that it reports with.
    pub severities: &'static [Severity],
    /// What it reports, in one line of Markdown.
    pub finds: &'static str,
    /// Why that matters, what the platform does with it, and how certain that is: Markdown.
    pub why: &'static str,
    /// The place of its examples: keys with dots, `[]` for an element of an array; empty for the outermost object. For a
    /// rule with [`Rule::checks_environment`], the folder or the remote.
    pub at: &'static str,
    /// An example that it reports: members of the object at this place.
    pub wrong: &'static str,
    /// The same, corrected.
    pub right: &'static str,
    /// The page that documents it, unless the vocabulary has a more precise one.
    pub link: &'static str,
    /// Whether it checks every kind of spec; otherwise only the two kinds that partners write.
    pub every_kind: bool,
    check: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// The place of the examples of a rule that checks files.
const FOLDER: &str = "the folder";

/// The place of the examples of a rule that checks the remote state.
const REMOTE: &str = "the remote state";

/// The place of the examples of a rule that checks what the other rules have found.
const FILE: &str = "the file";

/// Adobe's pages that document several rules.
mod pages {
    macro_rules! page {
        ($path:literal) => {
            concat!("https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/", $path)
        };
    }

    pub(crate) const CREATE: &str = page!("self-serve-api/create");
    pub(crate) const UPDATE: &str = page!("self-serve-api/update-connection-specs");
    pub(crate) const UPDATE_FLOW_SPEC: &str = page!("self-serve-api/update-flow-specs");
    pub(crate) const SOURCE_SPEC: &str = page!("config/sourcespec");
    pub(crate) const CONTENT_PATH: &str = page!("config/sourcespec#content-path");
    pub(crate) const PAGINATION: &str = page!("config/sourcespec#pagination");
    pub(crate) const USER_INPUT: &str = page!("config/sourcespec#user-input");
    pub(crate) const AUTH_SPEC: &str = page!("config/authspec");

    /// The page with the same content for streaming sources.
    pub(crate) fn for_streaming(page: &str) -> Option<&'static str> {
        match page {
            CREATE => Some(page!("streaming-sdk/create")),
            UPDATE => Some(page!("streaming-sdk/update-connection-specs")),
            UPDATE_FLOW_SPEC => Some(page!("streaming-sdk/update-flow-specs")),
            _ => None,
        }
    }
}

/// Runs every rule that applies to this kind of spec, with fixes for as many of the diagnostics that touch a range.
pub(crate) fn apply(document: &Document, kind: SpecKind, facts: &Facts, fixes: Option<FixRequest>) -> Vec<Diagnostic> {
    let context = Context::new(document, kind, facts, fixes);
    let mut diagnostics = Vec::new();
    let is_foreign = not_a_spec::is_foreign(document.tree().root());
    let applies = |rule: &&Rule| match is_foreign {
        true => [syntax_error::RULE.code, not_a_spec::RULE.code].contains(&rule.code),
        false => rule.every_kind || kind != SpecKind::Other,
    };
    for rule in RULES.iter().filter(applies) {
        (rule.check)(&context, &mut diagnostics);
    }
    for found in diagnostics.iter_mut().filter(|_| kind.is_streaming()) {
        found.link = pages::for_streaming(found.link).unwrap_or(found.link);
    }
    diagnostics
}

impl Rule {
    /// Whether it checks more than one place of the spec: the whole file, the files beside it or the remote state, which its
    /// examples then sketch.
    pub fn checks_environment(&self) -> bool {
        [FOLDER, REMOTE, FILE].contains(&self.at)
    }

    /// Whether all facts that it needs are known.
    pub(super) fn knows_enough(&self, facts: &Facts) -> bool {
        match self.at {
            FOLDER => facts.folder.is_some(),
            REMOTE => facts.remote.is_some(),
            _ => true,
        }
    }

    /// A complete spec with one of the rule's examples at its place.
    pub fn example(&self, members: &str) -> String {
        // The keys of a source of another type are not known.
        let has_type = self.at.is_empty() && members.contains("\"type\"");
        let kind = if has_type { "" } else { "\"type\": \"generic-rest\", " };
        let (mut before, mut after) = (format!("{{{kind}"), "}".to_owned());
        for step in self.at.split('.').filter(|step| !step.is_empty()) {
            let (key, is_array) = step.strip_suffix("[]").map_or((step, false), |key| (key, true));
            before += &format!("\"{key}\": {}{{", if is_array { "[" } else { "" });
            after = format!("}}{}{after}", if is_array { "]" } else { "" });
        }
        format!("{before}\n{members}\n{after}")
    }

    /// A diagnostic of this rule.
    fn at(&self, severity: Severity, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        let (code, link, message) = (self.code, self.link, message.into());
        Diagnostic { code, severity, range, message, link, related: Vec::new(), tag: None, fixes: Vec::new() }
    }
}

/// The range of a diagnostic about a complete object or array: its key, or else its opening bracket.
pub(crate) fn head(node: Node<'_>) -> Range<usize> {
    match node.as_part_of_member() {
        Some(member) if !member.key.is_missing() => member.key.range(),
        _ => node.opening(),
    }
}

/// The key of a value, or of the array that it is an element of.
fn key_of(node: Node<'_>) -> Cow<'_, str> {
    node.self_and_ancestors().find_map(|node| node.as_part_of_member()?.key.string()).unwrap_or_default()
}

/// The location of an object in a message: its path with dots, or "the spec" for the outermost.
fn location_of(node: Node<'_>) -> String {
    let path = node.path().into_iter().fold(String::new(), |path, step| match step {
        Step::Key(key) if path.is_empty() => key,
        Step::Key(key) => format!("{path}.{key}"),
        Step::Index(index) => format!("{path}[{index}]"),
    });
    if path.is_empty() { "the spec".to_owned() } else { format!("`{path}`") }
}

/// Names in a sentence: `a`, `b` or `c`.
fn or_list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    list(names, "or")
}

/// Names in a sentence: `a`, `b` and `c`.
fn and_list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    list(names, "and")
}

fn list<'n>(names: impl IntoIterator<Item = &'n str>, conjunction: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {conjunction} {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
