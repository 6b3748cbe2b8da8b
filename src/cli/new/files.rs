//! Writing the files of a new source: all of them, or none.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::lint::NewFile;

/// Writes files into a folder, which is made where it is not there. Where one of them is there already, or something goes
/// wrong on the way, everything is as it was before.
pub(super) fn write(folder: &Path, files: &[NewFile]) -> io::Result<()> {
    let taken: Vec<String> = (files.iter())
        .filter(|file| fs::symlink_metadata(folder.join(&file.name)).is_ok())
        .map(|file| format!("\n  {}", folder.join(&file.name).display()))
        .collect();
    if !taken.is_empty() {
        let words = format!(
            "nothing was written, because this is there already:{}\nTake another name or another folder.",
            taken.concat()
        );
        return Err(io::Error::new(ErrorKind::AlreadyExists, words));
    }
    let mut made = Made::default();
    let done = made.all(folder, files);
    if done.is_err() {
        made.undo();
    }
    done
}

/// What this run has made, in order.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn all(&mut self, folder: &Path, files: &[NewFile]) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && fs::symlink_metadata(folder).is_err())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| explain(&error, "make the folder", folder))?;
            self.folders.push(folder.to_owned());
        }
        for file in files {
            let path = folder.join(&file.name);
            let mut new = OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)
                .map_err(|error| explain(&error, "write", &path))?;
            self.files.push(path.clone());
            new.write_all(file.content.as_bytes()).map_err(|error| explain(&error, "write", &path))?;
        }
        Ok(())
    }

    /// Takes away what was made. What cannot be taken away stays: the error that led here is the one to tell.
    fn undo(&self) {
        self.files.iter().for_each(|file| _ = fs::remove_file(file));
        self.folders.iter().rev().for_each(|folder| _ = fs::remove_dir(folder));
    }
}

fn explain(error: &io::Error, what: &str, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {}: {error}. Nothing was written.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> NewFile {
        NewFile { name: name.to_owned(), content: "new".to_owned() }
    }

    #[test]
    fn what_goes_wrong_halfway_leaves_nothing() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("a/b/acme");
        let error = write(&folder, &[file("first.txt"), file("not there/second.txt")]).expect_err("no such folder");
        assert!(error.to_string().ends_with("Nothing was written."), "{error}");
        assert_eq!(fs::read_dir(place.path()).expect("it is there").count(), 0);
    }

    #[test]
    fn what_was_there_stays_when_something_goes_wrong() {
        let place = tempfile::tempdir().expect("a folder");
        fs::write(place.path().join("mine.txt"), "mine").expect("written");
        assert!(write(place.path(), &[file("first.txt"), file("mine.txt")]).is_err());
        assert!(write(place.path(), &[file("first.txt"), file("not there/second.txt")]).is_err());
        let names: Vec<_> =
            fs::read_dir(place.path()).expect("it is there").flatten().map(|it| it.file_name()).collect();
        assert_eq!(names, ["mine.txt"]);
        assert_eq!(fs::read_to_string(place.path().join("mine.txt")).ok().as_deref(), Some("mine"));
    }
}
