//! The vocabulary is complete and right: every key of every real spec has words, every entry is well formed, every whole
//! value to start from is sound where it belongs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "says what was looked at")]

mod generator;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use connspec::document::Document;
use connspec::flow_service::api::SERVER_MANAGED_KEYS;
use connspec::lint::Facts;
use connspec::lint::diagnostics;
use connspec::spec::{self, Entry, Json, SpecKind};
use connspec::syntax::{Node, Tree};
use connspec::text::Text;
use expect_test::{expect, expect_file};
use serde_json::{Value, json};

#[test]
fn schema_json_is_generated_from_the_vocabulary() {
    let vocabulary = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/spec/vocabulary");
    let schema = generator::generate(&vocabulary).unwrap_or_else(|errors| panic!("{}", errors.join("\n")));
    expect_file!["../../src/spec/schema.json"].assert_eq(&schema);
}

#[test]
fn every_key_of_every_real_spec_has_words() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(index) = std::fs::read_to_string(corpus.join("INDEX.tsv")) else {
        println!("no real specs at {}: nothing was looked at", corpus.display());
        return;
    };
    let (mut keys, mut without) = (0, BTreeMap::new());
    for cells in index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()) {
        if !matches!(cells[4], "whole-spec" | "api-response") || cells[6] == "yaml" || cells[0].contains("openapi") {
            continue;
        }
        let tree = Tree::parse(std::fs::read_to_string(corpus.join(cells[0])).unwrap());
        for item in tree.root().get("items").into_iter().flat_map(Node::elements).chain([tree.root()]) {
            let text = item.text();
            let tree = Tree::parse(text.to_owned());
            let Some(kind) = spec::recognise(tree.root(), "a.json") else { continue };
            keys += without_words(kind, &tree, cells[0], &mut without);
        }
    }
    println!("{keys} keys of real specs");
    assert!(keys > 2000);
    assert_eq!(without, BTreeMap::new());
}

/// Adds the keys of a document that have no words, with the file; gives back the number of keys.
fn without_words(kind: SpecKind, tree: &Tree, file: &str, without: &mut BTreeMap<String, String>) -> usize {
    let members = tree.nodes().filter_map(Node::member).filter(|member| !is_inside_free_value(kind, member.node));
    let members: Vec<_> = members.collect();
    for member in &members {
        if Entry::of(kind, member.value).description().is_none() {
            without.insert(member.value.pointer(), file.to_owned());
        }
    }
    members.len()
}

/// Whether a member is part of a value that is all the author's: any JSON may stand there.
fn is_inside_free_value(kind: SpecKind, member: Node<'_>) -> bool {
    member.ancestors().any(|around| {
        let types = Entry::of(kind, around).types();
        types.contains(&"null") && types.contains(&"object")
    })
}

/// Calls `visit` with the schema of every key, element and other property, and where it stands.
fn for_each_entry(schema: &'static Json, place: &str, visit: &mut impl FnMut(&str, &'static Json)) {
    for (keyword, inner) in schema.members() {
        let place = format!("{place}/{keyword}");
        match (keyword, inner) {
            ("properties" | "definitions", Json::Object(named)) => {
                for (name, inner) in named {
                    let place = format!("{place}/{name}");
                    visit(&place, inner);
                    for_each_entry(inner, &place, visit);
                }
            }
            ("items" | "additionalProperties", Json::Object(_)) => {
                visit(&place, inner);
                for_each_entry(inner, &place, visit);
            }
            ("then" | "else", _) => for_each_entry(inner, &place, visit),
            ("allOf" | "anyOf", Json::Array(parts)) => {
                parts.iter().for_each(|part| for_each_entry(part, &place, visit));
            }
            _ => {}
        }
    }
}

