//! Conversations with a scripted person: what is asked, how often a plan is applied, and which errors are reported.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use connspec::document::Document;
use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, ORG};
use connspec::flow_service::CancellationToken;
use connspec::lint::Facts;
use connspec::project::{Trust, select_profile};
use connspec::sync::{
    Choice, Conversation, Event, LocalSpec, MAX_ATTEMPTS, Outcome, Progress, Prompt, PullRequest, PushAction,
    PushBlocker, PushOptions, PushRequest, Question, Service, Side, SyncError, SyncOutcome, WorkingCopy, Written, json,
};
use connspec::text::{Edit, Text};
use serde_json::{Value, json as value};

use super::fixture::{FILE, Fixture, client};
use super::proxy::{FaultProxy, Then};

/// A person who chooses by labels, and what happens meanwhile.
#[derive(Default)]
struct Script {
    choices: VecDeque<&'static str>,
    on_ask: Option<Box<dyn FnMut() + Send>>,
    on_write: Option<Box<dyn FnMut() + Send>>,
    asked: Vec<String>,
    writes: u32,
}

impl Script {
    fn choosing(choices: &[&'static str]) -> Script {
        Script { choices: choices.iter().copied().collect(), ..Script::default() }
    }
}

impl Prompt for Script {
    type Write = ();

    async fn ask(&mut self, question: &Question<'_>) -> Result<Option<Choice>, SyncError> {
        self.asked.push(format!("{} {}", question.reason(), question.text()).trim_start().to_owned());
        if let Some(hook) = &mut self.on_ask {
            hook();
        }
        let Some(label) = self.choices.pop_front() else { return Ok(None) };
        Ok(question.choices().into_iter().find(|choice| choice.label().starts_with(label)))
    }

    async fn report(&mut self, _: Event<'_>) -> Result<(), SyncError> {
        Ok(())
    }

    fn progress(&mut self, _: Progress) {}

    fn begin_write(&mut self) -> Result<(), SyncError> {
        self.writes += 1;
        if let Some(hook) = &mut self.on_write {
            hook();
        }
        Ok(())
    }
}

/// The file of a author.
struct Copy(PathBuf);

impl WorkingCopy for Copy {
    fn read(&mut self) -> Result<LocalSpec, SyncError> {
        let text = std::fs::read_to_string(&self.0).unwrap_or_default();
        let document = Document::new(FILE, 0, Text::new(text));
        Ok(LocalSpec { path: self.0.clone(), document, facts: Facts::default() })
    }

    async fn apply(&mut self, edits: Vec<Edit>) -> Result<(), SyncError> {
        let text = std::fs::read_to_string(&self.0).unwrap_or_default();
        std::fs::write(&self.0, Edit::apply(&text, &edits)).unwrap();
        Ok(())
    }
}

async fn service(author: &Fixture, url: &str) -> Service {
    let home = author.home.path().to_str().unwrap();
    let variables = [
        ("HOME", home),
        ("XDG_DATA_HOME", home),
        ("LOCALAPPDATA", home),
        ("CONNSPEC_CLIENT_ID", CLIENT_ID),
        ("CONNSPEC_CLIENT_SECRET", CLIENT_SECRET),
        ("CONNSPEC_ORG_ID", ORG),
        ("CONNSPEC_SANDBOX", "prod"),
        ("CONNSPEC_GATEWAY", url),
        ("CONNSPEC_IMS", url),
    ];
    let variables: BTreeMap<String, String> =
        variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let chosen = select_profile(None, None, true).unwrap();
    let profile = Trust::new(|_| None).authorize(&chosen).unwrap();
    Service::open(chosen, profile, &variables, CancellationToken::default()).await.unwrap()
}

async fn push(
    author: &Fixture,
    url: &str,
    script: &mut Script,
    request: PushRequest,
) -> Result<SyncOutcome, SyncError> {
    let service = service(author, url).await;
    Conversation::new(&service, CancellationToken::default(), script, &mut Copy(author.file())).push(&request).await
}

async fn pull(author: &Fixture, script: &mut Script, request: PullRequest) -> Result<SyncOutcome, SyncError> {
    let service = service(author, &author.emulator.url()).await;
    Conversation::new(&service, CancellationToken::default(), script, &mut Copy(author.file())).pull(&request).await
}

/// Sets a member of the remote spec, as another author does.
fn set_remotely(url: &str, id: &str, key: &'static str, new: Value) {
    let (url, id) = (url.to_owned(), id.to_owned());
    let other = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let client = client(&url);
            let mut spec: Value = serde_json::from_str(&client.connection_spec(&id).await.unwrap().text).unwrap();
            spec[key] = new;
            client.replace_connection_spec(&id, &spec.to_string(), None).await.unwrap();
        });
    });
    other.join().unwrap();
}

