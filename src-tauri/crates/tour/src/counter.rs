//! The app as it is shipped, run by a plain user on a display of its own, worked with keys and the pointer alone: no
//! WebDriver can see it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use workplace::{During, Failure, Outcome, Place, output, say};

use crate::beside::{Beside, wait_until};
use crate::bus::Bus;
use crate::ibus::{self, InputMethod};
use crate::neighbour;
use crate::plain::{self, Rights, hand_over, plain};
use crate::process::{self, Family};
use crate::screenshot::Screenshot;
use crate::session::{self, Session};
use crate::site::{Changes, Info, Tenant, configure, serves_callers};
use crate::stage::Display;
use crate::vault::Vault;

/// For a page to be drawn, a program to answer, an entry to be written.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);
/// A picture that is the same this much later is taken for finished.
const STILL: Duration = Duration::from_millis(350);
/// A click on the heading of the operator's side, below the training banner and the bar.
pub(crate) const TO_THE_HEADING: [&str; 5] = ["mousemove", "100", "121", "click", "1"];
/// A folder of settings in the app's home that nothing but a hostile environment leads to, and the library that GTK
/// would load by them.
pub(crate) const PLANTED_SETTINGS: &str = "planted-settings";
pub(crate) const PLANTED_LIBRARY: &str = "planted-library";

/// How an app is opened at a counter.
pub(crate) struct Opening {
    pub(crate) kiosk: bool,
    pub(crate) rights: Rights,
    pub(crate) session: Session,
    /// Letters come through an input method that turns them.
    pub(crate) input_method: bool,
    /// A program of the same session names code in the desktop's settings.
    pub(crate) neighbour: bool,
    /// What a line of a `.profile` would set.
    pub(crate) variables: &'static [(&'static str, &'static str)],
}

/// One display with the app on it, and the tenant it works at.
pub(crate) struct Counter {
    // Ended in this order: the app before its display.
    app: Beside,
    /// How it was started.
    start: Command,
    _input_method: Option<InputMethod>,
    _neighbour: Option<Beside>,
    /// The session bus that is listened to, where there is one.
    pub(crate) bus: Option<Bus>,
    /// The credential store, where there is one.
    pub(crate) vault: Option<Vault>,
    display: Display,
    _tenant: Option<Tenant>,
    pub(crate) info: Info,
    pub(crate) data: PathBuf,
    log: PathBuf,
    control: PathBuf,
    rights: Rights,
    pictures: PathBuf,
    folder: tempfile::TempDir,
}

impl Counter {
    /// Starts everything and waits for the first window's page.
    pub(crate) fn open(place: &Place, kiosk: bool) -> Outcome<Self> {
        let opening = Opening {
            kiosk,
            rights: Rights::Plain,
            session: Session::Bare,
            input_method: false,
            neighbour: false,
            variables: &[],
        };
        Self::opened(place, &opening)
    }

    /// The same, opened in another way.
    pub(crate) fn opened(place: &Place, opening: &Opening) -> Outcome<Self> {
        let tenant = Tenant::start(place)?;
        let info = tenant.info.clone();
        let mut counter = Self::at(place, &info, opening)?;
        counter._tenant = Some(tenant);
        Ok(counter)
    }

    /// The same at a tenant that serves already.
    pub(crate) fn at(place: &Place, info: &Info, opening: &Opening) -> Outcome<Self> {
        let folder = plain::folder(opening.rights)?;
        let at = |name: &str| folder.path().join(name);
        // Copies, for the plain user may not be let into the folder they were built in.
        fs::copy("/proc/self/exe", at("browser"))?;
        for name in ["madoguchi", "madoguchictl"] {
            fs::copy(place.binary(name), at(name)).during(name)?;
        }
        configured(place, info, opening, folder.path())?;
        let display = Display::open_seen((1280, 800), folder.path())?;
        let log = at("app.log");
        let messages = fs::File::create(&log)?;
        fs::create_dir(at("tmp"))?;
        hand_over(folder.path(), opening.rights)?;
        let (bus, vault) = opening.session.open(folder.path(), opening.rights)?;
        let mut command = session::app(folder.path(), opening.rights);
        command.stderr(messages);
        let heard = bus.as_ref().map(|bus| &bus.address);
        if let Some(address) = heard.or(vault.as_ref().map(|vault| &vault.address)) {
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
        }
        command.envs(opening.variables.iter().copied());
        display.set(&mut command);
        let input_method = if opening.input_method {
            let (name, value) = ibus::MODULE;
            command.env(name, value);
            Some(InputMethod::open(folder.path(), &display)?)
        } else {
            None
        };
        let beside = || neighbour::open(folder.path(), &display);
        let neighbour = opening.neighbour.then(beside).transpose()?;
        let app = Beside::start("the app", &mut command)?;
        let counter = Self {
            app,
            start: command,
            _input_method: input_method,
            _neighbour: neighbour,
            bus,
            vault,
            display,
            _tenant: None,
            info: info.clone(),
            data: at("data"),
            log,
            control: at("madoguchictl"),
            rights: opening.rights,
            pictures: place.target.join("shipped"),
            folder,
        };
        counter.has_the_keyboard()?;
        Ok(counter)
    }

