//! The results of commands, and the sentences in which command line and editor present them.

use crate::flow_service::short_id;
use crate::text::english::count;

use super::changes::{Change, named_paths};
use super::merge::Conflict;
use super::plan::{Candidate, Plan, PushBlocker, RegisterStep, SpecStep, ThreeWay};
use super::pull::Pull;
use super::push::{PushAction, Pushed};
use super::register::Registered;
use super::service::Service;
use super::status::{SpecStatus, SyncStatus};

/// The result of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncOutcome {
    /// What a push would do.
    PushPlanned(Plan),
    /// The result of a push.
    Pushed(Pushed),
    /// What a pull would do.
    PullPlanned(Pulled),
    /// The result of a pull.
    Pulled(Pulled),
    /// What registering would do.
    RegisterPlanned {
        /// The name of the spec.
        name: String,
        /// The id of the remote spec.
        id: String,
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
    /// The result of registering.
    Registered {
        /// The name of the spec.
        name: String,
        /// The id of the remote spec.
        id: String,
        /// The result.
        registered: Registered,
    },
    /// The status of a spec.
    Status(SpecStatus),
    /// The differences from the remote spec.
    Compared(Box<Pull>),
    /// The file was unlinked from the remote spec with this id. `None` if it was not linked.
    Unlinked(Option<String>),
}

/// The result of a pull.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The id of the remote spec.
    pub id: String,
    /// The name of the remote spec.
    pub name: String,
    /// What was done with the local text.
    pub action: PullAction,
    /// The remote changes that were merged.
    pub changes: Vec<Change>,
}

/// What was done with the local text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PullAction {
    /// Nothing: there were no remote changes.
    None,
    /// Remote changes were merged.
    Merged,
    /// The remote spec was written to a file that did not exist or was empty.
    Created,
}

/// A list of differences with a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'s> {
    /// The title, without punctuation.
    pub title: &'static str,
    /// The differences.
    pub differences: Differences<'s>,
}

/// The differences of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differences<'s> {
    /// Changes of one side.
    Changes(&'s [Change]),
    /// Conflicts of both.
    Conflicts(&'s [Conflict]),
}

impl SyncOutcome {
    /// The result in sentences.
    pub fn sentences(&self, service: &Service) -> Vec<String> {
        let sandbox = service.sandbox();
        let spec = |name: &str, id: &str| format!("`{name}` in sandbox {sandbox} ({})", short_id(id));
        match self {
            SyncOutcome::PushPlanned(plan) => [plan.sentences(service), vec![DRY_RUN.to_owned()]].concat(),
            SyncOutcome::Pushed(pushed) => pushed.sentences(service),
            SyncOutcome::PullPlanned(Pulled { id, name, action, changes }) => {
                let spec = spec(name, id);
                let planned = match action {
                    PullAction::None => format!("No remote changes to pull from {spec}."),
                    PullAction::Merged => format!("Will merge {} from {spec}.", remote_changes(changes)),
                    PullAction::Created => format!("Will create the file from {spec}."),
                };
                vec![planned, "Dry run; nothing was written.".to_owned()]
            }
            SyncOutcome::Pulled(Pulled { id, name, action, changes }) => {
                let spec = spec(name, id);
                vec![match action {
                    PullAction::None => format!("No remote changes to pull from {spec}."),
                    PullAction::Merged => format!("Merged {} from {spec}.", remote_changes(changes)),
                    PullAction::Created => format!("Pulled `{name}` from sandbox {sandbox} ({}).", short_id(id)),
                }]
            }
            SyncOutcome::RegisterPlanned { name, id, flow_spec } => {
                vec![registering(name, id, flow_spec), DRY_RUN.to_owned()]
            }
            SyncOutcome::Registered { name, id, registered } => {
                let Registered { flow_spec, was_registered, .. } = registered;
                let (verb, seen) = match was_registered {
                    true => ("Already registered:", String::new()),
                    false => ("Registered", format!(" ({SEEN})")),
                };
                let done = format!("{verb} `{name}` ({}) in flow spec `{flow_spec}`{seen}.", short_id(id));
                [done].into_iter().chain(registered.restored_sentence()).collect()
            }
            SyncOutcome::Status(SpecStatus { status: SyncStatus::NotLinked, .. }) => {
                vec![format!("Not linked to a remote spec in sandbox {sandbox}.")]
            }
            SyncOutcome::Status(of) => {
                let SpecStatus { status, name, id, registered, .. } = of;
                let registered = if *registered == Some(false) { ", not registered" } else { "" };
                let spec = spec(name, id.as_deref().unwrap_or_default());
                let status = format!("{spec}: {}{registered}.", status.description());
                [status].into_iter().chain(of.same_name_sentence()).collect()
            }
            SyncOutcome::Compared(pull) => {
                let verb = if pull.is_identical { "Identical to" } else { "Compared with" };
                vec![format!("{verb} {}.", spec(&pull.name, &pull.id))]
            }
            SyncOutcome::Unlinked(Some(id)) => vec![format!("Unlinked from {}.", short_id(id))],
            SyncOutcome::Unlinked(None) => vec!["The file was not linked.".to_owned()],
        }
    }

    /// The differences that belong to the result.
    pub fn sections(&self) -> Vec<Section<'_>> {
        match self {
            SyncOutcome::PushPlanned(plan) => plan.sections(),
            SyncOutcome::Pushed(pushed) => {
                let altered = pushed.registration.as_ref().map(|registered| &*registered.altered).unwrap_or_default();
                sections([
                    ("Stored differently by Flow Service", &pushed.not_stored),
                    ("Changed by another author right after; pull to merge", &pushed.overwritten),
                    (ALTERED, altered),
                ])
            }
            SyncOutcome::PullPlanned(pulled) | SyncOutcome::Pulled(pulled) => {
                sections([("Remote changes", &pulled.changes)])
            }
            SyncOutcome::Registered { registered, .. } => sections([(ALTERED, &registered.altered)]),
            SyncOutcome::Compared(pull) => pull.changes.sections(),
            SyncOutcome::RegisterPlanned { .. } | SyncOutcome::Status(_) | SyncOutcome::Unlinked(_) => Vec::new(),
        }
    }
}

