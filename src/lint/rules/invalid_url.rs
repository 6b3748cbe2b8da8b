//! `invalid-url`: a host or path that cannot be requested.

use std::ops::Range;

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::{Request, UiAttributes, UrlParams};
use crate::source::template_placeholders;
use crate::syntax::Node;
use crate::syntax::template::{self, Part};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-url",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a `host` without `https://` or without a host name, or with a space in its name, or with a port above 65535, a `path` that does not begin with `/` (error); `http:`, a space around `host`, a complete URL in `path`, a host of the own machine or network, a `/` at the end of `host` before one in `path`, a query in `host`, a space, `#` or `%24%7B` (an encoded `${`) in `path`, a `documentationLink` without `https://` (warning)",
    why: "Host and path are joined to the URL of the request. Without scheme and host there is nothing to request, and without the `/`, which all examples have, host and path may run together (inferred). `http:` sends credentials as plain text. `${name}` and expressions `@{…}` may replace any part of both.",
    at: "sourceSpec.attributes.urlParams",
    wrong: r#""host": "api.acme.example", "path": "v1/orders", "method": "GET""#,
    right: r#""host": "https://api.acme.example", "path": "/v1/orders", "method": "GET""#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// Replaces each placeholder and expression while the text around it is checked: it may be any text.
const ANY: char = '\u{fffc}';

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(url) = context.request().and_then(Request::url) else { return };
    let host = url.host().filter(is_complete);
    let host = host.and_then(|host| host_diagnostic(context, host).or_else(|| second_slash(context, host, url.path())));
    diagnostics.extend(host);
    let path = url.path().filter(is_complete);
    diagnostics.extend(path.and_then(|path| path_diagnostic(context, url, path).or_else(|| in_path(context, path))));
    let ui = context.request().and_then(Request::ui_attributes);
    let link = ui.and_then(UiAttributes::documentation_link).filter(is_complete);
    diagnostics.extend(link.and_then(|link| link_without_scheme(context, link)));
}

/// A slash at the end of the host where the path begins with one.
fn second_slash(context: &Context<'_>, host: Node<'_>, path: Option<Node<'_>>) -> Option<Diagnostic> {
    let (host_text, path) = (host.string()?, path?.string()?);
    let end = host_text.strip_suffix('/').filter(|_| path.starts_with('/'))?;
    let message = "`/` at the end of `host` and at the start of `path`, which make `//` (inferred); remove this one";
    Some(
        RULE.at(Severity::Warning, host.part(&(end.len()..host_text.len())), message)
            .with_fixes(context, |writer| [Fix::offered("Remove `/`", [writer.rename(host, end)])]),
    )
}

/// What is not sent as part of the path: a fragment, a placeholder that is encoded, a space.
fn in_path(context: &Context<'_>, path: Node<'_>) -> Option<Diagnostic> {
    let text = path.string()?;
    let parts = template::parts(&text, 0);
    let warning = |range: Range<usize>, message: &str| RULE.at(Severity::Warning, path.part(&range), message);
    if let Some(at) = text.to_ascii_lowercase().find("%24%7b") {
        let message = "an encoded `${` is not replaced; write `${` and `}`";
        let decoded = format!("{}${{{}", &text[..at], &text[at + 6..]).replacen("%7D", "}", 1).replacen("%7d", "}", 1);
        let fix = |writer: &Writer<'_>| [Fix::rename(writer, path, &decoded)];
        return Some(warning(at..at + 6, message).with_offered_fixes(context, fix));
    }
    let sign = outside(&text, &parts).find(|(at, char)| *char == '#' && !text[at + 1..].starts_with('{'));
    if let Some((at, _)) = sign {
        let message = "everything from `#` on is not part of a request; remove it, or write `%23` for the character";
        let fix = |writer: &Writer<'_>| [Fix::rename(writer, path, &text[..at])];
        return Some(warning(at..text.len(), message).with_offered_fixes(context, fix));
    }
    // A space may end a placeholder that has no brace.
    if parts.iter().any(|part| !part.closed) {
        return None;
    }
    // Queries of some languages have spaces, which the service may encode.
    let end = outside(&text, &parts).find(|(_, char)| *char == '?').map_or(text.len(), |(at, _)| at);
    let (at, space) = outside(&text, &parts).find(|(at, char)| *at < end && char.is_whitespace())?;
    let is_around = text[..at].trim().is_empty() || text[at..].trim().is_empty();
    let message = if is_around { "space around the path; remove it" } else { "a URL has no spaces; write `%20`" };
    let encoded: String = match is_around {
        true => text.trim().to_owned(),
        false => format!("{}%20{}", &text[..at], &text[at + space.len_utf8()..]),
    };
    let fix = |writer: &Writer<'_>| [Fix::rename(writer, path, &encoded)];
    Some(warning(at..at + space.len_utf8(), message).with_offered_fixes(context, fix))
}

