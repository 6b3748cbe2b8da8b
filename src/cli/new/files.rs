//! Creates the files of a new source: all of them, or none.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::lint::NewFile;

/// Creates files in a folder, which is created if missing. If a file exists or an error occurs, nothing is changed.
pub(super) fn create(folder: &Path, files: &[NewFile]) -> io::Result<()> {
    let existing: Vec<String> = (files.iter())
        .filter(|file| fs::symlink_metadata(folder.join(&file.name)).is_ok())
        .map(|file| format!("\n  {}", folder.join(&file.name).display()))
        .collect();
    if !existing.is_empty() {
        let message =
            format!("files exist:{}\n\nNothing was written. Choose another name or folder.", existing.concat());
        return Err(io::Error::new(ErrorKind::AlreadyExists, message));
    }
    let mut created = Created::default();
    let done = created.all(folder, files);
    if done.is_err() {
        created.undo();
    }
    done
}

/// What this run has created, in order.
#[derive(Default)]
struct Created {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Created {
    fn all(&mut self, folder: &Path, files: &[NewFile]) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && fs::symlink_metadata(folder).is_err())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| explain(&error, "create the folder", folder))?;
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

    /// Deletes everything again. Errors are ignored: the one that led here is reported.
    fn undo(&self) {
        self.files.iter().for_each(|file| _ = fs::remove_file(file));
        self.folders.iter().rev().for_each(|folder| _ = fs::remove_dir(folder));
    }
}

fn explain(error: &io::Error, action: &str, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {action} {}: {error}. Nothing was written.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> NewFile {
        NewFile { name: name.to_owned(), content: "new".to_owned() }
    }

    #[test]
    fn an_error_halfway_leaves_nothing() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("a/b/acme");
        let error = create(&folder, &[file("first.txt"), file("not there/second.txt")]).expect_err("no such folder");
        assert!(error.to_string().ends_with("Nothing was written."), "{error}");
        assert_eq!(fs::read_dir(place.path()).expect("it is there").count(), 0);
    }

    #[test]
    fn existing_files_survive_an_error() {
        let place = tempfile::tempdir().expect("a folder");
        fs::write(place.path().join("mine.txt"), "mine").expect("written");
        assert!(create(place.path(), &[file("first.txt"), file("mine.txt")]).is_err());
        assert!(create(place.path(), &[file("first.txt"), file("not there/second.txt")]).is_err());
        let names: Vec<_> =
            fs::read_dir(place.path()).expect("it is there").flatten().map(|it| it.file_name()).collect();
        assert_eq!(names, ["mine.txt"]);
        assert_eq!(fs::read_to_string(place.path().join("mine.txt")).ok().as_deref(), Some("mine"));
    }
}
