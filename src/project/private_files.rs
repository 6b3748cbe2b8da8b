//! Files and folders that only the person who runs connspec can access: records of trust, access tokens.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Creates a folder if it is missing, and checks that only its owner can access it.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    if is_private(&fs::metadata(folder)?) {
        return Ok(());
    }
    Err(io::Error::other(format!("other users can access the folder {}", folder.display())))
}

/// Whether a file or folder belongs to this user and nobody else can access it.
#[cfg(unix)]
pub fn is_private(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.mode() & 0o077 == 0 && metadata.uid() == rustix::process::geteuid().as_raw()
}

/// On other systems the folders used for them belong to one user anyway.
#[cfg(not(unix))]
pub fn is_private(_: &fs::Metadata) -> bool {
    true
}

/// The folder `connspec` in the system's folder for user data. `variable` reads an environment variable. `None` if the
/// environment does not define that folder.
pub fn data_folder(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_DATA_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("connspec"))
}
