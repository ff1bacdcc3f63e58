//! The configuration file as a file: of a kind that ends, of a size that is read at once, and who else may write it.

#[cfg(unix)]
use std::ffi::OsString;
use std::fs::{File, Metadata, OpenOptions};
use std::io::Read;
use std::path::Path;
#[cfg(unix)]
use std::path::PathBuf;

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

/// The file, then every folder and link on the way to it, the nearest first.
#[cfg(unix)]
pub(crate) fn exposed(path: &Path, file: &Metadata) -> Option<String> {
    exposed_itself(path, file).or_else(|| exposed_way(path))
}

/// What is there, whatever leads to it.
#[cfg(unix)]
pub(crate) fn exposed_itself(path: &Path, there: &Metadata) -> Option<String> {
    let kind = if there.is_dir() {
        Kind::Folder
    } else if there.is_symlink() {
        Kind::Link
    } else {
        Kind::File
    };
    writer(path, there, kind).map(|who| told(path, &who))
}

#[cfg(not(unix))]
fn exposed(_path: &Path, _file: &Metadata) -> Option<String> {
    None
}

/// As many links as the system follows.
#[cfg(unix)]
const MAX_LINKS: usize = 40;

/// Who else may lead this path elsewhere: a folder on it, or the folder of a link on it, that others may write, or a
/// link that is another's. What the path leads to is judged only where it is a folder or a link.
#[cfg(unix)]
pub(crate) fn exposed_way(path: &Path) -> Option<String> {
    let mut judged = Vec::new();
    if let Err(error) = walk(path, &mut judged) {
        return Some(format!(
            "nobody can tell who can change {}: {error}",
            path.display()
        ));
    }
    judged.into_iter().rev().flatten().next()
}

/// Goes the way as the system does, one name at a time, and judges every folder and link it comes by.
#[cfg(unix)]
fn walk(path: &Path, judged: &mut Vec<Option<String>>) -> std::io::Result<()> {
    let mut rest = names(&std::path::absolute(path)?);
    let mut at = PathBuf::from("/");
    let mut links = 0;
    judged.push(writer(&at, &at.metadata()?, Kind::Folder).map(|who| told(&at, &who)));
    while let Some(name) = rest.pop() {
        if name == ".." {
            at.pop();
            continue;
        }
        let next = at.join(&name);
        let metadata = next.symlink_metadata()?;
        if metadata.is_symlink() {
            links += 1;
            if links > MAX_LINKS {
                return Err(std::io::Error::other("too many links"));
            }
            judged.push(writer(&next, &metadata, Kind::Link).map(|who| told(&next, &who)));
            let target = next.read_link()?;
            if target.is_absolute() {
                at = PathBuf::from("/");
            }
            rest.extend(names(&target));
        } else {
            if metadata.is_dir() {
                judged.push(writer(&next, &metadata, Kind::Folder).map(|who| told(&next, &who)));
            }
            at = next;
        }
    }
    Ok(())
}

/// The names of a path, the first one last.
#[cfg(unix)]
fn names(path: &Path) -> Vec<OsString> {
    use std::path::Component;
    let name = |part: Component<'_>| match part {
        Component::Normal(_) | Component::ParentDir => Some(part.as_os_str().to_owned()),
        Component::Prefix(_) | Component::RootDir | Component::CurDir => None,
    };
    path.components().rev().filter_map(name).collect()
}

#[cfg(unix)]
fn told(path: &Path, who: &str) -> String {
    format!("{who} can change {}", path.display())
}

/// What is judged by its owner and its mode.
#[cfg(unix)]
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
}

/// Who but the system's administrator and ourselves may write; in a sticky folder nobody can replace another's file.
#[cfg(unix)]
fn writer(path: &Path, metadata: &Metadata, kind: Kind) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    const STICKY: u32 = 0o1000;
    let own = rustix::process::geteuid().as_raw();
    let (owner, group, mode) = (metadata.uid(), metadata.gid(), metadata.mode());
    if owner != 0 && owner != own {
        return Some(format!("the user with the number {owner}"));
    }
    // A link's own mode says nothing, and what it leads to is judged by itself.
    if kind == Kind::Link || (kind == Kind::Folder && mode & STICKY != 0) {
        return None;
    }
    if mode & 0o002 != 0 {
        return Some("everybody".to_owned());
    }
    if mode & 0o020 == 0 {
        return None;
    }
    // With such a list these bits are the most that anybody it names may do, whatever the group.
    if has_access_list(path) {
        return Some("somebody its access control list names".to_owned());
    }
    (group != 0).then(|| format!("the group with the number {group}"))
}

/// Whether more is granted than owner, group and mode tell.
#[cfg(target_os = "linux")]
fn has_access_list(path: &Path) -> bool {
    // Asked for its size alone; where there is none the system says so.
    rustix::fs::lgetxattr(path, "system.posix_acl_access", &mut [0_u8; 0]).is_ok()
}

#[cfg(all(unix, not(target_os = "linux")))]
fn has_access_list(_path: &Path) -> bool {
    false
}