/// A link such as `docs.acme.example/orders`, which a browser takes for a file.
fn link_without_scheme(context: &Context<'_>, link: Node<'_>) -> Option<Diagnostic> {
    let text = link.string()?;
    let name = text.split('/').next().unwrap_or_default();
    let is_host = name.contains('.') && name.chars().all(|char| char.is_alphanumeric() || ".-".contains(char));
    let right = format!("https://{text}");
    is_host.then(|| {
        RULE.at(Severity::Warning, link.range(), "missing scheme; put `https://` before the host name")
            .with_fixes(context, |writer| [Fix::offered("Add `https://`", [writer.rename(link, &right)])])
    })
}

/// Whether a string is neither half typed nor an unfilled template placeholder.
fn is_complete(node: &Node<'_>) -> bool {
    node.is_quoted() && !template_placeholders::occur_in(*node)
}

/// A string with one character in place of each placeholder.
fn outline(text: &str) -> String {
    let (mut outline, mut end) = (String::new(), 0);
    for part in template::parts(text, 0) {
        outline += &text[end..part.range.start];
        outline.push(ANY);
        end = part.range.end;
    }
    outline + &text[end..]
}

/// The characters outside of placeholders, with their offsets.
fn outside<'t>(text: &'t str, parts: &'t [Part]) -> impl Iterator<Item = (usize, char)> + Clone + 't {
    let starts = std::iter::once(0).chain(parts.iter().map(|part| part.range.end));
    let ends = parts.iter().map(|part| part.range.start).chain([text.len()]);
    let chars =
        |(start, end): (usize, usize)| text[start..end].char_indices().map(move |(at, char)| (start + at, char));
    starts.zip(ends).flat_map(chars)
}

fn host_diagnostic(context: &Context<'_>, host: Node<'_>) -> Option<Diagnostic> {
    let text = host.string()?;
    let outline = outline(&text);
    let url = outline.trim();
    // A placeholder at the start may contain the scheme; an empty host may be an input.
    if url.is_empty() || url.starts_with(ANY) {
        return None;
    }
    let lower = url.to_lowercase();
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
        return Some(without_scheme(context, host, &text, &lower));
    };
    if rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) {
        let message = "missing host name after `://`, such as `https://api.example.com`";
        return Some(RULE.at(Severity::Error, host.range(), message));
    }
    let without_tls = || lower.starts_with("http://").then(|| without_tls(context, host, &text));
    second_scheme(context, host, &text)
        .or_else(|| space(context, host, &text))
        .or_else(|| local(host, rest, &text))
        .or_else(|| port(host, rest, &text))
        .or_else(|| query(host, &text))
        .or_else(without_tls)
}

fn without_tls(context: &Context<'_>, host: Node<'_>, text: &str) -> Diagnostic {
    let start = text.len() - text.trim_start().len();
    let message = "`http` sends credentials as plain text that others can read in transit; use `https`";
    let secure = format!("{}https{}", &text[..start], &text[start + 4..]);
    RULE.at(Severity::Warning, host.part(&(start..start + 4)), message)
        .with_fixes(context, |writer| [Fix::offered("Use `https`", [writer.rename(host, &secure)])])
}

/// A host that only this machine or its network has. `rest`: the URL after its scheme.
fn local(host: Node<'_>, rest: &str, text: &str) -> Option<Diagnostic> {
    let name = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = name.rsplit_once('@').map_or(name, |(_, name)| name);
    let name = name.split_once(':').filter(|_| !name.starts_with('[')).map_or(name, |(name, _)| name);
    let is_local = name == "localhost"
        || [".localhost", ".local", ".internal"].iter().any(|end| name.ends_with(end))
        || name == "[::1]"
        || is_private_address(name);
    let start = text.to_ascii_lowercase().find(name)?;
    let message =
        "Platform cannot reach a host of your own machine or network; use the host that the API has on the internet";
    is_local.then(|| RULE.at(Severity::Warning, host.part(&(start..start + name.len())), message))
}

/// A port that no host has. `rest`: the URL after its scheme.
fn port(host: Node<'_>, rest: &str, text: &str) -> Option<Diagnostic> {
    let (_, port) = rest.split(['/', '?', '#']).next()?.rsplit_once(':')?;
    let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let start = text.find(&format!(":{port}"))? + 1;
    (is_number && port.parse::<u16>().is_err()).then(|| {
        RULE.at(Severity::Error, host.part(&(start..start + port.len())), "a port is a number from 0 to 65535")
    })
}

/// A query or fragment in the host, which the path would follow.
fn query(host: Node<'_>, text: &str) -> Option<Diagnostic> {
    let parts = template::parts(text, 0);
    let (at, sign) =
        outside(text, &parts).find(|(at, char)| *char == '?' || *char == '#' && !text[at + 1..].starts_with('{'))?;
    let message = format!("`{sign}` in `host`, which `path` comes after; move the parameters to `queryParams`");
    Some(RULE.at(Severity::Warning, host.part(&(at..text.len())), message))
}

/// Whether a host is an IPv4 address that the internet does not have.
fn is_private_address(host: &str) -> bool {
    let numbers: Vec<u8> = host.split('.').map_while(|number| number.parse().ok()).collect();
    let is_address = host.split('.').count() == 4 && numbers.len() == 4;
    is_address && matches!(numbers[..2], [0 | 10 | 127, _] | [169, 254] | [172, 16..=31] | [192, 168])
}

