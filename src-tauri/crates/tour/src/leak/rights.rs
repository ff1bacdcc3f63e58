//! Who may look into the app's memory: the kernel gives it to a tracer with `CAP_SYS_PTRACE` alone.

use std::fs;
use std::process::Command;

use workplace::{Outcome, on_path, output};

/// The mark of the second start.
const AGAIN: &str = "--with-rights";

/// How this run comes to the right.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It has it.
    Here,
    /// It has to be started once more by these words.
    By(&'static [&'static str]),
    /// Not on this machine.
    Nowhere,
}

/// Root, else sudo without a password, else a user namespace of our own.
pub(super) fn way(again: bool) -> Way {
    const SUDO: &[&str] = &["sudo", "-n", "-E"];
    const NAMESPACE: &[&str] = &["unshare", "--user", "--map-root-user", "--"];
    if may_trace() {
        return Way::Here;
    }
    if again {
        return Way::Nowhere;
    }
    for words in [SUDO, NAMESPACE] {
        let works = |words: &[&str]| {
            let mut command = Command::new(words[0]);
            output(command.args(&words[1..]).arg("true")).is_ok()
        };
        if on_path(words[0]) && works(words) {
            return Way::By(words);
        }
    }
    Way::Nowhere
}

/// Starts this program once more, with the same arguments.
pub(super) fn again(words: &[&str]) -> Outcome<bool> {
    let mut command = Command::new(words[0]);
    command
        .args(&words[1..])
        .arg(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .arg(AGAIN);
    Ok(command.status()?.success())
}

/// Whether this process has the capability where it lives.
fn may_trace() -> bool {
    const SYS_PTRACE: u32 = 19;
    fs::read_to_string("/proc/self/status").is_ok_and(|status| has(&status, SYS_PTRACE))
}

fn has(status: &str, capability: u32) -> bool {
    status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask >> capability & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capability_is_read_from_the_kernels_words() {
        assert!(has("Name:\tx\nCapEff:\t000001ffffffffff\n", 19));
        assert!(has("CapEff:\t0000000000080000\n", 19));
        assert!(!has(
            "CapEff:\t0000000000000000\nCapBnd:\tffffffffffffffff\n",
            19
        ));
        assert!(!has("", 19));
    }
}
