//! The error codes that say more than their status, and what to do about each: those of Flow Service (`1426-400`), of the
//! gateway (`403027`) and of OAuth (`invalid_client`, RFC 6749; which of them IMS sends is inferred). The codes are
//! documented by Adobe, the advice is ours. Codes that Adobe's two pages use for different things are left out: for them
//! the service's own message is more useful.

use super::ErrorKind;

/// An error code.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) code: &'static str,
    pub(super) kind: ErrorKind,
    /// What it means and what to do, with the placeholders `{subject}`, `{sandbox}` and `{org}`.
    pub(super) message: &'static str,
    /// Whether the service's own message is shown too, because it names what is wrong.
    pub(super) has_details: bool,
}

const fn code(code: &'static str, kind: ErrorKind, message: &'static str) -> Code {
    Code { code, kind, message, has_details: false }
}

const fn detailed(code: &'static str, kind: ErrorKind, message: &'static str) -> Code {
    Code { code, kind, message, has_details: true }
}

const TOKEN: &str = "The access token was rejected: it has expired, or belongs to another client or organization. Sign in \
                     again.";
const API_KEY: &str = "The client ID is unknown. Check it, and add the Experience Platform API to its project in Adobe \
                       Developer Console.";
const NO_API_KEY: &str =
    "The request arrived without its `x-api-key` header (the client ID). A proxy may have removed it.";
const NO_TOKEN: &str =
    "The request arrived without its `Authorization` header (the access token). A proxy may have removed it.";
const NO_ORG: &str =
    "The request arrived without its `x-gw-ims-org-id` header (the organization). A proxy may have removed it.";
const NO_SANDBOX: &str =
    "The request arrived without its `x-sandbox-name` header (the sandbox). A proxy may have removed it.";
const PROFILE: &str = "This credential has no access to Experience Platform in organization `{org}`. Check the \
                       organization ID, and add the credential to a product profile of Experience Platform.";
const ORG: &str = "The access token is not valid for organization `{org}`, or the organization does not exist. Check the \
                   organization ID and the client.";
const SANDBOX: &str = "Sandbox `{sandbox}` does not exist for this credential. Check its name, which is lower case such as \
                       `prod`, and whether the role of the credential includes the sandbox.";
const NO_DEFAULT_SANDBOX: &str = "Organization `{org}` has no default sandbox. Set `sandbox` in the profile.";
const ANY_SANDBOX: &str = "`*` does not name a sandbox. Set `sandbox` in the profile to the name of one.";
const SANDBOX_LOOKUP: &str = "Sandbox `{sandbox}` cannot be looked up at the moment. Try again later.";
const ROLE: &str = "This credential lacks a permission in sandbox `{sandbox}`. Add it to a role in Permissions, under API \
                    credentials.";
const NO_SPEC_WRITES: &str = "This credential may not create or update connection specs. Adobe has to enable this for your \
                              organization: ask your contact at Adobe, and provide the client ID.";
const BACKEND: &str = "A backend of Flow Service is unavailable. Try again later.";
pub(super) const NOT_FOUND: &str = "{subject} does not exist in sandbox `{sandbox}`.";
const ID: &str = "The ID of {subject} was rejected.";
const BODY: &str = "The request arrived without {subject}. A proxy may have removed it.";
const FIELD: &str = "A field of {subject} is missing or has an invalid value.";
const FILTER: &str = "The filter for the {subject} was rejected.";
pub(super) const CONFLICT: &str =
    "{subject} was changed by someone else in the meantime. Review the remote version, then try again.";
const AUTH_METHOD: &str = "{subject} has an authentication method that Flow Service does not know.";
const RECORDS_PATH_FORM: &str =
    "The path to the records in {subject} is too complex: it may only lead from key to key.";
const CLIENT: &str = "Adobe IMS rejected the client ID or the client secret. Copy both again from Adobe Developer Console; \
                      the secret may have been replaced there.";
const SCOPE: &str = "Adobe IMS does not grant one of the scopes to this client. Copy the scopes from the credential in \
                     Adobe Developer Console.";
const GRANT: &str = "This client may not use the client credentials grant. Use an OAuth Server-to-Server credential.";

