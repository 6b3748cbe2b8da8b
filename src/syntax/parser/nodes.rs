//! Adds nodes to the list.

use std::ops::Range;

use super::{Open, Parser};
use crate::syntax::node::{self, Kind, Raw};

impl Parser<'_> {
    pub(super) fn push(&mut self, kind: Kind, range: Range<usize>, parent: u32, flags: u8) -> u32 {
        let index = self.nodes.len() as u32;
        let (start, end) = (range.start as u32, range.end as u32);
        self.nodes.push(Raw { start, end, parent, next: index + 1, kind, flags });
        if kind != Kind::Missing && kind != Kind::Member {
            self.at = range.end;
            self.last_end = range.end;
        }
        index
    }

    pub(super) fn open(&mut self, is_object: bool, parent: u32, flags: u8) -> u32 {
        let width = usize::from(flags & node::NO_OPENING_BRACKET == 0);
        let indent = if self.by_indent { self.indent_of_line(self.at) } else { 0 };
        let kind = if is_object { Kind::Object } else { Kind::Array };
        let node = self.push(kind, self.at..self.at + width, parent, flags);
        self.open_objects += usize::from(is_object);
        self.stack.push(Open { node, is_object, complete: None, comma: None, indent, child_indent: None });
        node
    }

    /// Ends the innermost open object or array at `end` (bytes).
    pub(super) fn end_top(&mut self, end: usize, flags: u8) {
        let Some(open) = self.stack.pop() else { return };
        self.open_objects -= usize::from(open.is_object);
        let raw = &mut self.nodes[open.node as usize];
        raw.end = end as u32;
        raw.flags |= flags;
        self.complete(open.node);
    }

    /// Completes a value, and the member that it belongs to.
    pub(super) fn complete(&mut self, value: u32) {
        let next = self.nodes.len() as u32;
        let Raw { parent, end, .. } = self.nodes[value as usize];
        self.nodes[value as usize].next = next;
        let mut child = value;
        if parent != node::NONE && self.nodes[parent as usize].kind == Kind::Member {
            let key_end = self.nodes[parent as usize + 1].end;
            let member = &mut self.nodes[parent as usize];
            member.next = next;
            member.end = end.max(key_end);
            child = parent;
        }
        if let Some(open) = self.stack.last_mut() {
            open.complete = Some(child);
            open.comma = None;
        }
    }
}
