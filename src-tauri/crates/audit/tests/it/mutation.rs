//! T7, F17, N19: any change to what is stored is found. All of it is tried, not a sample.

use audit::{Fault, Head, Seq, VerifyError};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::sample::{Copies, Log, RECORDS, full_log, head, place, unguarded};

/// As SQLite counts.
const LAST: i64 = RECORDS.cast_signed();

#[test]
fn t7_every_changed_byte_is_found_at_its_record() {
    let (_dir, path) = place();
    let log = full_log(&path);
    let raw = unguarded(&path);
    assert_eq!(log.read().verify(None).unwrap().records, RECORDS);
    let mut tried = 0;
    for seq in 1..=LAST {
        for column in ["station", "boot", "body"] {
            tried += flip_text(&log, &raw, seq, column);
        }
        for column in ["prev", "hash"] {
            tried += flip_blob(&log, &raw, seq, column);
        }
        for column in ["at_unix_ms", "schema", "visit"] {
            tried += flip_number(&log, &raw, seq, column);
        }
    }
    assert_eq!(
        log.read().verify(None).unwrap().records,
        RECORDS,
        "all was put back"
    );
    assert!(tried > RECORDS as usize * 200, "{tried} changes");
}

fn flip_text(log: &Log, raw: &Connection, seq: i64, column: &str) -> usize {
    let sql = format!("SELECT CAST({column} AS BLOB) FROM record WHERE seq = ?1");
    let good: Vec<u8> = raw.query_row(&sql, [seq], |row| row.get(0)).unwrap();
    let set = format!("UPDATE record SET {column} = CAST(?2 AS TEXT) WHERE seq = ?1");
    flip_bytes(log, raw, seq, &set, &good)
}

fn flip_blob(log: &Log, raw: &Connection, seq: i64, column: &str) -> usize {
    let sql = format!("SELECT {column} FROM record WHERE seq = ?1");
    let good: Vec<u8> = raw.query_row(&sql, [seq], |row| row.get(0)).unwrap();
    let set = format!("UPDATE record SET {column} = ?2 WHERE seq = ?1");
    flip_bytes(log, raw, seq, &set, &good)
}

fn flip_bytes(log: &Log, raw: &Connection, seq: i64, set: &str, good: &[u8]) -> usize {
    for place in 0..good.len() {
        // One bit, and the case bit that turns a letter into another letter.
        for mask in [0x01, 0x20] {
            let mut bad = good.to_vec();
            bad[place] ^= mask;
            raw.execute(set, params![seq, bad]).unwrap();
            expect_broken_at(log, seq);
        }
    }
    let mut shorter = good.to_vec();
    shorter.pop();
    raw.execute(set, params![seq, shorter]).unwrap();
    expect_broken_at(log, seq);
    raw.execute(set, params![seq, good]).unwrap();
    good.len() * 2 + 1
}

fn flip_number(log: &Log, raw: &Connection, seq: i64, column: &str) -> usize {
    let get = format!("SELECT {column} FROM record WHERE seq = ?1");
    let good: Option<i64> = raw.query_row(&get, [seq], |row| row.get(0)).unwrap();
    let set = format!("UPDATE record SET {column} = ?2 WHERE seq = ?1");
    let bads: Vec<Option<i64>> = match good {
        Some(good) => (0..64).map(|bit| Some(good ^ (1 << bit))).collect(),
        None => vec![Some(0), Some(1), Some(-1)],
    };
    for bad in &bads {
        raw.execute(&set, params![seq, bad]).unwrap();
        expect_broken_at(log, seq);
    }
    if column == "visit" && good.is_some() {
        raw.execute(&set, params![seq, None::<i64>]).unwrap();
        expect_broken_at(log, seq);
    }
    raw.execute(&set, params![seq, good]).unwrap();
    bads.len()
}

fn expect_broken_at(log: &Log, seq: i64) {
    match log.read().verify(None) {
        Err(VerifyError::Broken { seq: found, .. }) => assert_eq!(found.0, seq.cast_unsigned()),
        other => panic!("record {seq} was changed, found {other:?}"),
    }
}

/// Dropped, swapped, doubled and renumbered rows.
#[test]
fn t7_every_moved_row_is_found() {
    let copies = Copies::of_full_log();
    let check = |statements: &str, first_bad: i64| {
        let (_dir, log, raw) = copies.next();
        let before = raw.total_changes();
        raw.execute_batch(statements).unwrap();
        assert_ne!(raw.total_changes(), before, "{statements}");
        expect_broken_at(&log, first_bad);
    };
    for seq in 1..=LAST {
        check(&copy(seq, LAST + 1), LAST + 1);
        check(&copy(seq, 0), 1);
    }
    for seq in 1..LAST {
        let next = seq + 1;
        check(&format!("DELETE FROM record WHERE seq = {seq}"), seq);
        let close_gap = format!(
            "DELETE FROM record WHERE seq = {seq};
             UPDATE record SET seq = -seq WHERE seq > {seq};
             UPDATE record SET seq = -seq - 1 WHERE seq < 0"
        );
        check(&close_gap, seq);
        let swap = format!(
            "UPDATE record SET seq = -1 WHERE seq = {seq};
             UPDATE record SET seq = {seq} WHERE seq = {next};
             UPDATE record SET seq = {next} WHERE seq = -1"
        );
        check(&swap, seq);
        let double = format!(
            "UPDATE record SET seq = -seq - 1 WHERE seq > {seq};
             UPDATE record SET seq = -seq WHERE seq < 0;
             {}",
            copy(seq, next)
        );
        check(&double, next);
    }
}

