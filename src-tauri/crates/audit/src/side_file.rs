//! The side file as it lies on the disk. SQLite takes it up to the first frame that does not fit and
//! says nothing of what follows, for a power cut may tear what was being written. But each record is on
//! the disk before the next one is begun: what a later one was built on was whole once.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::Path;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Whether records that were on the disk can no longer be read from the side file at `path`. Damage that
/// reaches to its end is not seen.
pub(crate) fn has_lost_records(path: &Path) -> io::Result<bool> {
    // A station may write between two looks into it; what is damaged stays so.
    Ok(match lost_from(path)? {
        Some(frame) => lost_from(path)? == Some(frame),
        None => false,
    })
}

/// The first frame that does not fit, if a later record was built on it or on what follows it.
fn lost_from(path: &Path) -> io::Result<Option<u64>> {
    let mut file = match File::open(path) {
        Ok(file) => BufReader::new(file),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(header) = block(&mut file, HEADER)? else {
        return Ok(None);
    };
    let words = Words {
        big_endian: header[3] & 1 == 1,
    };
    let page = usize::try_from(number(&header[8..12])).unwrap_or(0);
    let is_ours = header[..3] == [0x37, 0x7f, 0x06] && (512..=65_536).contains(&page);
    if !is_ours || words.add((0, 0), &header[..24]) != sum(&header[24..32]) {
        return Ok(None);
    }
    let salts = &header[16..24];
    let mut before = sum(&header[24..32]);
    let (mut broken_at, mut ended_before) = (None, false);
    for frame in 0.. {
        let Some(content) = block(&mut file, FRAME_HEADER + page)? else {
            break;
        };
        let stored = sum(&content[16..24]);
        let computed = words.add(words.add(before, &content[..8]), &content[24..]);
        let fits = content[8..16] == *salts && computed == stored;
        let ends = number(&content[4..8]) != 0 && content[8..16] == *salts;
        if !fits {
            broken_at.get_or_insert(frame);
            ended_before = false;
        } else if broken_at.is_some() && ends && ended_before {
            return Ok(broken_at);
        }
        // From the end of one record a chain of sums leads to the end of the next.
        ended_before |= ends;
        before = stored;
    }
    Ok(None)
}

/// The sums of SQLite, over numbers in the order of bytes of the machine that wrote them.
struct Words {
    big_endian: bool,
}

impl Words {
    fn add(&self, sum: (u32, u32), bytes: &[u8]) -> (u32, u32) {
        let word = |bytes: &[u8]| {
            let word = number(bytes);
            if self.big_endian {
                word
            } else {
                word.swap_bytes()
            }
        };
        bytes.chunks_exact(8).fold(sum, |(first, second), pair| {
            let first = first.wrapping_add(word(&pair[..4])).wrapping_add(second);
            let second = second.wrapping_add(word(&pair[4..])).wrapping_add(first);
            (first, second)
        })
    }
}

fn sum(bytes: &[u8]) -> (u32, u32) {
    (number(&bytes[..4]), number(&bytes[4..8]))
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// The next block, or nothing where the file ends before it does.
fn block(file: &mut impl Read, length: usize) -> io::Result<Option<Vec<u8>>> {
    let mut block = vec![0; length];
    match file.read_exact(&mut block) {
        Ok(()) => Ok(Some(block)),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}
