//! What is there before anyone has written anything: the provider's two flow specs, the spec that each of them lists, and
//! the data lake. Ids, names, providers and keys are the documented ones; the words are ours.

use super::body::{Body, Change, Managed};
use super::wire::{GENERIC_REST, GENERIC_STREAMING, Kind, Place};
use crate::flow_service::api::{BATCH_FLOW_SPEC, DATA_LAKE_SPEC_ID, STREAMING_FLOW_SPEC};

/// A document of the provider.
#[derive(Debug)]
pub(super) struct Builtin {
    kind: Kind,
    pub(super) id: &'static str,
    /// Whether answers show who made it and when.
    has_history: bool,
    text: &'static str,
}

/// When the provider's documents were made, in milliseconds since 1970: 1 October 2021.
const MADE: u64 = 1_633_046_400_000;

const ALL: &[Builtin] = &[
    Builtin {
        kind: Kind::FlowSpecs,
        id: BATCH_FLOW_SPEC.id,
        has_history: true,
        text: include_str!("builtin/rest-storage-to-aep.json"),
    },
    Builtin {
        kind: Kind::FlowSpecs,
        id: STREAMING_FLOW_SPEC.id,
        has_history: false,
        text: include_str!("builtin/generic-streaming-aep.json"),
    },
    Builtin {
        kind: Kind::ConnectionSpecs,
        id: GENERIC_REST,
        has_history: false,
        text: include_str!("builtin/generic-rest.json"),
    },
    Builtin {
        kind: Kind::ConnectionSpecs,
        id: GENERIC_STREAMING,
        has_history: false,
        text: include_str!("builtin/generic-streaming.json"),
    },
    Builtin {
        kind: Kind::ConnectionSpecs,
        id: DATA_LAKE_SPEC_ID,
        has_history: false,
        text: include_str!("builtin/data-lake.json"),
    },
];

/// Those of a kind.
pub(super) fn all(kind: Kind) -> impl Iterator<Item = &'static Builtin> {
    ALL.iter().filter(move |builtin| builtin.kind == kind)
}

/// The one with this id.
pub(super) fn find(kind: Kind, id: &str) -> Option<&'static Builtin> {
    all(kind).find(|builtin| builtin.id == id)
}

impl Builtin {
    /// It as a sandbox sees it.
    pub(super) fn text(&self, place: &Place) -> String {
        let provider = Change { place, by: "provider@adobe.com", client: "provider", at: MADE };
        let managed = if self.has_history { Managed::new(self.id, &provider) } else { Managed::bare(self.id) };
        Body::of(self.text).kept(&managed, self.kind, false)
    }
}
