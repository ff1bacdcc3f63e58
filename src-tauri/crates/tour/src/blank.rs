//! `cargo xtask blank`: the processes that draw the pages are killed and stopped while a pass is in sight, and two
//! seconds later nothing of it is. In the app as it is shipped and as WebDriver sees it, on one display and on two, and
//! without WebDriver: mouse, keyboard and what a camera would see.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use url::Url;
use workplace::{During, Failure, Outcome, Place, app, say, setup};

use crate::beside::{Beside, wait_until};
use crate::counts::Counts;
use crate::desk::Desk;
use crate::plan::{Lang, Plan, SIZE};
use crate::process;
use crate::relay::Relay;
use crate::screenshot::{Area, Screenshot};
use crate::site::Tenant;
use crate::stage::{Display, Driver, limited};
use crate::take::upstream;
use crate::way::{Hand, Way};
use crate::window::Window;

/// Kills and stops the processes that draw the pages.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Where the pictures go.
    #[arg(long, value_name = "DIR", default_value = "blank")]
    out: PathBuf,
    /// How many displays there are: one run with each of these numbers.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 2])]
    displays: Vec<u8>,
    /// Leave how many rows held, and how many did not, in this file.
    #[arg(long, value_name = "FILE", hide = true)]
    counts: Option<PathBuf>,
}

/// The ground of the native page, which no page of the app has.
pub(crate) const GROUND: [u8; 3] = [0xd9, 0xe6, 0xff];

/// So much of a display is that ground where the native page stands: the rest is letters.
pub(crate) const MOST: f64 = 0.85;

/// When nothing may be left to see.
pub(crate) const BLANK_BY: Duration = Duration::from_secs(2);

/// For a new window in the place of a silent one, after ten seconds, on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// The screens of the way by name.
const HIDDEN: &str = "the pass, hidden";
const SHOWN: &str = "the pass, shown";
const CONTRAST: &str = "more contrast, and the pass shown";
const CONTRAST_HIDDEN: &str = "more contrast, and the pass hidden";

/// Builds both, goes through everything and takes pictures. True when every row held.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    setup::everything(place)?;
    setup::two_displays()?;
    setup::hands_and_eyes()?;
    fs::create_dir_all(&options.out)?;
    let folder = tempfile::Builder::new()
        .prefix("madoguchi-blank")
        .tempdir()?;
    app::build(place, app::FEATURES)?;
    // The other build lies in the same place.
    let shipped = folder.path().join("madoguchi");
    fs::copy(place.binary("madoguchi"), &shipped)?;
    app::build(place, app::TOUR_FEATURES)?;
    let automated = place.binary("madoguchi");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let (mut passed, mut failed) = (0, 0);
    for displays in options.displays.iter().copied() {
        let way = runtime.block_on(learn(place, &automated, displays, &options.out));
        let way = way.during("the way through the app could not be learnt")?;
        for (build, program) in [("shipped", &shipped), ("automation", &automated)] {
            let name = format!("{build}-{displays}");
            let out = &options.out;
            let run = Run {
                place,
                program,
                displays,
                way: &way,
                name: &name,
                out,
            };
            let rows = runtime.block_on(run.rows());
            for (row, outcome) in rows {
                match &outcome {
                    Ok(()) => say!("  {name}: {row}"),
                    Err(failure) => say!("  {name}: NOT {row}: {failure}"),
                }
                passed += usize::from(outcome.is_ok());
                failed += usize::from(outcome.is_err());
            }
        }
    }
    if let Some(file) = &options.counts {
        Counts { passed, failed }.write(file)?;
    }
    say!(
        "{passed} rows held, {failed} did not; the pictures are in {}.",
        options.out.display()
    );
    Ok(failed == 0 && passed > 0)
}

/// What stands around the app for one run.
struct Around {
    desk: Desk,
    display: Display,
    _relay: Relay,
    tenant: Tenant,
    folder: tempfile::TempDir,
}

fn plan(displays: u8, out: &Path) -> Plan {
    Plan {
        langs: vec![Lang::Ja],
        out: out.to_owned(),
        axe: false,
        size: SIZE,
        own_display: false,
        kiosk: displays == 2,
        rows: false,
        tree: false,
        seed: None,
    }
}

impl Around {
    async fn set_up(place: &Place, displays: u8, out: &Path) -> Outcome<Self> {
        let folder = tempfile::Builder::new()
            .prefix("madoguchi-blank")
            .tempdir()?;
        let tenant = Tenant::start(place)?;
        let graph = Url::parse(&tenant.info.graph_https)?;
        let relay = Relay::start(upstream(&graph)?).await?;
        let plan = plan(displays, out);
        let desk = Desk::lay(
            place,
            &tenant,
            &relay,
            &graph,
            &plan,
            Lang::Ja,
            folder.path(),
        )?;
        // The operator signs in without being waited for.
        fs::write(&desk.release, "go")?;
        let display = if displays == 2 {
            Display::open_two(folder.path())?
        } else {
            Display::open(false, SIZE, folder.path())?
        };
        Ok(Self {
            desk,
            display,
            _relay: relay,
            tenant,
            folder,
        })
    }
}

