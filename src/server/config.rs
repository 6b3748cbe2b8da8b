//! The settings a person makes in the editor, in the section `connspec`.
//!
//! Editors hand them over in three ways: at the start, pushed with each change, or on demand. A setting of the wrong
//! kind leaves what was; an unknown one is not ours to judge.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::ls_types::{ConfigurationItem, Registration};

use super::session::Session;
use super::watcher::Watcher;
use crate::ide::HintKind;

const SECTION: &str = "connspec";

/// How long the editor may take to answer a question. Nothing else waits for it.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The settings.
#[derive(Debug, Default)]
pub(super) struct Settings {
    trace: AtomicBool,
    distrusted: AtomicBool,
    profile: Mutex<Option<String>>,
    /// By the number of the kind: hints that are not shown.
    hidden: [AtomicBool; HINTS.len()],
}

/// The kinds of hints, each with its setting.
const HINTS: [(HintKind, &str); HintKind::ALL.len()] =
    [(HintKind::Request, "request"), (HintKind::Date, "dates"), (HintKind::Records, "records"), (HintKind::Id, "ids")];

impl Settings {
    /// `connspec.trace.timing`: log in the editor how long each request took. Default: `false`.
    pub(super) fn trace(&self) -> bool {
        self.trace.load(Ordering::Relaxed)
    }

    /// `connspec.trusted`: whether the person trusts the files of the workspace. In one that is not trusted nothing is sent
    /// to a service, and no command that prints credentials is run. Default: `true`.
    pub(super) fn is_trusted(&self) -> bool {
        !self.distrusted.load(Ordering::Relaxed)
    }

    /// `connspec.profile`: the profile that counts while no other is selected; `null` or nothing for the one that
    /// connspec.toml or the environment says. Default: `null`.
    pub(super) fn profile(&self) -> Option<String> {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// `connspec.inlayHints.request`, `.dates`, `.records`, `.ids`: show between the words the request that is going to be
    /// sent, a date in a format, the node that wraps each record, whose id an id is. Default: `true` each.
    pub(super) fn hints(&self) -> Vec<HintKind> {
        let is_shown = |kind: &HintKind| !self.hidden[*kind as usize].load(Ordering::Relaxed);
        HintKind::ALL.into_iter().filter(is_shown).collect()
    }

    fn set_profile(&self, name: Option<&str>) {
        *self.profile.lock().unwrap_or_else(PoisonError::into_inner) = name.map(str::to_owned);
    }

    /// Takes over what was set, given with or without the section's name around it.
    pub(super) fn read(&self, settings: Option<&Value>) {
        let Some(settings) = settings else { return };
        let section = settings.get(SECTION).unwrap_or(settings);
        if let Some(trace) = flag(section.get("trace").unwrap_or(&Value::Null), "timing") {
            self.trace.store(trace, Ordering::Relaxed);
        }
        if let Some(trusted) = flag(section, "trusted") {
            self.distrusted.store(!trusted, Ordering::Relaxed);
        }
        match section.get("profile") {
            Some(Value::String(name)) => self.set_profile(Some(name.trim()).filter(|name| !name.is_empty())),
            Some(Value::Null) => self.set_profile(None),
            Some(_) => tracing::warn!("the setting profile in {SECTION} is no name"),
            None => {}
        }
        let hints = section.get("inlayHints").unwrap_or(&Value::Null);
        for (kind, name) in HINTS {
            if let Some(shown) = flag(hints, name) {
                self.hidden[kind as usize].store(!shown, Ordering::Relaxed);
            }
        }
    }
}

/// A setting that is true or false, if it is there and is.
fn flag(section: &Value, name: &str) -> Option<bool> {
    let value = section.get(name)?;
    if !value.is_boolean() {
        tracing::warn!("the setting {name} in {SECTION} is neither true nor false");
    }
    value.as_bool()
}

/// The names of the settings, without the section's, and their defaults, for whoever compares them with those of an editor's
/// extension.
pub fn settings() -> impl Iterator<Item = (String, Value)> {
    let hints = HINTS.iter().map(|(_, name)| (format!("inlayHints.{name}"), json!(true)));
    let others = [("profile", Value::Null), ("trusted", json!(true)), ("trace.timing", json!(false))];
    hints.chain(others.into_iter().map(|(name, default)| (name.to_owned(), default)))
}

/// Takes over what was set, and has the editor show what follows from it.
pub(super) fn read(session: &Arc<Session>, watcher: &Watcher, settings: Option<&Value>) {
    let before = (session.settings.hints(), session.settings.profile());
    session.settings.read(settings);
    if session.settings.hints() != before.0 {
        session.refresh_hints();
    }
    if session.settings.profile() != before.1 {
        let (session, watcher) = (session.clone(), watcher.clone());
        tokio::spawn(async move { watcher.forget_service(&session).await });
    }
}

/// Asks the editor for the settings, if it can be asked.
pub(super) fn pull(session: &Arc<Session>, watcher: &Watcher) {
    if !session.peer().answers_settings {
        return;
    }
    let (session, watcher) = (session.clone(), watcher.clone());
    // In a task of its own: a handler that waits for the editor would hold up what the editor waits for.
    tokio::spawn(async move {
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        match tokio::time::timeout(PATIENCE, session.client.configuration(vec![item])).await {
            Ok(Ok(sections)) => read(&session, &watcher, sections.first()),
            Ok(Err(error)) => tracing::warn!("the editor gave no settings: {error}"),
            Err(_) => tracing::warn!("the editor did not answer when asked for settings"),
        }
    });
}

/// Asks the editor to tell when settings change, if it wants to be asked.
pub(super) fn register_settings(session: &Arc<Session>) {
    if !session.peer().registers_settings {
        return;
    }
    let registration = Registration {
        id: "connspec-settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(serde_json::json!({ "section": SECTION })),
    };
    register(session, registration, "changed settings");
}

/// Asks the editor to tell of something.
pub(super) fn register(session: &Arc<Session>, registration: Registration, what: &'static str) {
    let session = session.clone();
    tokio::spawn(async move {
        match tokio::time::timeout(PATIENCE, session.client.register_capability(vec![registration])).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!("the editor will not tell of {what}: {error}"),
            Err(_) => tracing::warn!("the editor did not answer when asked to tell of {what}"),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_read_and_has_its_default() {
        for (name, default) in settings() {
            let read = |value: &Value| {
                let settings = Settings::default();
                let section = name.rsplit('.').fold(value.clone(), |value, key| json!({ key: value }));
                settings.read(Some(&json!({ SECTION: section })));
                format!("{settings:?}")
            };
            let other = default.as_bool().map_or(json!("dev"), |default| json!(!default));
            assert_eq!(read(&default), format!("{:?}", Settings::default()), "{name}");
            assert_ne!(read(&other), read(&default), "{name}");
        }
    }
}
