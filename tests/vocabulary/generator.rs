//! Generates `spec/schema.json` from `spec/vocabulary/`, whose format `vocabulary/README.md` describes.
//!
//! The program embeds the generated file and knows nothing of its sources; a test keeps the two equal. After a change of
//! the vocabulary, `UPDATE_EXPECT=1 cargo test --test vocabulary` writes the file.

mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use files::{Confidence, Document, Entry, File, KnownValue, Lookup, OneOrMany, Snippet, StringOr, Table};

/// What `type = "any"` means.
const ANY_TYPE: [&str; 6] = ["string", "number", "boolean", "object", "array", "null"];

/// The keywords by which a value can be wrong; everything else describes it.
const RESTRICTING: [&str; 14] = [
    "additionalProperties",
    "anyOf",
    "const",
    "deprecated",
    "enum",
    "exclusiveMinimum",
    "if",
    "items",
    "minimum",
    "properties",
    "propertyNames",
    "required",
    "type",
    "x-expected",
];

type Object = Map<String, Value>;

/// The text of `schema.json`, or everything that is wrong with the vocabulary.
pub(crate) fn generate(folder: &Path) -> Result<String, Vec<String>> {
    let (mut generator, files) = Generator::read(folder)?;
    let schema = generator.schema(&files);
    generator.report_unused();
    if generator.errors.is_empty() { Ok(format!("{schema:#}\n")) } else { Err(generator.errors) }
}

struct Generator {
    folder: PathBuf,
    pages: BTreeMap<String, String>,
    /// What `same-as` can name: a definition, or a path of keys that starts at one.
    targets: BTreeSet<String>,
    used_pages: BTreeSet<String>,
    used_snippets: BTreeSet<String>,
    errors: Vec<String>,
}

/// The files of the vocabulary with their names.
type NamedFiles = Vec<(String, File)>;

