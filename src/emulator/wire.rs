//! Names on the wire: paths, headers, fixed ids and the keys that the service sets by itself.

/// Where a token is asked for.
pub(super) const TOKEN: &str = "/ims/token/v3";

/// What the paths of Flow Service begin with.
pub(super) const FLOW_SERVICE: &str = "/data/foundation/flowservice";

/// The header of the client id.
pub(super) const API_KEY: &str = "x-api-key";

/// The header of the organization.
pub(super) const ORG: &str = "x-gw-ims-org-id";

/// The header of the sandbox's name.
pub(super) const SANDBOX: &str = "x-sandbox-name";

/// The header of a sandbox's id, which a person's or a server's token may not use.
pub(super) const SANDBOX_ID: &str = "x-sandbox-id";

/// The header by which an answer is found again in the service's records.
pub(super) const REQUEST_ID: &str = "x-request-id";

/// What the `type` of an error body begins with.
pub(super) const ERROR_TYPE: &str = "https://ns.adobe.com/aep/errors/FLOW-";

/// What the service sets by itself, in the order of its answers.
pub(super) const MANAGED: [&str; 10] = [
    "id",
    "createdAt",
    "updatedAt",
    "createdBy",
    "updatedBy",
    "createdClient",
    "updatedClient",
    "sandboxId",
    "sandboxName",
    "imsOrgId",
];

/// The flow spec of batch sources.
pub(super) const REST_STORAGE_TO_AEP: &str = "6499120c-0b15-42dc-936e-847ea3c24d72";

/// The flow spec of streaming sources.
pub(super) const GENERIC_STREAMING_AEP: &str = "e77fde5a-22a8-11ed-861d-0242ac120002";

/// The provider's sample of a batch source.
pub(super) const GENERIC_REST: &str = "2d46966e-4fcc-4015-9f9e-a67594e395a3";

/// The provider's sample of a streaming source.
pub(super) const GENERIC_STREAMING: &str = "e77fd9d2-22a8-11ed-861d-0242ac120002";

/// The data lake, where every flow of a source ends.
pub(super) const DATA_LAKE: &str = "c604ff05-7f1a-43c0-8e18-33bf874cb11c";

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

    /// Its name in paths and in errors.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::ConnectionSpecs => "connectionSpecs",
            Kind::FlowSpecs => "flowSpecs",
        }
    }

    /// The path of all of them.
    pub(super) fn path(self) -> String {
        format!("{FLOW_SERVICE}/{}", self.name())
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
