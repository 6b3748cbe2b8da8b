//! The vocabulary is complete and correct: `schema.json` matches its sources, every key of every live spec has a
//! description, every entry is well-formed, every snippet is valid in its place.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "shows how much was tested")]

mod generator;
mod statements;

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
fn problems_of_a_vocabulary_name_file_and_key() {
    let problems = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let pages = "docs = \"https://example.com\"\n";
        std::fs::write(folder.path().join("pages.toml"), pages).unwrap();
        std::fs::write(folder.path().join("page.toml"), text).unwrap();
        generator::generate(folder.path()).unwrap_err().join("\n")
    };
    expect![[r#"
        page.toml: TOML parse error at line 3, column 1
          |
        3 | maximum = 3
          | ^^^^^^^
        unknown field `maximum`, expected one of `title`, `same-as`, `type`, `reference-only-types`, `description`, `link`, `confidence`, `set-by-service`, `replaced-by`, `rule`, `format`, `variables`, `const`, `default`, `minimum`, `exclusive-minimum`, `examples`, `enum`, `values`, `unsupported`, `required`, `expected`, `expected-unless-input`, `allowed-keys`, `closed`, `items`, `keys`, `other-keys`, `by-type`, `snippets`
    "#]]
    .assert_eq(&problems("[page]\ntype = \"object\"\nmaximum = 3\n"));
    expect![[r#"
        page.toml: page: `doc` is not in pages.toml
        page.toml: page: a description needs `confidence`
        page.toml: page.keys.size: `doc` is not in pages.toml
        page.toml: page.keys.size: the description must say what is inferred
        page.toml: page.keys.size: a limit needs `type` to contain `integer` or `number`
        page.toml: page.keys.size: nothing is called `pages`
        page.toml: page: snippets/page.json: entity not found"#]]
    .assert_eq(&problems(
        r##"
        [page]
        link = "doc#a"
        description = "A page, see [there](docs)."
        closed = true

        [page.keys.size]
        type = "string"
        same-as = "pages"
        confidence = "inferred"
        description = "How long it is."
        minimum = 1

        [[page.snippets]]
        label = "page"
        description = "A page."
        file = "page"
        "##,
    ));
}

#[test]
fn every_annotation_is_documented() {
    let mut annotations = BTreeSet::new();
    let mut schemas = vec![spec::schema()];
    while let Some(schema) = schemas.pop() {
        for (keyword, value) in schema.members().filter(|(keyword, _)| *keyword != "x-snippets") {
            annotations.extend(keyword.starts_with("x-").then_some(keyword));
            schemas.push(value);
        }
        schemas.extend(schema.elements());
    }
    let documentation = include_str!("../../src/spec/vocabulary/README.md");
    let missing: Vec<_> = annotations.iter().filter(|name| !documentation.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(annotations.len() > 10);
}

#[test]
fn every_key_of_every_live_spec_has_a_description() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(index) = std::fs::read_to_string(corpus.join("INDEX.tsv")) else {
        println!("no live specs at {}: skipped", corpus.display());
        return;
    };
    let (mut keys, mut undescribed) = (0, BTreeMap::new());
    for cells in index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()) {
        if !matches!(cells[4], "whole-spec" | "api-response") || cells[6] == "yaml" || cells[0].contains("openapi") {
            continue;
        }
        let tree = Tree::parse(std::fs::read_to_string(corpus.join(cells[0])).unwrap());
        for item in tree.root().get("items").into_iter().flat_map(Node::elements).chain([tree.root()]) {
            let text = item.text();
            let tree = Tree::parse(text.to_owned());
            let Some(kind) = SpecKind::detect(tree.root(), "a.json") else { continue };
            keys += collect_undescribed(kind, &tree, cells[0], &mut undescribed);
        }
    }
    println!("{keys} keys of live specs");
    assert!(keys > 2000);
    assert_eq!(undescribed, BTreeMap::new());
}

/// Adds the keys of a document that have no description, with the file; returns the number of all keys.
fn collect_undescribed(kind: SpecKind, tree: &Tree, file: &str, undescribed: &mut BTreeMap<String, String>) -> usize {
    let members = tree.nodes().filter_map(Node::member).filter(|member| !is_inside_arbitrary_value(kind, member.node));
    let members: Vec<_> = members.collect();
    for member in &members {
        if Entry::of(kind, member.value).description().is_none() {
            undescribed.insert(member.value.pointer(), file.to_owned());
        }
    }
    members.len()
}

/// Whether a member is part of a value that can be any JSON.
fn is_inside_arbitrary_value(kind: SpecKind, member: Node<'_>) -> bool {
    member.ancestors().any(|ancestor| {
        let types = Entry::of(kind, ancestor).types();
        types.contains(&"null") && types.contains(&"object")
    })
}

/// Calls `visit` with the path and the schema of every definition, key, element and other property.
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

/// A keyword of an entry, or of the entries that it refers to.
fn keyword(entry: &'static Json, name: &str) -> Option<&'static Json> {
    let parts = entry.get("allOf").into_iter().flat_map(Json::elements);
    let references = std::iter::once(entry).chain(parts).filter_map(|part| part.get("$ref")?.as_str());
    let mut targets = references.filter_map(|target| spec::schema().pointer(target.strip_prefix('#')?));
    entry.get(name).or_else(|| targets.find_map(|target| keyword(target, name)))
}

#[test]
fn every_entry_has_a_description_a_link_and_a_type() {
    let (mut count, mut wrong) = (0, Vec::new());
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        count += 1;
        // A branch only extends an entry.
        if place.contains("/then/") || place.contains("/else/") {
            return;
        }
        // A definition that adds to others, which have all this.
        if place.matches('/').count() == 2 && entry.get("description").is_none() {
            return;
        }
        let string = |name: &str| keyword(entry, name).and_then(Json::as_str).unwrap_or_default();
        let mut check = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("{place}: {what}"));
            }
        };
        check(!string("description").is_empty() && !string("description").contains('!'), "description");
        check(string("x-link").starts_with("https://"), "link");
        check(matches!(string("x-confidence"), "documented" | "example" | "inferred"), "confidence");
        check(string("x-confidence") != "inferred" || string("description").contains("nferred"), "inferred, but what?");
        check(["type", "enum", "const"].iter().any(|name| keyword(entry, name).is_some()), "type");
        let description = |value: &Json| value.get("description").and_then(Json::as_str);
        let mut values = entry.get("x-knownValues").into_iter().flat_map(Json::elements);
        check(values.all(|value| value.get("value").is_some() && description(value).is_some()), "values");
    });
    println!("{count} entries");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_allowed_value_has_a_description() {
    let mut sets = 0;
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        if let (Some(Json::Array(values)), descriptions) = (entry.get("enum"), entry.get("enumDescriptions")) {
            let descriptions = descriptions.into_iter().flat_map(Json::elements).count();
            assert_eq!(values.len(), descriptions, "{place}");
            sets += 1;
        }
    });
    assert!(sets >= 4, "{sets}");
}

