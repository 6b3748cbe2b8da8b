//! Credentials in every form that people have them in, right and wrong. `HUNTER-2` is always the secret.

use std::path::{Path, PathBuf};
use std::time::Duration;

use expect_test::{Expect, expect};

use super::*;
use crate::project::Profile;

mod forms;
mod kept;

/// What stands in each of these texts for a secret.
const SECRET: &str = "HUNTER-2";

/// Draws what was read; of secrets, whether they are the planted one.
fn drawn(credentials: &Credentials) -> String {
    let Credentials { client_id, client_secret, access_token, scopes, org, sandbox, gateway, ims } = credentials;
    let secret = |secret: &Option<Secret>| {
        secret.as_ref().map(|secret| if secret.reveal() == SECRET { "as planted" } else { "another" }.to_owned())
    };
    let scopes = Some(scopes.join(" ")).filter(|scopes| !scopes.is_empty());
    let lines = [
        ("client id", client_id.clone()),
        ("client secret", secret(client_secret)),
        ("access token", secret(access_token)),
        ("scopes", scopes),
        ("org", org.clone()),
        ("sandbox", sandbox.clone()),
        ("gateway", gateway.clone()),
        ("ims", ims.clone()),
    ];
    lines.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}\n", value?))).collect()
}

/// Draws what came of reading, and looks that nothing shows the secret.
#[track_caller]
fn check_found(read: Result<LoadedCredentials, CredentialsError>, expected: &Expect) {
    let shown = match &read {
        Ok(found) => format!("{found:?} {found:#?}"),
        Err(wrong) => format!("{wrong} {wrong:?}"),
    };
    assert!(!shown.contains(SECRET), "{shown}");
    expected.assert_eq(&match read {
        Ok(LoadedCredentials { credentials, source: place, format: form, warnings: notes }) => {
            let notes: String = notes.iter().map(|note| format!("note: {note}\n")).collect();
            format!("{place}, read as {form}\n{}{notes}", drawn(&credentials))
        }
        Err(wrong) => format!("{wrong}\n"),
    });
}

fn variables(pairs: &[(&str, &str)]) -> EnvironmentVariables {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Runs what waits for commands.
fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future)
}