/// A keyword of an entry, or of the definition that it refers to.
fn keyword(entry: &'static Json, name: &str) -> Option<&'static Json> {
    let target = || spec::schema().pointer(entry.get("$ref")?.as_str()?.strip_prefix('#')?);
    entry.get(name).or_else(|| target()?.get(name))
}

#[test]
fn every_entry_has_words_a_link_and_a_type() {
    let (mut count, mut wrong) = (0, Vec::new());
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        count += 1;
        // A branch adds to an entry that has all this.
        if place.contains("/then/") || place.contains("/else/") {
            return;
        }
        // Holds keys that other definitions refer to, and describes no value itself.
        if place == "/definitions/everySpec" {
            return;
        }
        let text = |name: &str| keyword(entry, name).and_then(Json::as_str).unwrap_or_default();
        let mut check = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("{place}: {what}"));
            }
        };
        check(!text("description").is_empty() && !text("description").contains('!'), "description");
        check(text("x-link").starts_with("https://"), "link");
        check(matches!(text("x-sure"), "documented" | "example" | "inferred"), "sure");
        check(text("x-sure") != "inferred" || text("description").contains("nferred"), "inferred and not said");
        check(["type", "enum", "const"].iter().any(|name| keyword(entry, name).is_some()), "type");
        let words = |value: &Json| value.get("description").and_then(Json::as_str);
        let mut values = entry.get("x-values").into_iter().flat_map(Json::elements);
        check(values.all(|value| value.get("value").is_some() && words(value).is_some()), "values");
    });
    println!("{count} entries");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_value_of_a_closed_set_has_words() {
    let mut sets = 0;
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        // Beside `enum` alone: the names that a kind allows need no words.
        if let (Some(Json::Array(values)), words) = (entry.get("enum"), entry.get("enumDescriptions")) {
            let words = words.into_iter().flat_map(Json::elements).count();
            assert_eq!(values.len(), words, "{place}");
            sets += 1;
        }
    });
    assert!(sets >= 4, "{sets}");
}

#[test]
fn links_lead_to_known_pages() {
    let mut pages = BTreeSet::new();
    for_each_entry(spec::schema(), "", &mut |_, entry| {
        let link = entry.get("x-link").and_then(Json::as_str);
        pages.extend(link.map(|link| link.split('#').next().unwrap_or_default().to_owned()));
    });
    let pages: String = pages.iter().map(|page| format!("{page}\n")).collect();
    expect![[r#"
        https://developer.adobe.com/experience-platform-apis/references/flow-service/
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/explorespec
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/create
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/update-connection-specs
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/streaming-sdk/create
        https://json-schema.org/understanding-json-schema/reference/annotations
        https://json-schema.org/understanding-json-schema/reference/array
        https://json-schema.org/understanding-json-schema/reference/combining
        https://json-schema.org/understanding-json-schema/reference/comments
        https://json-schema.org/understanding-json-schema/reference/conditionals
        https://json-schema.org/understanding-json-schema/reference/const
        https://json-schema.org/understanding-json-schema/reference/enum
        https://json-schema.org/understanding-json-schema/reference/non_json_data
        https://json-schema.org/understanding-json-schema/reference/numeric
        https://json-schema.org/understanding-json-schema/reference/object
        https://json-schema.org/understanding-json-schema/reference/schema
        https://json-schema.org/understanding-json-schema/reference/string
        https://json-schema.org/understanding-json-schema/reference/type
        https://json-schema.org/understanding-json-schema/structuring
    "#]].assert_eq(&pages);
}

/// A step from a value to one inside it.
#[derive(Clone, Copy)]
enum Step {
    Key(&'static str),
    Element(usize),
}

/// A place of the vocabulary, reached from a sound spec.
struct Place<'t> {
    /// What is said about it and about the values around it, from the inside out.
    entries: Vec<Entry>,
    way: Vec<Step>,
    node: Option<Node<'t>>,
}

/// An input's name that no entry knows.
const OWN: &str = "acme";

impl<'t> Place<'t> {
    /// The places one step further in.
    fn inside(&self) -> Vec<Place<'t>> {
        let entry = &self.entries[0];
        let mut inner = Vec::new();
        let mut add = |step: Step, node: Option<Node<'t>>, entry: Entry| {
            let way = self.way.iter().copied().chain([step]).collect();
            let entries = std::iter::once(entry).chain(self.entries.iter().cloned()).collect();
            inner.push(Place { entries, way, node });
        };
        for key in entry.keys().into_iter().chain([OWN]) {
            let node = self.node.and_then(|node| node.get(key));
            let inner = entry.key(key, node);
            if !inner.is_empty() {
                add(Step::Key(key), node, inner);
            }
        }
        let elements: Vec<Node<'t>> = self.node.into_iter().flat_map(Node::elements).collect();
        for index in 0..elements.len().max(1) {
            let node = elements.get(index).copied();
            let inner = entry.item(node);
            if !inner.is_empty() {
                add(Step::Element(index), node, inner);
            }
        }
        inner
    }
}

