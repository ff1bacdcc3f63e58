//! What the desktop keeps of a visit: nothing can be selected but what is typed, and no selection outlives its visit.

use workplace::Outcome;

use crate::beside::wait_until;
use crate::checks::Checks;
use crate::counter::{Counter, LIMIT};

const SELECTIONS: [&str; 2] = ["primary", "clipboard"];
const TYPED: &str = "planted";
/// In the field on the screen where somebody is looked for.
const FIELD: (&str, &str) = ("200", "423");
/// Where words stand on the screen of a person who was found, on both sides.
const WORDS: [(&str, &str); 2] = [("60", "190"), ("700", "190")];

/// With a person on the screen: select all, copy, cut, clicks and drags over the words take nothing.
pub(crate) fn nothing_to_take(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    counter.heading()?;
    let mut tried: Vec<Vec<&str>> = vec![vec!["key", "ctrl+a", "ctrl+c"]];
    for (x, y) in WORDS {
        tried.push(vec!["mousemove", x, y, "click", "--repeat", "2", "1"]);
        tried.push(vec!["mousemove", x, y, "click", "--repeat", "3", "1"]);
        tried.push(vec![
            "mousemove",
            x,
            y,
            "mousedown",
            "1",
            "mousemove_relative",
            "400",
            "200",
            "sleep",
            "0.2",
            "mouseup",
            "1",
            "key",
            "ctrl+c",
            "ctrl+x",
        ]);
        tried.push(vec![
            "mousemove",
            x,
            y,
            "click",
            "1",
            "mousemove_relative",
            "300",
            "200",
            "keydown",
            "shift",
            "click",
            "1",
            "keyup",
            "shift",
            "key",
            "ctrl+c",
            "ctrl+Insert",
        ]);
    }
    for tries in tried {
        for which in SELECTIONS {
            counter.offer(which, "control")?;
        }
        counter.xdotool(&tries)?;
        counter.still()?;
        for which in SELECTIONS {
            let name = format!(
                "nothing on the screen goes into {which}: {}",
                tries.join(" ")
            );
            checks.equal(&name, counter.selection(which).as_str(), "control");
        }
    }
    Ok(())
}

/// With the keyboard in a field: what is typed can be copied, and is the app's.
pub(crate) fn copied(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    counter.text(TYPED)?;
    counter.press(&["ctrl+a", "ctrl+c"])?;
    for which in SELECTIONS {
        let name = format!("what is typed can be pasted from {which} while it stands there");
        let there = wait_until(LIMIT, || (counter.selection(which) == TYPED).then_some(()));
        checks.hold(&name, there.is_some(), &counter.selection(which));
    }
    Ok(())
}

/// After that visit nobody can paste it.
pub(crate) fn gone(counter: &Counter, checks: &mut Checks) {
    for which in SELECTIONS {
        let left = counter.selection(which);
        checks.equal(
            &format!("{which} is empty after a visit"),
            left.as_str(),
            "",
        );
    }
}

/// The next person's middle click pastes nothing, whoever has the selection.
pub(crate) fn middle_button(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    counter.offer("primary", "pasted")?;
    counter.xdotool(&["mousemove", FIELD.0, FIELD.1])?;
    // Pointer, caret and ring are as after any click, so that only what is pasted makes another picture.
    counter.xdotool(&["click", "1"])?;
    let before = counter.still()?;
    counter.xdotool(&["click", "2"])?;
    let same = counter.still()? == before;
    if !same {
        counter.keep("middle button");
    }
    checks.hold(
        "a middle click pastes nothing",
        same,
        "the picture is another",
    );
    Ok(())
}
