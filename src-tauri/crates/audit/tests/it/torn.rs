//! F17: what a bad disk leaves. Whatever happens to the bytes, a record is either as it was written or
//! the log says that it is damaged.

use std::fs;
use std::path::Path;

use audit::Record;

use crate::sample::{Event, Log, RECORDS, Random, all, full_log, place};

/// The records a log still gives out as good, or `None` if it says that it is damaged.
fn believed(path: &Path) -> Option<Vec<Record<Event>>> {
    let log = Log::open(path).ok()?;
    log.read().verify(None).ok()?;
    Some(all(&log))
}

#[test]
fn f17_a_changed_byte_of_the_file_never_yields_a_wrong_record() {
    let (_dir, path) = place();
    drop(full_log(&path));
    let good = fs::read(&path).unwrap();
    let records = believed(&path).unwrap();
    let mut random = Random::seeded();
    let mut refused = 0;
    for _ in 0..1500 {
        let place = random.below(good.len() as u64) as usize;
        let mut bad = good.clone();
        bad[place] ^= 1 << random.below(8);
        fs::write(&path, &bad).unwrap();
        match believed(&path) {
            None => refused += 1,
            Some(found) => assert_eq!(found, records, "byte {place}"),
        }
    }
    assert!(refused > 100, "{refused} refused");
}

#[test]
fn f17_a_torn_side_file_leaves_the_records_before_the_tear() {
    let (_dir, path) = place();
    let log = full_log(&path);
    let records = all(&log);
    let file = fs::read(&path).unwrap();
    let side = fs::read(path.with_extension("sqlite3-wal")).unwrap();
    assert!(
        side.len() > RECORDS as usize * 4096,
        "the records are still in the side file"
    );
    let mut random = Random::seeded();
    let mut lengths = std::collections::BTreeSet::new();
    for round in 0..300 {
        let (_dir, path) = place();
        let cut = random.below(side.len() as u64 + 1) as usize;
        let mut torn = side[..cut].to_vec();
        match round % 3 {
            0 => {}
            1 => torn.resize(side.len(), 0),
            _ => torn.resize_with(side.len(), || random.below(256) as u8),
        }
        fs::write(&path, &file).unwrap();
        fs::write(path.with_extension("sqlite3-wal"), &torn).unwrap();
        let found = believed(&path).expect("the log repairs its own tail");
        assert_eq!(found, records[..found.len()], "cut at {cut}");
        lengths.insert(found.len());
    }
    assert!(lengths.len() > 10, "{lengths:?}");
}
