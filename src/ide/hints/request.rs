//! The first request of a run, with sample values, at `urlParams`.

use std::fmt::Write;

use super::{Hint, HintKind, short};
use crate::document::Document;
use crate::source::date_format;
use crate::source::samples::{Samples, masked, masked_inside, without_login};
use crate::syntax::{Kind, Node};

/// How many characters are shown on the line; the whole request is in the tooltip.
const MOST: usize = 140;

/// How many of the parameters that the author wrote are shown.
const MOST_PARAMETERS: usize = 30;

/// The hint, where there is a path to ask for.
pub(super) fn hint(document: &Document) -> Option<Hint> {
    let attributes = document.tree().root().at(&["sourceSpec", "attributes"])?;
    let url = attributes.get("urlParams").filter(|url| url.kind() == Kind::Object)?;
    let path = url.get("path").filter(|path| path.kind() == Kind::String && !path.inner().is_empty())?;
    let method = url.get("method").and_then(Node::string).filter(|method| !method.is_empty());
    let method = method.as_deref().unwrap_or("GET");
    let is_get = method.eq_ignore_ascii_case("GET");

    let mut samples = Samples::of(attributes);
    let mut address = host(url, &mut samples);
    address.push_str(&masked_inside(&samples.text(path)));
    let mut query = Query::default();
    for params in [url.get("queryParams"), attributes.get("queryParams")].into_iter().flatten() {
        query.written(params, &mut samples);
    }
    if is_get {
        query.paging(attributes.get("paginationParams"), &mut samples);
        query.schedule(attributes.get("scheduleParams"), &mut samples);
    }
    query.append_to(&mut address);
    let mark = if samples.used { "e.g. " } else { "" };
    let request = on_one_line(&format!("{method} {address}"));
    Some(Hint {
        offset: place(url),
        label: format!("{mark}{}", short(&request, MOST)),
        tooltip: tooltip(&request, is_get, attributes),
        kind: HintKind::Request,
    })
}

/// A text with its line breaks and other control characters written as JSON writes them.
fn on_one_line(text: &str) -> String {
    let one = |char: char| if char.is_control() { char.escape_default().to_string() } else { char.to_string() };
    text.chars().map(one).collect()
}

/// After the bracket that ends the line, or after the whole value when it is on one line.
fn place(url: Node<'_>) -> usize {
    let inside = url.inside();
    let rest = url.tree().source()[inside.clone()].trim_start_matches([' ', '\t']);
    if rest.starts_with(['\n', '\r']) { inside.start } else { url.range().end }
}

/// The host; one that only the user knows where the spec asks for it when signing in.
fn host<'t>(url: Node<'t>, samples: &mut Samples<'t>) -> String {
    let written = ["host", "hostname", "hostName"].into_iter().find_map(|key| url.get(key));
    match written.filter(|host| host.kind() == Kind::String && !host.inner().is_empty()) {
        Some(host) => without_login(samples.text(host).trim_end_matches('/')),
        None if samples.has_input("host") => samples.input("host"),
        None => "…".to_owned(),
    }
}

/// The parameters of a query, in the order in which they are known.
#[derive(Default)]
struct Query {
    pairs: Vec<String>,
}

impl Query {
    fn add(&mut self, name: &str, value: String) {
        self.pairs.push(format!("{name}={}", masked(name, value)));
    }

    /// What the author wrote: an object, or a text in the deprecated form.
    fn written<'t>(&mut self, params: Node<'t>, samples: &mut Samples<'t>) {
        if params.kind() == Kind::String && !params.inner().is_empty() {
            self.pairs.push(masked_inside(&samples.text(params)));
        }
        for (index, member) in params.members().enumerate() {
            if index == MOST_PARAMETERS {
                return self.pairs.push("…".to_owned());
            }
            if let (Some(name), Some(value)) = (member.key.string(), samples.plain(member.value)) {
                self.add(&name, value);
            }
        }
    }

    /// What the first page is asked for with.
    fn paging<'t>(&mut self, params: Option<Node<'t>>, samples: &mut Samples<'t>) {
        let Some(params) = params else { return };
        let kind = params.get("type").and_then(Node::string).unwrap_or_default();
        let name = |key: &str| params.get(key).and_then(Node::string).filter(|name| !name.trim().is_empty());
        let limit = name("limitName").filter(|_| ["OFFSET", "PAGE", "POINTER"].contains(&&*kind));
        if let (Some(limit), Some(value)) = (limit, params.get("limitValue")) {
            let value = samples.plain(value).unwrap_or_default();
            self.add(&limit, value);
        }
        if let Some(offset) = name("offSetName").filter(|_| kind == "OFFSET") {
            self.add(&offset, "0".to_owned());
        }
        if let Some(page) = name("pageParamName").filter(|_| kind == "PAGE") {
            let first = params.get("initialPageIndex").and_then(|first| samples.plain(first));
            self.add(&page, first.unwrap_or_else(|| "0".to_owned()));
        }
    }

    /// The ends of the run's span of time.
    fn schedule<'t>(&mut self, params: Option<Node<'t>>, samples: &mut Samples<'t>) {
        let Some(params) = params else { return };
        let text = |key: &str| params.get(key).and_then(Node::string).filter(|text| !text.trim().is_empty());
        for end in ["Start", "End"] {
            let (name, format) = (format!("schedule{end}ParamName"), format!("schedule{end}ParamFormat"));
            if let (Some(name), Some(format)) = (text(&name), text(&format)) {
                samples.used = true;
                self.add(&name, date_format::apply(&format));
            }
        }
    }

    fn append_to(&self, address: &mut String) {
        for (index, pair) in self.pairs.iter().enumerate() {
            let mark = if index == 0 && !address.contains('?') { '?' } else { '&' };
            // Writing to a string cannot fail.
            let _ = write!(address, "{mark}{pair}");
        }
    }
}

fn tooltip(request: &str, is_get: bool, attributes: Node<'_>) -> String {
    let longest = request.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let mut words = format!("The first request of a run, with sample values:\n\n{fence}http\n{request}\n{fence}\n\n");
    words += "`‹name›` is what the user enters for an input, `•••` a secret. Shown without the encoding of an address, and without headers. ";
    if attributes.get("bodyParams").is_some() && !is_get {
        words += "The body comes along. ";
    }
    words += match is_get {
        true => {
            "Inferred: that the parameters of paging and schedule go into the query of a GET request, as in Adobe's examples."
        }
        false => {
            "Where the parameters of paging and schedule go in such a request is not documented, so they are left out."
        }
    };
    words
}
