//! The tree as an instance for the validator.

use std::borrow::Cow;
use std::collections::HashSet;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, NodeIdentity, Object};
use serde_json::Number;

use crate::syntax::{Kind, Node};

/// The JSON representation of the validator: our tree.
pub(crate) struct TreeJson;

/// Deeper values are not validated: the validator is recursive, and the depth of the tree is unlimited. The vocabulary is far
/// less deep.
const MAX_DEPTH: u32 = 64;

/// A value, or the name of a member as a string.
#[derive(Clone, Copy)]
pub(crate) enum Instance<'t> {
    Value(Value<'t>),
    Name(&'t str),
}

/// A node of the tree. An object or array that is nested too deep has no children.
#[derive(Clone, Copy)]
pub(crate) struct Value<'t> {
    node: Node<'t>,
    depth: u32,
    /// The members that a later one with the same key overrides.
    shadowed: &'t HashSet<usize>,
}

impl<'t> Instance<'t> {
    /// A complete document or schema. `shadowed`: the members that a later one with the same key overrides.
    pub(crate) fn new(node: Node<'t>, shadowed: &'t HashSet<usize>) -> Self {
        Instance::Value(Value { node, depth: 0, shadowed })
    }

    /// The node, if it is an object.
    pub(crate) fn object(self) -> Option<Node<'t>> {
        self.value_of(Kind::Object).map(|object| object.node)
    }

    fn kind(self) -> Kind {
        match self {
            Instance::Value(value) => value.node.kind(),
            Instance::Name(_) => Kind::String,
        }
    }

    fn value_of(self, kind: Kind) -> Option<Value<'t>> {
        match self {
            Instance::Value(value) if value.node.kind() == kind => Some(value),
            _ => None,
        }
    }
}

impl Json for TreeJson {
    type Node<'a> = Instance<'a>;
    type PreparedKey = String;
    type StringBuffer = ();
    const KEYS_PER_LOOKUP: usize = 8;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(_: &mut (), string: &str, f: impl FnOnce(Instance<'_>) -> T) -> T {
        f(Instance::Name(string))
    }
}

impl<'t> jsonschema::json::Node<'t, TreeJson> for Instance<'t> {
    type Object = Value<'t>;
    type Array = Value<'t>;
    type Number = NumberText<'t>;

    fn as_object(&self) -> Option<Value<'t>> {
        self.value_of(Kind::Object)
    }

    fn as_array(&self) -> Option<Value<'t>> {
        self.value_of(Kind::Array)
    }

    fn as_string(&self) -> Option<Cow<'t, str>> {
        match self {
            Instance::Value(value) => value.node.as_string(),
            Instance::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<NumberText<'t>> {
        self.value_of(Kind::Number).map(|number| NumberText(number.node.text()))
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Object => JsonType::Object,
            Kind::Array => JsonType::Array,
            Kind::String => JsonType::String,
            Kind::Number => JsonType::Number,
            Kind::True | Kind::False => JsonType::Boolean,
            Kind::Null | Kind::Member | Kind::Word | Kind::Missing => JsonType::Null,
        }
    }

    fn equals_value(&self, expected: &serde_json::Value) -> bool {
        match expected {
            serde_json::Value::String(expected) => self.as_string().is_some_and(|string| string == *expected),
            serde_json::Value::Number(expected) => {
                self.as_number().is_some_and(|number| *number.to_number() == *expected)
            }
            serde_json::Value::Bool(expected) => self.as_boolean() == Some(*expected),
            serde_json::Value::Null => self.is_null(),
            serde_json::Value::Array(_) | serde_json::Value::Object(_) => false,
        }
    }

    /// Only names are read from an error; nodes are found by its path.
    fn to_value(&self) -> Cow<'t, serde_json::Value> {
        Cow::Owned(match self {
            Instance::Name(name) => serde_json::Value::String((*name).to_owned()),
            Instance::Value(_) => serde_json::Value::Null,
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Instance::Value(Value { node, .. }) => {
                Some(NodeIdentity::tagged(std::ptr::from_ref(node.tree()) as usize, node.index() as u32))
            }
            Instance::Name(_) => None,
        }
    }
}

impl<'t> Value<'t> {
    fn children(&self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let is_seen = self.depth < MAX_DEPTH;
        self.node.children().filter(move |_| is_seen)
    }

    fn inner(&self) -> impl Fn(Node<'t>) -> Instance<'t> + use<'t> {
        let (depth, shadowed) = (self.depth + 1, self.shadowed);
        move |node| Instance::Value(Value { node, depth, shadowed })
    }
}

impl<'t> Object<'t, TreeJson> for Value<'t> {
    type Node = Instance<'t>;
    type MemberName = Cow<'t, str>;
    type MembersIter = Box<dyn Iterator<Item = (Cow<'t, str>, Instance<'t>)> + 't>;

    fn len(&self) -> usize {
        self.members().count()
    }

    fn get(&self, key: &String) -> Option<Instance<'t>> {
        let inner = self.inner();
        (self.depth < MAX_DEPTH).then(|| self.node.get(key)).flatten().map(inner)
    }

    fn members(&self) -> Self::MembersIter {
        let (inner, shadowed) = (self.inner(), self.shadowed);
        let members = self.children().filter_map(Node::member);
        let seen = members.filter(move |member| shadowed.is_empty() || !shadowed.contains(&member.node.index()));
        Box::new(seen.filter_map(move |member| Some((member.key.string()?, inner(member.value)))))
    }
}

impl<'t> Array<'t, TreeJson> for Value<'t> {
    type Node = Instance<'t>;
    type ElementsIter = Box<dyn Iterator<Item = Instance<'t>> + 't>;

    fn len(&self) -> usize {
        self.children().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        Box::new(self.children().map(self.inner()))
    }
}

/// A number as the author wrote it.
pub(crate) struct NumberText<'t>(&'t str);

impl JsonNumber for NumberText<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        let whole = self.as_i64().map(Number::from).or_else(|| self.as_u64().map(Number::from));
        let number = whole.or_else(|| self.as_f64().and_then(Number::from_f64)).unwrap_or_else(|| Number::from(0));
        Cow::Owned(number)
    }

    fn is_integer(&self) -> bool {
        self.as_f64().is_none_or(|number| number.fract() == 0.0)
    }
}
