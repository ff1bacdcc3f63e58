//! One small file that can be read with a key of the credential store alone, and with none once it was deleted.
//!
//! A key lives as long as its file: a file that is made gets a fresh one, and with the file it goes. So a copy that somebody
//! took, or that a disk did not overwrite, is worth nothing afterwards, and one that is put back is not read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use zeroize::Zeroizing;

use crate::credentials::{CredentialStore, StoreError};

/// A file and the place of its key.
pub struct SealedFile {
    path: PathBuf,
    /// Of this file on this machine: two stations of one user have two.
    key_name: String,
    store: CredentialStore,
}

/// Why it cannot be read, written or deleted. What is in it is in none of them.
#[derive(Debug, thiserror::Error)]
pub enum SealedError {
    /// The key cannot be had.
    #[error("the key of the file cannot be had: {0}")]
    Store(#[from] StoreError),
    /// It is not what was written with this key for this place.
    #[error("the file is not what was written there")]
    NotOurs,
    /// It would be longer than [`SealedFile::BYTES`].
    #[error("that is too much for the file")]
    TooLong,
    #[error("the file: {0}")]
    Io(#[from] io::Error),
    /// What was there before could not be deleted.
    #[error("what was there before could not be deleted: {0}")]
    StillThere(io::Error),
}

/// The form of the file, which is sealed with what is in it.
const FORM: &[u8; 4] = b"MDS1";
const KEY_BYTES: usize = 32;

impl SealedFile {
    /// The most it holds.
    pub const BYTES: usize = 64 * 1024;

    /// Nothing is touched yet.
    #[must_use]
    pub fn new(path: &Path, store: CredentialStore) -> Self {
        let folder = path.parent().unwrap_or(path);
        // What is not there yet has no other name either.
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let named = real.join(path.file_name().unwrap_or_default());
        let hash = digest(&SHA256, named.as_os_str().as_encoded_bytes());
        let hash: String = hash.as_ref()[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            path: path.to_owned(),
            key_name: format!("sealed-{hash}"),
            store,
        }
    }

    /// What is in it, if it is there. `of` is what it was sealed for: anything else cannot be read.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn open(&self, of: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, SealedError> {
        // One that was cut short by a kill is as readable as the file. Where it stays, the next writing says so.
        remove(&self.draft()).ok();
        let sealed = match read(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read?,
        };
        let sealed = sealed.strip_prefix(FORM).ok_or(SealedError::NotOurs)?;
        let (nonce, sealed) = sealed
            .split_at_checked(NONCE_LEN)
            .ok_or(SealedError::NotOurs)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealedError::NotOurs)?;
        let key = self.key()?.ok_or(SealedError::NotOurs)?;
        let mut bytes = Zeroizing::new(sealed.to_vec());
        let length = sealing(&key)?
            .open_in_place(nonce, Aad::from(sealed_for(of)), &mut bytes)
            .map_err(|_| SealedError::NotOurs)?
            .len();
        bytes.truncate(length);
        Ok(Some(bytes))
    }

    /// Puts this into it, in one step and as the account's alone. Where that fails nothing is left of what was there
    /// before either.
    ///
    /// # Errors
    /// It could not be written; [`SealedError::StillThere`] where the one before could not be deleted then.
    pub fn seal(&self, of: &[u8], bytes: &[u8]) -> Result<(), SealedError> {
        match self.write(of, bytes) {
            Ok(()) => Ok(()),
            Err(error) => match remove(&self.draft()).and_then(|()| remove(&self.path)) {
                Ok(()) => Err(error),
                Err(still) => Err(SealedError::StillThere(still)),
            },
        }
    }

    /// Deletes it, and its key. It is no error if it is not there.
    ///
    /// # Errors
    /// [`SealedError::StillThere`], or [`SealedError::Store`] where only the key is.
    pub fn destroy(&self) -> Result<(), SealedError> {
        remove(&self.draft()).map_err(SealedError::StillThere)?;
        remove(&self.path).map_err(SealedError::StillThere)?;
        self.unasked()?.forget(&self.key_name)?;
        Ok(())
    }

    fn write(&self, of: &[u8], bytes: &[u8]) -> Result<(), SealedError> {
        if bytes.len() > Self::BYTES {
            return Err(SealedError::TooLong);
        }
        let known = match fs::symlink_metadata(&self.path) {
            Ok(_) => self.key()?,
            Err(_) => None,
        };
        let key = match known {
            Some(key) => key,
            None => self.fresh_key()?,
        };
        let mut sealed = bytes.to_vec();
        let nonce = sealing(&key)?
            .seal_in_place_append_tag(Aad::from(sealed_for(of)), &mut sealed)
            .map_err(|_| SealedError::NotOurs)?;
        let draft = self.draft();
        remove(&draft)?;
        let mut file = private_file().open(&draft)?;
        file.write_all(FORM)?;
        file.write_all(nonce.as_ref())?;
        file.write_all(&sealed)?;
        file.sync_all()?;
        fs::rename(&draft, &self.path)?;
        settle(&self.path)?;
        Ok(())
    }

    fn draft(&self) -> PathBuf {
        self.path.with_extension("new")
    }

    fn key(&self) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let key = self.unasked()?.recall(&self.key_name)?.map(Zeroizing::new);
        Ok(key.filter(|key| key.len() == KEY_BYTES))
    }

    fn fresh_key(&self) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let mut key = Zeroizing::new(vec![0; KEY_BYTES]);
        rand::fill(&mut key).map_err(|_| StoreError::Failed)?;
        let store = self.unasked()?;
        store.remember(&self.key_name, &key)?;
        // What a store only seems to take is found out before anything is sealed with it.
        match store.recall(&self.key_name)?.map(Zeroizing::new) {
            Some(kept) if *kept == *key => Ok(key),
            Some(_) | None => Err(StoreError::Damaged),
        }
    }

    /// A store that would ask somebody is left alone: nobody may be there.
    fn unasked(&self) -> Result<&CredentialStore, StoreError> {
        match self.store.asks_nobody() {
            true => Ok(&self.store),
            false => Err(StoreError::NoAccess),
        }
    }
}

fn sealing(key: &[u8]) -> Result<RandomizedNonceKey, SealedError> {
    RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| SealedError::NotOurs)
}

/// Sealed with the form, so that no later one is read as this.
fn sealed_for(of: &[u8]) -> Vec<u8> {
    [FORM, of].concat()
}

/// A link, a pipe or a device in its place is not ours, and waited for by nobody.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let longest = u64::try_from(SealedFile::BYTES).unwrap_or(0) + 1024;
    let found = fs::symlink_metadata(path)?;
    if !found.is_file() || found.len() > longest {
        return Err(io::Error::from(ErrorKind::InvalidInput));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(longest).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Gone, also after a power cut.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => settle(path),
    }
}

/// What was changed in the folder is on the disk.
fn settle(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn private_file() -> OpenOptions {
    let mut file = OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file
}
