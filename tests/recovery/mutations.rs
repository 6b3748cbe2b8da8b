//! The mistakes that people make, one at a time, at every place of a document.

use std::ops::Range;

use connspec::syntax::{Kind, Member, Node, Tree};

/// One mistake.
pub(crate) struct Mistake {
    /// What is replaced, in bytes of the sound text, in order.
    pub(crate) edits: Vec<(Range<usize>, String)>,
    /// The member that the mistake damages (its index in the sound tree): it need not survive.
    pub(crate) member: Option<usize>,
    /// Whether what is inside that member need not survive either.
    pub(crate) whole: bool,
    /// What ends behind this offset need not survive.
    pub(crate) until: usize,
}

/// The mistakes of one kind in one document.
pub(crate) type Mistakes = fn(&Tree) -> Vec<Mistake>;

fn replace(range: Range<usize>, new: &str, member: Option<Node>) -> Mistake {
    let edits = vec![(range, new.to_string())];
    Mistake { edits, member: member.map(Node::index), whole: false, until: usize::MAX }
}

fn remove(at: usize, member: Option<Node>) -> Mistake {
    replace(at..at + 1, "", member)
}

fn insert(at: usize, new: &str) -> Mistake {
    replace(at..at, new, None)
}

fn members(tree: &Tree) -> impl Iterator<Item = Member<'_>> {
    tree.nodes().filter_map(Node::member)
}

/// The member that a value belongs to, if it is no element of an array.
fn member_of(value: Node<'_>) -> Option<Node<'_>> {
    value.as_part_of_member().map(|member| member.node)
}

fn strings(tree: &Tree) -> impl Iterator<Item = Node<'_>> {
    let is_key = |node: Node| node.as_part_of_member().is_some_and(|member| member.key == node);
    tree.nodes().filter(move |node| node.kind() == Kind::String && !is_key(*node))
}

fn containers(tree: &Tree, kind: Kind) -> impl Iterator<Item = Node<'_>> {
    tree.nodes().filter(move |node| node.kind() == kind)
}

fn commas(tree: &Tree) -> impl Iterator<Item = usize> {
    let next = |end: usize| tree.source()[end..].find(',').map(|at| end + at);
    tree.nodes().filter(|node| node.has_comma()).filter_map(move |node| next(node.range().end))
}

fn colon(member: Member<'_>) -> usize {
    member.key.range().end + member.node.text()[member.key.text().len()..].find(':').expect("a colon")
}

/// Behind a member and its comma, where the next line would begin.
fn behind(tree: &Tree, node: Node) -> usize {
    let end = node.range().end;
    end + usize::from(tree.source()[end..].starts_with(','))
}

/// The line break and indentation before a node, or nothing when it does not begin its line.
fn line_lead<'t>(tree: &'t Tree, node: Node) -> &'t str {
    let before = &tree.source()[..node.range().start];
    let lead = &before[before.trim_end_matches([' ', '\t', '\r', '\n']).len()..];
    if lead.contains(['\n', '\r']) { lead } else { "" }
}

pub(crate) const COMMA: Mistakes = |tree| commas(tree).map(|at| remove(at, None)).collect();
pub(crate) const COLON: Mistakes = |tree| members(tree).map(|m| remove(colon(m), Some(m.node))).collect();
pub(crate) const KEY_OPENING_QUOTE: Mistakes =
    |tree| members(tree).map(|m| remove(m.key.range().start, Some(m.node))).collect();
pub(crate) const KEY_CLOSING_QUOTE: Mistakes =
    |tree| members(tree).map(|m| remove(m.key.range().end - 1, Some(m.node))).collect();
pub(crate) const VALUE_OPENING_QUOTE: Mistakes =
    |tree| strings(tree).map(|s| remove(s.range().start, member_of(s))).collect();
pub(crate) const VALUE_CLOSING_QUOTE: Mistakes =
    |tree| strings(tree).map(|s| remove(s.range().end - 1, member_of(s))).collect();
pub(crate) const OPENING_BRACE: Mistakes =
    |tree| containers(tree, Kind::Object).map(|c| remove(c.range().start, member_of(c))).collect();
pub(crate) const CLOSING_BRACE: Mistakes =
    |tree| containers(tree, Kind::Object).map(|c| remove(c.range().end - 1, member_of(c))).collect();
pub(crate) const OPENING_BRACKET: Mistakes =
    |tree| containers(tree, Kind::Array).map(|c| remove(c.range().start, member_of(c))).collect();
pub(crate) const CLOSING_BRACKET: Mistakes =
    |tree| containers(tree, Kind::Array).map(|c| remove(c.range().end - 1, member_of(c))).collect();
pub(crate) const WRONG_CLOSER: Mistakes = |tree| {
    let close = |c: Node, closer: &str| replace(c.range().end - 1..c.range().end, closer, member_of(c));
    let objects = containers(tree, Kind::Object).map(|c| close(c, "]"));
    objects.chain(containers(tree, Kind::Array).map(|c| close(c, "}"))).collect()
};
pub(crate) const EXTRA_BRACE: Mistakes = |tree| members(tree).map(|m| insert(m.value.range().end, "}")).collect();
pub(crate) const EXTRA_BRACKET: Mistakes = |tree| members(tree).map(|m| insert(m.value.range().end, "]")).collect();
pub(crate) const EXTRA_OPENING_BRACE: Mistakes =
    |tree| members(tree).map(|m| replace(m.value.range().start..m.value.range().start, "{", Some(m.node))).collect();
pub(crate) const EXTRA_OPENING_BRACKET: Mistakes =
    |tree| members(tree).map(|m| replace(m.value.range().start..m.value.range().start, "[", Some(m.node))).collect();
