//! What the service knows beside what a client of it has to: kinds of documents and their fields, the provider's samples.

use crate::flow_service::api::{BASE_PATH, CONNECTION_SPECS_PATH, FLOW_SPECS_PATH};

/// The header of a sandbox's id, which a person's or a server's token may not use.
pub(super) const SANDBOX_ID: &str = "x-sandbox-id";

/// The provider's sample of a batch source.
pub(super) const GENERIC_REST: &str = "2d46966e-4fcc-4015-9f9e-a67594e395a3";

/// The provider's sample of a streaming source.
pub(super) const GENERIC_STREAMING: &str = "e77fd9d2-22a8-11ed-861d-0242ac120002";

/// A kind of document that the service keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What describes a source.
    ConnectionSpecs,
    /// What says from which sources a flow may come.
    FlowSpecs,
}

impl Kind {
    /// Both.
    pub(super) const ALL: [Kind; 2] = [Kind::ConnectionSpecs, Kind::FlowSpecs];

    /// Its name in errors.
    pub(super) fn name(self) -> &'static str {
        self.below_base().trim_start_matches('/')
    }

    /// The path of all of them.
    pub(super) fn path(self) -> String {
        format!("{BASE_PATH}{}", self.below_base())
    }

    fn below_base(self) -> &'static str {
        match self {
            Kind::ConnectionSpecs => CONNECTION_SPECS_PATH,
            Kind::FlowSpecs => FLOW_SPECS_PATH,
        }
    }

    /// What a request may set: the fields of the API's description, and for flow specs `transformationSpecs` too, which the
    /// description calls `transformationSpecDTOS` and every answer `transformationSpecs`.
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            Kind::ConnectionSpecs => &[
                "name",
                "providerId",
                "version",
                "type",
                "settings",
                "attributes",
                "authSpec",
                "encryptionSpecs",
                "sourceSpec",
                "targetSpec",
                "exploreSpec",
                "permissionsInfo",
                "entitlementInfo",
                "policy",
            ],
            Kind::FlowSpecs => &[
                "name",
                "providerId",
                "version",
                "type",
                "attributes",
                "optionSpec",
                "scheduleSpec",
                "runSpec",
                "permissionsInfo",
                "entitlementInfo",
                "policy",
                "sourceConnectionSpecIds",
                "targetConnectionSpecIds",
                "transformationSpecs",
                "transformationSpecDTOS",
            ],
        }
    }
}

/// Whose specs: those of one sandbox of one organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The organization.
    pub(super) org: String,
    /// The sandbox's name.
    pub(super) sandbox: String,
}
