//! The codes that say more than their status, and what to do about each: Flow Service's (`1426-400`), the gateway's
//! (`403027`), the sign-in service's (`invalid_client`). The codes are documented, the advice is ours. Codes that Adobe's
//! two pages use for different things are left out: the service's own words tell more.

use super::Kind;

/// One code.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) code: &'static str,
    pub(super) kind: Kind,
    /// What it means; `{what}`, `{sandbox}` and `{org}` stand for what was asked about.
    pub(super) says: &'static str,
    /// Whether the service's own words follow, because they name what is wrong.
    pub(super) words: bool,
}

const fn entry(code: &'static str, kind: Kind, says: &'static str) -> Entry {
    Entry { code, kind, says, words: false }
}

pub(super) const CATALOGUE: &[Entry] = &[
    entry(
        "1426-400",
        Kind::Rights,
        "This credential may not create or update connection specs. Adobe has to allow that for your organization.",
    ),
    entry(
        "2100-404",
        Kind::NotFound,
        "There is no sandbox `{sandbox}`. Check its name: it is lower case, such as `prod`.",
    ),
];
