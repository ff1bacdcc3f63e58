//! Looking for values that were given: in a stopped process's memory, which is what a core would hold, and in files.

use std::error::Error;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::process::{Child, Command};

use super::site::Site;
use crate::report::line;

/// What a value is looked for by; a piece of it would be found the same.
const PIECE: usize = 24;
/// More of one mapping is not read: it is reserved, not used.
const LARGEST: u64 = 256 * 1024 * 1024;

/// How many of the values given so far are found in the process, which is stopped for it. The one that is being given,
/// and the last that was, may still be on their way.
pub(super) fn values_in(child: &Child, site: &Site) -> Result<usize, Box<dyn Error>> {
    let id = child.id().to_string();
    let earlier = values(site);
    signal("-STOP", &id)?;
    let Some(memory) = memory_of(&id) else {
        line("the process is gone, or its memory may not be read: nothing is counted");
        return Ok(0);
    };
    // What is there for certain is found: else the look says nothing.
    let control = site.client().as_bytes();
    if !memory.is_empty() && count(&memory, &[control.to_vec()]) == 0 {
        line("the client ID is not found yet: the process had just begun");
    }
    let found = count(&memory, &earlier);
    Ok(found)
}

/// How many are found in what the job wrote.
pub(super) fn values_in_files(site: &Site) -> Result<usize, Box<dyn Error>> {
    let given = values(site);
    let mut found = 0;
    for entry in fs::read_dir(site.folder.path().join("job"))? {
        let path = entry?.path();
        if path.is_file() {
            found += count(&fs::read(path)?, &given);
        }
    }
    Ok(found)
}

fn values(site: &Site) -> Vec<Vec<u8>> {
    let seen = site.seen();
    let all = seen.values().flatten();
    all.map(|value| value.as_bytes()[..PIECE.min(value.len())].to_vec())
        .collect()
}

fn signal(which: &str, id: &str) -> Result<(), Box<dyn Error>> {
    Command::new("kill").args([which, id]).status()?;
    Ok(())
}

fn memory_of(id: &str) -> Option<Vec<u8>> {
    let maps = fs::read_to_string(format!("/proc/{id}/maps")).ok()?;
    let mut memory = File::open(format!("/proc/{id}/mem")).ok()?;
    let mut all = Vec::new();
    for map in maps.lines().filter(|map| map.contains(" rw")) {
        let (from, to) = map.split(' ').next()?.split_once('-')?;
        let (from, to) = (
            u64::from_str_radix(from, 16).ok()?,
            u64::from_str_radix(to, 16).ok()?,
        );
        if to - from > LARGEST || memory.seek(SeekFrom::Start(from)).is_err() {
            continue;
        }
        let mut part = Vec::new();
        // A hole ends it, and what came before counts.
        let _ = Read::by_ref(&mut memory)
            .take(to - from)
            .read_to_end(&mut part);
        all.extend(part);
    }
    Some(all)
}

fn count(text: &[u8], wanted: &[Vec<u8>]) -> usize {
    let wanted: std::collections::HashSet<&[u8]> = wanted.iter().map(Vec::as_slice).collect();
    let mut found = std::collections::HashSet::new();
    let lengths: std::collections::BTreeSet<usize> = wanted.iter().map(|one| one.len()).collect();
    for length in lengths.into_iter().filter(|length| *length > 0) {
        for window in text.windows(length) {
            if wanted.contains(window) {
                found.insert(window.to_vec());
            }
        }
    }
    found.len()
}
