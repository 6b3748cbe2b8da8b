//! `invalid-url`: a host or path that cannot be called.

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::syntax::{Kind, Node, template};

use super::{Context, Rule, is_template_text, pages};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-url",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a `host` without `https://` or without a name, or with a blank in its name, a `path` that does not begin with `/` (error); `http:`, a blank around `host`, a whole address in `path` (warning)",
    why: "Host and path are put together to the address that is asked. Without scheme and host there is nothing to ask, and without the `/`, which all examples have, host and path may run together (inferred). `http:` sends what signs in as plain text. `${name}` and expressions `@{…}` may stand for any part of both.",
    at: "sourceSpec.attributes.urlParams",
    wrong: r#""host": "api.acme.example", "path": "v1/orders", "method": "GET""#,
    right: r#""host": "https://api.acme.example", "path": "/v1/orders", "method": "GET""#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// What stands for a placeholder or expression while the text around it is looked at: it may be any text.
const ANY: char = '\u{fffc}';

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(address) = context.request().and_then(|request| request.url_params()) else { return };
    if let Some(host) = address.get("host").filter(|host| is_whole(*host)) {
        found.extend(host_diagnostic(context, host));
    }
    if let Some(path) = address.get("path").filter(|path| is_whole(*path)) {
        found.extend(path_diagnostic(context, address, path));
    }
}

/// Whether a text is neither half typed nor a blank of the template.
fn is_whole(node: Node<'_>) -> bool {
    node.kind() == Kind::String && node.has_opening_quote() && node.has_closing_quote() && !is_template_text(node)
}

/// What a string says, with one character in place of each placeholder.
fn outline(text: &str) -> String {
    let (mut outline, mut end) = (String::new(), 0);
    for part in template::parts(text, 0) {
        outline += &text[end..part.range.start];
        outline.push(ANY);
        end = part.range.end;
    }
    outline + &text[end..]
}

fn host_diagnostic(context: &Context<'_>, host: Node<'_>) -> Option<Diagnostic> {
    let text = host.string()?;
    let address = outline(&text);
    let address = address.trim();
    // A placeholder at the start may bring the scheme along; with nothing at all users may be asked for the host.
    if address.is_empty() || address.starts_with(ANY) {
        return None;
    }
    let lower = address.to_lowercase();
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
        return Some(without_scheme(context, host, &text, &lower));
    };
    if rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) {
        let message = "The name of the host is missing behind `://`. Write it, such as `https://api.example.com`.";
        return Some(RULE.at(Severity::Error, host.range(), message));
    }
    if let Some(diagnostic) = second_scheme(context, host, &text).or_else(|| blank(context, host, &text)) {
        return Some(diagnostic);
    }
    if !lower.starts_with("http://") {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let message = "`http` sends what signs users in as plain text that others can read on the way. Write `https`.";
    let mut diagnostic = RULE.at(Severity::Warning, host.part(&(start..start + 4)), message);
    let secure = format!("{}https{}", &text[..start], &text[start + 4..]);
    context.fix(&mut diagnostic, |writer| [Fix::offered("Write `https`", [writer.rename(host, &secure)])]);
    Some(diagnostic)
}

/// `https://https://…`
fn second_scheme(context: &Context<'_>, host: Node<'_>, text: &str) -> Option<Diagnostic> {
    let start = text.find("://")? + 3;
    let rest = text[start..].to_lowercase();
    let second = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
    let message = "The scheme stands here twice, so this address cannot be called. Remove one.";
    let mut diagnostic = RULE.at(Severity::Error, host.part(&(0..start)), message);
    let right = format!("https://{}", &text[start + second.len()..]);
    context.fix(&mut diagnostic, |writer| [Fix::offered("Remove the second scheme", [writer.rename(host, &right)])]);
    Some(diagnostic)
}