/// What was seen of a registration; more is not known.
const SEEN: &str = "seen in it twice, 1 s apart";

const DRY_RUN: &str = "Dry run; nothing was sent.";
const ALTERED: &str = "Other changes in the flow spec, which was sent back as it was read";

impl Plan {
    /// What the push would do, and what to know before.
    pub fn sentences(&self, service: &Service) -> Vec<String> {
        let problems = self.problems.to_string();
        let problems = (!problems.is_empty()).then(|| format!("The spec has {problems}."));
        let same_name = same_name_sentence(self.spec.id(), &self.same_name);
        [Some(self.sentence(service)), problems, same_name].into_iter().flatten().collect()
    }

    fn sentence(&self, service: &Service) -> String {
        let (name, sandbox) = (&self.name, service.sandbox());
        let spec = |id: &str| format!("`{name}` in sandbox {sandbox} ({})", short_id(id));
        let register = match self.register {
            RegisterStep::Register { flow_spec } => Some(flow_spec),
            RegisterStep::None | RegisterStep::Registered { .. } => None,
        };
        let step = match &self.spec {
            SpecStep::UpToDate { id } => {
                return match register {
                    Some(flow_spec) => registering(name, id, flow_spec),
                    None => format!("Already up to date: {}.", spec(id)),
                };
            }
            SpecStep::Link { id, .. } => format!("Will link the file to the identical {}", spec(id)),
            SpecStep::Create { .. } => format!("Will create `{name}` in sandbox {sandbox}"),
            SpecStep::Update { id, .. } => format!("Will update {}", spec(id)),
        };
        let register = register.map(|flow_spec| format!(" and register it in flow spec `{flow_spec}`"));
        format!("{step}{}.", register.unwrap_or_default())
    }

    /// The changes of the remote spec.
    pub fn sections(&self) -> Vec<Section<'_>> {
        match &self.spec {
            SpecStep::Update { changes, .. } => sections([("Changes", changes)]),
            _ => Vec::new(),
        }
    }
}

/// That a spec will be registered.
pub fn registering(name: &str, id: &str, flow_spec: &str) -> String {
    format!("Will register `{name}` ({}) in flow spec `{flow_spec}`.", short_id(id))
}

