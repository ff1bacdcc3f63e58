//! What a screen reader is told of the app's windows, as text: the tree that goes over the bus for assistive programs.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use workplace::{During, Failure, Outcome};

use crate::beside::Beside;
use crate::stage::limited;

/// What opens the bus for assistive programs, where Debian puts it.
const LAUNCHER: &str = "/usr/libexec/at-spi-bus-launcher";
const TREE: &str = include_str!("tree.py");
/// How the app is called on that bus.
const APP: &str = "madoguchi";

/// A session bus of the tour's own with the bus for assistive programs behind it.
pub(crate) struct Ear {
    /// Where the session bus is reached.
    pub(crate) address: String,
    // Ended in this order: who needs the bus before it.
    _launcher: Beside,
    _bus: Beside,
}

impl Ear {
    pub(crate) fn open(folder: &Path) -> Outcome<Self> {
        let mut command = limited("dbus-daemon");
        command
            .args(["--session", "--nofork", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.join("bus.log"))?);
        let mut bus = Beside::start("dbus-daemon", &mut command)?;
        let mut address = String::new();
        if let Some(out) = bus.child().stdout.take() {
            BufReader::new(out).read_line(&mut address)?;
        }
        let address = address.trim().to_owned();
        let mut command = limited(LAUNCHER);
        command
            .arg("--launch-immediately")
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("a11y-bus.log"))?);
        let launcher = Beside::start("at-spi-bus-launcher", &mut command)?;
        Ok(Self {
            address,
            _launcher: launcher,
            _bus: bus,
        })
    }

    /// Writes what is told right now beside a picture; gives what has nothing to be called by.
    pub(crate) fn write_beside(&self, picture: &Path) -> Outcome<Vec<String>> {
        let mut command = Command::new("/usr/bin/python3");
        command
            .args(["-c", TREE, APP])
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .stdin(Stdio::null());
        let told = command.output().during("the tree")?;
        let tree = String::from_utf8_lossy(&told.stdout).into_owned();
        if tree.trim().is_empty() {
            let why = String::from_utf8_lossy(&told.stderr).into_owned();
            return Err(Failure::new(format!(
                "a screen reader is told nothing: {why}"
            )));
        }
        fs::write(picture.with_extension("txt"), &tree)?;
        Ok(nameless(&tree))
    }
}

fn nameless(tree: &str) -> Vec<String> {
    let lines = tree.lines().filter(|line| line.ends_with(" NAMELESS"));
    lines.map(|line| line.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_name_is_found_in_a_tree() {
        let tree = "document web \"窓口\"\n  push button \"次へ\"\n  push button off NAMELESS\n";
        assert_eq!(nameless(tree), ["push button off NAMELESS"]);
        assert!(nameless("paragraph = NAMELESS things\n").is_empty());
    }
}
