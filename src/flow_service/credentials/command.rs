//! A command that prints credentials, such as that of a password manager. It is run without a shell.

use std::env::consts::EXE_SUFFIX;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;
use tokio::time::timeout;

use super::file::MAX_BYTES;
use super::{Content, Problem};

/// How long a command may run: the user may have to unlock something.
pub(super) const TIMEOUT: Duration = Duration::from_secs(60);

/// The most characters of a command's error message that are shown.
const MAX_MESSAGE_CHARS: usize = 200;

/// Runs a command and returns its standard output, which is never shown. If it fails, the first line of its standard error
/// is.
pub(super) async fn run(argv: &[String], folder: &Path, limit: Duration) -> Result<Content, Problem> {
    let Some((program, arguments)) = argv.split_first() else {
        return Err(Problem::new("the command is empty."));
    };
    let mut command =
        Command::new(find_program(program, folder).ok_or_else(|| not_started(ErrorKind::NotFound.into()))?);
    if !folder.as_os_str().is_empty() {
        command.current_dir(folder);
    }
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().map_err(not_started)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let ended = timeout(limit, async { tokio::join!(read_all(stdout), read_all(stderr), child.wait()) });
    let Ok((stdout, stderr, status)) = ended.await else {
        return Err(Problem::new(format!(
            "the command did not finish within {} seconds and was stopped. Run it yourself to see what it waits for.",
            limit.as_secs_f32()
        )));
    };
    let failed = |error: io::Error| Problem::new(format!("the output of the command cannot be read: {error}."));
    let (stdout, stderr, status) = (stdout.map_err(failed)?, stderr.map_err(failed)?, status.map_err(failed)?);
    if !status.success() {
        let failure = match status.code() {
            Some(code) => format!("the command failed with exit code {code}"),
            None => "the command was killed by a signal".to_owned(),
        };
        let reason = first_line(&stderr).map_or(".".to_owned(), |line| format!(": {line}"));
        return Err(Problem::new(failure + &reason));
    }
    if stdout.len() as u64 > MAX_BYTES {
        return Err(Problem::new("the command printed more than 1 MiB, so these aren't credentials."));
    }
    let text = String::from_utf8(stdout).map_err(|_| Problem::new("the output of the command isn't valid UTF-8."))?;
    Ok(Content { text, warnings: Vec::new() })
}

/// The program: one with a folder in its name is relative to this folder, any other is searched for in the absolute folders of
/// the `PATH`. A relative one would be a folder of the repository.
fn find_program(program: &str, folder: &Path) -> Option<PathBuf> {
    if program.contains(['/', '\\']) {
        return Some(folder.join(program));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    let with_suffix = format!("{program}{EXE_SUFFIX}");
    folders.flat_map(|folder| [folder.join(program), folder.join(&with_suffix)]).find(|path| is_program(path))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

fn not_started(error: io::Error) -> Problem {
    Problem::new(match error.kind() {
        ErrorKind::NotFound => "the program was not found. Install it, or write its absolute path.".to_owned(),
        _ => format!("the program cannot be started: {error}."),
    })
}

/// Reads a stream to its end, so that the program can exit, but stores little more than is allowed.
async fn read_all(stream: Option<impl AsyncRead + Unpin>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let Some(mut stream) = stream else { return Ok(bytes) };
    (&mut stream).take(MAX_BYTES + 1).read_to_end(&mut bytes).await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(bytes)
}

/// The first line that isn't empty, shortened.
fn first_line(message: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(message);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().filter(|char| !char.is_control()).take(MAX_MESSAGE_CHARS).collect())
}
