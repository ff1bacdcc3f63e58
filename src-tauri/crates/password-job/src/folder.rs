//! The job's own folder: its lock, its parts for shards, and files that are whole or not there.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::plan::Shard;

/// For its user alone.
pub(crate) const PRIVATE: u32 = 0o600;
/// For whoever wants to read it.
pub(crate) const READABLE: u32 = 0o644;

/// The folder while this process has it.
pub(crate) struct Held {
    /// Where this run's own ledger and record are.
    pub(crate) own: PathBuf,
    /// Where those of the other runs are.
    pub(crate) others: Vec<PathBuf>,
    _locks: [File; 2],
}

/// Why the folder cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    #[error("another run is under way")]
    Taken,
    #[error("the job's folder cannot be used: {0}")]
    Unusable(#[from] io::Error),
}

/// Takes the folder for a run. Shards run beside each other, and nothing else does.
pub(crate) fn hold(folder: &Path, shard: Option<Shard>) -> Result<Held, FolderError> {
    make(folder)?;
    let all = lock_file(&folder.join("lock"))?;
    let (own, taken) = match shard {
        None => (folder.to_owned(), all.try_lock()),
        Some(shard) => (folder.join(part(shard)), all.try_lock_shared()),
    };
    locked(taken)?;
    make(&own)?;
    let mine = lock_file(&own.join("lock-of-part"))?;
    locked(mine.try_lock())?;
    let others = parts(folder)?.into_iter().filter(|part| *part != own);
    Ok(Held {
        others: others.collect(),
        own,
        _locks: [all, mine],
    })
}

/// The folder and its parts for shards, as far as they are there.
pub(crate) fn parts(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut parts = vec![folder.to_owned()];
    let listed = match folder.read_dir() {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(parts),
        Err(error) => return Err(error),
    };
    for entry in listed {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("shard-") {
            parts.push(entry.path());
        }
    }
    parts.sort();
    Ok(parts)
}

/// The name of a shard's part.
pub(crate) fn part(shard: Shard) -> String {
    format!("shard-{}-of-{}", shard.index, shard.count)
}

/// Puts a file in its place whole: whoever reads sees the one before or this one.
pub(crate) fn replace(path: &Path, contents: &[u8], mode: u32) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let fresh = path.with_file_name(name);
    let written = write(&fresh, contents, mode).and_then(|()| std::fs::rename(&fresh, path));
    if written.is_err() {
        // What is left of it is of no use to anybody.
        let _ = std::fs::remove_file(&fresh);
    }
    written
}

fn write(path: &Path, contents: &[u8], mode: u32) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let mut file = options.open(path)?;
    // Whatever the account's mask says: others read it, or nobody does.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))?;
    #[cfg(not(unix))]
    let _ = mode;
    file.write_all(contents)?;
    file.sync_all()
}

fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn lock_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, PRIVATE);
    options.open(path)
}

fn locked(taken: Result<(), TryLockError>) -> Result<(), FolderError> {
    match taken {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(FolderError::Taken),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_at_a_time_or_shards_beside_each_other_s43() {
        let folder = tempfile::tempdir().unwrap();
        let shard = |text: &str| Some(Shard::parse(text).unwrap());
        let taken = |shard| matches!(hold(folder.path(), shard), Err(FolderError::Taken));
        let whole = hold(folder.path(), None).unwrap();
        assert!(taken(None));
        assert!(taken(shard("1/2")));
        drop(whole);
        let first = hold(folder.path(), shard("1/2")).unwrap();
        let second = hold(folder.path(), shard("2/2")).unwrap();
        assert!(taken(shard("1/2")));
        assert!(taken(None));
        assert!(second.others.contains(&first.own));
        assert!(second.others.contains(&folder.path().to_owned()));
        assert!(!second.others.contains(&second.own));
    }
}
