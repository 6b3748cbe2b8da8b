//! Access tokens in files: reused by the next program, private to their owner.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use crate::fixture::{Fixture, ManualClock, Setup, with_client_secret};
use crate::server::{Step, TestServer, ok, respond};

/// A folder that does not exist yet, and a server that issues the tokens `t1`, `t2` and so on.
struct TokenFolder {
    root: TempDir,
    server: TestServer,
    clock: Arc<ManualClock>,
}

impl TokenFolder {
    async fn new() -> TokenFolder {
        TokenFolder { root: tempfile::tempdir().unwrap(), server: TestServer::start([]).await, clock: Arc::default() }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("connspec/tokens")
    }

    fn setup(&self) -> Setup {
        Setup { token_folder: Some(self.folder()), clock: Arc::clone(&self.clock), ..with_client_secret() }
    }

    /// Reads a spec as a new program with this setup, with these responses. Returns the token that was used.
    async fn read(&self, setup: Setup, script: impl IntoIterator<Item = Step>) -> String {
        script.into_iter().for_each(|step| self.server.then(step));
        let fixture: Fixture = setup.at(self.server.clone());
        fixture.client.connection_spec("a").await.unwrap();
        let received = self.server.received();
        received.last().unwrap().header("authorization").unwrap().trim_start_matches("Bearer ").to_owned()
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
async fn a_token_file_is_reused_and_private() {
    let tokens = TokenFolder::new().await;
    assert_eq!(tokens.read(tokens.setup(), [token("t1"), spec()]).await, "t1");
    assert_eq!((mode(&tokens.folder()), mode(&tokens.file())), (0o700, 0o600));
    let name = tokens.file().file_name().unwrap().to_owned().into_string().unwrap();
    assert!(name.len() == 69 && !name.contains("client"), "{name}");
    assert!(!fs::read_to_string(tokens.file()).unwrap().contains("p@ss"));

    tokens.clock.advance(Duration::from_secs(80_000));
    assert_eq!(tokens.read(tokens.setup(), [spec()]).await, "t1");
    tokens.clock.advance(Duration::from_secs(6_200));
    assert_eq!(tokens.read(tokens.setup(), [token("t2"), spec()]).await, "t2");
    assert_eq!(tokens.read(tokens.setup(), [spec()]).await, "t2");
}

#[tokio::test]
async fn each_client_has_its_own_token_file() {
    let tokens = TokenFolder::new().await;
    tokens.read(tokens.setup(), [token("t1"), spec()]).await;
    let changes: [fn(&mut Setup); 3] = [
        |setup| setup.credentials.client_id = Some("client-2".into()),
        |setup| setup.credentials.org = Some("13@AdobeOrg".into()),
        |setup| setup.credentials.scopes = vec!["openid".into()],
    ];
    for change in changes {
        let mut setup = tokens.setup();
        change(&mut setup);
        assert_eq!(tokens.read(setup, [token("other"), spec()]).await, "other");
    }
    assert_eq!(tokens.read(tokens.setup(), [spec()]).await, "t1");
}

#[tokio::test]
async fn a_rejected_token_is_replaced_in_its_file() {
    let tokens = TokenFolder::new().await;
    tokens.read(tokens.setup(), [token("t1"), spec()]).await;
    assert_eq!(tokens.read(tokens.setup(), [respond(401, &[], ""), token("t2"), spec()]).await, "t2");
    assert_eq!(tokens.read(tokens.setup(), [spec()]).await, "t2");
}

#[tokio::test]
async fn a_token_file_that_others_can_access_is_replaced() {
    let tokens = TokenFolder::new().await;
    tokens.read(tokens.setup(), [token("t1"), spec()]).await;
    for wide in [0o640, 0o604, 0o620, 0o644] {
        fs::set_permissions(tokens.file(), fs::Permissions::from_mode(wide)).unwrap();
        assert_eq!(tokens.read(tokens.setup(), [token("t2"), spec()]).await, "t2", "{wide:o}");
        assert_eq!(mode(&tokens.file()), 0o600);
    }
    assert_eq!(tokens.read(tokens.setup(), [spec()]).await, "t2");
}

#[tokio::test]
async fn a_folder_that_others_can_access_gets_no_token_file() {
    let tokens = TokenFolder::new().await;
    fs::create_dir_all(tokens.folder()).unwrap();
    fs::set_permissions(tokens.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(tokens.read(tokens.setup(), [token("t1"), spec()]).await, "t1");
    assert_eq!(fs::read_dir(tokens.folder()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_malformed_token_file_is_replaced() {
    let tokens = TokenFolder::new().await;
    tokens.read(tokens.setup(), [token("t1"), spec()]).await;
    let huge = " ".repeat(70_000) + "{}";
    let lines = "{\"access_token\": \"a\\nb\", \"obtained\": 1445412480, \"expires\": 1445498879}";
    for content in ["", "{", "[]", "{\"access_token\": 1}", &huge, lines] {
        fs::write(tokens.file(), content).unwrap();
        assert_eq!(tokens.read(tokens.setup(), [token("t2"), spec()]).await, "t2", "{content:.90}");
        assert_eq!(tokens.read(tokens.setup(), [spec()]).await, "t2");
    }
}

#[tokio::test]
async fn a_token_file_with_impossible_times_is_ignored() {
    let tokens = TokenFolder::new().await;
    let day = Duration::from_secs(86_400);
    tokens.read(tokens.setup(), [token("t1"), spec()]).await;
    // The clock was fast when the token was stored, and was corrected since.
    tokens.clock.set_system_time(|now| now - day);
    assert_eq!(tokens.read(tokens.setup(), [token("t2"), spec()]).await, "t2");
    // Someone has written an impossible lifetime.
    let content = fs::read_to_string(tokens.file()).unwrap().replace("\"expires\":14", "\"expires\":94");
    fs::write(tokens.file(), content).unwrap();
    assert_eq!(tokens.read(tokens.setup(), [token("t3"), spec()]).await, "t3");
}
