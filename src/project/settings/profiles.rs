//! `[profiles.NAME]` and `default-profile`.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Problem, Reader, secrets};
use crate::project::profiles::{CredentialsSource, LOCAL_PROFILE, Profile, RESERVED, TokenStorage};
use crate::spec::near;

/// The keys of a profile.
const KEYS: [&str; 6] = ["org", "sandbox", "credentials", "gateway", "ims", "token-cache"];

/// The ways to say where credentials are kept, beside `"env"`.
const KEEPERS: [&str; 3] = ["file", "keyring", "command"];

/// What `credentials` may be.
const FORMS: &str = "Write `\"env\"`, `{ file = \"…\" }`, `{ keyring = \"…\" }` or `{ command = [\"…\"] }`";

impl Reader {
    pub(super) fn profiles(&mut self, profiles: &DeTable<'_>) {
        for (key, value) in profiles {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                _ if RESERVED.contains(&name) => {
                    let is =
                        if name == LOCAL_PROFILE { "the emulator" } else { "what the variables `CONNSPEC_…` say" };
                    self.problem(key.span(), format!("`{name}` is always {is}. Give this profile another name."));
                }
                DeValue::Table(table) => {
                    let profile = self.profile(table);
                    self.settings.profiles.insert(name.to_owned(), profile);
                }
                _ if secrets::is_named_so(name) => {}
                _ => self.problem(key.span(), "A profile is a table: write `[profiles.NAME]`, and its keys below."),
            }
        }
    }

    /// A profile; or what is wrong with a value in it.
    fn profile(&mut self, table: &DeTable<'_>) -> Result<Profile, String> {
        let mut profile = Profile::of(CredentialsSource::Environment);
        let mut wrong = None;
        for (key, value) in table {
            let read = match key.get_ref().as_ref() {
                "org" => self.org(value).map(|org| profile.org = Some(org)),
                "sandbox" => self.text("sandbox", value).map(|sandbox| profile.sandbox = Some(sandbox)),
                "credentials" => self.credentials(value).map(|keeper| profile.credentials = keeper),
                "gateway" => self.address("gateway", value).map(|gateway| profile.gateway = Some(gateway)),
                "ims" => self.address("ims", value).map(|ims| profile.ims = Some(ims)),
                "token-cache" => self.token_cache(value).map(|cache| profile.token_cache = cache),
                name => {
                    self.no_key(key, name);
                    continue;
                }
            };
            if read.is_none() {
                let said = || self.told_of(value).unwrap_or_else(|| "One of its values cannot be used.".to_owned());
                wrong.get_or_insert_with(said);
            }
        }
        wrong.map_or(Ok(profile), Err)
    }

    fn no_key(&mut self, key: &Spanned<Cow<'_, str>>, name: &str) {
        if secrets::plain(name) != "clientid" {
            return self.unknown(key, name, &KEYS);
        }
        let kept = "the client id is kept with the client secret, where `credentials` says.";
        self.problem(key.span(), format!("`{name}` has no meaning here: {kept}"));
    }

    /// A text that says something and is no secret; that it is one was told already.
    fn text(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let Some(text) = value.get_ref().as_str() else {
            self.problem(value.span(), format!("`{name}` is a text: write it in quotes."));
            return None;
        };
        if text.trim().is_empty() {
            self.problem(value.span(), format!("`{name}` is empty. Write its value, or leave the line out."));
            return None;
        }
        (!secrets::looks_so(text)).then(|| text.to_owned())
    }

    fn org(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let org = self.text("org", value)?;
        if !org.contains('@') {
            self.problem(value.span(), "This is no organization id. It ends in `@AdobeOrg`.");
            return None;
        }
        Some(org)
    }

    fn address(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let address = self.text(name, value)?;
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let message = match host {
            Some(host) if host.contains('@') => {
                "This address has a user name before `@`. An address is written without one; \
                 credentials are kept where `credentials` says."
            }
            Some(host) if !host.is_empty() && (address.starts_with("https:") || is_loopback_host(host)) => {
                return Some(address);
            }
            Some(host) if !host.is_empty() => {
                "Only an address of this machine may begin with `http://`. Write `https://`."
            }
            _ => "This is no address. It begins with `https://`, as in `https://platform.adobe.io`.",
        };
        self.problem(value.span(), message);
        None
    }

    fn token_cache(&mut self, value: &Spanned<DeValue<'_>>) -> Option<TokenStorage> {
        match value.get_ref().as_str() {
            Some("memory") => Some(TokenStorage::Memory),
            Some("file") => Some(TokenStorage::File),
            _ => {
                self.problem(value.span(), "`token-cache` is `\"memory\"` or `\"file\"`.");
                None
            }
        }
    }

    fn credentials(&mut self, value: &Spanned<DeValue<'_>>) -> Option<CredentialsSource> {
        let table = match value.get_ref() {
            DeValue::String(word) if word == "env" => return Some(CredentialsSource::Environment),
            DeValue::String(word) if secrets::looks_so(word) => return None,
            DeValue::Table(table) => table,
            _ => {
                self.problem(value.span(), format!("This says no place. {FORMS}."));
                return None;
            }
        };
        let mut kept = Vec::new();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "file" => {
                    kept.extend(self.text("file", value).map(|path| CredentialsSource::File(PathBuf::from(path))))
                }
                "keyring" => kept.extend(self.text("keyring", value).map(CredentialsSource::Keyring)),
                "command" => kept.extend(self.command(value)),
                name => self.unknown(key, name, &KEEPERS),
            }
        }
        let named = table.keys().filter(|key| KEEPERS.contains(&key.get_ref().as_ref())).count();
        match named {
            0 if self.told_of(value).is_some() => {}
            0 => self.problem(value.span(), format!("This says no place. {FORMS}.")),
            1 => return kept.pop(),
            _ => {
                self.problem(value.span(), "Credentials are kept in one place: leave one of these, remove the others.")
            }
        }
        None
    }

    fn command(&mut self, value: &Spanned<DeValue<'_>>) -> Option<CredentialsSource> {
        let words = match value.get_ref() {
            DeValue::Array(words) => words.iter().map(|word| word.get_ref().as_str()).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        let words = words.filter(|words| words.first().is_some_and(|program| !program.trim().is_empty()));
        let Some(words) = words else {
            let message = "`command` is a list of texts, the program and its arguments: \
                           `command = [\"op\", \"document\", \"get\", \"aep\"]`. No shell reads it.";
            self.problem(value.span(), message);
            return None;
        };
        let words: Vec<_> = words.into_iter().map(str::to_owned).collect();
        let is_clean = !words.iter().any(|word| secrets::looks_so(word));
        is_clean.then_some(CredentialsSource::Command { words, folder: PathBuf::new() })
    }

    /// Looks, when all profiles are known, whether `default-profile` names one.
    pub(super) fn default_profile(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(name) = self.text("default-profile", value) else { return };
        let known: Vec<_> = self.settings.profiles.keys().map(String::as_str).chain(RESERVED).collect();
        if !known.contains(&name.as_str()) {
            let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let hint = match near::nearest(&name, known.iter().copied()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("The profiles are {list}."),
            };
            self.problem(value.span(), format!("There is no profile `{name}`. {hint}"));
        }
        self.settings.default_profile = Some(name);
    }

    /// What was said of a value or of something in it.
    fn told_of(&self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        if let DeValue::Table(table) = value.get_ref() {
            // The span of a table with a header of its own is that of the header.
            let of_keys = table.keys().find_map(|key| self.told_within(&key.span()));
            let inside = of_keys.or_else(|| table.values().find_map(|value| self.told_of(value)));
            return inside.or_else(|| self.told_within(&value.span()));
        }
        self.told_within(&value.span())
    }

    fn told_within(&self, range: &Range<usize>) -> Option<String> {
        let is_within = |told: &&Problem| range.start <= told.range.start && told.range.end <= range.end;
        self.problems.iter().find(is_within).map(|problem| problem.message.clone())
    }
}

/// Whether a host, with or without a port, is this machine: its requests are seen by nobody else.
pub fn is_loopback_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}
