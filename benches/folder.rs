//! How long `connspec check` takes for a folder of many specs, beside reading the same files and parsing them with
//! `serde_json` on as many threads, in one run. `cargo bench --bench folder`
#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

mod grown;

const FILES: usize = 2_000;
const SIZE: usize = 8_000;
/// One file in so many has a mistake, which is to be drawn.
const WRONG: usize = 20;
const RUNS: usize = 9;

/// What `check` may take, in times of reading and parsing.
const LIMIT: f64 = 4.0;

fn main() -> io::Result<()> {
    // Not while cargo only asks for the names of the benchmarks.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("folder-bench");
    let files = write(&folder)?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    // The first run of each warms the caches of the system. Then one after the other, so that a slow moment of the machine
    // meets both.
    check(&folder)?;
    parse(&files, threads);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(check(&folder)?);
        theirs.push(parse(&files, threads));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{FILES} files of {SIZE} bytes, {threads} threads: check {ours:?}, reading and serde_json {theirs:?}, \
         {ratio:.2} times, {} the limit of {LIMIT}",
        if ratio <= LIMIT { "within" } else { "over" },
    );
    fs::remove_dir_all(&folder)
}

/// The folder with its files.
fn write(folder: &Path) -> io::Result<Vec<PathBuf>> {
    // Ends the search for git's files here: the folders above ignore this one.
    fs::create_dir_all(folder.join(".git"))?;
    let (right, wrong) = (grown::spec(SIZE), grown::spec(SIZE).replace("\"method\": \"GET\"", "\"method\": \"FETCH\""));
    let write = |number: usize| {
        let path = folder.join(format!("{number:04}-connectionSpec.json"));
        fs::write(&path, if number.is_multiple_of(WRONG) { &wrong } else { &right })?;
        Ok(path)
    };
    (0..FILES).map(write).collect()
}

/// The time of the whole program, from its start to its end.
fn check(folder: &Path) -> io::Result<Duration> {
    let start = Instant::now();
    let mut check = Command::new(env!("CARGO_BIN_EXE_connspec"));
    let status = check.arg("check").current_dir(folder).stdout(Stdio::null()).status()?;
    assert_eq!(status.code(), Some(1), "the mistakes are found");
    Ok(start.elapsed())
}

/// The time to read all files and to parse each.
fn parse(files: &[PathBuf], threads: usize) -> Duration {
    let start = Instant::now();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let value: Option<serde_json::Value> =
                fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
            assert!(black_box(value).is_some(), "{}", path.display());
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
