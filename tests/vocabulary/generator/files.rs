//! The files of `spec/vocabulary/` as types. An annotation that is not a field here is an error with its line.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use toml::Spanned;

/// One `*.toml` file: definitions, and the two tables with reserved names.
#[derive(Default)]
pub(super) struct File {
    pub(super) document: Option<Document>,
    pub(super) lookup: Lookup,
    pub(super) definitions: Vec<(String, Entry)>,
}

/// `[document]`: which definition applies to which `type` of spec.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Document {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) by_type: Table<String>,
    pub(super) other_type: String,
}

/// `[lookup.…]`: descriptions of values that are not keys.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Lookup {
    pub(super) variables: Table<String>,
    pub(super) ids: Table<String>,
    pub(super) date_format_letters: Table<String>,
    pub(super) drafts: Table<String>,
}

/// What is known about one value: of a key, of an element, or of a definition that others refer to.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Entry {
    pub(super) title: Option<String>,
    pub(super) same_as: Option<String>,
    #[serde(rename = "type")]
    pub(super) types: OneOrMany,
    pub(super) reference_only_types: Vec<String>,
    pub(super) description: Option<String>,
    pub(super) link: Option<String>,
    pub(super) confidence: Option<Confidence>,
    pub(super) set_by_service: bool,
    pub(super) replaced_by: Option<String>,
    pub(super) rule: Option<String>,
    pub(super) format: Option<StringFormat>,
    pub(super) variables: Vec<String>,
    #[serde(rename = "const")]
    pub(super) constant: Option<Value>,
    pub(super) default: Option<Value>,
    pub(super) minimum: Option<Number>,
    pub(super) exclusive_minimum: Option<Number>,
    pub(super) examples: Vec<Value>,
    #[serde(rename = "enum")]
    pub(super) allowed_values: Table<String>,
    pub(super) values: Table<StringOr<KnownValue>>,
    pub(super) unsupported: Table<String>,
    pub(super) required: Vec<OneOrMany>,
    pub(super) expected: Vec<OneOrMany>,
    pub(super) expected_unless_input: Vec<String>,
    pub(super) allowed_keys: Vec<String>,
    pub(super) closed: bool,
    pub(super) items: Option<Box<StringOr<Entry>>>,
    pub(super) keys: Table<StringOr<Entry>>,
    pub(super) other_keys: Option<Box<StringOr<Entry>>>,
    pub(super) by_type: Table<Entry>,
    pub(super) snippets: Vec<Snippet>,
}

/// How sure a statement about the platform is.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Confidence {
    Documented,
    Example,
    Inferred,
}

/// What a string means beyond its characters.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum StringFormat {
    Template,
    DateFormat,
    JsonPath,
    Number,
    NumberOrHeader,
}

/// A value worth offering where others are allowed too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct KnownValue {
    pub(super) description: String,
    pub(super) confidence: Option<Confidence>,
    #[serde(default)]
    pub(super) also_seen: Vec<String>,
}

/// A value to insert: `body` as JSON, or `file` for one in `snippets/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Snippet {
    pub(super) label: String,
    pub(super) description: String,
    pub(super) body: Option<String>,
    pub(super) file: Option<String>,
}

/// A TOML table with its keys in the order of the file.
pub(super) struct Table<T>(pub(super) Vec<(String, T)>);

/// `"a"` or `["a", "b"]`.
#[derive(Default)]
pub(super) struct OneOrMany(pub(super) Vec<String>);

/// A string that stands for a table.
pub(super) enum StringOr<T> {
    String(String),
    Table(T),
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table(Vec::new())
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = File;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a vocabulary file")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<File, A::Error> {
                let mut file = File::default();
                let mut definitions = Vec::new();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    match key.get_ref().as_str() {
                        "document" => file.document = Some(map.next_value()?),
                        "lookup" => file.lookup = map.next_value()?,
                        _ => definitions.push((key, map.next_value()?)),
                    }
                }
                file.definitions = in_order(definitions);
                Ok(file)
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Table<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table<T>, A::Error> {
                let mut rows: Vec<(Spanned<String>, T)> = Vec::new();
                while let Some(row) = map.next_entry()? {
                    rows.push(row);
                }
                Ok(Table(in_order(rows)))
            }
        }
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

/// The rows in the order of the file; the parser sorts them by name.
fn in_order<T>(mut rows: Vec<(Spanned<String>, T)>) -> Vec<(String, T)> {
    rows.sort_by_key(|(key, _)| key.span().start);
    rows.into_iter().map(|(key, row)| (key.into_inner(), row)).collect()
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or an array of strings")
            }

            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OneOrMany, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(OneOrMany)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for StringOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = StringOr<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a table")
            }

            fn visit_str<E>(self, text: &str) -> Result<StringOr<T>, E> {
                Ok(StringOr::String(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<StringOr<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(StringOr::Table)
            }
        }
        deserializer.deserialize_any(Reader(PhantomData))
    }
}
