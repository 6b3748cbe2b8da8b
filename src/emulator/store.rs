//! Where documents are kept: one embedded file, in which a change is there as a whole and for good once it was answered, or
//! memory.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use redb::backends::InMemoryBackend;
use redb::{Database, DatabaseError, ReadableDatabase, ReadableTable, TableDefinition};

use super::wire::{Kind, Place};
use super::{Error, sign};

/// Organization, sandbox, kind and id of a document; its number in the order of creation, and its text.
const DOCUMENTS: TableDefinition<'_, (&str, &str, &str, &str), (u64, &str)> = TableDefinition::new("documents");

/// Where documents are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// In memory, and gone when the emulator ends.
    Memory,
    /// In this file, which is made when it is not there, its folder too. Beside it, in a file named after it with
    /// `.address` at the end, stands where the emulator listens that has it open.
    File(PathBuf),
}

/// The documents. A write is on the disk when its function returns.
#[derive(Debug)]
pub(super) struct Store(Database);

impl Store {
    /// Opens a file for this process alone, or makes it. A file of another kind is left as it is.
    pub(super) fn open(data: &Storage) -> Result<Store, Error> {
        let (opened, path) = match data {
            Storage::Memory => (Database::builder().create_with_backend(InMemoryBackend::new()), Path::new("")),
            Storage::File(path) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                fs::create_dir_all(folder).map_err(|error| Error::DataFile(path.clone(), error))?;
                (Database::create(path), path.as_path())
            }
        };
        let store = Store(opened.map_err(|error| cannot_open(path, error))?);
        store.make_table().map_err(|error| cannot_use(path, error))?;
        Ok(store)
    }

    fn make_table(&self) -> Result<(), redb::Error> {
        let transaction = self.0.begin_write()?;
        transaction.open_table(DOCUMENTS)?;
        Ok(transaction.commit()?)
    }

    /// The text of a document.
    pub(super) fn get(&self, place: &Place, kind: Kind, id: &str) -> Result<Option<String>, redb::Error> {
        let table = self.0.begin_read()?.open_table(DOCUMENTS)?;
        Ok(table.get(key(place, kind, id))?.map(|found| found.value().1.to_owned()))
    }

    /// The texts of all documents of a kind, oldest first.
    pub(super) fn list(&self, place: &Place, kind: Kind) -> Result<Vec<String>, redb::Error> {
        let table = self.0.begin_read()?.open_table(DOCUMENTS)?;
        let mut found = Vec::new();
        for entry in table.range(key(place, kind, "")..)? {
            let (at, document) = entry?;
            let (org, sandbox, name, _) = at.value();
            if (org, sandbox, name) != (place.org.as_str(), place.sandbox.as_str(), kind.name()) {
                break;
            }
            let (number, text) = document.value();
            found.push((number, text.to_owned()));
        }
        found.sort();
        Ok(found.into_iter().map(|(_, text)| text).collect())
    }

    /// Keeps a document, in place of the one with its id if there is one.
    pub(super) fn put(&self, place: &Place, kind: Kind, id: &str, text: &str) -> Result<(), redb::Error> {
        let transaction = self.0.begin_write()?;
        {
            let mut table = transaction.open_table(DOCUMENTS)?;
            let before = table.get(key(place, kind, id))?.map(|found| found.value().0);
            let number = match before {
                Some(number) => number,
                None => redb::ReadableTableMetadata::len(&table)?,
            };
            table.insert(key(place, kind, id), (number, text))?;
        }
        Ok(transaction.commit()?)
    }
}

fn key<'k>(place: &'k Place, kind: Kind, id: &'k str) -> (&'k str, &'k str, &'k str, &'k str) {
    (&place.org, &place.sandbox, kind.name(), id)
}

fn cannot_open(path: &Path, error: DatabaseError) -> Error {
    match error {
        DatabaseError::DatabaseAlreadyOpen => Error::DataFileInUse { path: path.to_owned(), address: sign::read(path) },
        error => cannot_use(path, error.into()),
    }
}

fn cannot_use(path: &Path, error: redb::Error) -> Error {
    match error {
        redb::Error::Io(error) if !matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof) => {
            Error::DataFile(path.to_owned(), error)
        }
        _ => Error::DataFileCorrupt(path.to_owned()),
    }
}
