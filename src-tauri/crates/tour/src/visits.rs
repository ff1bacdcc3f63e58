//! `cargo xtask windows --visits N`: people are served one after the other with the app as it is shipped. What the last
//! one leaves behind is what an early one left; nothing can be taken along or pasted, of a pass in sight neither; nothing
//! but the operator closes the kiosk; no key leads out of it; what dies or hangs is blank.

use std::fs;
use std::path::Path;
use std::time::Duration;

use workplace::{Outcome, Place, say};

use crate::beside::wait_until;
use crate::checks::Checks;
use crate::counter::Counter;
use crate::{closing, in_sight, keys, selections, surroundings, waits};

/// The visit in which something is copied.
const COPIED: usize = 2;
/// The visit after which what stands there is taken for what stays, in a run long enough for that.
const SETTLED: usize = 10;
/// How long figures may take to come to rest: threads and memory are given back a moment later.
const REST: Duration = Duration::from_secs(20);
/// How long the lowest figures are looked for.
const LOWEST: Duration = Duration::from_secs(3);
const GROWTH_KIB: u64 = 5 * 1024;
const NETWORKS: usize = 2;

/// What stands where after a visit; nothing where another user's may not be counted.
#[derive(Clone, Copy, Debug, Default)]
struct Left {
    descriptors: Option<usize>,
    threads: Option<usize>,
    /// Processes that shut pages in.
    sandbox: usize,
    memory_kib: Option<u64>,
}

/// Serves so many people and says what held.
pub(crate) fn run(place: &Place, visits: usize) -> Outcome<Checks> {
    let mut checks = Checks::default();
    let counter = Counter::open(place, true)?;
    closing::refused(&counter, "signed out", &mut checks)?;
    counter.sign_in()?;
    closing::refused(&counter, "signed in", &mut checks)?;
    surroundings::shut_in(&counter, &mut checks)?;
    let settled = SETTLED.min(visits.div_ceil(2));
    let mut early = Left::default();
    for number in 1..=visits {
        visit(&counter, number, visits, &mut checks)?;
        if number == settled {
            early = lowest(&counter)?;
        }
    }
    let late = rested(&counter, early)?;
    flat(&mut checks, (settled, early), (visits, late));
    let names = [counter.info.person("plain", 0)?.everyday_name(), "見本"];
    checks.check(
        "nothing of a visit lies in the pages' folder",
        &planted(&counter.data.join("pages"), &names),
    );
    let emptied = counter.times("the pages' storage is empty");
    checks.equal("the engine forgot after each visit", emptied, visits);
    closing::by_the_operator(counter, &mut checks)?;
    closing::by_its_window(place, &mut checks)?;
    closing::by_the_system(place, &mut checks)?;
    in_sight::run(place, &mut checks)?;
    surroundings::without_namespaces(place, &mut checks)?;
    surroundings::by_an_input_method(place, &mut checks)?;
    waits::run(place, &mut checks)?;
    Ok(checks)
}

/// One visit: somebody is looked for and found, and then goes again. In the first and the last one more is tried.
fn visit(counter: &Counter, number: usize, visits: usize, checks: &mut Checks) -> Outcome<()> {
    let name = counter.info.person("plain", 0)?.everyday_name();
    let home = counter.still()?;
    counter.press(&["Tab", "Return"])?;
    counter.recorded("visit_started", number)?;
    counter.another(&home)?;
    if number == visits {
        selections::middle_button(counter, checks)?;
        selections::nothing_opens(counter, checks)?;
    }
    if number == COPIED {
        selections::copied(counter, checks)?;
    }
    counter.find(name)?;
    if number == 1 {
        keys::led_nowhere(counter, checks)?;
        let words = &selections::OF_A_PERSON;
        selections::nothing_to_take(counter, "a person", words, checks)?;
        closing::refused(counter, "in a visit", checks)?;
    }
    // From the heading: the yes, another search, the end of the visit. It asks, and the safe choice has the keyboard.
    counter.heading()?;
    counter.press(&["Tab", "Tab", "Tab", "Return"])?;
    counter.still()?;
    counter.press(&["Tab", "Return"])?;
    counter.recorded("visit_ended", number)?;
    counter.page(&format!("operator-{number}"))?;
    if number == COPIED {
        selections::gone(counter, checks);
    }
    let family = counter.family()?;
    checks.equal("one page process after a visit", family.pages.len(), 1);
    let networks = family.networks.len();
    let words = format!("{networks} after visit {number}");
    checks.hold(
        "no network process is left over",
        networks <= NETWORKS,
        &words,
    );
    Ok(())
}

