//! Starting this program once more without what acts before `main`.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Seek, Write};
use std::os::fd::{FromRawFd, IntoRawFd, RawFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::process::CommandExt;
use std::process::Command;

use super::allowed::acts_before_main;
use super::error::{EnvironmentError, STARTED_AGAIN};

/// More than the kernel lets an environment have.
const CAP: u64 = 8 * 1024 * 1024;

type Variables = Vec<(OsString, OsString)>;

/// The environment the app was first started in. Does not return where it has to be started again.
pub(super) fn without_what_acts_before_main() -> Result<Variables, EnvironmentError> {
    let now = as_started();
    let early = now.iter().find(|(name, _)| is_early(name));
    let name = early.map(|(name, _)| name.to_string_lossy().into_owned());
    let again = std::env::var_os(STARTED_AGAIN);
    match (name, again) {
        (None, None) => Ok(now),
        (None, Some(handed)) => Ok(taken_over(&handed).unwrap_or(now)),
        // Whoever sets the mark by hand gets no further than whoever puts the variable back.
        (Some(name), Some(_)) => Err(EnvironmentError::ComesBack(name)),
        (Some(name), None) => {
            let source = start_again(&now);
            Err(EnvironmentError::NotStartedAgain { name, source })
        }
    }
}

/// What is in the environment now, and what acts before `main` and took itself out of it meanwhile: the kernel still
/// shows what it handed over.
fn as_started() -> Variables {
    let mut all: Variables = std::env::vars_os().collect();
    let handed = std::fs::read("/proc/self/environ").unwrap_or_default();
    let gone = variables(&handed)
        .into_iter()
        .filter(|(name, _)| is_early(name) && std::env::var_os(name).is_none());
    all.extend(gone);
    all
}

fn is_early(name: &OsStr) -> bool {
    name.to_str().is_some_and(acts_before_main)
}

/// Becomes this program anew; returns only if that fails.
fn start_again(now: &Variables) -> std::io::Error {
    let handed = match hand_over(now) {
        Ok(handed) => handed,
        Err(error) => return error,
    };
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let mut arguments = std::env::args_os();
    let mut command = Command::new(program);
    if let Some(own_name) = arguments.next() {
        command.arg0(own_name);
    }
    let kept = now.iter().filter(|(name, _)| !is_early(name));
    command
        .args(arguments)
        .env_clear()
        .envs(kept.map(|(name, value)| (name, value)))
        .env(STARTED_AGAIN, handed.to_string())
        .exec()
}

/// Puts the variables where only the next start finds them: memory that has no name, open over `exec`.
fn hand_over(variables: &Variables) -> std::io::Result<RawFd> {
    let memory = rustix::fs::memfd_create("environment", rustix::fs::MemfdFlags::empty())?;
    let mut file = std::fs::File::from(memory);
    for (name, value) in variables {
        file.write_all(name.as_bytes())?;
        file.write_all(b"=")?;
        file.write_all(value.as_bytes())?;
        file.write_all(&[0])?;
    }
    file.rewind()?;
    Ok(file.into_raw_fd())
}

/// Reads what the first start handed over; none where it is not what that makes.
fn taken_over(handed: &OsStr) -> Option<Variables> {
    let number: RawFd = handed.to_str()?.parse().ok().filter(|number| *number > 2)?;
    let path = std::fs::read_link(format!("/proc/self/fd/{number}")).ok()?;
    if !path
        .as_os_str()
        .as_bytes()
        .starts_with(b"/memfd:environment")
    {
        return None;
    }
    // SAFETY: it is open, it is the memory made above, and nothing else here knows its number.
    let file = unsafe { std::fs::File::from_raw_fd(number) };
    let mut text = Vec::new();
    file.take(CAP).read_to_end(&mut text).ok()?;
    Some(variables(&text))
}

/// Entries like `NAME=value`, each with a nul behind it.
fn variables(text: &[u8]) -> Variables {
    let entries = text.split(|byte| *byte == 0);
    entries
        .filter_map(|entry| {
            let at = entry.iter().skip(1).position(|byte| *byte == b'=')? + 1;
            let part = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
            Some((part(&entry[..at]), part(&entry[at + 1..])))
        })
        .collect()
}
