//! The output of a command, and its prompts on a terminal.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::target::{SyncTarget, display, read};
use super::{ServiceArguments, SyncFormat, rendered_changes, rendered_conflicts};
use crate::cli::output::{Output, report_error, report_warning};
use crate::cli::terminal::{sanitize_terminal, wrap};
use crate::cli::{COULD_NOT_RUN, style, trust};
use crate::flow_service::credentials::{EnvironmentVariables, has_credentials, process_variables};
use crate::flow_service::{CancellationToken, ErrorKind};
use crate::project::{self, Project, Projects, SelectedProfile, Trust, TrustRequest, TrustedProfile};
use crate::sync::{
    Candidate, Choice, Conversation, Differences, Event, Plan, Progress, Prompt, PushBlocker, Question, Section,
    Service, SyncError, SyncOutcome, json as sync_json,
};
use crate::text::english;

/// Prints what a command does, for people or as JSON, and collects the exit code.
pub(in crate::cli) struct SyncReporter<'o> {
    output: &'o mut Output,
    is_json: bool,
    profile: Option<String>,
    cancellation: CancellationToken,
    trust: Trust,
    /// The fingerprints of what the person did not want to trust.
    declined: Vec<String>,
    projects: Projects,
    variables: EnvironmentVariables,
    services: Vec<(Option<PathBuf>, Arc<Service>)>,
    /// The location printed last.
    location: String,
    entries: Vec<Value>,
    is_printed: bool,
    code: u8,
}

impl<'o> SyncReporter<'o> {
    pub(super) fn new(arguments: &ServiceArguments, output: &'o mut Output, cancellation: CancellationToken) -> Self {
        let trust = Trust::of_process().assumed(arguments.trust.is_given);
        SyncReporter {
            output,
            is_json: arguments.format == SyncFormat::Json,
            profile: arguments.profile.clone(),
            cancellation,
            projects: Projects::new(trust.clone()),
            trust,
            declined: Vec::new(),
            variables: process_variables(),
            services: Vec::new(),
            location: String::new(),
            entries: Vec::new(),
            is_printed: false,
            code: 0,
        }
    }

    /// The service for a file.
    pub(in crate::cli) async fn service(&mut self, file: &Path) -> Result<Arc<Service>, SyncError> {
        let project = self.projects.for_file(file);
        let path = project.as_ref().map(|project| project.path().to_owned());
        if let Some((_, service)) = self.services.iter().find(|(known, _)| *known == path) {
            return Ok(Arc::clone(service));
        }
        let (chosen, profile) = self.authorized(project.as_deref()).await?;
        let opened = Service::open(chosen, profile, &self.variables, self.cancellation.clone()).await?;
        for note in opened.notes() {
            report_warning(&sanitize_terminal(note));
        }
        let service = Arc::new(opened.with_trust(&self.trust));
        self.services.push((path, Arc::clone(&service)));
        Ok(service)
    }

    /// The profile that applies. A person on a terminal is asked to trust what it would do.
    async fn authorized(
        &mut self,
        project: Option<&Project>,
    ) -> Result<(SelectedProfile, Option<TrustedProfile>), SyncError> {
        let chosen = project::select_profile(project, self.profile.as_deref(), has_credentials(&self.variables));
        let chosen = chosen.map_err(|error| SyncError::Unreachable(error.to_string()))?;
        let profile = match self.trust.authorize(&chosen) {
            Ok(profile) => profile,
            Err(request) => {
                self.ask_for_trust(&request).await?;
                self.trust.authorize(&chosen).map_err(SyncError::Untrusted)?
            }
        };
        Ok((chosen, profile))
    }

