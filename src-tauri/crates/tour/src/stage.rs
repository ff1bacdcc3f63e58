//! What stands around the window: a display, its window manager, the WebDriver server.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use workplace::{During, Failure, Outcome, Place, on_path, output};

use crate::beside::{Beside, wait_until};

/// Seconds after which a program beside us ends by itself, whatever became of us.
const LIMIT_S: &str = "1800";
/// The class of windows that stand where they were put.
pub(crate) const VISITOR: &str = "Visitor";
const DRIVER: &str = "WebKitWebDriver";

/// The dummy driver's outputs, and how the second is set.
const FIRST: &str = "DUMMY0";
const SECOND: &str = "DUMMY1";
const SECOND_MODE: &str = "1920x1080";
const TWO_DISPLAYS: &str = r#"
Section "Device"
  Identifier "device"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-200
EndSection
Section "Screen"
  Identifier "screen"
  Device "device"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 3200 1080
    Modes "1280x800"
  EndSubSection
EndSection
"#;

/// A display with a window manager; the user's own where there is one.
pub(crate) struct Display {
    /// `:7`, or none for the user's own.
    name: Option<String>,
    /// Where the browser of a sign-in test is put.
    pub(crate) spot: Option<Spot>,
    /// Where what it shows stands at every moment, as an X window dump.
    seen: Option<PathBuf>,
    /// The session bus of what stands on it, where it is not the user's own.
    bus: Option<String>,
    // Ended in this order: the manager before its display.
    _manager: Option<Beside>,
    _server: Option<Beside>,
}

impl Display {
    /// Opens a display of this size, unless `own` says that the user's is to be used.
    pub(crate) fn open(own: bool, size: (u32, u32), folder: &Path) -> Outcome<Self> {
        if own {
            return Ok(Self {
                name: None,
                spot: None,
                seen: None,
                bus: None,
                _manager: None,
                _server: None,
            });
        }
        Self::open_seen(size, folder)
    }

    /// The same, and what is on it stands in the file `Xvfb_screen0` of the folder at every moment.
    pub(crate) fn open_seen(size: (u32, u32), folder: &Path) -> Outcome<Self> {
        let mut command = virtual_frame(size);
        command.arg("-fbdir").arg(folder);
        let display = Self::serve("Xvfb", command, beside_the_operator(size), folder)?;
        Ok(Self {
            seen: Some(folder.join("Xvfb_screen0")),
            ..display
        })
    }

    /// What is started on it from now on is on this bus.
    pub(crate) fn hear(&mut self, bus: Option<&str>) {
        self.bus = bus.map(str::to_owned);
    }

    /// Whether it is the user's own.
    pub(crate) fn is_the_users(&self) -> bool {
        self.name.is_none()
    }

    /// What it shows right now, as an X window dump; none of the user's own.
    pub(crate) fn dump(&self) -> Outcome<Option<Vec<u8>>> {
        let Some(name) = &self.name else {
            return Ok(None);
        };
        if let Some(seen) = &self.seen {
            return Ok(Some(fs::read(seen)?));
        }
        let mut command = Command::new("xwd");
        command.args(["-display", name, "-root", "-silent"]);
        let taken = command.output().during("xwd")?;
        if taken.status.success() {
            return Ok(Some(taken.stdout));
        }
        let said = String::from_utf8_lossy(&taken.stderr).into_owned();
        Err(Failure::new(format!("no screenshot was taken: {said}")))
    }

    /// Opens two displays side by side, 1280×800 and 1920×1080, as a kiosk has them.
    pub(crate) fn open_two(folder: &Path) -> Outcome<Self> {
        let config = folder.join("xorg.conf");
        fs::write(&config, TWO_DISPLAYS)?;
        let mut command = limited("Xorg");
        command
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
            .args(["-novtswitch", "-sharevts", "-config"])
            .arg(&config)
            .arg("-logfile")
            .arg(folder.join("xorg-own.log"));
        let display = Self::serve("Xorg", command, ON_THE_PERSONS, folder)?;
        display.xrandr(&["--addmode", SECOND, SECOND_MODE])?;
        display.plug(true)?;
        Ok(display)
    }

