//! The memory, environment and command line of other processes.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use workplace::{Failure, Outcome};

use super::search::{Found, Needles};

/// The kernel's list of pages is read in such pieces, and passed by in such blocks where nothing is there.
const PIECE: usize = 1 << 20;
const BLOCK: usize = 1 << 12;
/// Bytes of an entry of that list.
const ENTRY: u64 = 8;
const PAGE: u64 = 4096;
const PAGE_BYTES: usize = 4096;

/// Looks through what a process can read and no file holds. How many bytes that were.
pub(super) fn look(id: u32, needles: &Needles, found: &mut Found) -> Outcome<u64> {
    let maps = fs::read_to_string(format!("/proc/{id}/maps"))?;
    let open = |name: &str| {
        File::open(format!("/proc/{id}/{name}"))
            .map_err(|error| Failure::new(format!("{name} of {id} cannot be read: {error}")))
    };
    let process = Process {
        memory: open("mem")?,
        pages: open("pagemap")?,
    };
    let mut seen = 0;
    for region in maps.lines().filter_map(region) {
        seen += through(&process, region, needles, found);
    }
    if seen == 0 {
        return Err(Failure::new(format!(
            "the memory of {id} could not be read"
        )));
    }
    Ok(seen)
}

/// The place of a line like `7f00-7f01 rw-p 0 00:00 0 [heap]`; none where it is unreadable, or a file's unchanged text.
fn region(line: &str) -> Option<(u64, u64)> {
    let mut words = line.split_whitespace();
    let (start, end) = words.next()?.split_once('-')?;
    let rights = words.next()?;
    let inode = words.nth(2)?;
    let name = words.next().unwrap_or_default();
    let of_a_file = inode != "0" && !name.starts_with("/memfd:") && !name.starts_with("/dev/shm");
    let special = matches!(name, "[vvar]" | "[vsyscall]" | "[vvar_vclock]");
    if !rights.starts_with('r') || special || (of_a_file && !rights.contains('w')) {
        return None;
    }
    let number = |text: &str| u64::from_str_radix(text, 16).ok();
    Some((number(start)?, number(end)?))
}

/// Only pages that are there: a page's process reserves more than any machine has.
fn through(
    process: &Process,
    (start, end): (u64, u64),
    needles: &Needles,
    found: &mut Found,
) -> u64 {
    let mut run: Vec<u8> = Vec::new();
    let mut entries = vec![0; PIECE];
    let (mut at, mut seen) = (start, 0);
    while at < end {
        let wanted = usize::try_from((end - at) / PAGE * ENTRY).unwrap_or(PIECE);
        let wanted = wanted.min(PIECE);
        let Ok(read @ 8..) = process
            .pages
            .read_at(&mut entries[..wanted], at / PAGE * ENTRY)
        else {
            break;
        };
        for (number, block) in entries[..read].chunks(BLOCK).enumerate() {
            if block == &[0; BLOCK][..block.len()] {
                continue;
            }
            for (place, entry) in block.chunks_exact(8).enumerate() {
                let page = at + (number * BLOCK / 8 + place) as u64 * PAGE;
                // Present, or swapped out.
                if entry[7] & 0b1100_0000 != 0 && process.page(page, &mut run) {
                    seen += PAGE;
                } else if !run.is_empty() {
                    needles.count(&run, run.len(), found);
                    run.clear();
                }
            }
        }
        at += (read / 8) as u64 * PAGE;
    }
    needles.count(&run, run.len(), found);
    seen
}

/// What the kernel opens of a process.
struct Process {
    memory: File,
    /// Eight bytes for each page: whether it is there.
    pages: File,
}

impl Process {
    /// Adds one page to the run before it; false where it cannot be read.
    fn page(&self, at: u64, run: &mut Vec<u8>) -> bool {
        let before = run.len();
        run.resize(before + PAGE_BYTES, 0);
        let read = self.memory.read_at(&mut run[before..], at);
        if read.is_ok_and(|read| read == PAGE_BYTES) {
            return true;
        }
        run.truncate(before);
        false
    }
}

/// Looks through what a process was started with.
pub(super) fn started_with(id: u32, needles: &Needles, found: &mut Found) -> Outcome<()> {
    for name in ["environ", "cmdline"] {
        let bytes = fs::read(format!("/proc/{id}/{name}"))?;
        needles.count(&bytes, bytes.len(), found);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::encodings::forms;
    use super::*;

    #[test]
    fn only_what_no_file_holds_is_a_region() {
        let heap = "55d0c0a00000-55d0c0a21000 rw-p 00000000 00:00 0    [heap]";
        assert_eq!(region(heap), Some((0x55d0_c0a0_0000, 0x55d0_c0a2_1000)));
        let shared = "7f0000000000-7f0000001000 r--p 00000000 00:01 99 /memfd:x (deleted)";
        assert!(region(shared).is_some());
        for line in [
            "7f0000000000-7f0000001000 r-xp 00000000 08:01 99 /usr/lib/x.so",
            "7f0000000000-7f0000001000 ---p 00000000 00:00 0",
            "7ffd00000000-7ffd00004000 r--p 00000000 00:00 0 [vvar]",
            "",
        ] {
            assert_eq!(region(line), None, "{line}");
        }
    }

    /// The control of the scan: what this process holds is found, in whatever form.
    #[test]
    fn what_a_process_holds_is_found() {
        let turned: Vec<u8> = b"planted+in/a=process"
            .iter()
            .map(|byte| byte + 1)
            .collect();
        let secret = || {
            let bytes = turned.iter().map(|byte| byte - 1).collect();
            String::from_utf8(bytes).unwrap()
        };
        let needles = Needles::new(forms("control", &secret()));
        let mut found = Found::new();
        let seen = look(std::process::id(), &needles, &mut found).unwrap();
        assert!(seen > 0);
        // The needles themselves hold every form.
        assert_eq!(found.len(), forms("control", &secret()).len(), "{found:?}");
    }
}
