//! The job's own folder: its lock, its parts for shards, and files that are whole or not there.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::plan::Shard;

/// For its user alone.
pub(crate) const PRIVATE: u32 = 0o600;
/// For whoever wants to read it.
pub(crate) const READABLE: u32 = 0o644;

const LOCK_OF_PART: &str = "lock-of-part";
const LOCK_OF_LAST_RUN: &str = "lock-of-last-run";

/// The folder while this process has it.
pub(crate) struct Held {
    /// Where this run's own ledger and record are.
    pub(crate) own: PathBuf,
    /// Where those of the other runs are.
    pub(crate) others: Vec<PathBuf>,
    /// None where nothing is changed.
    _locks: Option<[File; 2]>,
}

impl Held {
    /// Its own part and those of the others.
    pub(crate) fn all(&self) -> Vec<PathBuf> {
        [std::slice::from_ref(&self.own), &self.others].concat()
    }
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
    let path = named(folder);
    ours(folder).map_err(path)?;
    let all = lock_file(&folder.join("lock"))?;
    let (own, taken) = match shard {
        None => (folder.to_owned(), all.try_lock()),
        Some(shard) => (folder.join(part(shard)), all.try_lock_shared()),
    };
    locked(taken)?;
    make(&own)?;
    let mine = lock_file(&own.join(LOCK_OF_PART))?;
    locked(mine.try_lock())?;
    let others: Vec<PathBuf> = parts(folder)?;
    let others: Vec<PathBuf> = others.into_iter().filter(|part| *part != own).collect();
    // Whoever comes second sees the other one: both took their own lock before they look.
    for other in others.iter().filter(|other| overlaps(other, shard)) {
        alone(other)?;
    }
    Ok(Held {
        others,
        own,
        _locks: Some([all, mine]),
    })
}

/// The folder for a run that changes nothing: it waits for nobody, and makes no file.
pub(crate) fn look(folder: &Path, shard: Option<Shard>) -> Result<Held, FolderError> {
    let own = shard.map_or_else(|| folder.to_owned(), |shard| folder.join(part(shard)));
    let others = parts(folder)?;
    Ok(Held {
        others: others.into_iter().filter(|part| *part != own).collect(),
        own,
        _locks: None,
    })
}

/// Whether another part may hold the same people: it is one of another count.
fn overlaps(other: &Path, shard: Option<Shard>) -> bool {
    let other = other
        .file_name()
        .and_then(|name| shard_of(&name.to_string_lossy()));
    shard
        .zip(other)
        .is_some_and(|(shard, other)| shard.count != other.count)
}

/// Nobody works on that part now.
fn alone(part: &Path) -> Result<(), FolderError> {
    let path = part.join(LOCK_OF_PART);
    match File::open(&path) {
        Ok(file) => locked(file.try_lock_shared()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(named(&path)(error).into()),
    }
}

/// Waits until no other part says how it ended: it is a matter of one small file.
pub(crate) fn alone_with_last_run(folder: &Path) -> io::Result<File> {
    let path = folder.join(LOCK_OF_LAST_RUN);
    let file = lock_file(&path)?;
    file.lock().map_err(named(&path))?;
    Ok(file)
}

/// The folder and its parts for shards, as far as they are there.
pub(crate) fn parts(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut parts = vec![folder.to_owned()];
    let listed = match folder.read_dir() {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(parts),
        Err(error) => return Err(named(folder)(error)),
    };
    for entry in listed {
        let entry = entry.map_err(named(folder))?;
        let path = entry.path();
        // What else somebody put there is none of ours.
        if shard_of(&entry.file_name().to_string_lossy()).is_some() && path.is_dir() {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}

/// The name of a shard's part.
pub(crate) fn part(shard: Shard) -> String {
    format!("shard-{}-of-{}", shard.index, shard.count)
}

fn shard_of(name: &str) -> Option<Shard> {
    let (index, count) = name.strip_prefix("shard-")?.split_once("-of-")?;
    let shard = Shard::parse(&format!("{index}/{count}"))?;
    (part(shard) == name).then_some(shard)
}

/// The error with the path it is about.
pub(crate) fn named(path: &Path) -> impl Fn(io::Error) -> io::Error {
    let path = path.display().to_string();
    move |error| io::Error::new(error.kind(), format!("{path}: {error}"))
}

/// Puts a file in its place whole: whoever reads sees the one before or this one.
pub(crate) fn replace(path: &Path, contents: &[u8], mode: u32) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let fresh = path.with_file_name(name);
    let written = write(&fresh, contents, mode)
        .and_then(|()| std::fs::rename(&fresh, path))
        .and_then(|()| sync(path.parent().unwrap_or(path)));
    if written.is_err() {
        // What is left of it is of no use to anybody.
        let _ = std::fs::remove_file(&fresh);
    }
    written
}

/// A name is on the disk when its folder is.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
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
    builder.create(folder).map_err(named(folder))
}

/// Files of another user could not be read by the next run, least of all root's.
#[cfg(unix)]
fn ours(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let owner = folder.metadata()?.uid();
    whose(owner, rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn ours(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn whose(owner: u32, user: u32) -> io::Result<()> {
    if owner == user {
        return Ok(());
    }
    let text = format!("it is user {owner}'s, and this is user {user}: run it as its owner");
    Err(io::Error::new(io::ErrorKind::PermissionDenied, text))
}

fn lock_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, PRIVATE);
    options.open(path).map_err(named(path))
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

    #[test]
    fn parts_of_another_count_are_never_beside_each_other_n11() {
        let folder = tempfile::tempdir().unwrap();
        let shard = |text: &str| Some(Shard::parse(text).unwrap());
        let taken = |text| matches!(hold(folder.path(), shard(text)), Err(FolderError::Taken));
        let half = hold(folder.path(), shard("1/2")).unwrap();
        for other in ["1/3", "3/3", "1/1"] {
            assert!(taken(other), "{other}");
        }
        assert!(!taken("2/2"));
        drop(half);
        let _third = hold(folder.path(), shard("1/3")).unwrap();
        assert!(taken("1/2"));
        assert!(!taken("2/3"));
    }

    #[test]
    fn what_else_lies_there_is_no_part_n11() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["shard-notes.txt", "shard-1-of-2", "shard-01-of-2"] {
            std::fs::write(folder.path().join(name), "mine").unwrap();
        }
        std::fs::create_dir(folder.path().join("shard-notes")).unwrap();
        std::fs::create_dir(folder.path().join("shard-2-of-2")).unwrap();
        let found = parts(folder.path()).unwrap();
        let expected = [folder.path().to_owned(), folder.path().join("shard-2-of-2")];
        assert_eq!(found, expected);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_another_user_is_refused_n11() {
        assert!(whose(7, 7).is_ok());
        let error = whose(7, 0).unwrap_err().to_string();
        assert!(error.contains("user 7's"), "{error}");
    }
}