fn look(counter: &Counter) -> Outcome<Left> {
    let family = counter.family()?;
    Ok(Left {
        descriptors: family.descriptors(),
        threads: family.threads(),
        sandbox: family.sandbox,
        memory_kib: family.memory_kib(),
    })
}

/// The lowest figures of some seconds.
fn lowest(counter: &Counter) -> Outcome<Left> {
    let mut low = look(counter)?;
    wait_until(LOWEST, || {
        let now = look(counter).ok()?;
        low = Left {
            descriptors: low.descriptors.min(now.descriptors),
            threads: low.threads.min(now.threads),
            sandbox: low.sandbox.min(now.sandbox),
            memory_kib: low.memory_kib.min(now.memory_kib),
        };
        None::<()>
    });
    Ok(low)
}

/// The figures once none is above the early ones, or what they are when that does not come.
fn rested(counter: &Counter, early: Left) -> Outcome<Left> {
    wait_until(REST, || {
        let now = look(counter).ok()?;
        let rest = now.descriptors <= early.descriptors
            && now.threads <= early.threads
            && now.sandbox <= early.sandbox
            && grown(early, now) <= GROWTH_KIB;
        rest.then_some(())
    });
    look(counter)
}

fn grown(early: Left, late: Left) -> u64 {
    let of = |left: Left| left.memory_kib.unwrap_or_default();
    of(late).saturating_sub(of(early))
}

fn flat(checks: &mut Checks, (settled, early): (usize, Left), (visits, late): (usize, Left)) {
    say!("  after visit {settled}: {early:?}");
    say!("  after visit {visits}: {late:?}");
    for (name, early, late) in [
        ("descriptors", early.descriptors, late.descriptors),
        ("threads", early.threads, late.threads),
        (
            "the pages' sandboxes",
            Some(early.sandbox),
            Some(late.sandbox),
        ),
    ] {
        let (Some(early), Some(late)) = (early, late) else {
            checks.not_run_here(&format!("{name} of another user's process"));
            continue;
        };
        let words = format!("{early} after visit {settled}, {late} after visit {visits}");
        checks.hold(&format!("{name} do not grow"), late <= early, &words);
    }
    if early.memory_kib.is_none() || late.memory_kib.is_none() {
        return checks.not_run_here("memory of another user's process");
    }
    let grown = grown(early, late);
    let words = format!("{grown} KiB from visit {settled} to visit {visits}");
    // Before that the app has not yet taken what it will keep.
    if settled == SETTLED {
        checks.hold("memory does not grow", grown <= GROWTH_KIB, &words);
    } else {
        say!("  memory: {words}");
    }
}

/// The files below a folder in which one of these words stands, in either of WebKit's encodings.
fn planted(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).unwrap_or_default();
            let in_it = |word: &&&str| {
                let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
                holds(&bytes, word.as_bytes()) || holds(&bytes, &wide)
            };
            let words = words.iter().filter(in_it);
            found.extend(words.map(|word| format!("{word} in {}", path.display())));
        }
    }
    found
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_name_is_found_in_either_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("storage");
        fs::create_dir(&below).unwrap();
        fs::write(below.join("narrow"), "…見本 花子…").unwrap();
        let wide: Vec<u8> = "xu1x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(below.join("wide"), wide).unwrap();
        assert_eq!(planted(folder.path(), &["見本", "u1"]).len(), 2);
        assert!(planted(folder.path(), &["u2"]).is_empty());
    }

    #[test]
    fn memory_that_cannot_be_read_has_not_grown() {
        let of = |memory_kib| Left {
            memory_kib,
            ..Left::default()
        };
        assert_eq!(grown(of(Some(5)), of(Some(7))), 2);
        assert_eq!(grown(of(Some(7)), of(Some(5))), 0);
        assert_eq!(grown(of(None), of(None)), 0);
    }
}
