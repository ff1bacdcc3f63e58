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
    /// It is another user's, or others keep a right to it whatever is done.
    #[error("the data directory is not this account's alone")]
    Shared,
}

/// Takes `data_dir` for this process, making it where it is missing, and the current user's alone. An administrator may
/// take another user's. The kernel frees it when the process dies, so there is no stale lock to clean up.
///
/// # Errors
/// [`LockError::Taken`] at once when another process has it, and else why it cannot be had.
pub fn hold(data_dir: &Path) -> Result<Held, LockError> {
    make(data_dir).map_err(LockError::Directory)?;
    keep_private(data_dir)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
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

fn make(data_dir: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data_dir)
}

/// Takes every right to the folder from others.
#[cfg(unix)]
fn keep_private(data_dir: &Path) -> Result<(), LockError> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    const OF_OTHERS: u32 = 0o077;
    let look = || data_dir.metadata().map_err(LockError::Directory);
    let own = rustix::process::geteuid();
    let found = look()?;
    if found.uid() != own.as_raw() && !own.is_root() {
        return Err(LockError::Shared);
    }
    if found.mode() & OF_OTHERS == 0 {
        return Ok(());
    }
    let private = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(data_dir, private).map_err(|_| LockError::Shared)?;
    // Some file systems know no rights, and say so by changing nothing.
    if look()?.mode() & OF_OTHERS == 0 {
        return Ok(());
    }
    Err(LockError::Shared)
}

/// Rights are not looked at.
#[cfg(not(unix))]
fn keep_private(_data_dir: &Path) -> Result<(), LockError> {
    Ok(())
}
