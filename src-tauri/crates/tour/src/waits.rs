//! A visit by telephone waits for the call back while the app as it is shipped is killed and started anew, with a real
//! credential store: what no test of a part can show (S20, N28).

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use workplace::{Outcome, Place};

use crate::checks::Checks;
use crate::control::Control;
use crate::counter::{Counter, Opening};
use crate::plain::Rights;
use crate::session::Session;
use crate::vault::Vault;

const CALLER: &str = "mika.machiai";
const NAME: &str = "待合 美香";
const MOBILE: &str = "090-0000-4321";
/// The file, and how its key is called in the store.
const FILE: &str = "waiting.sealed";
const KEY: &str = "sealed-";
/// Beside the list of visits: the button that puts one aside, and a click on the heading, when somebody is found.
const PUT_ASIDE: [&str; 5] = ["mousemove", "43", "117", "click", "1"];
const HEADING: [&str; 5] = ["mousemove", "1000", "163", "click", "1"];

pub(crate) fn run(place: &Place, checks: &mut Checks) -> Outcome<()> {
    let opening = Opening {
        kiosk: false,
        rights: Rights::Plain,
        session: Session::WithStore,
        input_method: false,
        neighbour: false,
        variables: &[],
    };
    let mut counter = Counter::opened(place, &opening)?;
    let caller = json!({
        "upn": format!("{CALLER}@cablechan.biz"), "display_name": NAME, "mobile_phone": MOBILE,
    });
    Control(&counter.info.control).add("users", &caller)?;
    counter.sign_in()?;
    is_put_aside(&counter)?;
    kept(&counter, checks)?;
    counter.is_started_anew()?;
    counter.signs_in(2)?;
    still_kept(&counter, checks)?;
    goes_on(&counter)?;
    gone(&counter, checks)
}

/// Somebody calls, is found, and is to be called back.
fn is_put_aside(counter: &Counter) -> Outcome<()> {
    let home = counter.still()?;
    // From the heading: a visit at the counter, one by telephone.
    counter.press(&["Tab", "Tab", "Return"])?;
    counter.recorded("visit_started", 1)?;
    counter.another(&home)?;
    counter.find(CALLER)?;
    counter.xdotool(&HEADING)?;
    let found = counter.still()?;
    counter.press(&["Tab", "Return"])?;
    counter.recorded("person_chosen", 1)?;
    let asked = counter.another(&found)?;
    counter.keep("caller");
    counter.xdotool(&PUT_ASIDE)?;
    counter.another(&asked).map(drop)
}

/// The file is there and says nothing, and its key is in the store.
fn kept(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    counter.recorded("visit_kept", 1)?;
    counter.until("the file", |counter| file(counter).exists())?;
    let sealed = fs::read(file(counter))?;
    for held in [NAME, CALLER, MOBILE] {
        let said = sealed
            .windows(held.len())
            .any(|part| part == held.as_bytes());
        checks.hold("what waits is sealed", !said, held);
    }
    checks.equal("its key is in the credential store", keys(counter)?, 1);
    Ok(())
}

/// After the kill the file is what it was, and home offers to go on.
fn still_kept(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    let there = (file(counter).exists(), keys(counter)?);
    checks.equal("what waits outlives a kill", there, (true, 1));
    counter.keep("kept");
    Ok(())
}

/// With the visit the file goes, and its key.
fn goes_on(counter: &Counter) -> Outcome<()> {
    let home = counter.still()?;
    // From the heading: a visit at the counter, one by telephone, the one that waits.
    counter.press(&["Tab", "Tab", "Tab", "Return"])?;
    counter.recorded("visit_taken_up", 1)?;
    counter.another(&home).map(drop)
}

fn gone(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    let none = |counter: &Counter| {
        let keys = keys(counter).is_ok_and(|keys| keys == 0);
        keys && !file(counter).exists()
    };
    let gone = counter.until("that file and key are gone", none);
    let name = "a visit that goes on takes its file and key along";
    checks.hold(name, gone.is_ok(), "one of them is there");
    counter.keep("taken up");
    Ok(())
}

fn file(counter: &Counter) -> PathBuf {
    counter.data.join(FILE)
}

/// How many keys of such files the store holds.
fn keys(counter: &Counter) -> Outcome<usize> {
    let names = counter
        .vault
        .as_ref()
        .map_or(Ok(Vec::new()), Vault::names)?;
    Ok(names.iter().filter(|name| name.starts_with(KEY)).count())
}
