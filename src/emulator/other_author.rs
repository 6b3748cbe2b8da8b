//! Another author who works on the same spec at the same time.

use uuid::Uuid;

use super::body::{Body, Change, Managed};
use super::builtin;
use super::refusal::Refusal;
use super::service::Service;
use super::specs;
use super::wire::{Kind, Place};
use crate::syntax::quoted;

/// Changes a spec: a flow spec gets one more source, a connection spec another description. The provider's own connection
/// specs stay as they are.
pub(super) fn change(service: &Service, place: &Place, kind: Kind, id: &str) -> Result<(), Refusal> {
    if kind == Kind::ConnectionSpecs && builtin::find(kind, id).is_some() {
        return Ok(());
    }
    let old = Body::of(&specs::find(service, place, kind, id)?);
    let who = Change { place, by: "another-author@adobe.com", client: "another-client", at: specs::now() };
    let (key, value) = match kind {
        Kind::FlowSpecs => ("sourceConnectionSpecIds", one_more(&old)),
        Kind::ConnectionSpecs => ("description", quoted(&format!("Changed by another author ({}).", Uuid::new_v4()))),
    };
    let text = old.kept(&Managed::replacing(&old, &who), kind, false);
    // The last of two members with one key counts.
    let text = Body::of(&format!("{},\"{key}\":{value}}}", &text[..text.len() - 1]));
    specs::keep(service, place, kind, id, &text.compact())
}

/// The sources of a flow spec and one that is not there yet.
fn one_more(flow_spec: &Body) -> String {
    let sources = flow_spec.root().get("sourceConnectionSpecIds");
    let mut ids: Vec<_> = sources.into_iter().flat_map(|ids| ids.elements()).map(|id| id.text().to_owned()).collect();
    ids.push(quoted(&Uuid::new_v4().to_string()));
    format!("[{}]", ids.join(","))
}
