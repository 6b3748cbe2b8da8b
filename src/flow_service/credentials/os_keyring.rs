//! Credentials in the keyring of the operating system: the Keychain of macOS, the Credential Manager of Windows, and on
//! Linux what serves the Secret Service (GNOME Keyring, KWallet, KeePassXC). An entry holds what a file would hold.

use keyring::{Entry, Error};
use tokio::task;

use super::{Raw, Wrong};

/// The service that an entry belongs to; its user name is the name of the entry.
const SERVICE: &str = "connspec";

/// Reads an entry. The keyring may ask a person to unlock it.
pub(super) async fn read(entry: &str) -> Result<Raw, Wrong> {
    let name = entry.to_owned();
    let read = task::spawn_blocking(move || Entry::new(SERVICE, &name).and_then(|entry| entry.get_password()));
    match read.await {
        Ok(Ok(text)) => Ok(Raw { text, notes: Vec::new() }),
        Ok(Err(error)) => Err(Wrong::new(said(&error, entry))),
        Err(_) => Err(Wrong::new("the keyring cannot be asked.")),
    }
}

/// What an error of the keyring means, in words. Some of them carry what was read, so none is printed as it is.
fn said(error: &Error, entry: &str) -> String {
    match error {
        Error::NoEntry => format!("there is none. {}", how_to_store(entry)),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "it is no text. Store it anew.".to_owned(),
        Error::NoStorageAccess(_) => "the keyring is locked or may not be read. Unlock it, and try again.".to_owned(),
        Error::Ambiguous(_) => "there are several of that name. Remove all but one.".to_owned(),
        _ => "no keyring answers. On Linux a Secret Service has to run, such as GNOME Keyring, KWallet or KeePassXC; \
              without one, keep the credentials in a file or behind a command."
            .to_owned(),
    }
}

/// How an entry is made with what the system brings.
fn how_to_store(entry: &str) -> String {
    match std::env::consts::OS {
        "macos" => format!("`security add-generic-password -s {SERVICE} -a {entry} -w` stores it."),
        "windows" => format!("Store it in the Credential Manager under the address `{entry}.{SERVICE}`."),
        _ => format!("`secret-tool store --label {SERVICE} service {SERVICE} username {entry}` stores it."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_carries_what_was_read_is_told_without_it() {
        let secret = || b"HUNTER-2".to_vec();
        for error in [Error::BadEncoding(secret()), Error::BadDataFormat(secret(), "HUNTER-2".into())] {
            assert_eq!(said(&error, "aep"), "it is no text. Store it anew.");
        }
        assert!(said(&Error::NoEntry, "aep").starts_with("there is none. "));
        assert!(said(&Error::NoStorageAccess("HUNTER-2".into()), "aep").contains("locked"));
        assert!(said(&Error::NoDefaultStore, "aep").starts_with("no keyring answers."));
        assert!(said(&Error::PlatformFailure("HUNTER-2".into()), "aep").starts_with("no keyring answers."));
    }
}