impl Pushed {
    fn sentences(&self, service: &Service) -> Vec<String> {
        let spec = format!("`{}` in sandbox {} ({})", self.name, service.sandbox(), short_id(&self.id));
        let mut sentences = vec![match self.action {
            PushAction::None => format!("Already up to date: {spec}."),
            PushAction::Linked => format!("Linked to the identical {spec}; nothing was sent."),
            PushAction::Created => format!("Created {spec}."),
            PushAction::Updated => format!("Updated {spec}."),
        }];
        if let Some(registered) = &self.registration {
            let flow_spec = registered.flow_spec;
            sentences.push(match registered.was_registered {
                true => format!("Already registered in flow spec `{flow_spec}`."),
                false => format!("Registered in flow spec `{flow_spec}` ({SEEN})."),
            });
            sentences.extend(registered.restored_sentence());
        }
        sentences.extend(same_name_sentence(Some(&self.id), &self.same_name));
        sentences
    }
}

impl Registered {
    fn restored_sentence(&self) -> Option<String> {
        let ids = count(self.restored.len(), "id");
        let left_out = "that another writer or an outdated copy had left out";
        (!self.restored.is_empty()).then(|| format!("Put back {ids} {left_out}: {}.", self.restored.join(", ")))
    }
}

/// That other specs have the same name, and what to do about it. `id` is the linked one.
fn same_name_sentence(id: Option<&str>, others: &[Candidate]) -> Option<String> {
    let describe = |Candidate { id, differences, .. }: &Candidate| match differences {
        0 => format!("{id} (identical to the file)"),
        differences => format!("{id} ({})", count(*differences, "difference")),
    };
    let others_have = match others.len() {
        0 => return None,
        1 => "Another remote spec has".to_owned(),
        number => format!("{number} other remote specs have"),
    };
    let others: Vec<String> = others.iter().map(describe).collect();
    let linked = id.map(|id| {
        format!(
            " The file is linked to {}; push with the link of another one to use that instead. Flow Service documents no way \
             to delete a spec.",
            short_id(id)
        )
    });
    Some(format!("{others_have} this name: {}.{}", others.join(", "), linked.unwrap_or_default()))
}

impl SpecStatus {
    /// That other specs have the same name.
    pub fn same_name_sentence(&self) -> Option<String> {
        same_name_sentence(self.id.as_deref(), &self.same_name)
    }
}

impl PushBlocker {
    /// The differences that the decision is about.
    pub fn sections(&self) -> Vec<Section<'_>> {
        match self {
            PushBlocker::RemoteChanged(changes) => changes.sections(),
            PushBlocker::UnconfirmedLink { changes, .. } => sections([("Changes", changes)]),
            PushBlocker::Problems(_) | PushBlocker::SameName(_) | PushBlocker::RemoteDeleted { .. } => Vec::new(),
        }
    }
}

impl ThreeWay {
    /// Local changes, remote changes and conflicts.
    pub fn sections(&self) -> Vec<Section<'_>> {
        let remote = if self.has_base { "Remote changes" } else { "Differences (- local, + remote)" };
        let mut found = sections([("Local changes", &*self.local), (remote, &self.remote)]);
        if self.has_base && !self.merge.conflicts.is_empty() {
            found.push(self.conflicts());
        }
        found
    }

    /// The conflicts.
    pub fn conflicts(&self) -> Section<'_> {
        Section { title: "Conflicts", differences: Differences::Conflicts(&self.merge.conflicts) }
    }
}

impl Differences<'_> {
    /// The paths of the first few differences, for a sentence.
    pub fn named(&self) -> String {
        match self {
            Differences::Changes(changes) => named_paths(changes.iter().map(|change| &change.path)),
            Differences::Conflicts(conflicts) => named_paths(conflicts.iter().map(|conflict| &conflict.path)),
        }
    }
}

/// Sections of changes, without the empty ones.
fn sections<'s, const N: usize>(all: [(&'static str, &'s [Change]); N]) -> Vec<Section<'s>> {
    let all = all.into_iter().filter(|(_, changes)| !changes.is_empty());
    all.map(|(title, changes)| Section { title, differences: Differences::Changes(changes) }).collect()
}

fn remote_changes(changes: &[Change]) -> String {
    count(changes.len(), "remote change")
}
