//! Keys and gestures that lead out of a browser, a window or a desktop: none of them leads out of a kiosk. Swipes and
//! pinches of several fingers, USB storage, the power button and the keys of a real console are not here, for they
//! cannot be made on a virtual display.

use workplace::Outcome;

use crate::checks::Checks;
use crate::counter::{Counter, TO_THE_HEADING};

/// Names of keys as xdotool takes them, apart by spaces.
const KEYS: [&str; 11] = [
    "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 shift+F5 shift+F7 shift+F10 ctrl+F4 ctrl+F5 ctrl+F11 ctrl+plus",
    "ctrl+b ctrl+d ctrl+e ctrl+f ctrl+g ctrl+h ctrl+i ctrl+j ctrl+k ctrl+l ctrl+m ctrl+n ctrl+o ctrl+p ctrl+q ctrl+r",
    "ctrl+s ctrl+t ctrl+u ctrl+w ctrl+y ctrl+z ctrl+minus ctrl+1 ctrl+Tab ctrl+shift+Tab ctrl+Escape",
    "ctrl+shift+c ctrl+shift+d ctrl+shift+i ctrl+shift+j ctrl+shift+k ctrl+shift+m ctrl+shift+n ctrl+shift+o",
    "ctrl+shift+p ctrl+shift+r ctrl+shift+t ctrl+shift+w ctrl+shift+Delete ctrl+shift+Escape ctrl+Page_Up",
    "alt+Tab alt+shift+Tab alt+Escape alt+space alt+Left alt+Right alt+Home alt+d alt+f alt+F1 alt+F2 alt+F7 alt+F8",
    "super super+d super+e super+l super+r super+x super+q super+w super+h super+m super+p super+comma super+space",
    "super+Tab ctrl+0 super+ctrl+d super+alt+Escape super+1 Print alt+Print shift+Print Menu Escape BackSpace shift+BackSpace",
    "ctrl+alt+F1 ctrl+alt+F2 ctrl+alt+F3 ctrl+alt+F4 ctrl+alt+F5 ctrl+alt+F6 ctrl+alt+F7 ctrl+alt+F8 ctrl+alt+F12",
    "ctrl+alt+BackSpace ctrl+alt+Delete ctrl+alt+t ctrl+alt+l alt+Sys_Req",
    "XF86Back XF86Forward XF86Reload XF86HomePage XF86WWW XF86Mail XF86Search XF86Favorites XF86Explorer XF86Sleep",
];

/// What is done with several keys or the pointer: its name, and how xdotool does it at the place of the pointer.
const GESTURES: [(&str, &str); 16] = [
    ("shift five times", "key shift shift shift shift shift"),
    (
        "the right shift for long",
        "keydown Shift_R sleep 1 keyup Shift_R",
    ),
    ("a click with the right button", "click 3"),
    ("a click with the middle button", "click 2"),
    ("the back button of the mouse", "click 8"),
    ("the forward button of the mouse", "click 9"),
    ("a click with ctrl", "keydown ctrl click 1 keyup ctrl"),
    ("a click with shift", "keydown shift click 1 keyup shift"),
    ("a click with alt", "keydown alt click 1 keyup alt"),
    (
        "a drag with alt",
        "keydown alt mousedown 1 mousemove_relative 90 90 mouseup 1 keyup alt",
    ),
    ("a click with super", "keydown super click 1 keyup super"),
    (
        "the wheel with ctrl",
        "keydown ctrl click 4 click 4 keyup ctrl",
    ),
    ("the wheel sideways", "click 6 click 6 click 7 click 7"),
    ("a long press", "mousedown 1 sleep 0.8 mouseup 1"),
    (
        "a drag of words",
        "mousedown 1 mousemove_relative 200 90 sleep 0.1 mousemove_relative 90 90 mouseup 1",
    ),
    (
        "a double and a threefold click",
        "click --repeat 2 1 click --repeat 3 1",
    ),
];

/// So many are tried before it is looked whether anything is another.
const AT_ONCE: usize = 16;

