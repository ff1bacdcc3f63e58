use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use host::credentials::{CredentialStore, StoreError};
use host::sealed_file::{SealedError, SealedFile};
use keyring_core::{Error, mock};

use crate::watched_store::Watched;

const OF: &[u8] = b"station-1 tenant-1";
const SECRET: &[u8] = b"taro@mail.example 090-1111-2222";

fn file(folder: &Path, store: &CredentialStore) -> SealedFile {
    SealedFile::new(&folder.join("waiting.sealed"), store.clone())
}

fn mock_store() -> CredentialStore {
    CredentialStore::with_store(mock::Store::new().unwrap())
}

fn opened(file: &SealedFile, of: &[u8]) -> Option<Vec<u8>> {
    file.open(of).unwrap().map(|bytes| bytes.to_vec())
}

#[track_caller]
fn not_ours(file: &SealedFile, of: &[u8], what: &str) {
    let read = file.open(of);
    assert!(
        matches!(read, Err(SealedError::NotOurs)),
        "{what}: {read:?}"
    );
}

#[test]
fn s20_what_is_sealed_is_read_again_and_cannot_be_read_without_the_store() {
    let (folder, store) = (tempfile::tempdir().unwrap(), mock_store());
    let sealed = file(folder.path(), &store);
    assert_eq!(opened(&sealed, OF), None);
    for bytes in [SECRET, b"", &vec![7; SealedFile::BYTES]] {
        sealed.seal(OF, bytes).unwrap();
        // Another process reads it.
        assert_eq!(
            opened(&file(folder.path(), &store), OF).as_deref(),
            Some(bytes)
        );
    }
    sealed.seal(OF, SECRET).unwrap();
    let on_disk = fs::read(folder.path().join("waiting.sealed")).unwrap();
    for part in [&b"taro"[..], b"example", b"1111"] {
        assert!(!on_disk.windows(part.len()).any(|it| it == part));
    }
    not_ours(&file(folder.path(), &mock_store()), OF, "without its key");
    let too_long = vec![7; SealedFile::BYTES + 1];
    assert!(matches!(
        sealed.seal(OF, &too_long),
        Err(SealedError::TooLong)
    ));
    assert_eq!(opened(&sealed, OF), None, "what was there before stays");
}

/// The same content never looks the same.
#[test]
fn s20_each_writing_has_a_nonce_of_its_own() {
    let (folder, store) = (tempfile::tempdir().unwrap(), mock_store());
    let sealed = file(folder.path(), &store);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..50 {
        sealed.seal(OF, SECRET).unwrap();
        let bytes = fs::read(folder.path().join("waiting.sealed")).unwrap();
        assert!(seen.insert(bytes[4..16].to_vec()), "a nonce came twice");
    }
}

#[test]
fn s20_a_file_of_another_station_tenant_or_folder_and_a_damaged_one_are_not_read() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = mock_store();
    let sealed = file(folder.path(), &store);
    sealed.seal(OF, SECRET).unwrap();
    let path = folder.path().join("waiting.sealed");
    let good = fs::read(&path).unwrap();
    for of in [&b"station-2 tenant-1"[..], b"station-1 tenant-2", b""] {
        not_ours(&sealed, of, "of another");
    }
    // Carried to another data folder of the same user, which has a file and a key of its own.
    let elsewhere = file(other.path(), &store);
    elsewhere.seal(OF, b"another").unwrap();
    fs::copy(&path, other.path().join("waiting.sealed")).unwrap();
    not_ours(&elsewhere, OF, "carried over");
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&path, bad).unwrap();
        not_ours(&sealed, OF, "a flipped bit");
    }
    for length in 0..good.len() {
        fs::write(&path, &good[..length]).unwrap();
        not_ours(&sealed, OF, "cut");
    }
    fs::write(&path, [&good[..], b"x"].concat()).unwrap();
    not_ours(&sealed, OF, "longer");
    fs::write(&path, &good).unwrap();
    assert_eq!(opened(&sealed, OF).as_deref(), Some(SECRET));
}

