//! The request that a source sends, with sample values for what is only known when it is sent. Secrets are masked.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

use super::date_format;
use super::inputs::{Input, Inputs, Origin};
use super::model::{Pagination, PaginationType, Request, Schedule, Schema, Source, UrlParams};
use super::secrets::{self, MASK};
use crate::syntax::template::{self, PartKind};
use crate::syntax::{Kind, Node};

/// How many of the parameters that the author wrote are rendered.
const MAX_PARAMETERS: usize = 30;

/// The first request of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SampleRequest {
    pub(crate) method: String,
    /// The URL, not encoded: an input without an example is `‹name›`, a secret `•••`, an unknown host `…`.
    pub(crate) url: String,
    /// Whether any value is a sample.
    pub(crate) has_samples: bool,
    /// What else is sent, and what is not known of it: sentences.
    pub(crate) notes: Vec<&'static str>,
}

impl SampleRequest {
    /// The first request of a source, if it has a path.
    pub(crate) fn of(source: Source<'_>) -> Option<Self> {
        let request = source.request()?;
        let url_params = request.url()?;
        let path = url_params.path().filter(|path| path.kind() == Kind::String && !path.inner().is_empty())?;
        let method = url_params.method().and_then(Node::string).filter(|method| !method.is_empty());
        let method = method.map_or_else(|| "GET".to_owned(), Cow::into_owned);
        let is_get = method.eq_ignore_ascii_case("GET");

        let mut samples = Samples::of(request);
        let mut url = host(url_params, &mut samples);
        url.push_str(&secrets::masked_pairs(&samples.string(path)));
        let mut query = Query::default();
        for params in [url_params.query_params(), request.query_params()].into_iter().flatten() {
            query.add_params(params, &mut samples);
        }
        if is_get {
            request.pagination().into_iter().for_each(|pagination| query.add_pagination(pagination, &mut samples));
            request.schedule().into_iter().for_each(|schedule| query.add_schedule(schedule, &mut samples));
        }
        query.append_to(&mut url);
        let has_body = request.body_params().is_some() && !is_get;
        Some(SampleRequest { method, url, has_samples: samples.used, notes: notes(is_get, has_body) })
    }
}

fn notes(is_get: bool, has_body: bool) -> Vec<&'static str> {
    let body = "The body is sent with it.";
    let parameters = match is_get {
        true => {
            "Inferred, not documented: pagination and schedule parameters are sent in the query of a GET request, as in Adobe's examples."
        }
        false => {
            "Where such a request sends pagination and schedule parameters is not documented, so they are left out."
        }
    };
    has_body.then_some(body).into_iter().chain([parameters]).collect()
}

/// The host; an input named `host` if the spec has none.
fn host<'t>(url: UrlParams<'t>, samples: &mut Samples<'t>) -> String {
    match url.any_host().filter(|host| host.kind() == Kind::String && !host.inner().is_empty()) {
        Some(host) => secrets::without_userinfo(samples.string(host).trim_end_matches('/')).into_owned(),
        None if samples.has_input(UrlParams::HOST) => samples.input(UrlParams::HOST),
        None => "…".to_owned(),
    }
}

/// The parameters of a query, in the order in which they are known.
#[derive(Default)]
struct Query {
    pairs: Vec<String>,
}

impl Query {
    fn add(&mut self, name: &str, value: &str) {
        self.pairs.push(format!("{name}={}", secrets::masked(name, value)));
    }

    /// What the author wrote: an object, or a string in the deprecated form.
    fn add_params<'t>(&mut self, params: Node<'t>, samples: &mut Samples<'t>) {
        if params.kind() == Kind::String && !params.inner().is_empty() {
            self.pairs.push(secrets::masked_pairs(&samples.string(params)));
        }
        for (index, member) in params.members().enumerate() {
            if index == MAX_PARAMETERS {
                return self.pairs.push("…".to_owned());
            }
            if let (Some(name), Some(value)) = (member.key.string(), samples.scalar(member.value)) {
                self.add(&name, &value);
            }
        }
    }

    /// The parameters of the first page.
    fn add_pagination<'t>(&mut self, pagination: Pagination<'t>, samples: &mut Samples<'t>) {
        use PaginationType::{Offset, Page, Pointer};
        let of_type = |name: Option<Node<'t>>, types: &[PaginationType]| {
            non_blank(name).filter(|_| pagination.pagination_type().is_some_and(|own| types.contains(&own)))
        };
        let limit = of_type(pagination.limit_name(), &[Offset, Page, Pointer]);
        if let (Some(limit), Some(value)) = (limit, pagination.limit_value()) {
            self.add(&limit, &samples.scalar(value).unwrap_or_default());
        }
        if let Some(offset) = of_type(pagination.offset_name(), &[Offset]) {
            self.add(&offset, "0");
        }
        if let Some(page) = of_type(pagination.page_param_name(), &[Page]) {
            let first = pagination.initial_page_index().and_then(|first| samples.scalar(first));
            self.add(&page, first.as_deref().unwrap_or("0"));
        }
    }

    /// The start and end of the run's time window.
    fn add_schedule<'t>(&mut self, schedule: Schedule<'t>, samples: &mut Samples<'t>) {
        let ends = [(schedule.start_name(), schedule.start_format()), (schedule.end_name(), schedule.end_format())];
        for (name, format) in ends {
            if let (Some(name), Some(format)) = (non_blank(name), non_blank(format)) {
                samples.used = true;
                self.add(&name, &date_format::format_sample(&format));
            }
        }
    }

    fn append_to(&self, url: &mut String) {
        for (index, pair) in self.pairs.iter().enumerate() {
            let separator = if index == 0 && !url.contains('?') { '?' } else { '&' };
            // Writing to a string cannot fail.
            let _ = write!(url, "{separator}{pair}");
        }
    }
}

