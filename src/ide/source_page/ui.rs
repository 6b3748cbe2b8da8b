//! The page on the user interface: how users connect their account, and for a streaming source the whole way to the endpoint.

use crate::ide::markdown::escaped_line;

use super::subject::Subject;
use super::writer::Writer;
use super::{api, credentials};

pub(super) fn page(subject: &Subject) -> String {
    let (label, mut page) = (&escaped_line(&subject.label), Writer::default());
    let what = if subject.is_streaming { "Stream data from" } else { "Connect" };
    page.front_matter(
        &format!("{what} {} to Experience Platform in the UI", subject.label),
        &format!("Learn how to bring {} data to Adobe Experience Platform in the UI.", subject.label),
        subject.is_beta,
    );
    page.add(&format!("# {what} {label} to Experience Platform in the UI"));
    api::introduction(&mut page, label);
    credentials::add(&mut page, subject);
    if subject.is_streaming {
        api::webhook(&mut page, label);
    }
    catalog(&mut page, subject, label);
    match subject.is_streaming {
        true => streaming_steps(&mut page, label),
        false => accounts(&mut page, label),
    }
    page.add("## Next steps {#next-steps}");
    page.add(&match subject.is_streaming {
        true => format!("Register the endpoint URL in {label}; the data arrives from then on."),
        false => format!(
            "Your {label} account is connected. Go on with [a dataflow for its \
             data](https://experienceleague.adobe.com/docs/experience-platform/sources/ui-tutorials/dataflow/{}.html).",
            dataflow_guide(&subject.category)
        ),
    });
    page.add("## Additional resources {#additional-resources}");
    page.blank("Link further documentation, and say what users of this source often ask. Remove this section if there is nothing.");
    page.finish()
}

fn catalog(page: &mut Writer, subject: &Subject, label: &str) {
    page.add(&format!("## Connect your {label} account {{#connect}}"));
    let category = match subject.category.as_str() {
        "" => "*category*".to_owned(),
        key => format!("**{}**", escaped_line(&words(key))),
    };
    page.add(&format!(
        "Select **[!UICONTROL Sources]** in the navigation of Experience Platform. In the category {category} of the \
         catalog, select **{label}**, then **[!UICONTROL Add data]**."
    ));
    page.blank("Insert a screenshot of the catalog with your source.");
}

fn accounts(page: &mut Writer, label: &str) {
    page.add("### Existing account {#existing-account}");
    page.add(&format!("Select the {label} account to use, then **[!UICONTROL Next]**."));
    page.blank("Insert a screenshot of the existing accounts.");
    page.add("### New account {#new-account}");
    page.add(
        "Select **[!UICONTROL New account]**. Enter a name, a description if you like, and your \
         [credentials](#credentials), then select **[!UICONTROL Connect to source]** and wait until the account is connected.",
    );
    page.blank("Insert a screenshot of the form for a new account.");
}

fn streaming_steps(page: &mut Writer, label: &str) {
    page.add("## Select data {#select-data}");
    page.add(&format!(
        "Upload a JSON file with a sample of your {label} data and check its structure in the preview, then select \
         **[!UICONTROL Next]**."
    ));
    page.blank("Attach such a file, and insert a screenshot of the preview.");
    page.add("## Dataflow detail {#dataflow-detail}");
    page.add("Choose an existing dataset or create one, name the dataflow, and select **[!UICONTROL Next]**.");
    page.add("## Mapping {#mapping}");
    page.add(&format!(
        "Map the attributes of the {label} data to fields of the target schema, then select **[!UICONTROL Next]**."
    ));
    page.blank("Insert a screenshot of a mapping that suits your data.");
    page.add("## Review {#review}");
    page.add("Check the connection, the dataset and the mapping, then select **[!UICONTROL Finish]**.");
    page.add("## Get your streaming endpoint URL {#endpoint}");
    page.add("Open the dataflow. The endpoint is at the end of its **[!UICONTROL Properties]**.");
}

/// The guide on dataflows for a category; Adobe's template links that for CRM.
fn dataflow_guide(category: &str) -> &'static str {
    match category {
        "advertising" => "advertising",
        "customerSuccess" => "customer-success",
        "database" => "databases",
        "ecommerce" => "ecommerce",
        "marketingAutomation" => "marketing-automation",
        "payments" => "payments",
        "protocols" => "protocols",
        _ => "crm",
    }
}

/// `Marketing automation` for `marketingAutomation`.
fn words(key: &str) -> String {
    let mut words = String::new();
    for (at, char) in key.chars().enumerate() {
        match char {
            _ if at == 0 => words.extend(char.to_uppercase()),
            _ if char.is_uppercase() => {
                words.push(' ');
                words.extend(char.to_lowercase());
            }
            _ => words.push(char),
        }
    }
    words
}
