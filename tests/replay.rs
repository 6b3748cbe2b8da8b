//! Replay: take a sound spec, delete one key or one enumerated value, ask for completion there, accept what was deleted,
//! and get the same document back. The same with the document cut off right there.

#![allow(clippy::print_stdout, reason = "a test says what it looked at")]

#[path = "support/accept.rs"]
mod accept;
#[path = "support/documents.rs"]
mod documents;

use accept::accept;
use connspec::document::Document;
use connspec::ide::{CompletionItem, completion};
use connspec::spec::Entry;
use connspec::syntax::{Kind, Member, Node, Tree};
use connspec::text::Text;

/// What is counted for one sort of deletion.
#[derive(Default)]
struct Count {
    asked: usize,
    offered: usize,
    same: usize,
    missed: Vec<String>,
}

impl Count {
    fn add(&mut self, what: String, offered: bool, same: bool) {
        self.asked += 1;
        self.offered += usize::from(offered);
        self.same += usize::from(same);
        if !offered || !same {
            self.missed.push(what);
        }
    }

    fn report(&self, name: &str) {
        let percent = |part: usize| 100.0 * part as f64 / self.asked.max(1) as f64;
        println!(
            "{name}: {} asked, {} offered ({:.2} %), {} give back the document ({:.2} %)",
            self.asked,
            self.offered,
            percent(self.offered),
            self.same,
            percent(self.same),
        );
        assert!(self.asked > 100, "{name}: there is something to replay");
        assert!(self.missed.is_empty(), "{name}, missed:\n{}", self.missed.join("\n"));
    }
}

/// The sound whole specs of the two kinds: the project's own, and the published ones where they are there.
fn specs() -> Vec<(String, String)> {
    let is_spec = |(_, text): &(String, String)| {
        let document = open(text);
        document.tree().errors().is_empty() && document.kind().is_some_and(|kind| kind.is_generic())
    };
    documents::samples().into_iter().chain(documents::published()).filter(is_spec).collect()
}

fn open(text: &str) -> Document {
    Document::new("replay-connectionSpec.json", 1, Text::new(text))
}

fn ask(text: &str, offset: usize) -> Vec<CompletionItem> {
    completion(&open(text), offset)
}

/// The parts of a tree that count, without its white space.
fn shape(node: Node<'_>) -> String {
    let children: Vec<String> = node.children().map(shape).collect();
    match node.kind() {
        Kind::Object | Kind::Array | Kind::Member => format!("{:?}[{}]", node.kind(), children.join(",")),
        Kind::String => format!("{:?}", node.string()),
        _ => node.text().to_owned(),
    }
}

fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Tree::parse(a.to_owned()), Tree::parse(b.to_owned()));
    a.errors().is_empty() && shape(a.root()) == shape(b.root())
}

/// Whether the vocabulary lists this key in its object, so that it can be offered.
fn is_vocabulary(document: &Document, member: Member<'_>) -> bool {
    let object = member.node.parent().expect("an object");
    let key = member.key.string().expect("a key");
    let entry = Entry::of(document.kind().expect("a spec"), object);
    entry.keys().contains(&key.as_ref())
}

