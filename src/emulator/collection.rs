//! The collections of the service, and what else it knows that its clients do not need.

use crate::flow_service::api::{BASE_PATH, CONNECTION_SPECS_PATH, FLOW_SPECS_PATH};

/// The header with a sandbox ID, which is not allowed with the token of a user or a server.
pub(super) const SANDBOX_ID_HEADER: &str = "x-sandbox-id";

/// The provider's sample of a batch source.
pub(super) const GENERIC_REST: &str = "2d46966e-4fcc-4015-9f9e-a67594e395a3";

/// The provider's sample of a streaming source.
pub(super) const GENERIC_STREAMING: &str = "e77fd9d2-22a8-11ed-861d-0242ac120002";

/// A collection of specs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    ConnectionSpecs,
    FlowSpecs,
}

impl Collection {
    pub(super) const ALL: [Collection; 2] = [Collection::ConnectionSpecs, Collection::FlowSpecs];

    /// The name in errors.
    pub(super) fn name(self) -> &'static str {
        self.relative_path().trim_start_matches('/')
    }

    pub(super) fn path(self) -> String {
        format!("{BASE_PATH}{}", self.relative_path())
    }

    fn relative_path(self) -> &'static str {
        match self {
            Collection::ConnectionSpecs => CONNECTION_SPECS_PATH,
            Collection::FlowSpecs => FLOW_SPECS_PATH,
        }
    }

    /// The keys that a request may set, as in the API reference. For flow specs `transformationSpecs` too: the reference
    /// has `transformationSpecDTOS`, every response `transformationSpecs`.
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Collection::ConnectionSpecs => &[
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
            Collection::FlowSpecs => &[
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

/// A sandbox of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sandbox {
    pub(super) org: String,
    pub(super) name: String,
}