/// A letter whose font came late and another shape of the pointer are smaller than anything a key could open, and
/// what is zoomed or scrolled is larger. In pixels.
const SMALL: usize = 2000;

/// What must be the same after a key as before it.
struct Kiosk {
    windows: Vec<String>,
    focus: String,
    pages: usize,
    others: Vec<String>,
    picture: Vec<u8>,
}

/// Tries them all on the screen that is in sight, which must have a heading and no caret.
pub(crate) fn led_nowhere(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    let keys = KEYS.iter().flat_map(|line| line.split_whitespace());
    let keys = keys.map(|key| (key, format!("key {key}")));
    let gestures = GESTURES.map(|(name, does)| (name, does.to_owned()));
    let all: Vec<_> = keys.chain(gestures).collect();
    let before = kiosk(counter)?;
    let events = counter.events().len();
    for some in all.chunks(AT_ONCE) {
        for (_, does) in some {
            // Each begins at the heading: what one of them gave the keyboard to is not for the next to press.
            let does = does.split_whitespace();
            let does: Vec<_> = TO_THE_HEADING.into_iter().chain(does).collect();
            counter.xdotool(&does)?;
        }
        let after = kiosk(counter)?;
        let names: Vec<_> = some.iter().map(|(name, _)| *name).collect();
        let complaints = difference(&before, &after);
        if !complaints.is_empty() {
            counter.keep(&format!("after {}", some[0].0));
        }
        // One check for each of them, though they were looked at together.
        for name in &names {
            let name = format!("{name} leads nowhere");
            let among = |what: &&str| format!("{what} after one of {}", names.join(", "));
            checks.check(&name, &complaints.iter().map(among).collect::<Vec<_>>());
        }
    }
    checks.equal(
        "no key did anything that is recorded",
        counter.events().len(),
        events,
    );
    Ok(())
}

fn kiosk(counter: &Counter) -> Outcome<Kiosk> {
    counter.heading()?;
    // A page that is a little too long may be scrolled by some of them.
    counter.xdotool(&["click", "--repeat", "4", "4"])?;
    let picture = counter.still()?;
    let family = counter.family()?;
    Ok(Kiosk {
        windows: counter.windows()?,
        focus: counter.xdotool(&["getwindowfocus"])?,
        pages: family.pages.len(),
        others: family.others,
        picture,
    })
}

fn difference(before: &Kiosk, after: &Kiosk) -> Vec<&'static str> {
    let mut all = Vec::new();
    let mut differs = |same: bool, what: &'static str| {
        if !same {
            all.push(what);
        }
    };
    differs(before.windows == after.windows, "other windows");
    differs(before.focus == after.focus, "the keyboard is elsewhere");
    differs(before.pages == after.pages, "another number of pages");
    differs(before.others == after.others, "another program runs");
    differs(
        pixels_apart(&before.picture, &after.picture) <= SMALL,
        "another picture",
    );
    all
}

/// How many pixels of two pictures of one display differ.
pub(crate) fn pixels_apart(one: &[u8], other: &[u8]) -> usize {
    let (one, other) = (one.chunks(4), other.chunks(4));
    one.zip(other).filter(|(one, other)| one != other).count()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{GESTURES, KEYS, pixels_apart};

    #[test]
    fn pictures_are_compared_by_their_pixels() {
        let one = [7; 40];
        let mut other = one;
        other[0] = 8;
        other[1] = 8;
        other[39] = 8;
        assert_eq!(pixels_apart(&one, &one), 0);
        assert_eq!(pixels_apart(&one, &other), 2);
    }

    #[test]
    fn there_are_at_least_ninety_and_none_twice() {
        let keys: Vec<_> = KEYS
            .iter()
            .flat_map(|line| line.split_whitespace())
            .collect();
        let names = keys.iter().copied().chain(GESTURES.map(|(name, _)| name));
        let different: BTreeSet<_> = names.collect();
        assert!(different.len() >= 90, "{}", different.len());
        assert_eq!(different.len(), keys.len() + GESTURES.len());
    }
}