pub(crate) const DOUBLED_CLOSER: Mistakes = |tree| {
    let containers = tree.nodes().filter(|node| node.is_closed());
    containers
        .map(|c| insert(c.range().end, &(line_lead(tree, c).to_string() + &c.text()[c.text().len() - 1..])))
        .collect()
};
pub(crate) const VALUE: Mistakes = |tree| {
    let whole = |m: Member| Mistake { whole: true, ..replace(m.value.range(), "", Some(m.node)) };
    members(tree).map(whole).collect()
};
pub(crate) const VALUE_AND_COMMA: Mistakes = |tree| {
    let whole =
        |m: Member| Mistake { whole: true, ..replace(m.value.range().start..behind(tree, m.node), "", Some(m.node)) };
    members(tree).map(whole).collect()
};
pub(crate) const KEY: Mistakes = |tree| {
    let whole = |m: Member| Mistake { whole: true, ..replace(m.key.range(), "", Some(m.node)) };
    members(tree).map(whole).collect()
};
pub(crate) const HALF_A_KEY_BEFORE: Mistakes = |tree| {
    members(tree).map(|m| insert(m.node.range().start, &("\"na".to_string() + line_lead(tree, m.node)))).collect()
};
pub(crate) const HALF_A_KEY_AFTER: Mistakes = |tree| {
    members(tree).map(|m| insert(behind(tree, m.node), &(line_lead(tree, m.node).to_string() + "\"na"))).collect()
};
pub(crate) const HALF_A_KEY_CLOSED: Mistakes = |tree| {
    members(tree).map(|m| insert(m.node.range().start, &("\"na\"".to_string() + line_lead(tree, m.node)))).collect()
};
pub(crate) const HALF_A_KEY_BARE: Mistakes =
    |tree| members(tree).map(|m| insert(m.node.range().start, &("na".to_string() + line_lead(tree, m.node)))).collect();
pub(crate) const CUT_OFF: Mistakes = |tree| {
    let end = tree.source().len();
    let cut = |at: usize| Mistake { until: at, ..replace(at..end, "", None) };
    (1..end).step_by(7).filter(|&at| tree.source().is_char_boundary(at)).map(cut).collect()
};
pub(crate) const CONFLICT: Mistakes = |tree| {
    let conflict = |m: Member| {
        let (start, end) = (line_lead(tree, m.node), behind(tree, m.node));
        let from = m.node.range().start - start.len();
        let side = &tree.source()[from..end];
        let line_break = if start.contains("\r\n") { "\r\n" } else { "\n" };
        let new =
            format!("{line_break}<<<<<<< HEAD{start}\"ours\": 1,{line_break}======={side}{line_break}>>>>>>> theirs");
        replace(from..end, &new, Some(m.node))
    };
    members(tree).filter(|m| !line_lead(tree, m.node).is_empty()).map(conflict).collect()
};
pub(crate) const UNESCAPED_QUOTES: Mistakes = |tree| {
    let middle = |s: Node| s.inner().start + s.inner().len() / 2;
    let spoken = strings(tree).filter(move |s| tree.source().is_char_boundary(middle(*s)));
    spoken.map(|s| replace(middle(s)..middle(s), " \"hi\" ", member_of(s))).collect()
};
fn requoted(node: Node<'_>, opening: &str, closing: &str) -> Vec<(Range<usize>, String)> {
    let Range { start, end } = node.range();
    vec![(start..start + 1, opening.to_string()), (end - 1..end, closing.to_string())]
}
fn in_quotes(tree: &Tree, opening: &str, closing: &str) -> Vec<Mistake> {
    let quoted = |m: Member| {
        let mut edits = requoted(m.key, opening, closing);
        if m.value.kind() == Kind::String {
            edits.extend(requoted(m.value, opening, closing));
        }
        Mistake { edits, member: Some(m.node.index()), whole: false, until: usize::MAX }
    };
    members(tree).map(quoted).collect()
}
pub(crate) const SMART_QUOTES: Mistakes = |tree| in_quotes(tree, "“", "”");
pub(crate) const SINGLE_QUOTES: Mistakes = |tree| in_quotes(tree, "'", "'");
pub(crate) const STRAY_WORD_BEFORE: Mistakes = |tree| {
    members(tree).map(|m| insert(m.node.range().start, &("word".to_string() + line_lead(tree, m.node) + " "))).collect()
};
pub(crate) const STRAY_WORD_AFTER: Mistakes =
    |tree| members(tree).map(|m| insert(m.value.range().end, " word")).collect();
pub(crate) const EXTRA_COMMA: Mistakes = |tree| commas(tree).map(|at| insert(at, ",")).collect();
pub(crate) const TRAILING_COMMA: Mistakes = |tree| {
    let last = tree.nodes().filter(|c| c.is_closed()).filter_map(|c| c.children().last());
    last.map(|node| insert(node.range().end, ",")).collect()
};
pub(crate) const SEMICOLON: Mistakes = |tree| commas(tree).map(|at| replace(at..at + 1, ";", None)).collect();
pub(crate) const DOT: Mistakes = |tree| commas(tree).map(|at| replace(at..at + 1, ".", None)).collect();
pub(crate) const EXTRA_COLON: Mistakes = |tree| members(tree).map(|m| insert(colon(m), ":")).collect();
pub(crate) const EQUALS: Mistakes =
    |tree| members(tree).map(|m| replace(colon(m)..colon(m) + 1, " =", Some(m.node))).collect();
pub(crate) const COMMENT: Mistakes = |tree| {
    members(tree)
        .filter(|m| !line_lead(tree, m.node).is_empty())
        .map(|m| insert(behind(tree, m.node), " // a \"note\", {"))
        .collect()
};