impl Generator {
    fn read(folder: &Path) -> Result<(Generator, NamedFiles), Vec<String>> {
        let mut errors = Vec::new();
        let mut files = Vec::new();
        for name in file_names(folder, ".toml") {
            match parse::<File>(folder, &name) {
                Ok(file) => files.push((name, file)),
                Err(error) if name != PAGES => errors.push(error),
                Err(_) => {}
            }
        }
        let pages = parse(folder, PAGES).unwrap_or_else(|error| {
            errors.push(error);
            BTreeMap::new()
        });
        let mut targets = BTreeSet::new();
        for (name, entry) in files.iter().flat_map(|(_, file)| &file.definitions) {
            if targets.contains(name) {
                errors.push(format!("`{name}` is defined twice"));
            }
            collect_targets(name, entry, &mut targets);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let (used_pages, used_snippets) = Default::default();
        Ok((Generator { folder: folder.into(), pages, targets, used_pages, used_snippets, errors }, files))
    }

    fn error(&mut self, path: &str, problem: impl Display) {
        self.errors.push(format!("{path}: {problem}"));
    }

    fn schema(&mut self, files: &[(String, File)]) -> Value {
        let mut schema = Object::new();
        schema.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
        let mut definitions = Object::new();
        for (name, file) in files {
            if let Some(document) = &file.document {
                self.document(name, document, &mut schema);
            }
            self.lookup(name, &file.lookup, &mut schema);
            for (definition, entry) in &file.definitions {
                let generated = self.entry(&format!("{name}: {definition}"), entry, None);
                definitions.insert(definition.clone(), generated);
            }
        }
        schema.insert("definitions".into(), definitions.into());
        schema.into()
    }

    fn document(&mut self, path: &str, document: &Document, schema: &mut Object) {
        schema.insert("title".into(), document.title.clone().into());
        schema.insert("description".into(), self.text(path, &document.description).into());
        schema.insert("type".into(), "object".into());
        let mut otherwise = json!({ "properties": { "type": self.reference(path, &document.other_type) } });
        for (name, definition) in document.by_type.0.iter().rev() {
            otherwise = json!({ "if": has_type(name), "then": self.reference(path, definition), "else": otherwise });
        }
        schema.extend(otherwise.as_object().cloned().unwrap_or_default());
    }

    fn lookup(&mut self, path: &str, lookup: &Lookup, schema: &mut Object) {
        let tables = [
            ("x-variableDescriptions", &lookup.variables),
            ("x-ids", &lookup.ids),
            ("x-dateFormatLetters", &lookup.date_format_letters),
            ("x-jsonSchemaDrafts", &lookup.drafts),
        ];
        for (keyword, table) in tables.into_iter().filter(|(_, table)| !table.0.is_empty()) {
            let rows = table.0.iter().map(|(value, text)| (value.clone(), self.text(path, text).into()));
            schema.insert(keyword.into(), Value::Object(rows.collect()));
        }
    }

    /// The schema of an entry. `link`: that of the enclosing entry, which applies unless it has its own.
    fn entry(&mut self, path: &str, entry: &Entry, link: Option<&str>) -> Value {
        let link = entry.link.as_deref().or(link);
        let mut schema = Object::new();
        let mut set = |keyword: &str, value: Option<Value>| {
            if let Some(value) = value {
                schema.insert(keyword.into(), value);
            }
        };
        set("title", entry.title.clone().map(Value::from));
        set("type", types(&entry.types));
        set("x-referenceOnlyTypes", strings(&entry.reference_only_types));
        if let Some(description) = &entry.description {
            set("description", Some(self.text(path, description).into()));
            set("x-link", self.link(path, link).map(Value::from));
        }
        set("x-confidence", entry.confidence.map(|confidence| json!(confidence)));
        set("x-setByService", entry.set_by_service.then_some(true.into()));
        set("deprecated", entry.replaced_by.as_ref().map(|_| true.into()));
        set("x-replacedBy", entry.replaced_by.clone().map(Value::from));
        set("x-rule", entry.rule.clone().map(Value::from));
        set("x-format", entry.format.map(|format| json!(format)));
        set("x-variables", strings(&entry.variables));
        set("const", entry.constant.clone());
        set("default", entry.default.clone());
        set("minimum", entry.minimum.clone().map(Value::from));
        set("exclusiveMinimum", entry.exclusive_minimum.clone().map(Value::from));
        set("examples", (!entry.examples.is_empty()).then(|| entry.examples.clone().into()));
        self.check(path, entry);
        self.values(path, entry, &mut schema);
        self.required_keys(path, entry, &mut schema);
        self.children(path, entry, link, &mut schema);
        let snippets: Vec<Value> = entry.snippets.iter().map(|snippet| self.snippet(path, snippet)).collect();
        if !snippets.is_empty() {
            schema.insert("x-snippets".into(), snippets.into());
        }
        self.conditions(path, entry, link, &mut schema);
        schema.into()
    }

    /// What the types of the vocabulary cannot express.
    fn check(&mut self, path: &str, entry: &Entry) {
        let inferred = entry.description.as_ref().is_some_and(|text| text.to_lowercase().contains("inferred"));
        if entry.description.is_some() && entry.confidence.is_none() {
            self.error(path, "a description needs `confidence`");
        }
        if entry.confidence == Some(Confidence::Inferred) && !inferred {
            self.error(path, "the description must say what is inferred");
        }
        if entry.closed && entry.other_keys.is_some() {
            self.error(path, "`closed` excludes `other-keys`");
        }
        let has_number = entry.types.0.iter().any(|name| matches!(name.as_str(), "integer" | "number"));
        if (entry.minimum.is_some() || entry.exclusive_minimum.is_some()) && !has_number {
            self.error(path, "a limit needs `type` to contain `integer` or `number`");
        }
        if entry.exclusive_minimum.is_some() && !path.contains(": embeddedSchema.") {
            self.error(path, "`exclusive-minimum` is only evaluated for keywords of JSON Schema");
        }
    }

    fn values(&mut self, path: &str, entry: &Entry, schema: &mut Object) {
        let mut known = Vec::new();
        for (value, row) in &entry.values.0 {
            known.push(match row {
                StringOr::String(text) => json!({ "value": value, "description": self.text(path, text) }),
                StringOr::Table(row) => self.known_value(path, value, row),
            });
        }
        let reason = |(value, text): &(String, String)| json!({ "value": value, "reason": self.text(path, text) });
        let unsupported: Vec<Value> = entry.unsupported.0.iter().map(reason).collect();
        if !unsupported.is_empty() {
            schema.insert("x-unsupportedValues".into(), unsupported.into());
        }
        let Table(allowed) = &entry.allowed_values;
        if !allowed.is_empty() {
            let names: Vec<&String> = allowed.iter().map(|(value, _)| value).collect();
            let texts: Vec<String> = allowed.iter().map(|(_, text)| self.text(path, text)).collect();
            let keywords = json!({ "enum": names, "enumDescriptions": texts });
            if entry.types.0 == ["string"] {
                schema.extend(keywords.as_object().cloned().unwrap_or_default());
            } else {
                let choice = |(value, text)| json!({ "value": value, "description": text });
                known.extend(names.iter().zip(&texts).map(choice));
                schema.insert("if".into(), json!({ "type": "string" }));
                schema.insert("then".into(), keywords);
            }
        }
        if !known.is_empty() {
            schema.insert("x-knownValues".into(), known.into());
        }
    }

    fn known_value(&mut self, path: &str, value: &str, row: &KnownValue) -> Value {
        let mut known = json!({ "value": value, "description": self.text(path, &row.description) });
        if let Some(confidence) = row.confidence {
            if confidence == Confidence::Inferred && !row.description.contains("nferred") {
                self.error(path, format!("the description of `{value}` must say what is inferred"));
            }
            known["confidence"] = json!(confidence);
        }
        if !row.also_seen.is_empty() {
            known["alsoSeen"] = json!(row.also_seen);
        }
        known
    }

    /// `required` and `expected`; of a row with several keys one is enough.
    fn required_keys(&mut self, path: &str, entry: &Entry, schema: &mut Object) {
        for (keyword, rows) in [("required", &entry.required), ("x-expected", &entry.expected)] {
            let (one, several): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.0.len() == 1);
            let keys: Vec<String> = one.iter().flat_map(|row| row.0.clone()).collect();
            if !keys.is_empty() {
                schema.insert(keyword.into(), keys.into());
            }
            for row in several {
                let branches = row.0.iter().map(|key| json!({ keyword: [key] })).collect();
                if schema.insert("anyOf".into(), branches).is_some() {
                    self.error(path, "more than one choice between keys");
                }
            }
        }
        if !entry.allowed_keys.is_empty() {
            schema.insert("propertyNames".into(), json!({ "enum": entry.allowed_keys }));
        }
    }

