//! What was freed is looked for in this process's own memory.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "these are tests outside of test functions too: a panic is a failure"
)]

use std::alloc::{GlobalAlloc, Layout};
use std::os::unix::fs::FileExt;

#[global_allocator]
static MEMORY: wiping::Wiping = wiping::Wiping;

const PIECE: usize = 1 << 16;

/// How often a text stands in the memory that this process may write to. The text is given turned by one, so that
/// looking for it does not put it there.
fn copies(turned: &[u8]) -> usize {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let memory = std::fs::File::open("/proc/self/mem").unwrap();
    let mut piece = vec![0_u8; PIECE];
    let zeroes = vec![0_u8; PIECE];
    // What was read stands here as well.
    let own = piece.as_ptr() as u64..piece.as_ptr() as u64 + PIECE as u64;
    let mut found = 0;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (start, rest) = line.split_once('-').unwrap();
        let mut at = u64::from_str_radix(start, 16).unwrap();
        let end = u64::from_str_radix(rest.split(' ').next().unwrap(), 16).unwrap();
        while at < end {
            let wanted = usize::try_from(end - at).unwrap().min(piece.len());
            let Ok(read @ 1..) = memory.read_at(&mut piece[..wanted], at) else {
                break;
            };
            // Most of a stack is zeroes.
            if piece[..read] == zeroes[..read] {
                at += read as u64;
                continue;
            }
            let windows = (at..).zip(piece[..read].windows(turned.len()));
            found += windows
                .filter(|(address, window)| {
                    !own.contains(address)
                        && window
                            .iter()
                            .zip(turned)
                            .all(|(a, b)| *a == b.wrapping_sub(1))
                })
                .count();
            at += read as u64;
        }
    }
    found
}

/// T1, T5: what is freed, moved by growing or cut off by shrinking is gone; what is kept is found.
#[test]
fn t1_what_is_given_back_is_overwritten() {
    let turned: Vec<u8> = b"planted-in-a-buffer-0"
        .iter()
        .map(|byte| byte + 1)
        .collect();
    let plain = || turned.iter().map(|byte| byte - 1);
    let kept: Vec<u8> = plain().collect();
    assert_eq!(copies(&turned), 1, "what is held is found");
    drop(kept);
    assert_eq!(copies(&turned), 0, "freed");
    for size in [64_usize, 4_096, 300_000] {
        let mut grown: Vec<u8> = Vec::with_capacity(size);
        grown.extend(plain());
        grown.reserve_exact(size * 3);
        assert_eq!(copies(&turned), 1, "grown from {size}");
        drop(grown);
        assert_eq!(copies(&turned), 0, "freed after growing from {size}");
        let mut cut = vec![0_u8; size];
        cut.extend(plain());
        cut.truncate(size);
        cut.shrink_to_fit();
        assert_eq!(copies(&turned), 0, "cut to {size}");
        drop(cut);
    }
    let map: std::collections::BTreeMap<u32, String> = (0..100)
        .map(|number| (number, String::from_utf8(plain().collect()).unwrap()))
        .collect();
    assert_eq!(copies(&turned), 100);
    drop(map);
    assert_eq!(copies(&turned), 0, "a map");
}

/// Blocks of every size and alignment keep their contents when they move.
#[test]
fn what_moves_keeps_its_contents() {
    for align in [1, 8, 16, 64, 4_096] {
        for (from, to) in [(1, 9_000), (100, 101), (9_000, 7), (5_000, 5_000)] {
            let layout = Layout::from_size_align(from, align).unwrap();
            // SAFETY: the layout is not empty; the block is written within its size and freed under its last layout.
            unsafe {
                let block = MEMORY.alloc(layout);
                for at in 0..from {
                    block.add(at).write(u8::try_from(at % 251).unwrap());
                }
                let block = MEMORY.realloc(block, layout, to);
                assert_eq!(block as usize % align, 0);
                for at in 0..from.min(to) {
                    assert_eq!(block.add(at).read(), u8::try_from(at % 251).unwrap());
                }
                MEMORY.dealloc(block, Layout::from_size_align(to, align).unwrap());
            }
        }
    }
}
