//! Files that only the person who runs connspec can access: records of trust and of remote specs, access tokens.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ring::digest::{SHA256, digest};

/// Reads a private file of at most `max` bytes.
///
/// # Errors
///
/// It cannot be read, is longer, or others can access it.
pub fn read_private_file(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() || metadata.len() > max || !is_private(&metadata) {
        return Err(io::Error::other("it is not a private file"));
    }
    let mut content = Vec::new();
    file.take(max).read_to_end(&mut content)?;
    Ok(content)
}

/// Replaces a private file atomically, and creates its folder if that is missing.
pub fn write_private_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    create_private_folder(folder)?;
    // A temporary file is private from the start.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Opens a file for reading and writing; one that does not exist is created for this user alone, with its folders.
pub fn open_private_file(path: &Path) -> io::Result<File> {
    private_folders().create(path.parent().unwrap_or(Path::new("")))?;
    let mut options = File::options();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The SHA-256 of bytes in hexadecimal digits: a file name that does not reveal what it is made of.
pub fn sha256(bytes: &[u8]) -> String {
    digest(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Creates a folder if it is missing, and checks that only its owner can access it.
fn create_private_folder(folder: &Path) -> io::Result<()> {
    private_folders().create(folder)?;
    if is_private(&fs::metadata(folder)?) {
        return Ok(());
    }
    Err(io::Error::other(format!("other users can access the folder {}", folder.display())))
}

/// Creates missing folders for this user alone.
fn private_folders() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Whether a file or folder belongs to this user and nobody else can access it.
#[cfg(unix)]
pub(super) fn is_private(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.mode() & 0o077 == 0 && metadata.uid() == rustix::process::geteuid().as_raw()
}

/// On other systems the folders used for them belong to one user anyway.
#[cfg(not(unix))]
pub(super) fn is_private(_: &fs::Metadata) -> bool {
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
