//! Texts with sample values in place of what is only known when a request is sent.

use std::borrow::Cow;

use super::date_format;
use super::inputs::{Input, Inputs, Origin};
use super::secret_name;
use crate::syntax::template::{self, PartKind};
use crate::syntax::{Kind, Node};

/// What stands for a secret.
const SECRET: &str = "•••";

/// Fills in sample values, and remembers whether it did.
pub(crate) struct Samples<'t> {
    inputs: Inputs<'t>,
    schedule: Option<Node<'t>>,
    /// Whether any value is a sample.
    pub(crate) used: bool,
}

impl<'t> Samples<'t> {
    /// For a spec with these attributes of its source.
    pub(crate) fn of(attributes: Node<'t>) -> Self {
        let (inputs, schedule) = (Inputs::of(attributes.tree()), attributes.get("scheduleParams"));
        Samples { inputs, schedule, used: false }
    }

    /// A string or other plain value as it is sent. `None` for an object or array.
    pub(crate) fn plain(&mut self, node: Node<'t>) -> Option<String> {
        match node.kind() {
            Kind::String => Some(self.text(node)),
            Kind::Number | Kind::True | Kind::False => Some(node.text().to_owned()),
            _ => None,
        }
    }

    /// What a string says, with its placeholders filled in.
    pub(crate) fn text(&mut self, string: Node<'t>) -> String {
        let written = string.string().unwrap_or_default();
        let (mut text, mut from) = (String::new(), 0);
        for part in template::parts(&written, 0) {
            text.push_str(&written[from..part.range.start]);
            from = part.range.end;
            let name = &written[part.name.clone()];
            match part.kind {
                PartKind::Input => text.push_str(&self.input(name)),
                PartKind::Word => match self.word(name) {
                    Some(value) => text.push_str(&value),
                    None => text.push_str(&written[part.range]),
                },
                PartKind::Expression => {
                    self.used = true;
                    text.push_str("@{…}");
                }
                PartKind::Double => text.push_str(&written[part.range]),
            }
        }
        text.push_str(&written[from..]);
        text
    }

    /// The value of an input: what its author gives as an example, else its name in marks.
    pub(crate) fn input(&mut self, name: &str) -> String {
        self.used = true;
        let is_secret = |input: &Input<'_>| {
            input.is_secret() || (input.origin != Origin::Source && secret_name::is_credential(&input.name))
        };
        let meant = self.inputs.meant_by(name);
        if secret_name::is_secret_anywhere(name) || self.inputs.named(meant).any(is_secret) {
            return SECRET.to_owned();
        }
        self.inputs
            .named(name)
            .find_map(|input| example(input.schema))
            .map_or_else(|| format!("‹{name}›"), Cow::into_owned)
    }

    /// Whether an input of this name is declared.
    pub(crate) fn has_input(&self, name: &str) -> bool {
        self.inputs.named(name).next().is_some()
    }

    /// What a word of the schedule stands for.
    fn word(&mut self, name: &str) -> Option<String> {
        let schedule = self
            .schedule
            .filter(|schedule| schedule.get("type").and_then(Node::string).as_deref() == Some("ADVANCE"))?;
        match name {
            "SCHEDULE_QUERY" => {
                let expression = schedule.get("incremental").filter(|node| node.kind() == Kind::String)?;
                // An expression that names itself would never end.
                let is_own = expression.text().contains("{SCHEDULE_QUERY}");
                (!is_own).then(|| self.text(expression))
            }
            "START_TIME" | "END_TIME" => {
                let format = schedule.get("paramFormat").and_then(Node::string)?;
                self.used = true;
                Some(date_format::apply(&format))
            }
            _ => None,
        }
    }
}

/// A value that the author of an input names.
fn example(schema: Node<'_>) -> Option<Cow<'_, str>> {
    let first = |key: &str| schema.get(key).and_then(|list| list.elements().next());
    let candidates =
        [schema.get("const"), schema.get("example"), first("examples"), schema.get("default"), first("enum")];
    candidates.into_iter().flatten().find_map(|node| match node.kind() {
        Kind::String => node.string().filter(|text| !text.is_empty()),
        Kind::Number | Kind::True | Kind::False => Some(node.text().into()),
        _ => None,
    })
}

/// A literal value, unless the name under which it is sent says that it is a secret.
pub(crate) fn masked(name: &str, value: String) -> String {
    if secret_name::is_secret_anywhere(name) { SECRET.to_owned() } else { value }
}

/// The same for each `name=value` inside a text.
pub(crate) fn masked_inside(text: &str) -> String {
    let pieces = text.split_inclusive(['?', '&', ',', ';', '#']);
    let piece = |piece: &str| {
        let end = piece.trim_end_matches(['?', '&', ',', ';', '#']).len();
        match piece[..end].split_once('=') {
            Some((name, _)) if secret_name::is_secret_anywhere(name) => format!("{name}={SECRET}{}", &piece[end..]),
            _ => piece.to_owned(),
        }
    };
    pieces.map(piece).collect()
}

/// A host without the name and password that may stand before an `@` in it.
pub(crate) fn without_login(host: &str) -> String {
    let start = host.find("://").map_or(0, |found| found + 3);
    let end = host[start..].find('/').map_or(host.len(), |found| start + found);
    match host[start..end].rfind('@') {
        // The `@` of an expression begins no host.
        Some(at) if !host[start + at..].starts_with("@{") => {
            format!("{}{SECRET}{}", &host[..start], &host[start + at..])
        }
        _ => host.to_owned(),
    }
}
