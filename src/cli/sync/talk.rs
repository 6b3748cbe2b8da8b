//! What is said, asked and remembered while files are gone through.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::failure::{self, code};
use super::{ServiceArguments, SyncFormat};
use crate::cli::draw::harmless;
use crate::cli::output::{Output, complain};
use crate::cli::wrap::wrap;
use crate::cli::{COULD_NOT_RUN, style};
use crate::flow_service::CancellationToken;
use crate::flow_service::credentials::{EnvironmentVariables, process_variables};
use crate::project::Projects;
use crate::sync::{Failure, Service};
use crate::text::english;

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Answer {
    /// This one of those that were offered.
    Chosen(usize),
    /// None: nobody is there to be asked, or who is there wants to stop.
    None,
}

/// See above.
pub(in crate::cli) struct Talk<'o> {
    output: &'o mut Output,
    is_json: bool,
    yes: bool,
    profile: Option<String>,
    stop: CancellationToken,
    pub(super) projects: Projects,
    variables: EnvironmentVariables,
    services: Vec<(Option<std::path::PathBuf>, Rc<Service>)>,
    /// The place that was named last.
    place: String,
    entries: Vec<Value>,
    /// Whether what is for other programs was printed.
    is_printed: bool,
    code: u8,
}

impl<'o> Talk<'o> {
    pub(super) fn new(
        arguments: &ServiceArguments,
        yes: bool,
        output: &'o mut Output,
        stop: CancellationToken,
    ) -> Self {
        Talk {
            output,
            is_json: arguments.format == SyncFormat::Json,
            yes,
            profile: arguments.profile.clone(),
            stop,
            projects: Projects::default(),
            variables: process_variables(),
            services: Vec::new(),
            place: String::new(),
            entries: Vec::new(),
            is_printed: false,
            code: 0,
        }
    }

    /// The service that counts for a file. The first time, and when it is another than before, it is named.
    pub(in crate::cli) async fn service(&mut self, file: &Path) -> Result<Rc<Service>, Failure> {
        let project = self.projects.for_file(file);
        let path = project.as_ref().map(|project| project.path().to_owned());
        let known = self.services.iter().find(|(known, _)| *known == path).map(|(_, service)| Rc::clone(service));
        let service = match known {
            Some(service) => service,
            None => {
                let named = self.profile.as_deref();
                let reached = Service::reach(project.as_deref(), named, &self.variables, self.stop.clone()).await?;
                for note in reached.notes() {
                    complain(&format!("warning: {}", harmless(note)));
                }
                let service = Rc::new(reached);
                self.services.push((path, Rc::clone(&service)));
                service
            }
        };
        Ok(service)
    }

    /// Names the place that all that follows is about.
    pub(in crate::cli) fn name(&mut self, service: &Service) -> io::Result<()> {
        let place = service.place();
        if self.place != place {
            let (dim, words) = (style::DIM, harmless(&english::capitalize(&place)));
            self.say(&format!("{dim}{words}{dim:#}\n"))?;
            self.place = place;
        }
        Ok(())
    }

    /// The columns of a line.
    pub(in crate::cli) fn width(&self) -> usize {
        self.output.width()
    }

    /// Says something to a person; another program gets it in its JSON.
    pub(in crate::cli) fn say(&mut self, text: &str) -> io::Result<()> {
        if self.is_json { Ok(()) } else { self.output.print(text) }
    }

    /// A sentence, indented below the name of a file.
    pub(in crate::cli) fn tell(&mut self, sentence: &str) -> io::Result<()> {
        let sentence = harmless(sentence);
        let lines = wrap(&sentence, self.output.wrap_at().saturating_sub(2));
        let text: String = lines.into_iter().map(|line| format!("  {}\n", &sentence[line])).collect();
        self.say(&text)
    }

    /// Whether someone can be asked.
    pub(in crate::cli) fn is_someone_there(&self) -> bool {
        !self.is_json && self.output.is_terminal() && io::stdin().is_terminal()
    }

    /// Whether to go on: as `--yes` says, or the person.
    pub(in crate::cli) async fn may_go_on(&mut self, question: &str) -> io::Result<bool> {
        if self.yes {
            return Ok(true);
        }
        Ok(self.ask(question, &["yes"]).await? == Answer::Chosen(0))
    }

    /// That nothing was sent; where nobody could be asked, with the flag that decides.
    pub(in crate::cli) fn not_sent(&self, way_out: &str) -> String {
        if self.is_someone_there() { "nothing was sent.".to_owned() } else { format!("nothing was sent. {way_out}") }
    }