/// A blank in the name of the host, or around the address.
fn blank(context: &Context<'_>, host: Node<'_>, text: &str) -> Option<Diagnostic> {
    let (start, parts) = (text.find("://")? + 3, template::parts(text, 0));
    let outside = text.char_indices().filter(|(at, _)| !parts.iter().any(|part| part.range.contains(at)));
    let inside = text.len() - text.trim_start().len()..text.trim_end().len();
    let end = outside.clone().find(|(at, char)| *at >= start && "/?#".contains(*char));
    let name = start..end.map_or(inside.end, |(at, _)| at);
    let is_wrong = |at: usize, char: char| char.is_whitespace() && (name.contains(&at) || !inside.contains(&at));
    let wrong: Vec<(usize, char)> = outside.filter(|(at, char)| is_wrong(*at, *char)).collect();
    let (at, first) = *wrong.first()?;
    let is_certain = wrong.iter().any(|(at, _)| name.contains(at));
    let (severity, message) = if is_certain {
        (Severity::Error, "The name of a host has no blanks, so this address cannot be called. Remove the blank.")
    } else {
        (Severity::Warning, "A blank stands before or behind this address and may be sent with it. Remove it.")
    };
    let mut diagnostic = RULE.at(severity, host.part(&(at..at + first.len_utf8())), message);
    let right = text.char_indices().filter(|part| !wrong.contains(part)).map(|(_, char)| char).collect::<String>();
    let (title, fix) = ("Remove the blanks", if is_certain { Fix::offered } else { Fix::safe });
    context.fix(&mut diagnostic, |writer| [fix(title, [writer.rename(host, &right)])]);
    Some(diagnostic)
}

fn without_scheme(context: &Context<'_>, host: Node<'_>, text: &str, lower: &str) -> Diagnostic {
    let text = text.trim();
    // What stands in place of the scheme: `htps://`, `https:/`, `//`.
    let scheme = lower.split_once("//").or_else(|| lower.split_once(":/")).map(|(before, _)| before);
    let is_scheme = |word: &str| word.trim_end_matches(':').chars().all(|char| char.is_ascii_alphabetic());
    let name = match scheme.filter(|scheme| is_scheme(scheme)) {
        Some(scheme) => text[scheme.len()..].trim_start_matches([':', '/']),
        None => text,
    };
    let message = match scheme {
        Some(_) => "The scheme of this address is not `https://`. Write `https://` before the name of the host.",
        None => {
            "The scheme is missing, so this address cannot be called. Write `https://` before the name of the host."
        }
    };
    let mut diagnostic = RULE.at(Severity::Error, host.range(), message);
    context.fix(&mut diagnostic, |writer| {
        (!name.is_empty()).then(|| {
            let title = if name == text { "Add `https://`" } else { "Replace the scheme by `https://`" };
            Fix::offered(title, [writer.rename(host, &format!("https://{name}"))])
        })
    });
    diagnostic
}

fn path_diagnostic(context: &Context<'_>, address: Node<'_>, path: Node<'_>) -> Option<Diagnostic> {
    let text = path.string()?;
    let outline = outline(&text);
    // The host alone may be what is to be called.
    if outline.trim().is_empty() || outline.trim_start().starts_with(['/', ANY]) {
        return None;
    }
    let lower = outline.to_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        let message = "This is a whole address, where the path alone belongs. Put scheme and host into `host`.";
        let mut diagnostic = RULE.at(Severity::Warning, path.range(), message);
        context.fix(&mut diagnostic, |writer| split(context, writer, address, path, &text));
        return Some(diagnostic);
    }
    let message = "A path begins with `/`, as in all examples: without it, host and path may run together. Add it.";
    let mut diagnostic = RULE.at(Severity::Error, path.range(), message);
    context.fix(&mut diagnostic, |writer| {
        [Fix::safe("Add `/`", [writer.rename(path, &format!("/{}", text.trim_start()))])]
    });
    Some(diagnostic)
}

