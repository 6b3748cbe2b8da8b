//! What the rules check: a document, with what several of them derive from it, and the diagnostics that get fixes.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use serde_json::Value;

use super::known_keys::{KnownKeys, KnownKeysCache};
use crate::document::Document;
use crate::edit::writer::Writer;
use crate::lint::duplicates::{self, Duplicate};
use crate::lint::schema::{self, Violation};
use crate::lint::{Diagnostic, Facts, Fix};
use crate::source::auth::{self, AuthMethod};
use crate::source::inputs::Inputs;
use crate::source::model::{AuthEntry, Request, Source};
use crate::source::placeholders::{self, RequestPart};
use crate::source::schemas;
use crate::spec::spelling::Dictionary;
use crate::spec::{Entry, EntryCache, SpecKind};
use crate::syntax::template::Part;
use crate::syntax::{Kind, Node, Tree};

/// The input of the rules: a document, and what several of them derive from it, computed once.
pub(crate) struct Context<'d> {
    pub(super) tree: &'d Tree,
    pub(super) kind: SpecKind,
    pub(super) facts: &'d Facts,
    entries: EntryCache,
    pub(super) cache: Cache<'d>,
    fixing: Option<Fixing<'d>>,
}

#[derive(Default)]
pub(super) struct Cache<'d> {
    known_keys: KnownKeysCache,
    duplicates: OnceCell<Vec<Duplicate<'d>>>,
    violations: OnceCell<Vec<Violation<'d>>>,
    pub(super) violation_rules: OnceCell<Vec<Option<&'static str>>>,
    inputs: OnceCell<Inputs<'d>>,
    input_names: OnceCell<Dictionary>,
    schemas: OnceCell<Vec<Node<'d>>>,
    input_references: OnceCell<Vec<(Part, Cow<'d, str>)>>,
    referenced_names: OnceCell<HashSet<String>>,
    replaced_strings: OnceCell<Vec<(Node<'d>, RequestPart)>>,
    strings_with_brace: OnceCell<Vec<Node<'d>>>,
}

/// The diagnostics that get fixes.
pub(crate) struct FixRequest {
    /// Those that touch this range.
    pub(crate) range: Range<usize>,
    /// The first of them, up to this many.
    pub(crate) max: usize,
    /// Whether only safe fixes are used, so that others need not be made.
    pub(crate) only_safe: bool,
}

/// The fixes that are requested.
struct Fixing<'d> {
    request: FixRequest,
    writer: Writer<'d>,
    /// How many more diagnostics get fixes.
    left: Cell<usize>,
}

impl<'d> Context<'d> {
    /// The context of a document of a kind. `request`: the diagnostics that get fixes.
    pub(super) fn new(document: &'d Document, kind: SpecKind, facts: &'d Facts, request: Option<FixRequest>) -> Self {
        let fixing = request.map(|request| {
            let left = Cell::new(request.max);
            Fixing { request, writer: Writer::new(document), left }
        });
        let (entries, cache) = (EntryCache::new(kind), Cache::default());
        Context { tree: document.tree(), kind, facts, entries, cache, fixing }
    }

    pub(super) fn violations(&self) -> &[Violation<'d>] {
        self.cache.violations.get_or_init(|| schema::violations(self.tree, self.kind))
    }

    /// The members that a later one with the same key overrides.
    pub(super) fn shadowed(&self) -> HashSet<usize> {
        self.duplicates().iter().map(|pair| pair.loses.index()).collect()
    }

    pub(super) fn duplicates(&self) -> &[Duplicate<'d>] {
        self.cache.duplicates.get_or_init(|| duplicates::of(self.tree))
    }

