//! A side file that was emptied, cut or changed is told by whoever looks at the record.

use std::fs;
use std::path::{Path, PathBuf};

use audit::{Fault, OpenError, Reader, Verified, VerifyError};

use crate::sample::{BEGUN, Event, RECORDS, Random, append, full_log, place};

/// A frame of the side file: its own header and a page.
const FRAME: usize = 24 + 4096;
const HEADER: usize = 32;

/// The two files of a station that writes, the first without any records of its own.
fn written() -> (Vec<u8>, Vec<u8>) {
    let (_dir, path) = place();
    let _log = full_log(&path);
    (fs::read(&path).unwrap(), fs::read(side(&path)).unwrap())
}

fn side(path: &Path) -> PathBuf {
    path.with_extension("sqlite3-wal")
}

fn verify(main: &[u8], beside: &[u8]) -> Result<Result<Verified, VerifyError>, OpenError> {
    let (_dir, path) = place();
    fs::write(&path, main).unwrap();
    fs::write(side(&path), beside).unwrap();
    Reader::<Event>::open(&path).map(|reader| reader.verify(None))
}

/// Where frames begin, and those that end a record.
fn frames(beside: &[u8]) -> (Vec<usize>, Vec<usize>) {
    let starts: Vec<usize> = (HEADER..beside.len()).step_by(FRAME).collect();
    let ends = starts.iter().copied();
    let ends = ends.filter(|start| beside[start + 4..start + 8] != [0; 4]);
    (starts.clone(), ends.collect())
}

#[test]
fn a_side_file_with_nothing_to_read_in_it_is_as_good_as_missing() {
    let (main, beside) = written();
    let check = |name: &str, beside: &[u8]| {
        let error = verify(&main, beside).unwrap_err();
        assert!(
            matches!(error, OpenError::SideFileMissing),
            "{name}: {error:?}"
        );
    };
    check("emptied", &[]);
    check("cut in its header", &beside[..HEADER - 1]);
    check("cut in its first frame", &beside[..HEADER + FRAME - 1]);
    check("zeros", &vec![0; beside.len()]);
    let mut random = Random::seeded();
    let noise: Vec<u8> = beside.iter().map(|_| random.below(256) as u8).collect();
    check("something else", &noise);
    let mut salted = beside.clone();
    salted[17] ^= 1;
    check("of another time", &salted);
}

/// Every record is on the disk before the next one is begun, so only the last may be half there.
#[test]
fn a_changed_frame_that_later_records_were_built_on_is_damage() {
    let (main, beside) = written();
    let (starts, ends) = frames(&beside);
    assert!(ends.len() as u64 >= RECORDS, "{ends:?}");
    // The last record may be torn, and the one before it is the last that another was built on.
    let last_owed = ends[ends.len() - 2];
    let (mut damaged, mut torn) = (0, 0);
    for start in starts {
        // In the sum, in the page, in the salts, in the number of pages.
        for place in [20, 24 + 100, 10, 6] {
            let mut bad = beside.clone();
            bad[start + place] ^= 4;
            match verify(&main, &bad) {
                Err(OpenError::SideFileMissing) => damaged += 1,
                Ok(Err(VerifyError::Broken { fault, .. })) => {
                    assert_eq!(fault, Fault::Structure, "{start}");
                    damaged += 1;
                }
                Ok(Ok(verified)) => {
                    let told = format!("frame at {start}, byte {place}");
                    assert!(start >= last_owed, "{told}");
                    assert_eq!(verified.records, RECORDS - torn_records(start, last_owed));
                    torn += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(damaged > 50 && torn > 0, "{damaged} {torn}");
}

/// How many records end at or behind a frame that is no longer read.
fn torn_records(start: usize, last_owed: usize) -> u64 {
    if start <= last_owed { 2 } else { 1 }
}

#[test]
fn a_side_file_cut_anywhere_is_only_short() {
    let (main, beside) = written();
    let mut random = Random::seeded();
    for _ in 0..60 {
        let cut = random.below(beside.len() as u64) as usize;
        let mut torn = beside[..cut].to_vec();
        if cut.is_multiple_of(2) {
            torn.resize(beside.len(), 0);
        }
        match verify(&main, &torn) {
            Ok(Ok(verified)) => assert!(verified.records < RECORDS),
            Err(OpenError::SideFileMissing) => {}
            other => panic!("cut at {cut}: {other:?}"),
        }
    }
}

/// What is left of a torn record is written over bit by bit, and is no damage.
#[test]
fn a_station_that_goes_on_behind_a_torn_record_leaves_a_sound_one() {
    let (main, beside) = written();
    let (starts, ends) = frames(&beside);
    let last_owed = ends[ends.len() - 2];
    for start in starts.into_iter().filter(|start| *start > last_owed) {
        let (_dir, path) = place();
        let mut torn = beside.clone();
        torn[start + 100] ^= 1;
        fs::write(&path, &main).unwrap();
        fs::write(side(&path), &torn).unwrap();
        let mut log = crate::sample::open(&path);
        for _ in 0..4 {
            append(&mut log, None, BEGUN);
            let reader = Reader::<Event>::open(&path).unwrap();
            reader.verify(None).unwrap();
        }
    }
}