/// Scheme and host go to `host`, where there is none yet.
fn split(context: &Context<'_>, writer: &Writer<'_>, address: Node<'_>, path: Node<'_>, text: &str) -> Option<Fix> {
    let scheme = text.find("://")? + 3;
    let parts = template::parts(text, 0);
    let is_outside = |at: &usize| !parts.iter().any(|part| part.range.contains(at));
    let slashes = text.match_indices('/').map(|(at, _)| at);
    let host = slashes.filter(|at| *at >= scheme).find(is_outside).unwrap_or(text.len());
    let rest = if host == text.len() { "/" } else { &text[host..] };
    if address.get("host").is_some() || host == scheme {
        return None;
    }
    let insert = writer.insert_key(address, &context.entry(address), "host", &Value::from(&text[..host]));
    Some(Fix::offered("Move scheme and host to `host`", [insert, writer.rename(path, rest)]))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check_fixes_of, check_of};

    const CODE: &str = "invalid-url";

    /// Batch sources with these hosts or paths, a line each.
    fn sources(key: &str, values: &[&str]) -> Vec<String> {
        let source = |value: &&str| {
            format!(
                "{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {{ \"urlParams\": {{\n\"{key}\": \"{value}\"\n}} }} }} }}"
            )
        };
        values.iter().map(source).collect()
    }

    #[test]
    fn hosts_that_cannot_be_called() {
        let texts = sources(
            "host",
            &[
                "api.acme.example",
                "ftp://a.b",
                "https:/a.b",
                "//a.b",
                "https://",
                "https:///v1",
                "http://a.b",
                "a.b/${c}",
                "${a}",
            ],
        );
        let expected = [
            expect![[r#"
                "host": "api.acme.example"
                        ^^^^^^^^^^^^^^^^^^ error[invalid-url]: The scheme is missing, so this address cannot be called. Write `https://` before the name of the host.
            "#]],
            expect![[r#"
                "host": "ftp://a.b"
                        ^^^^^^^^^^^ error[invalid-url]: The scheme of this address is not `https://`. Write `https://` before the name of the host.
            "#]],
            expect![[r#"
                "host": "https:/a.b"
                        ^^^^^^^^^^^^ error[invalid-url]: The scheme of this address is not `https://`. Write `https://` before the name of the host.
            "#]],
            expect![[r#"
                "host": "//a.b"
                        ^^^^^^^ error[invalid-url]: The scheme of this address is not `https://`. Write `https://` before the name of the host.
            "#]],
            expect![[r#"
                "host": "https://"
                        ^^^^^^^^^^ error[invalid-url]: The name of the host is missing behind `://`. Write it, such as `https://api.example.com`.
            "#]],
            expect![[r#"
                "host": "https:///v1"
                        ^^^^^^^^^^^^^ error[invalid-url]: The name of the host is missing behind `://`. Write it, such as `https://api.example.com`.
            "#]],
            expect![[r#"
                "host": "http://a.b"
                         ^^^^ warning[invalid-url]: `http` sends what signs users in as plain text that others can read on the way. Write `https`.
            "#]],
            expect![[r#"
                "host": "a.b/${c}"
                        ^^^^^^^^^^ error[invalid-url]: The scheme is missing, so this address cannot be called. Write `https://` before the name of the host.
            "#]],
            expect![[""]],
        ];
        for (text, expected) in texts.iter().zip(expected) {
            check_of(CODE, text, expected);
        }
    }

    #[test]
    fn blanks_and_a_second_scheme() {
        let hosts = ["https://a .b", "https://${ c }.b /d e", " https://a.b ", "https://http://a.b"];
        for (text, (said, mended)) in sources("host", &hosts).iter().zip([
            (expect![[r#"
                "host": "https://a .b"
                                  ^ error[invalid-url]: The name of a host has no blanks, so this address cannot be called. Remove the blank.
            "#]], expect![[r#"
                invalid-url: Remove the blanks (preferred)
                - "host": "https://a .b"
                + "host": "https://a.b"
            "#]]),
            (expect![[r#"
                "host": "https://${ c }.b /d e"
                                         ^ error[invalid-url]: The name of a host has no blanks, so this address cannot be called. Remove the blank.
            "#]], expect![[r#"
                invalid-url: Remove the blanks (preferred)
                - "host": "https://${ c }.b /d e"
                + "host": "https://${ c }.b/d e"
            "#]]),
            (expect![[r#"
                "host": " https://a.b "
                         ^ warning[invalid-url]: A blank stands before or behind this address and may be sent with it. Remove it.
            "#]], expect![[r#"
                invalid-url: Remove the blanks (preferred)
                - "host": " https://a.b "
                + "host": "https://a.b"
            "#]]),
            (expect![[r#"
                "host": "https://http://a.b"
                         ^^^^^^^^ error[invalid-url]: The scheme stands here twice, so this address cannot be called. Remove one.
            "#]], expect![[r#"
                invalid-url: Remove the second scheme (preferred)
                - "host": "https://http://a.b"
                + "host": "https://a.b"
            "#]]),
        ]) {
            check_of(CODE, text, said);
            check_fixes_of(CODE, text, mended);
        }
    }

    #[test]
    fn hosts_that_can() {
        for value in [
            "",
            "https://a.b",
            "HTTPS://a.b/v1",
            "https://${domain}.a.b",
            "${host}",
            "@{concat('https://', 'a')}",
            "{domain}",
            "https:\\/\\/a.b",
            "{YOUR_HOST}",
            "https://{{d}}",
        ] {
            check_of(CODE, &sources("host", &[value])[0], expect![[""]]);
        }
    }

    #[test]
    fn paths() {
        for value in
            ["/", "/v1/a", "", "${path}", "@{concat('a', 'b')}", "/a@{if(empty(''),'?b','')}", "{PATH}", "{path}"]
        {
            check_of(CODE, &sources("path", &[value])[0], expect![[""]]);
        }
        let expected = [
            expect![[r#"
            "path": "v1/a"
                    ^^^^^^ error[invalid-url]: A path begins with `/`, as in all examples: without it, host and path may run together. Add it.
        "#]],
            expect![[r#"
            "path": "?a=b"
                    ^^^^^^ error[invalid-url]: A path begins with `/`, as in all examples: without it, host and path may run together. Add it.
        "#]],
            expect![[r#"
            "path": "https://a.b/c"
                    ^^^^^^^^^^^^^^^ warning[invalid-url]: This is a whole address, where the path alone belongs. Put scheme and host into `host`.
        "#]],
        ];
        for (text, expected) in sources("path", &["v1/a", "?a=b", "https://a.b/c"]).iter().zip(expected) {
            check_of(CODE, text, expected);
        }
    }

    #[test]
    fn what_is_missing_is_added() {
        let expected = [
            expect![[r#"
            invalid-url: Add `https://` (preferred)
            - "host": "api.${a}.b"
            + "host": "https://api.${a}.b"
        "#]],
            expect![[r#"
            invalid-url: Replace the scheme by `https://` (preferred)
            - "host": "htps://a.b"
            + "host": "https://a.b"
        "#]],
            expect![[r#"
            invalid-url: Replace the scheme by `https://` (preferred)
            - "host": "https:/a.b"
            + "host": "https://a.b"
        "#]],
            expect![[r#"
            invalid-url: Write `https` (preferred)
            - "host": "http://a.b"
            + "host": "https://a.b"
        "#]],
            expect![[""]],
        ];
        let hosts = ["api.${a}.b", "htps://a.b", "https:/a.b", "http://a.b", "https://"];
        for (text, expected) in sources("host", &hosts).iter().zip(expected) {
            check_fixes_of(CODE, text, expected);
        }
        let expected = [
            expect![[r#"
            invalid-url: Add `/` (preferred)
            - "path": "v1/${a}"
            + "path": "/v1/${a}"
        "#]],
            expect![[r#"
            invalid-url: Move scheme and host to `host` (preferred)
            - "path": "https://${a}.b/c/d?e"
            + "host": "https://${a}.b",
            + "path": "/c/d?e"
        "#]],
            expect![[r#"
            invalid-url: Move scheme and host to `host` (preferred)
            - "path": "https://a.b"
            + "host": "https://a.b",
            + "path": "/"
        "#]],
        ];
        for (text, expected) in
            sources("path", &["v1/${a}", "https://${a}.b/c/d?e", "https://a.b"]).iter().zip(expected)
        {
            check_fixes_of(CODE, text, expected);
        }
    }
}