fn non_blank(node: Option<Node<'_>>) -> Option<Cow<'_, str>> {
    node?.string().filter(|text| !text.trim().is_empty())
}

/// More bytes of sample values than anybody reads.
const MAX_FILLED: usize = 100_000;

/// Fills in sample values, and remembers whether it did.
struct Samples<'t> {
    inputs: Inputs<'t>,
    /// The values of the inputs so far.
    values: HashMap<String, String>,
    /// How many more bytes of values are filled in; one long value may be used in thousands of places.
    left: usize,
    schedule: Option<Schedule<'t>>,
    /// Whether any value is a sample.
    used: bool,
}

impl<'t> Samples<'t> {
    fn of(request: Request<'t>) -> Self {
        let schedule = request.schedule().filter(|schedule| schedule.is_advance());
        let inputs = Inputs::of(request.node().tree());
        Samples { inputs, values: HashMap::new(), left: MAX_FILLED, schedule, used: false }
    }

    /// A string, number or boolean as it is sent.
    fn scalar(&mut self, node: Node<'t>) -> Option<String> {
        match node.kind() {
            Kind::String => Some(self.string(node)),
            Kind::Number | Kind::True | Kind::False => Some(node.text().to_owned()),
            _ => None,
        }
    }

    /// The characters of a string, with its placeholders filled in.
    fn string(&mut self, string: Node<'t>) -> String {
        let written = string.string().unwrap_or_default();
        let (mut text, mut from) = (String::new(), 0);
        for part in template::parts(&written, 0) {
            text.push_str(&written[from..part.range.start]);
            from = part.range.end;
            let name = &written[part.name.clone()];
            let value = match part.kind {
                _ if self.left == 0 => None,
                PartKind::Input => Some(self.input(name)),
                PartKind::Word => self.schedule_word(name),
                PartKind::Expression => {
                    self.used = true;
                    Some("@{…}".to_owned())
                }
                PartKind::Double => None,
            };
            let value = value.as_deref().unwrap_or(&written[part.range]);
            text.push_str(value);
            self.left = self.left.saturating_sub(value.len());
        }
        text.push_str(&written[from..]);
        text
    }

    /// The value of an input: an example of its schema, or else its name.
    fn input(&mut self, name: &str) -> String {
        self.used = true;
        if let Some(value) = self.values.get(name) {
            return value.clone();
        }
        let value = self.sample(name);
        self.values.insert(name.to_owned(), value.clone());
        value
    }

    fn sample(&self, name: &str) -> String {
        let is_secret = |input: &Input<'_>| {
            input.is_masked() || (input.origin != Origin::Source && secrets::is_auth_secret_name(&input.name))
        };
        let referred_to = self.inputs.referred_to(name);
        if secrets::is_secret_name(name) || self.inputs.named(referred_to).any(is_secret) {
            return MASK.to_owned();
        }
        self.inputs
            .named(name)
            .find_map(|input| example(Schema::new(input.schema)))
            .map_or_else(|| format!("‹{name}›"), Cow::into_owned)
    }

    fn has_input(&self, name: &str) -> bool {
        self.inputs.named(name).next().is_some()
    }

    /// The value of a word of the schedule.
    fn schedule_word(&mut self, name: &str) -> Option<String> {
        let schedule = self.schedule?;
        match name {
            "SCHEDULE_QUERY" => {
                let expression = schedule.incremental().filter(|node| node.kind() == Kind::String)?;
                // An expression that contains its own word would never end.
                let is_recursive = expression.text().contains("{SCHEDULE_QUERY}");
                (!is_recursive).then(|| self.string(expression))
            }
            "START_TIME" | "END_TIME" => {
                let format = schedule.param_format().and_then(Node::string)?;
                self.used = true;
                Some(date_format::format_sample(&format))
            }
            _ => None,
        }
    }
}

/// A value that the schema of an input gives.
fn example(schema: Schema<'_>) -> Option<Cow<'_, str>> {
    let candidates = [
        schema.const_value(),
        schema.example(),
        schema.examples().and_then(|array| array.elements().next()),
        schema.default_value(),
        schema.enum_values().and_then(|array| array.elements().next()),
    ];
    candidates.into_iter().flatten().find_map(|node| match node.kind() {
        Kind::String => node.string().filter(|text| !text.is_empty()),
        Kind::Number | Kind::True | Kind::False => Some(node.text().into()),
        _ => None,
    })
}
