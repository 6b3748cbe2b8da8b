//! New sources: their files, and that their only diagnostics are unfilled template placeholders.

use expect_test::{Expect, expect};

use super::*;
use crate::lint::{Artifact, Diagnostic, Facts, Folder, diagnostics};
use crate::spec;

/// The types of the vocabulary's templates at a place of a batch spec.
fn types(pointer: &str) -> Vec<&'static str> {
    let templates = spec::schema().pointer(pointer).expect("templates").elements();
    let mut types: Vec<_> = templates.filter_map(|template| template.pointer("/body/type")?.as_str()).collect();
    types.dedup();
    types
}

/// Every combination of kind, authentication methods and pagination type.
fn each(check: impl Fn(&NewSource<'_>)) {
    let auth = types("/definitions/authEntry/x-snippets");
    let pagination = types("/definitions/paginationParams/x-snippets");
    assert!(auth.len() > 2 && pagination.len() > 4, "{auth:?} {pagination:?}");
    let mut auth_types: Vec<Vec<&str>> = vec![Vec::new(), auth.clone()];
    auth_types.extend(auth.iter().map(|kind| vec![*kind]));
    for auth_types in &auth_types {
        for pagination in pagination.iter().map(|kind| Some(*kind)).chain([None]) {
            check(&NewSource { name: "acme-orders", kind: SpecKind::Rest, auth_types, pagination });
        }
    }
    check(&NewSource { name: "acme-orders", kind: SpecKind::Streaming, auth_types: &[], pagination: None });
}

/// What is found in a folder with these files.
fn found(source: &str, files: &[NewFile]) -> Vec<Diagnostic> {
    let text = |ending: &str| {
        let name = format!("{source}-{ending}");
        files.iter().find(|file| file.name == name).map(|file| Artifact::Text(file.content.clone())).expect("the file")
    };
    let folder = Folder {
        source: source.to_owned(),
        category: text("category.txt"),
        description: text("description.txt"),
        icon: text("icon.svg"),
        label: text("label.txt"),
        orphans: Default::default(),
    };
    let document = Document::new(files[0].name.as_str(), 0, Text::new(&files[0].content));
    diagnostics(&document, &Facts { folder: Some(folder), ..Facts::default() })
}

#[test]
fn new_source_has_only_unfilled_placeholders() {
    each(|source| {
        let files = new_source(source);
        assert_eq!(files.len(), 5);
        for diagnostic in found(source.name, &files) {
            let is_template_placeholder = diagnostic.code == "unfilled-template"
                || (diagnostic.code == "artifact-mismatch"
                    && diagnostic.message.contains("unfilled template placeholder"));
            assert!(is_template_placeholder, "{source:?}: {diagnostic:?}\n{}", files[0].content);
        }
    });
}

#[test]
fn filled_in_source_has_no_problems() {
    each(|source| {
        let mut files = new_source(source);
        for file in &mut files {
            file.content = file.content.replace("{CATEGORY}", "crm");
            // Each with another value, since no two parameters have the same name.
            for number in 1.. {
                let Some((start, end)) = blank_in(&file.content) else { break };
                file.content.replace_range(start..end, &format!("x{number}"));
            }
        }
        assert_eq!(found(source.name, &files), [], "{}", files[0].content);
    });
}

/// Where a text has a blank.
fn blank_in(text: &str) -> Option<(usize, usize)> {
    text.match_indices('{').find_map(|(start, _)| {
        let end = start + text[start..].find('}')? + 1;
        let is_template_placeholder =
            text[start + 1..end - 1].chars().all(|char| char.is_ascii_uppercase() || char == '_');
        (is_template_placeholder && end > start + 2).then_some((start, end))
    })
}

fn check(source: &NewSource<'_>, keys: &[&str], expected: Expect) {
    let files = new_source(source);
    let spec: Value = serde_json::from_str(&files[0].content).expect("JSON");
    let mut drawn = String::new();
    for key in keys {
        drawn += &format!("{key}: {}\n", spec.pointer(key).map(Value::to_string).unwrap_or_default());
    }
    for file in files.iter().skip(1).filter(|file| !file.name.ends_with(".svg")) {
        drawn += &format!("{}: {:?}\n", file.name, file.content);
    }
    expected.assert_eq(&drawn);
}

#[test]
fn batch_source_snapshot() {
    let auth_types = ["KeyBased", "BasicAuthentication"];
    let source = NewSource {
        name: "acme-Orders_2",
        kind: SpecKind::Rest,
        auth_types: &auth_types,
        pagination: Some("CONTINUATION_TOKEN"),
    };
    check(
        &source,
        &[
            "/name",
            "/description",
            "/authSpec/0/spec/properties",
            "/authSpec/1/name",
            "/sourceSpec/attributes",
            "/sourceSpec/spec",
        ],
        expect![[r#"
            /name: "Acme Orders 2"
            /description: "{DESCRIPTION}"
            /authSpec/0/spec/properties: {"authKey1":{"type":"string","format":"password","title":"Authentication Key 1","description":"Primary key for the API","restAttributes":{"headerParamName":"{HEADER_PARAM_NAME}"}}}
            /authSpec/1/name: "Basic Authentication"
            /sourceSpec/attributes: {"uiAttributes":{"isSource":true,"isPreview":true,"isBeta":true,"category":{"key":"{CATEGORY}"},"icon":{"key":"acmeOrders2Icon"},"description":{"key":"acmeOrders2Description"},"label":{"key":"acmeOrders2Label"}},"urlParams":{"host":"https://{HOST}","path":"/{PATH}","method":"GET"},"contentPath":{"path":"$.{CONTENT_PATH}"},"paginationParams":{"type":"CONTINUATION_TOKEN","continuationTokenPath":"$.{CONTINUATION_TOKEN_PATH}","parameterType":"QUERYPARAM","parameterName":"{PARAMETER_NAME}"},"scheduleParams":{"scheduleStartParamName":"{SCHEDULE_START_PARAM_NAME}","scheduleEndParamName":"{SCHEDULE_END_PARAM_NAME}","scheduleStartParamFormat":"yyyy-MM-ddTHH:mm:ssZ","scheduleEndParamFormat":"yyyy-MM-ddTHH:mm:ssZ"}}
            /sourceSpec/spec: {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","description":"User inputs that select the resource to fetch.","properties":{}}
            acme-Orders_2-category.txt: "{CATEGORY}\n"
            acme-Orders_2-description.txt: "{DESCRIPTION}\n"
            acme-Orders_2-label.txt: "Acme Orders 2\n"
        "#]],
    );
}

#[test]
fn streaming_source_snapshot() {
    let source = NewSource { name: "acme", kind: SpecKind::Streaming, auth_types: &[], pagination: None };
    check(
        &source,
        &["/name", "/attributes", "/sourceSpec/attributes/uiAttributes"],
        expect![[r#"
        /name: "Acme"
        /attributes: {"category":"Streaming","isSource":true,"documentationLink":"{DOCUMENTATION_LINK}","uiAttributes":{"apiFeatures":{"updateSupported":false}}}
        /sourceSpec/attributes/uiAttributes: {"documentationLink":"{DOCUMENTATION_LINK}","isSource":true,"monitoringSupported":false,"category":{"key":"streaming"},"icon":{"key":"acmeIcon"},"description":{"text":"{DESCRIPTION}"},"label":{"text":"Acme"},"frequency":{"text":"streaming"}}
        acme-category.txt: "streaming\n"
        acme-description.txt: "{DESCRIPTION}\n"
        acme-label.txt: "Acme\n"
    "#]],
    );
}

#[test]
fn new_source_is_formatted_like_completion_snippets() {
    let source = NewSource { name: "acme", kind: SpecKind::Streaming, auth_types: &[], pagination: None };
    let files = new_source(&source);
    expect![[r#"
        {
          "name": "Acme",
          "type": "generic-streaming",
          "description": "{DESCRIPTION}",
          "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033",
          "version": "1.0",
          "attributes": {
            "category": "Streaming",
            "isSource": true,
            "documentationLink": "{DOCUMENTATION_LINK}",
            "uiAttributes": {
              "apiFeatures": {"#]]
    .assert_eq(&files[0].content.lines().take(12).collect::<Vec<_>>().join("\n"));
    assert!(files.iter().all(|file| file.content.ends_with('\n')));
}
