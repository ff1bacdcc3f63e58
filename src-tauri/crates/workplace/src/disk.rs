//! Whether the disk has room for what a whole test run builds.

use std::process::Command;

use crate::place::Place;
use crate::run::output;

/// What all builds of a whole test run take from an empty target folder, in KiB.
const NEEDED: u64 = 12 << 20;

/// A sentence when a first run is likely to fill the disk; nothing where that cannot be told.
pub fn warning(place: &Place) -> Option<String> {
    // What is built already need not be built again.
    if place.target.join("debug").is_dir() {
        return None;
    }
    let told = output(Command::new("df").arg("-Pk").arg(&place.root)).ok()?;
    sentence(free(&told)?)
}

/// The fourth column of the second line.
fn free(told: &str) -> Option<u64> {
    let row = told.lines().nth(1)?;
    row.split_whitespace().nth(3)?.parse().ok()
}

fn sentence(free: u64) -> Option<String> {
    (free < NEEDED).then(|| {
        format!(
            "the disk has {} GiB free and a first run takes some {}: make room, or set CARGO_TARGET_DIR to another disk",
            free >> 20,
            NEEDED >> 20
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_stands_in_the_fourth_column() {
        let told = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 60 40 60% /\n";
        assert_eq!(free(told), Some(40));
        assert_eq!(free("df: no such file\n"), None);
    }

    #[test]
    fn only_a_disk_that_is_nearly_full_is_told() {
        assert!(sentence(NEEDED - 1).unwrap().contains("11 GiB free"));
        assert_eq!(sentence(NEEDED), None);
    }
}