    /// Waits until the first page is there and what is pressed goes to it: its window is shown before the window manager
    /// turns to it.
    fn has_the_keyboard(&self) -> Outcome<()> {
        self.page("operator")?;
        wait_until(LIMIT, || {
            let active = self.xdotool(&["getactivewindow"]).ok()?;
            let own = self.windows().ok()?;
            own.iter().any(|one| one == active.trim()).then_some(())
        })
        .ok_or_else(|| self.failure("the app does not get the keyboard"))
    }

    /// Waits until the page of this window has said that it is there and its picture stands still.
    pub(crate) fn page(&self, window: &str) -> Outcome<()> {
        let named = format!("window=\"{window}\"");
        self.said(|line| line.contains("page is there") && line.contains(&named))
            .ok_or_else(|| self.failure(&format!("the page of {window} is not there")))?;
        self.still().map(drop)
    }

    /// Waits until the app said such a line.
    fn said(&self, wanted: impl Fn(&str) -> bool) -> Option<()> {
        wait_until(LIMIT, || self.log().lines().any(&wanted).then_some(()))
    }

    /// Waits until the app said this so often.
    pub(crate) fn said_so_often(&self, words: &str, times: usize) -> Outcome<()> {
        wait_until(LIMIT, || (self.times(words) >= times).then_some(()))
            .ok_or_else(|| self.failure(&format!("the app did not say {times} times: {words}")))
    }

    /// How often the app said this.
    pub(crate) fn times(&self, words: &str) -> usize {
        self.log()
            .lines()
            .filter(|line| line.contains(words))
            .count()
    }

    /// Presses keys one after the other.
    pub(crate) fn press(&self, keys: &[&str]) -> Outcome<()> {
        self.xdotool(&[&["key", "--delay", "30"], keys].concat())
            .map(drop)
    }

    /// Types a text.
    pub(crate) fn text(&self, text: &str) -> Outcome<()> {
        self.xdotool(&["type", "--delay", "20", text]).map(drop)
    }

    /// Does something with keys, pointer or windows.
    pub(crate) fn xdotool(&self, arguments: &[&str]) -> Outcome<String> {
        let mut command = Command::new("xdotool");
        self.display.set(&mut command);
        output(command.args(arguments))
    }

    /// The app's windows that can be seen.
    pub(crate) fn windows(&self) -> Outcome<Vec<String>> {
        let app = self.family()?.app.to_string();
        let said = self.xdotool(&["search", "--onlyvisible", "--pid", &app])?;
        Ok(said.lines().map(str::to_owned).collect())
    }

    /// Has the window manager close a window, as its own button would.
    pub(crate) fn close(&self, window: &str) -> Outcome<()> {
        let mut command = Command::new("wmctrl");
        self.display.set(&mut command);
        output(command.args(["-i", "-c", window])).map(drop)
    }

    /// Gives the keyboard to the operator's heading; the pointer rests there.
    pub(crate) fn heading(&self) -> Outcome<Vec<u8>> {
        self.xdotool(&TO_THE_HEADING)?;
        self.still()
    }

    /// What the desktop's selection holds now; nothing where nobody has it.
    pub(crate) fn selection(&self, which: &str) -> String {
        let mut command = Command::new("timeout");
        self.display.set(&mut command);
        output(command.args(["5", "xclip", "-o", "-selection", which])).unwrap_or_default()
    }

