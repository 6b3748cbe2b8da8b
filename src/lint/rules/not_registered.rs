//! `not-registered`: the spec is on the service, but no dataflow can be made with it.

use crate::lint::Diagnostic;
use crate::lint::Remote;
use crate::lint::RemoteState;
use crate::lint::Severity;

use super::{Context, Rule, SERVICE, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "not-registered",
    severities: &[Severity::Warning],
    finds: "the spec is on the service, but its id is not in the flow spec of its kind, so no dataflow can be made with it; only once `connspec` was asked how it stands",
    why: "A dataflow is made with a flow spec, and that lists the connection specs it works with: `RestStorageToAEP` for batch sources, `GenericStreamingAEP` for streaming ones. Adobe's pages have authors add the id of their spec to that list. Registering adds the id and leaves all others where they are.",
    at: SERVICE,
    wrong: "in sandbox `dev` as 1a2b, not registered",
    right: "in sandbox `dev` as 1a2b, registered",
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(Remote { id, place, state, registered: Some(false) }) = &context.facts.remote else { return };
    if *state == RemoteState::Deleted {
        return;
    }
    let message = format!(
        "The spec is on the service as `{id}` ({place}), but not in the list of its flow spec, so no dataflow can be made \
         with it. Register it."
    );
    found.push(RULE.at(Severity::Warning, head(context.tree.root()), message));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::Remote;
    use crate::lint::RemoteState;
    use crate::lint::rules::tests::check_remote;

    #[test]
    fn a_spec_that_no_dataflow_can_be_made_with_is_told() {
        let remote =
            |state, registered| Remote { id: "1a2b".to_owned(), place: "sandbox `dev`".to_owned(), state, registered };
        check_remote(
            remote(RemoteState::Unchanged, Some(false)),
            expect![[r#"
                warning[not-registered] on {: The spec is on the service as `1a2b` (sandbox `dev`), but not in the list of its flow spec, so no dataflow can be made with it. Register it.
            "#]],
        );
        check_remote(remote(RemoteState::Unchanged, None), expect![""]);
        check_remote(remote(RemoteState::Unchanged, Some(true)), expect![""]);
    }
}
