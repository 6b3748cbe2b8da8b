//! `artifact-mismatch`: a file beside the spec says something else than the spec, or nothing.

use crate::lint::Diagnostic;
use crate::lint::Neighbour;
use crate::lint::Severity;
use crate::syntax::{Kind, Node};

use super::unknown_category::normalized;
use super::{Context, FOLDER, Rule, head, is_template_text, pages, unfilled_template};

pub(crate) const RULE: Rule = Rule {
    code: "artifact-mismatch",
    severities: &[Severity::Warning],
    finds: "a file beside the spec that does not fit it: `{source}-category.txt` names another category, the icon is no SVG, a file is empty or holds a blank of the template",
    why: "The files beside the spec are what the catalog shows of the source. Where they and the spec do not agree, whoever reviews the submission has to ask (inferred: the pages do not say which of them counts). The category is compared without blanks, hyphens and capitals, because the pages write `marketing automation` where the spec has `marketingAutomation`.",
    at: FOLDER,
    wrong: r#"acme-category.txt          payments
acme-connectionSpec.json   ... "category": { "key": "crm" } ..."#,
    right: r#"acme-category.txt          crm
acme-connectionSpec.json   ... "category": { "key": "crm" } ..."#,
    link: pages::SUBMIT,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(folder) = &context.facts.folder else { return };
    let root = head(context.tree.root());
    for (name, file) in folder.files() {
        let Neighbour::Text(text) = file else { continue };
        if text.trim().is_empty() {
            let message = format!("`{name}` is empty. Write what the catalog is to show.");
            found.push(RULE.at(Severity::Warning, root.clone(), message));
        } else if is_blank(text) {
            let message = format!("`{name}` holds a blank of the template. Write what the catalog is to show.");
            found.push(RULE.at(Severity::Warning, root.clone(), message));
        } else if name.ends_with(".svg") && !is_svg(text) {
            let message =
                format!("`{name}` is no SVG. Save the icon as SVG; another format does not become one by its name.");
            found.push(RULE.at(Severity::Warning, root.clone(), message));
        }
    }
    let Neighbour::Text(category) = &folder.category else { return };
    let uses = ["sourceSpec", "attributes", "uiAttributes", "category", "key"];
    let Some(value) = context.tree.root().at(&uses).filter(|value| value.kind() == Kind::String) else { return };
    let said = value.string().map(|key| normalized(&key)).unwrap_or_default();
    if !said.is_empty()
        && !normalized(category).is_empty()
        && !is_template_text(value)
        && !is_blank(category)
        && said != normalized(category)
    {
        found.push(RULE.at(Severity::Warning, value.range(), message(&folder.source, value, category)));
    }
}

/// Whether a file holds nothing but text that was to be replaced: `{DESCRIPTION}`.
pub(crate) fn is_blank(text: &str) -> bool {
    let inner = text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inner.is_some_and(unfilled_template::is_template_name)
}

fn message(source: &str, value: Node<'_>, category: &str) -> String {
    let key = value.string().unwrap_or_default();
    match category.trim() {
        line if line.len() <= 40 && !line.contains('\n') => {
            format!("The spec has the category `{key}`, `{source}-category.txt` has `{line}`. Let both say the same.")
        }
        _ => format!("The spec has the category `{key}`, `{source}-category.txt` another. Let both say the same."),
    }
}

/// Whether the first element of a text is an SVG image; comments, declarations and white space may stand before it.
fn is_svg(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            comment if comment.starts_with("<!--") => "-->",
            instruction if instruction.starts_with("<?") => "?>",
            declaration if declaration.starts_with("<!") => ">",
            element => {
                let name = element.strip_prefix('<').unwrap_or_default();
                let name = name.split(|char: char| char.is_whitespace() || char == '>' || char == '/').next();
                return name.is_some_and(|name| name == "svg" || name.ends_with(":svg"));
            }
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::is_svg;
    use crate::lint::Folder;
    use crate::lint::Neighbour;
    use crate::lint::rules::tests::{batch, check_folder};

    fn folder(category: &str, icon: &str, label: &str) -> Folder {
        let text = |content: &str| Neighbour::Text(content.to_owned());
        Folder {
            source: "acme".to_owned(),
            category: text(category),
            description: text("Orders"),
            icon: text(icon),
            label: text(label),
        }
    }

    #[test]
    fn what_does_not_fit_is_said_once_each() {
        let text = batch("      \"headerParams\": {}");
        check_folder(
            &text,
            folder("Marketing automation\n", "GIF89a", " \n"),
            expect![[r#"
            artifact-mismatch on {: `acme-icon.svg` is no SVG. Save the icon as SVG; another format does not become one by its name.
            artifact-mismatch on {: `acme-label.txt` is empty. Write what the catalog is to show.
            artifact-mismatch on "crm": The spec has the category `crm`, `acme-category.txt` has `Marketing automation`. Let both say the same.
        "#]],
        );
        check_folder(&text, folder(" CRM\r\n", "<?xml version=\"1.0\"?>\n<svg/>", "Acme"), expect![[""]]);
        let unfinished = text.replace("\"key\": \"crm\"", "\"key\": \"{CATEGORY}\"");
        assert!(unfinished != text);
        check_folder(&unfinished, folder("crm", "<svg/>", "Acme"), expect![[""]]);
        check_folder(
            &text,
            folder("{CATEGORY}\n", "<svg/>", "{MY_LABEL} {"),
            expect![[r#"
            artifact-mismatch on {: `acme-category.txt` holds a blank of the template. Write what the catalog is to show.
        "#]],
        );
    }

    #[test]
    fn an_svg_is_known_by_its_first_element() {
        for text in [
            "<svg>",
            "\u{feff}<?xml version='1.0'?><!-- <b> -->\n<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'>\n<svg xmlns='x'/>",
            "<s:svg xmlns:s='x'/>",
        ] {
            assert!(is_svg(text), "{text}");
        }
        for text in ["", "<html><svg/></html>", "svg", "<!-- <svg>", "<svgs/>", "\u{89}PNG"] {
            assert!(!is_svg(text), "{text}");
        }
    }
}