/// A pushed spec with different local and remote changes.
async fn changed_on_both_sides() -> (Fixture, String) {
    let author = Fixture::new();
    let id = author.push().await.unwrap().id;
    set_remotely(&author.emulator.url(), &id, "description", "theirs".into());
    author.edit("\"1.0\"", "\"1.1\"");
    (author, id)
}

/// A pushed spec with a conflict.
async fn conflict() -> (Fixture, String) {
    let author = Fixture::new();
    let id = author.push().await.unwrap().id;
    set_remotely(&author.emulator.url(), &id, "version", "2.0".into());
    author.edit("\"1.0\"", "\"1.1\"");
    (author, id)
}

const CONFIRMED: PushRequest = PushRequest {
    options: PushOptions { link: None, create: false, force: false, overwrite: false, no_register: false },
    dry_run: false,
    confirmed: true,
};

#[tokio::test]
async fn an_error_during_a_chosen_merge_is_reported() {
    let (author, _) = changed_on_both_sides().await;
    let fails = Arc::new(AtomicBool::new(false));
    let (now, text) = (Arc::clone(&fails), author.text());
    let proxy = FaultProxy::start(author.emulator.address(), move |_, _, _| match now.load(Ordering::SeqCst) {
        true => Then::Respond(403, "{\"type\":\"https://ns.adobe.com/aep/errors/FLOW-1426-400\"}"),
        false => Then::Continue,
    });
    let mut script = Script::choosing(&["Merge"]);
    script.on_ask = Some(Box::new(move || fails.store(true, Ordering::SeqCst)));
    let error = push(&author, &proxy.url, &mut script, CONFIRMED).await.unwrap_err();
    assert!(matches!(error, SyncError::Service(_)), "{error:?}");
    assert_eq!((error.outcome(), author.text()), (Outcome::Failed, text));
}

#[tokio::test]
async fn a_merged_file_whose_state_was_not_saved_is_reported() {
    let (author, id) = changed_on_both_sides().await;
    let state = author.state_path();
    let mut script = Script::choosing(&["Merge"]);
    // The first write of a merge is that of the state.
    script.on_write = Some(Box::new(move || std::fs::write(&state, "{").unwrap()));
    let error = push(&author, &author.emulator.url(), &mut script, CONFIRMED).await.unwrap_err();
    assert!(matches!(&error, SyncError::StateNotSaved { written: Written::Local(of), .. } if *of == id), "{error:?}");
    assert!(error.to_string().starts_with("The file was updated from "), "{error}");
    assert!(author.text().contains("theirs"), "{}", author.text());
}

#[tokio::test]
async fn a_merge_is_pushed_and_a_pull_is_not() {
    let (author, _) = changed_on_both_sides().await;
    let mut script = Script::choosing(&["Pull only"]);
    let outcome = push(&author, &author.emulator.url(), &mut script, CONFIRMED).await.unwrap();
    assert!(matches!(outcome, SyncOutcome::Pulled(_)), "{outcome:?}");
    assert_eq!(author.remote_specs().await[0]["version"], "1.0");
    let mut script = Script::default();
    let outcome = push(&author, &author.emulator.url(), &mut script, CONFIRMED).await.unwrap();
    let SyncOutcome::Pushed(pushed) = outcome else { panic!("{outcome:?}") };
    assert_eq!((pushed.action, script.asked.len()), (PushAction::Updated, 0));
    let there = author.remote_specs().await;
    assert_eq!((&there[0]["version"], &there[0]["description"]), (&value!("1.1"), &value!("theirs")));
}

#[tokio::test]
async fn a_dry_run_never_asks() {
    let (author, _) = conflict().await;
    let text = author.text();
    let mut script = Script::choosing(&["Overwrite", "Local"]);
    let dry_run = PushRequest { dry_run: true, confirmed: false, ..CONFIRMED };
    let error = push(&author, &author.emulator.url(), &mut script, dry_run.clone()).await.unwrap_err();
    assert!(matches!(error, SyncError::Blocked(PushBlocker::RemoteChanged(_))), "{error:?}");
    let request = PullRequest { dry_run: true, ..PullRequest::default() };
    let error = pull(&author, &mut script, request).await.unwrap_err();
    assert!(matches!(error, SyncError::Conflicts(_)), "{error:?}");
    let overwriting = PushOptions { overwrite: true, ..PushOptions::default() };
    let request = PushRequest { options: overwriting, ..dry_run };
    let outcome = push(&author, &author.emulator.url(), &mut script, request).await.unwrap();
    assert!(matches!(outcome, SyncOutcome::PushPlanned(_)), "{outcome:?}");
    assert_eq!((script.asked.len(), script.writes, author.text()), (0, 0, text));
}