    /// Asks a person which of these it is to be; each is known by its first letter, or by its number. Whatever else is
    /// answered is none of them. Nobody there: none.
    pub(in crate::cli) async fn ask(&mut self, question: &str, offers: &[&str]) -> io::Result<Answer> {
        if !self.is_someone_there() || self.stop.is_cancelled() {
            return Ok(Answer::None);
        }
        let offered: Vec<String> = offers
            .iter()
            .map(|offer| match offer.split_at_checked(1) {
                Some((first, rest)) if !first.starts_with(|first: char| first.is_ascii_digit()) => {
                    format!("[{first}]{rest}")
                }
                _ => (*offer).to_owned(),
            })
            .collect();
        let none = if offers == ["yes"] { "[N]o" } else { "[N]othing" };
        write!(io::stderr(), "  {} {}, {none}: ", harmless(question), offered.join(", "))?;
        let line = tokio::task::spawn_blocking(|| {
            let mut line = String::new();
            io::stdin().read_line(&mut line).map(|_| line)
        });
        let line = tokio::select! {
            line = line => line.map_err(io::Error::other)??,
            () = self.stop.cancelled() => String::new(),
        };
        let line = line.trim().to_lowercase();
        let is_it = |offer: &&str| {
            let offer = offer.to_lowercase();
            let number = offer.starts_with(|first: char| first.is_ascii_digit());
            line == offer || !line.is_empty() && !number && offer.starts_with(&line)
        };
        Ok(offers.iter().position(is_it).map_or(Answer::None, Answer::Chosen))
    }

    /// Whether the person has ended it.
    pub(in crate::cli) fn is_stopped(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Notes down for other programs what came of a file.
    pub(in crate::cli) fn note(&mut self, file: &str, service: Option<&Service>, done: &str, more: Value) {
        let mut entry = Map::new();
        entry.insert("file".to_owned(), file.into());
        entry.extend(service.map(where_it_is).unwrap_or_default());
        entry.insert("done".to_owned(), done.into());
        entry.extend(more.as_object().cloned().unwrap_or_default());
        self.entries.push(Value::Object(entry));
    }

    /// Says that something failed, why and what to do.
    pub(in crate::cli) fn failed(&mut self, file: &str, service: Option<&Service>, failure: &Failure, more: Value) {
        let way_out = failure::way_out(failure);
        let message = format!("{failure}{}", way_out.map(|way_out| format!(" {way_out}")).unwrap_or_default());
        complain(&format!("{}: {}", harmless(file), harmless(&message)));
        self.fail(code(failure));
        let mut all = json!({ "error": { "kind": failure::kind(failure), "message": message } });
        if let (Some(all), Some(more)) = (all.as_object_mut(), more.as_object()) {
            all.extend(more.clone());
        }
        self.note(file, service, "nothing", all);
    }

    /// Says that something was not done, with the exit code 1.
    pub(in crate::cli) fn refused(&mut self, file: &str, service: &Service, message: &str, more: Value) {
        complain(&format!("{}: {}", harmless(file), harmless(message)));
        self.fail(1);
        let mut all = json!({ "error": { "kind": "not-confirmed", "message": message } });
        if let (Some(all), Some(more)) = (all.as_object_mut(), more.as_object()) {
            all.extend(more.clone());
        }
        self.note(file, Some(service), "nothing", all);
    }

    /// Says that something could not be run at all.
    pub(in crate::cli) fn cannot(&mut self, file: &str, message: &str) {
        complain(&harmless(message));
        self.fail(COULD_NOT_RUN);
        self.note(file, None, "nothing", json!({ "error": { "kind": "file", "message": message } }));
    }

    fn fail(&mut self, code: u8) {
        self.code = self.code.max(code);
    }

    /// Prints what is for other programs, in place of the list of files.
    pub(in crate::cli) fn print_json(&mut self, whole: &Value) -> io::Result<()> {
        self.is_printed = true;
        if self.is_json { self.output.print(&(serde_json::to_string_pretty(whole)? + "\n")) } else { Ok(()) }
    }

    /// Prints what is for other programs, and gives back the exit code.
    pub(super) fn end(mut self) -> io::Result<ExitCode> {
        if !self.is_printed {
            let files = std::mem::take(&mut self.entries);
            self.print_json(&json!({ "files": files }))?;
        }
        Ok(ExitCode::from(self.code))
    }
}

/// Where a service is, for other programs.
pub(in crate::cli) fn where_it_is(service: &Service) -> Map<String, Value> {
    let target = service.client().target();
    let whole = json!({
        "profile": service.chosen().name,
        "service": service.whose().word(),
        "org": target.org(),
        "sandbox": target.sandbox(),
    });
    whole.as_object().cloned().unwrap_or_default()
}