    /// Lets a person trust what a file would do, and records that.
    async fn ask_for_trust(&mut self, request: &TrustRequest) -> Result<(), SyncError> {
        let fingerprint = request.fingerprint();
        if !self.is_interactive() || self.declined.contains(&fingerprint) {
            return Ok(());
        }
        trust::show(request);
        write!(io::stderr(), "{} ", trust::QUESTION)?;
        if trust::is_yes(&self.read_line().await?) {
            return self.trust.record(request).map_err(SyncError::Unreachable);
        }
        self.declined.push(fingerprint);
        Ok(())
    }

    /// The next line of the person.
    async fn read_line(&self) -> Result<String, SyncError> {
        let line = tokio::task::spawn_blocking(|| {
            let mut line = String::new();
            io::stdin().read_line(&mut line).map(|_| line)
        });
        match self.cancellation.run_until_cancelled(line).await {
            Some(line) => Ok(line.map_err(io::Error::other)??),
            None => Err(SyncError::Cancelled),
        }
    }

    /// An existing file. `None` if it cannot be read or its service cannot be used; that is reported.
    pub(in crate::cli) async fn existing(&mut self, path: &Path) -> io::Result<Option<SyncTarget>> {
        self.open(path, true).await
    }

    /// A file that may not exist.
    pub(in crate::cli) async fn maybe_new(&mut self, path: &Path) -> io::Result<Option<SyncTarget>> {
        self.open(path, false).await
    }

    async fn open(&mut self, path: &Path, must_exist: bool) -> io::Result<Option<SyncTarget>> {
        let name = display(path);
        let opened = match read(path, &name, must_exist) {
            Ok(text) => self.service(path).await.map(|service| (text, service)),
            Err(error) => Err(error),
        };
        match opened {
            Ok((text, service)) => {
                let facts = self.projects.facts(path).0;
                Ok(Some(SyncTarget::new(path, text, must_exist, facts, service)))
            }
            Err(error) => self.failed(&name, None, &error).map(|()| None),
        }
    }

    /// Prints the location of a service, unless it was the last one printed.
    pub(in crate::cli) fn print_location(&mut self, service: &Service) -> io::Result<()> {
        let location = service.full_location();
        if self.location != location {
            let (dim, text) = (style::DIM, sanitize_terminal(&english::capitalize(&location)));
            self.print(&format!("{dim}{text}{dim:#}\n"))?;
            self.location = location;
        }
        Ok(())
    }

    /// Prints the name of a file, and the location of its service.
    pub(in crate::cli) fn print_name(&mut self, target: &SyncTarget) -> io::Result<()> {
        self.print_location(&target.service)?;
        let strong = style::STRONG;
        self.print(&format!("{strong}{}{strong:#}\n", sanitize_terminal(&target.name)))
    }

    /// Prints for people.
    pub(in crate::cli) fn print(&mut self, text: &str) -> io::Result<()> {
        if self.is_json { Ok(()) } else { self.output.print(text) }
    }

    /// A sentence, indented below the name of a file.
    pub(in crate::cli) fn print_sentence(&mut self, sentence: &str) -> io::Result<()> {
        let sentence = sanitize_terminal(sentence);
        let lines = wrap(&sentence, self.output.wrap_at().saturating_sub(2));
        let text: String = lines.into_iter().map(|line| format!("  {}\n", &sentence[line])).collect();
        self.print(&text)
    }

