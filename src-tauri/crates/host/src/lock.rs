//! The lock that lets one app at a time use a data directory.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::path::Path;

/// Holds the data directory until it is dropped or the process ends, however it ends.
#[derive(Debug)]
#[must_use = "the directory is free again when this is dropped"]
pub struct Held {
    _file: File,
    /// The file in it could be removed, and another one made and locked; the folder with a record in it cannot.
    #[cfg(unix)]
    _folder: Option<File>,
}

/// Why the data directory cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has it.
    #[error("another running app uses this data directory")]
    Taken,
    /// It cannot be made or written; [`std::io::ErrorKind`] says whether for want of rights.
    #[error("the data directory cannot be used")]
    Directory(#[source] std::io::Error),
}

/// Takes `data_dir` for this process, making it (for the current user only) where it is missing. The
/// kernel frees it when the process dies, so there is no stale lock to clean up.
///
/// # Errors
/// [`LockError::Taken`] at once when another process has it.
pub fn hold(data_dir: &Path) -> Result<Held, LockError> {
    make_private(data_dir).map_err(LockError::Directory)?;
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(data_dir.join("lock"))
        .map_err(LockError::Directory)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(LockError::Taken),
        Err(TryLockError::Error(error)) => return Err(LockError::Directory(error)),
    }
    Ok(Held {
        _file: file,
        #[cfg(unix)]
        _folder: hold_folder(data_dir)?,
    })
}

/// Takes the folder itself, where its file system lets folders be locked.
#[cfg(unix)]
fn hold_folder(data_dir: &Path) -> Result<Option<File>, LockError> {
    let folder = File::open(data_dir).map_err(LockError::Directory)?;
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(TryLockError::WouldBlock) => Err(LockError::Taken),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

fn make_private(data_dir: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data_dir)
}
