//! "Add authentication": an authentication method, as the vocabulary has it.

use serde_json::Value;

use crate::ide::{Action, ActionKind};
use crate::source::auth::{self, AuthMethod};
use crate::source::inputs::{Input, Inputs, Origin};
use crate::source::model::{AuthEntry, Schema, Source};
use crate::source::placeholders;
use crate::syntax::{Kind, Node};
use crate::text::contains;

use super::ActionContext;

/// One action for each method that the spec lacks, on `authSpec` or one of its entries, but not deeper inside of one.
pub(super) fn actions(context: &ActionContext<'_>) -> Vec<Action> {
    let Some(entries) = Source::of(context.tree).auth_spec().filter(|_| context.kind.is_batch()) else {
        return Vec::new();
    };
    let is_array = entries.kind() == Kind::Array && entries.elements().all(|entry| entry.kind() == Kind::Object);
    if !is_array || !entries.is_well_formed() || !is_requested_on(context, entries) {
        return Vec::new();
    }
    let missing = auth::methods().iter().filter(|known| !has_method(entries, known));
    missing.map(|method| addition(context, entries, method)).collect()
}

fn is_requested_on(context: &ActionContext<'_>, entries: Node<'_>) -> bool {
    let Some(member) = entries.as_part_of_member() else { return false };
    let object = context.object();
    contains(&member.node.range(), &context.range)
        && (object == member.node.parent() || object.is_some_and(|object| object.parent() == Some(entries)))
}

fn has_method(entries: Node<'_>, known: &AuthMethod) -> bool {
    entries.elements().any(|entry| {
        let name = AuthEntry::new(entry).name().and_then(Node::string);
        auth::of_entry(AuthEntry::new(entry)) == Some(known) || name.as_deref() == Some(known.name())
    })
}

fn addition(context: &ActionContext<'_>, entries: Node<'_>, method: &AuthMethod) -> Action {
    let mut entry = method.body().clone();
    declare_referenced_inputs(context, &mut entry);
    let edit = context.writer.insert_elements(entries, &[&entry]);
    Action::refactoring(ActionKind::Rewrite, format!("Add authentication: {}", method.label()), [edit])
}

/// Declares the inputs that the request refers to and that only other authentication methods declare.
fn declare_referenced_inputs(context: &ActionContext<'_>, entry: &mut Value) {
    let inputs = Inputs::of(context.tree);
    let mut names: Vec<_> = placeholders::references(context.tree).map(|(_, name)| name).collect();
    names.sort_unstable();
    names.dedup();
    for name in &names {
        let name = name.as_ref();
        let Some(input) = declared_by_auth_entries(&inputs, name) else { continue };
        let (Some(spec), Ok(schema)) =
            (entry.get_mut(AuthEntry::SPEC), serde_json::from_str::<Value>(input.schema.text()))
        else {
            continue;
        };
        let properties = spec.get_mut(Schema::PROPERTIES).and_then(Value::as_object_mut);
        let is_new = properties.is_some_and(|properties| {
            let is_new = !properties.contains_key(name);
            properties.entry(name).or_insert(schema);
            is_new
        });
        let required = spec.get_mut(Schema::REQUIRED).and_then(Value::as_array_mut);
        required.filter(|_| is_new && input.is_required()).into_iter().for_each(|required| required.push(name.into()));
    }
}

