//! A disk below a station that fails: a small library in C that the station's process loads before the system's.
//! The station itself and its SQLite are as they are everywhere.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::failure::Failure;

const SOURCE: &str = include_str!("failing_disk.c");

/// How the disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DiskFault {
    pub(crate) kind: FaultKind,
    /// Nothing is written any more from there on.
    pub(crate) stays: bool,
}

/// What the system says when a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// ENOSPC.
    Full,
    /// EIO, with half of what was to be written on the disk.
    Broken,
}

impl FaultKind {
    /// Its number on Linux, where alone this works.
    fn number(self) -> u32 {
        match self {
            Self::Full => 28,
            Self::Broken => 5,
        }
    }
}

/// The library, and what it tells.
pub(crate) struct FailingDisk {
    folder: TempDir,
}

impl FailingDisk {
    /// Has it made by the C compiler, which this project needs anyway.
    ///
    /// # Errors
    /// There is no `cc`, or it refuses: anywhere but on Linux.
    pub(crate) fn made() -> Result<Self, Failure> {
        let disk = Self {
            folder: TempDir::new()?,
        };
        let source = disk.folder.path().join("failing_disk.c");
        std::fs::write(&source, SOURCE)?;
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&disk.library(), &source])
            .arg("-ldl")
            .output()
            .map_err(|error| Failure::new(format!("no C compiler: {error}")))?;
        if made.status.success() {
            Ok(disk)
        } else {
            let said = String::from_utf8_lossy(&made.stderr).into_owned();
            Err(Failure::new(format!("the C compiler: {said}")))
        }
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("failing_disk.so")
    }

    fn told(&self) -> PathBuf {
        self.folder.path().join("told")
    }

    /// What a station needs in its environment so that its call number `at` below `data` fails.
    pub(crate) fn environment(
        &self,
        data: &Path,
        at: u64,
        fault: DiskFault,
    ) -> Vec<(&'static str, OsString)> {
        let mut environment: Vec<(&'static str, OsString)> = vec![
            ("LD_PRELOAD", self.library().into()),
            ("FAILING_DISK_FOLDER", data.into()),
            ("FAILING_DISK_AT", at.to_string().into()),
            ("FAILING_DISK_ERROR", fault.kind.number().to_string().into()),
            ("FAILING_DISK_TOLD", self.told().into()),
        ];
        if fault.stays {
            environment.push(("FAILING_DISK_STAYS", "1".into()));
        }
        environment
    }

    /// Whether the call was reached.
    pub(crate) fn has_failed(&self) -> bool {
        self.told().exists()
    }

    /// Which call failed since this was asked last; none where none was reached.
    pub(crate) fn failed(&self) -> Result<Option<String>, Failure> {
        let told = self.told();
        if !told.exists() {
            return Ok(None);
        }
        let words = std::fs::read_to_string(&told)?;
        std::fs::remove_file(told)?;
        Ok(Some(words.trim_end().to_owned()))
    }
}