/// Goes to the pass with WebDriver's eyes and a hand of our own.
async fn learn(place: &Place, program: &Path, displays: u8, out: &Path) -> Outcome<Way> {
    let around = Around::set_up(place, displays, out).await?;
    let driver = Driver::start(place, &around.display, &out.join("learnt.log"))?;
    let plan = plan(displays, out);
    let window = Window::open(&driver.server, program, &around.desk.arguments(), &plan).await?;
    let way = learn_in(&window, &around).await;
    window.close().await;
    way
}

fn act(act: &str) -> String {
    format!("[data-act=\"{act}\"]:not([disabled]):not([aria-disabled=\"true\"])")
}

fn screen(screen: &str) -> String {
    format!("[data-pane=\"operator\"][data-screen=\"{screen}\"]")
}

fn pass(state: &str) -> String {
    format!("[data-pane=\"person\"][data-pass=\"{state}\"]")
}

async fn learn_in(window: &Window, around: &Around) -> Outcome<Way> {
    let at = (window, &around.display);
    let mut way = Way::default();
    window
        .sees(&screen("welcome"), "the first screen", LIMIT)
        .await?;
    window.fit().await?;
    way.learn_begin(&around.display)?;
    let person = around
        .tenant
        .info
        .person("plain", 0)?
        .everyday_name()
        .to_owned();
    way.learn_press(at, "the desk", &act("sign_in"), &screen("home"))
        .await?;
    way.learn_press(at, "the search", &act("start_visit"), &screen("find"))
        .await?;
    let field = crate::route::FIELD;
    way.learn_press(at, "the field", field, field).await?;
    way.learn_type(at, "the name", &person, &act("find"))
        .await?;
    way.learn_press(at, "the person", &act("find"), &screen("found"))
        .await?;
    way.learn_press(at, "the check", &act("confirm_person"), &screen("check"))
        .await?;
    let tick = "[data-act^=\"tick:\"]";
    way.learn_press(at, "a tick", tick, tick).await?;
    way.learn_press(
        at,
        "the phone",
        &act("confirm_phone"),
        &act("confirm_check"),
    )
    .await?;
    way.learn_press(at, "the board", &act("confirm_check"), &screen("board"))
        .await?;
    learn_hand_over(at, &mut way).await?;
    Ok(way)
}

/// More rows than stand before the one that waits for the pass, with what a phone shows at its first start.
const ROWS: [&str; 12] = [
    "row 1", "row 2", "row 3", "row 4", "row 5", "row 6", "row 7", "row 8", "row 9", "row 10",
    "row 11", "row 12",
];

/// From the first row of the walk-through to a pass that was in sight.
async fn learn_hand_over(at: (&Window, &Display), way: &mut Way) -> Outcome<()> {
    let (window, _) = at;
    // There the walk waits for the pass.
    let row = "[data-pane=\"person\"][data-row=\"a5\"]";
    for name in ROWS {
        if window.shows(row).await? {
            break;
        }
        let here = "return document.querySelector(\"[data-pane='person']\")?.dataset.row ?? ''";
        window
            .sees("[data-pane=\"person\"][data-row]", "a row", LIMIT)
            .await?;
        let now = window.script(here, Vec::new()).await?;
        let now = now.as_str().unwrap_or_default().to_owned();
        let next = format!("[data-pane=\"person\"][data-row]:not([data-row=\"{now}\"])");
        way.learn_press(at, name, &act("person:next"), &next)
            .await?;
    }
    way.learn_press(at, HIDDEN, &act("issue_pass"), &pass("hidden"))
        .await?;
    let row = "[data-pane=\"person\"][data-row=\"a6\"]";
    way.learn_press(at, "the pass row", &act("person:next"), row)
        .await?;
    way.learn_press(at, SHOWN, &act("reveal"), &pass("shown"))
        .await?;
    let contrast = "[data-pane=\"person\"][data-contrast=\"more\"]";
    way.learn_press(at, CONTRAST, &act("person:contrast"), contrast)
        .await?;
    way.learn_press(at, CONTRAST_HIDDEN, &act("hide"), &pass("hidden"))
        .await?;
    Ok(())
}

/// The app in one build on so many displays.
struct Run<'a> {
    place: &'a Place,
    program: &'a Path,
    displays: u8,
    way: &'a Way,
    name: &'a str,
    out: &'a Path,
}

