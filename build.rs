//! What `connspec --version` tells beside the number: the commit it was built from, where that is known, and the system it
//! was built for.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = env::var("TARGET").expect("cargo says for which system it builds");
    let build = match commit() {
        Some(commit) => format!("commit {commit}, {target}"),
        None => target,
    };
    println!("cargo::rustc-env=CONNSPEC_BUILD={build}");
}

/// The commit's short name and its day. An archive has none, also where it was unpacked inside of another checkout.
fn commit() -> Option<String> {
    if !Path::new(".git").exists() {
        return None;
    }
    // git writes a line there whenever another commit is made or checked out.
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    if Path::new(&log).exists() {
        println!("cargo::rerun-if-changed={log}");
    }
    git(&["log", "-1", "--abbrev=9", "--format=%h %cs"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let words = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| words.trim().to_owned())
}
