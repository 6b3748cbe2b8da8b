//! Tables of changes to a sound spec, and what is reported on each.

use connspec::document::Document;
use connspec::lint::{Facts, Severity, diagnostics, fixes};
use connspec::syntax::{Kind, Tree};
use connspec::text::Text;

/// A batch source without any problem.
const SOUND: &str = r#"{
  "name": "Lantern orders",
  "type": "generic-rest",
  "description": "Orders of the Lantern shop.",
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "version": "1.0",
  "attributes": { "uiAttributes": { "apiFeatures": { "explorePaginationSupported": false } } },
  "authSpec": [
    {
      "name": "OAuth2 Refresh Code",
      "type": "OAuth2RefreshCode",
      "spec": {
        "type": "object",
        "properties": {
          "subdomain": { "type": "string" },
          "accessToken": { "type": "string", "format": "password" }
        },
        "required": ["subdomain", "accessToken"]
      }
    }
  ],
  "sourceSpec": {
    "attributes": {
      "uiAttributes": {
        "isSource": true,
        "category": { "key": "ecommerce" },
        "icon": { "key": "lanternIcon" },
        "description": { "key": "lanternDescription" },
        "label": { "key": "lanternLabel" }
      },
      "urlParams": { "host": "https://${subdomain}.lantern.example", "path": "/v1/${viewId}/orders", "method": "GET" },
      "contentPath": { "path": "$.orders" },
      "paginationParams": { "type": "OFFSET", "limitName": "limit", "limitValue": 100, "offSetName": "offset" },
      "scheduleParams": {
        "scheduleStartParamName": "since",
        "scheduleEndParamName": "until",
        "scheduleStartParamFormat": "yyyy-MM-ddTHH:mm:ssZ",
        "scheduleEndParamFormat": "yyyy-MM-ddTHH:mm:ssZ"
      }
    },
    "spec": { "type": "object", "properties": { "viewId": { "type": "string" } }, "required": ["viewId"] }
  },
  "exploreSpec": {
    "name": "Resource",
    "type": "Resource",
    "requestSpec": { "$schema": "http://json-schema.org/draft-07/schema#", "type": "object" },
    "responseSpec": {
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {
        "format": { "type": "string" },
        "schema": {
          "type": "object",
          "properties": {
            "columns": {
              "type": "array",
              "items": { "type": "object", "properties": { "name": { "type": "string" }, "type": { "type": "string" } } }
            }
          }
        },
        "data": { "type": "array", "items": { "type": "object" } }
      }
    }
  }
}
"#;

/// A change: the path of a value from the outermost object, or from `sourceSpec.attributes` if it begins with a key of that,
/// and the value to write there; nothing removes the member.
pub(crate) type Change = (&'static str, &'static str);

const OF_ATTRIBUTES: [&str; 7] = [
    "urlParams",
    "headerParams",
    "bodyParams",
    "contentPath",
    "explodeEntityPath",
    "paginationParams",
    "scheduleParams",
];

/// The sound spec with changes.
pub(crate) fn changed(changes: &[Change]) -> String {
    changes.iter().fold(SOUND.to_owned(), |text, (path, value)| {
        let is_short = OF_ATTRIBUTES.contains(&path.split('.').next().unwrap_or_default());
        let path = if is_short { format!("sourceSpec.attributes.{path}") } else { (*path).to_owned() };
        change(&text, &path, value)
    })
}

fn change(text: &str, path: &str, value: &str) -> String {
    let tree = Tree::parse(text.to_owned());
    let pointer = format!("/{}", path.replace('.', "/"));
    let (outer, key) = pointer.rsplit_once('/').expect("a path has a key");
    let object = tree.at_pointer(outer).unwrap_or_else(|| panic!("nothing at {outer}"));
    let mut new = text.to_owned();
    match object.get(key).or_else(|| object.elements().nth(key.parse().ok()?)) {
        Some(old) if value.is_empty() => {
            let member = old.as_part_of_member().expect("a member").node.range();
            let comma = text[member.end..].trim_start().starts_with(',');
            let end =
                if comma { member.end + text[member.end..].find(',').unwrap_or_default() + 1 } else { member.end };
            let start = if comma { member.start } else { text[..member.start].rfind(',').unwrap_or(member.start) };
            new.replace_range(start..end, "");
        }
        Some(old) => new.replace_range(old.range(), value),
        None => {
            assert_eq!(object.kind(), Kind::Object, "{path}");
            let comma = if object.children().next().is_some() { "," } else { "" };
            new.insert_str(object.range().start + 1, &format!("\"{key}\": {value}{comma}"));
        }
    }
    new
}

/// What is reported on each row, with the fixes that are offered.
pub(crate) fn drawn(rows: &[&[Change]]) -> String {
    let mut drawn = String::new();
    for row in rows {
        let text = changed(row);
        let document = Document::new("lantern-connectionSpec.json", 0, Text::new(&text));
        let changes: Vec<String> = row.iter().map(|(path, value)| format!("{path}: {value}")).collect();
        drawn += &format!("{}\n", changes.join("; "));
        for found in diagnostics(&document, &Facts::default()) {
            let about = text[found.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            drawn += &format!("  {about} {}[{}]: {}\n", found.severity.as_str(), found.code, found.message);
            for tried in fixes(&document, &Facts::default(), found.range.clone()) {
                if tried.diagnostic.code == found.code && tried.diagnostic.message == found.message {
                    drawn +=
                        &format!("    fix: {}{}\n", tried.fix.title, if tried.fix.is_safe { " (safe)" } else { "" });
                }
            }
        }
    }
    drawn
}

/// Fails if an error, warning or info is reported on any of the rows.
pub(crate) fn silent(rows: &[&[Change]]) {
    for row in rows {
        let text = changed(row);
        let document = Document::new("lantern-connectionSpec.json", 0, Text::new(&text));
        let found = diagnostics(&document, &Facts::default());
        let reported: Vec<_> = found.iter().filter(|found| found.severity <= Severity::Info).collect();
        assert!(reported.is_empty(), "{row:?}\n{reported:#?}");
    }
}
