//! `artifact-missing`: a file of the submission is missing beside the spec.

use crate::document::Document;
use crate::lint::{Artifact, Diagnostic, Fix, Folder, NewFile, Severity};
use crate::source::model::{Request, Source, UiAttributes, UiText};
use crate::syntax::Node;

use super::{Context, FOLDER, Rule, artifact_mismatch, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "artifact-missing",
    severities: &[Severity::Warning, Severity::Info],
    finds: "a file that is missing beside `{source}-connectionSpec.json`: `{source}-category.txt`, `-description.txt`, `-icon.svg` or `-label.txt` (info while none of them exists), and a file beside it that has the name of no spec of the folder and is probably the missing one",
    why: "A source is submitted as a folder of five files: the spec, and the category, description, icon and label that the catalog shows. All names begin with the name of the source. The files are not required while you test a spec, so this is info and not a warning as long as none of them exists. `connspec` checks them only beside a file named `{source}-connectionSpec.json`.",
    at: FOLDER,
    wrong: "acme-connectionSpec.json\nacme-label.txt",
    right: "acme-category.txt\nacme-connectionSpec.json\nacme-description.txt\nacme-icon.svg\nacme-label.txt",
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(folder) = context.facts.folder.as_ref().filter(|_| !context.tree.root().is_missing()) else { return };
    let files = folder.files();
    let missing: Vec<&str> =
        files.iter().filter(|(_, file)| **file == Artifact::Absent).map(|(name, _)| name.as_str()).collect();
    let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
    let Some((last, others)) = names.split_last() else { return };
    let mut message = match others {
        [] => format!("missing file {last}; the source cannot be submitted without it"),
        _ => format!("missing files {} and {last}; the source cannot be submitted without them", others.join(", ")),
    };
    let misnamed = misnamed(folder, &missing);
    match misnamed.as_slice() {
        [] => {}
        [one] => message += &format!(". `{one}` has the name of no spec in this folder; rename it"),
        several => {
            let names = several.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            message += &format!(". These have the name of no spec in this folder; rename them: {names}");
        }
    }
    // Before the first of the files is written, the source is not close to its submission.
    let has_files = missing.len() < files.len() || !misnamed.is_empty();
    let severity = if has_files { Severity::Warning } else { Severity::Info };
    diagnostics.push(RULE.at(severity, head(context.tree.root()), message).with_offered_fixes(context, |_| {
        let new = |name: &&str| {
            // `artifact-mismatch` would report a placeholder in the new file.
            let known = content(context.source(), name).filter(|content| !artifact_mismatch::is_placeholder(content));
            NewFile { name: (*name).to_owned(), content: known.unwrap_or_else(to_be_written) }
        };
        let each = missing.iter().map(|name| Fix::creating(format!("Create `{name}`"), [new(name)]));
        let all = Fix::creating(format!("Create the {} missing files", missing.len()), missing.iter().map(new));
        if others.is_empty() { each.collect() } else { [all].into_iter().chain(each).collect::<Vec<_>>() }
    }));
}

/// The files that are probably meant to be missing ones: the only ones of their kind that belong to no spec.
fn misnamed<'f>(folder: &'f Folder, missing: &[&str]) -> Vec<&'f str> {
    let only = |name: &&str| {
        let ending = name.strip_prefix(folder.source.as_str())?;
        let mut orphans = folder.orphans.iter().filter(|orphan| orphan.ends_with(ending));
        orphans.next().filter(|_| orphans.next().is_none())
    };
    missing.iter().filter_map(only).map(String::as_str).collect()
}

/// All files that a submission has beside a spec whose name begins with `source`.
pub(crate) fn files_beside(document: &Document, source: &str) -> Vec<NewFile> {
    let file = |ending: &&str| {
        let name = format!("{source}-{ending}");
        let content = content(Source::of(document.tree()), &name).unwrap_or_else(to_be_written);
        NewFile { name, content }
    };
    Folder::ENDINGS.iter().map(file).collect()
}

/// The content of a new file where the spec has none for it. Not empty: an empty file is reported.
fn to_be_written() -> String {
    "to be written\n".to_owned()
}

/// The content of a new file, from the spec.
fn content<'t>(source: Source<'t>, name: &str) -> Option<String> {
    let string = |node: Option<Node<'t>>| node?.as_string().filter(|text| !text.trim().is_empty());
    let ui = source.request().and_then(Request::ui_attributes);
    let text_of = |node: Option<Node<'t>>| string(UiText::new(node?).text());
    let category = ui.and_then(UiAttributes::category);
    let text = match name.rsplit('-').next() {
        Some("icon.svg") => return Some(ICON.to_owned()),
        Some("category.txt") => string(category.and_then(|category| UiText::new(category).key())).or(text_of(category)),
        Some("label.txt") => text_of(ui.and_then(UiAttributes::label)).or(string(source.name())),
        _ => text_of(ui.and_then(UiAttributes::description)).or(string(source.description())),
    };
    text.map(|text| format!("{text}\n"))
}

/// A plain square, to be replaced.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
  <rect x="4" y="4" width="40" height="40" rx="8" fill="#6e6e6e"/>
