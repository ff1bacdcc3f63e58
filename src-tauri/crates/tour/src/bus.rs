//! A session bus of the run's own; with everything that goes over it written to a file, where that is wanted.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use workplace::{Failure, Outcome, on_path};

use crate::beside::Beside;
use crate::plain::{Rights, plain};

pub(crate) struct Bus {
    pub(crate) address: String,
    home: PathBuf,
    // Ended in this order: who listens before the bus.
    _monitor: Beside,
    _daemon: Beside,
}

/// Opens it where this machine has what it takes, and listens. `home` belongs to who runs the app.
pub(crate) fn open(home: &Path) -> Outcome<Option<Bus>> {
    if !on_path("dbus-daemon") || !on_path("dbus-monitor") {
        return Ok(None);
    }
    let mut daemon = plain(home, Path::new("dbus-daemon"), Rights::Plain);
    daemon.arg("--session");
    let (daemon, address) = serve(daemon)?;
    let mut command = plain(home, Path::new("dbus-monitor"), Rights::Plain);
    command
        .args(["--binary", "--address", &address])
        .stdin(Stdio::null())
        .stdout(fs::File::create(home.join("bus.log"))?)
        .stderr(Stdio::null());
    let monitor = Beside::start("dbus-monitor", &mut command)?;
    Ok(Some(Bus {
        address,
        home: home.to_owned(),
        _monitor: monitor,
        _daemon: daemon,
    }))
}

/// The bus by itself, as its arguments configure it, and its address.
pub(crate) fn serve(mut daemon: Command) -> Outcome<(Beside, String)> {
    daemon
        .args(["--nofork", "--print-address=1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut daemon = Beside::start("dbus-daemon", &mut daemon)?;
    let mut address = String::new();
    if let Some(out) = daemon.child().stdout.take() {
        BufReader::new(out).read_line(&mut address)?;
    }
    Ok((daemon, address.trim().to_owned()))
}

impl Bus {
    /// Says something to everybody, as another program would.
    pub(crate) fn say(&self, text: &str) -> Outcome<()> {
        let mut command = plain(&self.home, Path::new("dbus-send"), Rights::Plain);
        command
            .arg(format!("--bus={}", self.address))
            .args(["--type=signal", "/control", "org.example.Control.Planted"])
            .arg(format!("string:{text}"))
            .stdin(Stdio::null());
        if command.status()?.success() {
            return Ok(());
        }
        Err(Failure::new("dbus-send said nothing over the bus"))
    }
}