/// The declaration of an input that only authentication methods declare.
fn declared_by_auth_entries<'i, 't>(inputs: &'i Inputs<'t>, name: &str) -> Option<&'i Input<'t>> {
    let is_of_source = inputs.named(name).any(|input| input.origin == Origin::Source);
    inputs.named(name).next().filter(|_| !is_of_source)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::actions::tests::check_at;

    #[test]
    fn each_missing_auth_method_is_offered() {
        check_at(
            "Add authentication",
            r#"{
    "type": "generic-rest",
    "auth<|>Spec": [
        {
            "name": "Mine",
            "type": "oAuth2-refresh-code",
            "spec": {}
        }
    ],
    "sourceSpec": {}
}"#,
            expect![[r#"
                "auth<|>: Add authentication: basic authentication
                +         },
                +         {
                +             "name": "Basic Authentication",
                +             "type": "BasicAuthentication",
                +             "spec": {
                +                 "$schema": "http://json-schema.org/draft-07/schema#",
                +                 "type": "object",
                +                 "description": "Authentication parameters for basic authentication.",
                +                 "properties": {
                +                     "username": {
                +                         "type": "string",
                +                         "description": "Username for the API."
                +                     },
                +                     "password": {
                +                         "type": "string",
                +                         "description": "Password for the API.",
                +                         "format": "password"
                +                     }
                +                 },
                +                 "required": [
                +                     "username",
                +                     "password"
                +                 ]
                +             }
                "auth<|>: Add authentication: API key
                +         },
                +         {
                +             "name": "API Key Authentication",
                +             "type": "KeyBased",
                +             "spec": {
                +                 "$schema": "http://json-schema.org/draft-07/schema#",
                +                 "type": "object",
                +                 "description": "Authentication parameters for an API key.",
                +                 "properties": {
                +                     "authKey1": {
                +                         "type": "string",
                +                         "format": "password",
                +                         "title": "Authentication Key 1",
                +                         "description": "Primary key for the API",
                +                         "restAttributes": {
                +                             "headerParamName": "X-Auth-Key1"
                +                         }
                +                     }
                +                 },
                +                 "required": [
                +                     "authKey1"
                +                 ]
                +             }
            "#]],
        );
    }

    #[test]
    fn inputs_of_the_request_are_added() {
        check_at(
            "Add authentication: basic",
            r#"{ "type": "generic-rest",
  "authSpec": [{<|>
    "type": "KeyBased",
    "spec": { "properties": { "key": {}, "domain": { "type": "string" } }, "required": ["domain"] }
  }],
  "sourceSpec": { "attributes": { "urlParams": { "host": "https://${domain}.${site}.com" } },
    "spec": { "properties": { "site": {} } } } }"#,
            expect![[r#"
                "authSpec": [{<|>: Add authentication: basic authentication
                +   }, {
                +     "name": "Basic Authentication",
                +     "type": "BasicAuthentication",
                +     "spec": {
                +       "$schema": "http://json-schema.org/draft-07/schema#",
                +       "type": "object",
                +       "description": "Authentication parameters for basic authentication.",
                +       "properties": {
                +         "username": {
                +           "type": "string",
                +           "description": "Username for the API."
                +         },
                +         "password": {
                +           "type": "string",
                +           "description": "Password for the API.",
                +           "format": "password"
                +         },
                +         "domain": {
                +           "type": "string"
                +         }
                +       },
                +       "required": [
                +         "username",
                +         "password",
                +         "domain"
                +       ]
                +     }
            "#]],
        );
    }

    #[test]
    fn auth_entry_is_added_to_an_empty_array() {
        check_at(
            "Add authentication: basic",
            "{\"type\":\"generic-rest\",\"authSpec\":[<|>],\"sourceSpec\":{}}",
            expect![[r#"
                {"type":"generic-rest","authSpec":[<|>: Add authentication: basic authentication
                - {"type":"generic-rest","authSpec":[],"sourceSpec":{}}
                + {"type":"generic-rest","authSpec":[{"name":"Basic Authentication","type":"BasicAuthentication","spec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","description":"Authentication parameters for basic authentication.","properties":{"username":{"type":"string","description":"Username for the API."},"password":{"type":"string","description":"Password for the API.","format":"password"}},"required":["username","password"]}}],"sourceSpec":{}}
            "#]],
        );
        check_at(
            "Add authentication: basic",
            "{\n\t\"type\": \"generic-rest\",\n\t\"authSpec\": [<|>]\n}",
            expect![[r#"
                "authSpec": [<|>: Add authentication: basic authentication
                - 	"authSpec": []
                + 	"authSpec": [
                + 		{
                + 			"name": "Basic Authentication",
                + 			"type": "BasicAuthentication",
                + 			"spec": {
                + 				"$schema": "http://json-schema.org/draft-07/schema#",
                + 				"type": "object",
                + 				"description": "Authentication parameters for basic authentication.",
                + 				"properties": {
                + 					"username": {
                + 						"type": "string",
                + 						"description": "Username for the API."
                + 					},
                + 					"password": {
                + 						"type": "string",
                + 						"description": "Password for the API.",
                + 						"format": "password"
                + 					}
                + 				},
                + 				"required": [
                + 					"username",
                + 					"password"
                + 				]
                + 			}
                + 		}
                + 	]
            "#]],
        );
    }

    #[test]
    fn no_auth_entry_is_offered_elsewhere() {
        for text in [
            r#"{ "type": "generic-streaming", "authSpec": [<|>] }"#,
            r#"{ "type": "generic-rest", "authSpec": {<|>} }"#,
            r#"{ "type": "generic-rest", "authSpec": [1<|>] }"#,
            r#"{ "type": "generic-rest", "authSpec": [<|> { "name" "a" }] }"#,
            r#"{ "type": "generic-rest", "authSpec": [], "sourceSpec": {<|>} }"#,
            r#"{ "type": "generic-rest", "authSpec": [ { "spec": {<|>} } ] }"#,
        ] {
            check_at("Add authentication", text, expect![[""]]);
        }
    }
}
