//! What other programs are told: the same by the command line and by the commands of an editor.

use serde_json::{Value, json};

use super::changes::Change;
use super::failure::{Candidate, Stop};
use super::plan::{Plan, RegisterStep, SpecStep};
use super::pull::Standing;
use super::push::Done;

/// Changes: places with what stood and what stands there, as it is written.
pub fn changes(changes: &[Change]) -> Value {
    let one = |Change { place, before, after }: &Change| {
        let place = place.to_string();
        json!({ "place": place, "before": before, "after": after })
    };
    changes.iter().map(one).collect()
}

/// The specs that may be the one that is meant.
pub fn candidates(found: &[Candidate]) -> Value {
    let one = |found: &Candidate| {
        let Candidate { id, name, updated_at, updated_by, differences } = found;
        json!({ "id": id, "name": name, "updatedAt": updated_at, "updatedBy": updated_by, "differences": differences })
    };
    found.iter().map(one).collect()
}

/// What a push would do.
pub fn plan(plan: &Plan) -> Value {
    let (action, id, changed) = match &plan.spec {
        SpecStep::Nothing { id } => ("nothing", Some(id), None),
        SpecStep::Note { id, .. } => ("note", Some(id), None),
        SpecStep::Create { .. } => ("create", None, None),
        SpecStep::Replace { id, changes: changed, .. } => ("replace", Some(id), Some(changes(changed))),
    };
    let register = matches!(plan.register, RegisterStep::Register { .. });
    json!({ "plan": { "action": action, "id": id, "changes": changed, "register": register } })
}

impl Stop {
    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Stop::NoJson => "no-json",
            Stop::Mistakes(_) => "mistakes",
            Stop::SameName(_) => "same-name",
            Stop::Gone { .. } => "gone",
            Stop::ChangedThere(_) => "changed-there",
            Stop::NotLinked => "not-linked",
            Stop::NoFlowSpec => "no-flow-spec",
        }
    }
}

impl Done {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Done::Nothing => "nothing",
            Done::Noted => "linked",
            Done::Created => "created",
            Done::Replaced => "updated",
        }
    }
}

impl Standing {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Standing::NotLinked => "not-linked",
            Standing::UpToDate => "up-to-date",
            Standing::ChangedHere => "changed-here",
            Standing::ChangedThere => "changed-there",
            Standing::ChangedBoth => "changed-both",
            Standing::Gone => "gone",
        }
    }

    /// The same for people.
    pub fn words(self) -> &'static str {
        match self {
            Standing::NotLinked => "not linked to a spec of the service",
            Standing::UpToDate => "up to date",
            Standing::ChangedHere => "changed here",
            Standing::ChangedThere => "changed there",
            Standing::ChangedBoth => "changed here and there",
            Standing::Gone => "gone from the service",
        }
    }
}
