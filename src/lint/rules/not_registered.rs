//! `not-registered`: the spec exists in Flow Service, but no dataflow can be created with it.

use crate::lint::{Diagnostic, Remote, RemoteState, Severity};

use super::{Context, REMOTE, Rule, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "not-registered",
    severities: &[Severity::Warning],
    finds: "a spec in Flow Service whose id is not in the flow spec of its kind, so no dataflow can be created with it; only after its sync status was requested",
    why: "A dataflow is created with a flow spec, which lists the connection specs that it works with: `RestStorageToAEP` for batch sources, `GenericStreamingAEP` for streaming ones. Adobe's pages have authors add the id of their spec to that list. Registering adds the id and keeps all others.",
    at: REMOTE,
    wrong: "in sandbox `dev` as 1a2b, not registered",
    right: "in sandbox `dev` as 1a2b, registered",
    link: pages::UPDATE_FLOW_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(Remote { id, location, state, registered: Some(false) }) = &context.facts.remote else { return };
    if *state == RemoteState::Deleted {
        return;
    }
    let message = format!(
        "not registered: `{id}` ({location}) is not in the list of its flow spec, so no dataflow can be created with it; register it"
    );
    diagnostics.push(RULE.at(Severity::Warning, head(context.tree.root()), message));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::Remote;
    use crate::lint::RemoteState;
    use crate::lint::rules::tests::check_remote;

    #[test]
    fn a_spec_that_is_not_in_its_flow_spec_is_reported() {
        let remote = |state, registered| Remote {
            id: "1a2b".to_owned(),
            location: "sandbox `dev`".to_owned(),
            state,
            registered,
        };
        check_remote(
            remote(RemoteState::Unchanged, Some(false)),
            expect![[r#"
                warning[not-registered] on {: not registered: `1a2b` (sandbox `dev`) is not in the list of its flow spec, so no dataflow can be created with it; register it
            "#]],
        );
        check_remote(remote(RemoteState::Unchanged, None), expect![""]);
        check_remote(remote(RemoteState::Unchanged, Some(true)), expect![""]);
    }
}
