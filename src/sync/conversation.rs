//! Leads a person through push, pull and register: what is read, asked, shown and written, in which order and how often.
//! The command line and the editor differ only in their [`Prompt`] and [`WorkingCopy`].

use crate::document::Document;
use crate::flow_service::CancellationToken;
use crate::lint::{Facts, RemoteState};
use crate::text::Edit;

use super::error::{SyncError, Written};
use super::merge::Side;
use super::outcome::{PullAction, Pulled, SyncOutcome};
use super::plan::{PushBlocker, PushOptions, RegisterStep, ThreeWay};
use super::prompt::{Choice, Event, LocalSpec, Progress, Prompt, Question, RemoteUpdate, WorkingCopy};
use super::pull::Pull;
use super::register::Registered;
use super::service::Service;
use super::spec::Spec;
use super::status::SyncStatus;

/// How many times a plan is applied in total if what it is based on keeps changing.
pub const MAX_ATTEMPTS: u32 = 3;

/// What to push.
#[derive(Debug, Clone, Default)]
pub struct PushRequest {
    /// The decisions made before.
    pub options: PushOptions,
    /// Show the plan, ask nothing and write nothing.
    pub dry_run: bool,
    /// Whether the write is confirmed already.
    pub confirmed: bool,
}

/// What to pull.
#[derive(Debug, Clone, Default)]
pub struct PullRequest {
    /// The id of the remote spec; by default the linked one.
    pub link: Option<String>,
    /// The side that wins conflicts.
    pub prefer: Option<Side>,
    /// Show the changes, ask nothing and write nothing.
    pub dry_run: bool,
}

/// What to register.
#[derive(Debug, Clone, Copy, Default)]
pub struct RegisterRequest {
    /// Show what would be done, ask nothing and write nothing.
    pub dry_run: bool,
    /// Whether the write is confirmed already.
    pub confirmed: bool,
}

/// A conversation about one spec.
pub struct Conversation<'c, P, W> {
    service: &'c Service,
    cancellation: CancellationToken,
    prompt: &'c mut P,
    copy: &'c mut W,
}

impl<'c, P: Prompt, W: WorkingCopy> Conversation<'c, P, W> {
    /// A conversation with a service. Cancelling ends reads at once and keeps further writes from starting; a write in
    /// progress is completed.
    pub fn new(service: &'c Service, cancellation: CancellationToken, prompt: &'c mut P, copy: &'c mut W) -> Self {
        Conversation { service, cancellation, prompt, copy }
    }

    /// Pushes the local spec. A person decides what blocks it, and confirms the write.
    pub async fn push(&mut self, request: &PushRequest) -> Result<SyncOutcome, SyncError> {
        let mut options = request.options.clone();
        let (mut attempts, mut confirmed) = (0, None);
        loop {
            let (spec, facts) = self.read()?;
            self.prompt.progress(Progress::Comparing);
            let plan = match self.cancellable(spec.plan(&facts, &options)).await {
                Err(SyncError::Blocked(blocker)) => {
                    self.report_blocker(&spec, &blocker, &options).await?;
                    if request.dry_run {
                        return Err(blocker.into());
                    }
                    match self.resolve(blocker, &mut options).await? {
                        Some(pulled) => return Ok(pulled),
                        None => continue,
                    }
                }
                plan => plan?,
            };
            // A stale plan that turns out the same is not confirmed twice.
            if plan.writes() && confirmed.as_ref() != Some(&plan) {
                self.prompt.report(Event::Plan(&plan)).await?;
                let is_confirmed = request.dry_run || request.confirmed;
                if !is_confirmed && self.prompt.ask(&Question::Push(&plan)).await? != Some(Choice::Push) {
                    return Err(SyncError::NotConfirmed(Some(Box::new(plan))));
                }
            }
            if request.dry_run {
                return Ok(SyncOutcome::PushPlanned(plan));
            }
            attempts += 1;
            match self.write(spec.push(&plan)).await {
                Ok(pushed) => {
                    let state =
                        if pushed.overwritten.is_empty() { RemoteState::Unchanged } else { RemoteState::Changed };
                    self.report_remote(&spec, &pushed.id, Some(state), pushed.registered).await?;
                    return Ok(SyncOutcome::Pushed(pushed));
                }
                Err(SyncError::PlanStale) if attempts < MAX_ATTEMPTS => confirmed = Some(plan),
                Err(error) => {
                    if let SyncError::NotRegistered { id, .. } | SyncError::CreatedTwice { id, .. } = &error {
                        self.report_remote(&spec, id, Some(RemoteState::Unchanged), Some(false)).await?;
                    }
                    return Err(error);
                }
            }
        }
    }

