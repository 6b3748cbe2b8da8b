//! JSON pointers (RFC 6901).

use super::{Kind, Node, Tree};
use crate::cancellation::checkpoint;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a member of an object.
    Key(String),
    /// Into an element of an array.
    Index(usize),
}

impl<'t> Node<'t> {
    /// The steps from the outermost value to this node; of a member or key, to its value.
    pub fn path(self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut node = Some(self);
        while let Some(here) = node {
            checkpoint();
            let parent = here.parent();
            match (here.kind(), parent.map(Node::kind)) {
                (Kind::Member, _) => {
                    let key = here.member().and_then(|member| member.key.string()).unwrap_or_default();
                    steps.push(Step::Key(key.into_owned()));
                }
                (_, Some(Kind::Array)) => {
                    let index = parent.and_then(|array| array.position(here));
                    steps.push(Step::Index(index.unwrap_or_default()));
                }
                _ => {}
            }
            node = parent;
        }
        steps.reverse();
        steps
    }

    /// The pointer to this node, `/authSpec/0/name`; empty for the outermost value.
    pub fn pointer(self) -> String {
        self.path().iter().fold(String::new(), |pointer, step| match step {
            Step::Key(key) => pointer + "/" + &key.replace('~', "~0").replace('/', "~1"),
            Step::Index(index) => format!("{pointer}/{index}"),
        })
    }

    /// The node at a pointer from this node; of duplicate keys, the last one.
    pub fn at_pointer(self, pointer: &str) -> Option<Node<'t>> {
        pointer.split('/').skip(1).try_fold(self, |node, step| match node.kind() {
            Kind::Object => node.get(&step.replace("~1", "/").replace("~0", "~")),
            Kind::Array => node.element(step.parse().ok()?),
            _ => None,
        })
    }
}

impl Tree {
    /// All nodes at a pointer; several if it contains a duplicate key.
    pub fn all_at_pointer(&self, pointer: &str) -> Vec<Node<'_>> {
        pointer
            .split('/')
            .skip(1)
            .fold(vec![self.root()], |nodes, step| nodes.into_iter().flat_map(|node| all_at_step(node, step)).collect())
    }

    /// The node at a pointer; of duplicate keys, the last one.
    pub fn at_pointer(&self, pointer: &str) -> Option<Node<'_>> {
        self.root().at_pointer(pointer)
    }
}

fn all_at_step<'t>(node: Node<'t>, step: &str) -> Vec<Node<'t>> {
    if node.kind() == Kind::Array {
        return step.parse().ok().and_then(|index| node.element(index)).into_iter().collect();
    }
    let key = step.replace("~1", "/").replace("~0", "~");
    node.members().filter(|member| member.key.is_key(&key)).map(|member| member.value).collect()
}
