//! Inputs of `requestParameterOverride` that are misspelled: the names of those that the service reads are documented.

use std::sync::LazyLock;

use crate::lint::rules::Context;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::auth::{self, input::OVERRIDE};
use crate::source::model::{AuthEntry, Schema};
use crate::spec::spelling;
use crate::syntax::Node;

use super::RULE;

/// The names that Adobe's template declares.
static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let declared = |method: &'static auth::AuthMethod| {
        let path = [AuthEntry::SPEC, Schema::PROPERTIES, OVERRIDE, Schema::PROPERTIES];
        path.iter().try_fold(method.body(), |value, key| value.get(key))?.as_object()
    };
    let names = auth::methods().iter().filter_map(declared).flat_map(|names| names.keys());
    names.map(String::as_str).collect()
});

pub(crate) fn check(context: &Context<'_>, entry: AuthEntry<'_>) -> Vec<Diagnostic> {
    let declared = entry.node().at(&[AuthEntry::SPEC, Schema::PROPERTIES, OVERRIDE, Schema::PROPERTIES]);
    let unknown = |key: Node<'_>| {
        let name = key.string().filter(|name| !NAMES.contains(&name.as_ref()))?;
        let free = NAMES.iter().copied().filter(|known| declared.is_none_or(|declared| declared.get(known).is_none()));
        let meant = spelling::closest(&name, free)?;
        let message = format!("unknown input `{name}` of `{OVERRIDE}`; did you mean `{meant}`?");
        Some(RULE.at(Severity::Warning, key.range(), message).with_offered_fixes(context, |writer| {
            [Fix::offered(format!("Rename to `{meant}`"), [writer.rename(key, meant)])]
        }))
    };
    declared.into_iter().flat_map(Node::members).filter_map(|member| unknown(member.key)).collect()
}
