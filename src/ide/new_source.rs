//! A source that does not exist yet: its spec and the files beside it, from the templates of the vocabulary.
//!
//! What only the author can know is a blank in braces, `{HOST}`. A default that looks like an answer would be forgotten;
//! of a blank `unfilled-template` speaks until it is filled in.

use serde_json::{Map, Value};

use crate::document::Document;
use crate::edit::draft::{Draft, Style};
use crate::lint::NewFile;
use crate::lint::rules::files_beside;
use crate::spec::{Entry, Json, SpecKind, StringFormat};
use crate::text::{Text, english};

/// What is known of a source before it is written.
#[derive(Debug, Clone)]
pub struct NewSource<'n> {
    /// The name that its files begin with: words joined by hyphens or underscores.
    pub name: &'n str,
    /// Its kind, one of the two that partners write.
    pub kind: SpecKind,
    /// The `type` of each way to sign in, `BasicAuthentication`. Empty: those of the template.
    pub sign_ins: &'n [&'n str],
    /// The `type` of paging, `OFFSET`. `None`: that of the template.
    pub paging: Option<&'n str>,
}

/// The files of a source's folder, the spec first. A sign-in or kind of paging that the vocabulary does not know is left out.
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
    if let Some(sign_ins) = body.get_mut("authSpec").filter(|_| !source.sign_ins.is_empty()) {
        let entry = root.key("authSpec", None).item(None);
        let chosen = source.sign_ins.iter().filter_map(|kind| template(&entry, is_of_type(kind)));
        *sign_ins = chosen.map(Json::to_value).collect();
    }
    if let Some(inner) = body.get_mut("sourceSpec").filter(|_| source.kind == SpecKind::Rest) {
        request(source, inner, &root.key("sourceSpec", None));
    }
    let names = Names::of(source.name);
    let filled = names.filled(&body, &root, &[]);
    let mut draft = Draft::new(&Style::of(&Document::new("", 0, Text::new(""))), String::new());
    draft.value(&filled);
    draft.finish().0 + "\n"
}

/// The first template with a body like this.
fn template(entry: &Entry, is_meant: impl Fn(&Json) -> bool) -> Option<&'static Json> {
    entry.snippets().into_iter().map(|template| template.body).find(|body| is_meant(body))
}

fn is_of_type(kind: &str) -> impl Fn(&Json) -> bool {
    move |body| body.get("type").and_then(Json::as_str) == Some(kind)
}

/// Takes the example out of the template's request: its paging for the one that was asked for, its path to records for the
/// path alone, its input of a list for none.
fn request(source: &NewSource<'_>, body: &mut Value, entry: &Entry) {
    let attributes = entry.key("attributes", None);
    let mut put = |key: &str, new: Option<&Json>| {
        if let (Some(place), Some(new)) = (body.get_mut("attributes").and_then(|body| body.get_mut(key)), new) {
            *place = new.to_value();
        }
    };
    if let Some(kind) = source.paging {
        put("paginationParams", template(&attributes.key("paginationParams", None), is_of_type(kind)));
    }
    put("contentPath", template(&attributes.key("contentPath", None), |_| true));
    if let Some(inputs) = body.get_mut("spec").and_then(Value::as_object_mut) {
        inputs.insert("properties".to_owned(), Map::new().into());
        inputs.remove("required");
    }
}

/// What the source is called at the places of its spec.
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

    /// A value of the template with its stops filled in; `path`: the keys that lead to it.
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

    /// A text of the template: with the source's name, with its default where one fits any source, or with a blank from its
    /// first stop to its last.
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
        if matches!((outer, key), ("", "name") | ("label", "text")) {
            return self.title.clone();
        }
        let is_bare = text.starts_with("⟨#") || text.starts_with("⟨?");
        // What a form of sign-in says beside its fields is as good as any.
        let is_of_a_form = path.first() == Some(&"authSpec") && matches!(key, "title" | "description");
        if is_bare
            || is_of_a_form
            || entry.format() == Some(StringFormat::DateFormat)
            || !entry.allowed_values().is_empty()
        {
            return text.to_owned();
        }
        let blank = if matches!(key, "key" | "text") || outer == "contentPath" { outer } else { key };
        format!("{}{{{}}}{}", &text[..start], capitals(blank), &text[end..])
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
