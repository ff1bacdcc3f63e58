//! Programs beside us until we end them by their id, and waiting for what they do.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use workplace::{Failure, Outcome};

/// A program beside us. It leads its own process group; dropping it ends the group by its id.
pub(crate) struct Beside {
    name: String,
    child: Child,
}

impl Beside {
    /// Starts the program in its own process group.
    pub(crate) fn start(name: &str, command: &mut Command) -> Outcome<Self> {
        use std::os::unix::process::CommandExt;
        let child = command
            .process_group(0)
            .spawn()
            .map_err(|error| Failure::new(format!("cannot start {name}: {error}")))?;
        Ok(Self {
            name: name.to_owned(),
            child,
        })
    }

    /// The process itself, for its pipes.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Whether it has ended, and if so, well.
    pub(crate) fn ended(&mut self) -> Option<bool> {
        self.child
            .try_wait()
            .ok()
            .flatten()
            .map(|status| status.success())
    }

    /// Its name, for messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    fn group(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }

    fn end(&mut self) {
        drop(self.child.stdin.take());
        let Some(group) = self.group() else { return };
        // The leader may be gone while its own children still run, so the group is always told.
        kill_process_group(group, Signal::TERM).ok();
        let ended = wait_until(Duration::from_secs(4), || {
            self.child.try_wait().ok().flatten()
        });
        kill_process_group(group, Signal::KILL).ok();
        if ended.is_none() {
            drop(self.child.wait());
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.end();
    }
}

/// Asks again and again until there is an answer or the time is over.
pub(crate) fn wait_until<T>(limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let until = Instant::now() + limit;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= until {
            return None;
        }
        pause(Duration::from_millis(25));
    }
}

/// The one place that lets time pass between two looks at something outside this process.
#[expect(
    clippy::disallowed_methods,
    reason = "other processes give no event to wait for; every caller has a condition and a limit"
)]
fn pause(time: Duration) {
    std::thread::sleep(time);
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    use super::*;

    #[test]
    fn a_program_beside_us_ends_with_its_children() {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "sleep 60 & echo $!; wait"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut beside = Beside::start("sh", &mut shell).unwrap();
        let mut inner = String::new();
        let out = beside.child().stdout.take().unwrap();
        BufReader::new(out).read_line(&mut inner).unwrap();
        let inner = format!("/proc/{}/stat", inner.trim());
        assert!(std::fs::exists(&inner).unwrap());
        drop(beside);
        let gone = wait_until(Duration::from_secs(5), || {
            let stat = std::fs::read_to_string(&inner).unwrap_or_default();
            (stat.is_empty() || stat.contains(") Z ")).then_some(())
        });
        assert!(gone.is_some(), "the child of the shell still runs");
    }
}
