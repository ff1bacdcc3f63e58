//! Running other programs: to the end with their output, or beside us until we end them by their id.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::failure::{Failure, Outcome};
use crate::place::Place;

/// Writes one line for the person at the terminal.
macro_rules! say {
    ($($words:tt)*) => { $crate::run::line(&format!($($words)*)) };
}
pub(crate) use say;

/// Writes one line to standard output; a closed pipe is no reason to stop.
pub(crate) fn line(words: &str) {
    if cfg!(test) {
        return;
    }
    let mut out = std::io::stdout().lock();
    drop(writeln!(out, "{words}").and_then(|()| out.flush()));
}

/// Whether a program is on the search path.
pub(crate) fn on_path(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// The cargo that runs us.
pub(crate) fn cargo(place: &Place) -> Command {
    let mut command =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsStr::new("cargo").to_owned()));
    // What cargo set for us describes this package, not the ones to be built.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
        command.env_remove(name);
    }
    command
        .current_dir(&place.root)
        .env("CARGO_TARGET_DIR", &place.target);
    command
}

/// npm in the UI's folder.
pub(crate) fn npm(place: &Place, arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command
        .current_dir(place.ui())
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// What a program that ran to its end left.
pub(crate) struct Ended {
    pub(crate) ok: bool,
    /// Standard output and standard error, line by line in the order they came.
    pub(crate) lines: Vec<String>,
}

/// Runs a program to its end and shows those of its lines that `show` lets through.
pub(crate) fn stream(command: &mut Command, show: fn(&str) -> bool) -> Outcome<Ended> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(format!("cannot start {name}: {error}")))?;
    let (send, receive) = std::sync::mpsc::channel();
    let mut readers = Vec::new();
    if let Some(out) = child.stdout.take() {
        readers.push(read_lines(out, send.clone()));
    }
    if let Some(err) = child.stderr.take() {
        readers.push(read_lines(err, send.clone()));
    }
    drop(send);
    let mut lines = Vec::new();
    for text in receive {
        if show(&text) {
            say!("  {text}");
        }
        lines.push(text);
    }
    drop(readers);
    let ok = child.wait()?.success();
    Ok(Ended { ok, lines })
}

fn read_lines(
    from: impl Read + Send + 'static,
    to: std::sync::mpsc::Sender<String>,
) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut bytes = Vec::new();
        while from
            .read_until(b'\n', &mut bytes)
            .is_ok_and(|count| count > 0)
        {
            let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            if to.send(text).is_err() {
                break;
            }
        }
    })
}

/// Lines that say more than that cargo is at work.
pub(crate) fn not_progress(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    !matches!(
        word,
        "" | "Compiling"
            | "Checking"
            | "Downloading"
            | "Downloaded"
            | "Fresh"
            | "Locking"
            | "Updating"
            | "Blocking"
            | "Adding"
            | "Running"
    )
}

/// Runs a program and gives its standard output; an error when it fails.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::new(format!("cannot start {name}: {error}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("{name} failed: {}", words.trim())))
}

/// Runs a program on our own terminal.
pub(crate) fn on_terminal(command: &mut Command) -> Outcome<bool> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .map_err(|error| Failure::new(format!("cannot start {name}: {error}")))?;
    Ok(status.success())
}

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

    #[test]
    fn both_streams_are_kept_line_by_line() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo one; echo two >&2; exit 3"]);
        let ended = stream(&mut shell, |_| false).unwrap();
        assert!(!ended.ok);
        let mut lines = ended.lines;
        lines.sort();
        assert_eq!(lines, ["one", "two"]);
    }
}
