//! What ends the app as it is shipped, and what does not.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use workplace::{Failure, Outcome, Place};

use crate::beside::wait_until;
use crate::checks::Checks;
use crate::counter::Counter;

/// How often a window is told to close before it counts as never told, and how long each time has to be heard.
const TIMES: usize = 5;
const HEARD: Duration = Duration::from_secs(5);

const SIGNED_OUT: &str = "operator_signed_out";

/// A kiosk stays where it is when its window is told to close, by a key and by the window manager.
pub(crate) fn refused(counter: &Counter, when: &str, checks: &mut Checks) -> Outcome<()> {
    let name = format!("a kiosk is not closed by its window, {when}");
    let windows = counter.windows()?;
    told_to_close(counter, || counter.press(&["alt+F4"]))?;
    for window in &windows {
        told_to_close(counter, || counter.close(window))?;
    }
    counter.still()?;
    checks.equal(&name, counter.windows()?, windows);
    let out = counter
        .events()
        .iter()
        .filter(|name| *name == SIGNED_OUT)
        .count();
    checks.equal(&name, out, 0);
    Ok(())
}

/// The wish must have come: else nothing was refused. A window manager that is busy lets a key fall, so it is pressed again.
fn told_to_close(counter: &Counter, wish: impl Fn() -> Outcome<()>) -> Outcome<()> {
    let said = "the window was told to close";
    let wishes = counter.times(said);
    for _ in 0..TIMES {
        wish()?;
        if wait_until(HEARD, || (counter.times(said) > wishes).then_some(())).is_some() {
            return Ok(());
        }
    }
    counter.said_so_often(said, wishes + 1)
}

/// The operator ends the app from home, and the record says who went.
pub(crate) fn by_the_operator(mut counter: Counter, checks: &mut Checks) -> Outcome<()> {
    counter.still()?;
    // From the heading: the next visit, what the counter needs, the way out of the session, the end of the app.
    counter.press(&["Tab", "Tab", "Tab", "Tab", "Return"])?;
    let name = "the operator ends a kiosk from home";
    checks.hold(name, counter.ends(), "it still runs");
    last_is_the_sign_out(&counter, name, checks);
    Ok(())
}

/// A desk is closed by its window, and the record says who went.
pub(crate) fn by_its_window(place: &Place, checks: &mut Checks) -> Outcome<()> {
    let mut counter = Counter::open(place, false)?;
    counter.sign_in()?;
    counter.press(&["alt+F4"])?;
    let name = "a desk is closed by its window";
    checks.hold(name, counter.ends(), "it still runs");
    last_is_the_sign_out(&counter, name, checks);
    Ok(())
}

/// The system ends a kiosk in the middle of a visit, or the session of its user is closed, and the record says who was
/// signed in, all of it in one file.
pub(crate) fn by_the_system(place: &Place, checks: &mut Checks) -> Outcome<()> {
    for (how, signal) in [
        ("the system ends a kiosk at any time", Signal::TERM),
        ("a kiosk ends with its user's session", Signal::HUP),
    ] {
        let mut counter = Counter::open(place, true)?;
        counter.sign_in()?;
        counter.press(&["Tab", "Return"])?;
        counter.recorded("visit_started", 1)?;
        let app = i32::try_from(counter.family()?.app)
            .ok()
            .and_then(Pid::from_raw);
        let app = app.ok_or_else(|| Failure::new("the app has no id"))?;
        kill_process(app, signal)?;
        checks.hold(how, counter.ends(), "it still runs");
        is_one_file(&counter, how, checks);
        last_is_the_sign_out(&counter, how, checks);
    }
    Ok(())
}

/// Before anybody reads the record, which may make side files of its own. On a disk that is busy for seconds it stays, and
/// the app says so.
pub(crate) fn is_one_file(counter: &Counter, name: &str, checks: &mut Checks) {
    let side = counter.data.join("record.sqlite3-wal");
    let one = !side.exists() || counter.times("the side file stays") > 0;
    checks.hold(name, one, "the record has a side file");
}

pub(crate) fn last_is_the_sign_out(counter: &Counter, name: &str, checks: &mut Checks) {
    let last = counter.events().pop().unwrap_or_default();
    checks.equal(name, last.as_str(), SIGNED_OUT);
}
