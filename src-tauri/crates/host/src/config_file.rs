//! The configuration file as a file: of a kind that ends, of a size that is read at once, and who else may write it.

use std::fs::{File, Metadata, OpenOptions};
use std::io::Read;
use std::path::Path;

/// More than any site has to say.
pub const MAX_BYTES: u64 = 256 * 1024;

/// What stands in a configuration file, and how far it is to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFile {
    pub text: String,
    /// Who besides an administrator and the user of this process may change it: a sentence that names the file or
    /// folder; none where nobody can. Always none on Windows, where rights are not looked at.
    pub exposed: Option<String>,
}

/// Why there is nothing to be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFileError {
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    #[error("cannot be read: it is {0}, not a file")]
    Kind(&'static str),
    #[error("cannot be read: it is longer than {} KiB", MAX_BYTES / 1024)]
    TooLong,
    #[error("cannot be read: it is not UTF-8 text")]
    NotText,
}

impl ConfigFileError {
    /// Whether nothing stands in its place.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Unreadable(error) if error.kind() == std::io::ErrorKind::NotFound)
    }
}

/// Reads it. Never waits, and never reads more than [`MAX_BYTES`].
///
/// # Errors
/// [`ConfigFileError`], as a sentence that goes behind the file's name.
pub fn read(path: &Path) -> Result<ConfigFile, ConfigFileError> {
    let file = open(path)?;
    // What was opened is asked, not the name, which may be another file by now.
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(ConfigFileError::Kind(kind(&metadata)));
    }
    let mut bytes = Vec::new();
    (&file).take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ConfigFileError::TooLong);
    }
    let text = String::from_utf8(bytes).map_err(|_| ConfigFileError::NotText)?;
    let exposed = exposed(path, &metadata);
    Ok(ConfigFile { text, exposed })
}

/// A pipe that nobody writes to would keep an ordinary open waiting for ever.
#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).unwrap_or_default();
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(unix)]
fn kind(metadata: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind(metadata: &Metadata) -> &'static str {
    if metadata.is_dir() {
        "a folder"
    } else {
        "a device"
    }
}

/// The file, then every folder above it: who may replace a folder may replace what is in it.
#[cfg(unix)]
fn exposed(path: &Path, file: &Metadata) -> Option<String> {
    let told = |path: &Path, who: &str| format!("{who} can change {}", path.display());
    if let Some(who) = writer(file, false) {
        return Some(told(path, &who));
    }
    // Both the way that was named and the way a link leads.
    let named = std::path::absolute(path).ok();
    let real = path.canonicalize().ok();
    let ways = [named, real];
    let folders = ways
        .iter()
        .flatten()
        .flat_map(|way| way.ancestors().skip(1));
    folders
        .filter_map(|folder| {
            let who = writer(&folder.metadata().ok()?, true)?;
            Some(told(folder, &who))
        })
        .next()
}

#[cfg(not(unix))]
fn exposed(_path: &Path, _file: &Metadata) -> Option<String> {
    None
}

/// Who but the system's administrator and ourselves may write; in a sticky folder nobody can replace another's file.
#[cfg(unix)]
fn writer(metadata: &Metadata, folder: bool) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    const STICKY: u32 = 0o1000;
    let own = rustix::process::geteuid().as_raw();
    let (owner, group, mode) = (metadata.uid(), metadata.gid(), metadata.mode());
    if owner != 0 && owner != own {
        return Some(format!("the user with the number {owner}"));
    }
    if folder && mode & STICKY != 0 {
        return None;
    }
    if mode & 0o002 != 0 {
        return Some("everybody".to_owned());
    }
    (mode & 0o020 != 0 && group != 0).then(|| format!("the group with the number {group}"))
}