/// All codes, grouped by sender.
pub(super) const CODES: &[Code] = &[
    // The gateway.
    code("403010", ErrorKind::Rejected, NO_TOKEN),
    code("401013", ErrorKind::Authentication, TOKEN),
    code("403000", ErrorKind::Rejected, NO_API_KEY),
    code("403003", ErrorKind::Authentication, API_KEY),
    code("400003", ErrorKind::Rejected, NO_ORG),
    code("403025", ErrorKind::Permission, PROFILE),
    code("403027", ErrorKind::Permission, PROFILE),
    // Flow Service: tokens, organizations, sandboxes, permissions.
    code("2000-401", ErrorKind::Permission, ORG),
    code("2001-401", ErrorKind::Rejected, NO_ORG),
    code("2002-401", ErrorKind::Rejected, NO_ORG),
    code("1009-403", ErrorKind::Rejected, NO_ORG),
    code("2114-400", ErrorKind::Rejected, NO_TOKEN),
    code("2115-400", ErrorKind::Authentication, TOKEN),
    code("2100-404", ErrorKind::NotFound, SANDBOX),
    code("2101-404", ErrorKind::NotFound, SANDBOX),
    code("2103-404", ErrorKind::NotFound, SANDBOX),
    code("2102-500", ErrorKind::Unavailable, SANDBOX_LOOKUP),
    code("2104-500", ErrorKind::Unavailable, SANDBOX_LOOKUP),
    code("2107-500", ErrorKind::Unavailable, SANDBOX_LOOKUP),
    code("2108-500", ErrorKind::Unavailable, SANDBOX_LOOKUP),
    code("2105-400", ErrorKind::Rejected, NO_SANDBOX),
    code("2106-404", ErrorKind::NotFound, NO_DEFAULT_SANDBOX),
    code("2111-403", ErrorKind::Permission, ANY_SANDBOX),
    code("2112-400", ErrorKind::Rejected, ANY_SANDBOX),
    code("2113-400", ErrorKind::Rejected, ANY_SANDBOX),
    detailed("2118-403", ErrorKind::Permission, ROLE),
    detailed("2120-403", ErrorKind::Permission, ROLE),
    detailed("2121-403", ErrorKind::Permission, ROLE),
    code("1426-400", ErrorKind::Permission, NO_SPEC_WRITES),
    // Flow Service: specs.
    code("1404-412", ErrorKind::Conflict, CONFLICT),
    code("1013-412", ErrorKind::Conflict, CONFLICT),
    code("1405-400", ErrorKind::Rejected, BODY),
    detailed("1411-400", ErrorKind::Rejected, ID),
    detailed("1413-400", ErrorKind::Rejected, ID),
    detailed("1423-400", ErrorKind::Rejected, FILTER),
    detailed("1440-400", ErrorKind::Rejected, FILTER),
    detailed("1450-400", ErrorKind::Rejected, FILTER),
    detailed("1451-400", ErrorKind::Rejected, FILTER),
    code("1430-400", ErrorKind::NotFound, NOT_FOUND),
    code("1439-400", ErrorKind::NotFound, NOT_FOUND),
    code("1439-404", ErrorKind::NotFound, NOT_FOUND),
    detailed("1304-400", ErrorKind::Rejected, FIELD),
    detailed("1312-400", ErrorKind::Rejected, FIELD),
    detailed("1393-400", ErrorKind::Rejected, FIELD),
    detailed("1394-400", ErrorKind::Rejected, FIELD),
    detailed("1301-400", ErrorKind::Rejected, AUTH_METHOD),
    detailed("1302-400", ErrorKind::Rejected, AUTH_METHOD),
    detailed("1313-400", ErrorKind::Rejected, "{subject} lacks the path to the records."),
    detailed("1314-400", ErrorKind::Rejected, RECORDS_PATH_FORM),
    detailed("1315-400", ErrorKind::Rejected, "The path to the records in {subject} must lead to an array."),
    detailed("1316-400", ErrorKind::Rejected, "The pagination of {subject} is incomplete."),
    detailed("1317-400", ErrorKind::Rejected, "The time window parameters of {subject} are incomplete."),
    detailed("1318-400", ErrorKind::Rejected, "The request settings of {subject} were rejected."),
    detailed(
        "1319-400",
        ErrorKind::Rejected,
        "A path to nested records in {subject} must extend the path to the records.",
    ),
    code("1004-415", ErrorKind::Rejected, "{subject} was not accepted as JSON. A proxy may have changed the request."),
    code("1006-408", ErrorKind::Timeout, "Flow Service did not respond in time. Try again later."),
    code("1011-503", ErrorKind::Unavailable, BACKEND),
    code("1012-504", ErrorKind::Timeout, BACKEND),
    code("2200-500", ErrorKind::Unavailable, BACKEND),
    code("2250-500", ErrorKind::Unavailable, BACKEND),
    // Adobe IMS.
    code("invalid_client", ErrorKind::Authentication, CLIENT),
    code("invalid_scope", ErrorKind::Authentication, SCOPE),
    code("unauthorized_client", ErrorKind::Authentication, GRANT),
    code("unsupported_grant_type", ErrorKind::Authentication, GRANT),
];

/// The entry of a code.
pub(super) fn find(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|known| known.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_messages_are_sentences() {
        for (at, Code { code, message, .. }) in CODES.iter().enumerate() {
            assert!(CODES[..at].iter().all(|other| other.code != *code), "{code} twice");
            assert!(message.ends_with('.') && !message.contains("  ") && !message.contains('!'), "{message}");
        }
    }

    #[test]
    fn ambiguous_codes_are_left_out() {
        for number in [1100, 1101, 1102, 1103, 1104, 1400, 1401, 1402, 1403] {
            assert!(CODES.iter().all(|known| !known.code.starts_with(&number.to_string())), "{number}");
        }
    }
}
