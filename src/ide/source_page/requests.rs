//! The requests of a page, as commands: what each sends is the wire format of Flow Service.

use serde_json::{Value, json};

use super::encoding;
use super::subject::{Method, Subject};

/// The connection spec of the data lake, the target of every source.
pub(super) const DATA_LAKE: &str = "c604ff05-7f1a-43c0-8e18-33bf874cb11c";

const FLOW_SERVICE: &str = "https://platform.adobe.io/data/foundation/flowservice";
const MAPPING_SETS: &str = "https://platform.adobe.io/data/foundation/conversion/mappingSets";

/// The headers of every request.
const HEADERS: [&str; 4] = [
    "Authorization: Bearer {ACCESS_TOKEN}",
    "x-api-key: {API_KEY}",
    "x-gw-ims-org-id: {ORG_ID}",
    "x-sandbox-name: {SANDBOX_NAME}",
];

pub(super) fn create_base_connection(subject: &Subject, method: &Method) -> String {
    let name = format!("{} base connection", subject.label);
    post(
        "/connections",
        &json!({
            "name": name,
            "description": name,
            "connectionSpec": spec(subject),
            "auth": { "specName": method.name, "params": method.params() },
        }),
    )
}

pub(super) fn explore(subject: &Subject) -> String {
    let params = encoding::encoded(&subject.source_params());
    let query = format!("objectType=rest&object=json&fileType=json&preview=true&sourceParams={params}");
    get(&format!("/connections/{{BASE_CONNECTION_ID}}/explore?{query}"))
}

pub(super) fn create_source_connection(subject: &Subject) -> String {
    let name = format!("{} source connection", subject.label);
    let mut body = json!({ "name": name, "description": name });
    if subject.is_streaming {
        body["providerId"] = subject.provider_id.as_str().into();
    } else {
        body["baseConnectionId"] = "{BASE_CONNECTION_ID}".into();
    }
    body["connectionSpec"] = spec(subject);
    body["data"] = json!({ "format": "json" });
    if !subject.is_streaming || !subject.inputs.is_empty() {
        body["params"] = subject.source_params();
    }
    post("/sourceConnections", &body)
}

pub(super) fn create_target_connection(subject: &Subject) -> String {
    let name = format!("{} target connection", subject.label);
    post(
        "/targetConnections",
        &json!({
            "name": name,
            "description": name,
            "connectionSpec": { "id": DATA_LAKE, "version": "1.0" },
            "data": {
                "format": "json",
                "schema": {
                    "id": "{TARGET_SCHEMA_ID}",
                    "version": "application/vnd.adobe.xed-full+json;version=1",
                },
            },
            "params": { "dataSetId": "{TARGET_DATASET_ID}" },
        }),
    )
}

pub(super) fn create_mapping(subject: &Subject) -> String {
    let source = match &subject.wrapper {
        Some(wrapper) => format!("{wrapper}.{{SOURCE_ATTRIBUTE}}"),
        None => "{SOURCE_ATTRIBUTE}".to_owned(),
    };
    send(
        MAPPING_SETS,
        &json!({
            "version": 0,
            "xdmSchema": "{TARGET_SCHEMA_ID}",
            "xdmVersion": "1.0",
            "mappings": [
                { "destinationXdmPath": "person.name.firstName", "sourceAttribute": source, "identity": false, "version": 0 },
            ],
        }),
    )
}

pub(super) fn create_flow(subject: &Subject) -> String {
    let name = format!("{} dataflow", subject.label);
    let mut body = json!({
        "name": name,
        "description": name,
        "flowSpec": { "id": subject.flow_spec_id, "version": "1.0" },
        "sourceConnectionIds": ["{SOURCE_CONNECTION_ID}"],
        "targetConnectionIds": ["{TARGET_CONNECTION_ID}"],
        "transformations": [
            { "name": "Mapping", "params": { "mappingId": "{MAPPING_ID}", "mappingVersion": 0 } },
        ],
    });
    if !subject.is_streaming {
        body["scheduleParams"] = json!({ "startTime": "{START_TIME}", "frequency": "minute", "interval": 15 });
    }
    post("/flows", &body)
}

pub(super) fn get_flow() -> String {
    get("/flows/{FLOW_ID}")
}

/// The response to the creation of anything.
pub(super) fn created(id: &str) -> Value {
    json!({ "id": id, "etag": "{ETAG}" })
}

/// The part of a dataflow that has the streaming endpoint.
pub(super) fn flow_with_endpoint() -> Value {
    json!({ "items": [{ "id": "{FLOW_ID}", "options": { "inletUrl": "{STREAMING_ENDPOINT_URL}" } }] })
}

fn spec(subject: &Subject) -> Value {
    json!({ "id": subject.spec_id(), "version": subject.version })
}

fn post(path: &str, body: &Value) -> String {
    send(&format!("{FLOW_SERVICE}{path}"), body)
}

fn send(url: &str, body: &Value) -> String {
    let headers = HEADERS.iter().chain(&["Content-Type: application/json"]);
    let body = shell(&format!("{body:#}")).replace('\n', "\n  ");
    format!("curl -X POST \\\n  '{url}' \\\n{}  -d '{body}'", options(headers))
}

fn get(path: &str) -> String {
    let command = format!("curl -X GET \\\n  '{FLOW_SERVICE}{path}' \\\n{}", options(HEADERS.iter()));
    command.trim_end_matches(" \\\n").to_owned()
}

fn options<'h>(headers: impl Iterator<Item = &'h &'h str>) -> String {
    headers.map(|header| format!("  -H '{header}' \\\n")).collect()
}

/// Text inside single quotes of a shell.
fn shell(text: &str) -> String {
    text.replace('\'', r"'\''")
}