    fn children(&mut self, path: &str, entry: &Entry, link: Option<&str>, schema: &mut Object) {
        if let Some(items) = &entry.items {
            schema.insert("items".into(), self.child(&format!("{path}.items"), items, link));
        }
        if entry.closed {
            schema.insert("additionalProperties".into(), false.into());
        }
        if let Some(others) = &entry.other_keys {
            schema.insert("additionalProperties".into(), self.child(&format!("{path}.other-keys"), others, link));
        }
        if !entry.keys.0.is_empty() {
            let child = |(key, child)| (String::clone(key), self.child(&format!("{path}.keys.{key}"), child, link));
            let keys: Object = entry.keys.0.iter().map(|(key, child)| (key, child)).map(child).collect();
            schema.insert("properties".into(), keys.into());
        }
    }

    fn child(&mut self, path: &str, child: &StringOr<Entry>, link: Option<&str>) -> Value {
        match child {
            StringOr::String(target) => self.reference(path, target),
            StringOr::Table(entry) => self.entry(path, entry, link),
        }
    }

    /// Everything that applies under a condition, and `same-as`: draft-07 ignores the keywords beside a `$ref`.
    fn conditions(&mut self, path: &str, entry: &Entry, link: Option<&str>, schema: &mut Object) {
        let mut parts = Vec::new();
        if let Some(target) = &entry.same_as {
            let reference = self.reference(path, target);
            if RESTRICTING.iter().any(|keyword| schema.contains_key(*keyword)) {
                parts.push(reference);
            } else {
                schema.extend(reference.as_object().cloned().unwrap_or_default());
            }
        }
        for (name, part) in &entry.by_type.0 {
            let then = self.entry(&format!("{path}.by-type.{name}"), part, link);
            parts.push(json!({ "if": has_type(name), "then": then }));
        }
        parts.extend(entry.expected_unless_input.iter().map(|key| expected_unless_input(key)));
        if !parts.is_empty() {
            schema.insert("allOf".into(), parts.into());
        }
    }

    fn reference(&mut self, path: &str, target: &str) -> Value {
        if !self.targets.contains(target) {
            self.error(path, format_args!("nothing is called `{target}`"));
        }
        json!({ "$ref": format!("#/definitions/{}", target.replace('.', "/properties/")) })
    }

