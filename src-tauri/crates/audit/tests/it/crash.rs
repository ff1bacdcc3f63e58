//! F1, F16: the process dies, or the disk fills up, in the middle of an append. The tests start
//! themselves again as the process that appends.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use audit::{Entry, Head, Seq};

use crate::sample::{AT, BEGUN, Log, Random, head, open, place, refused};

const PATH_VARIABLE: &str = "AUDIT_TEST_APPEND_TO";
const ACKNOWLEDGED: &str = "acknowledged ";

/// Appends until something fails and says so for each record once it is durable.
fn append_and_tell(path: &Path) {
    let mut log = open(path);
    let mut out = std::io::stdout().lock();
    for n in 0.. {
        let entry = Entry {
            visit: Some(n as u64),
            event: refused(&"窓".repeat(n % 300)),
        };
        let Ok(seq) = log.append(AT, &entry) else {
            return;
        };
        let hash_hex = log.read().records(seq, 1).unwrap().remove(0).hash_hex;
        let head = Head { seq, hash_hex };
        writeln!(out, "{ACKNOWLEDGED}{} {}", head.seq, head.hash_hex).unwrap();
    }
}

fn parse(line: &str) -> Option<Head> {
    let (seq, hash) = line.split_once(ACKNOWLEDGED)?.1.split_once(' ')?;
    Some(Head {
        seq: Seq(seq.parse().ok()?),
        hash_hex: hash.to_owned(),
    })
}

/// Nothing acknowledged is missing or different, and at most the one record in flight is more.
fn check_acknowledged(log: &Log, acknowledged: &[Head]) {
    let verified = log.read().verify(acknowledged.last()).unwrap();
    let Some(last) = acknowledged.last() else {
        return;
    };
    assert!(
        verified.records == last.seq.0 || verified.records == last.seq.0 + 1,
        "{verified:?} {last:?}"
    );
    let first = acknowledged[0].seq;
    let records = log.read().records(first, acknowledged.len()).unwrap();
    for (record, head) in records.iter().zip(acknowledged) {
        assert_eq!((record.seq, &record.hash_hex), (head.seq, &head.hash_hex));
    }
    assert_eq!(records.len(), acknowledged.len());
}

/// I5: a process killed at any moment loses no acknowledged record. This shows that a commit is whole
/// or absent; that it also outlasts a power cut rests on `synchronous=FULL`, checked on its own.
#[cfg(unix)]
#[test]
fn f1_a_killed_process_loses_no_acknowledged_record() {
    if let Some(path) = std::env::var_os(PATH_VARIABLE) {
        return append_and_tell(Path::new(&path));
    }
    let (_dir, path) = place();
    let mut random = Random::seeded();
    let mut total = 0;
    for _ in 0..40 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::f1_a_killed_process_loses_no_acknowledged_record",
                "--nocapture",
            ])
            .env(PATH_VARIABLE, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap);
        let until = random.below(40) as usize;
        let mut acknowledged: Vec<Head> = Vec::new();
        while acknowledged.len() < until {
            acknowledged.extend(parse(
                &lines.next().expect("the child appends until it is killed"),
            ));
        }
        for _ in 0..random.below(20_000) {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(lines.filter_map(|line| parse(&line)));
        total += acknowledged.len();
        let log = open(&path);
        check_acknowledged(&log, &acknowledged);
    }
    assert!(total > 100, "{total} records");
}

/// F16: with no room left the append fails, what was acknowledged stays, and the log goes on where
/// there is room again. The limit on file size stands for a full disk, at many different places.
#[cfg(unix)]
#[test]
fn f16_a_full_disk_loses_no_acknowledged_record() {
    if let Some(path) = std::env::var_os(PATH_VARIABLE) {
        return append_and_tell(Path::new(&path));
    }
    let mut total = 0;
    for blocks in 200..260 {
        let (_dir, path) = place();
        drop(open(&path));
        let output = Command::new("sh")
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f \"$1\" || exit 9; shift; exec \"$@\"",
                "sh",
            ])
            .arg(blocks.to_string())
            .arg(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::f16_a_full_disk_loses_no_acknowledged_record",
                "--nocapture",
            ])
            .env(PATH_VARIABLE, &path)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let acknowledged: Vec<Head> = output
            .stdout
            .lines()
            .filter_map(|line| parse(&line.unwrap()))
            .collect();
        total += acknowledged.len();
        let mut log = open(&path);
        check_acknowledged(&log, &acknowledged);
        let before = head(&log).seq;
        let next = log
            .append(
                AT,
                &Entry {
                    visit: None,
                    event: BEGUN,
                },
            )
            .unwrap();
        assert_eq!(next.0, before.0 + 1);
        log.read().verify(None).unwrap();
    }
    assert!(total > 300, "{total} records");
}
