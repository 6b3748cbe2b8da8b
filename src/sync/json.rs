//! The JSON of results and errors, the same for the command line and the commands of an editor.
//!
//! Every result is an object with `outcome` (`done`, `refused`, `cancelled`, `failed`) and `message`, the service
//! (`profile`, `service`, `via`, `org`, `sandbox`, `notes`), the members of the result, and `error` if it isn't `done`.

use serde_json::{Map, Value, json};

use super::changes::Change;
use super::error::{Outcome, SyncError, Written};
use super::list::RemoteSpec;
use super::merge::Conflict;
use super::outcome::{PullAction, Pulled, SyncOutcome};
use super::plan::{Candidate, Plan, ProblemCounts, PushBlocker, RegisterStep, SpecStep, ThreeWay};
use super::push::Pushed;
use super::register::Registered;
use super::service::Service;
use super::status::SpecStatus;

/// A result: the object that programs get.
pub fn result(
    service: Option<&Service>,
    message: &str,
    result: Result<&SyncOutcome, &SyncError>,
) -> Map<String, Value> {
    let outcome = result.map_or_else(SyncError::outcome, |_| Outcome::Done);
    let mut all = head(service, message, outcome);
    match result {
        Ok(done) => all.extend(object(outcome_json(done))),
        Err(error) => {
            all.extend(object(details(error)));
            all.insert("error".to_owned(), error_json(error, message));
        }
    }
    all
}

/// A list of remote specs.
pub fn list(service: &Service, message: &str, specs: &[RemoteSpec]) -> Map<String, Value> {
    let spec = |spec: &RemoteSpec| {
        let RemoteSpec { id, name, kind, is_registered, file, updated_at, updated_by } = spec;
        json!({
            "id": id, "name": name, "type": kind, "registered": is_registered, "file": file,
            "updatedAt": updated_at, "updatedBy": updated_by,
        })
    };
    let mut all = head(Some(service), message, Outcome::Done);
    all.insert("specs".to_owned(), specs.iter().map(spec).collect());
    all
}

