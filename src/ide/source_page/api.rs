//! The page on the API: the steps from an account to a dataflow, each with its request.

use crate::ide::markdown::{cell, code, escaped_line};

use super::requests;
use super::subject::{Field, Method, Subject};
use super::writer::Writer;
use super::{credentials, encoding};

const FLOW_SERVICE_REFERENCE: &str =
    "[Flow Service API](https://developer.adobe.com/experience-platform-apis/references/flow-service/)";

pub(super) fn page(subject: &Subject) -> String {
    let (label, mut page) = (&escaped_line(&subject.label), Writer::default());
    let what = if subject.is_streaming { "Stream data from" } else { "Connect" };
    page.front_matter(
        &format!("{what} {} to Experience Platform using the Flow Service API", subject.label),
        &format!("Learn how to bring {} data to Adobe Experience Platform using the Flow Service API.", subject.label),
        subject.is_beta,
    );
    page.add(&format!("# {what} {label} to Experience Platform using the Flow Service API"));
    introduction(&mut page, label);
    credentials::add(&mut page, subject);
    if subject.is_streaming {
        webhook(&mut page, label);
    }
    page.add(&format!("## Connect {label} to Experience Platform using the Flow Service API {{#connect}}"));
    page.add(&format!(
        "The steps below lead from your {label} account to a dataflow. Each is a request to the {FLOW_SERVICE_REFERENCE} or \
         to another API of Experience Platform. Replace the values in braces with your own."
    ));
    if !subject.is_streaming {
        base_connection(&mut page, subject, label);
        explore(&mut page, subject, label);
    }
    source_connection(&mut page, subject, label);
    target(&mut page, subject, label);
    mapping(&mut page, subject, label);
    flow(&mut page, subject, label);
    if subject.is_streaming {
        endpoint(&mut page, label);
    }
    appendix(&mut page);
    page.finish()
}

/// The sections before the credentials, in all pages.
pub(super) fn introduction(page: &mut Writer, label: &str) {
    page.add("## Overview {#overview}");
    page.blank("Introduce your company and what customers gain from this source, with a link to your documentation.");
    page.add(&format!(
        ">[!IMPORTANT]\n>\n>The {label} team maintains this source and this page. Send questions and corrections to *the URL \
         of your support*."
    ));
    page.add("## Prerequisites {#prerequisites}");
    page.blank(
        "List what has to be done before: how to get the credentials, allow lists, plans or permissions of the account, \
         limits of your API.",
    );
}

/// The section on the sender, in both pages of a streaming source.
pub(super) fn webhook(page: &mut Writer, label: &str) {
    page.add(&format!("### Integrate {label} with your webhook {{#webhook}}"));
    page.blank(
        "Explain how users set up the webhook that sends their data, and how its requests are secured: with an OAuth 2.0 \
         token of Adobe, or with an HMAC-SHA256 signature in the header `x-hmac-sha256`.",
    );
}

fn base_connection(page: &mut Writer, subject: &Subject, label: &str) {
    page.add("### Create a base connection {#base-connection}");
    page.add(&format!("A base connection stores the credentials of your {label} account. Its id is required below."));
    let methods: Vec<&Method> = subject.methods.iter().collect();
    for method in &methods {
        if methods.len() > 1 {
            page.add(&format!("#### {}", escaped_line(&method.name)));
        }
        page.request("POST /connections", &requests::create_base_connection(subject, method));
    }
    page.properties(&[
        ("name", "A name by which you find the base connection again."),
        ("description", "(Optional) What the base connection is for."),
        ("connectionSpec.id", &format!("The id of the connection spec of {label}.")),
        ("auth.specName", "The authentication method, spelled exactly as here."),
        ("auth.params", "The [credentials](#credentials) of your account."),
    ]);
    page.response("The response contains the id of the base connection.", &requests::created("{BASE_CONNECTION_ID}"));
}

fn explore(page: &mut Writer, subject: &Subject, label: &str) {
    page.add("### Explore your source {#explore}");
    page.add(&format!("Request a sample of your {label} data, to see which attributes can be mapped."));
    page.request(
        "GET /connections/{BASE_CONNECTION_ID}/explore?objectType=rest&object=json&fileType=json&preview={PREVIEW}\
         &sourceParams={SOURCE_PARAMS}",
        &requests::explore(subject),
    );
    let params = subject.source_params();
    page.add(&format!(
        "| Parameter | Description |\n| --- | --- |\n| `{{BASE_CONNECTION_ID}}` | The id of the base connection. |\n\
         | `{{PREVIEW}}` | `true` for records besides the schema. |\n\
         | `{{SOURCE_PARAMS}}` | The parameters of the source as JSON, encoded in base64: {} becomes `{}`. |",
        cell(&code(&params.to_string())),
        encoding::encoded(&params)
    ));
    page.add("**Response**");
    page.blank("Paste the response for a test account here, without personal data.");
}

fn source_connection(page: &mut Writer, subject: &Subject, label: &str) {
    page.add("### Create a source connection {#source-connection}");
    page.add(&format!("A source connection says which {label} data is read."));
    page.request("POST /sourceConnections", &requests::create_source_connection(subject));
    let spec = format!("The id of the connection spec of {label}.");
    let mut rows = vec![("name", "A name by which you find the source connection again.")];
    match subject.is_streaming {
        true => rows.push(("providerId", "The provider of all streaming sources; always the same.")),
        false => rows.push(("baseConnectionId", "The id of the [base connection](#base-connection).")),
    }
    rows.extend([("connectionSpec.id", spec.as_str()), ("data.format", "The format of the data; only `json`.")]);
    page.properties(&rows);
    inputs(page, subject);
    page.response(
        "The response contains the id of the source connection.",
        &requests::created("{SOURCE_CONNECTION_ID}"),
    );
}

