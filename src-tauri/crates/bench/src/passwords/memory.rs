//! Looking for values that were given: in a stopped process's memory, which is what a core would hold, and in files.

use std::collections::HashSet;
use std::error::Error;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::process::Child;

use super::site::{PLANTED, Site, signal};

/// A value is looked for by all its pieces of this length: one that is left is one that is found.
const PIECE: usize = 16;
/// More of one mapping is not read: it is reserved, not used.
const LARGEST: u64 = 256 * 1024 * 1024;
/// So many values a process has given at least when its memory says anything of earlier ones.
const GAVE: usize = 3;

/// What a look found of how many values that this process itself had given; none where it had just begun.
pub(super) struct Look {
    pub(super) values: usize,
    pub(super) found: usize,
}

/// Stops the process and reads its memory. `before`: how many values others gave in this round. The last one may still
/// be on its way: its answer was given, and the process was stopped before it heard.
pub(super) fn look(
    child: &Child,
    site: &Site,
    before: usize,
) -> Result<Option<Look>, Box<dyn Error>> {
    signal("-STOP", child.id())?;
    let mut given = site.given();
    given.pop();
    let values = given.len().saturating_sub(before);
    if values < GAVE {
        return Ok(None);
    }
    let memory = memory_of(child.id()).ok_or("the memory of a stopped process cannot be read")?;
    if memory.is_empty() {
        // It had come to its end by itself.
        return Ok(None);
    }
    // One stands in its surroundings, one on its heap: a look that does not find both saw nothing.
    for control in [PLANTED, site.client()] {
        if count(&memory, &[control.to_owned()]) == 0 {
            return Err("what was planted is not found in the memory of a stopped process".into());
        }
    }
    let found = count(&memory, &given);
    Ok(Some(Look { values, found }))
}

/// How many are found in what the job wrote and said. Whoever was changed must be found in each kind of it.
pub(super) fn values_in_files(site: &Site) -> Result<usize, Box<dyn Error>> {
    let given = site.given();
    let mut found = 0;
    let people: Vec<String> = site
        .seen()
        .into_keys()
        .filter_map(|path| path.rsplit('/').next().map(str::to_owned))
        .collect();
    let mut named = 0;
    for path in site.written()? {
        let text = fs::read(path)?;
        found += count(&text, &given);
        named += usize::from(count(&text, &people) == people.len());
    }
    // The ledger, the record and what was said.
    if named < 3 {
        return Err("not everybody is found in the files: nothing was looked at".into());
    }
    Ok(found)
}

fn memory_of(id: u32) -> Option<Vec<u8>> {
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

/// Of how many a piece is there.
fn count(text: &[u8], wanted: &[String]) -> usize {
    let pieces = |one: &String| {
        let whole = one.as_bytes().chunks_exact(PIECE);
        whole.map(<[u8]>::to_vec).collect::<Vec<_>>()
    };
    let all: HashSet<Vec<u8>> = wanted.iter().flat_map(pieces).collect();
    let there: HashSet<&[u8]> = text
        .windows(PIECE)
        .filter(|window| all.contains(*window))
        .collect();
    let hit = |one: &&String| pieces(one).iter().any(|piece| there.contains(&piece[..]));
    wanted.iter().filter(hit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_value_is_a_value_that_is_found_n11() {
        let value = "0123456789abcdefGHIJKLMNOPQRSTUV+-*/".to_owned();
        let other = "another value that nobody was given!".to_owned();
        let text = b"... GHIJKLMNOPQRSTUV ...";
        assert_eq!(count(text, &[value, other.clone()]), 1);
        assert_eq!(count(text, &[other]), 0);
    }
}
