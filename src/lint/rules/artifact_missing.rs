//! `artifact-missing`: a file that belongs beside the spec is not there.

use crate::document::Document;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Folder;
use crate::lint::Neighbour;
use crate::lint::NewFile;
use crate::lint::Severity;
use crate::syntax::Node;

use super::{Context, FOLDER, Rule, artifact_mismatch, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "artifact-missing",
    severities: &[Severity::Warning, Severity::Info],
    finds: "a file that belongs beside `{source}-connectionSpec.json` is not there: `{source}-category.txt`, `-description.txt`, `-icon.svg`, `-label.txt` (info while none of them is)",
    why: "A source is submitted as a folder of five files: the spec, and the category, description, icon and label that the catalog shows. All of them begin with the name of the source. While you test a spec they are not needed, so as long as none of them is there this is only said, not warned of. `connspec` looks at them only beside a file named `{source}-connectionSpec.json`.",
    at: FOLDER,
    wrong: "acme-connectionSpec.json\nacme-label.txt",
    right: "acme-category.txt\nacme-connectionSpec.json\nacme-description.txt\nacme-icon.svg\nacme-label.txt",
    link: pages::SUBMIT,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(folder) = &context.facts.folder else { return };
    let files = folder.files();
    let missing: Vec<&str> =
        files.iter().filter(|(_, file)| **file == Neighbour::Absent).map(|(name, _)| name.as_str()).collect();
    let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
    let Some((last, others)) = names.split_last() else { return };
    let message = match others {
        [] => format!("{last} is missing beside this file. The source cannot be submitted without it."),
        _ => format!(
            "{} and {last} are missing beside this file. The source cannot be submitted without them.",
            others.join(", ")
        ),
    };
    // One who has not begun with the files is not at the submission yet.
    let severity = if missing.len() < files.len() { Severity::Warning } else { Severity::Info };
    let mut diagnostic = RULE.at(severity, head(context.tree.root()), message);
    context.fix(&mut diagnostic, |_| {
        let new = |name: &&str| {
            // A blank in a file is another diagnostic.
            let known = content(context.tree.root(), name).filter(|content| !artifact_mismatch::is_blank(content));
            NewFile { name: (*name).to_owned(), content: known.unwrap_or_else(unwritten) }
        };
        let each = missing.iter().map(|name| Fix::creating(format!("Make `{name}`"), [new(name)]));
        let all = Fix::creating(format!("Make the {} files that are missing", missing.len()), missing.iter().map(new));
        if others.is_empty() { each.collect() } else { [all].into_iter().chain(each).collect::<Vec<_>>() }
    });
    found.push(diagnostic);
}

/// All files that belong beside a spec whose name begins like this.
pub(crate) fn files_beside(document: &Document, source: &str) -> Vec<NewFile> {
    let file = |ending: &&str| {
        let name = format!("{source}-{ending}");
        let content = content(document.tree().root(), &name).unwrap_or_else(unwritten);
        NewFile { name, content }
    };
    Folder::ENDINGS.iter().map(file).collect()
}

/// What a new file holds when nothing is known of it. Not nothing: an empty file is as good as none.
fn unwritten() -> String {
    "to be written\n".to_owned()
}

/// What a new file holds: what the spec says of it.
fn content(spec: Node<'_>, name: &str) -> Option<String> {
    let said = |path: &[&str]| {
        let text = spec.at(path).and_then(Node::as_string);
        text.filter(|text| !text.trim().is_empty())
    };
    let attributes = ["sourceSpec", "attributes", "uiAttributes"];
    let shown = |key: &'static str| said(&[&attributes[..], &[key, "text"]].concat());
    let text = match name.rsplit('-').next() {
        Some("icon.svg") => return Some(ICON.to_owned()),
        Some("category.txt") => said(&[&attributes[..], &["category", "key"]].concat()).or(shown("category")),
        Some("label.txt") => shown("label").or(said(&["name"])),
        _ => shown("description").or(said(&["description"])),
    };
    text.map(|text| format!("{text}\n"))
}

/// A plain square, to be drawn over.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
  <rect x="4" y="4" width="40" height="40" rx="8" fill="#6e6e6e"/>
</svg>
"##;

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::Folder;
    use crate::lint::Neighbour;
    use crate::lint::rules::tests::{batch, check_folder};

    fn text(content: &str) -> Neighbour {
        Neighbour::Text(content.to_owned())
    }

    #[test]
    fn files_that_are_missing_are_named_and_made() {
        let folder = Folder {
            source: "acme".to_owned(),
            category: text("crm"),
            description: Neighbour::Absent,
            icon: Neighbour::Absent,
            label: Neighbour::Absent,
        };
        check_folder(
            &batch("      \"headerParams\": {}"),
            folder.clone(),
            expect![[r##"
            artifact-missing on {: `acme-description.txt`, `acme-icon.svg` and `acme-label.txt` are missing beside this file. The source cannot be submitted without them.
            Make the 3 files that are missing (preferred)
              acme-description.txt: "b\n"
              acme-icon.svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\" width=\"48\" height=\"48\">\n  <rect x=\"4\" y=\"4\" width=\"40\" height=\"40\" rx=\"8\" fill=\"#6e6e6e\"/>\n</svg>\n"
              acme-label.txt: "a\n"
        "##]],
        );
        let one = Folder { description: text("a"), label: Neighbour::Unreadable, ..folder };
        check_folder(
            &batch("      \"headerParams\": {}"),
            one,
            expect![[r##"
            artifact-missing on {: `acme-icon.svg` is missing beside this file. The source cannot be submitted without it.
            Make `acme-icon.svg` (preferred)
              acme-icon.svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\" width=\"48\" height=\"48\">\n  <rect x=\"4\" y=\"4\" width=\"40\" height=\"40\" rx=\"8\" fill=\"#6e6e6e\"/>\n</svg>\n"
        "##]],
        );
    }

    #[test]
    fn a_blank_of_the_template_is_not_copied() {
        let spec =
            batch("      \"headerParams\": {}").replace("\"description\": \"b\"", "\"description\": \"{DESCRIPTION}\"");
        let (category, icon, label) = (text("crm"), text("<svg/>"), text("a"));
        let folder = Folder { source: "acme".to_owned(), category, description: Neighbour::Absent, icon, label };
        check_folder(
            &spec,
            folder,
            expect![[r#"
            artifact-missing on {: `acme-description.txt` is missing beside this file. The source cannot be submitted without it.
            Make `acme-description.txt` (preferred)
              acme-description.txt: "to be written\n"
        "#]],
        );
    }
}
