//! The file as text.

use std::borrow::Cow;

use super::{Intent, LinkedSpec, Sandbox, State, StateError};
use crate::syntax::{Gaps, Kind, Node, Tree, quoted};

/// What a person who opens the file wants to know.
const ABOUT: &str = "What connspec last pushed to and pulled from the service. Commit this file; it holds no secrets.";

/// The form that is written and read here.
const VERSION: &str = "1";

/// The text of a state.
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
    let text = format!(
        "{{ \"about\": {}, \"version\": {VERSION}, \"sandboxes\": {{ {} }} }}",
        quoted(ABOUT),
        sandboxes.join(", ")
    );
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
    format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
}

/// The state that a text tells of.
pub(super) fn read(text: &str) -> Result<State, StateError> {
    let tree = Tree::parse(text.to_owned());
    if !tree.errors().is_empty() {
        let is_conflict = text.lines().any(|line| line.starts_with("<<<<<<<"));
        return Err(StateError::new(if is_conflict {
            "it holds conflicts of a merge. Settle them, keeping the entries of both sides where they are of different specs"
        } else {
            "it is not JSON. Take it back from version control; if it is not there, delete it and link the specs anew"
        }));
    }
    let root = tree.root();
    if root.get("version").map(Node::text) != Some(VERSION) {
        return Err(StateError::new("it was written by another version of connspec. Update connspec"));
    }
    let mut state = State::default();
    for sandbox in root.get("sandboxes").into_iter().flat_map(Node::members) {
        let name = sandbox.key.string().unwrap_or_default();
        let Some((org, name)) = name.split_once(' ') else {
            return Err(StateError::new(format!("`{name}` in it is no organization with a sandbox")));
        };
        let sandbox_key = Sandbox { org: org.to_owned(), name: name.to_owned() };
        for spec in sandbox.value.members() {
            let file = spec.key.string().unwrap_or_default().into_owned();
            state.specs.insert((sandbox_key.clone(), file), linked(spec.value));
        }
    }
    Ok(state)
}

fn linked(entry: Node<'_>) -> LinkedSpec {
    let object = |key: &str| entry.get(key).filter(|value| value.kind() == Kind::Object);
    let spec = |key: &str| object(key).map(|spec| spec.laid_out(Gaps::Blanks));
    let intent = object("creating").map(|intent| Intent {
        name: text(intent.get("name")).unwrap_or_default(),
        existing_ids: intent
            .get("existing")
            .into_iter()
            .flat_map(Node::elements)
            .filter_map(|id| text(Some(id)))
            .collect(),
    });
    LinkedSpec { id: text(entry.get("id")), base: spec("base"), sent: spec("sent"), intent }
}

fn text(node: Option<Node<'_>>) -> Option<String> {
    node?.as_string().map(Cow::into_owned)
}
