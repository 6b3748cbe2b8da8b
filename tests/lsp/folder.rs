//! Files on disk, with their URIs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::client::Client;

/// A folder that is deleted with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn with(files: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("lsp-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        // Ends the search for git's files here, so that parent folders do not matter.
        fs::create_dir_all(folder.0.join(".git")).unwrap();
        files.iter().for_each(|(name, content)| folder.write(name, content));
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, content: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // A server that reads at this moment must not see an empty file.
        let new = path.with_extension("new");
        fs::write(&new, content).unwrap();
        fs::rename(new, path).unwrap();
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.0.join(name)).unwrap();
    }

    /// The URI of something in it, or of itself.
    pub fn uri(&self, name: &str) -> String {
        let path = self.0.join(name).to_string_lossy().replace('\\', "/");
        format!("file://{}{}", if path.starts_with('/') { "" } else { "/" }, path.trim_end_matches('/'))
    }

    /// Notifies the server that a file was changed.
    pub fn tell(&self, client: &mut Client, name: &str) {
        let changes = json!([{ "uri": self.uri(name), "type": 2 }]);
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// Writes a file and notifies the server.
    pub fn change(&self, client: &mut Client, name: &str, content: &str) {
        self.write(name, content);
        self.tell(client, name);
    }

    /// Initializes a client that has this folder open.
    pub fn greet(&self, client: &mut Client, capabilities: Value) -> Value {
        let folders = json!([{ "uri": self.uri(""), "name": "folder" }]);
        client.greet(json!({ "capabilities": capabilities, "workspaceFolders": folders }))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
