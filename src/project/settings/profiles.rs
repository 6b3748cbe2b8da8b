//! `[profiles.NAME]` and `default-profile`.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Problem, Reader, quoted_list, secrets};
use crate::project::hosts::{self, is_loopback_host};
use crate::project::profiles::{CredentialsSource, LOCAL_PROFILE, Profile, RESERVED, TokenStorage};

/// The keys of a profile.
const KEYS: [&str; 6] = ["org", "sandbox", "credentials", "gateway", "ims", "token-cache"];

/// The keys of `credentials`, unless it is `"env"`.
const SOURCES: [&str; 3] = ["file", "keyring", "command"];

const INVALID_CREDENTIALS: &str = "invalid `credentials`; expected `\"env\"`, `{ file = \"…\" }`, `{ keyring = \"…\" }` or \
                                   `{ command = [\"…\"] }`";

impl Reader {
    pub(super) fn profiles(&mut self, profiles: &DeTable<'_>) {
        for (key, value) in profiles {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                _ if RESERVED.contains(&name) => {
                    let purpose = match name {
                        LOCAL_PROFILE => "the emulator",
                        _ => "the environment variables `CONNSPEC_…`",
                    };
                    self.problem(key.span(), format!("`{name}` is reserved for {purpose}; choose another name"));
                }
                DeValue::Table(table) => {
                    let profile = self.profile(table);
                    self.settings.profiles.insert(name.to_owned(), profile);
                }
                _ if secrets::is_secret_name(name) => {}
                found => {
                    self.wrong_type(key.span(), "a table", found, "write `[profiles.NAME]`, and below it the keys");
                }
            }
        }
    }

    /// A profile, or the first problem of it.
    fn profile(&mut self, table: &DeTable<'_>) -> Result<Profile, String> {
        let mut profile = Profile::of(CredentialsSource::Environment);
        let mut invalid = None;
        for (key, value) in table {
            let read = match key.get_ref().as_ref() {
                "org" => self.org(value).map(|org| profile.org = Some(org)),
                "sandbox" => self.string("sandbox", value).map(|sandbox| profile.sandbox = Some(sandbox)),
                "credentials" => self.credentials(value).map(|source| profile.credentials = source),
                "gateway" => self.url("gateway", value).map(|gateway| profile.gateway = Some(gateway)),
                "ims" => self.url("ims", value).map(|ims| profile.ims = Some(ims)),
                "token-cache" => self.token_storage(value).map(|storage| profile.token_cache = storage),
                name => {
                    self.unknown_profile_key(key, name);
                    continue;
                }
            };
            if read.is_none() {
                let problem = || self.problem_in(value).unwrap_or_else(|| "it has an invalid value".to_owned());
                invalid.get_or_insert_with(problem);
            }
        }
        invalid.map_or(Ok(profile), Err)
    }

    fn unknown_profile_key(&mut self, key: &Spanned<Cow<'_, str>>, name: &str) {
        if secrets::normalize(name) != "clientid" {
            return self.unknown_key(key, name, &KEYS);
        }
        let hint = "the client ID is stored with the client secret, in the source that `credentials` names";
        self.problem(key.span(), format!("unknown key `{name}`; {hint}"));
    }

    /// A string that is neither empty nor a secret; a secret was reported before.
    fn string(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(value.span(), "a string", value.get_ref(), "");
            return None;
        };
        if text.trim().is_empty() {
            self.problem(value.span(), format!("`{name}` is empty; set it, or remove this line"));
            return None;
        }
        (!secrets::looks_like_secret(text)).then(|| text.to_owned())
    }

    fn org(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let org = self.string("org", value)?;
        if !org.contains('@') {
            self.problem(value.span(), "invalid organization ID; it must end in `@AdobeOrg`");
            return None;
        }
        Some(org)
    }

    fn url(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let url = self.string(name, value)?;
        let message = match hosts::host(&url) {
            Some(host) if url.starts_with("https:") || is_loopback_host(host) => return Some(url),
            Some(_) => "`http://` is allowed for this machine only; use `https://`",
            None if url.contains('@') => {
                "this URL contains a user name; remove it, and name the source of the credentials in `credentials`"
            }
            None => "invalid URL; expected one such as `https://platform.adobe.io`",
        };
        self.problem(value.span(), message);
        None
    }

    fn token_storage(&mut self, value: &Spanned<DeValue<'_>>) -> Option<TokenStorage> {
        match value.get_ref().as_str() {
            Some("memory") => Some(TokenStorage::Memory),
            Some("file") => Some(TokenStorage::File),
            _ => {
                self.problem(value.span(), "invalid `token-cache`; expected `\"memory\"` or `\"file\"`");
                None
            }
        }
    }

    fn credentials(&mut self, value: &Spanned<DeValue<'_>>) -> Option<CredentialsSource> {
        let table = match value.get_ref() {
            DeValue::String(name) if name == "env" => return Some(CredentialsSource::Environment),
            DeValue::String(text) if secrets::looks_like_secret(text) => return None,
            DeValue::Table(table) => table,
            _ => {
                self.problem(value.span(), INVALID_CREDENTIALS);
                return None;
            }
        };
        let mut sources = Vec::new();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "file" => {
                    sources.extend(self.string("file", value).map(|path| CredentialsSource::File(PathBuf::from(path))))
                }
                "keyring" => sources.extend(self.string("keyring", value).map(CredentialsSource::Keyring)),
                "command" => sources.extend(self.command(value)),
                name => self.unknown_key(key, name, &SOURCES),
            }
        }
        let count = table.keys().filter(|key| SOURCES.contains(&key.get_ref().as_ref())).count();
        match count {
            0 if self.problem_in(value).is_some() => {}
            0 => self.problem(value.span(), INVALID_CREDENTIALS),
            1 => return sources.pop(),
            _ => {
                let message = "`credentials` has several sources; keep one of them, and remove the others";
                self.problem(value.span(), message);
            }
        }
        None
    }

    fn command(&mut self, value: &Spanned<DeValue<'_>>) -> Option<CredentialsSource> {
        let argv = match value.get_ref() {
            DeValue::Array(argv) => argv.iter().map(|word| word.get_ref().as_str()).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        let argv = argv.filter(|argv| argv.first().is_some_and(|program| !program.trim().is_empty()));
        let Some(argv) = argv else {
            let message = "invalid `command`; expected the program and its arguments as an array of strings, such as \
                           `[\"op\", \"document\", \"get\", \"aep\"]`. It is run without a shell";
            self.problem(value.span(), message);
            return None;
        };
        let argv: Vec<_> = argv.into_iter().map(str::to_owned).collect();
        let has_secret = argv.iter().any(|word| secrets::looks_like_secret(word));
        (!has_secret).then_some(CredentialsSource::Command { argv, folder: PathBuf::new() })
    }

    /// Reads `default-profile`, when all profiles are known.
    pub(super) fn default_profile(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(name) = self.string("default-profile", value) else { return };
        let defined: Vec<_> = self.settings.profiles.keys().cloned().collect();
        let known: Vec<_> = defined.iter().map(String::as_str).chain(RESERVED).collect();
        if !known.contains(&name.as_str()) {
            let fallback = format!("expected one of {}", quoted_list(&known));
            self.unknown(value.span(), "profile", &name, known.iter().copied(), fallback);
        }
        self.settings.default_profile = Some(name);
    }

    /// The message of a problem of a value or of something in it.
    fn problem_in(&self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        if let DeValue::Table(table) = value.get_ref() {
            // The span of a table with a header is that of the header.
            let of_keys = table.keys().find_map(|key| self.problem_within(&key.span()));
            let inside = of_keys.or_else(|| table.values().find_map(|value| self.problem_in(value)));
            return inside.or_else(|| self.problem_within(&value.span()));
        }
        self.problem_within(&value.span())
    }

    fn problem_within(&self, range: &Range<usize>) -> Option<String> {
        let is_within = |problem: &&Problem| range.start <= problem.range.start && problem.range.end <= range.end;
        self.problems.iter().find(is_within).map(|problem| problem.message.clone())
    }
}
