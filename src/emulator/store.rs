//! The store of specs: a file in which a write is complete and durable once it returns, or memory. And the file beside it
//! with the address of the emulator that has it open.

use std::fs;
use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use redb::backends::{FileBackend, InMemoryBackend};
use redb::{Database, DatabaseError, ReadableDatabase, ReadableTable, TableDefinition};

use super::Error;
use super::collection::{Collection, Sandbox};
use crate::project::open_private_file;

/// Organization, sandbox, collection and ID of a spec; its number in the order of creation, and its text.
const SPECS: TableDefinition<'_, (&str, &str, &str, &str), (u64, &str)> = TableDefinition::new("documents");

/// Where specs are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// In memory, until the emulator stops.
    Memory,
    /// In this file, which is created if it does not exist, with its folder. A file beside it, with `.address` appended to
    /// the name, contains the address of the emulator that has it open.
    File(PathBuf),
}

#[derive(Debug)]
pub(super) struct Store(Database);

impl Store {
    /// Opens or creates a file, for this process only. A file of another kind is not changed.
    pub(super) fn open(storage: &Storage) -> Result<Store, Error> {
        let (opened, path) = match storage {
            Storage::Memory => (Database::builder().create_with_backend(InMemoryBackend::new()), Path::new("")),
            Storage::File(path) => {
                let file = open_private_file(path).map_err(|error| Error::DataFile(path.clone(), error))?;
                (FileBackend::new(file).and_then(|file| Database::builder().create_with_backend(file)), path.as_path())
            }
        };
        let store = Store(opened.map_err(|error| open_failed(path, error))?);
        store.create_table().map_err(|error| data_file_error(path, error))?;
        Ok(store)
    }

    fn create_table(&self) -> Result<(), redb::Error> {
        let transaction = self.0.begin_write()?;
        transaction.open_table(SPECS)?;
        Ok(transaction.commit()?)
    }

    pub(super) fn get(
        &self,
        sandbox: &Sandbox,
        collection: Collection,
        id: &str,
    ) -> Result<Option<String>, redb::Error> {
        let table = self.0.begin_read()?.open_table(SPECS)?;
        Ok(table.get(key(sandbox, collection, id))?.map(|found| found.value().1.to_owned()))
    }

    /// All texts of a collection, oldest first.
    pub(super) fn list(&self, sandbox: &Sandbox, collection: Collection) -> Result<Vec<String>, redb::Error> {
        let table = self.0.begin_read()?.open_table(SPECS)?;
        let mut specs = Vec::new();
        for entry in table.range(key(sandbox, collection, "")..)? {
            let (entry_key, value) = entry?;
            let (org, name, entry_collection, _) = entry_key.value();
            if (org, name, entry_collection) != (&*sandbox.org, &*sandbox.name, collection.name()) {
                break;
            }
            let (number, text) = value.value();
            specs.push((number, text.to_owned()));
        }
        specs.sort();
        Ok(specs.into_iter().map(|(_, text)| text).collect())
    }

    /// Stores a text; one with the same ID is replaced.
    pub(super) fn put(
        &self,
        sandbox: &Sandbox,
        collection: Collection,
        id: &str,
        text: &str,
    ) -> Result<(), redb::Error> {
        let transaction = self.0.begin_write()?;
        {
            let mut table = transaction.open_table(SPECS)?;
            let existing = table.get(key(sandbox, collection, id))?.map(|found| found.value().0);
            let number = match existing {
                Some(number) => number,
                None => redb::ReadableTableMetadata::len(&table)?,
            };
            table.insert(key(sandbox, collection, id), (number, text))?;
        }
        Ok(transaction.commit()?)
    }
}

fn key<'k>(sandbox: &'k Sandbox, collection: Collection, id: &'k str) -> (&'k str, &'k str, &'k str, &'k str) {
    (&sandbox.org, &sandbox.name, collection.name(), id)
}

fn open_failed(path: &Path, error: DatabaseError) -> Error {
    match error {
        DatabaseError::DatabaseAlreadyOpen => {
            Error::DataFileInUse { path: path.to_owned(), address: AddressFile::read(path) }
        }
        error => data_file_error(path, error.into()),
    }
}

fn data_file_error(path: &Path, error: redb::Error) -> Error {
    match error {
        redb::Error::Io(error) if !matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof) => {
            Error::DataFile(path.to_owned(), error)
        }
        _ => Error::DataFileCorrupt(path.to_owned()),
    }
}

/// The file with the address of a running emulator, removed when it stops. Other processes that want the same specs connect
/// to that address.
#[derive(Debug)]
pub(super) struct AddressFile(PathBuf);

impl AddressFile {
    /// Writes the file. A failure is ignored: the emulator works, but is not found.
    pub(super) fn create(data: &Path, address: SocketAddr) -> Option<AddressFile> {
        let file = AddressFile(AddressFile::path(data));
        let write = |mut out: fs::File| out.set_len(0).and_then(|()| out.write_all(address.to_string().as_bytes()));
        open_private_file(&file.0).and_then(write).is_ok().then_some(file)
    }

    /// The address in the file. It is right only while another process has the data file open: one that was killed does not
    /// remove the file.
    fn read(data: &Path) -> Option<SocketAddr> {
        let address: SocketAddr = fs::read_to_string(AddressFile::path(data)).ok()?.trim().parse().ok()?;
        address.ip().is_loopback().then_some(address)
    }

    fn path(data: &Path) -> PathBuf {
        let mut name = data.as_os_str().to_owned();
        name.push(".address");
        PathBuf::from(name)
    }
}

impl Drop for AddressFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
