//! Making the process hard to look into.

/// Switches core dumps off and, on Linux, keeps other processes of the same user from reading this
/// one's memory. The core limit passes on to children; that does not outlive their `exec`. What any library and any
/// child makes from here on is this user's alone. Call it first thing in `main`.
///
/// # Errors
/// What the system answered; all measures are tried before the first error is returned.
pub fn harden() -> std::io::Result<()> {
    private_files();
    let limit = no_core_dumps();
    let memory = no_memory_access();
    limit.and(memory)
}

/// The variables that WebDriver needs, for the build that is made for it.
pub const AUTOMATION_NAMES: [&str; 3] = [
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
];

/// The engine's processes make folders by themselves, some of them after the app has removed what was there.
#[cfg(unix)]
fn private_files() {
    use rustix::fs::Mode;
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// On Windows a new file has the rights of its folder.
#[cfg(not(unix))]
fn private_files() {}

#[cfg(unix)]
fn no_core_dumps() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    Ok(setrlimit(Resource::Core, none)?)
}

#[cfg(not(unix))]
fn no_core_dumps() -> std::io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn no_memory_access() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn no_memory_access() -> std::io::Result<()> {
    Ok(())
}

/// From here on this thread, and every one that it begins, does as the owner of a folder would: an administrator who
/// works in another account's folder must not lend that account's links and files an administrator's rights.
/// There is no way back. Nothing changes for whoever is no administrator.
///
/// # Errors
/// What the system answered; that somebody else than root and the owner may change what lies on the way to the folder,
/// so that nobody knows whose folder it is a moment later; or that this system has no such thing. Then nothing may be
/// done in the folder.
#[cfg(unix)]
pub fn become_owner_of(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    let owner = folder.metadata()?;
    for place in way_to(folder)? {
        let there = place.metadata()?;
        let others = there.mode() & OF_OTHERS != 0 && there.mode() & STICKY == 0;
        let foreign = there.uid() != 0 && there.uid() != owner.uid();
        // Within the owner's own rights its own folders may be as open as it likes.
        if foreign || (others && there.uid() == 0) {
            return Err(std::io::Error::new(
                std::io::ErrorKind::PermissionDenied,
                format!(
                    "{} is another account's, or others may write to it",
                    place.display()
                ),
            ));
        }
    }
    if owner.uid() == 0 {
        return Ok(());
    }
    become_account(owner.uid(), owner.gid())
}

/// Every folder that the name leads through, those with links in them and those behind the links, and the last one.
#[cfg(unix)]
fn way_to(folder: &std::path::Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    use std::path::{Component, PathBuf};
    /// As many links as the system itself would follow.
    const LINKS: usize = 40;
    let mut left: Vec<PathBuf> = vec![std::path::absolute(folder)?];
    let (mut at, mut way, mut links) = (PathBuf::from("/"), Vec::new(), 0);
    while let Some(next) = left.pop() {
        let mut parts = next.components();
        let first = parts.next();
        if !parts.as_path().as_os_str().is_empty() {
            left.push(parts.as_path().to_owned());
        }
        match first {
            None | Some(Component::CurDir | Component::Prefix(_)) => {}
            Some(Component::RootDir) => at = PathBuf::from("/"),
            Some(Component::ParentDir) => {
                at.pop();
            }
            Some(Component::Normal(name)) => {
                way.push(at.clone());
                let there = at.join(name);
                if !there.symlink_metadata()?.is_symlink() {
                    at = there;
                    continue;
                }
                links += 1;
                if links > LINKS {
                    return Err(std::io::ErrorKind::InvalidInput.into());
                }
                left.push(there.read_link()?);
            }
        }
    }
    way.push(at);
    Ok(way)
}

/// The right of group and others to write to a folder, and what keeps them from each other's entries in it.
#[cfg(unix)]
const OF_OTHERS: u32 = 0o022;
#[cfg(unix)]
const STICKY: u32 = 0o1000;

/// On Windows a link does not lead further than its own folder's rights, and nothing is made another user's.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn become_owner_of(_folder: &std::path::Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn become_account(user: u32, group: u32) -> std::io::Result<()> {
    use rustix::process::{Gid, Uid};
    use rustix::thread::{set_thread_groups, set_thread_res_gid, set_thread_res_uid};
    let (user, group) = (Uid::from_raw(user), Gid::from_raw(group));
    // The user last: it takes the right to change the others.
    set_thread_groups(&[group])?;
    set_thread_res_gid(group, group, group)?;
    Ok(set_thread_res_uid(user, user, user)?)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn become_account(user: u32, _group: u32) -> std::io::Result<()> {
    Err(std::io::Error::new(
        std::io::ErrorKind::PermissionDenied,
        format!(
            "the folder is account {user}'s, and this system lends no rights: give it to root for this command"
        ),
    ))
}
