//! What the desktop keeps of a visit: nothing can be selected but what is typed, and no selection outlives its visit.

use workplace::Outcome;

use crate::beside::wait_until;
use crate::checks::Checks;
use crate::counter::{Counter, LIMIT};
use crate::keys::pixels_apart;

const SELECTIONS: [&str; 2] = ["primary", "clipboard"];
const TYPED: &str = "planted";
/// In the field on the screen where somebody is looked for.
const FIELD: (&str, &str) = ("200", "423");
/// A way over words: where it begins, and how far it goes from there.
pub(crate) type Over = ((u32, u32), (u32, u32));
/// Where words stand on the screen of a person who was found, on both sides.
pub(crate) const OF_A_PERSON: [Over; 2] = [((60, 190), (300, 200)), ((700, 190), (300, 200))];
/// From the first character of the pass in sight to its last one.
pub(crate) const OF_THE_PASS: [Over; 1] = [((733, 425), (462, 6))];

/// With words on the screen: select all, copy, cut, clicks and drags over them take nothing.
pub(crate) fn nothing_to_take(
    counter: &Counter,
    what: &str,
    words: &[Over],
    checks: &mut Checks,
) -> Outcome<()> {
    counter.heading()?;
    let mut tried = vec![["key", "ctrl+a", "ctrl+c"].map(str::to_owned).to_vec()];
    for over in words {
        tried.extend(ways_over(*over));
    }
    for tries in tried {
        let tries: Vec<&str> = tries.iter().map(String::as_str).collect();
        for which in SELECTIONS {
            counter.offer(which, "control")?;
        }
        counter.xdotool(&tries)?;
        counter.still()?;
        for which in SELECTIONS {
            let tries = tries.join(" ");
            let name = format!("nothing of {what} goes into {which}: {tries}");
            checks.equal(&name, counter.selection(which).as_str(), "control");
        }
    }
    Ok(())
}

/// Two and three clicks, a drag, and a click with Shift held.
fn ways_over(((x, y), (right, down)): Over) -> [Vec<String>; 4] {
    let there = format!("mousemove {x} {y}");
    let on = format!("mousemove_relative {right} {down}");
    [
        format!("{there} click --repeat 2 1"),
        format!("{there} click --repeat 3 1"),
        format!("{there} mousedown 1 {on} sleep 0.2 mouseup 1 key ctrl+c ctrl+x"),
        format!("{there} click 1 {on} keydown shift click 1 keyup shift key ctrl+c ctrl+Insert"),
    ]
    .map(|way| way.split(' ').map(str::to_owned).collect())
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

/// Typing changes the shape of the pointer, which is less than a letter for the words that stand in an empty field.
const POINTER: usize = 600;

/// Keys that let somebody choose, look up or insert in a field of GTK's, with the caret in one of ours.
const IN_A_FIELD: [&str; 6] = [
    "ctrl+period",
    "ctrl+semicolon",
    "shift+F10",
    "Menu",
    "F1",
    "ctrl+F1",
];

/// With the caret in a field no key opens anything.
pub(crate) fn nothing_opens(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    counter.xdotool(&["mousemove", FIELD.0, FIELD.1, "click", "1"])?;
    let before = counter.still()?;
    for key in IN_A_FIELD {
        counter.press(&[key])?;
        let same = pixels_apart(&counter.still()?, &before) <= POINTER;
        if !same {
            counter.keep(key);
            counter.press(&["Escape"])?;
        }
        checks.hold(
            &format!("{key} opens nothing in a field"),
            same,
            "the picture is another",
        );
    }
    Ok(())
}

/// The next person's middle click pastes nothing, whoever has the selection.
pub(crate) fn middle_button(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    counter.offer("primary", "pasted")?;
    counter.xdotool(&["mousemove", FIELD.0, FIELD.1])?;
    // Pointer, caret and ring are as after any click, so that only what is pasted makes another picture.
    counter.xdotool(&["click", "1"])?;
    let empty = counter.still()?;
    // Elsewhere than in the field nothing would be pasted anyway.
    counter.text("x")?;
    let typed = pixels_apart(&counter.still()?, &empty) > POINTER;
    checks.hold("the click stands in the field", typed, "nothing was typed");
    counter.press(&["BackSpace"])?;
    let before = counter.still()?;
    counter.xdotool(&["click", "2"])?;
    let same = pixels_apart(&counter.still()?, &before) <= POINTER;
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
