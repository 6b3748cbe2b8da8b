//! The provider's specs, which are there from the start: two flow specs, the connection spec that each of them lists, and
//! the data lake. IDs, names, providers and keys are documented by Adobe; the descriptions are ours.

use super::collection::{Collection, GENERIC_REST, GENERIC_STREAMING, Sandbox};
use super::spec_body::{ServerManaged, SpecBody, Write};
use crate::flow_service::api::{BATCH_FLOW_SPEC, DATA_LAKE_SPEC_ID, STREAMING_FLOW_SPEC};

/// A spec of the provider.
#[derive(Debug)]
pub(super) struct Builtin {
    collection: Collection,
    pub(super) id: &'static str,
    /// Whether responses show who created it and when.
    has_history: bool,
    text: &'static str,
}

/// When the provider's specs were created, in milliseconds since 1970: 1 October 2021.
const CREATED_AT: u64 = 1_633_046_400_000;

const BUILTINS: &[Builtin] = &[
    Builtin {
        collection: Collection::FlowSpecs,
        id: BATCH_FLOW_SPEC.id,
        has_history: true,
        text: include_str!("builtin/rest-storage-to-aep.json"),
    },
    Builtin {
        collection: Collection::FlowSpecs,
        id: STREAMING_FLOW_SPEC.id,
        has_history: false,
        text: include_str!("builtin/generic-streaming-aep.json"),
    },
    Builtin {
        collection: Collection::ConnectionSpecs,
        id: GENERIC_REST,
        has_history: false,
        text: include_str!("builtin/generic-rest.json"),
    },
    Builtin {
        collection: Collection::ConnectionSpecs,
        id: GENERIC_STREAMING,
        has_history: false,
        text: include_str!("builtin/generic-streaming.json"),
    },
    Builtin {
        collection: Collection::ConnectionSpecs,
        id: DATA_LAKE_SPEC_ID,
        has_history: false,
        text: include_str!("builtin/data-lake.json"),
    },
];

pub(super) fn all(collection: Collection) -> impl Iterator<Item = &'static Builtin> {
    BUILTINS.iter().filter(move |builtin| builtin.collection == collection)
}

pub(super) fn find(collection: Collection, id: &str) -> Option<&'static Builtin> {
    all(collection).find(|builtin| builtin.id == id)
}

impl Builtin {
    /// The text in a sandbox.
    pub(super) fn text(&self, sandbox: &Sandbox) -> String {
        let provider = Write { sandbox, user: "provider@adobe.com", client: "provider", time: CREATED_AT };
        let managed = match self.has_history {
            true => ServerManaged::created(self.id, &provider),
            false => ServerManaged::id_only(self.id),
        };
        SpecBody::of(self.text).stored(&managed, self.collection, false)
    }
}
