//! `cargo xtask starts`: every start that fails has a window with its own words, in Japanese and English, in the app as
//! it is shipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use workplace::{Failure, Outcome, Place, app, output, say, setup};

use crate::beside::{Beside, wait_until};
use crate::plan::SIZE;
use crate::process;
use crate::screenshot::Screenshot;
use crate::site::{Changes, Tenant, configure};
use crate::stage::{Display, limited};

/// Makes starts fail.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Where the pictures go.
    #[arg(long, value_name = "DIR", default_value = "starts")]
    out: PathBuf,
}

/// For a window to open or to close on a busy machine.
const LIMIT: Duration = Duration::from_secs(90);

/// Two screens with other words differ by more than this.
const OTHER_WORDS: f64 = 0.001;

/// A way for a start to fail.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// Another running app uses the data folder.
    Second,
    ReadOnly,
    Damaged,
    NotARecord,
    NoConfiguration,
    Unreadable,
    Wrong,
}

/// All of them, with what the log calls the problem.
const ALL: [(Fault, &str); 7] = [
    (Fault::Second, "LockTaken"),
    (Fault::ReadOnly, "FolderReadOnly"),
    (Fault::Damaged, "RecordDamaged"),
    (Fault::NotARecord, "NotARecord"),
    (Fault::NoConfiguration, "ConfigurationMissing"),
    (Fault::Unreadable, "ConfigurationUnreadable"),
    (Fault::Wrong, "Configuration {"),
];

/// Builds the app as it is shipped and looks at each window. True when all are there.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    setup::everything(place)?;
    setup::hands_and_eyes()?;
    app::build(place, app::FEATURES)?;
    fs::create_dir_all(&options.out)?;
    let tenant = Tenant::start(place)?;
    let mut whole = true;
    let mut seen: Vec<(String, Screenshot)> = Vec::new();
    for lang in ["ja", "en"] {
        for (fault, called) in ALL {
            let name = format!("{fault:?}-{lang}");
            match look(
                place,
                &tenant,
                (fault, called),
                lang,
                &options.out.join(format!("{name}.png")),
            ) {
                Ok(picture) => {
                    say!("  {name}: {called}");
                    seen.push((name, picture));
                }
                Err(failure) => {
                    say!("  {name}: NOT {called}: {failure}");
                    whole = false;
                }
            }
        }
    }
    for (place, (name, picture)) in seen.iter().enumerate() {
        for (other, beside) in &seen[..place] {
            // Without a language to be read there is the same screen in both.
            let unread = name.split('-').next() == other.split('-').next()
                && ["Unreadable", "NoConfiguration"]
                    .iter()
                    .any(|fault| name.starts_with(fault));
            if !unread && picture.differs(beside) < OTHER_WORDS {
                say!("  {name} and {other} show the same");
                whole = false;
            }
        }
    }
    say!("The pictures are in {}.", options.out.display());
    Ok(whole)
}

/// The window of one start that fails; at a second start of a kiosk, closing it closes nothing else.
fn look(
    place: &Place,
    tenant: &Tenant,
    (fault, called): (Fault, &str),
    lang: &str,
    picture: &Path,
) -> Outcome<Screenshot> {
    let folder = tempfile::Builder::new()
        .prefix("madoguchi-starts")
        .tempdir()?;
    let config = folder.path().join("madoguchi.toml");
    let changes = Changes {
        graph: &tenant.info.graph_https,
        browser: Vec::new(),
        lang,
        beside: true,
        kiosk: matches!(fault, Fault::Second),
        every_walk: false,
        hand_outs: None,
        after: None,
    };
    configure(place, &tenant.info, &changes, &config)?;
    let display = Display::open(false, SIZE, folder.path())?;
    let start = Start {
        place,
        display: &display,
        config,
        data: folder.path().join("data"),
    };
    let start = start.spoilt(fault, folder.path())?;
    let first = match fault {
        Fault::Second => Some(start.app(&folder.path().join("first.log"))?),
        Fault::ReadOnly
        | Fault::Damaged
        | Fault::NotARecord
        | Fault::NoConfiguration
        | Fault::Unreadable
        | Fault::Wrong => None,
    };
    let log = folder.path().join("app.log");
    let mut app = start.app(&log)?;
    let said = fs::read_to_string(&log)?;
    if !said.contains(called) {
        return Err(Failure::new(format!(
            "the log names another problem\n{said}"
        )));
    }
    let seen = written(&display)?;
    seen.write(picture)?;
    if first.is_some() {
        let pages = process::pages(&start.data);
        let mut command = Command::new("xdotool");
        display.set(&mut command);
        output(command.args(["key", "alt+F4"]))?;
        wait_until(LIMIT, || app.ended())
            .ok_or_else(|| Failure::new("the second start did not end with its window"))?;
        let left = process::pages(&start.data);
        if left.is_empty() || !left.is_subset(&pages) {
            return Err(Failure::new(
                "the first start's page did not outlive the second start",
            ));
        }
    }
    Ok(seen)
}

/// What the window says: its page is there before it draws anything.
fn written(display: &Display) -> Outcome<Screenshot> {
    let drawn = wait_until(LIMIT, || {
        let now = Screenshot::take(display).ok()?;
        now.has_words().then_some(())
    });
    drawn.ok_or_else(|| Failure::new("nothing is written in the window"))?;
    Screenshot::at_rest(display, LIMIT)
}

/// How the app is started.
struct Start<'a> {
    place: &'a Place,
    display: &'a Display,
    config: PathBuf,
    data: PathBuf,
}

impl Start<'_> {
    /// The same with the fault in it.
    fn spoilt(mut self, fault: Fault, folder: &Path) -> Outcome<Self> {
        let record = self.data.join("record.sqlite3");
        match fault {
            Fault::Second => {}
            // Nobody can make a folder there, not even root.
            Fault::ReadOnly => self.data = PathBuf::from("/sys/madoguchi"),
            Fault::Damaged => {
                drop(self.app(&folder.join("first.log"))?);
                // What was recorded last may lie in the side file.
                for file in [record, self.data.join("record.sqlite3-wal")] {
                    let mut bytes = fs::read(&file).unwrap_or_default();
                    if let Some(behind) = bytes.get_mut(100..) {
                        behind.fill(0);
                    }
                    fs::write(&file, bytes)?;
                }
            }
            Fault::NotARecord => {
                fs::create_dir(&self.data)?;
                fs::write(&record, "a text that is no record\n".repeat(200))?;
            }
            Fault::NoConfiguration => self.config = folder.join("none.toml"),
            Fault::Unreadable => fs::write(&self.config, [0xff, 0xfe, 0x00, 0xd8])?,
            Fault::Wrong => {
                let text = fs::read_to_string(&self.config)?;
                fs::write(&self.config, format!("colour = \"blue\"\n{text}"))?;
            }
        }
        Ok(self)
    }

    /// Starts it and waits until its page is there.
    fn app(&self, log: &Path) -> Outcome<Beside> {
        let mut command = limited(&self.place.binary("madoguchi").to_string_lossy());
        command
            .arg("--config")
            .arg(&self.config)
            .arg("--data-dir")
            .arg(&self.data)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(log)?);
        self.display.set(&mut command);
        let app = Beside::start("the app", &mut command)?;
        let there = wait_until(LIMIT, || {
            let said = fs::read_to_string(log).unwrap_or_default();
            said.contains("page is there").then_some(())
        });
        if there.is_none() {
            let said = fs::read_to_string(log)?;
            return Err(Failure::new(format!("no page came\n{said}")));
        }
        Ok(app)
    }
}
