//! A new source: its spec and the files beside it, from the snippets of the vocabulary.
//!
//! Values that only the author knows are template placeholders such as `{HOST}`, which `unfilled-template` reports until they are
//! replaced. A plausible default could be overlooked.

use serde_json::{Map, Value};

use crate::document::Document;
use crate::edit::draft::{Draft, Style};
use crate::lint::NewFile;
use crate::lint::rules::files_beside;
use crate::source::model::{Request, Schema, Source, SourceSpec, UiAttributes, UiText};
use crate::spec::{Entry, Json, SpecKind, StringFormat};
use crate::text::{Text, english};

/// The choices for a new source.
#[derive(Debug, Clone)]
pub struct NewSource<'n> {
    /// The prefix of its file names: words joined by hyphens or underscores.
    pub name: &'n str,
    /// `Rest` or `Streaming`.
    pub kind: SpecKind,
    /// The `type` of each authentication method, such as `BasicAuthentication`. Empty: those of the template.
    pub auth_types: &'n [&'n str],
    /// The pagination type, such as `OFFSET`. `None`: that of the template.
    pub pagination: Option<&'n str>,
}

/// The files of a source's folder, the spec first. Unknown authentication methods and pagination types are left out.
pub fn new_source(source: &NewSource<'_>) -> Vec<NewFile> {
    let content = spec(source);
    let name = format!("{}-connectionSpec.json", source.name);
    let document = Document::new(name.as_str(), 0, Text::new(&content));
    let beside = files_beside(&document, source.name);
    std::iter::once(NewFile { name, content }).chain(beside).collect()
}

fn spec(source: &NewSource<'_>) -> String {
    let root = Entry::root(source.kind, None);
    let mut body = template(&root, |_| true).map(Json::to_value).unwrap_or_default();
    if let Some(auth_types) = body.get_mut(Source::AUTH_SPEC).filter(|_| !source.auth_types.is_empty()) {
        let entry = root.key(Source::AUTH_SPEC, None).item(None);
        let chosen = source.auth_types.iter().filter_map(|kind| template(&entry, is_of_type(kind)));
        *auth_types = chosen.map(Json::to_value).collect();
    }
    if let Some(inner) = body.get_mut(Source::SOURCE_SPEC).filter(|_| source.kind.is_batch()) {
        request(source, inner, &root.key(Source::SOURCE_SPEC, None));
    }
    let names = Names::of(source.name);
    let filled = names.filled(&body, &root, &[]);
    let mut draft = Draft::new(&Style::of(&Document::new("", 0, Text::new(""))), String::new());
    draft.value(&filled);
    draft.finish().0 + "\n"
}

/// The body of the first snippet that matches.
fn template(entry: &Entry, is_meant: impl Fn(&Json) -> bool) -> Option<&'static Json> {
    entry.snippets().into_iter().map(|template| template.body).find(|body| is_meant(body))
}

fn is_of_type(kind: &str) -> impl Fn(&Json) -> bool {
    move |body| body.get(Source::TYPE).and_then(Json::as_str) == Some(kind)
}

/// Replaces the example in the template's request: its pagination with the chosen type, its records with a bare path, its
/// inputs with none.
fn request(source: &NewSource<'_>, body: &mut Value, entry: &Entry) {
    let attributes = entry.key(SourceSpec::ATTRIBUTES, None);
    let mut put = |key: &str, new: Option<&Json>| {
        if let (Some(place), Some(new)) = (body.get_mut(SourceSpec::ATTRIBUTES).and_then(|body| body.get_mut(key)), new)
        {
            *place = new.to_value();
        }
    };
    if let Some(kind) = source.pagination {
        put(Request::PAGINATION_PARAMS, template(&attributes.key(Request::PAGINATION_PARAMS, None), is_of_type(kind)));
    }
    put(Request::CONTENT_PATH, template(&attributes.key(Request::CONTENT_PATH, None), |_| true));
    if let Some(inputs) = body.get_mut(SourceSpec::SPEC).and_then(Value::as_object_mut) {
        inputs.insert(Schema::PROPERTIES.to_owned(), Map::new().into());
        inputs.remove(Schema::REQUIRED);
    }
}

/// The names of the source in its spec.
struct Names {
    /// `Acme orders` of `acme-orders`.
    title: String,
    /// `acmeOrders`.
    key: String,
}

impl Names {
    fn of(name: &str) -> Self {
        let words: Vec<&str> = name.split(['-', '_']).filter(|word| !word.is_empty()).collect();
        let key = words
            .iter()
            .enumerate()
            .map(|(at, word)| if at == 0 { lower(word) } else { english::capitalize(word) })
            .collect();
        Names { title: english::capitalize(&words.join(" ")), key }
    }

    /// A value of the template with its tab stops filled in. `path`: the keys that lead to it.
    fn filled(&self, value: &Value, entry: &Entry, path: &[&str]) -> Value {
        match value {
            Value::Object(members) => members
                .iter()
                .map(|(key, value)| {
                    let path = [path, &[key.as_str()]].concat();
                    (key.clone(), self.filled(value, &entry.key(key, None), &path))
                })
                .collect(),
            Value::Array(elements) => {
                elements.iter().map(|element| self.filled(element, &entry.item(None), path)).collect()
            }
            Value::String(text) => self.text(text, entry, path).into(),
            other => other.clone(),
        }
    }

    /// A string of the template: with the name of the source, with its default if that fits every source, or with a template
    /// placeholder from its first tab stop to its last.
    fn text(&self, text: &str, entry: &Entry, path: &[&str]) -> String {
        let (Some(start), Some(end)) = (text.find('⟨'), text.rfind('⟩')) else { return text.to_owned() };
        let end = end + '⟩'.len_utf8();
        let (key, outer) = match path {
            [.., outer, key] => (*key, *outer),
            _ => (path.first().copied().unwrap_or_default(), ""),
        };
        if let Some(rest) = text.strip_prefix("⟨mySource").and_then(|rest| rest.strip_suffix('⟩')) {
            return format!("{}{rest}", self.key);
        }
        if matches!((outer, key), ("", Source::NAME) | (UiAttributes::LABEL, UiText::TEXT)) {
            return self.title.clone();
        }
        let is_bare = text.starts_with("⟨#") || text.starts_with("⟨?");
        // Titles and descriptions of authentication forms fit every source.
        let is_form_text =
            path.first() == Some(&Source::AUTH_SPEC) && matches!(key, Schema::TITLE | Schema::DESCRIPTION);
        if is_bare
            || is_form_text
            || entry.format() == Some(StringFormat::DateFormat)
            || !entry.allowed_values().is_empty()
        {
            return text.to_owned();
        }
        let placeholder =
            if matches!(key, UiText::KEY | UiText::TEXT) || outer == Request::CONTENT_PATH { outer } else { key };
        format!("{}{{{}}}{}", &text[..start], capitals(placeholder), &text[end..])
    }
}

fn lower(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// `LIMIT_NAME` of `limitName`.
fn capitals(key: &str) -> String {
    let mut name = String::new();
    for char in key.chars() {
        if char.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(char.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests;