/// The first members of every result.
pub fn head(service: Option<&Service>, message: &str, outcome: Outcome) -> Map<String, Value> {
    let mut all = object(json!({ "outcome": outcome.as_str(), "message": message }));
    if let Some(service) = service {
        let target = service.client().target();
        all.extend(object(json!({
            "profile": service.chosen().name,
            "service": service.origin().as_str(),
            "via": service.via(),
            "org": target.org(),
            "sandbox": target.sandbox(),
            "notes": service.notes(),
        })));
    }
    all
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn outcome_json(outcome: &SyncOutcome) -> Value {
    match outcome {
        SyncOutcome::PushPlanned(planned) => json!({ "action": "planned", "plan": plan(planned) }),
        SyncOutcome::Pushed(pushed) => {
            let Pushed { id, name, action, not_stored, overwritten, registration, registered, same_name } = pushed;
            json!({
                "action": action.as_str(), "id": id, "name": name, "registered": registered,
                "notStored": changes(not_stored), "overwritten": changes(overwritten),
                "registration": registration.as_ref().map(registration_json), "sameName": candidates(same_name),
            })
        }
        SyncOutcome::PullPlanned(Pulled { id, name, action, changes: merged }) => {
            let action = match action {
                PullAction::None => "none",
                PullAction::Merged => "merge",
                PullAction::Created => "create",
            };
            let plan = json!({ "action": action, "id": id, "name": name, "changes": changes(merged) });
            json!({ "action": "planned", "plan": plan })
        }
        SyncOutcome::Pulled(Pulled { id, name, action, changes: merged }) => {
            let action = match action {
                PullAction::None => "none",
                PullAction::Merged => "merged",
                PullAction::Created => "created",
            };
            json!({ "action": action, "id": id, "name": name, "changes": changes(merged) })
        }
        SyncOutcome::RegisterPlanned { name, id, flow_spec } => {
            let plan = json!({ "action": "register", "id": id, "name": name, "flowSpec": flow_spec });
            json!({ "action": "planned", "plan": plan })
        }
        SyncOutcome::Registered { name, id, registered } => {
            let action = if registered.was_registered { "none" } else { "registered" };
            let registration = registration_json(registered);
            json!({ "action": action, "id": id, "name": name, "registered": true, "registration": registration })
        }
        SyncOutcome::Status(SpecStatus { status, name, id, registered, local, remote, same_name }) => json!({
            "status": status.as_str(), "id": id, "name": name, "registered": registered,
            "local": changes(local), "remote": changes(remote), "sameName": candidates(same_name),
        }),
        SyncOutcome::Compared(pull) => {
            let mut all = object(three_way(&pull.changes));
            all.insert("name".to_owned(), pull.name.as_str().into());
            all.insert("identical".to_owned(), pull.is_identical.into());
            all.into()
        }
        SyncOutcome::Unlinked(id) => {
            json!({ "action": if id.is_some() { "unlinked" } else { "none" }, "id": id })
        }
    }
}

fn registration_json(registered: &Registered) -> Value {
    let Registered { flow_spec, was_registered, restored, altered } = registered;
    json!({
        "flowSpec": flow_spec, "wasRegistered": was_registered, "restored": restored, "altered": changes(altered),
    })
}

fn plan(Plan { name, spec, register, problems, same_name, .. }: &Plan) -> Value {
    let (action, updated) = match spec {
        SpecStep::UpToDate { .. } => ("none", None),
        SpecStep::Link { .. } => ("link", None),
        SpecStep::Create { .. } => ("create", None),
        SpecStep::Update { changes: updated, .. } => ("update", Some(changes(updated))),
    };
    let register = matches!(register, RegisterStep::Register { .. });
    json!({
        "action": action, "id": spec.id(), "name": name, "changes": updated, "register": register,
        "problems": counts(*problems), "sameName": candidates(same_name),
    })
}

fn changes(all: &[Change]) -> Value {
    let change = |Change { path, before, after }: &Change| {
        let path = path.to_string();
        json!({ "path": path, "before": before, "after": after })
    };
    all.iter().map(change).collect()
}

fn three_way(ThreeWay { id, local, remote, has_base, merge }: &ThreeWay) -> Value {
    let conflict = |Conflict { path, base, local, remote }: &Conflict| {
        let path = path.to_string();
        json!({ "path": path, "base": base, "local": local, "remote": remote })
    };
    let conflicts: Value = merge.conflicts.iter().map(conflict).collect();
    json!({
        "id": id, "hasBase": has_base, "local": changes(local), "remote": changes(remote), "conflicts": conflicts,
    })
}

fn counts(ProblemCounts { errors, warnings, unfilled }: ProblemCounts) -> Value {
    json!({ "errors": errors, "warnings": warnings, "unfilled": unfilled })
}

fn candidates(all: &[Candidate]) -> Value {
    all.iter().map(candidate).collect()
}

fn candidate(Candidate { id, name, updated_at, updated_by, differences }: &Candidate) -> Value {
    json!({ "id": id, "name": name, "updatedAt": updated_at, "updatedBy": updated_by, "differences": differences })
}

fn error_json(error: &SyncError, message: &str) -> Value {
    let service = error.service_error();
    json!({
        "kind": error.kind(), "message": message,
        "code": service.and_then(|error| error.code()), "requestId": service.and_then(|error| error.request_id()),
    })
}

/// What a decision is about.
fn details(error: &SyncError) -> Value {
    match error {
        SyncError::Blocked(PushBlocker::Problems(problems)) => counts(*problems),
        SyncError::Blocked(PushBlocker::SameName(found)) => json!({ "candidates": candidates(found) }),
        SyncError::Blocked(PushBlocker::UnconfirmedLink { remote, changes: planned, .. }) => {
            json!({ "id": remote.id, "candidates": [candidate(remote)], "changes": changes(planned) })
        }
        SyncError::CreatedTwice { id, others } => json!({ "id": id, "candidates": candidates(others) }),
        SyncError::UpdateIgnored { id, changes: ignored } => json!({ "id": id, "changes": changes(ignored) }),
        SyncError::IdsMissing { flow_spec, ids } => json!({ "flowSpec": flow_spec, "missing": ids }),
        SyncError::Blocked(PushBlocker::RemoteChanged(changes)) | SyncError::Conflicts(changes) => three_way(changes),
        SyncError::NotConfirmed(Some(planned)) => json!({ "plan": plan(planned) }),
        SyncError::Blocked(PushBlocker::RemoteDeleted { id })
        | SyncError::NotReadBack { id, .. }
        | SyncError::NotRegistered { id, .. }
        | SyncError::StateNotSaved { written: Written::Remote(id) | Written::Local(id), .. } => json!({ "id": id }),
        _ => Value::Null,
    }
}

impl Outcome {
    /// The identifier in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Refused => "refused",
            Outcome::Cancelled => "cancelled",
            Outcome::Failed => "failed",
        }
    }
}

impl SyncError {
    /// The identifier in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            SyncError::Blocked(PushBlocker::Problems(_)) => "errors",
            SyncError::Blocked(PushBlocker::UnconfirmedLink { .. }) => "unconfirmed-link",
            SyncError::Blocked(PushBlocker::SameName(_)) => "same-name",
            SyncError::Blocked(PushBlocker::RemoteDeleted { .. }) => "remote-deleted",
            SyncError::Blocked(PushBlocker::RemoteChanged(_)) => "remote-changed",
            SyncError::Conflicts(_) => "conflicts",
            SyncError::NotConfirmed(_) => "not-confirmed",
            SyncError::Cancelled | SyncError::EditCancelled => "cancelled",
            SyncError::InvalidJson => "invalid-json",
            SyncError::NotLinked => "not-linked",
            SyncError::NoFlowSpec => "no-flow-spec",
            SyncError::Untrusted(_) => "untrusted",
            SyncError::Unreachable(_) => "settings",
            SyncError::Service(error) => error.kind().as_str(),
            SyncError::State(_) => "state-file",
            SyncError::Unsaved => "unsaved",
            SyncError::File(_) => "file",
            SyncError::NotApplied(_) => "not-applied",
            SyncError::Locked => "locked",
            SyncError::PlanStale => "plan-stale",
            SyncError::StateNotSaved { .. } => "state-not-saved",
            SyncError::Unknown { .. } => "unknown",
            SyncError::UpdateIgnored { .. } => "update-ignored",
            SyncError::NotReadBack { .. } => "not-read-back",
            SyncError::CreatedTwice { .. } => "created-twice",
            SyncError::InvalidId(_) => "invalid-id",
            SyncError::IdsMissing { .. } => "ids-missing",
            SyncError::NotRegistered { .. } => "not-registered",
            SyncError::Overwritten { .. } => "overwritten",
            SyncError::UnexpectedFlowSpec { .. } => "unexpected-flow-spec",
            SyncError::Output(_) => "output",
        }
    }
}
