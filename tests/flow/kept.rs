//! Tokens in files: found by the next program, of use to nobody else.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use crate::bench::{Bench, Hand, Plan, signing_in};
use crate::faulty::{Faulty, Step, answer, ok};

/// A folder that is not there yet, and a server whose tokens are `t1`, `t2` and so on.
struct Place {
    inside: TempDir,
    faulty: Faulty,
    clock: Arc<Hand>,
}

impl Place {
    async fn new() -> Place {
        Place { inside: tempfile::tempdir().unwrap(), faulty: Faulty::start([]).await, clock: Arc::default() }
    }

    fn folder(&self) -> PathBuf {
        self.inside.path().join("connspec/tokens")
    }

    fn plan(&self) -> Plan {
        Plan { cache: Some(self.folder()), clock: Arc::clone(&self.clock), ..signing_in() }
    }

    /// Reads as a new program of this plan would; the server's answers are these. Gives back the token that was used.
    async fn read(&self, plan: Plan, script: impl IntoIterator<Item = Step>) -> String {
        script.into_iter().for_each(|step| self.faulty.then(step));
        let bench: Bench = plan.at(self.faulty.clone());
        bench.client.connection_spec("a").await.unwrap();
        let seen = self.faulty.seen();
        seen.last().unwrap().header("authorization").unwrap().trim_start_matches("Bearer ").to_owned()
    }

    fn file(&self) -> PathBuf {
        let files: Vec<_> = fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }
}

fn token(name: &str) -> Step {
    ok(&format!(r#"{{"access_token": "{name}", "expires_in": 86399}}"#))
}

fn spec() -> Step {
    ok(r#"{"id": "a"}"#)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

#[tokio::test]
async fn a_token_is_kept_for_the_next_program_and_for_its_owner_alone() {
    let place = Place::new().await;
    assert_eq!(place.read(place.plan(), [token("t1"), spec()]).await, "t1");
    assert_eq!((mode(&place.folder()), mode(&place.file())), (0o700, 0o600));
    let name = place.file().file_name().unwrap().to_owned().into_string().unwrap();
    assert!(name.len() == 69 && !name.contains("client"), "{name}");
    assert!(!fs::read_to_string(place.file()).unwrap().contains("p@ss"));

    place.clock.pass(Duration::from_secs(80_000));
    assert_eq!(place.read(place.plan(), [spec()]).await, "t1");
    place.clock.pass(Duration::from_secs(6_200));
    assert_eq!(place.read(place.plan(), [token("t2"), spec()]).await, "t2");
    assert_eq!(place.read(place.plan(), [spec()]).await, "t2");
}

#[tokio::test]
async fn each_client_has_its_own() {
    let place = Place::new().await;
    place.read(place.plan(), [token("t1"), spec()]).await;
    let changes: [fn(&mut Plan); 3] = [
        |plan| plan.credentials.client_id = Some("client-2".into()),
        |plan| plan.credentials.org = Some("13@AdobeOrg".into()),
        |plan| plan.credentials.scopes = vec!["openid".into()],
    ];
    for change in changes {
        let mut plan = place.plan();
        change(&mut plan);
        assert_eq!(place.read(plan, [token("other"), spec()]).await, "other");
    }
    assert_eq!(place.read(place.plan(), [spec()]).await, "t1");
}

#[tokio::test]
async fn a_revoked_token_is_replaced_in_the_file_too() {
    let place = Place::new().await;
    place.read(place.plan(), [token("t1"), spec()]).await;
    assert_eq!(place.read(place.plan(), [answer(401, &[], ""), token("t2"), spec()]).await, "t2");
    assert_eq!(place.read(place.plan(), [spec()]).await, "t2");
}

#[tokio::test]
async fn what_others_can_read_is_not_used_but_replaced() {
    let place = Place::new().await;
    place.read(place.plan(), [token("t1"), spec()]).await;
    for wide in [0o640, 0o604, 0o620, 0o644] {
        fs::set_permissions(place.file(), fs::Permissions::from_mode(wide)).unwrap();
        assert_eq!(place.read(place.plan(), [token("t2"), spec()]).await, "t2", "{wide:o}");
        assert_eq!(mode(&place.file()), 0o600);
    }
    assert_eq!(place.read(place.plan(), [spec()]).await, "t2");
}

#[tokio::test]
async fn a_folder_that_others_can_read_gets_none() {
    let place = Place::new().await;
    fs::create_dir_all(place.folder()).unwrap();
    fs::set_permissions(place.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(place.read(place.plan(), [token("t1"), spec()]).await, "t1");
    assert_eq!(fs::read_dir(place.folder()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_broken_file_is_replaced() {
    let place = Place::new().await;
    place.read(place.plan(), [token("t1"), spec()]).await;
    let huge = " ".repeat(70_000) + "{}";
    let lines = "{\"access_token\": \"a\\nb\", \"obtained\": 1445412480, \"expires\": 1445498879}";
    for content in ["", "{", "[]", "{\"access_token\": 1}", &huge, lines] {
        fs::write(place.file(), content).unwrap();
        assert_eq!(place.read(place.plan(), [token("t2"), spec()]).await, "t2", "{content:.90}");
        assert_eq!(place.read(place.plan(), [spec()]).await, "t2");
    }
}

#[tokio::test]
async fn a_file_that_makes_no_sense_at_this_time_is_not_used() {
    let place = Place::new().await;
    let day = Duration::from_secs(86_400);
    place.read(place.plan(), [token("t1"), spec()]).await;
    // The clock was ahead when the token was kept, and has been set since.
    place.clock.set(|now| now - day);
    assert_eq!(place.read(place.plan(), [token("t2"), spec()]).await, "t2");
    // Someone has written a life that no token has.
    let content = fs::read_to_string(place.file()).unwrap().replace("\"expires\":14", "\"expires\":94");
    fs::write(place.file(), content).unwrap();
    assert_eq!(place.read(place.plan(), [token("t3"), spec()]).await, "t3");
}
