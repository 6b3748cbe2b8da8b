//! The JSON of a state file.

use std::borrow::Cow;

use super::{Intent, LinkedSpec, Sandbox, State};
use crate::syntax::{Gaps, Kind, Node, Tree, quoted};

/// The explanation for people who open the file.
const ABOUT: &str =
    "What connspec last pushed to and pulled from Flow Service. Commit this file; it contains no secrets.";

/// The version of the format.
const VERSION: &str = "1";

pub(super) fn write(state: &State) -> String {
    let mut sandboxes: Vec<(String, Vec<String>)> = Vec::new();
    for ((sandbox, file), linked) in &state.specs {
        let name = format!("{} {}", sandbox.org, sandbox.name);
        let spec = format!("{}: {}", quoted(file), entry(linked));
        match sandboxes.last_mut().filter(|(last, _)| *last == name) {
            Some((_, specs)) => specs.push(spec),
            None => sandboxes.push((name, vec![spec])),
        }
    }
    let sandboxes: Vec<String> =
        sandboxes.iter().map(|(name, specs)| format!("{}: {{ {} }}", quoted(name), specs.join(", "))).collect();
    let known = [
        format!("\"about\": {}", quoted(ABOUT)),
        format!("\"version\": {VERSION}"),
        format!("\"sandboxes\": {{ {} }}", sandboxes.join(", ")),
    ];
    let members: Vec<String> = known.into_iter().chain(state.unknown.iter().cloned()).collect();
    let text = format!("{{ {} }}", members.join(", "));
    let gaps = Gaps::Lines { unit: "  ", indent: "", line_break: "\n" };
    Tree::parse(text.to_owned()).root().laid_out(gaps) + "\n"
}

fn entry(linked: &LinkedSpec) -> String {
    let intent = linked.intent.as_ref().map(|intent| {
        let existing: Vec<String> = intent.existing_ids.iter().map(|id| quoted(id)).collect();
        format!("{{ \"name\": {}, \"existing\": [{}] }}", quoted(&intent.name), existing.join(", "))
    });
    let fields = [
        ("id", linked.id.as_deref().map(quoted)),
        ("base", linked.base.clone()),
        ("sent", linked.sent.clone()),
        ("creating", intent),
    ];
    let fields = fields.into_iter().filter_map(|(key, value)| Some(format!("\"{key}\": {}", value?)));
    let fields: Vec<String> = fields.chain(linked.unknown.iter().cloned()).collect();
    format!("{{ {} }}", fields.join(", "))
}

/// Parses a state, or says what is wrong with the text.
pub(super) fn parse(text: &str) -> Result<State, String> {
    let tree = Tree::parse(text.to_owned());
    if !tree.errors().is_empty() {
        let has_conflict = text.lines().any(|line| line.starts_with("<<<<<<<"));
        return Err(match has_conflict {
            true => {
                "has merge conflicts; resolve them, and keep the entries of both sides if they are for different specs"
            }
            false => "isn't valid JSON; restore it from version control, or delete it and link the specs again",
        }
        .to_owned());
    }
    let root = tree.root();
    if root.get("version").map(Node::text) != Some(VERSION) {
        return Err("was written by another version of connspec; update connspec".to_owned());
    }
    let mut state = State { unknown: unknown(root, &["about", "version", "sandboxes"]), ..State::default() };
    for sandbox in root.get("sandboxes").into_iter().flat_map(Node::members) {
        let name = sandbox.key.string().unwrap_or_default();
        let Some((org, name)) = name.split_once(' ') else {
            return Err(format!("has `{name}`, which isn't an organization with a sandbox"));
        };
        let key = Sandbox { org: org.to_owned(), name: name.to_owned() };
        for spec in sandbox.value.members() {
            let file = spec.key.string().unwrap_or_default().into_owned();
            state.specs.insert((key.clone(), file), linked_spec(spec.value));
        }
    }
    Ok(state)
}

fn linked_spec(entry: Node<'_>) -> LinkedSpec {
    let object = |key: &str| entry.get(key).filter(|value| value.kind() == Kind::Object);
    let spec = |key: &str| object(key).map(|spec| spec.laid_out(Gaps::Spaces));
    let intent = object("creating").map(|intent| Intent {
        name: string(intent.get("name")).unwrap_or_default(),
        existing_ids: intent
            .get("existing")
            .into_iter()
            .flat_map(Node::elements)
            .filter_map(|id| string(Some(id)))
            .collect(),
    });
    let unknown = unknown(entry, &["id", "base", "sent", "creating"]);
    LinkedSpec { id: string(entry.get("id")), base: spec("base"), sent: spec("sent"), intent, unknown }
}

/// The members with other keys.
fn unknown(object: Node<'_>, known: &[&str]) -> Vec<String> {
    let others = object.members().filter(|member| member.key.string().is_none_or(|key| !known.contains(&&*key)));
    others.map(|member| member.node.text().to_owned()).collect()
}

fn string(node: Option<Node<'_>>) -> Option<String> {
    node?.as_string().map(Cow::into_owned)
}
