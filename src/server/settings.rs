//! The settings in the section `connspec`.
//!
//! Clients send them in three ways: at the start, with each change, or on request. A setting of the wrong type keeps its
//! value; an unknown one is ignored.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use super::pool::lock;
use crate::ide::HintKind;

/// The section's name.
pub(super) const SECTION: &str = "connspec";

/// The current settings.
#[derive(Debug, Default)]
pub(super) struct Settings {
    trace: AtomicBool,
    trusted: Mutex<Option<bool>>,
    profile: Mutex<Option<String>>,
    /// The hints that are switched off, by the number of their kind.
    hidden: [AtomicBool; HINTS.len()],
}

/// The setting of each kind of inlay hint.
const HINTS: [(HintKind, &str); HintKind::ALL.len()] =
    [(HintKind::Request, "request"), (HintKind::Date, "dates"), (HintKind::Records, "records"), (HintKind::Id, "ids")];

impl Settings {
    /// `connspec.trace.timing`: log in the client how long each request took. Default: `false`.
    pub(super) fn trace(&self) -> bool {
        self.trace.load(Ordering::Relaxed)
    }

    /// `connspec.trusted`: whether the person trusts the workspace. `null`: not before they have confirmed what a
    /// `connspec.toml` would do. `true`: its profiles may read files and the keyring; programs and foreign hosts are still
    /// confirmed. `false`: nothing is sent to Flow Service, and nothing is asked. Default: `null`.
    pub(super) fn trusted(&self) -> Option<bool> {
        *lock(&self.trusted)
    }

    /// `connspec.profile`: the profile to use while no other is selected; `null` or an empty string for the one that
    /// connspec.toml or the environment names. Default: `null`.
    pub(super) fn profile(&self) -> Option<String> {
        lock(&self.profile).clone()
    }

    /// `connspec.inlayHints.request`, `.dates`, `.records`, `.ids`: show the request that will be sent, an example of a date
    /// format, the path of each record, what an id refers to. Default: `true` each.
    pub(super) fn inlay_hints(&self) -> Vec<HintKind> {
        let is_shown = |kind: &HintKind| !self.hidden[*kind as usize].load(Ordering::Relaxed);
        HintKind::ALL.into_iter().filter(is_shown).collect()
    }

    fn set_profile(&self, name: Option<&str>) {
        *lock(&self.profile) = name.map(str::to_owned);
    }

    /// Takes settings over, with or without the section's name around them.
    pub(super) fn update(&self, settings: Option<&Value>) {
        let Some(settings) = settings else { return };
        let section = settings.get(SECTION).unwrap_or(settings);
        if let Some(trace) = flag(section.get("trace").unwrap_or(&Value::Null), "timing") {
            self.trace.store(trace, Ordering::Relaxed);
        }
        match section.get("trusted") {
            Some(Value::Null) => *lock(&self.trusted) = None,
            Some(Value::Bool(trusted)) => *lock(&self.trusted) = Some(*trusted),
            Some(_) => tracing::warn!("setting {SECTION}.trusted: expected a boolean"),
            None => {}
        }
        match section.get("profile") {
            Some(Value::String(name)) => self.set_profile(Some(name.trim()).filter(|name| !name.is_empty())),
            Some(Value::Null) => self.set_profile(None),
            Some(_) => tracing::warn!("setting {SECTION}.profile: expected a string"),
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

/// A boolean setting, if it is present and one.
fn flag(section: &Value, name: &str) -> Option<bool> {
    let value = section.get(name)?;
    if !value.is_boolean() {
        tracing::warn!("setting {SECTION}: expected a boolean for {name}");
    }
    value.as_bool()
}

/// The names of the settings, without the section, and their defaults: for tests that compare them with an editor's
/// extension.
pub fn settings() -> impl Iterator<Item = (String, Value)> {
    let hints = HINTS.iter().map(|(_, name)| (format!("inlayHints.{name}"), json!(true)));
    let others = [("profile", Value::Null), ("trusted", Value::Null), ("trace.timing", json!(false))];
    hints.chain(others.into_iter().map(|(name, default)| (name.to_owned(), default)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_used_and_has_its_default() {
        for (name, default) in settings() {
            let updated = |value: &Value| {
                let settings = Settings::default();
                let section = name.rsplit('.').fold(value.clone(), |value, key| json!({ key: value }));
                settings.update(Some(&json!({ SECTION: section })));
                format!("{settings:?}")
            };
            let other = match (default.as_bool(), name.as_str()) {
                (Some(default), _) => json!(!default),
                (None, "trusted") => json!(true),
                (None, _) => json!("dev"),
            };
            assert_eq!(updated(&default), format!("{:?}", Settings::default()), "{name}");
            assert_ne!(updated(&other), updated(&default), "{name}");
        }
    }
}
