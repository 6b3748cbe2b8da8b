//! `connspec push` is killed at every step: when its n-th request has come, and when that was carried out. The next push
//! ends well. And two of them at the same time.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, ORG};

use super::between::{Between, Then, When};
use super::desk::{Desk, FILE, NAME};

/// The program, for the service at this address.
fn program(desk: &Desk, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connspec"));
    command.args(["push", FILE, "--yes"]).current_dir(desk.folder.path()).env_clear();
    let signing = [("CLIENT_ID", CLIENT_ID), ("CLIENT_SECRET", CLIENT_SECRET), ("ORG_ID", ORG), ("SANDBOX", "prod")];
    for (name, value) in signing.into_iter().chain([("GATEWAY", address), ("IMS", address)]) {
        command.env(format!("CONNSPEC_{name}"), value);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A program that is about to be killed. The server may hear of it before the test knows it.
#[derive(Default)]
struct Victim(Mutex<Option<Child>>, Condvar);

impl Victim {
    fn is(&self, child: Child) {
        *self.0.lock().unwrap() = Some(child);
        self.1.notify_all();
    }

    fn kill(&self) {
        let mut child = self.1.wait_while(self.0.lock().unwrap(), |child| child.is_none()).unwrap();
        let child = child.as_mut().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Whether it ended well, once it has ended. Killing needs the child too, so it is not held meanwhile.
    fn ended(&self) -> bool {
        loop {
            match self.0.lock().unwrap().as_mut().unwrap().try_wait().unwrap() {
                Some(status) => return status.success(),
                None => std::thread::yield_now(),
            }
        }
    }
}

/// Pushes, is killed at one step, and pushes again. Gives back whether it came so far.
async fn killed(desk: &Desk, at: usize, when: When) -> bool {
    let before = desk.registered().await;
    let victim: Arc<Victim> = Arc::default();
    let killer = Arc::clone(&victim);
    let between = Between::start(desk.emulator.address(), move |number, now, _| {
        if (number, now) != (at, when) {
            return Then::On;
        }
        killer.kill();
        // What was on its way arrives all the same.
        Then::On
    });
    victim.is(program(desk, &between.url).spawn().unwrap());
    let ended_well = tokio::task::spawn_blocking(move || victim.ended()).await.unwrap();
    let again = program(desk, &desk.emulator.url()).output().unwrap();
    let context = format!("killed at request {at}, {when:?}: {again:?}");
    assert!(again.status.success(), "{context}");
    desk.is_well(&before, &context).await;
    !ended_well
}

async fn walk(prepare: impl AsyncFn() -> Desk) {
    for when in [When::Before, When::After] {
        let mut at = 1;
        loop {
            let desk = prepare().await;
            if !killed(&desk, at, when).await {
                break;
            }
            at += 1;
        }
        assert!(at > 5, "{when:?}: {at}");
    }
}

#[tokio::test]
async fn while_a_spec_is_made() {
    walk(async || Desk::new()).await;
}

#[tokio::test]
async fn while_a_spec_is_updated() {
    walk(async || {
        let desk = Desk::new();
        desk.push().await.unwrap();
        desk.edit("\"1.0\"", "\"1.1\"");
        desk
    })
    .await;
}

#[tokio::test]
async fn two_at_once_make_one_spec() {
    let desk = Desk::new();
    let before = desk.registered().await;
    for _ in 0..5 {
        let both = [program(&desk, &desk.emulator.url()), program(&desk, &desk.emulator.url())];
        let both = both.map(|mut program| program.spawn().unwrap());
        let both = both.map(|child| child.wait_with_output().unwrap());
        let context = format!("{both:?}");
        assert!(both.iter().all(|output| output.status.success()), "{context}");
        desk.is_well(&before, &context).await;
        std::fs::write(desk.file(), desk.text().replace("\"version\": \"1.", "\"version\": \"1.1")).unwrap();
    }
}

/// Two specs of one folder: the list of registered ones is one and the same.
#[tokio::test]
async fn two_specs_at_once_are_both_registered() {
    let desk = Desk::new();
    let before = desk.registered().await;
    let second = desk.folder.path().join("second-connectionSpec.json");
    std::fs::write(&second, desk.text().replace(NAME, "Tide tables")).unwrap();
    let mut other = program(&desk, &desk.emulator.url());
    other.arg("second-connectionSpec.json");
    let both = [program(&desk, &desk.emulator.url()), other].map(|mut program| program.spawn().unwrap());
    let both = both.map(|child| child.wait_with_output().unwrap());
    assert!(both.iter().all(|output| output.status.success()), "{both:?}");
    assert_eq!(desk.there().await.len(), 2);
    assert_eq!(desk.registered().await.len(), before.len() + 2);
}
