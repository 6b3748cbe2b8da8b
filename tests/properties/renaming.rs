//! Renames: a name that nothing else has changes no finding, and renamed back the text is what it was, byte for byte. For
//! every name in the project's samples, in the published documents, and in those with mistakes in them.

use std::collections::{BTreeMap, BTreeSet};

use connspec::document::Document;
use connspec::ide::{RenameResult, RenameTarget, prepare_rename, references, rename};
use connspec::lint::Facts;
use connspec::lint::diagnostics;
use connspec::spec::Entry;
use connspec::syntax::pointer::Step;
use connspec::syntax::{Kind, template};
use connspec::text::Edit;
use connspec::text::Text;

use super::{documents, mutations};

fn open(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

/// What was looked at.
#[derive(Default)]
struct Count {
    documents: usize,
    names: usize,
    places: usize,
    not_back: usize,
}

impl Count {
    /// Renames every name of a text.
    fn check(&mut self, what: &str, text: &str) {
        let document = open(text);
        let (mut seen, codes) = (BTreeSet::new(), codes(&document));
        self.documents += 1;
        for offset in places(&document) {
            let Some(RenameTarget::Name { text: old, .. }) = prepare_rename(&document, offset) else { continue };
            let found = references(&document, offset);
            let first = found[0].range.clone();
            if seen.insert(first.start) {
                (self.names, self.places) = (self.names + 1, self.places + found.len());
                self.rename(&format!("{what}: {old}"), &document, first.start, &old, &codes);
            }
        }
    }

    fn rename(&mut self, what: &str, document: &Document, first: usize, old: &str, codes: &BTreeMap<&str, usize>) {
        // A longer name says all that the old one says: what is a secret stays one.
        let plain: String = old.chars().filter(|char| char.is_alphanumeric() || *char == '_').collect();
        let new = format!("fresh{plain}Qz7");
        let there = match rename(document, first, &new) {
            RenameResult::Edits(edits) => open(&Edit::apply(document.source(), &edits)),
            RenameResult::Refused(why) => panic!("{what}: {why}\n{}", document.source()),
        };
        // What the vocabulary knows by its name is judged by it, and the explore spec by the payload that it has to be:
        // another name is another thing.
        if !is_known(document, first) {
            assert_eq!(&self::codes(&there), codes, "{what}\n{}", there.source());
        }
        match rename(&there, first, old) {
            RenameResult::Edits(edits) => {
                let back = Edit::apply(there.source(), &edits);
                assert!(back == document.source(), "{what}\n{}\n{back}", there.source());
            }
            // A name that is there may be one that nobody could choose.
            RenameResult::Refused(_) => self.not_back += 1,
        }
    }

    fn print(&self, what: &str) {
        let Count { documents, names, places, not_back } = self;
        println!(
            "{what}: {names} names at {places} places in {documents} documents; {not_back} cannot be chosen again"
        );
        assert!(*names > 30, "{what}: there is something to rename");
        assert!(not_back * 20 < *names, "{what}: nearly all names can be chosen");
    }
}

/// Where names can stand: the beginning of each text and of what is in braces, and the first step of each path.
fn places(document: &Document) -> Vec<usize> {
    let texts = document.tree().nodes().filter(|node| matches!(node.kind(), Kind::String | Kind::Word));
    let of_text = |range: std::ops::Range<usize>| {
        let text = &document.source()[range.clone()];
        let parts = template::parts(text, range.start).into_iter().map(|part| part.name.start);
        [range.start, range.end.min(range.start + 2)].into_iter().chain(parts).collect::<Vec<_>>()
    };
    texts.map(|node| node.inner()).flat_map(of_text).filter(|at| document.source().is_char_boundary(*at)).collect()
}

/// Whether the vocabulary knows a declared name at its place.
fn is_known(document: &Document, offset: usize) -> bool {
    if document.tree().node_at(offset).path().first() == Some(&Step::Key("exploreSpec".to_owned())) {
        return true;
    }
    let declared = references(document, offset).into_iter().filter(|place| place.is_declaration);
    let mut keys = declared.map(|place| document.tree().node_at(place.range.start));
    keys.any(|key| {
        let object = key.as_part_of_member().filter(|member| member.key == key).and_then(|member| member.node.parent());
        let known =
            document.kind().zip(object).map(|(kind, object)| Entry::of(kind, object).keys()).unwrap_or_default();
        key.string().is_some_and(|name| known.contains(&name.as_ref()))
    })
}

/// A rule that asks for inputs by their very names.
const BY_NAME: &str = "missing-auth-inputs";

/// How often each rule finds something.
fn codes(document: &Document) -> BTreeMap<&'static str, usize> {
    let mut codes = BTreeMap::new();
    for finding in diagnostics(document, &Facts::default()).iter().filter(|finding| finding.code != BY_NAME) {
        *codes.entry(finding.code).or_default() += 1;
    }
    codes
}

#[test]
fn every_name_of_a_sample_can_be_renamed_back() {
    let mut count = Count::default();
    documents::samples().iter().for_each(|(name, text)| count.check(name, text));
    count.print("samples");
}

#[test]
fn every_name_of_a_published_document_can_be_renamed_back() {
    let published = documents::published();
    if !published.is_empty() {
        let mut count = Count::default();
        published.iter().for_each(|(name, text)| count.check(name, text));
        count.print("published");
    }
}

#[test]
fn every_name_of_a_broken_document_can_be_renamed_back() {
    let mut count = Count::default();
    for (at, (mistake, mutation)) in mutations::ALL.iter().enumerate() {
        let samples = documents::samples();
        let (name, text) = &samples[at % samples.len()];
        let all = mutation(open(text).tree());
        for (range, new) in all.iter().step_by((all.len() / 6).max(1)) {
            let mut text = text.clone();
            text.replace_range(range.clone(), new);
            count.check(&format!("{name}, {mistake}"), &text);
        }
    }
    count.print("with mistakes");
}
