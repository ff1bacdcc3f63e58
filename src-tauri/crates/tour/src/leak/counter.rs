//! The shipped app at a counter of its own, run by a plain user and worked with keys alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use workplace::{During, Failure, Outcome, Place, output};

use super::bus::{self, Bus};
use super::plain::{hand_over, plain};
use crate::beside::{Beside, wait_until};
use crate::site::{Changes, Info, configure};
use crate::stage::Display;

/// For a page to be drawn, a program to answer, an entry to be written.
const LIMIT: Duration = Duration::from_secs(30);
/// A picture that is the same this much later is taken for finished.
const STILL: Duration = Duration::from_millis(350);

pub(super) struct Counter {
    // Ended in this order: the app before its display.
    _app: Beside,
    _bus: Option<Bus>,
    /// Whether there is a session bus that is listened to.
    pub(super) has_bus: bool,
    display: Display,
    folder: tempfile::TempDir,
}

impl Counter {
    /// Starts the app at a tenant and waits for the first window's page.
    pub(super) fn open(place: &Place, info: &Info) -> Outcome<Self> {
        let folder = tempfile::Builder::new()
            .prefix("madoguchi-leak")
            .tempdir()?;
        let at = |name: &str| folder.path().join(name);
        // Copies, for the plain user may not be let into the folder they were built in.
        fs::copy("/proc/self/exe", at("browser"))?;
        for name in ["madoguchi", "madoguchictl"] {
            fs::copy(place.binary(name), at(name)).during(name)?;
        }
        configured(place, info, folder.path())?;
        let display = Display::open(false, (1280, 800), folder.path())?;
        let messages = fs::File::create(at("app.log"))?;
        fs::create_dir(at("tmp"))?;
        hand_over(folder.path())?;
        let bus = bus::open(folder.path())?;
        let mut command = plain(folder.path(), &at("madoguchi"));
        command
            .arg("--config")
            .arg(at("madoguchi.toml"))
            .arg("--data-dir")
            .arg(at("data"))
            .env("TMPDIR", at("tmp"))
            .stdin(Stdio::null())
            .stdout(messages.try_clone()?)
            .stderr(messages);
        if let Some(bus) = &bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
        }
        display.set(&mut command);
        let app = Beside::start("the app", &mut command)?;
        let counter = Self {
            _app: app,
            has_bus: bus.is_some(),
            _bus: bus,
            display,
            folder,
        };
        counter.until("the operator's page", |counter| {
            counter.log().contains("page is there")
        })?;
        Ok(counter)
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Waits until nothing moves on the display.
    pub(super) fn still(&self) -> Outcome<()> {
        let picture = || self.x("xwd", &["-root", "-silent"]).unwrap_or_default();
        let mut before = picture();
        wait_until(LIMIT, || {
            let moved = wait_until(STILL, || {
                let now = picture();
                (now != before).then_some(now)
            });
            match moved {
                Some(now) => {
                    before = now;
                    None
                }
                None => Some(()),
            }
        })
        .ok_or_else(|| Failure::new("the picture does not come to rest"))
    }

