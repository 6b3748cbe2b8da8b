//! Mistakes in what a spec says, not in how JSON is written: one at a time, at every place of a document.

use std::ops::Range;

use connspec::syntax::{Kind, Member, Node, Tree};

/// Each place where a mistake can be made in a text, as what is replaced by what.
pub(crate) type Mutation = fn(&Tree) -> Vec<(Range<usize>, String)>;

pub(crate) const ALL: &[(&str, Mutation)] = &[
    ("a key lacks a letter", |tree| keys(tree, |key| key.len() > 3, |key| format!("{}{}", &key[..1], &key[2..]))),
    ("a key has other capitals", |tree| keys(tree, |key| key.to_lowercase() != key, str::to_lowercase)),
    ("a key has a letter more", |tree| keys(tree, |key| key.len() > 3, |key| format!("{key}s"))),
    ("a key is unknown", |tree| keys(tree, |_| true, |_| "whatever".to_owned())),
    ("an old name", |tree| {
        let old = |key: &str| match key {
            "offSetName" => Some("offsetName"),
            "host" => Some("hostname"),
            "pointerPath" => Some("pointerName"),
            _ => None,
        };
        keys(tree, |key| old(key).is_some(), |key| old(key).unwrap_or_default().to_owned())
    }),
    ("a member is left out", |tree| members(tree).map(|member| (extent(member.node), String::new())).collect()),
    ("a member stands there twice", |tree| {
        let twice = |member: Member| (at(member.node.range().start), format!("{}, ", member.node.text()));
        members(tree).map(twice).collect()
    }),
    ("a key is set twice", |tree| {
        let twice = |member: Member| (at(member.node.range().start), format!("{}: 1,\n", member.key.text()));
        members(tree).map(twice).collect()
    }),
    ("a key that is not known", |tree| {
        members(tree).map(|member| (at(member.node.range().start), "\"whatever\": [1, 2], ".to_owned())).collect()
    }),
    ("what the service sets", |tree| {
        let first = tree.root().members().next();
        first.map(|member| (at(member.node.range().start), "\"id\": \"1\",\n  ".to_owned())).into_iter().collect()
    }),
    ("a plain value in quotes", |tree| {
        values(tree, |value| !is_nested(value) && value.kind() != Kind::String, |value| format!("\"{}\"", value.text()))
    }),
    ("a number for a text", |tree| values(tree, is_text, |_| "1".to_owned())),
    ("a boolean for a text", |tree| values(tree, is_text, |_| "true".to_owned())),
    ("null", |tree| values(tree, |_| true, |_| "null".to_owned())),
    ("a list of the value", |tree| values(tree, |value| !is_nested(value), |value| format!("[{}]", value.text()))),
    ("the element of a list", |tree| {
        let only = |value: Node| {
            value.elements().next().filter(|_| value.elements().count() == 1).map(|one| one.text().to_owned())
        };
        values(tree, |value| only(value).is_some(), |value| only(value).unwrap_or_default())
    }),
    ("an object as text", |tree| {
        values(
            tree,
            |value| is_nested(value) && value.text().len() < 2000,
            |value| serde_json::Value::from(value.text()).to_string(),
        )
    }),
    ("text for an object", |tree| values(tree, is_nested, |_| "\"$.a\"".to_owned())),
    ("a text in small letters", |tree| values(tree, is_text, |value| value.text().to_lowercase())),
    ("a text lacks a letter", |tree| {
        values(tree, |value| is_text(value) && value.text().len() > 5, |value| shorter(value.text()))
    }),
    ("a text is another one", |tree| values(tree, is_text, |_| "\"other\"".to_owned())),
    ("a blank of the template", |tree| values(tree, is_text, |_| "\"{YOUR_VALUE}\"".to_owned())),
    ("a placeholder", |tree| values(tree, is_text, |_| "\"${nobody}\"".to_owned())),
    ("a word without quotes", |tree| values(tree, is_text, |value| value.text().trim_matches('"').to_owned())),
    ("a number with a zero", |tree| {
        values(tree, |value| value.kind() == Kind::Number, |value| format!("0{}", value.text()))
    }),
    ("a number with a sign", |tree| {
        values(tree, |value| value.kind() == Kind::Number, |value| format!("+{}", value.text()))
    }),
    ("a keyword in capitals", |tree| {
        values(tree, |value| matches!(value.kind(), Kind::True | Kind::False), |value| value.text().to_uppercase())
    }),
    ("a bad escape", |tree| values(tree, is_text, |value| value.text().replacen('"', "\"\\d", 1))),
    ("a tab in a text", |tree| values(tree, is_text, |value| value.text().replacen('"', "\"\t", 1))),
    ("a member one level up", |tree| members(tree).filter_map(|member| moved(tree, member, true)).collect()),
    ("a member one level down", |tree| members(tree).filter_map(|member| moved(tree, member, false)).collect()),
    ("more is required", |tree| required(tree, |text| text.replacen('[', "[\"nobody\", ", 1))),
    ("a required name is misspelled", |tree| required(tree, |text| text.replacen('"', "\"x", 1))),
    ("a group in the spelling of the prose", |tree| {
        let group = |text: &str| named(tree, "category", &format!("{{ \"key\": \"{text}\" }}"));
        [group("marketing automation"), group("e-Commerce"), group("crmm"), group("shoes")].concat()
    }),
    ("another explore spec", |tree| {
        let more = r#"{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {} }"#;
        let other = r#"{"type":"Tabular","name":"Resource"}"#;
        [named(tree, "exploreSpec", other), named(tree, "exploreSpec", "{}"), named(tree, "requestSpec", more)].concat()
    }),
    ("a number in words", |tree| {
        let paging = |value: &str| {
            let new = format!(
                r#"{{ "type": "PAGE", "limitName": "l", "limitValue": {value}, "pageParamName": "p", "maximumRequest": 9 }}"#
            );
            named(tree, "paginationParams", &new)
        };
        ["\"limit=10\"", "\"1,000\"", "-5"].map(paging).concat()
    }),
    ("a slip in a date", |tree| {
        let slips = ["\"yyyy-mm-ddTHH:MM:ss\"", "\"YYYY-MM-DD hh:mm\"", "\"yyyy-MM-dd'T'HH:mm:ss.SSSZ\""];
        let each = |key| slips.map(|slip| named(tree, key, slip)).concat();
        ["scheduleStartParamFormat", "scheduleEndParamFormat", "paramFormat"].map(each).concat()
    }),
    ("a schedule by half", |tree| {
        [r#"{ "scheduleEndParamName": "before" }"#, r#"{"type":"ADVANCE","paramFormat":"s"}"#]
            .map(|new| named(tree, "scheduleParams", new))
            .concat()
    }),
    ("an end condition by half", |tree| {
        let with = |member: &str| before(tree, "offSetName", member);
        let name = r#""endConditionName": "$.more", "#;
        [
            with(name),
            with(r#""endConditionValue": "Const:1", "#),
            with(&format!("{name}\"endConditionValue\": \"no\", ")),
        ]
        .concat()
    }),
    ("a path that is none", |tree| {
        ["\"$.a.\"", "\"a.b\"", "\"$.a-b\"", "\"/a/b\"", "\"$[a]\""]
            .map(|path| [named(tree, "path", path), named(tree, "pointerPath", path)].concat())
            .concat()
    }),
    ("a path from outside of the records", |tree| {
        before(tree, "contentPath", r#""explodeEntityPath": { "path": "$.elsewhere.items" }, "#)
    }),
    ("an attribute left out and kept", |tree| {
        named(tree, "contentPath", r#"{ "path": "$.a", "skipAttributes": ["x"], "keepAttributes": ["x", "y"] }"#)
    }),
    ("a path that the custom schema does not have", |tree| {
        let schema = r#""schema": { "type": "object", "properties": { "results": { "type": "array" }, "page": { "type": "object", "properties": { "items": { "type": "array" } } } } }, "#;
        let source = tree.root().get("sourceSpec").and_then(|source| source.members().next());
        let content = tree.root().at(&["sourceSpec", "attributes", "contentPath"]);
        let (Some(first), Some(content)) = (source, content) else { return Vec::new() };
        let range = first.node.range().start..content.range().end;
        let between = &tree.source()[range.start..content.range().start];
        let with = |path: &str| (range.clone(), format!("{schema}{between}{{ \"path\": \"{path}\" }}"));
        if range.start < content.range().start { ["$.result", "$.page", "page"].map(with).to_vec() } else { Vec::new() }
    }),
    ("a name is required twice", |tree| required(tree, |text| text.replacen('[', "[\"b\", \"b\", ", 1))),
    ("an input says itself that it is required", |tree| in_inputs(tree, "\"required\": true, ")),
    ("an input says itself that it is not required", |tree| in_inputs(tree, "\"required\": false, ")),
    ("an input has a number below zero", |tree| in_inputs(tree, "\"minLength\": -1, ")),
    ("an input has an empty list", |tree| in_inputs(tree, "\"allOf\": [], ")),
    ("an input is shown as it is typed", |tree| {
        let format = members(tree).filter(|member| member.value.string().as_deref() == Some("password"));
        format.map(|member| (extent(member.node), String::new())).collect()
    }),
    ("an input of a sign-in is left out", |tree| {
        let inputs = sign_ins(tree).filter_map(|entry| entry.at(&["spec", "properties"])).flat_map(Node::members);
        inputs.map(|member| (extent(member.node), String::new())).collect()
    }),
    ("a sign-in is there twice", |tree| {
        sign_ins(tree).map(|entry| (at(entry.range().start), format!("{}, ", entry.text()))).collect()
    }),
    ("a sign-in in another spelling", |tree| of_sign_ins(tree, |text| text.to_lowercase().replace(' ', "-"))),
    ("a sign-in of another type", |tree| {
        let other = |text: &str| match text {
            "BasicAuthentication" => "KeyBased".to_owned(),
            "KeyBased" | "OAuth2RefreshCode" => "BasicAuthentication".to_owned(),
            name => name.to_owned(),
        };
        of_sign_ins(tree, other).into_iter().filter(|(range, new)| tree.source()[range.clone()] != **new).collect()
    }),
    ("a blank in an address", |tree| {
        let is_version = |value: Node| value.string().is_some_and(|text| text.contains("json-schema.org"));
        values(tree, is_version, |value| value.text().replace("http:", "http: "))
    }),
    ("the address of a version begins otherwise", |tree| {
        let is_version = |value: Node| value.string().is_some_and(|text| text.contains("json-schema.org"));
        values(tree, is_version, |value| value.text().replace("http:", "https:").replace("-07", "-7"))
    }),
    ("a placeholder without its dollar", |tree| {
        values(tree, |value| is_text(value) && value.text().contains("${"), |value| value.text().replace("${", "{"))
    }),
    ("a placeholder in double braces", |tree| {
        let doubled = |value: Node| value.text().replace("${", "{{").replace('}', "}}");
        values(tree, |value| is_text(value) && value.text().contains("${"), doubled)
    }),
    ("a placeholder is misspelled", |tree| {
        values(tree, |value| is_text(value) && value.text().contains("${"), |value| value.text().replace("${", "${x"))
    }),
    ("a way to sign in without inputs", |tree| {
        let entry = "{ \"name\": \"n\", \"type\": \"t\", \"spec\": { \"type\": \"object\" } },\n";
        let first = tree.root().get("authSpec").and_then(|auth| auth.elements().next());
        first.map(|first| (at(first.range().start), entry.to_owned())).into_iter().collect()
    }),
    ("an input that nobody uses", |tree| first_in(tree, &["sourceSpec", "spec", "properties"], "\"nobody\": {}")),
    ("a host without scheme", |tree| text_of(tree, "host", |text| text.replacen("https://", "", 1))),
    ("a host with another scheme", |tree| text_of(tree, "host", |text| text.replacen("https", "http", 1))),
    ("a path without slash", |tree| text_of(tree, "path", |text| text.replacen('/', "", 1))),
    ("a whole address as path", |tree| text_of(tree, "path", |text| text.replacen('/', "https://a.b/", 1))),
    ("a body", |tree| first_in(tree, &["sourceSpec", "attributes"], "\"bodyParams\": { \"a\": [1] }")),
    ("all parameters in one text", |tree| {
        let is_parameters = |value: Node| {
            let member = value.as_part_of_member();
            let key = member.and_then(|member| member.key.string()).unwrap_or_default();
            matches!(key.as_ref(), "queryParams" | "headerParams") && value.members().next().is_some()
        };
        let pairs = |value: Node| {
            let pair = |member: Member| {
                [member.key, member.value].map(|node| node.text().trim_matches('"').to_owned()).join("=")
            };
            format!("\"{}\"", value.members().map(pair).collect::<Vec<_>>().join("&"))
        };
        values(tree, is_parameters, pairs)
    }),
    ("a credential in a header", |tree| {
        let header = "\"Authorization\": \"Bearer a1b2c3d4e5\", \"X-Api-Key\": \"a1b2c3d4e5\"";
        first_in(tree, &["sourceSpec", "attributes", "headerParams"], header)
    }),
    ("a credential in all headers", |tree| {
        let header = "\"headerParams\": \"Accept=a,X-Api-Key=a1b2c3d4e5\"";
        first_in(tree, &["sourceSpec", "attributes"], header)
    }),
    ("a credential in a query", |tree| {
        first_in(tree, &["sourceSpec", "attributes", "urlParams", "queryParams"], "\"token\": \"a1b2c3d4e5\"")
    }),
    ("a number with its name", |tree| {
        let is_limit = |value: Node| {
            value.as_part_of_member().and_then(|member| member.key.string()).as_deref() == Some("limitValue")
        };
        values(tree, is_limit, |_| "\"limit=10\"".to_owned())
    }),
    ("text after the end", |tree| vec![(at(tree.source().len()), "more".to_owned())]),
];

fn at(offset: usize) -> Range<usize> {
    offset..offset
}

fn members(tree: &Tree) -> impl Iterator<Item = Member<'_>> {
    tree.nodes().filter_map(Node::member)
}

fn is_nested(node: Node<'_>) -> bool {
    matches!(node.kind(), Kind::Object | Kind::Array)
}

fn is_text(node: Node<'_>) -> bool {
    node.kind() == Kind::String
}

fn shorter(text: &str) -> String {
    let mut text = text.to_owned();
    text.remove(text.ceil_char_boundary(2));
    text
}

/// The text inside the quotes of each key that is asked for, written anew.
fn keys(tree: &Tree, which: impl Fn(&str) -> bool, new: impl Fn(&str) -> String) -> Vec<(Range<usize>, String)> {
    let plain = members(tree).map(|member| member.key.inner()).filter(|inner| tree.source()[inner.clone()].is_ascii());
    plain
        .filter(|inner| which(&tree.source()[inner.clone()]))
        .map(|inner| (inner.clone(), new(&tree.source()[inner])))
        .collect()
}

/// Each value of a member that is asked for, written anew.
fn values(
    tree: &Tree,
    which: impl Fn(Node<'_>) -> bool,
    new: impl Fn(Node<'_>) -> String,
) -> Vec<(Range<usize>, String)> {
    let values = members(tree).map(|member| member.value).filter(|value| which(*value));
    values.map(|value| (value.range(), new(value))).collect()
}

/// Each value of a member with this key, another in its place.
fn named(tree: &Tree, key: &str, new: &str) -> Vec<(Range<usize>, String)> {
    let members = members(tree).filter(|member| member.key.string().as_deref() == Some(key));
    members.map(|member| (member.value.range(), new.to_owned())).collect()
}

/// A member more in front of each with this key.
fn before(tree: &Tree, key: &str, new: &str) -> Vec<(Range<usize>, String)> {
    let members = members(tree).filter(|member| member.key.string().as_deref() == Some(key));
    members.map(|member| (at(member.node.range().start), new.to_owned())).collect()
}

fn required(tree: &Tree, new: fn(&str) -> String) -> Vec<(Range<usize>, String)> {
    let lists = members(tree).filter(|member| member.key.string().as_deref() == Some("required"));
    let filled = lists.map(|member| member.value).filter(|value| value.elements().next().is_some());
    filled.map(|value| (value.range(), new(value.text()))).collect()
}

/// What is written at the beginning of each input's schema.
fn in_inputs(tree: &Tree, new: &str) -> Vec<(Range<usize>, String)> {
    let properties = members(tree).filter(|member| member.key.string().as_deref() == Some("properties"));
    let inputs = properties.flat_map(|member| member.value.members()).map(|member| member.value);
    let filled = inputs.filter(|schema| schema.members().next().is_some());
    filled.map(|schema| (at(schema.inside().start), new.to_owned())).collect()
}

fn sign_ins(tree: &Tree) -> impl Iterator<Item = Node<'_>> {
    tree.root().get("authSpec").into_iter().flat_map(Node::elements)
}

/// The text inside the quotes of each sign-in's name and type, written anew.
fn of_sign_ins(tree: &Tree, new: impl Fn(&str) -> String) -> Vec<(Range<usize>, String)> {
    let values = sign_ins(tree).flat_map(|entry| [entry.get("type"), entry.get("name")]).flatten();
    values.map(|value| (value.inner(), new(&tree.source()[value.inner()]))).collect()
}

/// Members at the beginning of the object at a path that has others.
fn first_in(tree: &Tree, path: &[&str], members: &str) -> Vec<(Range<usize>, String)> {
    let first = tree.root().at(path).and_then(|object| object.members().next());
    first.map(|first| (at(first.node.range().start), format!("{members},\n"))).into_iter().collect()
}

/// A text of the request's address, written anew.
fn text_of(tree: &Tree, key: &str, new: fn(&str) -> String) -> Vec<(Range<usize>, String)> {
    let text = tree.root().at(&["sourceSpec", "attributes", "urlParams", key]).filter(|text| is_text(*text));
    text.map(|text| (text.range(), new(text.text()))).into_iter().collect()
}

/// A child with the comma that goes with it.
fn extent(child: Node<'_>) -> Range<usize> {
    let siblings = || child.parent().into_iter().flat_map(Node::children);
    let next = siblings().find(|other| other.range().start >= child.range().end && *other != child);
    let before = siblings().take_while(|other| *other != child).last();
    match (before, next) {
        (_, Some(next)) => child.range().start..next.range().start,
        (Some(before), None) => before.range().end..child.range().end,
        (None, None) => child.range(),
    }
}

/// A member taken out and written at the beginning of the object around its own, or of the object beside it: as one
/// replacement of all that lies between.
fn moved(tree: &Tree, member: Member<'_>, up: bool) -> Option<(Range<usize>, String)> {
    let object = member.node.parent()?;
    let target = match up {
        true => object.as_part_of_member()?.node.parent()?,
        false => object
            .members()
            .map(|other| other.value)
            .find(|value| value.kind() == Kind::Object && value.members().next().is_some() && *value != member.value)?,
    };
    let first = target.children().next()?.range().start;
    let taken = extent(member.node);
    let new = format!("{}, ", member.node.text());
    let source = tree.source();
    Some(match first <= taken.start {
        true => (first..taken.end, new + &source[first..taken.start]),
        false => (taken.start..first, source[taken.end..first].to_owned() + &new),
    })
}