    /// Merges the remote spec into the local text, or creates it. A person decides conflicts.
    pub async fn pull(&mut self, request: &PullRequest) -> Result<SyncOutcome, SyncError> {
        let (mut attempts, mut prefer, mut applied) = (0, request.prefer, None::<Pulled>);
        loop {
            let (spec, _) = self.read()?;
            let pull = self.read_remote(&spec, request.link.as_deref(), prefer).await?;
            let is_new = spec.document().source().trim().is_empty();
            if !is_new && !spec.is_object() {
                return Err(SyncError::InvalidJson);
            }
            if !is_new && !pull.changes.merge.conflicts.is_empty() {
                prefer = Some(self.choose_side(pull.changes, request.dry_run).await?);
                continue;
            }
            let (edits, pulled) = planned(&pull, spec.document(), is_new);
            if request.dry_run {
                return Ok(SyncOutcome::PullPlanned(pulled));
            }
            if !edits.is_empty() {
                self.prompt.progress(Progress::Editing);
                self.copy.apply(edits).await?;
            }
            // A second attempt has nothing left to apply.
            let pulled = match (pulled.action, applied.take()) {
                (PullAction::None, Some(before)) => before,
                _ => pulled,
            };
            attempts += 1;
            // The text is edited, so it is too late to cancel.
            match self.complete(spec.pulled(&pull)).await {
                Ok(()) => {
                    self.report_remote(&spec, &pull.id, Some(RemoteState::Unchanged), None).await?;
                    return Ok(SyncOutcome::Pulled(pulled));
                }
                Err(SyncError::PlanStale) if attempts < MAX_ATTEMPTS => applied = Some(pulled),
                Err(error) if pulled.action == PullAction::None => return Err(error),
                Err(error) => {
                    let written = Written::Local(pull.id);
                    return Err(SyncError::StateNotSaved { written, error: Box::new(error) });
                }
            }
        }
    }

    /// Registers the remote spec of the file. A person confirms the write.
    pub async fn register(&mut self, request: RegisterRequest) -> Result<SyncOutcome, SyncError> {
        let (spec, _) = self.read()?;
        let name = spec.name();
        self.prompt.progress(Progress::ReadingFlowSpec);
        let mut link = None;
        let (id, step) = loop {
            match self.cancellable(spec.registration(link.as_deref())).await {
                Err(SyncError::Blocked(blocker)) => {
                    self.prompt.report(Event::Blocked(&blocker)).await?;
                    let is_asked = !request.dry_run && matches!(blocker, PushBlocker::UnconfirmedLink { .. });
                    let choice = if is_asked { self.prompt.ask(&Question::Blocked(&blocker)).await? } else { None };
                    let Some(Choice::Link { id, .. }) = choice else { return Err(blocker.into()) };
                    link = Some(id);
                }
                registration => break registration?,
            }
        };
        let registered = match step {
            RegisterStep::None => return Err(SyncError::NoFlowSpec),
            RegisterStep::Registered { flow_spec } => {
                Registered { flow_spec, was_registered: true, restored: Vec::new(), altered: Vec::new() }
            }
            RegisterStep::Register { flow_spec } => {
                self.prompt.report(Event::Registering { name: &name, id: &id, flow_spec }).await?;
                if request.dry_run {
                    return Ok(SyncOutcome::RegisterPlanned { name, id, flow_spec });
                }
                if !request.confirmed && self.prompt.ask(&Question::Register).await? != Some(Choice::Register) {
                    return Err(SyncError::NotConfirmed(None));
                }
                let registered = self.write(spec.register(&id)).await?;
                if let Some(id) = &link {
                    spec.confirm(id);
                }
                registered
            }
        };
        self.report_remote(&spec, &id, None, Some(true)).await?;
        Ok(SyncOutcome::Registered { name, id, registered })
    }

    /// Reads the status of the spec.
    pub async fn status(&mut self) -> Result<SyncOutcome, SyncError> {
        let (spec, _) = self.read()?;
        self.prompt.progress(Progress::Comparing);
        let status = self.cancellable(spec.status()).await?;
        match (&status.id, status.status) {
            (None, _) | (_, SyncStatus::NotLinked) => self.prompt.report(Event::NotLinked).await?,
            (Some(id), sync) => self.report_remote(&spec, id, sync.remote_state(), status.registered).await?,
        }
        Ok(SyncOutcome::Status(status))
    }

    /// Compares the local text with the remote spec: the one with the id `link`, by default the linked one.
    pub async fn compare(&mut self, link: Option<&str>) -> Result<Pull, SyncError> {
        let (spec, _) = self.read()?;
        let pull = self.read_remote(&spec, link, None).await?;
        if link.is_none() {
            let state = if pull.changes.remote.is_empty() { RemoteState::Unchanged } else { RemoteState::Changed };
            self.report_remote(&spec, &pull.id, Some(state), None).await?;
        }
        Ok(pull)
    }

    /// Unlinks the file from its remote spec.
    pub async fn unlink(&mut self) -> Result<SyncOutcome, SyncError> {
        let (spec, _) = self.read()?;
        Ok(SyncOutcome::Unlinked(self.complete(spec.unlink()).await?))
    }