    /// Plugs the second display in or out.
    pub(crate) fn plug(&self, plugged: bool) -> Outcome<()> {
        if plugged {
            self.xrandr(&[
                "--output",
                SECOND,
                "--mode",
                SECOND_MODE,
                "--right-of",
                FIRST,
            ])?;
        } else {
            self.xrandr(&["--output", SECOND, "--off"])?;
        }
        // Only a question makes the server notice that the output is connected now.
        self.xrandr(&["--query"])
    }

    fn xrandr(&self, arguments: &[&str]) -> Outcome<()> {
        let mut command = Command::new("xrandr");
        self.set(&mut command);
        output(command.args(arguments)).map(drop)
    }

    fn serve(name: &str, mut command: Command, spot: Spot, folder: &Path) -> Outcome<Self> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.join(format!("{name}.log")))?);
        let mut server = Beside::start(name, &mut command)?;
        let mut number = String::new();
        if let Some(out) = server.child().stdout.take() {
            BufReader::new(out).read_line(&mut number)?;
        }
        if number.trim().is_empty() {
            let needs = if name == "Xorg" {
                ": two displays need the packages xserver-xorg-core, xserver-xorg-video-dummy and x11-xserver-utils"
            } else {
                ""
            };
            let log = folder.join(format!("{name}.log"));
            let log = log.display();
            return Err(Failure::new(format!(
                "{name} did not open a display{needs}; see {log}"
            )));
        }
        let name = format!(":{}", number.trim());
        let manager = manager(&name, spot, folder)?;
        Ok(Self {
            name: Some(name),
            spot: Some(spot),
            seen: None,
            bus: None,
            _manager: manager,
            _server: Some(server),
        })
    }

    pub(crate) fn set(&self, command: &mut Command) {
        if let Some(name) = &self.name {
            command
                .env("DISPLAY", name)
                .env_remove("WAYLAND_DISPLAY")
                .env("GDK_BACKEND", "x11");
        }
        if let Some(bus) = &self.bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", bus);
        }
    }
}

fn virtual_frame(size: (u32, u32)) -> Command {
    let screen = format!("{}x{}x24", size.0, size.1);
    let mut command = limited("Xvfb");
    command
        .args(["-displayfd", "1", "-screen", "0", &screen])
        .args(["-nolisten", "tcp", "-noreset"]);
    command
}

/// Where the browser of a sign-in test is wanted on a display of this size, where both sides stand in one window.
pub(crate) fn beside_the_operator((width, height): (u32, u32)) -> Spot {
    let left = (width + 1) / 3;
    Spot {
        monitor: 1,
        x: left,
        y: WORDS,
        width: width - left,
        height: height.saturating_sub(WORDS + BAR),
    }
}

/// Where it is wanted on the second of two displays.
pub(crate) const ON_THE_PERSONS: Spot = Spot {
    monitor: 2,
    x: 0,
    y: WORDS_ALONE,
    width: 1920,
    height: 1080 - WORDS_ALONE - BAR,
};

/// What the app keeps in sight above that browser and below it.
const WORDS: u32 = 150;
const WORDS_ALONE: u32 = 200;
const BAR: u32 = 40;

/// Where a window is put, at a distance from the upper left corner of its display.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    monitor: u32,
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

impl Spot {
    /// As the app says it: counted over both displays.
    pub(crate) fn said(self) -> String {
        let first = if self.monitor == 1 { 0 } else { 1280 };
        let x = first + self.x;
        format!("{}x{}+{x}+{}", self.width, self.height, self.y)
    }
}

/// Openbox with windows that fill the display and have no frame, and with the one key of a desktop that closes them.
/// The browser of a sign-in test takes no place itself, so it is put where it is wanted.
fn manager(display: &str, spot: Spot, folder: &Path) -> Outcome<Option<Beside>> {
    if !on_path("openbox") {
        return Ok(None);
    }
    let rules = folder.join("openbox.xml");
    let Spot {
        monitor,
        x,
        y,
        width,
        height,
    } = spot;
    let visitor = format!(
        "<application class=\"{VISITOR}\"><decor>no</decor><maximized>no</maximized><focus>yes</focus>\
         <position force=\"yes\"><monitor>{monitor}</monitor><x>{x}</x><y>{y}</y></position>\
         <size><width>{width}</width><height>{height}</height></size></application>"
    );
    fs::write(
        &rules,
        format!(
            "<?xml version=\"1.0\"?><openbox_config xmlns=\"http://openbox.org/3.4/rc\">\
             <desktops><number>1</number><popupTime>0</popupTime></desktops>\
             <keyboard><keybind key=\"A-F4\"><action name=\"Close\"/></keybind></keyboard>\
             <applications><application type=\"normal\"><decor>no</decor><maximized>yes</maximized>\
             <focus>yes</focus></application>{visitor}</applications></openbox_config>"
        ),
    )?;
    let mut command = limited("openbox");
    command
        .arg("--sm-disable")
        .arg("--config-file")
        .arg(rules)
        .env("DISPLAY", display)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::File::create(folder.join("openbox.log"))?);
    Beside::start("openbox", &mut command).map(Some)
}

