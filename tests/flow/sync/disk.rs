//! A disk that is full, or a folder in which nothing may be written: nothing is sent that could not be remembered.

use std::fs;
use std::process::Command;

use connspec::sync::{Failure, PushOptions};

use super::between::{Between, Then, When};
use super::desk::{Desk, client};

/// A state file that cannot be written, for whoever runs the tests: root may write everywhere, but not into a folder.
fn blocked(desk: &Desk) {
    fs::create_dir(desk.folder.path().join(format!(".{}.lock", connspec::project::STATE_FILE_NAME))).unwrap();
}

fn unblocked(desk: &Desk) {
    fs::remove_dir(desk.folder.path().join(format!(".{}.lock", connspec::project::STATE_FILE_NAME))).unwrap();
}

#[tokio::test]
async fn nothing_is_sent_when_nothing_can_be_remembered() {
    let desk = Desk::new();
    blocked(&desk);
    let failure = desk.push().await.unwrap_err();
    assert!(matches!(failure, Failure::State(_)), "{failure:?}");
    assert!(failure.to_string().contains(connspec::project::STATE_FILE_NAME), "{failure}");
    assert_eq!(desk.there().await.len(), 0);
    unblocked(&desk);
    desk.push().await.unwrap();
    desk.is_well(&[], "unblocked").await;
}

#[tokio::test]
async fn a_state_file_that_is_broken_is_left_as_it_is() {
    let desk = Desk::new();
    fs::write(desk.state_path(), "{ \"version\": 1, ").unwrap();
    let failure = desk.push().await.unwrap_err();
    assert!(matches!(failure, Failure::State(_)), "{failure:?}");
    assert_eq!(fs::read_to_string(desk.state_path()).unwrap(), "{ \"version\": 1, ");
    assert_eq!(desk.there().await.len(), 0);
}

/// The state can be written before the spec is made and not after: the push says so, and the next one finds the spec.
#[tokio::test]
async fn what_could_not_be_noted_is_found_by_the_next_push() {
    let desk = Desk::new();
    let state = desk.state_path();
    let intent = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let (path, kept) = (state.clone(), intent.clone());
    let between = Between::start(desk.emulator.address(), move |_, when, first| {
        if when == When::After && first.starts_with("POST /data/foundation/flowservice/connectionSpecs") {
            *kept.lock().unwrap() = fs::read_to_string(&path).unwrap();
            fs::remove_file(&path).unwrap();
            fs::create_dir_all(path.join("full")).unwrap();
        }
        Then::On
    });
    let failure = desk.push_with(&client(&between.url), &PushOptions::default()).await.unwrap_err();
    assert!(matches!(failure, Failure::NotNoted { .. }), "{failure:?}");
    fs::remove_dir_all(&state).unwrap();
    fs::write(&state, intent.lock().unwrap().as_str()).unwrap();
    desk.push().await.unwrap();
    desk.is_well(&[], "mended").await;
}

/// A real disk without room. Only root may mount one; who else runs this is told.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_harms_nothing() {
    let desk = Desk::new();
    let (tiny, before) = (desk.folder.path().join("tiny"), desk.registered().await);
    fs::create_dir(&tiny).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&tiny).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        println!("no disk can be mounted here, so a full one is not tried");
        return;
    }
    let mounted = Mounted(tiny.clone());
    let file = tiny.join(super::desk::FILE);
    fs::write(&file, desk.text()).unwrap();
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
    let document = connspec::document::Document::new(super::desk::FILE, 0, connspec::text::Text::new(desk.text()));
    let spec = connspec::sync::Spec::new(&desk.client, &file, document);
    let facts = connspec::lint::Facts::default();
    let plan = spec.plan(&facts, &PushOptions::default()).await.unwrap();
    let failure = spec.push(&plan).await.unwrap_err();
    assert!(failure.to_string().contains("no space left on the disk"), "{failure}");
    assert_eq!(fs::read_to_string(&state).unwrap(), old);
    assert_eq!(desk.there().await.len(), 0);
    fs::remove_file(&filler).unwrap();
    spec.push(&plan).await.unwrap();
    assert_eq!((desk.there().await.len(), desk.registered().await.len()), (1, before.len() + 1));
    drop(mounted);
}

/// A disk that is taken away with the test.
struct Mounted(std::path::PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