    /// The local spec as it is now, and the facts about it.
    fn read(&mut self) -> Result<(Spec<'c>, Facts), SyncError> {
        let LocalSpec { path, document, facts } = self.copy.read()?;
        let service = self.service;
        Ok((Spec::new(service.client(), service.records(), &path, document), facts))
    }

    async fn read_remote(
        &mut self,
        spec: &Spec<'_>,
        link: Option<&str>,
        prefer: Option<Side>,
    ) -> Result<Pull, SyncError> {
        self.prompt.progress(Progress::ReadingSpec);
        let pull = self.cancellable(spec.pull(link, prefer)).await;
        if let (Err(SyncError::Blocked(PushBlocker::RemoteDeleted { id })), None) = (&pull, link) {
            self.report_remote(spec, id, Some(RemoteState::Deleted), None).await?;
        }
        pull
    }

    async fn report_blocker(
        &mut self,
        spec: &Spec<'_>,
        blocker: &PushBlocker,
        options: &PushOptions,
    ) -> Result<(), SyncError> {
        let state = match blocker {
            PushBlocker::RemoteDeleted { id } => Some((id, RemoteState::Deleted)),
            PushBlocker::RemoteChanged(changes) => Some((&changes.id, RemoteState::Changed)),
            PushBlocker::Problems(_) | PushBlocker::SameName(_) | PushBlocker::UnconfirmedLink { .. } => None,
        };
        // Another spec than the linked one says nothing about the file.
        if let (Some((id, state)), None) = (state, &options.link) {
            self.report_remote(spec, id, Some(state), None).await?;
        }
        self.prompt.report(Event::Blocked(blocker)).await
    }

    /// Lets a person decide what blocks a push. The result of a pull, if they chose to pull instead.
    async fn resolve(
        &mut self,
        blocker: PushBlocker,
        options: &mut PushOptions,
    ) -> Result<Option<SyncOutcome>, SyncError> {
        let pull = PullRequest { link: options.link.clone(), ..PullRequest::default() };
        match self.prompt.ask(&Question::Blocked(&blocker)).await? {
            Some(Choice::Force) => options.force = true,
            Some(Choice::Link { id, .. }) => options.link = Some(id),
            Some(Choice::Create | Choice::Recreate) => (options.create, options.link) = (true, None),
            Some(Choice::Overwrite) => options.overwrite = true,
            Some(Choice::Merge) => drop(self.pull(&pull).await?),
            Some(Choice::Pull) => return self.pull(&pull).await.map(Some),
            Some(Choice::Push | Choice::Register | Choice::Prefer(_)) | None => return Err(blocker.into()),
        }
        Ok(None)
    }

    async fn choose_side(&mut self, changes: ThreeWay, dry_run: bool) -> Result<Side, SyncError> {
        self.prompt.report(Event::Conflicts(&changes)).await?;
        if !dry_run && let Some(Choice::Prefer(side)) = self.prompt.ask(&Question::Conflicts(&changes)).await? {
            return Ok(side);
        }
        Err(SyncError::Conflicts(Box::new(changes)))
    }

    async fn report_remote(
        &mut self,
        spec: &Spec<'_>,
        id: &str,
        state: Option<RemoteState>,
        registered: Option<bool>,
    ) -> Result<(), SyncError> {
        let linked = spec.linked().ok().flatten();
        let sent = linked.and_then(|linked| linked.sent().map(str::to_owned));
        self.prompt.report(Event::Remote(RemoteUpdate { id: id.to_owned(), state, registered, sent })).await
    }

    /// Does work that only reads, unless it is cancelled.
    async fn cancellable<T>(&self, work: impl Future<Output = Result<T, SyncError>>) -> Result<T, SyncError> {
        self.cancellation.run_until_cancelled(work).await.unwrap_or(Err(SyncError::Cancelled))
    }

    /// Writes, unless it is cancelled before.
    async fn write<T>(&mut self, work: impl Future<Output = Result<T, SyncError>>) -> Result<T, SyncError> {
        if self.cancellation.is_cancelled() {
            return Err(SyncError::Cancelled);
        }
        self.prompt.progress(Progress::Writing);
        self.complete(work).await
    }

    /// Does work that is not cancelled.
    async fn complete<T>(&mut self, work: impl Future<Output = Result<T, SyncError>>) -> Result<T, SyncError> {
        let _write = self.prompt.begin_write()?;
        work.await
    }
}

/// The edits of a pull, and its result once they are applied.
fn planned(pull: &Pull, document: &Document, is_new: bool) -> (Vec<Edit>, Pulled) {
    let merge = &pull.changes.merge;
    let (action, edits, changes) = match is_new {
        true => {
            let all = Edit { range: 0..document.source().len(), new: pull.file.clone() };
            (PullAction::Created, vec![all], Vec::new())
        }
        false if merge.edits.is_empty() => (PullAction::None, Vec::new(), Vec::new()),
        false => (PullAction::Merged, merge.edits.clone(), merge.applied.clone()),
    };
    (edits, Pulled { id: pull.id.clone(), name: pull.name.clone(), action, changes })
}
