//! What a station that is killed leaves among the files made for a while: the profile of a sign-in test's browser, a
//! hand-out on its way, what the windows of a failed start keep. Looked for at a start and before each test.

/// How the folder of every profile begins; its station's process follows.
const PREFIX: &str = "madoguchi-sign-in-test-";

/// The same of every hand-out.
const HAND_OUT: &str = "madoguchi-hand-out-";

/// The same of what the windows of a start that failed keep.
const APART: &str = "madoguchi-apart-";

/// How the folder of a profile of this process begins.
pub(crate) fn prefix() -> String {
    of_this_process(PREFIX)
}

/// How the folder of a hand-out of this process begins.
#[must_use]
pub fn hand_out() -> String {
    of_this_process(HAND_OUT)
}

/// How the folder of the windows of a failed start of this process begins.
#[must_use]
pub fn apart() -> String {
    of_this_process(APART)
}

/// With its number, and when it began, for numbers live again.
fn of_this_process(kind: &str) -> String {
    let own = std::process::id();
    format!("{kind}{own}-{}-", began(own).unwrap_or_default())
}

/// When a process began, in the system's ticks since it started; `None` when there is no such process.
fn began(process: u32) -> Option<u64> {
    /// Where it stands behind the name, which may hold anything.
    const PLACE: usize = 19;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, behind) = stat.rsplit_once(')')?;
    behind.split_whitespace().nth(PLACE)?.parse().ok()
}

/// Ends the browsers of stations that are gone and removes what they left, all only of our own user. What another system
/// than Linux leaves there is its own to clear: there is no cheap way to tell whose a process is.
pub fn sweep() {
    #[cfg(target_os = "linux")]
    linux::sweep(&std::env::temp_dir());
}

#[cfg(target_os = "linux")]
mod linux {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Pid, PidfdFlags, Signal, geteuid, pidfd_open, pidfd_send_signal};

    use super::{APART, HAND_OUT, PREFIX, began};

    /// A process that is killed is gone within this, or its folder stays for the next time.
    const PATIENCE: Timespec = Timespec {
        tv_sec: 1,
        tv_nsec: 0,
    };

    pub(super) fn sweep(folder: &Path) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let left = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let let_go: fn(&Path) -> bool = match name.starts_with(PREFIX) {
                true => is_let_go,
                false => is_unused,
            };
            if is_left_behind(&name) && is_own_folder(&left) && let_go(&left) {
                let _ = std::fs::remove_dir_all(left);
            }
        }
    }

    /// A program that still prints a hand-out is left to it, however it writes the path: in quotes, or as an address.
    fn is_unused(left: &Path) -> bool {
        let path = left.as_os_str().as_bytes();
        let uses = |words: Vec<u8>| words.windows(path.len()).any(|part| part == path);
        !processes().any(|process| words(process).is_ok_and(uses))
    }

    fn is_left_behind(name: &str) -> bool {
        let kinds = [PREFIX, HAND_OUT, APART];
        let rest = kinds.iter().find_map(|kind| name.strip_prefix(kind));
        let station = rest.and_then(|rest| {
            let mut parts = rest.split('-');
            let number = parts.next()?.parse::<u32>().ok()?;
            Some((number, parts.next()?.parse::<u64>().ok()))
        });
        station.is_some_and(|(number, start)| match began(number) {
            None => true,
            // Another process that was given its number.
            Some(began) => start.is_some_and(|start| start != began),
        })
    }

    fn is_own_folder(path: &Path) -> bool {
        // Not what a link leads to.
        path.symlink_metadata()
            .is_ok_and(|there| there.is_dir() && there.uid() == geteuid().as_raw())
    }

    /// Ends every process of ours that was started on this profile; whether none is left that names it.
    fn is_let_go(profile: &Path) -> bool {
        for process in processes() {
            if names(process, profile) && is_own(process) {
                end(process, profile);
            }
        }
        !processes().any(|process| names(process, profile))
    }

    fn processes() -> impl Iterator<Item = Pid> {
        let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        entries.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?))
    }

    /// Whether its words name the profile or what lies in it. Browsers write their words anew as one, with blanks between.
    fn names(process: Pid, profile: &Path) -> bool {
        words(process).is_ok_and(|words| name(&words, profile.as_os_str().as_bytes()))
    }

    fn words(process: Pid) -> std::io::Result<Vec<u8>> {
        std::fs::read(format!("/proc/{}/cmdline", process.as_raw_nonzero()))
    }

    fn name(words: &[u8], profile: &[u8]) -> bool {
        let begins = |at: usize| at == 0 || matches!(words[at - 1], 0 | b'=' | b' ');
        let ends = |at: usize| matches!(words.get(at), None | Some(0 | b'/' | b' '));
        words
            .windows(profile.len())
            .enumerate()
            .any(|(at, part)| part == profile && begins(at) && ends(at + profile.len()))
    }

    fn is_own(process: Pid) -> bool {
        std::fs::metadata(format!("/proc/{}", process.as_raw_nonzero()))
            .is_ok_and(|there| there.uid() == geteuid().as_raw())
    }

    fn end(process: Pid, profile: &Path) {
        let Ok(held) = pidfd_open(process, PidfdFlags::empty()) else {
            return;
        };
        // Its id may have become another's before it was held.
        if !names(process, profile) {
            return;
        }
        if pidfd_send_signal(&held, Signal::KILL).is_ok() {
            let _ = poll(&mut [PollFd::new(&held, PollFlags::IN)], Some(&PATIENCE));
        }
    }
}