</svg>
"##;

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::document::Document;
    use crate::lint::rules::tests::{batch, check_folder};
    use crate::lint::{Artifact, Facts, Folder, diagnostics};
    use crate::text::Text;

    fn text(content: &str) -> Artifact {
        Artifact::Text(content.to_owned())
    }

    #[test]
    fn the_link_is_the_page_for_the_kind_of_source() {
        let absent = || Artifact::Absent;
        let (category, description, icon, label) = (absent(), absent(), absent(), absent());
        let folder =
            Some(Folder { source: "acme".to_owned(), category, description, icon, label, orphans: Default::default() });
        let facts = Facts { folder, ..Facts::default() };
        let link = |kind: &str| {
            let text = format!(r#"{{ "type": "{kind}", "name": "a", "providerId": "", "sourceSpec": {{}} }}"#);
            let found = diagnostics(&Document::new("acme-connectionSpec.json", 0, Text::new(text)), &facts);
            let own = found.into_iter().find(|found| found.code == super::RULE.code).map(|found| found.link);
            own.unwrap_or_default().rsplit("/sdk/").next().unwrap_or_default().to_owned()
        };
        assert_eq!(link("generic-rest"), "self-serve-api/create");
        assert_eq!(link("generic-streaming"), "streaming-sdk/create");
    }

    #[test]
    fn missing_files_are_listed_and_created() {
        let folder = Folder {
            source: "acme".to_owned(),
            category: text("crm"),
            description: Artifact::Absent,
            icon: Artifact::Absent,
            label: Artifact::Absent,
            orphans: Default::default(),
        };
        check_folder(
            &batch("      \"headerParams\": {}"),
            folder.clone(),
            expect![[r##"
                artifact-missing on {: missing files `acme-description.txt`, `acme-icon.svg` and `acme-label.txt`; the source cannot be submitted without them
                Create the 3 missing files (preferred)
                  acme-description.txt: "b\n"
                  acme-icon.svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\" width=\"48\" height=\"48\">\n  <rect x=\"4\" y=\"4\" width=\"40\" height=\"40\" rx=\"8\" fill=\"#6e6e6e\"/>\n</svg>\n"
                  acme-label.txt: "a\n"
            "##]],
        );
        let one = Folder { description: text("a"), label: Artifact::Unreadable, ..folder };
        check_folder(
            &batch("      \"headerParams\": {}"),
            one,
            expect![[r##"
                artifact-missing on {: missing file `acme-icon.svg`; the source cannot be submitted without it
                Create `acme-icon.svg` (preferred)
                  acme-icon.svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\" width=\"48\" height=\"48\">\n  <rect x=\"4\" y=\"4\" width=\"40\" height=\"40\" rx=\"8\" fill=\"#6e6e6e\"/>\n</svg>\n"
            "##]],
        );
    }

    #[test]
    fn files_with_the_name_of_another_source_are_named() {
        let absent = Folder {
            source: "acme".to_owned(),
            category: Artifact::Absent,
            description: Artifact::Absent,
            icon: Artifact::Absent,
            label: Artifact::Absent,
            orphans: Default::default(),
        };
        let first_line = |folder: &Folder| {
            let facts = Facts { folder: Some(folder.clone()), ..Facts::default() };
            let document = Document::new("acme-connectionSpec.json", 0, Text::new(batch("      \"headerParams\": {}")));
            let found = diagnostics(&document, &facts).into_iter().find(|found| found.code == super::RULE.code);
            found.map(|found| format!("{}: {}\n", found.severity.as_str(), found.message)).unwrap_or_default()
        };
        let with = |orphans: &[&str]| Folder {
            orphans: orphans.iter().map(|name| (*name).to_owned()).collect(),
            ..absent.clone()
        };
        let folders = [
            absent.clone(),
            with(&["acne-icon.svg"]),
            with(&["acne-icon.svg", "acne-label.txt"]),
            // Which of two is meant is not known; a file that is there is not looked for.
            with(&["a-icon.svg", "b-icon.svg"]),
            Folder { label: text("a"), ..with(&["acne-label.txt"]) },
        ];
        expect![[r#"
            info: missing files `acme-category.txt`, `acme-description.txt`, `acme-icon.svg` and `acme-label.txt`; the source cannot be submitted without them
            warning: missing files `acme-category.txt`, `acme-description.txt`, `acme-icon.svg` and `acme-label.txt`; the source cannot be submitted without them. `acne-icon.svg` has the name of no spec in this folder; rename it
            warning: missing files `acme-category.txt`, `acme-description.txt`, `acme-icon.svg` and `acme-label.txt`; the source cannot be submitted without them. These have the name of no spec in this folder; rename them: `acne-icon.svg`, `acne-label.txt`
            info: missing files `acme-category.txt`, `acme-description.txt`, `acme-icon.svg` and `acme-label.txt`; the source cannot be submitted without them
            warning: missing files `acme-category.txt`, `acme-description.txt` and `acme-icon.svg`; the source cannot be submitted without them
        "#]].assert_eq(&folders.iter().map(first_line).collect::<String>());
    }

    #[test]
    fn a_template_placeholder_is_not_copied() {
        let spec =
            batch("      \"headerParams\": {}").replace("\"description\": \"b\"", "\"description\": \"{DESCRIPTION}\"");
        let (category, icon, label) = (text("crm"), text("<svg/>"), text("a"));
        let folder = Folder {
            source: "acme".to_owned(),
            category,
            description: Artifact::Absent,
            icon,
            label,
            orphans: Default::default(),
        };
        check_folder(
            &spec,
            folder,
            expect![[r#"
                artifact-missing on {: missing file `acme-description.txt`; the source cannot be submitted without it
                Create `acme-description.txt` (preferred)
                  acme-description.txt: "to be written\n"
            "#]],
        );
    }
}
