//! `cargo xtask windows`: the app as it is shipped, which no WebDriver can see, opens its windows on two displays, and
//! the page in each of them is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use workplace::{Failure, Outcome, Place, app, say, setup};

use crate::beside::{Beside, wait_until};
use crate::process;
use crate::site::{Changes, Tenant, configure};
use crate::stage::{Display, limited};
use crate::visits;

/// For a page to be drawn, or a display to be missed.
const LIMIT: Duration = Duration::from_secs(30);

/// What of the shipped app to look at.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Serve so many people one after the other instead, and see what each of them leaves behind.
    #[arg(long, value_name = "N")]
    visits: Option<usize>,
    /// Leave how many checks held as JSON in this file.
    #[arg(long, value_name = "FILE", hide = true)]
    counts: Option<PathBuf>,
}

/// Builds the app as it is shipped and looks at it. True when all is as it should be.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    setup::everything(place)?;
    if let Some(visits) = options.visits {
        setup::hands_and_eyes()?;
        app::build(place, app::FEATURES)?;
        let counts = visits::run(place, visits)?.counts();
        say!("{} held, {} did not", counts.passed, counts.failed);
        if let Some(file) = &options.counts {
            counts.write(file)?;
        }
        return Ok(counts.failed == 0);
    }
    windows(place)
}

/// Looks at its windows, as a laptop and as a kiosk. True when all are there.
fn windows(place: &Place) -> Outcome<bool> {
    setup::two_displays()?;
    app::build(place, app::FEATURES)?;
    let mut all = true;
    for (name, kiosk) in [("desk", false), ("kiosk", true)] {
        let seen = look(place, kiosk);
        match &seen {
            Ok(()) => say!("  {name}: every page was there"),
            Err(failure) => say!("  {name}: {failure}"),
        }
        all &= seen.is_ok();
    }
    Ok(all)
}

/// Both windows; then the second display goes and comes back, and its window with it.
fn look(place: &Place, kiosk: bool) -> Outcome<()> {
    let folder = tempfile::Builder::new()
        .prefix("madoguchi-windows")
        .tempdir()?;
    let tenant = Tenant::start(place)?;
    let config = folder.path().join("madoguchi.toml");
    let changes = Changes {
        graph: &tenant.info.graph_https,
        browser: Vec::new(),
        lang: "ja",
        beside: false,
        kiosk,
        every_walk: false,
        hand_outs: None,
        after: None,
    };
    configure(place, &tenant.info, &changes, &config)?;
    let display = Display::open_two(folder.path())?;
    let data = folder.path().join("data");
    let log = folder.path().join("app.log");
    let messages = fs::File::create(&log)?;
    let mut command = limited(&place.binary("madoguchi").to_string_lossy());
    command
        .arg("--config")
        .arg(&config)
        .arg("--data-dir")
        .arg(&data)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(messages);
    display.set(&mut command);
    let _app = Beside::start("the app", &mut command)?;
    there(&log, "operator", 1)?;
    there(&log, "person-1", 1)?;
    display.plug(false)?;
    wait_until(LIMIT, || (process::pages(&data).len() == 1).then_some(()))
        .ok_or_else(|| Failure::new("the person's window outlived its display"))?;
    display.plug(true)?;
    there(&log, "person-1", 2)
}

/// Waits until the app said so often that the page of this window is there.
fn there(log: &Path, window: &str, times: usize) -> Outcome<()> {
    wait_until(LIMIT, || {
        let said = fs::read_to_string(log).unwrap_or_default();
        (count(&said, window) >= times).then_some(())
    })
    .ok_or_else(|| {
        let said = fs::read_to_string(log).unwrap_or_default();
        Failure::new(format!("the page of {window} is not there\n{said}"))
    })
}

/// How often a log says that the page of this window is there.
fn count(said: &str, window: &str) -> usize {
    let named = format!("window=\"{window}\"");
    said.lines()
        .filter(|line| line.contains("page is there") && line.contains(&named))
        .count()
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn a_page_is_counted_by_its_window() {
        let said = "INFO madoguchi_app::pages: page is there window=\"operator\"\n\
            INFO madoguchi_app::pages: page is there window=\"person-1\"\n\
            WARN something else window=\"person-1\"\n\
            INFO madoguchi_app::pages: page is there window=\"person-1\"\n";
        assert_eq!(count(said, "operator"), 1);
        assert_eq!(count(said, "person-1"), 2);
        assert_eq!(count(said, "person-2"), 0);
    }
}
