//! Walks through a tree in document order and decides on each gap, without recursion because the depth is unlimited.

use std::ops::Range;

use super::gap::{self, Indent};
use super::{Edit, FormatOptions};
use crate::syntax::{ErrorKind, Kind, Member, Node, SyntaxError, Tree};
use crate::text::indentation;

/// The maximum width of a line on which an object or array stays, comma included. Prettier has 80; specs are nested so deep that
/// indentation often takes a fifth of that.
pub(super) const WIDTH: usize = 100;

/// Deeper objects and arrays keep their lines, so that the indentation of machine-written text does not outgrow it.
const MAX_DEPTH: usize = 200;

/// How the children of an object or array are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Each on a line of its own.
    Lines,
    /// All on the line of the bracket.
    OneLine,
    /// Unchanged.
    Kept,
}

/// An enclosing object or array.
struct Frame<'t> {
    node: Node<'t>,
    layout: Layout,
    /// The indentation of the line that it opens on.
    indent: Indent<'t>,
    /// The end of the last child.
    last: Option<usize>,
}

struct Walk<'t, 'o> {
    source: &'t str,
    /// By position.
    errors: &'t [SyntaxError],
    broken: &'o [bool],
    unit: String,
    tab_size: usize,
    /// The line break where the text shows none.
    line_break: &'t str,
    /// Whether the text has no line break, so that nobody chose its lines.
    is_machine_written: bool,
    stack: Vec<Frame<'t>>,
    /// The indentation of the current line.
    line: Indent<'t>,
    /// The end of the text that was searched for kept lines.
    seen: usize,
    edits: Vec<Edit>,
    /// The wanted text of a gap; a field to reuse its memory.
    wanted: String,
}

/// One step of indentation.
pub(super) fn unit(options: &FormatOptions) -> String {
    if options.insert_spaces { " ".repeat(tab_size(options)) } else { "\t".to_owned() }
}

/// The width of a tab stop, within reasonable limits.
fn tab_size(options: &FormatOptions) -> usize {
    options.tab_size.clamp(1, 32)
}

/// The edits that give each gap of the well-formed objects and arrays its white space.
pub(super) fn edits(tree: &Tree, options: &FormatOptions, broken: &[bool]) -> Vec<Edit> {
    let (source, root) = (tree.source(), tree.root());
    if root.is_missing() {
        return Vec::new();
    }
    let mut walk = Walk {
        source,
        errors: tree.errors(),
        broken,
        unit: unit(options),
        tab_size: tab_size(options),
        line_break: gap::breaks(source).next().unwrap_or("\n"),
        is_machine_written: !root.text().contains(['\n', '\r']),
        stack: Vec::new(),
        line: Indent::default(),
        seen: root.range().start,
        edits: Vec::new(),
        wanted: String::new(),
    };
    let start = if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    walk.set(start..root.range().start);
    tree.nodes().for_each(|node| walk.visit(node));
    while let Some(frame) = walk.stack.pop() {
        walk.close(&frame);
    }
    walk.end(root.range().end, options);
    walk.edits
}