/// Calls `visit` with every place, the outer ones first; of schemas within schemas only the first few.
fn for_each_place(kind: SpecKind, tree: &Tree, visit: &mut impl FnMut(&Place<'_>)) {
    let root = Place { entries: vec![Entry::root(kind, Some(tree.root()))], way: Vec::new(), node: Some(tree.root()) };
    let mut waiting = std::collections::VecDeque::from([root]);
    while let Some(place) = waiting.pop_front() {
        visit(&place);
        let nested = place.entries.iter().filter(|entry| entry.is_embedded_schema()).count();
        if nested < 2 {
            waiting.extend(place.inside());
        }
    }
}

/// The specs that pieces are put into: all that the vocabulary offers whole, and for each kind of paging one with every
/// way to sign in and the inputs that pieces use.
fn sound_specs() -> Vec<(SpecKind, Value)> {
    let whole = |kind: SpecKind| {
        Entry::root(kind, None).templates().into_iter().map(|template| filled(&template.body.to_value()))
    };
    let rest: Vec<Value> = whole(SpecKind::Rest).collect();
    let mut all = rest[0].clone();
    all["authSpec"] = rest.iter().flat_map(|spec| spec["authSpec"].as_array().unwrap().clone()).collect();
    all["sourceSpec"]["spec"]["properties"]["domain"] = json!({ "type": "string" });
    let attributes = Entry::root(SpecKind::Rest, None).key("sourceSpec", None).key("attributes", None);
    let paged = attributes.key("paginationParams", None).templates().into_iter().map(|paging| {
        all["sourceSpec"]["attributes"]["paginationParams"] = filled(&paging.body.to_value());
        all.clone()
    });
    let rest: Vec<_> = paged.chain(rest).map(|spec| (SpecKind::Rest, spec)).collect();
    rest.into_iter().chain(whole(SpecKind::Streaming).map(|spec| (SpecKind::Streaming, spec))).collect()
}

/// A piece with the defaults of its tab stops.
fn filled(body: &Value) -> Value {
    let text = |text: &str| {
        let parts = text.split('⟨').enumerate().map(|(index, part)| match part.split_once('⟩') {
            Some((stop, rest)) if index > 0 => format!("{}{rest}", stop.split('|').next().unwrap_or_default()),
            _ => part.to_owned(),
        });
        parts.collect::<String>()
    };
    match body {
        Value::String(string) if string.starts_with("⟨#") || string.starts_with("⟨?") => {
            serde_json::from_str(string.trim_matches(['⟨', '#', '?', '⟩'])).unwrap()
        }
        Value::String(string) => text(string).into(),
        Value::Array(elements) => elements.iter().map(filled).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (text(key), filled(value))).collect(),
        other => other.clone(),
    }
}

/// The spec with a value put at a place.
fn with(spec: &Value, way: &[Step], value: Value) -> Value {
    let mut whole = spec.clone();
    let mut at = &mut whole;
    for step in way {
        at = match step {
            Step::Key(key) => {
                if !at.is_object() {
                    *at = json!({});
                }
                &mut at[*key]
            }
            Step::Element(index) => {
                if !at.is_array() {
                    *at = json!([]);
                }
                let elements = at.as_array_mut().unwrap();
                elements.resize((index + 1).max(elements.len()), Value::Null);
                &mut elements[*index]
            }
        };
    }
    *at = value;
    whole
}

