//! What holds for any edits on both sides.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

use super::*;
use crate::sync::changes::changes;

/// A value of any shape. Few keys and names, so that the two sides meet.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..4i32).prop_map(Value::from),
        "[a-c \"\\\\é\n]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            object(inner.clone()).prop_map(Value::from),
            prop::collection::vec(("[xyz]", object(inner)), 0..4).prop_map(|entries| {
                let named = |(name, mut entry): (String, Map<String, Value>)| {
                    entry.insert("name".to_owned(), name.into());
                    Value::from(entry)
                };
                entries.into_iter().map(named).collect()
            }),
        ]
    })
}

fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec(("[a-d/~]", inner), 0..4).prop_map(|members| members.into_iter().collect())
}

fn whole() -> impl Strategy<Value = Value> {
    object(value()).prop_map(Value::from)
}

/// A value as text, in one of two ways of writing.
fn written(value: &Value, spread: bool) -> String {
    if spread { serde_json::to_string_pretty(value).unwrap_or_default() } else { value.to_string() }
}

fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

/// What a merge leaves.
fn merged(here: &str, base: &str, there: &str, prefer: Prefer) -> (String, Merge) {
    let document = document(here);
    let merged = merge(&document, base, base, there, prefer);
    let text = Edit::apply(here, &merged.edits);
    (text, merged)
}

fn differs(one: &str, other: &str) -> bool {
    !changes(parse(one).root(), parse(other).root()).is_empty()
}

/// What one side does to each of some places.
#[derive(Debug, Clone)]
enum Deed {
    Nothing,
    Set(Value),
    Remove,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![2 => Just(Deed::Nothing), 2 => value().prop_map(Deed::Set), 1 => Just(Deed::Remove)]
}

/// Places in a spec: pairs of a pointer to an object and a key that may be in it.
const PLACES: [(&str, &str); 9] = [
    ("", "description"),
    ("", "version"),
    ("", "new"),
    ("/attributes", "a"),
    ("/attributes", "new"),
    ("/authSpec/0", "type"),
    ("/authSpec/1", "spec"),
    ("/sourceSpec/urlParams", "path"),
    ("/sourceSpec/urlParams", "new"),
];

fn base() -> Value {
    json!({
        "name": "Acme",
        "description": "x",
        "version": "1.0",
        "attributes": { "a": [1, 2], "b": {} },
        "authSpec": [{ "name": "A", "type": "x" }, { "name": "B", "spec": { "c": 1 } }],
        "sourceSpec": { "urlParams": { "path": "/a", "method": "GET" } },
    })
}

fn done(mut spec: Value, deeds: &[Deed]) -> Value {
    for ((around, key), deed) in PLACES.iter().zip(deeds) {
        let Some(Value::Object(around)) = spec.pointer_mut(around) else { continue };
        match deed {
            Deed::Nothing => {}
            Deed::Set(value) => _ = around.insert((*key).to_owned(), value.clone()),
            Deed::Remove => _ = around.shift_remove(*key),
        }
    }
    spec
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn what_one_side_changed_is_never_lost(
        ours in prop::collection::vec(deed(), PLACES.len()),
        theirs in prop::collection::vec(deed(), PLACES.len()),
        spread: bool,
    ) {
        let base = base();
        let (here, there) = (done(base.clone(), &ours), done(base.clone(), &theirs));
        let (text, _) = merged(&written(&here, spread), &base.to_string(), &there.to_string(), Prefer::Neither);
        let after: Value = serde_json::from_str(&text).expect("a merge leaves JSON");
        for (around, key) in PLACES {
            let at = |spec: &Value| spec.pointer(around)?.get(key).cloned();
            // Where both have changed it, it is told as a conflict and the file keeps what it has; what has parts may be
            // merged.
            let has_parts = at(&here).is_some_and(|value| value.is_object() || value.is_array());
            if at(&here) == at(&base) {
                prop_assert_eq!(at(&after), at(&there), "{}/{}", around, key);
            } else if at(&there) == at(&base) || !has_parts {
                prop_assert_eq!(at(&after), at(&here), "{}/{}", around, key);
            }
        }
    }

    #[test]
    fn what_changed_there_alone_is_there_afterwards(base in whole(), there in whole(), spread: bool) {
        let here = written(&base, spread);
        for prefer in [Prefer::Neither, Prefer::Here, Prefer::There] {
            let (text, merged) = merged(&here, &base.to_string(), &there.to_string(), prefer);
            prop_assert!(merged.conflicts.is_empty());
            prop_assert!(!differs(&text, &there.to_string()), "{}\n{}", text, there);
        }
    }

    #[test]
    fn what_changed_here_alone_stays_to_the_letter(base in whole(), here in whole(), spread: bool) {
        let here = written(&here, spread);
        let (text, merged) = merged(&here, &base.to_string(), &base.to_string(), Prefer::There);
        prop_assert_eq!(text, here);
        prop_assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn any_merge_leaves_json(base in whole(), here in whole(), there in whole(), spread: bool) {
        let here = written(&here, spread);
        for prefer in [Prefer::Neither, Prefer::Here, Prefer::There] {
            let (text, _) = merged(&here, &base.to_string(), &there.to_string(), prefer);
            prop_assert!(parse(&text).errors().is_empty(), "{}", text);
            // The same once more changes nothing.
            let (again, _) = merged(&text, &base.to_string(), &there.to_string(), prefer);
            prop_assert!(!differs(&text, &again), "{}\n{}", text, again);
        }
    }
}