    fn snippet(&mut self, path: &str, snippet: &Snippet) -> Value {
        let body = match (&snippet.body, &snippet.file) {
            (Some(body), None) => self.json(path, "body", body),
            (None, Some(file)) => self.snippet_file(path, file),
            _ => {
                self.error(path, format_args!("the snippet `{}` needs either `body` or `file`", snippet.label));
                Value::Null
            }
        };
        json!({ "label": snippet.label, "description": self.text(path, &snippet.description), "body": body })
    }

    fn snippet_file(&mut self, path: &str, name: &str) -> Value {
        let name = format!("{name}.json");
        match fs::read_to_string(self.folder.join(SNIPPETS).join(&name)) {
            Ok(text) => {
                let body = self.json(path, &name, &text);
                self.used_snippets.insert(name);
                body
            }
            Err(error) => {
                self.error(path, format_args!("{SNIPPETS}/{name}: {}", error.kind()));
                Value::Null
            }
        }
    }

    fn json(&mut self, path: &str, name: &str, text: &str) -> Value {
        text.parse().unwrap_or_else(|error| {
            self.error(path, format_args!("{name}: {error}"));
            Value::Null
        })
    }

    /// The URL of `alias` or `alias#anchor`.
    fn link(&mut self, path: &str, link: Option<&str>) -> Option<String> {
        let Some(link) = link else {
            self.error(path, "a description needs `link`, here or in an enclosing table");
            return None;
        };
        let (alias, anchor) = link.split_at(link.find('#').unwrap_or(link.len()));
        let url = self.pages.get(alias).map(|page| format!("{page}{anchor}"));
        match url {
            Some(_) => _ = self.used_pages.insert(alias.to_owned()),
            None => self.error(path, format_args!("`{alias}` is not in {PAGES}")),
        }
        url
    }

    /// A text of the vocabulary as Markdown: lines of a paragraph joined, link aliases replaced by their URLs.
    fn text(&mut self, path: &str, text: &str) -> String {
        let paragraphs = text.trim().split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
        let joined = paragraphs.collect::<Vec<_>>().join("\n\n");
        let mut parts = joined.split("](");
        let mut resolved = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (target, rest) = part.split_once(')').unwrap_or((part, ""));
            let url = if target.contains("://") { None } else { self.link(path, Some(target)) };
            resolved += &format!("]({}){rest}", url.as_deref().unwrap_or(target));
        }
        resolved
    }

    fn report_unused(&mut self) {
        let pages: Vec<String> = self.pages.keys().filter(|page| !self.used_pages.contains(*page)).cloned().collect();
        self.errors.extend(pages.iter().map(|page| format!("{PAGES}: `{page}` is not used")));
        for name in file_names(&self.folder.join(SNIPPETS), "") {
            if !self.used_snippets.contains(&name) {
                self.errors.push(format!("{SNIPPETS}/{name} is not used"));
            }
        }
    }
}

const PAGES: &str = "pages.toml";
const SNIPPETS: &str = "snippets";

fn parse<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, String> {
    let text = fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
    toml::from_str(&text).map_err(|error| format!("{name}: {error}"))
}

fn file_names(folder: &Path, extension: &str) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(extension)).collect();
    names.sort_unstable();
    names
}

fn collect_targets(path: &str, entry: &Entry, targets: &mut BTreeSet<String>) {
    targets.insert(path.to_owned());
    for (key, child) in &entry.keys.0 {
        let path = format!("{path}.{key}");
        match child {
            StringOr::String(_) => _ = targets.insert(path),
            StringOr::Table(entry) => collect_targets(&path, entry, targets),
        }
    }
}

fn has_type(name: &str) -> Value {
    json!({ "properties": { "type": { "const": name } }, "required": ["type"] })
}

/// `attributes` should have a key, unless the spec declares an input of that name.
fn expected_unless_input(key: &str) -> Value {
    let declared = json!({ "properties": { "properties": { "required": [key] } }, "required": ["properties"] });
    json!({
        "if": { "properties": { "spec": declared }, "required": ["spec"] },
        "else": { "properties": { "attributes": { "x-expected": [key] } } },
    })
}

fn types(types: &OneOrMany) -> Option<Value> {
    match &types.0[..] {
        [] => None,
        [any] if any == "any" => Some(json!(ANY_TYPE)),
        [one] => Some(json!(one)),
        several => Some(json!(several)),
    }
}

fn strings(strings: &[String]) -> Option<Value> {
    (!strings.is_empty()).then(|| json!(strings))
}
