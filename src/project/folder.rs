//! The files beside a spec, read from disk.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::lint::Folder;
use crate::lint::Neighbour;

/// Reads what lies beside a spec. `None` when the file is not named `{source}-connectionSpec.json`.
pub fn read_folder(file: &Path) -> Option<Folder> {
    let name = file.file_name()?.to_str()?;
    let ending = "-connectionSpec.json";
    let (source, rest) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
    if source.is_empty() || !rest.eq_ignore_ascii_case(ending) {
        return None;
    }
    let beside = |ending: &str| neighbour(&file.with_file_name(format!("{source}-{ending}")));
    Some(Folder {
        source: source.to_owned(),
        category: beside("category.txt"),
        description: beside("description.txt"),
        icon: beside("icon.svg"),
        label: beside("label.txt"),
    })
}

fn neighbour(path: &Path) -> Neighbour {
    match fs::metadata(path) {
        // Only a file is opened: a pipe of that name would wait for someone to write.
        Ok(found) if found.is_file() => text(path).map_or(Neighbour::Unreadable, Neighbour::Text),
        Err(error) if error.kind() == ErrorKind::NotFound => Neighbour::Absent,
        _ => Neighbour::Unreadable,
    }
}

fn text(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(Folder::MOST as u64).read_to_end(&mut bytes).ok()?;
    if let Err(error) = str::from_utf8(&bytes)
        && bytes.len() == Folder::MOST
        && error.error_len().is_none()
    {
        // The end is in the middle of a character.
        bytes.truncate(error.valid_up_to());
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