impl<'t> Walk<'t, '_> {
    /// Visits a node.
    fn visit(&mut self, node: Node<'t>) {
        let parent = node.parent();
        if parent.is_some_and(|parent| parent.kind() != Kind::Member) {
            while let Some(frame) = self.stack.pop_if(|frame| Some(frame.node) != parent) {
                self.close(&frame);
            }
            self.before_child(node);
            if let Some(member) = node.member() {
                self.inside_member(member);
            }
        }
        if matches!(node.kind(), Kind::Object | Kind::Array) {
            self.open(node);
        }
    }

    fn open(&mut self, node: Node<'t>) {
        let around = self.stack.last().map(|frame| frame.layout);
        match around {
            Some(Layout::Kept) => self.keep_to(node.range().start),
            _ => self.seen = node.range().start,
        }
        let layout = self.layout(node, around);
        self.stack.push(Frame { node, layout, indent: self.line, last: None });
    }

    fn layout(&self, node: Node<'t>, around: Option<Layout>) -> Layout {
        if self.broken.get(node.index()) == Some(&true) || self.stack.len() >= MAX_DEPTH {
            return Layout::Kept;
        }
        let may_stay = || around.is_some() && !self.is_machine_written && self.fits(node);
        let is_empty = node.children().next().is_none();
        if is_empty || around == Some(Layout::OneLine) || may_stay() { Layout::OneLine } else { Layout::Lines }
    }

    /// The gap before a member or element.
    fn before_child(&mut self, child: Node<'t>) {
        let Some(frame) = self.stack.last_mut() else { return };
        let (start, layout, is_object) = (child.range().start, frame.layout, frame.node.kind() == Kind::Object);
        let (inside, indent) = (frame.node.inside().start, frame.indent);
        let last = frame.last.replace(child.range().end);
        if layout == Layout::Kept {
            return self.keep_to(start);
        }
        let gap = match last {
            None => inside..start,
            Some(last) => match self.up_to(",", last) {
                Some(after) => after..start,
                None if self.lacks_comma(last) => last..start,
                // The comma is missing with a bracket, and only the bracket was reported, or it follows a comment.
                None => return self.keep_to(start),
            },
        };
        if layout == Layout::Lines {
            return self.set_lines(gap, indent.deeper(), indent.deeper(), last.is_some());
        }
        self.want(if last.is_some() || is_object { " " } else { "" });
        self.set(gap);
    }

    /// Whether a missing comma was reported here.
    fn lacks_comma(&self, place: usize) -> bool {
        let from = self.errors.partition_point(|error| error.range.start < place);
        let mut here = self.errors[from..].iter().take_while(|error| error.range.start == place);
        here.any(|error| error.kind == ErrorKind::MissingComma)
    }

    /// The gaps around a colon.
    fn inside_member(&mut self, member: Member<'t>) {
        if self.stack.last().is_none_or(|frame| frame.layout == Layout::Kept) {
            return;
        }
        if let Some(after) = self.up_to(":", member.key.range().end) {
            self.want(" ");
            self.set(after..member.value.range().start);
        }
    }

    /// Removes the gap before a comma or colon, if there is one, and returns the end of the comma or colon.
    fn up_to(&mut self, mark: &str, from: usize) -> Option<usize> {
        let rest = self.source[from..].trim_start_matches([' ', '\t', '\n', '\r']);
        let at = self.source.len() - rest.len();
        if !rest.starts_with(mark) {
            return None;
        }
        self.want("");
        self.set(from..at);
        Some(at + mark.len())
    }

    /// The gap before a closing bracket.
    fn close(&mut self, frame: &Frame<'t>) {
        let (range, inside) = (frame.node.range(), frame.node.inside());
        let mut gap = frame.last.unwrap_or(inside.start)..inside.end;
        if frame.layout == Layout::Kept || self.is_after_space(gap.start) {
            return self.keep_to(range.end);
        }
        // A trailing comma.
        gap.start = frame.last.and_then(|last| self.up_to(",", last)).unwrap_or(gap.start);
        match frame.layout {
            Layout::Lines => self.set_lines(gap, frame.indent.deeper(), frame.indent, false),
            _ => {
                self.want(if frame.last.is_some() && frame.node.kind() == Kind::Object { " " } else { "" });
                self.set(gap);
            }
        }
        self.seen = range.end;
    }

    /// Replaces a gap with a line break and indentation. Comments in it keep their text, and their place after something else;
    /// those on lines of their own are indented too.
    fn set_lines(&mut self, gap: Range<usize>, comments: Indent<'t>, last: Indent<'t>, may_be_empty: bool) {
        let first = self.errors.partition_point(|error| error.range.start < gap.start);
        let inside = self.errors[first..].iter().take_while(|error| error.range.end <= gap.end);
        let mut from = gap.start;
        for comment in inside.filter(|error| error.kind == ErrorKind::Comment) {
            self.set_line(from..comment.range.start, comments, may_be_empty);
            from = comment.range.end;
        }
        match from == gap.start {
            true => {
                self.want_line(&gap, last, may_be_empty);
                self.set(gap);
            }
            false => self.set_line(from..gap.end, last, may_be_empty),
        }
    }

    /// Indents the line that begins in the space before or after a comment, if one does.
    fn set_line(&mut self, space: Range<usize>, indent: Indent<'t>, may_be_empty: bool) {
        let text = &self.source[space.clone()];
        if gap::is_blank(text) && text.contains(['\n', '\r']) {
            self.want_line(&space, indent, may_be_empty);
            self.edits.extend(gap::edit(self.source, space, &self.wanted));
        }
    }

    /// The line breaks after the outermost value.
    fn end(&mut self, end: usize, options: &FormatOptions) {
        let gap = &self.source[end..];
        let most = if options.trim_final_newlines { 1 } else { usize::MAX };
        let least = usize::from(options.insert_final_newline);
        let count = gap::breaks(gap).take(most).count().max(least);
        self.wanted = gap::breaks(gap).next().unwrap_or(self.line_break).repeat(count);
        self.set(end..self.source.len());
    }

    fn want(&mut self, text: &str) {
        self.wanted.clear();
        self.wanted.push_str(text);
    }

    /// A line break, the present one if there is one, the indentation, and an empty line that may stay.
    fn want_line(&mut self, gap: &Range<usize>, indent: Indent<'t>, may_be_empty: bool) {
        let mut breaks = gap::breaks(&self.source[gap.clone()]);
        let line_break = breaks.next().unwrap_or(self.line_break);
        let is_empty_kept = may_be_empty && breaks.next().is_some();
        self.wanted.clear();
        self.wanted.push_str(line_break);
        if is_empty_kept {
            self.wanted.push_str(line_break);
        }
        self.wanted.push_str(indent.base);
        (0..indent.steps).for_each(|_| self.wanted.push_str(&self.unit));
        self.line = indent;
    }

    /// Replaces a gap with the wanted text, unless it has more than white space because of other errors.
    fn set(&mut self, gap: Range<usize>) {
        if gap.start <= gap.end && gap::is_blank(&self.source[gap.clone()]) && !self.is_after_space(gap.start) {
            self.edits.extend(gap::edit(self.source, gap, &self.wanted));
        }
    }

    /// Whether white space precedes a gap: the value that ends there lacks its closing bracket, and contains the gap.
    fn is_after_space(&self, gap: usize) -> bool {
        self.source[..gap].ends_with([' ', '\t', '\n', '\r'])
    }

    /// Notes the indentation of a kept line.
    fn keep_to(&mut self, place: usize) {
        let from = self.seen.min(place);
        let passed = &self.source[from..place];
        let begins_line = || self.source[..from].ends_with(['\n', '\r']).then_some(0);
        if let Some(start) = passed.rfind(['\n', '\r']).map(|found| found + 1).or_else(begins_line) {
            self.line = Indent { base: indentation(&passed[start..]), steps: 0 };
        }
        self.seen = place;
    }

    /// Whether an object or array on one line may stay there.
    fn fits(&self, node: Node<'t>) -> bool {
        // More bytes than any line that fits, with four-byte characters and spaces.
        let most = WIDTH * 8;
        if node.range().len() > most || node.text().contains(['\n', '\r']) {
            return false;
        }
        let base: usize = self.line.base.chars().map(|char| if char == '\t' { self.tab_size } else { 1 }).sum();
        let key = node.as_part_of_member().map_or(0, |member| width(member.key) + 2);
        let inner: usize = node.descendants().map(width).sum();
        base + self.line.steps * self.tab_size + key + inner < WIDTH
    }
}

/// The width of a node on one line, without the nodes inside it.
fn width(node: Node<'_>) -> usize {
    let count = |node: Node<'_>| node.children().count();
    match node.kind() {
        Kind::Member => 2,
        Kind::Array => 2 + 2 * count(node).saturating_sub(1),
        Kind::Object => 2 + 2 * count(node),
        _ => node.text().chars().count(),
    }
}
