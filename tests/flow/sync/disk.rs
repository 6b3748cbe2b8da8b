//! Full disks and unwritable folders: nothing is sent that could not be saved.

use std::fs;
use std::process::Command;

use connspec::sync::{PushOptions, SyncError};

use super::fixture::{Fixture, client};
use super::proxy::{FaultProxy, Then, When};

/// Makes the state file unwritable even for root: it is a folder.
fn blocked(author: &Fixture) {
    fs::create_dir(author.state_path()).unwrap();
}

fn unblocked(author: &Fixture) {
    fs::remove_dir(author.state_path()).unwrap();
}

#[tokio::test]
async fn nothing_is_sent_if_the_state_cannot_be_saved() {
    let author = Fixture::new();
    blocked(&author);
    let failure = author.push().await.unwrap_err();
    assert!(matches!(failure, SyncError::State(_)), "{failure:?}");
    assert!(failure.to_string().contains(connspec::project::STATE_FILE_NAME), "{failure}");
    assert_eq!(author.remote_specs().await.len(), 0);
    unblocked(&author);
    author.push().await.unwrap();
    author.assert_consistent(&[], "unblocked").await;
}

#[tokio::test]
async fn a_malformed_state_file_is_not_touched() {
    let author = Fixture::new();
    fs::write(author.state_path(), "{ \"version\": 1, ").unwrap();
    let failure = author.push().await.unwrap_err();
    assert!(matches!(failure, SyncError::State(_)), "{failure:?}");
    assert_eq!(fs::read_to_string(author.state_path()).unwrap(), "{ \"version\": 1, ");
    assert_eq!(author.remote_specs().await.len(), 0);
}

/// The state can be saved before the spec is created and not after. The push reports it, and the next one finds the spec.
#[tokio::test]
async fn a_spec_without_saved_state_is_found_by_the_next_push() {
    let author = Fixture::new();
    let state = author.state_path();
    let intent = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let (path, kept) = (state.clone(), intent.clone());
    let proxy = FaultProxy::start(author.emulator.address(), move |_, when, first| {
        if when == When::After && first.starts_with("POST /data/foundation/flowservice/connectionSpecs") {
            *kept.lock().unwrap() = fs::read_to_string(&path).unwrap();
            fs::remove_file(&path).unwrap();
            fs::create_dir_all(path.join("full")).unwrap();
        }
        Then::Continue
    });
    let failure = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap_err();
    assert!(matches!(failure, SyncError::StateNotSaved { .. }), "{failure:?}");
    fs::remove_dir_all(&state).unwrap();
    fs::write(&state, intent.lock().unwrap().as_str()).unwrap();
    author.push().await.unwrap();
    author.assert_consistent(&[], "repaired").await;
}

/// A real full disk. Only root may mount one.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_harms_nothing() {
    let author = Fixture::new();
    let (tiny, before) = (author.folder.path().join("tiny"), author.registered().await);
    fs::create_dir(&tiny).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&tiny).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        println!("no disk can be mounted, so a full one is not tested");
        return;
    }
    let mounted = Mounted(tiny.clone());
    let file = tiny.join(super::fixture::FILE);
    fs::write(&file, author.text()).unwrap();
    let state = tiny.join(connspec::project::STATE_FILE_NAME);
    fs::write(&state, "{ \"version\": 1, \"sandboxes\": {} }").unwrap();
    let old = fs::read_to_string(&state).unwrap();
    let filler = tiny.join("filler");
    let mut room = 64 << 10;
    while room > 0 {
        let mut bytes = fs::read(&filler).unwrap_or_default();
        bytes.resize(bytes.len() + room, b' ');
        if fs::write(&filler, bytes).is_err() {
            room /= 2;
        }
    }
    let document = connspec::document::Document::new(super::fixture::FILE, 0, connspec::text::Text::new(author.text()));
    let spec = connspec::sync::Spec::new(&author.client, &author.records, &file, document);
    let facts = connspec::lint::Facts::default();
    let plan = spec.plan(&facts, &PushOptions::default()).await.unwrap();
    let failure = spec.push(&plan).await.unwrap_err();
    assert!(failure.to_string().contains("no space left on the disk"), "{failure}");
    assert_eq!(fs::read_to_string(&state).unwrap(), old);
    assert_eq!(author.remote_specs().await.len(), 0);
    fs::remove_file(&filler).unwrap();
    spec.push(&plan).await.unwrap();
    assert_eq!((author.remote_specs().await.len(), author.registered().await.len()), (1, before.len() + 1));
    drop(mounted);
}

/// Unmounts the disk at the end of the test.
struct Mounted(std::path::PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