/// The WebDriver server that starts the app.
pub(crate) struct Driver {
    /// Where it is reached.
    pub(crate) server: String,
    _process: Beside,
}

impl Driver {
    /// Starts tauri-driver on free ports and waits until it answers. The app's messages go to `log`.
    pub(crate) fn start(place: &Place, display: &Display, log: &Path) -> Outcome<Self> {
        let native = native()?;
        let (port, native_port) = free_ports()?;
        let log = fs::File::create(log)?;
        let program = place.tool("tauri-driver");
        let mut command = limited(&program.to_string_lossy());
        command
            .args(["--port", &port.to_string()])
            .args(["--native-port", &native_port.to_string()])
            .arg("--native-driver")
            .arg(native)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        display.set(&mut command);
        let process = Beside::start("tauri-driver", &mut command)?;
        // Tauri's server answers before the one behind it does.
        Self::once_answering(process, &[port, native_port])
    }

    /// Starts the engine's own server, for a browser instead of the app.
    pub(crate) fn plain(display: &Display, log: &Path) -> Outcome<Self> {
        let (port, _) = free_ports()?;
        let log = fs::File::create(log)?;
        let mut command = limited(&native()?.to_string_lossy());
        command
            .arg(format!("--port={port}"))
            // Drawing by OpenGL in software ended the page's process once in some hundred pictures.
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        display.set(&mut command);
        let process = Beside::start(DRIVER, &mut command)?;
        Self::once_answering(process, &[port])
    }

    fn once_answering(process: Beside, ports: &[u16]) -> Outcome<Self> {
        let process = answering(process, ports)?;
        Ok(Self {
            server: format!("http://127.0.0.1:{}", ports[0]),
            _process: process,
        })
    }
}

/// The same program, once something answers at all of these ports.
pub(crate) fn answering(mut process: Beside, ports: &[u16]) -> Outcome<Beside> {
    let answers = wait_until(Duration::from_secs(30), || {
        let ended = process.ended().is_some();
        let answer = ports
            .iter()
            .map(|port| SocketAddr::from(([127, 0, 0, 1], *port)))
            .all(|at| TcpStream::connect(at).is_ok());
        (ended || answer).then_some(!ended)
    });
    if answers == Some(true) {
        return Ok(process);
    }
    Err(Failure::new(format!("{} did not start", process.name())))
}

fn native() -> Outcome<PathBuf> {
    std::env::var_os("PATH")
        .and_then(|path| {
            std::env::split_paths(&path)
                .map(|folder| folder.join(DRIVER))
                .find(|program| program.is_file())
        })
        .ok_or_else(|| Failure::new(format!("{DRIVER} is missing; run cargo xtask setup")))
}

/// A program that ends by itself after a while, even if nobody is left to end it.
pub(crate) fn limited(program: &str) -> Command {
    let mut command = Command::new("timeout");
    command.args(["--kill-after=10", LIMIT_S, program]);
    command
}

/// Two ports that nobody listens at, held together so that they differ.
pub(crate) fn free_ports() -> Outcome<(u16, u16)> {
    let first = TcpListener::bind("127.0.0.1:0")?;
    let second = TcpListener::bind("127.0.0.1:0")?;
    Ok((first.local_addr()?.port(), second.local_addr()?.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_ports_differ() {
        let (first, second) = free_ports().unwrap();
        assert_ne!(first, second);
    }

    #[test]
    fn a_limited_program_gives_its_own_answer() {
        let mut command = limited("sh");
        assert_eq!(
            command.args(["-c", "exit 7"]).status().unwrap().code(),
            Some(7)
        );
    }
}
