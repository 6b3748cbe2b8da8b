//! What signs in: a client with its secret, or an access token that someone else has asked for.

use super::Secret;

/// What was found where a person keeps such things. Not everything is everywhere: what is missing comes from the profile,
/// or has to be asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The client id, which is the API key too.
    pub client_id: Option<String>,
    /// The client secret of OAuth server-to-server.
    pub client_secret: Option<Secret>,
    /// An access token that is used as it is.
    pub access_token: Option<Secret>,
    /// The scopes to ask for, in order.
    pub scopes: Vec<String>,
    /// The organization, `…@AdobeOrg`.
    pub org: Option<String>,
    /// The sandbox's name.
    pub sandbox: Option<String>,
    /// The address of the gateway, such as `https://platform.adobe.io`.
    pub gateway: Option<String>,
    /// The address of the sign-in service, such as `https://ims-na1.adobelogin.com`.
    pub ims: Option<String>,
}
