//! `remote-changed`: the remote spec is not what was last pushed or pulled.

use crate::lint::{Diagnostic, Remote, RemoteState, Severity};

use super::{Context, REMOTE, Rule, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "remote-changed",
    severities: &[Severity::Warning],
    finds: "a remote spec that was changed or deleted since the last push or pull; only after its sync status was requested",
    why: "Someone else has changed the remote spec since it was last in sync with this file. A push does not overwrite that without confirmation, and your changes may have to be merged with it: the sooner, the easier. `connspec` compares with the last response of Flow Service, and sends no request for this by itself.",
    at: REMOTE,
    wrong: "remote changes: sourceSpec.attributes.urlParams.path",
    right: "up to date",
    link: pages::UPDATE,
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(Remote { id, location, state, .. }) = &context.facts.remote else { return };
    let message = match state {
        RemoteState::Unchanged => return,
        RemoteState::Changed => format!(
            "the remote spec ({location}) has changed since the last push or pull; pull the changes, or compare first"
        ),
        RemoteState::Deleted => format!(
            "the remote spec `{id}` ({location}) that this file is linked to was deleted; push to create a new one"
        ),
    };
    diagnostics.push(RULE.at(Severity::Warning, head(context.tree.root()), message));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::Remote;
    use crate::lint::RemoteState;
    use crate::lint::rules::tests::check_remote;

    fn remote(state: RemoteState) -> Remote {
        Remote { id: "1a2b".to_owned(), location: "sandbox `dev`".to_owned(), state, registered: Some(true) }
    }

    #[test]
    fn a_changed_or_deleted_remote_spec_is_reported() {
        check_remote(
            remote(RemoteState::Changed),
            expect![[r#"
                warning[remote-changed] on {: the remote spec (sandbox `dev`) has changed since the last push or pull; pull the changes, or compare first
            "#]],
        );
        check_remote(
            remote(RemoteState::Deleted),
            expect![[r#"
                warning[remote-changed] on {: the remote spec `1a2b` (sandbox `dev`) that this file is linked to was deleted; push to create a new one
            "#]],
        );
        check_remote(remote(RemoteState::Unchanged), expect![""]);
    }
}