#[test]
fn links_refer_to_known_pages() {
    let mut pages = BTreeSet::new();
    for_each_entry(spec::schema(), "", &mut |_, entry| {
        let link = entry.get("x-link").and_then(Json::as_str);
        pages.extend(link.map(|link| link.split('#').next().unwrap_or_default().to_owned()));
    });
    let pages: String = pages.iter().map(|page| format!("{page}\n")).collect();
    expect![[r#"
        https://developer.adobe.com/experience-platform-apis/references/flow-service/
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/create/ecommerce/sap-commerce
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/create/marketing-automation/mailchimp-members
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/create/protocols/generic-rest
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/explorespec
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/create
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/update-connection-specs
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/streaming-sdk/authentication
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

/// A step from a value to a child.
#[derive(Clone, Copy)]
enum Step {
    Key(&'static str),
    Element(usize),
}

/// A place of the vocabulary, reached from a valid spec.
struct Place<'t> {
    /// The entries of the place and of its ancestors, from the inside out.
    entries: Vec<Entry>,
    path: Vec<Step>,
    node: Option<Node<'t>>,
}

/// The name of an input that has no entry.
const CUSTOM: &str = "acme";

impl<'t> Place<'t> {
    fn children(&self) -> Vec<Place<'t>> {
        let entry = &self.entries[0];
        let mut children = Vec::new();
        let mut add = |step: Step, node: Option<Node<'t>>, entry: Entry| {
            let path = self.path.iter().copied().chain([step]).collect();
            let entries = std::iter::once(entry).chain(self.entries.iter().cloned()).collect();
            children.push(Place { entries, path, node });
        };
        for key in entry.keys().into_iter().chain([CUSTOM]) {
            let node = self.node.and_then(|node| node.get(key));
            let child = entry.key(key, node);
            if !child.is_empty() {
                add(Step::Key(key), node, child);
            }
        }
        let elements: Vec<Node<'t>> = self.node.into_iter().flat_map(Node::elements).collect();
        for index in 0..elements.len().max(1) {
            let node = elements.get(index).copied();
            let child = entry.item(node);
            if !child.is_empty() {
                add(Step::Element(index), node, child);
            }
        }
        children
    }
}

/// Calls `visit` with every place, from the outside in; nested schemas only to a certain depth.
fn for_each_place(kind: SpecKind, tree: &Tree, visit: &mut impl FnMut(&Place<'_>)) {
    let root = Place { entries: vec![Entry::root(kind, Some(tree.root()))], path: Vec::new(), node: Some(tree.root()) };
    let mut waiting = std::collections::VecDeque::from([root]);
    while let Some(place) = waiting.pop_front() {
        visit(&place);
        let nested = place.entries.iter().filter(|entry| entry.is_embedded_schema()).count();
        if nested < 2 {
            waiting.extend(place.children());
        }
    }
}

/// The specs that snippets are inserted into: all complete ones of the vocabulary, and for each pagination type one with
/// every authentication method and the inputs that snippets use.
fn valid_specs() -> Vec<(SpecKind, Value)> {
    let complete =
        |kind: SpecKind| Entry::root(kind, None).snippets().into_iter().map(|snippet| filled(&snippet.body.to_value()));
    let rest: Vec<Value> = complete(SpecKind::Rest).collect();
    let mut all = rest[0].clone();
    all["authSpec"] = rest.iter().flat_map(|spec| spec["authSpec"].as_array().unwrap().clone()).collect();
    let known = all["authSpec"].as_array_mut().unwrap();
    for method in Entry::root(SpecKind::Rest, None).key("authSpec", None).item(None).snippets() {
        let entry = filled(&method.body.to_value());
        if !known.iter().any(|known| known["name"] == entry["name"]) {
            known.push(entry);
        }
    }
    all["sourceSpec"]["spec"]["properties"]["domain"] = json!({ "type": "string" });
    let attributes = Entry::root(SpecKind::Rest, None).key("sourceSpec", None).key("attributes", None);
    let paged = attributes.key("paginationParams", None).snippets().into_iter().map(|pagination| {
        all["sourceSpec"]["attributes"]["paginationParams"] = filled(&pagination.body.to_value());
        all.clone()
    });
    let rest: Vec<_> = paged.chain(rest).map(|spec| (SpecKind::Rest, spec)).collect();
    rest.into_iter().chain(complete(SpecKind::Streaming).map(|spec| (SpecKind::Streaming, spec))).collect()
}

/// A snippet with the defaults of its tab stops.
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

/// The spec with a value at a path.
fn with(spec: &Value, path: &[Step], value: Value) -> Value {
    let mut result = spec.clone();
    let mut at = &mut result;
    for step in path {
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
    result
}

fn pointer(path: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Step::Element(index) => format!("/{index}"),
    };
    path.iter().map(step).collect()
}

/// The rules that compare two parts of a spec: a snippet for one of them does not know the other.
const CROSS_REFERENCE_RULES: [&str; 6] = [
    "explode-outside",
    "unused-schedule-query",
    "unused-input",
    "body-with-get",
    "duplicate-auth",
    "missing-auth-inputs",
];

/// Some snippets are for testing, and most have values for their author to replace, which these rules report.
const RULES_OF_FILLERS: &[&str] = &["placeholder-ui-text", "filler-text"];

/// The diagnostics within the member or element at a path that do not depend on the rest of the spec.
fn diagnostics_at(spec: &Value, path: &[Step]) -> Vec<String> {
    let text = serde_json::to_string_pretty(spec).unwrap();
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let node = document.tree().at_pointer(&pointer(path)).unwrap();
    let range = node.as_part_of_member().map_or(node.range(), |member| member.node.range());
    let diagnostics = diagnostics(&document, &Facts::default());
    let inside = diagnostics.iter().filter(|found| range.start <= found.range.start && found.range.end <= range.end);
    let own =
        inside.filter(|found| !CROSS_REFERENCE_RULES.contains(&found.code) && !RULES_OF_FILLERS.contains(&found.code));
    own.map(|found| format!("{}: {}", found.code, found.message)).collect()
}

#[test]
fn every_snippet_is_valid_in_its_place() {
    let (mut placed, mut wrong) = (HashSet::new(), Vec::new());
    for (kind, spec) in valid_specs() {
        assert_eq!(diagnostics_at(&spec, &[]), Vec::<String>::new(), "{spec:#}");
        let tree = Tree::parse(spec.to_string());
        for_each_place(kind, &tree, &mut |place| {
            for snippet in place.entries[0].snippets() {
                if !placed.insert(std::ptr::from_ref(snippet.body)) {
                    continue;
                }
                let found = diagnostics_at(&with(&spec, &place.path, filled(&snippet.body.to_value())), &place.path);
                if !found.is_empty() {
                    wrong.push(format!("{} at {}: {found:?}", snippet.label, pointer(&place.path)));
                }
            }
        });
    }
    let mut all = 0;
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        for snippet in entry.get("x-snippets").into_iter().flat_map(Json::elements) {
            all += 1;
            if !snippet.get("body").is_some_and(|body| placed.contains(&std::ptr::from_ref(body))) {
                wrong.push(format!("{:?} of {place} is never offered", snippet.get("label")));
            }
        }
    });
    println!("{all} snippets");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn replacements_of_deprecated_keys_exist() {
    let mut looked_at = HashSet::new();
    for (kind, spec) in valid_specs() {
        let tree = Tree::parse(spec.to_string());
        for_each_place(kind, &tree, &mut |place| {
            let Some(new) = place.entries[0].replaced_by() else { return };
            assert!(place.entries[0].is_deprecated());
            let (object, path) = match new.strip_prefix("../") {
                Some(path) => (&place.entries[2], path),
                None => (&place.entries[1], new),
            };
            let target = path.split('.').fold(object.clone(), |entry, key| entry.key(key, None));
            assert!(!target.is_empty() && !target.is_deprecated(), "{} by {new}", pointer(&place.path));
            looked_at.insert(new.as_ptr());
        });
    }
    for_each_entry(spec::schema(), "", &mut |place, entry| {
        let new = entry.get("x-replacedBy").and_then(Json::as_str);
        assert!(new.is_none_or(|new| looked_at.contains(&new.as_ptr())), "{place} is never reached");
    });
}

/// The emulator has a list of the keys that Flow Service sets, everything else uses the vocabulary.
#[test]
fn the_vocabulary_and_the_emulator_agree_on_keys_set_by_the_service() {
    for kind in [SpecKind::Rest, SpecKind::Streaming, SpecKind::Other] {
        let spec = Entry::root(kind, None);
        let mut managed = spec.keys();
        managed.retain(|key| spec.key(key, None).is_set_by_service());
        let mut listed = SERVER_MANAGED_KEYS.to_vec();
        managed.sort_unstable();
        listed.sort_unstable();
        assert_eq!(managed, listed, "{kind:?}");
        assert!(listed.into_iter().all(spec::is_set_by_service));
    }
}
