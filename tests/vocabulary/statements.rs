//! The table of statements: what is said of every key and value, how sure it is and which page it comes from. A change of
//! any of the three is visible in `statements.tsv`.

use connspec::spec::{self, Json};
use expect_test::expect_file;

use super::{for_each_entry, keyword};

#[test]
fn every_statement_has_a_confidence_and_a_source() {
    let (mut table, mut count) = (String::from("place\tconfidence\tsource\n"), 0);
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        let own = |name: &str| entry.get(name).and_then(Json::as_str);
        let place = place.replace("/definitions/", "").replace("/properties/", ".").replace("/items", "[]");
        for known in entry.get("x-knownValues").into_iter().flat_map(Json::elements) {
            let text = |name: &str| known.get(name).and_then(Json::as_str);
            if let (Some(value), Some(confidence)) = (text("value"), text("confidence")) {
                table += &format!("{place} = {value}\t{confidence}\t\n");
            }
        }
        if own("description").is_none() {
            return;
        }
        let (confidence, source) = (own("x-confidence"), keyword(entry, "x-link").and_then(Json::as_str));
        let (Some(confidence), Some(source)) = (confidence, source) else {
            panic!("{place}: a statement without {}", if source.is_none() { "a source" } else { "confidence" });
        };
        let page = source.rsplit("/docs/").next().unwrap_or(source);
        table += &format!("{place}\t{confidence}\t{page}\n");
        count += 1;
    });
    assert!(count > 300, "{count}");
    expect_file!["statements.tsv"].assert_eq(&table);
}

/// The statements that sources do not support as facts: each stays inferred, or shown in examples only.
#[test]
fn what_no_page_says_is_not_stated_as_documented() {
    let entry = |place: &str| spec::schema().pointer(&format!("/definitions/{place}")).expect("an entry");
    let confidence = |place: &str| entry(place).get("x-confidence").and_then(Json::as_str).unwrap_or_default();
    for place in [
        "contentPath/properties/keepAttributes",
        "contentPath/properties/skipAttributes",
        "explodeEntityPath/properties/keepAttributes",
        "explodeEntityPath/properties/skipAttributes",
        "scheduleParams/properties/paramFormat",
        "scheduleParams/properties/scheduleStartParamFormat",
        "scheduleParams/properties/incremental",
        "scheduleParams/properties/backfill",
        "apiFeatures/properties/explorePaginationSupported",
        "apiFeatures/properties/updateSupported",
        "permission/properties/@type",
    ] {
        assert_ne!(confidence(place), "documented", "{place}");
    }
}

/// What the format cannot express is said where an author looks for it, with what works instead.
#[test]
fn what_cannot_be_expressed_is_said_at_its_place() {
    let text = |place: &str| spec::schema().pointer(&format!("/definitions/{place}")).expect("an entry").to_string();
    for (place, words) in [
        ("paginationParams/properties/type", ["`Link` header", "use `PAGE`"]),
        ("paginationParams/properties/type", ["id of the last record", "time window"]),
        ("paginationParams/properties/pointerPath", ["`Link` header", "use `PAGE`"]),
        ("paginationParams/properties/continuationTokenPath", ["one value", "last record"]),
        ("paginationParams/properties/parameterType", ["in the body", "QUERYPARAM"]),
        ("paginationParams/properties/limitName", ["page size", "urlParams.queryParams"]),
        ("bodyParams", ["Pagination cannot", "token"]),
        ("scheduleParams", ["seconds since 1970", "ADVANCE"]),
        ("scheduleParams/properties/scheduleEndParamName", ["start only", "ADVANCE"]),
        ("headerParams", ["`Accept` has no effect", "Inferred"]),
    ] {
        assert!(words.iter().all(|word| text(place).contains(word)), "{place}: {words:?}\n{}", text(place));
    }
}
