//! `artifact-mismatch`: a file beside the spec contradicts the spec, is empty or isn't filled in.

use crate::lint::{Artifact, Diagnostic, Severity};
use crate::source::model::{Request, UiText};
use crate::source::template_placeholders;
use crate::spec::spelling::normalized;
use crate::syntax::{Kind, Node};

use super::{Context, FOLDER, Rule, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "artifact-mismatch",
    severities: &[Severity::Warning],
    finds: "a file beside the spec that does not fit it: `{source}-category.txt` names another category, the icon isn't an SVG, or a file is empty or still holds a template placeholder",
    why: "The catalog shows the source with the files beside the spec. Where the spec and the files contradict each other, the reviewer of the submission has to ask (inferred: the pages do not say which of them wins). The category is compared without spaces, hyphens and case, because the pages write `marketing automation` where the spec has `marketingAutomation`.",
    at: FOLDER,
    wrong: r#"acme-category.txt          payments
acme-connectionSpec.json   ... "category": { "key": "crm" } ..."#,
    right: r#"acme-category.txt          crm
acme-connectionSpec.json   ... "category": { "key": "crm" } ..."#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(folder) = &context.facts.folder else { return };
    for (name, file) in folder.files() {
        let Artifact::Text(text) = file else { continue };
        let message = if text.trim().is_empty() {
            format!("`{name}` is empty; write what the catalog shows")
        } else if is_placeholder(text) {
            format!("`{name}` is an unfilled template placeholder; write what the catalog shows")
        } else if name.ends_with(".svg") && !is_svg(text) {
            format!("`{name}` isn't an SVG image; export the icon as SVG, renaming another format is not enough")
        } else {
            continue;
        };
        diagnostics.push(RULE.at(Severity::Warning, head(context.tree.root()), message));
    }
    let (Artifact::Text(file), Some(key)) = (&folder.category, category_key(context)) else { return };
    let (in_spec, in_file) = (normalized(&key.string().unwrap_or_default()), normalized(file));
    let is_compared =
        !in_spec.is_empty() && !in_file.is_empty() && !template_placeholders::occur_in(key) && !is_placeholder(file);
    if is_compared && in_spec != in_file {
        diagnostics.push(RULE.at(Severity::Warning, key.range(), message(&folder.source, key, file)));
    }
}

fn category_key<'d>(context: &Context<'d>) -> Option<Node<'d>> {
    let ui = context.source().request().and_then(Request::ui_attributes)?;
    ui.category().and_then(|category| UiText::new(category).key()).filter(|key| key.kind() == Kind::String)
}

/// Whether a file holds nothing but a template placeholder: `{DESCRIPTION}`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let inner = text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inner.is_some_and(template_placeholders::is_name)
}

fn message(source: &str, key: Node<'_>, file: &str) -> String {
    let key = key.string().unwrap_or_default();
    let other = match file.trim() {
        line if line.len() <= 40 && !line.contains('\n') => format!("has `{line}`"),
        _ => "has another".to_owned(),
    };
    format!("the spec has category `{key}`, `{source}-category.txt` {other}; use the same one in both")
}

/// Whether the first element of a text is an SVG image; comments, declarations and white space may precede it.
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
    use crate::lint::rules::tests::{batch, check_folder};
    use crate::lint::{Artifact, Folder};

    fn folder(category: &str, icon: &str, label: &str) -> Folder {
        let text = |content: &str| Artifact::Text(content.to_owned());
        Folder {
            source: "acme".to_owned(),
            category: text(category),
            description: text("Orders"),
            icon: text(icon),
            label: text(label),
            orphans: Default::default(),
        }
    }

    #[test]
    fn each_file_that_does_not_fit_is_reported_once() {
        let text = batch("      \"headerParams\": {}");
        check_folder(
            &text,
            folder("Marketing automation\n", "GIF89a", " \n"),
            expect![[r#"
                artifact-mismatch on {: `acme-icon.svg` isn't an SVG image; export the icon as SVG, renaming another format is not enough
                artifact-mismatch on {: `acme-label.txt` is empty; write what the catalog shows
                artifact-mismatch on "crm": the spec has category `crm`, `acme-category.txt` has `Marketing automation`; use the same one in both
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
                artifact-mismatch on {: `acme-category.txt` is an unfilled template placeholder; write what the catalog shows
            "#]],
        );
    }

    #[test]
    fn an_svg_is_recognized_by_its_first_element() {
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
