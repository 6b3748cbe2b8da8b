//! `filler-text`: a value that a completion or a fix inserted for the author to replace.

use crate::lint::{Diagnostic, Severity};
use crate::source::model::{Schedule, UiAttributes, UrlParams};
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "filler-text",
    severities: &[Severity::Info],
    finds: "a value that completion or a fix inserts for the author to replace: `https://api.example.com`, `My source`, `X-Auth-Key1`",
    why: "Completion inserts such values so that the spec parses and shows what is expected. Only texts that hardly any source has are reported. A host below `example.com` is reserved for documentation ([RFC 2606](https://www.rfc-editor.org/rfc/rfc2606)) and never responds.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "host": "https://api.example.com", "path": "/orders", "method": "GET" }"#,
    right: r#""urlParams": { "host": "https://api.acme.example", "path": "/orders", "method": "GET" }"#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let values = context.tree.nodes().filter_map(Node::member).map(|member| member.value);
    for value in values.filter(|value| value.kind() == Kind::String && value.has_closing_quote()) {
        let is_filler = |text: &str| FILLERS.contains(&text) || is_url(value) && is_example_url(text);
        if value.string().is_some_and(|text| is_filler(&text)) || is_parameter_of_snippet(value) {
            let message = format!(
                "`{}` is what completion inserts here; replace it with your own value",
                &context.tree.source()[value.inner()]
            );
            diagnostics.push(RULE.at(Severity::Info, value.inner(), message));
        }
    }
}

/// Whether a value is a URL that is requested or opened. A schema may well have an example of one.
fn is_url(value: Node<'_>) -> bool {
    value.is_value_of(UrlParams::HOST) || value.is_value_of(UiAttributes::DOCUMENTATION_LINK)
}

/// Whether the host of a URL is reserved for examples (RFC 2606).
fn is_example_url(text: &str) -> bool {
    let host = text.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', ':']).next().unwrap_or_default());
    let name = [".com", ".org", ".net"].iter().find_map(|end| host.strip_suffix(end)).unwrap_or_default();
    name == "example" || name.ends_with(".example")
}

/// Whether this is one of the two parameters of the schedule's snippet, where the other one is there too: each alone may well
/// be that of an API.
fn is_parameter_of_snippet(value: Node<'_>) -> bool {
    let pair = [(Schedule::START_NAME, "updated_since"), (Schedule::END_NAME, "updated_before")];
    let is_part = pair.iter().any(|(key, _)| value.is_value_of(key));
    let is_set = |(key, text): &(&str, &str)| {
        let other = value.enclosing_object().and_then(|schedule| schedule.get(key)?.string());
        other.as_deref() == Some(*text)
    };
    is_part && pair.iter().all(is_set)
}

/// Strings of the vocabulary's snippets and of fixes that no source has of its own.
const FILLERS: [&str; 18] = [
    "My source",
    "My Source",
    "My streaming source",
    "mySourceIcon",
    "mySourceLabel",
    "mySourceDescription",
    "What the source provides",
    "What the user must enter",
    "What these values are for",
    "What is switched here",
    "What is counted here",
    "What is chosen here",
    "Id of the list to fetch",
    "X-Auth-Key1",
    "X-Auth-Key2",
    "Account part of the host name",
    "Data center of your account, such as eu10",
    "URL of your account, such as https://us6.api.example.com",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::FILLERS;
    use crate::spec::SCHEMA;

    #[test]
    fn the_texts_are_those_that_snippets_insert_and_that_may_not_stay() {
        // A source may well keep these; names such as `limit`, and hosts, which have a check of their own, are no texts.
        const MAY_STAY: [&str; 6] = [
            "Authentication Key 1",
            "Authentication Key 2",
            "Date of token expiry.",
            "Primary key for the API",
            "Second key for the API",
            "X-Api-Version",
        ];
        let inserted: BTreeSet<&str> =
            SCHEMA.split('⟨').skip(1).filter_map(|rest| rest.split(['⟩', '|']).next()).collect();
        let is_text = |text: &&&str| text.contains(' ') || text.starts_with("my") || text.starts_with("X-");
        let texts: Vec<_> = inserted.iter().filter(is_text).collect();
        let unknown: Vec<_> = texts.iter().filter(|text| !FILLERS.contains(text) && !MAY_STAY.contains(text)).collect();
        assert!(unknown.is_empty() && texts.len() > 10, "{unknown:?}");
        let never: Vec<_> = FILLERS.iter().filter(|filler| !inserted.contains(**filler)).collect();
        assert!(never.is_empty(), "{never:?} are inserted by no snippet");
    }
}
