//! Running other programs to the end with their output.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::place::Place;

/// Writes one line for the person at the terminal; nothing in a test.
#[macro_export]
macro_rules! say {
    ($($words:tt)*) => {
        if !cfg!(test) {
            $crate::line(&format!($($words)*));
        }
    };
}

/// Writes one line to standard output; a closed pipe is no reason to stop.
pub fn line(words: &str) {
    let mut out = std::io::stdout().lock();
    drop(writeln!(out, "{words}").and_then(|()| out.flush()));
}

/// Whether a program is on the search path.
pub fn on_path(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// The cargo that runs us.
pub fn cargo(place: &Place) -> Command {
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
pub fn npm(place: &Place, arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command
        .current_dir(place.ui())
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// What a program that ran to its end left.
pub struct Ended {
    pub ok: bool,
    /// Standard output and standard error, line by line in the order they came.
    pub lines: Vec<String>,
}

/// Runs a program to its end and shows those of its lines that `show` lets through.
///
/// # Errors
/// When it cannot be started.
pub fn stream(command: &mut Command, show: fn(&str) -> bool) -> Outcome<Ended> {
    stream_as("", command, show)
}

/// The same with these words before each line, for one that runs beside others.
///
/// # Errors
/// When it cannot be started.
pub fn stream_as(words: &str, command: &mut Command, show: fn(&str) -> bool) -> Outcome<Ended> {
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
            say!("  {words}{text}");
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
pub fn not_progress(line: &str) -> bool {
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
pub fn output(command: &mut Command) -> Outcome<String> {
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
pub fn on_terminal(command: &mut Command) -> Outcome<bool> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .map_err(|error| Failure::new(format!("cannot start {name}: {error}")))?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

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