    pub(super) fn inputs(&self) -> &Inputs<'d> {
        self.cache.inputs.get_or_init(|| Inputs::of(self.tree))
    }

    /// The names of the inputs, for "did you mean".
    pub(super) fn input_names(&self) -> &Dictionary {
        self.cache.input_names.get_or_init(|| Dictionary::new(self.inputs().names()))
    }

    /// The JSON Schemas of the spec and those inside them.
    pub(super) fn schemas(&self) -> &[Node<'d>] {
        self.cache.schemas.get_or_init(|| schemas::all(self.tree))
    }

    /// Whether the request refers to the input with this name.
    pub(super) fn is_referenced(&self, name: &str) -> bool {
        let names = || self.input_references().map(|(_, name)| name.to_owned()).collect();
        self.cache.referenced_names.get_or_init(names).contains(name)
    }

    /// The inputs that a method requires and an entry of `authSpec` does not declare; `None` if the entry may declare others.
    pub(super) fn missing_inputs(
        &self,
        entry: AuthEntry<'_>,
        method: &'static AuthMethod,
    ) -> Option<Vec<(&'static str, &'static Value)>> {
        auth::missing_inputs(entry, method, |name| self.is_referenced(name))
    }

    /// The strings in which `${name}` is replaced.
    pub(super) fn replaced_strings(&self) -> impl Iterator<Item = (Node<'d>, RequestPart)> {
        let strings = || placeholders::replaced_strings(self.tree).collect();
        self.cache.replaced_strings.get_or_init(strings).iter().copied()
    }

    /// The strings, keys too, that hold a `{`.
    pub(super) fn strings_with_brace(&self) -> &[Node<'d>] {
        let has_brace = |node: &Node<'_>| node.kind() == Kind::String && node.text().contains('{');
        let strings = || self.tree.nodes().filter(has_brace).collect();
        self.cache.strings_with_brace.get_or_init(strings)
    }

    /// Every `${name}` that is replaced, with the name.
    pub(super) fn input_references(&self) -> impl Iterator<Item = (&Part, &str)> {
        let all = || self.replaced_strings().flat_map(|(string, _)| placeholders::references_in(string)).collect();
        self.cache.input_references.get_or_init(all).iter().map(|(part, name)| (part, &**name))
    }

    /// The vocabulary of a value.
    pub(super) fn entry(&self, node: Node<'_>) -> Rc<Entry> {
        self.entries.get(node)
    }

    pub(super) fn known_keys(&self, object: Node<'_>) -> Rc<KnownKeys> {
        self.cache.known_keys.get(&self.entry(object), object)
    }

    /// The `attributes` of a batch source: where its request is.
    pub(super) fn request(&self) -> Option<Request<'d>> {
        self.source().request().filter(|_| self.kind.may_be_batch())
    }

    /// The typed view of the spec.
    pub(super) fn source(&self) -> Source<'d> {
        Source::of(self.tree)
    }
}

impl Diagnostic {
    /// The same diagnostic with its fixes, the likeliest first, where fixes are requested.
    pub(super) fn with_fixes<'d, F>(self, context: &Context<'d>, fixes: impl FnOnce(&Writer<'d>) -> F) -> Self
    where
        F: IntoIterator<Item = Fix>,
    {
        self.fixed(context.fixing.as_ref(), fixes)
    }

    /// The same, with fixes none of which is safe. Where only safe ones are used, they are not made.
    pub(super) fn with_offered_fixes<'d, F>(self, context: &Context<'d>, fixes: impl FnOnce(&Writer<'d>) -> F) -> Self
    where
        F: IntoIterator<Item = Fix>,
    {
        let fixed = self.fixed(context.fixing.as_ref().filter(|fixing| !fixing.request.only_safe), fixes);
        debug_assert!(!fixed.fixes.iter().any(|fix| fix.is_safe), "{fixed:?}");
        fixed
    }

    fn fixed<'d, F>(mut self, fixing: Option<&Fixing<'d>>, fixes: impl FnOnce(&Writer<'d>) -> F) -> Self
    where
        F: IntoIterator<Item = Fix>,
    {
        let is_fixed = |fixing: &&Fixing<'_>| fixing.left.get() > 0 && self.touches(&fixing.request.range);
        if let Some(fixing) = fixing.filter(is_fixed) {
            fixing.left.update(|left| left - 1);
            self.fixes = fixes(&fixing.writer).into_iter().collect();
        }
        self
    }
}