/// `https://https://…`
fn second_scheme(context: &Context<'_>, host: Node<'_>, text: &str) -> Option<Diagnostic> {
    let start = text.find("://")? + 3;
    let rest = text[start..].to_lowercase();
    let second = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
    let fixed = format!("https://{}", &text[start + second.len()..]);
    Some(
        RULE.at(Severity::Error, host.part(&(0..start)), "duplicate scheme; remove one")
            .with_fixes(context, |writer| [Fix::offered("Remove the second scheme", [writer.rename(host, &fixed)])]),
    )
}

/// A space in the host name, or around the URL.
fn space(context: &Context<'_>, host: Node<'_>, text: &str) -> Option<Diagnostic> {
    let (start, parts) = (text.find("://")? + 3, template::parts(text, 0));
    let outside = outside(text, &parts);
    let inside = text.len() - text.trim_start().len()..text.trim_end().len();
    let end = outside.clone().find(|(at, char)| *at >= start && "/?#".contains(*char));
    let name = start..end.map_or(inside.end, |(at, _)| at);
    let is_wrong = |at: usize, char: char| char.is_whitespace() && (name.contains(&at) || !inside.contains(&at));
    let wrong: Vec<(usize, char)> = outside.filter(|(at, char)| is_wrong(*at, *char)).collect();
    let (at, first) = *wrong.first()?;
    let is_certain = wrong.iter().any(|(at, _)| name.contains(at));
    let (severity, message) = if is_certain {
        (Severity::Error, "a host name has no spaces; remove them")
    } else {
        (Severity::Warning, "space around the URL, which may be sent with it; remove it")
    };
    let fixed =
        text.char_indices().filter(|part| wrong.binary_search(part).is_err()).map(|(_, char)| char).collect::<String>();
    Some(RULE.at(severity, host.part(&(at..at + first.len_utf8())), message).with_fixes(context, |writer| {
        [Fix::offered("Remove the spaces", [writer.rename(host, &fixed)]).safe_if(!is_certain)]
    }))
}

fn without_scheme(context: &Context<'_>, host: Node<'_>, text: &str, lower: &str) -> Diagnostic {
    let text = text.trim();
    // In place of the scheme: `htps://`, `https:/`, `//`.
    let scheme = lower.split_once("//").or_else(|| lower.split_once(":/")).map(|(before, _)| before);
    let is_scheme = |word: &str| word.trim_end_matches(':').chars().all(|char| char.is_ascii_alphabetic());
    let name = match scheme.filter(|scheme| is_scheme(scheme)) {
        Some(scheme) => text[scheme.len()..].trim_start_matches([':', '/']),
        None => text,
    };
    let message = match scheme {
        Some(_) => "the scheme isn't `https://`; put `https://` before the host name",
        None => "missing scheme; put `https://` before the host name",
    };
    RULE.at(Severity::Error, host.range(), message).with_fixes(context, |writer| {
        (!name.is_empty()).then(|| {
            let title = if name == text { "Add `https://`" } else { "Replace the scheme with `https://`" };
            Fix::offered(title, [writer.rename(host, &format!("https://{name}"))])
        })
    })
}

fn path_diagnostic(context: &Context<'_>, url: UrlParams<'_>, path: Node<'_>) -> Option<Diagnostic> {
    let text = path.string()?;
    let outline = outline(&text);
    // An empty path requests the host alone.
    if outline.trim().is_empty() || outline.trim_start().starts_with(['/', ANY]) {
        return None;
    }
    let lower = outline.to_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        let message = "`path` is a complete URL; move its scheme and host to `host`";
        return Some(
            RULE.at(Severity::Warning, path.range(), message)
                .with_fixes(context, |writer| split(writer, url, path, &text)),
        );
    }
    let message = "`path` must begin with `/`, as in all examples; without it, host and path may run together";
    let fixed = format!("/{}", text.trim_start());
    Some(
        RULE.at(Severity::Error, path.range(), message)
            .with_fixes(context, |writer| [Fix::safe("Add `/`", [writer.rename(path, &fixed)])]),
    )
}

/// Moves scheme and host to `host`, if there is none yet.
fn split(writer: &Writer<'_>, url: UrlParams<'_>, path: Node<'_>, text: &str) -> Option<Fix> {
    let scheme = text.find("://")? + 3;
    let parts = template::parts(text, 0);
    let slash = outside(text, &parts).find(|(at, char)| *at >= scheme && *char == '/');
    let host = slash.map_or(text.len(), |(at, _)| at);
    let rest = if host == text.len() { "/" } else { &text[host..] };
    if url.host().is_some() || host == scheme {
        return None;
    }
    let node = url.node();
    let insert = writer.insert_key(node, UrlParams::HOST, &Value::from(&text[..host]));
    Some(Fix::offered("Move scheme and host to `host`", [insert, writer.rename(path, rest)]))
}

#[cfg(test)]
mod tests;