    /// Puts a text into a selection, as another program would.
    pub(crate) fn offer(&self, which: &str, text: &str) -> Outcome<()> {
        let file = self.folder.path().join("offered");
        fs::write(&file, text)?;
        let mut command = Command::new("xclip");
        self.display.set(&mut command);
        command.args(["-i", "-selection", which]).arg(&file);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        // It stays in the background until another takes the selection, or the display ends.
        let offered = command.status()?.success();
        fs::remove_file(file)?;
        if offered {
            return Ok(());
        }
        Err(Failure::new("xclip put nothing into the selection"))
    }

    /// The folder of everything that is this counter's own.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the app said.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits for something, and says what the app said where it does not come.
    pub(crate) fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) -> Outcome<()> {
        wait_until(LIMIT, || holds(self).then_some(()))
            .ok_or_else(|| self.failure(&format!("{what} did not come")))
    }

    /// The display as a camera sees it now.
    pub(crate) fn seen(&self) -> Outcome<Screenshot> {
        Screenshot::take(&self.display)
    }

    /// The display as it is now.
    pub(crate) fn picture(&self) -> Outcome<Vec<u8>> {
        Ok(fs::read(self.folder.path().join("Xvfb_screen0"))?)
    }

    /// Leaves a picture of the display beside what was built, as an X window dump.
    pub(crate) fn keep(&self, name: &str) {
        let kept = fs::create_dir_all(&self.pictures).and_then(|()| {
            let to = self.pictures.join(format!("{name}.xwd"));
            fs::copy(self.folder.path().join("Xvfb_screen0"), to)
        });
        if let Err(error) = kept {
            say!("  no picture of {name}: {error}");
        }
    }

    /// The display, once nothing on it moves.
    pub(crate) fn still(&self) -> Outcome<Vec<u8>> {
        let mut before = self.picture()?;
        let seen = wait_until(LIMIT, || {
            let moved = wait_until(STILL, || {
                let now = self.picture().ok()?;
                (now != before).then_some(now)
            });
            match moved {
                Some(now) => {
                    before = now;
                    None
                }
                None => Some(()),
            }
        });
        seen.ok_or_else(|| self.failure("the picture does not come to rest"))?;
        Ok(before)
    }

    /// The display, once it is another than this one and nothing on it moves.
    pub(crate) fn another(&self, than: &[u8]) -> Outcome<Vec<u8>> {
        wait_until(LIMIT, || {
            self.picture().is_ok_and(|now| now != than).then_some(())
        })
        .ok_or_else(|| self.failure("the picture stays the same"))?;
        self.still()
    }

    /// The names of the events in the record, in order.
    pub(crate) fn events(&self) -> Vec<String> {
        let mut command = plain(self.folder.path(), &self.control, self.rights);
        command
            .arg("--data-dir")
            .arg(&self.data)
            .args(["record", "export", "--format", "jsonl"]);
        let lines = output(&mut command).unwrap_or_default();
        lines.lines().filter_map(event).collect()
    }

    /// Waits until this event stands in the record so often.
    pub(crate) fn recorded(&self, event: &str, times: usize) -> Outcome<()> {
        wait_until(LIMIT, || {
            let all = self.events();
            (all.iter().filter(|name| *name == event).count() >= times).then_some(())
        })
        .ok_or_else(|| self.failure(&format!("{event} is not in the record {times} times")))
    }

    /// The app's processes.
    pub(crate) fn family(&self) -> Outcome<Family> {
        process::family(&self.data).ok_or_else(|| self.failure("the app does not run any more"))
    }

    /// Kills it as a power cut would, and starts it on the same files.
    pub(crate) fn is_started_anew(&mut self) -> Outcome<()> {
        let app = i32::try_from(self.family()?.app).ok();
        let app = app.and_then(Pid::from_raw);
        let app = app.ok_or_else(|| Failure::new("the app has no id"))?;
        kill_process(app, Signal::KILL)?;
        if !self.ends() {
            return Err(self.failure("the app outlives its end"));
        }
        self.log = self.folder.path().join("app-anew.log");
        self.start.stderr(fs::File::create(&self.log)?);
        self.app = Beside::start("the app", &mut self.start)?;
        self.has_the_keyboard()
    }

    /// Whether the app ends by itself.
    pub(crate) fn ends(&mut self) -> bool {
        wait_until(LIMIT, || self.app.ended()).is_some()
    }

    /// Signs the operator in from the welcome screen, for the first time.
    pub(crate) fn sign_in(&self) -> Outcome<()> {
        self.signs_in(1)
    }

    /// The same for the time of this number.
    pub(crate) fn signs_in(&self, time: usize) -> Outcome<()> {
        let before = self.still()?;
        self.press(&["Tab", "Return"])?;
        self.recorded("operator_signed_in", time)?;
        self.another(&before).map(drop)
    }

    /// Types a name into the field that has the keyboard until the person is on the screen. On a busy machine the
    /// keyboard may come into the field after the first letters.
    pub(crate) fn find(&self, name: &str) -> Outcome<()> {
        const READ: &str = "/authentication/methods\"";
        const UNKNOWN: &str = "status=404";
        let (read, unknown) = (self.times(READ), self.times(UNKNOWN));
        for tried in 1..=3 {
            let before = self.still()?;
            self.press(&["ctrl+a"])?;
            self.text(name)?;
            self.press(&["Return"])?;
            let found = wait_until(LIMIT, || {
                let unknown = self.times(UNKNOWN) >= unknown + tried;
                let read = self.times(READ) > read;
                (read || unknown).then_some(read)
            });
            self.another(&before)?;
            if found == Some(true) {
                return Ok(());
            }
        }
        Err(self.failure("nobody was found"))
    }

    /// What went wrong, with the end of what the app said and where the picture lies.
    fn failure(&self, what: &str) -> Failure {
        self.keep("failure");
        let said = self.log();
        let end = said.lines().rev().take(12).collect::<Vec<_>>();
        let end = end.into_iter().rev().collect::<Vec<_>>().join("\n");
        Failure::new(format!("{what}\n{end}"))
    }
}

