//! The files of a log as they lie in their folder. SQLite goes on writing into a file whose name is gone,
//! and acknowledges what nobody will ever read: so the names are looked at, too.

use std::ffi::OsString;
use std::fs::Metadata;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::error::OpenError;
use crate::side_file::has_lost_records;

/// What lies where a log is kept, before anybody opens it: SQLite makes what is missing, and removes a
/// side file that it finds beside nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file itself.
    pub file: FoundFile,
    /// How long the side file `-wal` is, where there is one, in bytes.
    pub side_file: Option<u64>,
    /// Records that were on the disk can no longer be read from the side file.
    pub side_file_broken: bool,
    /// The index `-shm` of the side file is there.
    pub index: bool,
}

/// What is found under the name of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundFile {
    /// Nothing has that name.
    Absent,
    /// A file without a byte in it.
    Empty,
    /// A file with something in it.
    There,
}

impl Found {
    /// Looks at the log's files; none is opened that could keep whoever opens it waiting.
    ///
    /// # Errors
    /// The system does not say, or a file is not the log's alone.
    pub fn at(path: &Path) -> Result<Self, OpenError> {
        must_be_own(path)?;
        Self::look(path).map_err(OpenError::File)
    }

    fn look(path: &Path) -> io::Result<Self> {
        // The side file first: whoever closes a log removes it last.
        let wal = beside(path, "-wal");
        let side_file = length(&wal)?;
        Ok(Self {
            side_file_broken: has_lost_records(&wal)?,
            file: match length(path)? {
                None => FoundFile::Absent,
                Some(0) => FoundFile::Empty,
                Some(_) => FoundFile::There,
            },
            side_file,
            index: length(&beside(path, "-shm"))?.is_some(),
        })
    }
}

fn length(path: &Path) -> io::Result<Option<u64>> {
    match path.metadata() {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// What a log's files are called behind its own name: SQLite opens whatever lies there.
pub(crate) const ENDINGS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// What lies under the log's names is plain files that no other name leads to and no other user has: who writes to one
/// by another name, or opened it before it was given away, needs no right to it any more.
pub(crate) fn must_be_own(path: &Path) -> Result<(), OpenError> {
    for ending in ENDINGS {
        match beside(path, ending).metadata() {
            Ok(metadata) => {
                if let Some(why) = shared(&metadata) {
                    return Err(OpenError::Shared(why));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(OpenError::File(error)),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn shared(metadata: &Metadata) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt;
    let own = rustix::process::geteuid();
    if !metadata.is_file() {
        return Some("it is no plain file");
    }
    if metadata.nlink() > 1 {
        return Some("it has a second name");
    }
    // An administrator looks after the records of others.
    let is_another = metadata.uid() != own.as_raw() && !own.is_root();
    is_another.then_some("it is another user's")
}

#[cfg(not(unix))]
fn shared(metadata: &Metadata) -> Option<&'static str> {
    (!metadata.is_file()).then_some("it is no plain file")
}

/// The files that an open log writes to.
#[derive(Debug)]
pub(crate) struct Place {
    path: PathBuf,
    files: Vec<(PathBuf, Identity)>,
    /// The file itself only grows.
    length: u64,
}

impl Place {
    /// Takes the files as they are while the log has them open.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let path = std::fs::canonicalize(path)?;
        let names = [path.clone(), beside(&path, "-wal"), beside(&path, "-shm")];
        let mut files = Vec::new();
        for name in names {
            let identity = identity(&name.metadata()?);
            files.push((name, identity));
        }
        Ok(Self {
            length: path.metadata()?.len(),
            path,
            files,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether each name still leads to the file that is open, and the file itself was not cut.
    pub(crate) fn is_as_it_was(&mut self) -> bool {
        let leads = |(name, known): &(PathBuf, Identity)| {
            name.symlink_metadata()
                .is_ok_and(|metadata| identity(&metadata) == *known)
        };
        let length = self.path.metadata().map_or(0, |metadata| metadata.len());
        let is_whole = length >= self.length;
        self.length = self.length.max(length);
        is_whole && self.files.iter().all(leads)
    }
}

#[cfg(unix)]
type Identity = (u64, u64);

/// Device and number of the file.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// Nobody can remove or replace a file that is open.
#[cfg(not(unix))]
type Identity = ();

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {}
