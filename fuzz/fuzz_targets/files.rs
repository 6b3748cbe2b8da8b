//! Any text in place of the files that connspec reads besides specs: `connspec.toml`, the state file, credentials.
//!
//! `cargo fuzz run files`
#![no_main]

use connspec::flow_service::Credentials;
use connspec::lint::Level;
use connspec::project::{State, add_ignore, read_settings, set_level};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    settings(text);
    state(text);
    let _ = text.parse::<Credentials>();
});

fn settings(text: &str) {
    let (settings, problems) = read_settings(text);
    for problem in &problems {
        assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
    }
    for entry in &settings.ignored {
        assert!(text.get(entry.range.clone()).is_some(), "{entry:?}");
    }
    if problems.is_empty() {
        let ignored = add_ignore(text, "a/b.json", "/name", "missing-key");
        let (after, problems) = read_settings(&ignored);
        let is_added = |entry: &connspec::project::IgnoreEntry| entry.file == "a/b.json" && entry.code == "missing-key";
        assert!(problems.is_empty() && after.ignored.iter().any(is_added), "{problems:?}\n{ignored}");
        let levelled = set_level(text, "missing-key", Level::Hint);
        let (after, problems) = read_settings(&levelled);
        assert!(problems.is_empty(), "{problems:?}\n{levelled}");
        assert_eq!(after.rules.get("missing-key"), Some(&Level::Hint), "{levelled}");
    }
}

fn state(text: &str) {
    if let Ok(state) = text.parse::<State>() {
        let written = state.to_string();
        // Members of a later version are laid out anew.
        assert_eq!(written.parse::<State>().map(|state| state.to_string()), Ok(written));
    }
}