    fn print_sections(&mut self, sections: &[Section<'_>]) -> io::Result<()> {
        let width = self.output.width();
        for Section { title, differences } in sections {
            self.print_sentence(&format!("{title}:"))?;
            self.print(&match differences {
                Differences::Changes(changes) => rendered_changes(changes, width),
                Differences::Conflicts(conflicts) => rendered_conflicts(conflicts, width),
            })?;
        }
        Ok(())
    }

    /// Leads a conversation about a file.
    pub(in crate::cli) async fn converse<T>(
        &mut self,
        target: &mut SyncTarget,
        work: impl AsyncFnOnce(&mut Conversation<'_, Terminal<'_, 'o>, SyncTarget>) -> T,
    ) -> T {
        let (service, cancellation) = (Arc::clone(&target.service), self.cancellation.clone());
        let mut terminal = Terminal { reporter: self, service: Arc::clone(&service) };
        work(&mut Conversation::new(&service, cancellation, &mut terminal, target)).await
    }

    /// Prints the result for a file.
    pub(in crate::cli) fn finish(
        &mut self,
        target: &SyncTarget,
        result: Result<SyncOutcome, SyncError>,
    ) -> io::Result<()> {
        let outcome = match result {
            Ok(outcome) => outcome,
            Err(error) => return self.failed(&target.name, Some(&target.service), &error),
        };
        let sentences = outcome.sentences(&target.service);
        // A plan that writes was printed before.
        let (shown, sections) = match &outcome {
            SyncOutcome::PushPlanned(plan) if plan.writes() => (sentences.len() - 1, Vec::new()),
            SyncOutcome::RegisterPlanned { .. } => (1, Vec::new()),
            _ => (0, outcome.sections()),
        };
        for sentence in &sentences[shown..] {
            self.print_sentence(sentence)?;
        }
        self.print_sections(&sections)?;
        self.record(target, &outcome);
        Ok(())
    }

    /// Adds a result to the JSON.
    pub(in crate::cli) fn record(&mut self, target: &SyncTarget, outcome: &SyncOutcome) {
        let message = outcome.sentences(&target.service).join(" ");
        let members = sync_json::result(Some(&target.service), &message, Ok(outcome));
        self.add_entry(&target.name, members);
    }

    fn add_entry(&mut self, file: &str, members: Map<String, Value>) {
        let mut entry = Map::new();
        entry.insert("file".to_owned(), file.into());
        entry.extend(members);
        self.entries.push(entry.into());
    }

    /// Reports an error about a file, and how to go on.
    pub(in crate::cli) fn failed(
        &mut self,
        file: &str,
        service: Option<&Service>,
        error: &SyncError,
    ) -> io::Result<()> {
        let message = self.report_error(file, error)?;
        self.add_entry(file, sync_json::result(service, &message, Err(error)));
        Ok(())
    }

    /// Reports an error that concerns no file, in place of the list of files.
    pub(in crate::cli) fn failed_entirely(&mut self, service: Option<&Service>, error: &SyncError) -> io::Result<()> {
        let message = self.report_error("", error)?;
        self.print_json(&sync_json::result(service, &message, Err(error)).into())
    }

    fn report_error(&mut self, file: &str, error: &SyncError) -> io::Result<String> {
        if let SyncError::Output(error) = error {
            return Err(io::Error::new(error.kind(), error.to_string()));
        }
        let hint = hint(error, self.is_interactive());
        let message = format!("{error}{}", hint.map(|hint| format!(" {hint}")).unwrap_or_default());
        let about = match error {
            // It names the file.
            SyncError::File(_) | SyncError::NotApplied(_) => String::new(),
            _ if file.is_empty() => String::new(),
            _ => format!("{file}: "),
        };
        report_error(&sanitize_terminal(&format!("{about}{message}")));
        self.code = self.code.max(exit_code(error));
        Ok(message)
    }

    /// Whether a person can be asked.
    fn is_interactive(&self) -> bool {
        !self.is_json && trust::can_ask(self.output)
    }

    /// Whether the person has cancelled.
    pub(in crate::cli) fn is_cancelled(&self) -> bool {
        self.cancellation.is_cancelled()
    }

    /// Prints JSON in place of the list of files.
    pub(in crate::cli) fn print_json(&mut self, value: &Value) -> io::Result<()> {
        self.is_printed = true;
        if self.is_json { self.output.print(&(serde_json::to_string_pretty(value)? + "\n")) } else { Ok(()) }
    }

    /// Prints the JSON, and returns the exit code.
    pub(super) fn end(mut self) -> io::Result<ExitCode> {
        if !self.is_printed {
            let files = std::mem::take(&mut self.entries);
            self.print_json(&json!({ "files": files }))?;
        }
        Ok(ExitCode::from(self.code))
    }
}

/// The medium of a conversation on a terminal. Off a terminal nobody is asked.
pub(in crate::cli) struct Terminal<'r, 'o> {
    reporter: &'r mut SyncReporter<'o>,
    service: Arc<Service>,
}

impl Terminal<'_, '_> {
    fn print_plan(&mut self, plan: &Plan) -> io::Result<()> {
        for sentence in plan.sentences(&self.service) {
            self.reporter.print_sentence(&sentence)?;
        }
        self.reporter.print_sections(&plan.sections())
    }

    fn print_candidates(&mut self, found: &[Candidate]) -> io::Result<()> {
        for (at, Candidate { id, updated_by, differences, .. }) in found.iter().enumerate() {
            let by = updated_by.as_ref().map(|by| format!(", last changed by {by}")).unwrap_or_default();
            let differences = match differences {
                0 => "identical to the file".to_owned(),
                differences => english::count(*differences, "difference"),
            };
            // The id is whole: it is what `--link` expects.
            self.reporter.print_sentence(&format!("{}  {id}, {differences}{by}", at + 1))?;
        }
        Ok(())
    }
}

impl Prompt for Terminal<'_, '_> {
    type Write = ();

    async fn ask(&mut self, question: &Question<'_>) -> Result<Option<Choice>, SyncError> {
        let cancellation = &self.reporter.cancellation;
        if !self.reporter.is_interactive() || cancellation.is_cancelled() {
            return Ok(None);
        }
        let choices = question.choices();
        let text = format!("{} {}", question.reason(), question.text());
        write!(io::stderr(), "  {} {} ", sanitize_terminal(text.trim_start()), offered(&choices))?;
        Ok(chosen(&self.reporter.read_line().await?, choices))
    }

    async fn report(&mut self, event: Event<'_>) -> Result<(), SyncError> {
        match event {
            Event::Plan(plan) => self.print_plan(plan)?,
            Event::Registering { name, id, flow_spec } => {
                self.reporter.print_sentence(&crate::sync::registering(name, id, flow_spec))?;
            }
            Event::Blocked(PushBlocker::SameName(found)) => self.print_candidates(found)?,
            Event::Blocked(blocker) => self.reporter.print_sections(&blocker.sections())?,
            Event::Conflicts(changes) => self.reporter.print_sections(&[changes.conflicts()])?,
            Event::Remote(_) | Event::NotLinked => {}
        }
        Ok(())
    }

    fn progress(&mut self, _: Progress) {}

    fn begin_write(&mut self) -> Result<(), SyncError> {
        Ok(())
    }
}

/// `[y/N]`, or `[m]erge, [o]verwrite, [N]one:`; links are numbered as the candidates are.
fn offered(choices: &[Choice]) -> String {
    if choices.len() == 1 {
        return "[y/N]".to_owned();
    }
    let offer = |(at, choice): (usize, &Choice)| match choice {
        Choice::Link { .. } => (at + 1).to_string(),
        choice => {
            let label = choice.label().to_lowercase();
            let (first, rest) = label.split_at_checked(1).unwrap_or_default();
            format!("[{first}]{rest}")
        }
    };
    let offered: Vec<String> = choices.iter().enumerate().map(offer).collect();
    format!("{}, [N]one:", offered.join(", "))
}

/// The choice that a line stands for: its number, or the beginning of its label. Everything else is none.
fn chosen(line: &str, choices: Vec<Choice>) -> Option<Choice> {
    let line = line.trim().to_lowercase();
    if line.is_empty() {
        return None;
    }
    let is_only = choices.len() == 1;
    choices.into_iter().enumerate().find_map(|(at, choice)| {
        let is_it = match &choice {
            _ if is_only => "yes".starts_with(&line),
            Choice::Link { .. } => line == (at + 1).to_string(),
            choice => choice.label().to_lowercase().starts_with(&line),
        };
        is_it.then_some(choice)
    })
}

/// 1 if a decision is missing or the spec was rejected, else 2.
fn exit_code(error: &SyncError) -> u8 {
    match error {
        SyncError::Blocked(_)
        | SyncError::Conflicts(_)
        | SyncError::NotConfirmed(_)
        | SyncError::InvalidJson
        | SyncError::NotLinked
        | SyncError::NoFlowSpec
        | SyncError::Unsaved
        | SyncError::NotApplied(_)
        | SyncError::Locked
        | SyncError::PlanStale
        | SyncError::InvalidId(_)
        | SyncError::IdsMissing { .. }
        | SyncError::CreatedTwice { .. }
        | SyncError::Overwritten { .. } => 1,
        SyncError::Service(error) if matches!(error.kind(), ErrorKind::Rejected | ErrorKind::Conflict) => 1,
        SyncError::NotRegistered { error, .. } => exit_code(error),
        _ => COULD_NOT_RUN,
    }
}

/// The flag or command that decides.
fn hint(error: &SyncError, is_interactive: bool) -> Option<&'static str> {
    match error {
        SyncError::Blocked(PushBlocker::UnconfirmedLink { .. }) => Some(
            "`connspec pull` or `connspec push --link ID` confirms that it is the right one; in CI, `--trust` skips this.",
        ),
        SyncError::CreatedTwice { .. } => Some(
            "Push again to keep this one, or `connspec push --link ID` to use another one; Flow Service documents no way to \
             delete a spec.",
        ),
        SyncError::Blocked(PushBlocker::Problems(_)) => {
            Some("`connspec check` shows what is wrong; `--force` pushes anyway.")
        }
        SyncError::Blocked(PushBlocker::SameName(_)) => Some("`--link ID` links to it; `--create` creates a new spec."),
        SyncError::Blocked(PushBlocker::RemoteDeleted { .. }) => Some(
            "`connspec push --create` recreates it, `--link ID` links to another one, `connspec unlink` removes the link.",
        ),
        SyncError::Blocked(PushBlocker::RemoteChanged(_)) => {
            Some("`connspec pull` merges the remote changes; `connspec push --overwrite` overwrites them.")
        }
        SyncError::Conflicts(_) => {
            Some("`connspec pull --prefer local` keeps the local values; `--prefer remote` takes the remote ones.")
        }
        SyncError::NotConfirmed(_) if !is_interactive => Some("`--yes` skips the confirmation."),
        SyncError::NotLinked => Some(
            "`connspec push` creates a remote spec; `--link ID` links to an existing one, which `connspec list` shows.",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::Side;

    #[test]
    fn a_choice_is_its_first_letters_or_its_number() {
        let link = |id: &str| Choice::Link { id: id.to_owned(), differences: 0 };
        let choices = || vec![link("a"), link("b"), Choice::Create];
        assert_eq!(offered(&choices()), "1, 2, [c]reate a new spec, [N]one:");
        for (line, expected) in [
            ("2\n", Some(link("b"))),
            ("C\n", Some(Choice::Create)),
            ("create\n", Some(Choice::Create)),
            ("3\n", None),
            ("none\n", None),
            ("\n", None),
        ] {
            assert_eq!(chosen(line, choices()), expected, "{line}");
        }
        let sides = || vec![Choice::Prefer(Side::Local), Choice::Prefer(Side::Remote)];
        assert_eq!(offered(&sides()), "[l]ocal, [r]emote, [N]one:");
        assert_eq!(chosen("r", sides()), Some(Choice::Prefer(Side::Remote)));
    }

    #[test]
    fn a_single_choice_is_a_yes() {
        assert_eq!(offered(&[Choice::Force]), "[y/N]");
        assert_eq!(chosen("y\n", vec![Choice::Force]), Some(Choice::Force));
        assert_eq!(chosen("p\n", vec![Choice::Force]), None);
    }
}