/// With the file its key goes: a copy is worth nothing, and puts nothing back.
#[test]
fn s20_a_copy_of_a_file_that_was_deleted_is_never_read_again() {
    let (folder, store) = (tempfile::tempdir().unwrap(), mock_store());
    let sealed = file(folder.path(), &store);
    let path = folder.path().join("waiting.sealed");
    sealed.seal(OF, SECRET).unwrap();
    let copy = fs::read(&path).unwrap();
    fs::write(folder.path().join("waiting.new"), &copy).unwrap();
    sealed.destroy().unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    sealed.destroy().unwrap();
    fs::write(&path, &copy).unwrap();
    not_ours(&sealed, OF, "put back");
    fs::remove_file(&path).unwrap();
    sealed.seal(OF, b"the next one").unwrap();
    fs::write(&path, &copy).unwrap();
    not_ours(&sealed, OF, "put in the place of a later one");
}

/// A kill in the middle of the first writing leaves nothing for ever.
#[test]
fn s20_a_draft_that_a_kill_left_goes_at_the_next_start() {
    let (folder, store) = (tempfile::tempdir().unwrap(), mock_store());
    let sealed = file(folder.path(), &store);
    sealed.seal(OF, SECRET).unwrap();
    let path = folder.path().join("waiting.sealed");
    fs::rename(&path, folder.path().join("waiting.new")).unwrap();
    assert_eq!(opened(&sealed, OF), None);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn s20_the_file_is_the_accounts_alone_and_what_is_no_file_is_not_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, store) = (tempfile::tempdir().unwrap(), mock_store());
    let sealed = file(folder.path(), &store);
    let path = folder.path().join("waiting.sealed");
    // A draft that was cut short, open to everybody.
    let draft = folder.path().join("waiting.new");
    fs::write(&draft, "").unwrap();
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o666)).unwrap();
    sealed.seal(OF, SECRET).unwrap();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!draft.exists());
    let moved = folder.path().join("moved");
    fs::rename(&path, &moved).unwrap();
    symlink(&moved, &path).unwrap();
    assert!(matches!(sealed.open(OF), Err(SealedError::Io(_))), "a link");
    sealed.seal(OF, SECRET).unwrap();
    assert!(!fs::symlink_metadata(&path).unwrap().is_symlink());
    fs::write(&path, vec![0; SealedFile::BYTES + 5_000]).unwrap();
    assert!(
        matches!(sealed.open(OF), Err(SealedError::Io(_))),
        "too long"
    );
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(sealed.open(OF).is_err(), "a folder");
    let still = sealed.seal(OF, SECRET);
    assert!(
        matches!(still, Err(SealedError::StillThere(_))),
        "{still:?}"
    );
}

/// A store that is away keeps nothing on the disk, and nobody waits for a window it would open.
#[test]
fn s20_without_the_store_nothing_is_written_and_what_was_there_goes() {
    let away = Arc::new(AtomicBool::new(false));
    let asked = away.clone();
    let watched = move |_: &str| match asked.load(Ordering::SeqCst) {
        true => Err(Error::NoStorageAccess("locked".into())),
        false => Ok(()),
    };
    let inner = Watched(mock::Store::new().unwrap(), watched);
    let store = CredentialStore::with_store(Arc::new(inner));
    let folder = tempfile::tempdir().unwrap();
    let sealed = file(folder.path(), &store);
    let no_access = |error: SealedError| matches!(error, SealedError::Store(StoreError::NoAccess));
    for was_there in [false, true] {
        away.store(false, Ordering::SeqCst);
        if was_there {
            sealed.seal(OF, SECRET).unwrap();
        }
        away.store(true, Ordering::SeqCst);
        assert_eq!(sealed.open(OF).map_err(no_access).is_err(), was_there);
        assert!(no_access(sealed.seal(OF, SECRET).unwrap_err()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(
            no_access(sealed.destroy().unwrap_err()),
            "the key may be there"
        );
    }
    // Where there is none at all.
    let none = file(folder.path(), &CredentialStore::system());
    if !CredentialStore::system().asks_nobody() {
        assert!(none.seal(OF, SECRET).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
