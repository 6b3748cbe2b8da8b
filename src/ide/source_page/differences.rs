//! The differences between a page and the spec. Reviewers send pages back that name another connection spec, another
//! authentication method, or stale parameters.

use serde_json::Value;

use crate::document::Document;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};

use super::reader::{self, Body, Table};
use super::requests::DATA_LAKE;
use super::subject::{Field, Subject};
use super::{PageDifference, PageFacts, encoding};

/// The ids of Adobe's templates, which authors forget to replace, and what they are.
const TEMPLATE_IDS: [&str; 3] = [
    "6360f136-5980-4111-8bdf-15d29eab3b5a",
    "e77fd9d2-22a8-11ed-861d-0242ac120002",
    "bdb5b792-451b-42de-acf8-15f3195821de",
];

/// The differences of a page from a spec, in the order of the lines. Of a spec that is neither of a batch nor of a streaming
/// source, nothing is known.
pub fn page_differences(document: &Document, facts: &PageFacts, page: &str) -> Vec<PageDifference> {
    let Some(subject) = Subject::of(document, facts) else { return Vec::new() };
    let bodies = reader::bodies(page);
    let mut found = Differences { subject: &subject, all: Vec::new() };
    bodies.iter().for_each(|body| found.add_body(body));
    found.add_missing_methods(&bodies);
    found.add_source_params(page, &bodies);
    found.add_credentials(&reader::credential_tables(page), reader::has_credentials_elsewhere(page));
    let mut all = found.all;
    all.sort_by_key(|difference| difference.line);
    all
}

struct Differences<'s> {
    subject: &'s Subject,
    all: Vec<PageDifference>,
}

