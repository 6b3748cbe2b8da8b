//! A compact JSON value for the vocabulary, which stays in memory for as long as the program runs: strings borrow from the
//! embedded text, objects are slices of their few members. A [`serde_json::Value`] needs five times as much memory.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use crate::syntax::{Kind, Node};

/// A value of the vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(&'static str),
    /// An array.
    Array(Box<[Json]>),
    /// The members, in the order of the text.
    Object(Box<[(&'static str, Json)]>),
}

impl Json {
    /// The value of a key of an object.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.members().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The value at a JSON pointer without escapes.
    pub fn pointer(&self, pointer: &str) -> Option<&Json> {
        pointer.split('/').skip(1).try_fold(self, |value, step| match value {
            Json::Array(elements) => elements.get(step.parse::<usize>().ok()?),
            other => other.get(step),
        })
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&'static str> {
        if let Json::String(text) = self { Some(text) } else { None }
    }

    /// The elements of an array; empty for anything else.
    pub fn elements(&self) -> impl Iterator<Item = &Json> {
        let elements = if let Json::Array(elements) = self { &elements[..] } else { &[] };
        elements.iter()
    }

    /// The members of an object; empty for anything else.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, &Json)> {
        let members = if let Json::Object(members) = self { &members[..] } else { &[] };
        members.iter().map(|(key, value)| (*key, value))
    }

    /// Whether a node has this value.
    pub fn equals(&self, node: Node<'_>) -> bool {
        match self {
            Json::String(text) => node.kind() == Kind::String && node.string().as_deref() == Some(text),
            other => {
                let text = other.to_string();
                node.text() == text
            }
        }
    }

    /// The value for messages: a string without quotes, anything else as JSON.
    pub fn unquoted(&self) -> String {
        self.as_str().map_or_else(|| self.to_string(), str::to_owned)
    }

    /// The same as a [`serde_json::Value`].
    pub fn to_value(&self) -> Value {
        match self {
            Json::Null => Value::Null,
            Json::Bool(bool) => Value::Bool(*bool),
            Json::Number(number) => Value::Number(number.clone()),
            Json::String(text) => Value::String((*text).to_owned()),
            Json::Array(elements) => elements.iter().map(Json::to_value).collect(),
            Json::Object(members) => members.iter().map(|(key, value)| (*key, value.to_value())).collect(),
        }
    }
}

/// JSON on one line.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_value().fmt(f)
    }
}

impl Deserialize<'static> for Json {
    fn deserialize<D: Deserializer<'static>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl Visitor<'static> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Json, E> {
        Ok(Json::Bool(bool))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'static str) -> Result<Json, E> {
        Ok(Json::String(text))
    }

    /// A string with escapes, which cannot be borrowed.
    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned().leak()))
    }

    fn visit_seq<A: SeqAccess<'static>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = seq.next_element()? {
            elements.push(element);
        }
        Ok(Json::Array(elements.into()))
    }

    fn visit_map<A: MapAccess<'static>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        // A key can contain escapes too.
        while let Some((key, value)) = map.next_entry::<Json, Json>()? {
            members.extend(key.as_str().map(|key| (key, value)));
        }
        Ok(Json::Object(members.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{SCHEMA, schema};

    #[test]
    fn the_compact_schema_equals_its_text() {
        let expected: Value = serde_json::from_str(SCHEMA).expect("JSON");
        assert_eq!(schema().to_value(), expected);
        assert_eq!(schema().to_string(), expected.to_string());
    }
}
