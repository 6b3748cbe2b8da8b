//! Credentials in the keyring of the operating system: the Keychain of macOS, the Credential Manager of Windows, and on
//! Linux a Secret Service (GNOME Keyring, KWallet, KeePassXC). An entry contains what a file would contain.

use keyring::{Entry, Error};
use tokio::task;

use super::{Content, Problem};

/// The service of all entries; the user name is the name of the entry.
const SERVICE: &str = "connspec";

/// Reads an entry. The keyring may ask the user to unlock it.
pub(super) async fn read(entry: &str) -> Result<Content, Problem> {
    let name = entry.to_owned();
    let read = task::spawn_blocking(move || Entry::new(SERVICE, &name).and_then(|entry| entry.get_password()));
    match read.await {
        Ok(Ok(text)) => Ok(Content { text, warnings: Vec::new() }),
        Ok(Err(error)) => Err(Problem::new(message(&error, entry))),
        Err(_) => Err(Problem::new("the keyring cannot be read.")),
    }
}

/// The message for an error of the keyring. Some errors contain what was read, so none is printed as it is.
fn message(error: &Error, entry: &str) -> String {
    match error {
        Error::NoEntry => format!("it does not exist. {}", how_to_store(entry)),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "it isn't text. Store it again.".to_owned(),
        Error::NoStorageAccess(_) => {
            "the keyring is locked or cannot be accessed. Unlock it, and try again.".to_owned()
        }
        Error::Ambiguous(_) => "there are several with this name. Remove all but one.".to_owned(),
        _ => "no keyring is available. On Linux a Secret Service must be running, such as GNOME Keyring, KWallet or \
              KeePassXC; without one, use a file or a command for the credentials."
            .to_owned(),
    }
}

/// How to create an entry with the tools of the system.
fn how_to_store(entry: &str) -> String {
    match std::env::consts::OS {
        "macos" => format!("Create it with `security add-generic-password -s {SERVICE} -a {entry} -w`."),
        "windows" => format!("Create it in the Credential Manager with the address `{entry}.{SERVICE}`."),
        _ => format!("Create it with `secret-tool store --label {SERVICE} service {SERVICE} username {entry}`."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_do_not_contain_what_was_read() {
        let secret = || b"HUNTER-2".to_vec();
        for error in [Error::BadEncoding(secret()), Error::BadDataFormat(secret(), "HUNTER-2".into())] {
            assert_eq!(message(&error, "aep"), "it isn't text. Store it again.");
        }
        assert!(message(&Error::NoEntry, "aep").starts_with("it does not exist. "));
        assert!(message(&Error::NoStorageAccess("HUNTER-2".into()), "aep").contains("locked"));
        assert!(message(&Error::NoDefaultStore, "aep").starts_with("no keyring is available."));
        assert!(message(&Error::PlatformFailure("HUNTER-2".into()), "aep").starts_with("no keyring is available."));
    }
}