/// The table of the inputs of a source connection.
fn inputs(page: &mut Writer, subject: &Subject) {
    let row = |field: &Field| {
        let optional = if field.is_required { "" } else { "(Optional) " };
        let text = match field.description.as_str() {
            "" => "*Describe this parameter.*".to_owned(),
            text => escaped_line(text),
        };
        format!("| {} | {optional}{} |", cell(&code(&format!("params.{}", field.name))), cell(&text))
    };
    let rows: Vec<String> = subject.inputs.iter().filter(|field| !field.is_hidden).map(row).collect();
    if !rows.is_empty() {
        page.add(&format!("| Parameter | Description |\n| --- | --- |\n{}", rows.join("\n")));
    }
}

fn target(page: &mut Writer, subject: &Subject, label: &str) {
    page.add("### Create a target XDM schema {#target-schema}");
    page.add(
        "The target schema is the structure that your data gets in Experience Platform. See [how to create a \
         schema](https://experienceleague.adobe.com/docs/experience-platform/xdm/api/schemas.html#create).",
    );
    page.add("### Create a target dataset {#target-dataset}");
    page.add(
        "The dataset that stores the data refers to the target schema. See [how to create a \
         dataset](https://experienceleague.adobe.com/docs/experience-platform/catalog/api/create-dataset.html).",
    );
    page.add("### Create a target connection {#target-connection}");
    page.add(&format!(
        "A target connection names the dataset. Its connection spec is always that of the data lake, `{}`.",
        requests::DATA_LAKE
    ));
    page.request("POST /targetConnections", &requests::create_target_connection(subject));
    page.properties(&[
        ("name", "A name by which you find the target connection again."),
        ("connectionSpec.id", "The id of the connection spec of the data lake."),
        ("data.format", &format!("The format of the {label} data.")),
        ("params.dataSetId", "The id of the [target dataset](#target-dataset)."),
    ]);
    page.response(
        "The response contains the id of the target connection.",
        &requests::created("{TARGET_CONNECTION_ID}"),
    );
}

fn mapping(page: &mut Writer, subject: &Subject, label: &str) {
    page.add("### Create a mapping {#mapping}");
    page.add(&format!("A mapping says which attribute of the {label} data becomes which field of the target schema."));
    page.request("POST /conversion/mappingSets", &requests::create_mapping(subject));
    page.properties(&[
        ("xdmSchema", "The id of the [target schema](#target-schema)."),
        ("mappings.destinationXdmPath", "The field of the target schema."),
        ("mappings.sourceAttribute", "The path of the attribute in a record, as the explored data shows it."),
        ("mappings.identity", "Whether the field is an identity."),
    ]);
    page.blank("Replace the mapping with one that suits your data.");
    page.add("**Response**");
    page.add("The response contains the id of the mapping, `{MAPPING_ID}` below.");
}

fn flow(page: &mut Writer, subject: &Subject, label: &str) {
    page.add("### Create a flow {#flow}");
    page.add(&format!(
        "A dataflow brings the {label} data into the dataset. It needs the ids of the [source \
         connection](#source-connection), of the [target connection](#target-connection) and of the [mapping](#mapping)."
    ));
    page.request("POST /flows", &requests::create_flow(subject));
    let mut rows = vec![
        ("flowSpec.id", "The id of the flow spec; always the same."),
        ("sourceConnectionIds", "The id of the source connection."),
        ("targetConnectionIds", "The id of the target connection."),
        ("transformations.params.mappingId", "The id of the mapping."),
    ];
    if !subject.is_streaming {
        rows.extend([
            ("scheduleParams.startTime", "When the first run starts, in seconds since 1970."),
            ("scheduleParams.frequency", "`once`, `minute`, `hour`, `day` or `week`."),
            (
                "scheduleParams.interval",
                "How many of these units are between two runs: at least 15 for `minute`; none for `once`.",
            ),
        ]);
    }
    page.properties(&rows);
    page.response("The response contains the id of the dataflow.", &requests::created("{FLOW_ID}"));
}

fn endpoint(page: &mut Writer, label: &str) {
    page.add("### Get your streaming endpoint URL {#endpoint}");
    page.add(&format!("{label} sends its data to the endpoint of the dataflow. Request the dataflow to get the URL."));
    page.request("GET /flows/{FLOW_ID}", &requests::get_flow());
    page.response("The URL is `inletUrl` in the response.", &requests::flow_with_endpoint());
}

fn appendix(page: &mut Writer) {
    page.add("## Appendix {#appendix}");
    page.add("What you can do with the dataflow and the account afterwards is the same for all sources:");
    let guides = [
        ("Monitor your dataflow", "monitor"),
        ("Update your dataflow", "update-dataflows"),
        ("Update your account", "update"),
        ("Delete your dataflow", "delete-dataflows"),
        ("Delete your account", "delete"),
    ];
    let url = "https://experienceleague.adobe.com/docs/experience-platform/sources/api-tutorials";
    let links: Vec<String> = guides.iter().map(|(title, page)| format!("* [{title}]({url}/{page}.html)")).collect();
    page.add(&links.join("\n"));
}
