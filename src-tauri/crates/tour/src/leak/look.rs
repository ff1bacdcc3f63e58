//! One look at everything the app leaves, and the controls without which it says nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use workplace::{Failure, Outcome, on_path};

use super::encodings::{Needle, forms};
use super::memory;
use super::search::{Found, Needles};
use crate::beside::wait_until;
use crate::counter::Counter;

/// What was found: what, in which form, where, how often.
pub(super) type Hits = Vec<(Needle, String, usize)>;

const SOON: Duration = Duration::from_secs(5);

/// Programs of the run that lie beside what the app writes.
const PROGRAMS: [&str; 3] = ["browser", "madoguchi", "madoguchictl"];

const SELECTIONS: [&str; 3] = ["primary", "clipboard", "secondary"];

/// Looks everywhere.
pub(super) fn everywhere(counter: &Counter, needles: Vec<Needle>) -> Outcome<Hits> {
    let needles = Needles::new(needles);
    let mut hits = Hits::new();
    for (id, name) in counter.family()?.all {
        let mut found = Found::new();
        let mut started = Found::new();
        let looked = memory::look(id, &needles, &mut found)
            .and_then(|_| memory::started_with(id, &needles, &mut started));
        // A page's process may end while it is looked at: it holds nothing any more.
        if looked.is_err() && has_ended(id) {
            continue;
        }
        looked?;
        add(&mut hits, &needles, found, &format!("memory of {name}"));
        add(&mut hits, &needles, started, &format!("start of {name}"));
    }
    files(counter.folder(), &needles, &mut hits)?;
    for selection in SELECTIONS {
        let text = counter.selection(selection);
        let mut found = Found::new();
        needles.count(text.as_bytes(), text.len(), &mut found);
        add(&mut hits, &needles, found, selection);
    }
    Ok(hits)
}

/// Gone, or a zombie that has no memory.
fn has_ended(id: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"));
    stat.map_or(true, |stat| {
        stat.rsplit(')')
            .next()
            .is_some_and(|rest| rest.starts_with(" Z"))
    })
}

/// Files of every kind below a folder: record, caches, messages, what went over the bus.
fn files(folder: &Path, needles: &Needles, hits: &mut Hits) -> Outcome<()> {
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        // Folders and files may go while they are looked at.
        let Ok(entries) = fs::read_dir(&next) else {
            continue;
        };
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let Ok(metadata) = path.symlink_metadata() else {
                continue;
            };
            if metadata.is_dir() {
                folders.push(path);
            } else if metadata.is_file() && !PROGRAMS.contains(&name.as_ref()) {
                let mut found = Found::new();
                if let Ok(file) = fs::File::open(&path) {
                    needles.read(file, &mut found);
                }
                add(hits, needles, found, &format!("file {name}"));
            }
        }
    }
    Ok(())
}

fn add(hits: &mut Hits, needles: &Needles, found: Found, place: &str) {
    let all = found.into_iter();
    hits.extend(
        all.map(|(number, times)| (needles.needle(number).clone(), place.to_owned(), times)),
    );
}

/// Plants a control in each place but the app's memory, in a form of each place's own; what is not found is told.
pub(super) fn controls(counter: &Counter) -> Outcome<Vec<String>> {
    const CONTROL: &str = "planted+control/of=the scan";
    let mut missed = Vec::new();
    let all = forms("control", CONTROL);
    let form = |name: &str| {
        let found = all.iter().find(|needle| needle.form == name);
        found.map(|needle| needle.bytes.clone()).unwrap_or_default()
    };
    let file = counter.folder().join("data").join("control");
    fs::write(
        &file,
        [&b"some words "[..], &form("base64, second"), b" more"].concat(),
    )?;
    let in_percent = String::from_utf8_lossy(&form("percent")).into_owned();
    for selection in SELECTIONS {
        counter.offer(selection, &in_percent)?;
    }
    if let Some(bus) = &counter.bus {
        bus.say(&in_percent)?;
    }
    let mut places = vec!["file control"];
    places.extend(SELECTIONS);
    places.extend(counter.bus.as_ref().map(|_| "file bus.log"));
    // Who listens on the bus may be a moment late.
    let mut unseen = places.clone();
    let looked = wait_until(SOON, || match everywhere(counter, all.clone()) {
        Ok(seen) => {
            unseen.retain(|place| !seen.iter().any(|(_, seen, _)| seen == place));
            unseen.is_empty().then_some(Ok(()))
        }
        Err(error) => Some(Err(error)),
    });
    looked.transpose()?;
    fs::remove_file(file)?;
    for selection in SELECTIONS {
        counter.offer(selection, "nothing")?;
    }
    missed.extend(
        unseen
            .iter()
            .map(|place| format!("the control in {place} was not found")),
    );
    let mut sleeper = Command::new("sleep")
        .arg("60")
        .env("CONTROL", CONTROL)
        .stdin(Stdio::null())
        .spawn()?;
    // A program that was just started may not have its environment yet.
    let needles = Needles::new(all);
    let mut found = Found::new();
    let looked = wait_until(SOON, || {
        let looked = memory::started_with(sleeper.id(), &needles, &mut found);
        (looked.is_err() || !found.is_empty()).then_some(looked)
    });
    sleeper.kill()?;
    sleeper.wait()?;
    looked.transpose()?;
    if found.is_empty() {
        missed.push("the control in an environment was not found".to_owned());
    }
    Ok(missed)
}

/// Whether the programs that a look needs are here.
pub(super) fn able() -> Outcome<()> {
    for program in ["xdotool", "xclip", "setpriv"] {
        if !on_path(program) {
            return Err(Failure::new(format!(
                "{program} is missing; run cargo xtask setup"
            )));
        }
    }
    Ok(())
}