fn copy(from: i64, to: i64) -> String {
    let columns = "at_unix_ms, schema, station, boot, visit, body, prev, hash";
    format!("INSERT INTO record SELECT {to}, {columns} FROM record WHERE seq = {from}")
}

/// Cutting the end leaves a good chain, so only an anchor finds it; this is why anchors are kept
/// elsewhere.
#[test]
fn t7_a_cut_tail_is_found_with_an_anchor_only() {
    let (_dir, path) = place();
    let log = full_log(&path);
    let anchor = head(&log);
    let raw = unguarded(&path);
    for last in (0..LAST).rev() {
        raw.execute("DELETE FROM record WHERE seq > ?1", [last])
            .unwrap();
        assert_eq!(
            log.read().verify(None).unwrap().records,
            last.cast_unsigned()
        );
        match log.read().verify(Some(&anchor)) {
            Err(VerifyError::Cut {
                last: found,
                anchor: Seq(RECORDS),
            }) => {
                assert_eq!(found.0, last.cast_unsigned());
            }
            other => panic!("cut to {last}: {other:?}"),
        }
    }
}

/// A log that was rewritten from the start, hashes and all, does not reach the anchor's hash.
#[test]
fn t7_a_rewritten_log_is_found_with_an_anchor() {
    let (_dir, path) = place();
    let log = full_log(&path);
    let good = head(&log);
    assert_eq!(log.read().verify(Some(&good)).unwrap().head, good);
    for seq in [0, 1, RECORDS] {
        let other = Head {
            seq: Seq(seq),
            hash_hex: "0".repeat(64),
        };
        assert!(matches!(
            log.read().verify(Some(&other)),
            Err(VerifyError::Replaced { seq: found }) if found == Seq(seq)
        ));
    }
    // An earlier anchor keeps holding while the log grows.
    let early = log.read().records(Seq(5), 1).unwrap().remove(0);
    let early = Head {
        seq: early.seq,
        hash_hex: early.hash_hex,
    };
    assert_eq!(log.read().verify(Some(&early)).unwrap().head, good);
}

#[test]
fn another_stations_records_are_found() {
    let (_dir, path) = place();
    let log = full_log(&path);
    let raw = unguarded(&path);
    raw.execute("UPDATE meta SET value = 'other'", []).unwrap();
    // The log that is open still knows its station; one that opens now is told by the first record.
    assert_eq!(log.read().verify(None).unwrap().records, RECORDS);
    raw.execute("UPDATE record SET station = 'other'", [])
        .unwrap();
    assert!(matches!(
        log.read().verify(None),
        Err(VerifyError::Broken {
            seq: Seq(1),
            fault: Fault::Station,
            ..
        })
    ));
}

/// The hash as the format describes it, written down a second time.
fn hash_of(raw: &Connection, seq: i64) -> [u8; 32] {
    let columns = "prev, at_unix_ms, schema, visit, station, boot, body";
    let sql = format!("SELECT {columns} FROM record WHERE seq = ?1");
    raw.query_row(&sql, [seq], |row| {
        let mut bytes = b"madoguchi record\0".to_vec();
        bytes.extend(row.get::<_, [u8; 32]>(0)?);
        bytes.extend(seq.to_be_bytes());
        bytes.extend(row.get::<_, i64>(1)?.to_be_bytes());
        bytes.extend(row.get::<_, u32>(2)?.to_be_bytes());
        match row.get::<_, Option<i64>>(3)? {
            None => bytes.push(0),
            Some(visit) => {
                bytes.push(1);
                bytes.extend(visit.to_be_bytes());
            }
        }
        for column in 4..7 {
            let text: String = row.get(column)?;
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        Ok(Sha256::digest(bytes).into())
    })
    .unwrap()
}

fn rehash(raw: &Connection, seq: i64) {
    let set = "UPDATE record SET hash = ?2 WHERE seq = ?1";
    raw.execute(set, params![seq, hash_of(raw, seq)]).unwrap();
}

/// A forger who knows the format gives a changed record its right hash: the next one tells.
#[test]
fn t7_a_forged_record_with_its_right_hash_is_found_at_the_next() {
    let copies = Copies::of_full_log();
    for seq in 1..LAST {
        let (_dir, log, raw) = copies.next();
        rehash(&raw, seq);
        log.read()
            .verify(None)
            .expect("the format is as written down here");
        let set = "UPDATE record SET at_unix_ms = at_unix_ms + 1 WHERE seq = ?1";
        raw.execute(set, [seq]).unwrap();
        rehash(&raw, seq);
        match log.read().verify(None) {
            Err(VerifyError::Broken {
                seq: found,
                fault: Fault::Link,
                ..
            }) => {
                assert_eq!(found.0, seq.cast_unsigned() + 1);
            }
            other => panic!("record {seq} was forged: {other:?}"),
        }
    }
}

/// The same for a number left out, as if a record had never been there.
#[test]
fn t7_a_forged_gap_is_found() {
    let (_dir, path) = place();
    let log = full_log(&path);
    let raw = unguarded(&path);
    raw.execute("UPDATE record SET seq = 20 WHERE seq = ?1", [LAST])
        .unwrap();
    rehash(&raw, 20);
    assert!(matches!(
        log.read().verify(None),
        Err(VerifyError::Broken {
            seq: Seq(RECORDS),
            fault: Fault::Sequence,
            ..
        })
    ));
}
