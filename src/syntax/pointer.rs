//! JSON pointers (RFC 6901): the name of a node by the keys and indices that lead to it.

use super::{Kind, Node, Tree};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a member of an object.
    Key(String),
    /// Into an element of an array.
    Index(usize),
}

impl<'t> Node<'t> {
    /// The steps that lead from the outermost value to this node; for a member or a key, to its value.
    pub fn path(self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut node = Some(self);
        while let Some(here) = node {
            let parent = here.parent();
            match (here.kind(), parent.map(Node::kind)) {
                (Kind::Member, _) => {
                    let key = here.member().and_then(|member| member.key.string()).unwrap_or_default();
                    steps.push(Step::Key(key.into_owned()));
                }
                (_, Some(Kind::Array)) => {
                    let index = parent.and_then(|array| array.elements().position(|element| element == here));
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

    /// The node that a pointer from here names. Of several members with one key the last counts.
    pub fn at_pointer(self, pointer: &str) -> Option<Node<'t>> {
        pointer.split('/').skip(1).try_fold(self, |node, step| match node.kind() {
            Kind::Object => node.get(&step.replace("~1", "/").replace("~0", "~")),
            Kind::Array => node.elements().nth(step.parse().ok()?),
            _ => None,
        })
    }
}

impl Tree {
    /// All nodes that a pointer names: one, or more where an object on the way has several members with one key.
    pub fn all_at_pointer(&self, pointer: &str) -> Vec<Node<'_>> {
        pointer
            .split('/')
            .skip(1)
            .fold(vec![self.root()], |nodes, step| nodes.into_iter().flat_map(|node| all_at_step(node, step)).collect())
    }

    /// The node that a pointer names. Of several members with one key the last counts.
    pub fn at_pointer(&self, pointer: &str) -> Option<Node<'_>> {
        self.root().at_pointer(pointer)
    }
}

fn all_at_step<'t>(node: Node<'t>, step: &str) -> Vec<Node<'t>> {
    if node.kind() == Kind::Array {
        return step.parse().ok().and_then(|index| node.elements().nth(index)).into_iter().collect();
    }
    let key = step.replace("~1", "/").replace("~0", "~");
    node.members().filter(|member| member.key.is_key(&key)).map(|member| member.value).collect()
}
