//! Constants of the API: URLs, paths, headers, fixed IDs; shared with the emulator. Documented by Adobe unless stated
//! otherwise.

use crate::source::model::Source;

/// The gateway of Adobe Experience Platform.
pub const GATEWAY_URL: &str = "https://platform.adobe.io";
/// Adobe IMS, which issues access tokens.
pub const IMS_URL: &str = "https://ims-na1.adobelogin.com";

/// The base path of Flow Service.
pub const BASE_PATH: &str = "/data/foundation/flowservice";
/// The path of connection specs, below [`BASE_PATH`].
pub const CONNECTION_SPECS_PATH: &str = "/connectionSpecs";
/// The path of flow specs, below [`BASE_PATH`].
pub const FLOW_SPECS_PATH: &str = "/flowSpecs";
/// The path of the token endpoint of IMS.
pub const TOKEN_PATH: &str = "/ims/token/v3";

/// The header with the client ID.
pub const API_KEY_HEADER: &str = "x-api-key";
/// The header with the organization.
pub const ORG_HEADER: &str = "x-gw-ims-org-id";
/// The header with the sandbox's name.
pub const SANDBOX_HEADER: &str = "x-sandbox-name";
/// The header with the request ID. Inferred for Flow Service, whose error bodies contain one.
pub const REQUEST_ID_HEADER: &str = "x-request-id";

/// The start of the `type` of an error of Flow Service, followed by a code such as `1439-404`.
pub const ERROR_TYPE_PREFIX: &str = "https://ns.adobe.com/aep/errors/FLOW-";

/// The end of every organization ID.
pub const ORG_ID_SUFFIX: &str = "@AdobeOrg";

/// The scopes that Adobe's samples request; used if none are configured.
pub const DEFAULT_SCOPES: &[&str] =
    &["openid", "session", "AdobeID", "read_organizations", "additional_info.projectedProductContext"];

/// A flow spec of the provider that has to list every connection spec of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowSpecRef {
    /// The id of the flow spec.
    pub id: &'static str,
    /// The name of the flow spec.
    pub name: &'static str,
    /// The `providerId` of the flow spec and of the connection specs in it.
    pub provider_id: &'static str,
}

/// The flow spec for batch sources, based on `generic-rest`.
pub const BATCH_FLOW_SPEC: FlowSpecRef = FlowSpecRef {
    id: "6499120c-0b15-42dc-936e-847ea3c24d72",
    name: "RestStorageToAEP",
    provider_id: "0ed90a81-07f4-4586-8190-b40eccef1c5a",
};

/// The flow spec for streaming sources, based on `generic-streaming`.
pub const STREAMING_FLOW_SPEC: FlowSpecRef = FlowSpecRef {
    id: "e77fde5a-22a8-11ed-861d-0242ac120002",
    name: "GenericStreamingAEP",
    provider_id: "521eee4d-8cbe-4906-bb48-fb6bd4450033",
};

/// The ID of the connection spec of the data lake, the only target that such sources may have.
pub const DATA_LAKE_SPEC_ID: &str = "c604ff05-7f1a-43c0-8e18-33bf874cb11c";

/// The keys of a spec that the service sets (shown in responses only; that they cannot be written is inferred).
pub const SERVER_MANAGED_KEYS: &[&str] = &[
    Source::ID,
    Source::CREATED_AT,
    Source::UPDATED_AT,
    Source::CREATED_BY,
    Source::UPDATED_BY,
    Source::CREATED_CLIENT,
    Source::UPDATED_CLIENT,
    Source::SANDBOX_ID,
    Source::SANDBOX_NAME,
    Source::IMS_ORG_ID,
];
