//! An input method beside the app: ibus, with an engine under which each letter is another. Whatever arrives in a field
//! as it was meant has come by way of it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use workplace::{Failure, Outcome};

use crate::beside::Beside;
use crate::plain::{Rights, plain};
use crate::stage::Display;

/// What the app is told about it, as a desktop's session would.
pub(crate) const MODULE: (&str, &str) = ("GTK_IM_MODULE", "ibus");

const ENGINE: &str = include_str!("ibus_engine.py");
/// The system's own, which sees the packages that the set-up installs.
const PYTHON: &str = "/usr/bin/python3";

pub(crate) struct InputMethod {
    // Ended in this order.
    _engine: Beside,
    _daemon: Beside,
}

impl InputMethod {
    /// Starts it for the user whose home this is, and waits until its engine is in use.
    pub(crate) fn open(home: &Path, display: &Display) -> Outcome<Self> {
        let mut command = plain(home, Path::new("ibus-daemon"), Rights::Plain);
        command.args([
            "--panel=disable",
            "--config=disable",
            "--emoji-extension=disable",
        ]);
        command.stdin(Stdio::null());
        command.stdout(Stdio::null());
        command.stderr(fs::File::create(home.join("ibus.log"))?);
        display.set(&mut command);
        let daemon = Beside::start("ibus-daemon", &mut command)?;
        let file = home.join("ibus_engine.py");
        fs::write(&file, ENGINE)?;
        let mut command = plain(home, Path::new(PYTHON), Rights::Plain);
        command.arg(&file);
        command.stdin(Stdio::null());
        command.stdout(Stdio::piped());
        command.stderr(fs::File::create(home.join("engine.log"))?);
        display.set(&mut command);
        let mut engine = Beside::start("the input method's engine", &mut command)?;
        let mut line = String::new();
        if let Some(out) = engine.child().stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        if line.trim() != "in use" {
            let said = fs::read_to_string(home.join("engine.log")).unwrap_or_default();
            return Err(Failure::new(format!("no input method is in use\n{said}")));
        }
        Ok(Self {
            _engine: engine,
            _daemon: daemon,
        })
    }
}

/// The keys to press for a text: the engine turns each letter back.
pub(crate) fn turned(text: &str) -> String {
    const LETTERS: u8 = 26;
    let turn = |letter: char| match u8::try_from(letter) {
        Ok(byte @ b'a'..=b'z') => char::from(b'a' + (byte - b'a' + LETTERS / 2) % LETTERS),
        _ => letter,
    };
    text.chars().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::turned;

    #[test]
    fn letters_that_are_turned_twice_are_as_they_were() {
        assert_eq!(turned("hanako.2"), "unanxb.2");
        assert_eq!(turned(&turned("hanako.2")), "hanako.2");
    }
}
