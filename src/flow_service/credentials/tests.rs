//! Credentials in every format and from every source. `HUNTER-2` is always the secret.

use std::path::{Path, PathBuf};
use std::time::Duration;

use expect_test::{Expect, expect};

use super::*;
use crate::project::Profile;

mod formats;
mod sources;

/// The secret in all texts.
const SECRET: &str = "HUNTER-2";

/// Renders credentials; of a secret, whether it is the planted one.
fn render(credentials: &Credentials) -> String {
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
        ("gateway", gateway.as_ref().map(|url| url.as_str().to_owned())),
        ("ims", ims.as_ref().map(|url| url.as_str().to_owned())),
    ];
    lines.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}\n", value?))).collect()
}

/// Compares a result, and checks that nothing shows the secret.
#[track_caller]
fn check_loaded(read: Result<LoadedCredentials, CredentialsError>, expected: &Expect) {
    let rendered = match &read {
        Ok(found) => format!("{found:?} {found:#?}"),
        Err(error) => format!("{error} {error:?}"),
    };
    assert!(!rendered.contains(SECRET), "{rendered}");
    expected.assert_eq(&match read {
        Ok(LoadedCredentials { credentials, source, format, warnings }) => {
            let warnings: String = warnings.iter().map(|warning| format!("warning: {warning}\n")).collect();
            format!("{source} ({format})\n{}{warnings}", render(&credentials))
        }
        Err(error) => format!("{error}\n"),
    });
}

fn variables(pairs: &[(&str, &str)]) -> EnvironmentVariables {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Runs a future to completion.
fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future)
}
