//! The codes that say more than their status, and what to do about each: Flow Service's (`1426-400`), the gateway's
//! (`403027`), the sign-in service's (`invalid_client`, of RFC 6749; which of them Adobe sends is inferred). The codes are
//! documented, the advice is ours. Codes that Adobe's two pages use for different things are left out: there the
//! service's own words tell more.

use super::ErrorKind;

/// One code.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) code: &'static str,
    pub(super) kind: ErrorKind,
    /// What it means and what to do; `{who}`, `{what}`, `{sandbox}` and `{org}` stand for what was asked.
    pub(super) says: &'static str,
    /// Whether the service's own words follow, because they name what is wrong.
    pub(super) words: bool,
}

/// A code whose meaning is all there is to say.
const fn plain(code: &'static str, kind: ErrorKind, says: &'static str) -> Entry {
    Entry { code, kind, says, words: false }
}

/// A code of which the service's own words tell the details.
const fn worded(code: &'static str, kind: ErrorKind, says: &'static str) -> Entry {
    Entry { code, kind, says, words: true }
}

const TOKEN: &str = "The service does not accept the access token: it has expired, or is of another client or \
                     organization. Sign in again.";
const API_KEY: &str = "The service does not know the client id. Check it, and add the Experience Platform API to its \
                       project in Adobe Developer Console.";
const NO_API_KEY: &str = "The request came without its client id (`x-api-key`). Something in between may have removed it: \
                          check the proxy.";
const NO_TOKEN: &str = "The request came without its access token (`Authorization`). Something in between may have \
                        removed it: check the proxy.";
const NO_ORG: &str = "The request came without its organization (`x-gw-ims-org-id`). Something in between may have \
                      removed it: check the proxy.";
const PROFILE: &str = "This credential has no access to Experience Platform in the organization `{org}`. Check the \
                       organization id, and add the credential to a product profile of Experience Platform.";
const ORG: &str = "The access token is not for the organization `{org}`, or there is no such organization. Check the \
                   organization id and the client.";
const SANDBOX: &str = "There is no sandbox `{sandbox}` for this credential. Check the name, which is lower case such as \
                       `prod`, and whether the credential's role includes that sandbox.";
const NO_SANDBOX: &str = "The request came without its sandbox (`x-sandbox-name`). Something in between may have removed \
                          it: check the proxy.";
const SANDBOXES: &str = "The service cannot look up the sandbox `{sandbox}` at the moment. Try again later.";
const ROLE: &str = "This credential lacks a permission in the sandbox `{sandbox}`. Add it to a role in Permissions, under \
                    API credentials.";
const PROVIDER: &str = "The part of the service behind this does not work at the moment. Try again later.";
const ABSENT: &str = "The service does not find {what} in the sandbox `{sandbox}`.";
const FIELD: &str = "The service misses a part of {what} or does not accept its value.";
const FILTER: &str = "The service does not accept how {what} were filtered.";
const CHANGED: &str = "Someone has changed {what} in the meantime. Look at what is there now, then try again.";
const SIGN_IN_CLIENT: &str = "The sign-in service does not accept the client id or the client secret. Copy both again \
                              from Adobe Developer Console; a secret may have been replaced there.";
const SIGN_IN_SCOPE: &str = "The sign-in service does not give one of the scopes to this client. Copy the scopes from the \
                             credential in Adobe Developer Console.";
const SIGN_IN_GRANT: &str = "This client may not sign in with a client secret alone. Use a credential of the kind OAuth \
                             Server-to-Server.";

