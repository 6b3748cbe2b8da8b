//! Properties of merges of any edits on both sides.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

use super::*;
use crate::sync::changes::changes;

/// Any value. Few keys and names, so that both sides change the same ones.
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

fn spec() -> impl Strategy<Value = Value> {
    object(value()).prop_map(Value::from)
}

/// A value in one of two layouts.
fn written(value: &Value, spread: bool) -> String {
    if spread { serde_json::to_string_pretty(value).unwrap_or_default() } else { value.to_string() }
}

fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

/// The text after a merge.
fn merged(local: &str, base: &str, remote: &str, prefer: Option<Side>) -> (String, Merge) {
    let document = document(local);
    let merged = merge(&document, base, base, remote, prefer);
    let text = Edit::apply(local, &merged.edits);
    (text, merged)
}

fn differs(one: &str, other: &str) -> bool {
    !changes(parse(one).root(), parse(other).root()).is_empty()
}

/// What one side does to a value.
#[derive(Debug, Clone)]
enum Action {
    Nothing,
    Set(Value),
    Remove,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![2 => Just(Action::Nothing), 2 => value().prop_map(Action::Set), 1 => Just(Action::Remove)]
}

/// Values in a spec: pointers to an object and a key that it may have.
const VALUES: [(&str, &str); 9] = [
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

fn apply(mut spec: Value, actions: &[Action]) -> Value {
    for ((parent, key), action) in VALUES.iter().zip(actions) {
        let Some(Value::Object(parent)) = spec.pointer_mut(parent) else { continue };
        match action {
            Action::Nothing => {}
            Action::Set(value) => _ = parent.insert((*key).to_owned(), value.clone()),
            Action::Remove => _ = parent.shift_remove(*key),
        }
    }
    spec
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn changes_of_one_side_are_never_lost(
        ours in prop::collection::vec(action(), VALUES.len()),
        theirs in prop::collection::vec(action(), VALUES.len()),
        spread: bool,
    ) {
        let base = base();
        let (local, remote) = (apply(base.clone(), &ours), apply(base.clone(), &theirs));
        let (text, _) = merged(&written(&local, spread), &base.to_string(), &remote.to_string(), None);
        let after: Value = serde_json::from_str(&text).expect("a merge leaves JSON");
        for (parent, key) in VALUES {
            let at = |spec: &Value| spec.pointer(parent)?.get(key).cloned();
            // A value that both have changed is a conflict and stays; objects and arrays may be merged.
            let has_parts = at(&local).is_some_and(|value| value.is_object() || value.is_array());
            if at(&local) == at(&base) {
                prop_assert_eq!(at(&after), at(&remote), "{}/{}", parent, key);
            } else if at(&remote) == at(&base) || !has_parts {
                prop_assert_eq!(at(&after), at(&local), "{}/{}", parent, key);
            }
        }
    }

    #[test]
    fn without_local_changes_the_result_is_the_remote_spec(base in spec(), remote in spec(), spread: bool) {
        let local = written(&base, spread);
        for prefer in [None, Some(Side::Local), Some(Side::Remote)] {
            let (text, merged) = merged(&local, &base.to_string(), &remote.to_string(), prefer);
            prop_assert!(merged.conflicts.is_empty());
            prop_assert!(!differs(&text, &remote.to_string()), "{}\n{}", text, remote);
        }
    }

    #[test]
    fn without_remote_changes_the_text_stays(base in spec(), local in spec(), spread: bool) {
        let local = written(&local, spread);
        let (text, merged) = merged(&local, &base.to_string(), &base.to_string(), Some(Side::Remote));
        prop_assert_eq!(text, local);
        prop_assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn any_merge_leaves_valid_json(base in spec(), local in spec(), remote in spec(), spread: bool) {
        let local = written(&local, spread);
        for prefer in [None, Some(Side::Local), Some(Side::Remote)] {
            let (text, _) = merged(&local, &base.to_string(), &remote.to_string(), prefer);
            prop_assert!(parse(&text).errors().is_empty(), "{}", text);
            // A second merge changes nothing.
            let (again, _) = merged(&text, &base.to_string(), &remote.to_string(), prefer);
            prop_assert!(!differs(&text, &again), "{}\n{}", text, again);
        }
    }
}
