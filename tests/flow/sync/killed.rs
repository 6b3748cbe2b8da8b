//! `connspec push` is killed at every request, before and after it is carried out, and the next push repairs the result. Also
//! two concurrent pushes.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, ORG};

use super::fixture::{FILE, Fixture, NAME};
use super::proxy::{FaultProxy, Then, When};

/// The program, for the service at this URL.
fn program(author: &Fixture, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connspec"));
    command.args(["push", FILE, "--yes"]).current_dir(author.folder.path()).env_clear();
    for name in ["HOME", "XDG_DATA_HOME", "LOCALAPPDATA"] {
        command.env(name, author.home.path());
    }
    let signing = [("CLIENT_ID", CLIENT_ID), ("CLIENT_SECRET", CLIENT_SECRET), ("ORG_ID", ORG), ("SANDBOX", "prod")];
    for (name, value) in signing.into_iter().chain([("GATEWAY", address), ("IMS", address)]) {
        command.env(format!("CONNSPEC_{name}"), value);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A program that is about to be killed. Its request may arrive before the test knows the process.
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

    /// Whether it succeeded, once it has ended. Killing needs the lock, too, so it is not held meanwhile.
    fn ended(&self) -> bool {
        loop {
            match self.0.lock().unwrap().as_mut().unwrap().try_wait().unwrap() {
                Some(status) => return status.success(),
                None => std::thread::yield_now(),
            }
        }
    }
}

/// Pushes, is killed at one request, and pushes again. Returns whether there were as many requests.
async fn killed(author: &Fixture, at: usize, when: When) -> bool {
    let before = author.registered().await;
    let victim: Arc<Victim> = Arc::default();
    let killer = Arc::clone(&victim);
    let proxy = FaultProxy::start(author.emulator.address(), move |number, now, _| {
        if (number, now) != (at, when) {
            return Then::Continue;
        }
        killer.kill();
        // The request on its way still arrives.
        Then::Continue
    });
    victim.is(program(author, &proxy.url).spawn().unwrap());
    let ended_well = tokio::task::spawn_blocking(move || victim.ended()).await.unwrap();
    let again = program(author, &author.emulator.url()).output().unwrap();
    let context = format!("killed at request {at}, {when:?}: {again:?}");
    assert!(again.status.success(), "{context}");
    author.assert_consistent(&before, &context).await;
    !ended_well
}

async fn kill_at_every_request(prepare: impl AsyncFn() -> Fixture) {
    for when in [When::Before, When::After] {
        let mut at = 1;
        loop {
            let author = prepare().await;
            if !killed(&author, at, when).await {
                break;
            }
            at += 1;
        }
        assert!(at > 5, "{when:?}: {at}");
    }
}

#[tokio::test]
async fn while_a_spec_is_created() {
    kill_at_every_request(async || Fixture::new()).await;
}

#[tokio::test]
async fn while_a_spec_is_updated() {
    kill_at_every_request(async || {
        let author = Fixture::new();
        author.push().await.unwrap();
        author.edit("\"1.0\"", "\"1.1\"");
        author
    })
    .await;
}

#[tokio::test]
async fn two_concurrent_pushes_create_one_spec() {
    let author = Fixture::new();
    let before = author.registered().await;
    for _ in 0..5 {
        let both = [program(&author, &author.emulator.url()), program(&author, &author.emulator.url())];
        let both = both.map(|mut program| program.spawn().unwrap());
        let both = both.map(|child| child.wait_with_output().unwrap());
        let context = format!("{both:?}");
        assert!(both.iter().all(|output| output.status.success()), "{context}");
        author.assert_consistent(&before, &context).await;
        std::fs::write(author.file(), author.text().replace("\"version\": \"1.", "\"version\": \"1.1")).unwrap();
    }
}

/// Two specs of one folder are registered in the same flow spec.
#[tokio::test]
async fn two_concurrent_specs_are_both_registered() {
    let author = Fixture::new();
    let before = author.registered().await;
    let second = author.folder.path().join("second-connectionSpec.json");
    std::fs::write(&second, author.text().replace(NAME, "Tide tables")).unwrap();
    let mut other = program(&author, &author.emulator.url());
    other.arg("second-connectionSpec.json");
    let both = [program(&author, &author.emulator.url()), other].map(|mut program| program.spawn().unwrap());
    let both = both.map(|child| child.wait_with_output().unwrap());
    assert!(both.iter().all(|output| output.status.success()), "{both:?}");
    assert_eq!(author.remote_specs().await.len(), 2);
    assert_eq!(author.registered().await.len(), before.len() + 2);
}
