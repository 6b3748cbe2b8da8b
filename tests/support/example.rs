//! Small documents around a few members.

/// A document with members where they belong: keys with dots, `[]` for an element of an array.
pub(crate) fn example(at: &str, members: &str) -> String {
    let kind = if at.is_empty() && members.contains("\"type\"") { "" } else { "\"type\": \"generic-rest\", " };
    let (mut before, mut after) = (format!("{{{kind}"), "}".to_owned());
    for step in at.split('.').filter(|step| !step.is_empty()) {
        let (key, is_array) = step.strip_suffix("[]").map_or((step, false), |key| (key, true));
        before += &format!("\"{key}\": {}{{", if is_array { "[" } else { "" });
        after = format!("}}{}{after}", if is_array { "]" } else { "" });
    }
    format!("{before}\n{members}\n{after}")
}