/// The event's name in a line of an export.
fn event(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    let name = value.pointer("/body/event")?;
    name.as_str().map(str::to_owned)
}

/// The configuration, and what the browser command needs.
fn configured(place: &Place, info: &Info, opening: &Opening, folder: &Path) -> Outcome<()> {
    let account = folder.join("operator.json");
    fs::write(&account, serde_json::to_string(info.operator()?)?)?;
    let ca_file = folder.join("ca.pem");
    fs::copy(&info.ca_file, &ca_file)?;
    let mut info = info.clone();
    info.ca_file = ca_file;
    let browser = vec![
        folder.join("browser").to_string_lossy().into_owned(),
        "browse".to_owned(),
        format!("--account={}", account.to_string_lossy()),
        "{url}".to_owned(),
    ];
    let changes = Changes {
        graph: &info.graph_https,
        browser,
        lang: "en",
        beside: true,
        kiosk: opening.kiosk,
        every_walk: false,
        hand_outs: None,
        after: None,
    };
    let file = folder.join("madoguchi.toml");
    configure(place, &info, &changes, &file)?;
    // The pass can be shown at once.
    let text = fs::read_to_string(&file)?.replace("settle_s = 10", "settle_s = 0");
    fs::write(&file, text)?;
    if opening.session == Session::WithStore {
        serves_callers(&file)?;
    }
    // A caret that blinks would keep the picture from coming to rest.
    let settings = folder.join(".config/gtk-3.0");
    fs::create_dir_all(&settings)?;
    let words = "[Settings]\ngtk-cursor-blink=false\ngtk-enable-animations=false\n";
    fs::write(settings.join("settings.ini"), words)?;
    let planted = folder.join(PLANTED_SETTINGS).join("gtk-3.0");
    fs::create_dir_all(&planted)?;
    let words = format!("[Settings]\ngtk-modules={PLANTED_LIBRARY}\n");
    Ok(fs::write(planted.join("settings.ini"), words)?)
}

#[cfg(test)]
mod tests {
    use super::event;

    #[test]
    fn an_event_is_read_from_a_line_of_an_export() {
        let line = r#"{"seq":1,"body":{"event":"visit_started","number":3}}"#;
        assert_eq!(event(line).as_deref(), Some("visit_started"));
        assert_eq!(event("no line"), None);
    }
}
