//! `remote-changed`: the spec on the service is not what was last pushed or pulled.

use crate::lint::Diagnostic;
use crate::lint::Remote;
use crate::lint::RemoteState;
use crate::lint::Severity;

use super::{Context, Rule, SERVICE, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "remote-changed",
    severities: &[Severity::Warning],
    finds: "the spec on the service is not what was last pushed or pulled, or is gone; only once `connspec` was asked how it stands",
    why: "Someone else has changed the spec on the service since it was last the same as this file. A push does not overwrite that without asking, and what you write here may have to be merged with it: the sooner, the easier. `connspec` compares what the service answered when it was last asked, and does not ask by itself.",
    at: SERVICE,
    wrong: "changed there: sourceSpec.attributes.urlParams.path",
    right: "the same here and there",
    link: pages::CREATE,
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(Remote { id, place, state, .. }) = &context.facts.remote else { return };
    let message = match state {
        RemoteState::Unchanged => return,
        RemoteState::Changed => format!(
            "The spec was changed on the service ({place}) since it was last pushed or pulled here. Pull to take that \
             over, or compare first."
        ),
        RemoteState::Deleted => format!(
            "The service has no spec `{id}` in {place} any more, which is the one that this file was linked to. Push to \
             make a new one."
        ),
    };
    found.push(RULE.at(Severity::Warning, head(context.tree.root()), message));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::Remote;
    use crate::lint::RemoteState;
    use crate::lint::rules::tests::check_remote;

    fn remote(state: RemoteState) -> Remote {
        Remote { id: "1a2b".to_owned(), place: "sandbox `dev`".to_owned(), state, registered: Some(true) }
    }

    #[test]
    fn a_spec_that_others_have_changed_or_taken_away_is_told() {
        check_remote(
            remote(RemoteState::Changed),
            expect![[r#"
                warning[remote-changed] on {: The spec was changed on the service (sandbox `dev`) since it was last pushed or pulled here. Pull to take that over, or compare first.
            "#]],
        );
        check_remote(
            remote(RemoteState::Deleted),
            expect![[r#"
                warning[remote-changed] on {: The service has no spec `1a2b` in sandbox `dev` any more, which is the one that this file was linked to. Push to make a new one.
            "#]],
        );
        check_remote(remote(RemoteState::Unchanged), expect![""]);
    }
}
