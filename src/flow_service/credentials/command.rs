//! A command that prints credentials, such as that of a password manager. No shell is in between.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;
use tokio::time::timeout;

use super::file::MOST;
use super::{Raw, Wrong};

/// How long a command may take: a person may have to unlock something.
pub(super) const LIMIT: Duration = Duration::from_secs(60);

/// The most characters of what a command complains about that are shown.
const MOST_WORDS: usize = 200;

/// What a command prints. Its standard error is its complaint, of which the first line is shown when it fails; what it
/// prints to standard output is never shown.
pub(super) async fn output(words: &[String], folder: &Path, limit: Duration) -> Result<Raw, Wrong> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(Wrong::new("the command is empty."));
    };
    let mut command = Command::new(program);
    // Where a relative program is looked for differs between systems once a folder is set.
    if program.contains(['/', '\\']) {
        command = Command::new(folder.join(program));
    }
    if !folder.as_os_str().is_empty() {
        command.current_dir(folder);
    }
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().map_err(not_started)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let ended = timeout(limit, async { tokio::join!(all(stdout), all(stderr), child.wait()) });
    let Ok((printed, complaint, status)) = ended.await else {
        return Err(Wrong::new(format!(
            "the command has not ended after {} seconds, so it was stopped. Run it yourself to see what it waits for.",
            limit.as_secs_f32()
        )));
    };
    let failed = |error: io::Error| Wrong::new(format!("the command cannot be read: {error}."));
    let (printed, complaint, status) = (printed.map_err(failed)?, complaint.map_err(failed)?, status.map_err(failed)?);
    if !status.success() {
        let ended = match status.code() {
            Some(code) => format!("the command ended with exit code {code}"),
            None => "the command was ended by a signal".to_owned(),
        };
        let complaint = first_line(&complaint).map_or(".".to_owned(), |line| format!(" and says: {line}"));
        return Err(Wrong::new(format!("{ended}{complaint}")));
    }
    if printed.len() as u64 > MOST {
        return Err(Wrong::new("the command prints more than 1 MiB, so these are no credentials."));
    }
    let text = String::from_utf8(printed).map_err(|_| Wrong::new("the command prints something that is not UTF-8."))?;
    Ok(Raw { text, notes: Vec::new() })
}

fn not_started(error: io::Error) -> Wrong {
    Wrong::new(match error.kind() {
        io::ErrorKind::NotFound => "there is no such program. Install it, or write its whole path.".to_owned(),
        _ => format!("the program cannot be started: {error}."),
    })
}

/// Everything that comes, but not much more than may come: what is longer is read on, so that the program can end.
async fn all(stream: Option<impl AsyncRead + Unpin>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let Some(mut stream) = stream else { return Ok(bytes) };
    (&mut stream).take(MOST + 1).read_to_end(&mut bytes).await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(bytes)
}

/// The first line that says something, cut to a length that is read.
fn first_line(complaint: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(complaint);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().filter(|char| !char.is_control()).take(MOST_WORDS).collect())
}