#[tokio::test]
async fn a_push_is_confirmed_once() {
    let author = Fixture::new();
    let request = PushRequest { confirmed: false, ..CONFIRMED };
    let error = push(&author, &author.emulator.url(), &mut Script::default(), request.clone()).await.unwrap_err();
    assert!(matches!(error, SyncError::NotConfirmed(Some(_))), "{error:?}");
    let mut script = Script::choosing(&["Push"]);
    push(&author, &author.emulator.url(), &mut script, request).await.unwrap();
    assert_eq!(script.asked, ["Push?"]);
}

/// Changes the remote spec before the next writes, so that their plans are stale.
fn stale(author: &Fixture, id: &str, times: u32) -> Option<Box<dyn FnMut() + Send>> {
    let (url, id, mut count) = (author.emulator.url(), id.to_owned(), 0);
    Some(Box::new(move || {
        count += 1;
        if count <= times {
            set_remotely(&url, &id, "description", count.into());
        }
    }))
}

#[tokio::test]
async fn only_writes_count_as_attempts() {
    let (author, id) = conflict().await;
    author.edit("\"GET\"", "3");
    // Two decisions, then two stale plans.
    let mut script = Script::choosing(&["Push anyway", "Overwrite"]);
    script.on_write = stale(&author, &id, MAX_ATTEMPTS - 1);
    let outcome = push(&author, &author.emulator.url(), &mut script, CONFIRMED).await.unwrap();
    assert!(matches!(outcome, SyncOutcome::Pushed(_)), "{outcome:?}");
    assert_eq!((script.asked.len(), script.writes), (2, MAX_ATTEMPTS));
}

#[tokio::test]
async fn stale_plans_are_given_up_after_the_last_attempt() {
    let (author, id) = conflict().await;
    let mut script = Script::choosing(&["Overwrite"]);
    script.on_write = stale(&author, &id, u32::MAX);
    let error = push(&author, &author.emulator.url(), &mut script, CONFIRMED).await.unwrap_err();
    assert!(matches!(error, SyncError::PlanStale), "{error:?}");
    assert_eq!(script.writes, MAX_ATTEMPTS);
}

#[tokio::test]
async fn the_chosen_side_wins_a_conflict() {
    for (side, expected) in [("Local", "1.1"), ("Remote", "2.0")] {
        let (author, _) = conflict().await;
        let mut script = Script::choosing(&[side]);
        pull(&author, &mut script, PullRequest::default()).await.unwrap();
        assert_eq!(script.asked, ["1 conflict between local and remote changes: `version`. Which side wins?"]);
        assert!(author.text().contains(&format!("\"version\": \"{expected}\"")), "{side}: {}", author.text());
        let prefer = Some(if side == "Local" { Side::Local } else { Side::Remote });
        let outcome = pull(&author, &mut Script::default(), PullRequest { prefer, ..PullRequest::default() }).await;
        assert!(outcome.is_ok(), "{outcome:?}");
    }
}

#[tokio::test]
async fn conflicts_have_one_shape_in_json() {
    let (author, id) = conflict().await;
    let service = service(&author, &author.emulator.url()).await;
    let blocked = push(&author, &author.emulator.url(), &mut Script::default(), CONFIRMED).await.unwrap_err();
    let conflicts = pull(&author, &mut Script::default(), PullRequest::default()).await.unwrap_err();
    let conflict = value!([{ "path": "version", "base": "\"1.0\"", "local": "\"1.1\"", "remote": "\"2.0\"" }]);
    for (error, kind) in [(blocked, "remote-changed"), (conflicts, "conflicts")] {
        let json = json::result(Some(&service), "…", Err(&error));
        assert_eq!((&json["outcome"], &json["error"]["kind"]), (&value!("refused"), &value!(kind)));
        assert_eq!((&json["id"], &json["conflicts"]), (&value!(id), &conflict));
        assert_eq!(json["remote"], value!([{ "path": "version", "before": "\"1.0\"", "after": "\"2.0\"" }]));
    }
    let json = json::result(None, "…", Err(&forbidden(&author).await));
    assert_eq!((&json["outcome"], &json["error"]["code"]), (&value!("failed"), &value!("1426-400")));
}

/// The error of a service that forbids everything.
async fn forbidden(author: &Fixture) -> SyncError {
    let proxy = FaultProxy::start(author.emulator.address(), |_, _, first| match first.contains("/connectionSpecs") {
        true => Then::Respond(403, "{\"type\":\"https://ns.adobe.com/aep/errors/FLOW-1426-400\"}"),
        false => Then::Continue,
    });
    push(author, &proxy.url, &mut Script::default(), CONFIRMED).await.unwrap_err()
}