fn pointer(way: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Step::Element(index) => format!("/{index}"),
    };
    way.iter().map(step).collect()
}

/// The rules that compare two parts of a spec: a piece for one of them does not know the other.
const OF_TWO_PARTS: [&str; 6] = [
    "explode-outside",
    "unused-schedule-query",
    "unused-input",
    "body-with-get",
    "duplicate-auth",
    "missing-auth-inputs",
];

/// The rule that speaks of what a piece is for: trying out.
const OF_TRYING_OUT: &str = "placeholder-ui-text";

/// What is found in a spec within the member or element at a place, which does not hang on what stands elsewhere.
fn findings_at(spec: &Value, way: &[Step]) -> Vec<String> {
    let text = serde_json::to_string_pretty(spec).unwrap();
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let node = document.tree().at_pointer(&pointer(way)).unwrap();
    let range = node.as_part_of_member().map_or(node.range(), |member| member.node.range());
    let found = diagnostics(&document, &Facts::default());
    let inside = found.iter().filter(|finding| range.start <= finding.range.start && finding.range.end <= range.end);
    let own = inside.filter(|finding| !OF_TWO_PARTS.contains(&finding.code) && finding.code != OF_TRYING_OUT);
    own.map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
}

#[test]
fn every_piece_is_sound_where_it_belongs() {
    let (mut placed, mut wrong) = (HashSet::new(), Vec::new());
    for (kind, spec) in sound_specs() {
        assert_eq!(findings_at(&spec, &[]), Vec::<String>::new(), "{spec:#}");
        let tree = Tree::parse(spec.to_string());
        for_each_place(kind, &tree, &mut |place| {
            for template in place.entries[0].templates() {
                if !placed.insert(std::ptr::from_ref(template.body)) {
                    continue;
                }
                let found = findings_at(&with(&spec, &place.way, filled(&template.body.to_value())), &place.way);
                if !found.is_empty() {
                    wrong.push(format!("{} at {}: {found:?}", template.label, pointer(&place.way)));
                }
            }
        });
    }
    let mut all = 0;
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        for piece in entry.get("x-snippets").into_iter().flat_map(Json::elements) {
            all += 1;
            if !piece.get("body").is_some_and(|body| placed.contains(&std::ptr::from_ref(body))) {
                wrong.push(format!("{:?} of {place} is offered nowhere", piece.get("label")));
            }
        }
    });
    println!("{all} pieces");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_replaces_an_old_form_exists() {
    let mut looked_at = HashSet::new();
    for (kind, spec) in sound_specs() {
        let tree = Tree::parse(spec.to_string());
        for_each_place(kind, &tree, &mut |place| {
            let Some(new) = place.entries[0].replaced_by() else { return };
            assert!(place.entries[0].is_deprecated());
            let (around, path) = match new.strip_prefix("../") {
                Some(path) => (&place.entries[2], path),
                None => (&place.entries[1], new),
            };
            let target = path.split('.').fold(around.clone(), |entry, key| entry.key(key, None));
            assert!(!target.is_empty() && !target.is_deprecated(), "{} by {new}", pointer(&place.way));
            looked_at.insert(new.as_ptr());
        });
    }
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        let new = entry.get("x-replacedBy").and_then(Json::as_str);
        assert!(new.is_none_or(|new| looked_at.contains(&new.as_ptr())), "{place} stands nowhere");
    });
}

/// Whoever answers in the service's stead knows what the service sets by a list, everything else by the vocabulary.
#[test]
fn what_the_service_sets_is_the_same_in_the_vocabulary_and_on_the_wire() {
    for kind in [SpecKind::Rest, SpecKind::Streaming, SpecKind::Other] {
        let spec = Entry::root(kind, None);
        let mut managed = spec.keys();
        managed.retain(|key| spec.key(key, None).is_managed());
        let mut listed = SERVER_MANAGED_KEYS.to_vec();
        managed.sort_unstable();
        listed.sort_unstable();
        assert_eq!(managed, listed, "{kind:?}");
        assert!(listed.into_iter().all(spec::is_managed));
    }
}
