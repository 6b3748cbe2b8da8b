//! The ids of specs: UUIDs in all of Adobe's documents and examples, though no page says so in words.

/// The lengths of the groups of hexadecimal digits.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// Whether a string is the id of a spec.
pub fn is_spec_id(id: &str) -> bool {
    let is_hex = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    id.split('-').map(str::len).eq(GROUPS) && id.split('-').all(is_hex)
}

/// The beginning of an id, for people.
pub fn short_id(id: &str) -> &str {
    id.split('-').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow_service::api::{BATCH_FLOW_SPEC, STREAMING_FLOW_SPEC};

    #[test]
    fn ids_of_specs_are_uuids_of_any_version() {
        for id in [BATCH_FLOW_SPEC.id, STREAMING_FLOW_SPEC.id, "0ED90A81-07F4-4586-8190-B40ECCEF1C5A"] {
            assert!(is_spec_id(id), "{id}");
        }
        for id in
            ["", "connectionSpecs", "..", "0ed90a81-07f4-4586-8190-b40eccef1c5", "0ed90a8107f445868190b40eccef1c5a"]
        {
            assert!(!is_spec_id(id), "{id}");
        }
        assert!(!is_spec_id("0ed90a81-07f4-4586-8190-b40eccef1c5/"));
    }
}
