//! Fault injection.

use uuid::Uuid;

use super::api_error::ApiError;
use super::builtin;
use super::collection::{Collection, Sandbox};
use super::service::Service;
use super::spec_body::{ServerManaged, SpecBody, Write};
use super::specs;
use crate::syntax::quoted;

/// A fault to inject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// The affected requests to Flow Service. Requests for tokens have no faults.
    pub requests: Requests,
    /// How often.
    pub schedule: FaultSchedule,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// 429. Flow Service documents none; other services of the platform do.
    RateLimited {
        /// The seconds in `Retry-After`, if there is such a header.
        retry_after: Option<u32>,
    },
    /// 503.
    Unavailable {
        /// The seconds in `Retry-After`, if there is such a header.
        retry_after: Option<u32>,
    },
    /// The request is processed, then the connection is closed without a response.
    DropResponse,
    /// The connection is closed and nothing is processed.
    CloseConnection,
    /// After a spec was read by its ID, another author changes it: a flow spec gets another source, a connection spec
    /// another description. The provider's own connection specs do not change.
    ConcurrentEdit,
}

/// The requests that a fault affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requests {
    /// All requests.
    All,
    /// Requests that read.
    Reads,
    /// Requests that write.
    Writes,
}

/// How often a fault occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultSchedule {
    /// With the next N affected requests.
    Next(u32),
    /// With every Nth affected request; 0 means never.
    Every(u32),
}

/// The active faults, each with the number of affected requests so far.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<(Fault, u32)>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push((fault, 0));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The faults of the next request. Each fault counts its own requests, and is removed when it is over.
    pub(super) fn next(&mut self, request: Requests, is_by_id: bool) -> Vec<FaultKind> {
        let mut kinds = Vec::new();
        for (fault, count) in &mut self.0 {
            let is_affected = fault.requests == Requests::All || fault.requests == request;
            if is_affected && (fault.kind != FaultKind::ConcurrentEdit || (is_by_id && request == Requests::Reads)) {
                *count += 1;
                let is_due = match fault.schedule {
                    FaultSchedule::Next(requests) => *count <= requests,
                    FaultSchedule::Every(requests) => requests != 0 && *count % requests == 0,
                };
                kinds.extend(is_due.then_some(fault.kind));
            }
        }
        self.0.retain(|(fault, count)| !matches!(fault.schedule, FaultSchedule::Next(requests) if *count >= requests));
        kinds
    }
}

/// Changes a spec as another author, unless it is one of the provider's connection specs.
pub(super) fn concurrent_edit(
    service: &Service,
    sandbox: &Sandbox,
    collection: Collection,
    id: &str,
) -> Result<(), ApiError> {
    if collection == Collection::ConnectionSpecs && builtin::find(collection, id).is_some() {
        return Ok(());
    }
    let old = SpecBody::of(&specs::find(service, sandbox, collection, id)?);
    let write = Write { sandbox, user: "another-author@adobe.com", client: "another-client", time: specs::now() };
    let (key, value) = match collection {
        Collection::FlowSpecs => ("sourceConnectionSpecIds", with_another_source(&old)),
        Collection::ConnectionSpecs => {
            ("description", quoted(&format!("Changed by another author ({}).", Uuid::new_v4())))
        }
    };
    let text = old.stored(&ServerManaged::replacing(&old, &write), collection, false);
    // Of two members with the same key, the last one is used.
    let text = SpecBody::of(&format!("{},\"{key}\":{value}}}", &text[..text.len() - 1]));
    specs::store(service, sandbox, collection, id, &text.compact())
}

/// The sources of a flow spec, and a new one.
fn with_another_source(flow_spec: &SpecBody) -> String {
    let sources = flow_spec.root().get("sourceConnectionSpecIds");
    let mut ids: Vec<_> = sources.into_iter().flat_map(|ids| ids.elements()).map(|id| id.text().to_owned()).collect();
    ids.push(quoted(&Uuid::new_v4().to_string()));
    format!("[{}]", ids.join(","))
}
