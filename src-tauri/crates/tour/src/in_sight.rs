//! With a pass in sight: nothing of it can be taken along, and when its page dies or hangs the native page takes its place.
//! The app as it is shipped, on one display. How soon is measured by `cargo xtask blank`, on two displays and as WebDriver
//! sees it: here machines are busy.

use rustix::process::Signal;
use workplace::{Failure, Outcome, Place};

use crate::beside::wait_until;
use crate::blank::{GROUND, MOST, signal};
use crate::checks::Checks;
use crate::closing;
use crate::counter::{Counter, LIMIT};
use crate::leak;
use crate::screenshot::{Area, Screenshot};
use crate::selections;

/// What is wrong where it does not.
const NOT_COVERED: &str = "the native page does not fill the display";
/// Between two characters of the pass in sight.
const PASS: (i64, i64) = (861, 425);
/// The button that shows and hides it.
const SHOW: [&str; 5] = ["mousemove", "110", "510", "click", "1"];
const DISPLAY: Area = Area {
    at: (0, 0),
    size: (1280, 800),
};

pub(crate) fn run(place: &Place, checks: &mut Checks) -> Outcome<()> {
    let mut counter = Counter::open(place, true)?;
    leak::sign_in(&counter, 1)?;
    leak::visit(&counter, counter.info.person("plain", 0)?.everyday_name())?;
    let shown = counter.seen()?;
    selections::nothing_to_take(&counter, "the pass", &selections::OF_THE_PASS, checks)?;
    let still = counter.seen()?.is_alike_at(&shown, PASS);
    checks.hold("the pass was in sight all the time", still, "it is not");
    stopped(&counter, &shown, checks)?;
    show(&counter, &shown)?;
    killed(&counter, &shown, checks)?;
    closed(&mut counter, checks)
}

/// A page that hangs is covered, and comes back as it was with the pass hidden.
fn stopped(counter: &Counter, shown: &Screenshot, checks: &mut Checks) -> Outcome<()> {
    let pages = counter.family()?.pages;
    let back = counter.times("act=Uncover");
    signal(&pages, Signal::STOP)?;
    let covered = is_covered(counter);
    signal(&pages, Signal::CONT)?;
    checks.hold("a stopped page is covered", covered, NOT_COVERED);
    counter.said_so_often("act=Uncover", back + 1)?;
    hidden(counter, shown, "the page that came back", checks)?;
    let same = counter.family()?.pages == pages;
    checks.hold("nothing was destroyed", same, "its process is another one");
    Ok(())
}

/// A page that died is covered, and a new one takes its place.
fn killed(counter: &Counter, shown: &Screenshot, checks: &mut Checks) -> Outcome<()> {
    let there = counter.times("page is there");
    signal(&counter.family()?.pages, Signal::KILL)?;
    checks.hold("a killed page is covered", is_covered(counter), NOT_COVERED);
    counter.said_so_often("page is there", there + 1)?;
    hidden(counter, shown, "the new page", checks)
}

/// Nothing speaks against closing what is dead, in the middle of a visit too. On a busy machine the keys may come when the
/// new page is there already, which cannot be closed: then once more.
fn closed(counter: &mut Counter, checks: &mut Checks) -> Outcome<()> {
    const NAME: &str = "the window of a dead page can be closed";
    let mut ended = false;
    for _ in 0..2 {
        let died = counter.times("act=Cover(Died)");
        signal(&counter.family()?.pages, Signal::KILL)?;
        counter.said_so_often("act=Cover(Died)", died + 1)?;
        counter.press(&["alt+F4"])?;
        ended = counter.ends();
        if ended {
            break;
        }
    }
    checks.hold(NAME, ended, "it still runs");
    closing::is_one_file(counter, NAME, checks);
    closing::last_is_the_sign_out(counter, NAME, checks);
    Ok(())
}

/// The native page stands in the display.
fn is_covered(counter: &Counter) -> bool {
    let covers = || (counter.seen().ok()?.share_of(GROUND, DISPLAY) >= MOST).then_some(());
    let covered = wait_until(LIMIT, covers).is_some();
    if !covered {
        counter.keep("not covered");
    }
    covered
}

fn show(counter: &Counter, shown: &Screenshot) -> Outcome<()> {
    counter.xdotool(&SHOW)?;
    let again = || {
        let now = counter.seen().ok()?;
        now.is_alike_at(shown, PASS).then_some(())
    };
    wait_until(LIMIT, again).ok_or_else(|| {
        counter.keep("not shown");
        Failure::new("the pass did not come into sight again")
    })
}

fn hidden(counter: &Counter, shown: &Screenshot, what: &str, checks: &mut Checks) -> Outcome<()> {
    counter.still()?;
    let now = counter.seen()?;
    let name = format!("{what} hides the pass");
    let hides = !now.is_alike_at(shown, PASS) && now.share_of(GROUND, DISPLAY) < MOST;
    if !hides {
        counter.keep(&name);
    }
    checks.hold(&name, hides, "the pass or the native page stands there");
    Ok(())
}
