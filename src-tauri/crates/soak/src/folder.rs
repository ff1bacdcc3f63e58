//! A station's data folder for a round.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::failure::Failure;
use crate::figure::say;

/// Goes with the round, unless something broke: then it is what tells why.
pub(crate) struct Folder {
    folder: TempDir,
    /// Without links in it, as a process sees its own files.
    path: PathBuf,
}

impl Folder {
    pub(crate) fn new() -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        let path = folder.path().canonicalize()?;
        Ok(Self { folder, path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves it where it is, and says where.
    pub(crate) fn keep(self) {
        say(&format!("  kept: {}", self.folder.keep().display()));
    }
}
