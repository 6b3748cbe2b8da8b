//! The words of the service on the wire: addresses, paths, headers, fixed ids. One place for them, since whoever answers
//! in the service's stead needs the same ones. Documented unless said otherwise.

/// The gateway of Adobe Experience Platform.
pub const GATEWAY: &str = "https://platform.adobe.io";
/// The service that gives out access tokens.
pub const IMS: &str = "https://ims-na1.adobelogin.com";

/// What every path of Flow Service begins with.
pub const BASE: &str = "/data/foundation/flowservice";
/// Connection specs, below [`BASE`].
pub const CONNECTION_SPECS: &str = "/connectionSpecs";
/// Flow specs, below [`BASE`].
pub const FLOW_SPECS: &str = "/flowSpecs";
/// Where tokens are asked for, at the sign-in service.
pub const TOKEN: &str = "/ims/token/v3";

/// The header with the client id.
pub const API_KEY: &str = "x-api-key";
/// The header with the organization.
pub const ORG: &str = "x-gw-ims-org-id";
/// The header with the sandbox's name.
pub const SANDBOX: &str = "x-sandbox-name";
/// The header that names a request in the logs of both ends. Inferred for Flow Service, whose error bodies name it.
pub const REQUEST_ID: &str = "x-request-id";

/// What the `type` of an error of Flow Service begins with; a code such as `1439-404` follows.
pub const ERROR_TYPE: &str = "https://ns.adobe.com/aep/errors/FLOW-";

/// What the name of every organization ends with.
pub const ORG_ENDING: &str = "@AdobeOrg";

/// The scopes that Adobe's own samples ask for; taken when none are named.
pub const SCOPES: &[&str] =
    &["openid", "session", "AdobeID", "read_organizations", "additional_info.projectedProductContext"];

/// What a kind of source is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The id of the flow spec that has to list every connection spec of this kind.
    pub flow_spec: &'static str,
    /// The name of that flow spec.
    pub flow_spec_name: &'static str,
    /// The `providerId` of both.
    pub provider: &'static str,
}

/// Sources that are asked on a schedule: `generic-rest`.
pub const BATCH: Made = Made {
    flow_spec: "6499120c-0b15-42dc-936e-847ea3c24d72",
    flow_spec_name: "RestStorageToAEP",
    provider: "0ed90a81-07f4-4586-8190-b40eccef1c5a",
};

/// Sources that send by themselves: `generic-streaming`.
pub const STREAMING: Made = Made {
    flow_spec: "e77fde5a-22a8-11ed-861d-0242ac120002",
    flow_spec_name: "GenericStreamingAEP",
    provider: "521eee4d-8cbe-4906-bb48-fb6bd4450033",
};

/// The connection spec of the data lake, the only target that such sources may have.
pub const DATA_LAKE: &str = "c604ff05-7f1a-43c0-8e18-33bf874cb11c";

/// The keys of a spec that the service sets by itself (shown in answers only; that they cannot be written is inferred).
pub const SERVER_MANAGED: &[&str] = &[
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