impl Differences<'_> {
    fn add(&mut self, line: usize, message: impl Into<String>) {
        self.all.push(PageDifference { line, message: message.into() });
    }

    fn add_body(&mut self, body: &Body) {
        if let Some(error) = body.tree.errors().first() {
            self.add(body.line_at(error.range.start), "the body of this request isn't valid JSON");
        }
        let root = body.tree.root();
        if let Some(flow_spec) = root.at(&["flowSpec", "id"]) {
            self.add_wrong_id(body, flow_spec, "flow spec", &[self.subject.flow_spec_id.to_owned()]);
        }
        let Some(spec) = root.get("connectionSpec") else { return };
        if is_target(root) {
            return self.add_wrong_target(body, spec);
        }
        if let Some(id) = spec.get("id") {
            self.add_wrong_spec(body, id);
        }
        if let Some(version) = spec.get("version").filter(|node| text(*node) != self.subject.version) {
            let message = format!("version `{}` isn't that of the spec, `{}`", text(version), self.subject.version);
            self.add(body.line_of(version), message);
        }
        match root.get("auth") {
            Some(auth) => self.add_auth(body, auth),
            None => {
                let params = root.get("params");
                self.add_params(body, params, root, &self.subject.inputs, "an input of the source");
            }
        }
    }

    /// Reports a target connection with another connection spec than that of the data lake.
    fn add_wrong_target(&mut self, body: &Body, spec: Node<'_>) {
        let Some(id) = spec.get("id").filter(|id| text(*id) != DATA_LAKE && !text(*id).starts_with('{')) else {
            return;
        };
        let is_own = self.subject.spec_ids.contains(&text(id));
        let found = if is_own { "is that of the source" } else { "isn't known" };
        let message = format!(
            "connection spec `{}` {found}; a target connection has that of the data lake, `{DATA_LAKE}`",
            text(id)
        );
        self.add(body.line_of(id), message);
    }

    fn add_wrong_spec(&mut self, body: &Body, id: Node<'_>) {
        if TEMPLATE_IDS.contains(&&*text(id)) && !self.subject.spec_ids.contains(&text(id)) {
            self.add(
                body.line_of(id),
                format!("connection spec `{}` is that of Adobe's template; write your own", text(id)),
            );
        } else if !self.subject.spec_ids.is_empty() {
            let known = self.subject.spec_ids.clone();
            self.add_wrong_id(body, id, "connection spec", &known);
        }
    }

    /// Reports an id that is not among the right ones. With several right ones, a placeholder is as good.
    fn add_wrong_id(&mut self, body: &Body, id: Node<'_>, what: &str, right: &[String]) {
        let written = text(id);
        if right.contains(&written) || right.len() > 1 && written.starts_with('{') {
            return;
        }
        let right: Vec<String> = right.iter().map(|id| format!("`{id}`")).collect();
        self.add(body.line_of(id), format!("{what} `{written}` isn't that of this source, {}", right.join(" or ")));
    }

    fn add_auth(&mut self, body: &Body, auth: Node<'_>) {
        let Some(name) = auth.get("specName") else {
            return self.add(body.line_of(auth), "missing `specName`: the name of an authentication method");
        };
        let names = || self.subject.methods.iter().map(|method| method.name.as_str());
        let Some(method) = self.subject.methods.iter().find(|method| method.name == text(name)) else {
            let meant = match spelling::closest(&text(name), names()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the spec has {}", list(names())),
            };
            return self.add(body.line_of(name), format!("unknown authentication method `{}`; {meant}", text(name)));
        };
        self.add_params(body, auth.get("params"), auth, &method.fields, &format!("an input of `{}`", method.name));
    }

    /// Compares the `params` of a request with the inputs. `outer`: the object that should have them.
    fn add_params(&mut self, body: &Body, params: Option<Node<'_>>, outer: Node<'_>, fields: &[Field], what: &str) {
        let names = || fields.iter().map(|field| field.name.as_str());
        for member in params.into_iter().flat_map(Node::members) {
            let Some(key) = member.key.string().filter(|key| !names().any(|name| name == key)) else { continue };
            let meant = spelling::closest(&key, names());
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            self.add(body.line_of(member.key), format!("`{key}` isn't {what}{meant}"));
        }
        let given = params.filter(|params| params.kind() == Kind::Object);
        let missing = |field: &&Field| field.is_required && !field.is_hidden;
        for field in fields.iter().filter(missing) {
            if given.is_none_or(|given| given.get(&field.name).is_none()) {
                self.add(
                    body.line_of(params.unwrap_or(outer)),
                    format!("missing `{}`, {what} that is required", field.name),
                );
            }
        }
    }

    /// Reports authentication methods of the spec for which the page has no request, if it has one for others.
    fn add_missing_methods(&mut self, bodies: &[Body]) {
        let auth = |body: &Body| body.tree.root().get("auth").map(|node| body.line_of(node));
        let Some(line) = bodies.iter().find_map(auth) else { return };
        let names: Vec<String> =
            bodies.iter().filter_map(|body| Some(text(body.tree.root().at(&["auth", "specName"])?))).collect();
        let methods = &self.subject.methods;
        // An unknown name is reported already, and may be meant for a method that seems to be missing.
        let is_unknown = |name: &String| !methods.iter().any(|method| method.name == *name);
        if names.iter().any(is_unknown) {
            return;
        }
        for method in methods.iter().filter(|method| !names.contains(&method.name)) {
            self.add(line, format!("no request for the authentication method `{}` of the spec", method.name));
        }
    }

    /// Compares the inputs in URLs with those of the spec, and with the JSON that the page shows beside them.
    fn add_source_params(&mut self, page: &str, bodies: &[Body]) {
        let in_requests = bodies.iter().filter_map(source_connection_params);
        let shown: Vec<Value> = reader::shown_objects(page).into_iter().chain(in_requests).collect();
        for (line, encoded) in reader::source_params(page) {
            let Some(decoded) = encoding::decoded(encoded).filter(Value::is_object) else {
                self.add(line, format!("`sourceParams` isn't the base64 of a JSON object: `{encoded}`"));
                continue;
            };
            let has_right_keys = self.add_decoded(line, &decoded);
            // A page may show parameters of the connection beside those that are encoded, as Adobe's template does.
            let is_shown = shown.iter().any(|shown| has_all(shown, &decoded));
            if has_right_keys && !shown.is_empty() && !is_shown {
                self.add(
                    line,
                    format!("`sourceParams` is stale: it encodes `{decoded}`, which this page does not show"),
                );
            }
        }
    }

    /// Compares the names of encoded parameters with those of the inputs; returns whether they are right.
    fn add_decoded(&mut self, line: usize, decoded: &Value) -> bool {
        let inputs = &self.subject.inputs;
        let mut messages = Vec::new();
        for key in decoded.as_object().into_iter().flat_map(|object| object.keys()) {
            if !inputs.iter().any(|input| input.name == *key) {
                messages.push(format!("`sourceParams` encodes `{key}`, which isn't an input of the source"));
            }
        }
        for input in inputs.iter().filter(|input| input.is_required && decoded.get(&input.name).is_none()) {
            messages.push(format!("`sourceParams` lacks `{}`, an input of the source that is required", input.name));
        }
        let is_right = messages.is_empty();
        messages.into_iter().for_each(|message| self.add(line, message));
        is_right
    }

    /// Compares the tables of credentials with the inputs. `is_elsewhere`: whether the page may have them in another form.
    fn add_credentials(&mut self, tables: &[Table], is_elsewhere: bool) {
        let methods = &self.subject.methods;
        let has_inputs = methods.iter().any(|method| method.shown().next().is_some());
        if !has_inputs {
            return;
        }
        let Some(first) = tables.first() else {
            if !is_elsewhere {
                self.add(1, "no table of the credentials that users need");
            }
            return;
        };
        let rows = || tables.iter().flat_map(|table| &table.rows);
        for method in methods {
            let missing = method.shown().filter(|field| !rows().any(|(_, name)| *name == field.name));
            for field in missing {
                let optional = if field.is_required { "" } else { ", which is optional" };
                self.add(first.line, format!("missing credential `{}` of `{}`{optional}", field.name, method.name));
            }
        }
        let names = || methods.iter().flat_map(|method| &method.fields).map(|field| field.name.as_str());
        for (line, name) in rows().filter(|(_, name)| !names().any(|known| known == name) && is_input_name(name)) {
            let meant = spelling::closest(name, names());
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            self.add(*line, format!("`{name}` isn't an input of any authentication method{meant}"));
        }
    }
}

/// Whether an object has all members of another.
fn has_all(object: &Value, members: &Value) -> bool {
    members.as_object().is_some_and(|members| members.iter().all(|(key, value)| object.get(key) == Some(value)))
}

/// The `params` of a request that creates a source connection.
fn source_connection_params(body: &Body) -> Option<Value> {
    let root = body.tree.root();
    let is_meant = root.get("connectionSpec").is_some() && !is_target(root);
    serde_json::from_str(root.get("params").filter(|_| is_meant)?.text()).ok()
}

/// Whether a row describes an input: Adobe's own tables also have `connectionSpec.id`.
fn is_input_name(name: &str) -> bool {
    !name.is_empty() && !name.contains('.')
}

/// Whether a request creates a target connection.
fn is_target(body: Node<'_>) -> bool {
    body.at(&["connectionSpec", "id"]).is_some_and(|id| text(id) == DATA_LAKE)
        || body.at(&["params", "dataSetId"]).is_some()
}

fn text(node: Node<'_>) -> String {
    node.as_string().map_or_else(|| node.text().to_owned(), |string| string.into_owned())
}

fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
