//! Ways to a file that must be left as it was found, and to one that is written.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::OpenError;
use crate::place::{ENDINGS, beside};

/// A connection that changes nothing but SQLite's own index `-shm`, and what was found beside the file.
#[derive(Debug)]
pub(crate) struct ReadOnly {
    pub(crate) connection: Connection,
    /// Where the side file lies, or would lie once somebody writes.
    pub(crate) side_file: PathBuf,
    /// Nobody had the file open: there was no side file.
    pub(crate) closed: bool,
    /// The file says that it has a side file while it is in use.
    pub(crate) marked: bool,
}

/// A connection that removes no side file when it is closed. SQLite's last one does, also when it never got as far as
/// to read it and could move nothing out of it: where the index cannot be written the records would be gone.
pub(crate) fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    may_remove_side_file(&connection, false)?;
    Ok(connection)
}

/// Whether the side file goes when this connection is closed as the last one.
pub(crate) fn may_remove_side_file(connection: &Connection, may: bool) -> rusqlite::Result<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !may)
        .map(drop)
}

/// SQLite has no way to read a file with a side file, or one that may get one, without making or
/// removing files beside it. So each of the three states a station can leave has a way of its own.
pub(crate) fn read_only(path: &Path) -> Result<ReadOnly, OpenError> {
    let path = &real(path)?;
    must_be_plain(path)?;
    let wal = beside(path, "-wal");
    let marked = is_marked_wal(path)?;
    let (has_wal, has_index) = (exists(&wal)?, exists(&beside(path, "-shm"))?);
    if has_index && !has_wal {
        return Err(OpenError::SideFileMissing);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match (has_wal, has_index) {
        // Closed: nothing beside it. `immutable` is the only way that makes no side file.
        (false, _) => {
            Connection::open_with_flags(immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)?
        }
        // A station writes to it, or was killed.
        (true, true) => Connection::open_with_flags(path, flags)?,
        // A copy of the two files that count: its index is made in memory.
        (true, false) => {
            let connection = Connection::open_with_flags_and_vfs(path, flags, UNLOCKED)?;
            connection.pragma_update(None, "locking_mode", "exclusive")?;
            connection
        }
    };
    may_remove_side_file(&connection, false)?;
    Ok(ReadOnly {
        connection,
        side_file: wal,
        closed: !has_wal,
        marked,
    })
}

/// SQLite's own file system without locks.
#[cfg(not(windows))]
const UNLOCKED: &str = "unix-none";
#[cfg(windows)]
const UNLOCKED: &str = "win32-none";

/// The file itself: what SQLite puts beside it lies there, and not beside a link to it.
fn real(path: &Path) -> Result<PathBuf, OpenError> {
    let real = std::fs::canonicalize(path).map_err(OpenError::File)?;
    // Windows answers in a form that cannot be written as an address.
    let plain = real.to_str().and_then(|name| name.strip_prefix(r"\\?\"));
    let plain = plain.map(|name| match name.strip_prefix(r"UNC\") {
        Some(share) => PathBuf::from(format!(r"\\{share}")),
        None => PathBuf::from(name),
    });
    Ok(plain.unwrap_or(real))
}

/// What is no file is not waited for: a pipe of that name would be, for ever.
fn must_be_plain(path: &Path) -> Result<(), OpenError> {
    for ending in ENDINGS {
        match beside(path, ending).metadata() {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Err(OpenError::Shared("it is no plain file")),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(OpenError::File(error)),
        }
    }
    Ok(())
}

fn exists(path: &Path) -> Result<bool, OpenError> {
    path.try_exists().map_err(OpenError::File)
}

/// Whether the header says that the file has a side file while it is in use.
fn is_marked_wal(path: &Path) -> Result<bool, OpenError> {
    let mut header = [0; 19];
    match File::open(path).and_then(|mut file| file.read_exact(&mut header)) {
        Ok(()) if header.starts_with(b"SQLite format 3\0") => Ok(header[18] == 2),
        Ok(()) => Err(OpenError::NotARecord),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(OpenError::NotARecord),
        Err(error) => Err(OpenError::File(error)),
    }
}

/// The address of a file, from its root on, with the promise that nobody changes it.
fn immutable(path: &Path) -> String {
    let mut address = String::from(if cfg!(windows) { "file:///" } else { "file://" });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b':' => {
                address.push(char::from(*byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?immutable=1");
    address
}
