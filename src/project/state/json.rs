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
    let sandboxes = member(root, "sandboxes", Kind::Object)?;
    for sandbox in sandboxes.into_iter().flat_map(Node::members) {
        let name = sandbox.key.string().unwrap_or_default();
        let Some((org, name)) = name.split_once(' ') else {
            return Err(format!("has `{name}`, which isn't an organization with a sandbox"));
        };
        let key = Sandbox { org: org.to_owned(), name: name.to_owned() };
        expect(sandbox.value, Kind::Object, name)?;
        for spec in sandbox.value.members() {
            let file = spec.key.string().unwrap_or_default().into_owned();
            expect(spec.value, Kind::Object, &file)?;
            state.specs.insert((key.clone(), file), linked_spec(spec.value)?);
        }
    }
    Ok(state)
}

fn linked_spec(entry: Node<'_>) -> Result<LinkedSpec, String> {
    let spec = |key: &str| Ok::<_, String>(member(entry, key, Kind::Object)?.map(|spec| spec.laid_out(Gaps::Spaces)));
    let intent = match member(entry, "creating", Kind::Object)? {
        Some(intent) => {
            let existing = member(intent, "existing", Kind::Array)?.into_iter().flat_map(Node::elements);
            Some(Intent {
                name: string(intent, "name")?.unwrap_or_default(),
                existing_ids: existing.filter_map(Node::as_string).map(Cow::into_owned).collect(),
            })
        }
        None => None,
    };
    let unknown = unknown(entry, &["id", "base", "sent", "creating"]);
    Ok(LinkedSpec { id: string(entry, "id")?, base: spec("base")?, sent: spec("sent")?, intent, unknown })
}

/// The value of a key, if the object has it. What is not understood is not ignored: the next write would lose it.
fn member<'t>(object: Node<'t>, key: &str, kind: Kind) -> Result<Option<Node<'t>>, String> {
    let value = object.get(key);
    value.map(|value| expect(value, kind, key)).transpose()
}

fn string(object: Node<'_>, key: &str) -> Result<Option<String>, String> {
    Ok(member(object, key, Kind::String)?.and_then(Node::as_string).map(Cow::into_owned))
}

fn expect<'t>(value: Node<'t>, kind: Kind, name: &str) -> Result<Node<'t>, String> {
    let what = match kind {
        Kind::Object => "an object",
        Kind::Array => "an array",
        _ => "a string",
    };
    match value.kind() == kind {
        true => Ok(value),
        false => Err(format!("has a value at `{name}` that isn't {what}; restore the file from version control")),
    }
}

/// The members with other keys.
fn unknown(object: Node<'_>, known: &[&str]) -> Vec<String> {
    let others = object.members().filter(|member| member.key.string().is_none_or(|key| !known.contains(&&*key)));
    others.map(|member| member.node.text().to_owned()).collect()
}
