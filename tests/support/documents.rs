//! The documents that several tests read.

use std::path::Path;

/// The project's own sample specs, as name and text.
pub(crate) fn samples() -> Vec<(String, String)> {
    texts_of(Path::new("tests/specs"))
}

/// The published documents in the folder beside the project, sound or not, when it is there.
pub(crate) fn published() -> Vec<(String, String)> {
    let folder = Path::new("../shared/corpus");
    if !folder.is_dir() {
        println!("no ../shared/corpus here: only the project's own samples are read");
        return Vec::new();
    }
    let mut texts = texts_of(&folder.join("sdk"));
    texts.extend(texts_of(&folder.join("live")));
    texts
}

fn texts_of(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    paths.iter().filter_map(|path| Some((name(path), std::fs::read_to_string(path).ok()?))).collect()
}
