//! Hover on a diagnostic: why it matters. The editor itself shows the message.

use crate::ide::Hover;
use crate::lint::Diagnostic;
use crate::lint::rules::RULES;

/// The reasons of the rules that report something at an offset.
pub(super) fn hover(diagnostics: &[Diagnostic], offset: usize) -> Option<Hover> {
    let found: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.touches(&(offset..offset))).collect();
    let range = found.iter().map(|diagnostic| &diagnostic.range).min_by_key(|range| range.len())?.clone();
    let mut codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
    codes.dedup();
    let rules = RULES.iter().filter(|rule| codes.contains(&rule.code));
    let reasons = rules.map(|rule| {
        let (code, why, link) = (rule.code, rule.why, rule.link);
        format!("**{code}**: {why}\n\n[Documentation]({link}) · `connspec explain {code}`")
    });
    Some(Hover { range, contents: reasons.collect::<Vec<_>>().join("\n\n---\n\n") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::lint::Artifact;
    use crate::lint::Facts;
    use crate::lint::Folder;
    use crate::lint::Remote;
    use crate::lint::RemoteState;
    use crate::lint::Rule;
    use crate::lint::diagnostics;
    use crate::text::Text;

    /// A text with something that a rule finds, and what is known of the files beside it and of the service.
    fn example(rule: &Rule) -> (String, Facts) {
        if !rule.checks_environment() {
            return (rule.example(rule.wrong), Facts::default());
        }
        let text = |text: &str| Artifact::Text(text.to_owned());
        let (category, description, icon) = (text("crm"), text(""), text("<svg/>"));
        let folder = Folder {
            source: "acme".to_owned(),
            category,
            description,
            icon,
            label: Artifact::Absent,
            orphans: Default::default(),
        };
        let (id, location) = ("1a2b".to_owned(), "sandbox `dev`".to_owned());
        let remote = Remote { id, location, state: RemoteState::Changed, registered: Some(false) };
        let facts = Facts { folder: Some(folder), remote: Some(remote), ..Facts::default() };
        let problems = if rule.code == "too-many-problems" { 1001 } else { 0 };
        let keys: String = (0..problems).map(|number| format!("\"k{number}\": 0, ")).collect();
        (format!("{{ {keys}\"type\": \"generic-rest\" }}"), facts)
    }

    #[test]
    fn every_rule_has_a_reason_and_a_link() {
        for rule in RULES {
            let (text, facts) = example(rule);
            let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
            let start = if rule.checks_environment() { 0 } else { text.find(rule.wrong).unwrap_or_default() };
            let found = diagnostics(&document, &facts);
            let meant = found.iter().find(|found| found.code == rule.code && found.range.start >= start);
            let meant = meant.unwrap_or_else(|| panic!("{} finds nothing in {text}", rule.code));
            for offset in [meant.range.start, meant.range.end] {
                let hover = crate::ide::hover(&document, &found, offset);
                let hover = hover.unwrap_or_else(|| panic!("nothing is said of {} at {offset}", rule.code));
                assert!(hover.range.start <= offset && offset <= hover.range.end, "{}: {hover:?}", rule.code);
                let command = format!("`connspec explain {}`", rule.code);
                let link = format!("[Documentation]({})", rule.link);
                for part in [format!("**{}**: {}", rule.code, rule.why), link, command] {
                    assert!(hover.contents.contains(&part), "{part} is not in {}", hover.contents);
                }
            }
        }
    }
}