    /// What the app said.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.folder().join("app.log")).unwrap_or_default()
    }

    /// Presses keys one after the other.
    pub(super) fn press(&self, keys: &[&str]) -> Outcome<()> {
        self.x("xdotool", &[&["key", "--delay", "60"], keys].concat())
            .map(drop)
    }

    /// Types a text.
    pub(super) fn text(&self, text: &str) -> Outcome<()> {
        self.x("xdotool", &["type", "--delay", "30", text])
            .map(drop)
    }

    /// A program on the counter's display, and what it printed.
    pub(super) fn x(&self, program: &str, arguments: &[&str]) -> Outcome<String> {
        let mut command = Command::new("timeout");
        self.display.set(&mut command);
        output(command.args(["10", program]).args(arguments))
    }

    /// Puts a text into a selection, as another program would.
    pub(super) fn offer(&self, selection: &str, text: &str) -> Outcome<()> {
        let file = self.folder().join("offered");
        fs::write(&file, text)?;
        let mut command = Command::new("xclip");
        self.display.set(&mut command);
        command.args(["-i", "-selection", selection]).arg(&file);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        // It stays in the background until another takes the selection, or the display ends.
        let offered = command.status()?.success();
        fs::remove_file(file)?;
        if offered {
            return Ok(());
        }
        Err(Failure::new("xclip put nothing into the selection"))
    }

    /// The events in the record, in order.
    pub(super) fn events(&self) -> Vec<Value> {
        let mut command = plain(self.folder(), &self.folder().join("madoguchictl"));
        command
            .arg("--data-dir")
            .arg(self.folder().join("data"))
            .args(["record", "export", "--format", "jsonl"]);
        let lines = output(&mut command).unwrap_or_default();
        lines.lines().filter_map(event).collect()
    }

    /// Waits until this event stands in the record so often.
    pub(super) fn recorded(&self, event: &str, times: usize) -> Outcome<()> {
        self.until(event, |counter| {
            let all = counter.events();
            all.iter().filter(|one| one["event"] == event).count() >= times
        })
    }

    /// Waits for something, and says what the app said where it does not come.
    pub(super) fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) -> Outcome<()> {
        wait_until(LIMIT, || holds(self).then_some(())).ok_or_else(|| {
            let log = self.log();
            let last = log.lines().rev().take(8).collect::<Vec<_>>();
            let last = last.into_iter().rev().collect::<Vec<_>>().join("\n");
            Failure::new(format!("{what} did not come\n{last}"))
        })
    }

    /// The numbers and names of the app and of everything it started.
    pub(super) fn processes(&self) -> Outcome<Vec<(u32, String)>> {
        let data = self.folder().join("data");
        let all = processes();
        let app = all.iter().find(|process| {
            let line = fs::read(format!("/proc/{}/cmdline", process.id)).unwrap_or_default();
            let mut words = line.split(|byte| *byte == 0);
            process.name == "madoguchi"
                && words.any(|word| word == data.as_os_str().as_encoded_bytes())
        });
        let app = app.ok_or_else(|| Failure::new("the app does not run any more"))?;
        let mut ours = vec![(app.id, app.name.clone())];
        let mut next = 0;
        while let Some((parent, _)) = ours.get(next).cloned() {
            let children = all.iter().filter(|process| process.parent == parent);
            ours.extend(children.map(|child| (child.id, child.name.clone())));
            next += 1;
        }
        Ok(ours)
    }
}

struct Process {
    id: u32,
    name: String,
    parent: u32,
}

fn processes() -> Vec<Process> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            let (name, parent) = crate::process::read(&stat)?;
            Some(Process { id, name, parent })
        })
        .collect()
}

/// The event in a line of an export.
fn event(line: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(line).ok()?;
    value.get("body").cloned()
}

/// The configuration, and what the browser command needs.
fn configured(place: &Place, info: &Info, folder: &Path) -> Outcome<()> {
    let account = folder.join("operator.json");
    fs::write(&account, serde_json::to_string(info.operator()?)?)?;
    let ca_file = folder.join("ca.pem");
    fs::copy(&info.ca_file, &ca_file)?;
    let mut info = info.clone();
    info.ca_file = ca_file;
    let word = |path: PathBuf| path.to_string_lossy().into_owned();
    let browser = vec![
        word(folder.join("browser")),
        "browse".to_owned(),
        format!("--account={}", word(account)),
        "{url}".to_owned(),
    ];
    let changes = Changes {
        graph: &info.graph_https,
        browser,
        lang: "en",
        beside: true,
        kiosk: true,
        every_walk: false,
        hand_outs: None,
    };
    let file = folder.join("madoguchi.toml");
    configure(place, &info, &changes, &file)?;
    // The pass can be shown at once.
    let text = fs::read_to_string(&file)?.replace("settle_s = 10", "settle_s = 0");
    fs::write(&file, text)?;
    // A caret that blinks would keep the picture from coming to rest.
    let settings = folder.join(".config/gtk-3.0");
    fs::create_dir_all(&settings)?;
    let words = "[Settings]\ngtk-cursor-blink=false\ngtk-enable-animations=false\n";
    Ok(fs::write(settings.join("settings.ini"), words)?)
}

#[cfg(test)]
mod tests {
    use super::event;

    #[test]
    fn an_event_is_read_from_a_line_of_an_export() {
        let line = r#"{"seq":1,"body":{"event":"visit_started"}}"#;
        assert_eq!(event(line).unwrap()["event"], "visit_started");
        assert!(event("no line").is_none());
    }
}