/// All codes, in the order of their senders.
pub(super) const CATALOGUE: &[Entry] = &[
    // The gateway.
    plain("403010", ErrorKind::Rejected, NO_TOKEN),
    plain("401013", ErrorKind::Authentication, TOKEN),
    plain("403000", ErrorKind::Rejected, NO_API_KEY),
    plain("403003", ErrorKind::Authentication, API_KEY),
    plain("400003", ErrorKind::Rejected, NO_ORG),
    plain("403025", ErrorKind::Permission, PROFILE),
    plain("403027", ErrorKind::Permission, PROFILE),
    // Flow Service: tokens, organizations, sandboxes, rights.
    plain("2000-401", ErrorKind::Permission, ORG),
    plain("2001-401", ErrorKind::Rejected, NO_ORG),
    plain("2002-401", ErrorKind::Rejected, NO_ORG),
    plain("1009-403", ErrorKind::Rejected, NO_ORG),
    plain("2114-400", ErrorKind::Rejected, NO_TOKEN),
    plain("2115-400", ErrorKind::Authentication, TOKEN),
    plain("2100-404", ErrorKind::NotFound, SANDBOX),
    plain("2101-404", ErrorKind::NotFound, SANDBOX),
    plain("2103-404", ErrorKind::NotFound, SANDBOX),
    plain("2102-500", ErrorKind::Unavailable, SANDBOXES),
    plain("2104-500", ErrorKind::Unavailable, SANDBOXES),
    plain("2107-500", ErrorKind::Unavailable, SANDBOXES),
    plain("2108-500", ErrorKind::Unavailable, SANDBOXES),
    plain("2105-400", ErrorKind::Rejected, NO_SANDBOX),
    plain("2106-404", ErrorKind::NotFound, "The organization `{org}` has no default sandbox. Name one in the profile."),
    plain("2111-403", ErrorKind::Permission, "`*` is no sandbox to work in. Name one in the profile."),
    plain("2112-400", ErrorKind::Rejected, "`*` is no sandbox to work in. Name one in the profile."),
    plain("2113-400", ErrorKind::Rejected, "`*` is no sandbox to work in. Name one in the profile."),
    worded("2118-403", ErrorKind::Permission, ROLE),
    worded("2120-403", ErrorKind::Permission, ROLE),
    worded("2121-403", ErrorKind::Permission, ROLE),
    plain(
        "1426-400",
        ErrorKind::Permission,
        "This credential may not create or update connection specs. Adobe has to allow that for your organization: ask \
         your contact there, with the client id.",
    ),
    // Flow Service: specs.
    plain("1404-412", ErrorKind::Conflict, CHANGED),
    plain("1013-412", ErrorKind::Conflict, CHANGED),
    plain(
        "1405-400",
        ErrorKind::Rejected,
        "The service got nothing in place of {what}. Something in between may have removed it.",
    ),
    worded("1411-400", ErrorKind::Rejected, "The service does not accept the id of {what}."),
    worded("1413-400", ErrorKind::Rejected, "The service does not accept the id of {what}."),
    worded("1423-400", ErrorKind::Rejected, FILTER),
    worded("1440-400", ErrorKind::Rejected, FILTER),
    worded("1450-400", ErrorKind::Rejected, FILTER),
    worded("1451-400", ErrorKind::Rejected, FILTER),
    plain("1430-400", ErrorKind::NotFound, ABSENT),
    plain("1439-400", ErrorKind::NotFound, ABSENT),
    plain("1439-404", ErrorKind::NotFound, ABSENT),
    worded("1304-400", ErrorKind::Rejected, FIELD),
    worded("1312-400", ErrorKind::Rejected, FIELD),
    worded("1393-400", ErrorKind::Rejected, FIELD),
    worded("1394-400", ErrorKind::Rejected, FIELD),
    worded("1301-400", ErrorKind::Rejected, "The service does not know a way to sign in that {what} has."),
    worded("1302-400", ErrorKind::Rejected, "The service does not know a way to sign in that {what} has."),
    worded("1313-400", ErrorKind::Rejected, "The service misses the path to the records in {what}."),
    worded(
        "1314-400",
        ErrorKind::Rejected,
        "The service does not take a path to the records that is more than steps from key to key, as {what} has one.",
    ),
    worded("1315-400", ErrorKind::Rejected, "The path to the records in {what} has to lead to a list."),
    worded("1316-400", ErrorKind::Rejected, "The service misses a part of how {what} gets the next page."),
    worded("1317-400", ErrorKind::Rejected, "The service misses a part of how {what} asks for a span of time."),
    worded("1318-400", ErrorKind::Rejected, "The service does not accept how {what} asks for records."),
    worded(
        "1319-400",
        ErrorKind::Rejected,
        "A path to records inside records in {what} has to lead on from the path to the records.",
    ),
    plain(
        "1004-415",
        ErrorKind::Rejected,
        "The service does not take {what} as JSON. Something in between may have changed it.",
    ),
    plain("1006-408", ErrorKind::Timeout, "The service did not finish in time. Try again later."),
    plain("1011-503", ErrorKind::Unavailable, PROVIDER),
    plain("1012-504", ErrorKind::Timeout, PROVIDER),
    plain("2200-500", ErrorKind::Unavailable, PROVIDER),
    plain("2250-500", ErrorKind::Unavailable, PROVIDER),
    // The sign-in service.
    plain("invalid_client", ErrorKind::Authentication, SIGN_IN_CLIENT),
    plain("invalid_scope", ErrorKind::Authentication, SIGN_IN_SCOPE),
    plain("unauthorized_client", ErrorKind::Authentication, SIGN_IN_GRANT),
    plain("unsupported_grant_type", ErrorKind::Authentication, SIGN_IN_GRANT),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_there_once_and_every_text_is_a_sentence() {
        for (at, entry) in CATALOGUE.iter().enumerate() {
            assert!(CATALOGUE[..at].iter().all(|before| before.code != entry.code), "{} twice", entry.code);
            assert!(
                entry.says.ends_with('.') && !entry.says.contains("  ") && !entry.says.contains('!'),
                "{}",
                entry.says
            );
        }
    }

    #[test]
    fn a_code_with_two_meanings_has_none() {
        for number in [1100, 1101, 1102, 1103, 1104, 1400, 1401, 1402, 1403] {
            assert!(CATALOGUE.iter().all(|entry| !entry.code.starts_with(&number.to_string())), "{number}");
        }
    }
}