type Rows = Vec<(&'static str, Outcome<()>)>;

impl Run<'_> {
    /// One app; a row that needs what an earlier one did not reach fails with it.
    async fn rows(&self) -> Rows {
        let mut rows = Rows::new();
        if let Err(failure) = self.all(&mut rows).await {
            rows.push(("the app goes on from row to row", Err(failure)));
        }
        rows
    }

    async fn all(&self, rows: &mut Rows) -> Outcome<()> {
        let around = Around::set_up(self.place, self.displays, self.out).await?;
        let _app = self.start(&around)?;
        let display = &around.display;
        self.way.go(display, SHOWN, self.out)?;
        let seen = Screenshot::take(display)?;
        seen.write(&self.out.join(format!("{}-in-sight.png", self.name)))?;
        let killed = self.lose(&around, Signal::KILL, "killed");
        rows.push(("killed pages are blank within two seconds", killed));
        let back = self.comes_back(&around, HIDDEN);
        rows.push(("new windows know the visit and hide the pass", back));
        self.show(&around)?;
        let stopped = self.lose(&around, Signal::STOP, "stopped");
        rows.push(("stopped pages are blank within two seconds", stopped));
        let back = self.comes_back(&around, HIDDEN);
        rows.push(("after ten seconds new windows take their place", back));
        self.show(&around)?;
        self.way.again_until(display, (CONTRAST, SHOWN), self.out)?;
        rows.push((
            "a page that was busy for five seconds is back with its focus and its contrast",
            self.busy(&around),
        ));
        let written = recorded(&around.desk.data);
        rows.push(("what was lost and replaced is on the record", written));
        Ok(())
    }

    /// The pass is in sight again.
    fn show(&self, around: &Around) -> Outcome<()> {
        self.way
            .again_until(&around.display, (SHOWN, HIDDEN), self.out)
    }

    fn start(&self, around: &Around) -> Outcome<Beside> {
        let log = fs::File::create(self.out.join(format!("{}.log", self.name)))?;
        let mut command = limited(&self.program.to_string_lossy());
        command
            .args(around.desk.arguments())
            .env("NO_COLOR", "1")
            .env("TMPDIR", around.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        around.display.set(&mut command);
        Beside::start("the app", &mut command)
    }

    /// Tells every process that draws a page to end or to stop; two seconds later every display is blank.
    fn lose(&self, around: &Around, how: Signal, picture: &str) -> Outcome<()> {
        signal(&process::pages(&around.desk.data), how)?;
        self.is_blank(around, picture)
    }

    fn is_blank(&self, around: &Around, picture: &str) -> Outcome<()> {
        // Nothing to wait for: what stands there then is what counts.
        wait_until(BLANK_BY, || None::<()>);
        let seen = Screenshot::take(&around.display)?;
        seen.write(&self.out.join(format!("{}-{picture}.png", self.name)))?;
        for area in self.areas() {
            let share = seen.share_of(GROUND, area);
            if share < MOST {
                let percent = share * 100.0;
                return Err(Failure::new(format!(
                    "only {percent:.0} % of the display at {:?} is the native page's",
                    area.at
                )));
            }
        }
        Ok(())
    }

    fn areas(&self) -> Vec<Area> {
        let first = Area {
            at: (0, 0),
            size: (1280, 800),
        };
        let second = Area {
            at: (1280, 0),
            size: (1920, 1080),
        };
        let all = [first, second];
        all.into_iter().take(usize::from(self.displays)).collect()
    }

    fn comes_back(&self, around: &Around, name: &str) -> Outcome<()> {
        self.way.is_at(&around.display, (name, SHOWN), self.out)
    }

    /// More contrast is on and has the focus, and the pass is in sight.
    fn busy(&self, around: &Around) -> Outcome<()> {
        let pages = process::pages(&around.desk.data);
        signal(&pages, Signal::STOP)?;
        let blank = self.is_blank(around, "busy");
        wait_until(Duration::from_secs(3), || None::<()>);
        signal(&pages, Signal::CONT)?;
        blank?;
        let display = &around.display;
        self.way
            .is_at(display, (CONTRAST_HIDDEN, CONTRAST), self.out)?;
        let seen = Screenshot::take(display)?;
        seen.write(&self.out.join(format!("{}-busy-back.png", self.name)))?;
        if process::pages(&around.desk.data) != pages {
            return Err(Failure::new("its process is another one"));
        }
        // What has the focus is pressed by the keyboard: contrast is as it was before.
        Hand::Types(" ".to_owned()).act(display)?;
        self.way.is_at(display, (HIDDEN, CONTRAST_HIDDEN), self.out)
    }
}

pub(crate) fn signal(pages: &BTreeSet<u32>, how: Signal) -> Outcome<()> {
    if pages.is_empty() {
        return Err(Failure::new("no process that draws a page was found"));
    }
    for page in pages {
        let id = i32::try_from(*page).ok().and_then(Pid::from_raw);
        let id = id.ok_or_else(|| Failure::new("a process without a number"))?;
        kill_process(id, how).during("a page's process")?;
    }
    Ok(())
}

/// The record's own words, wherever in its files they lie by now.
fn recorded(data: &Path) -> Outcome<()> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("record.sqlite3") {
            bytes.extend(fs::read(&path)?);
        }
    }
    let wanted = ["display_lost", "display_replaced", "\"died\"", "\"silent\""];
    let missing = wanted
        .iter()
        .find(|word| !bytes.windows(word.len()).any(|at| at == word.as_bytes()));
    missing.map_or(Ok(()), |word| {
        Err(Failure::new(format!("the record has no {word}")))
    })
}