/// Every member of a document whose key is in the vocabulary and stands once in its object.
fn for_each_key(mut check: impl FnMut(&str, &str, Member<'_>)) {
    for (name, text) in specs() {
        let document = open(&text);
        for member in
            document.tree().nodes().filter_map(Node::member).filter(|member| is_vocabulary(&document, *member))
        {
            let object = member.node.parent().expect("an object");
            let twice = object.members().filter(|other| other.key.text() == member.key.text()).count() > 1;
            if !twice {
                check(&name, &text, member);
            }
        }
    }
}

/// Every value that the vocabulary knows to be one of several, or the only one.
fn for_each_value(mut check: impl FnMut(&str, &str, Node<'_>)) {
    for (name, text) in specs() {
        let document = open(&text);
        let kind = document.kind().expect("a spec");
        for node in document.tree().nodes() {
            if !matches!(node.kind(), Kind::String | Kind::True | Kind::False) {
                continue;
            }
            if node.as_part_of_member().is_some_and(|member| member.key == node) {
                continue;
            }
            let entry = Entry::of(kind, node);
            let known =
                entry.constant().into_iter().chain(entry.allowed_values().into_iter().map(|choice| choice.value));
            let written = node.string().map_or_else(|| node.text().to_owned(), |text| text.into_owned());
            let listed = known.into_iter().any(|value| value.as_str() == Some(&written));
            if listed || entry.types() == ["boolean"] {
                check(&name, &text, node);
            }
        }
    }
}

fn label_of(node: Node<'_>) -> String {
    node.string().map_or_else(|| node.text().to_owned(), |text| text.into_owned())
}

fn without(text: &str, range: std::ops::Range<usize>) -> String {
    format!("{}{}", &text[..range.start], &text[range.end..])
}

#[test]
fn deleted_key_is_offered_again() {
    let (mut bare, mut quoted, mut half) = (Count::default(), Count::default(), Count::default());
    for_each_key(|name, text, member| {
        let (key, range) = (label_of(member.key), member.key.range());
        let replay = |count: &mut Count, deleted: std::ops::Range<usize>| {
            let broken = without(text, deleted.clone());
            let items = ask(&broken, deleted.start);
            let item = items.iter().find(|item| item.label == key);
            let back = item.is_some_and(|item| same(&accept(&broken, item), text));
            count.add(format!("{name} {}", member.node.pointer()), item.is_some(), back);
        };
        replay(&mut bare, range.clone());
        replay(&mut quoted, range.start + 1..range.end - 1);
        replay(&mut half, range.start + 2..range.end);
    });
    bare.report("key deleted");
    quoted.report("key deleted between its quotes");
    half.report("key half typed, without its closing quote");
}

#[test]
fn document_truncated_at_a_key_offers_it() {
    let (mut bare, mut quoted) = (Count::default(), Count::default());
    for_each_key(|name, text, member| {
        let (key, start) = (label_of(member.key), member.key.range().start);
        let replay = |count: &mut Count, end: usize| {
            let broken = &text[..end];
            let items = ask(broken, end);
            let item = items.iter().find(|item| item.label == key);
            // Nothing follows any more: what was there stays, and the key is there with a value.
            let accepted = item.map(|item| accept(broken, item)).unwrap_or_default();
            let tree = Tree::parse(accepted.to_owned());
            let kept = accepted.starts_with(&text[..start]);
            let there = tree.at_pointer(&member.node.pointer()).is_some_and(|value| !value.is_missing());
            count.add(format!("{name} {}", member.node.pointer()), item.is_some(), kept && there);
        };
        replay(&mut bare, start);
        replay(&mut quoted, start + 1);
    });
    bare.report("cut off before a key");
    quoted.report("cut off behind the first quote of a key");
}

#[test]
fn deleted_value_is_offered_again() {
    let (mut bare, mut quoted) = (Count::default(), Count::default());
    for_each_value(|name, text, node| {
        let (label, range) = (label_of(node), node.range());
        let replay = |count: &mut Count, deleted: std::ops::Range<usize>| {
            let broken = without(text, deleted.clone());
            let items = ask(&broken, deleted.start);
            let item = items.iter().find(|item| item.label == label);
            let back = item.is_some_and(|item| same(&accept(&broken, item), text));
            count.add(format!("{name} {} = {label}", node.pointer()), item.is_some(), back);
        };
        replay(&mut bare, range.clone());
        if node.kind() == Kind::String {
            replay(&mut quoted, range.start + 1..range.end - 1);
        }
    });
    bare.report("value deleted");
    quoted.report("value deleted between its quotes");
}

#[test]
fn document_truncated_at_a_value_offers_it() {
    let mut count = Count::default();
    for_each_value(|name, text, node| {
        let (label, start) = (label_of(node), node.range().start);
        let broken = &text[..start];
        let items = ask(broken, start);
        let item = items.iter().find(|item| item.label == label);
        let accepted = item.map(|item| accept(broken, item)).unwrap_or_default();
        count.add(format!("{name} {} = {label}", node.pointer()), item.is_some(), accepted == text[..node.range().end]);
    });
    count.report("cut off before a value");
}
