//! N19: the export can be verified without the log it came from.

use audit::{Head, Seq, Verified, VerifyError};

use crate::sample::{Event, RECORDS, full_log, head, open, place};

fn exported() -> (String, Head) {
    let (_dir, path) = place();
    let log = full_log(&path);
    (crate::sample::exported(&log), head(&log))
}

fn verify_json_lines(text: &[u8], anchor: Option<&Head>) -> Result<Verified, VerifyError> {
    audit::verify_json_lines::<Event>(text, anchor)
}

#[test]
fn n19_an_export_is_one_json_object_per_line_and_verifies() {
    let (text, head) = exported();
    let verified = verify_json_lines(text.as_bytes(), Some(&head)).unwrap();
    assert_eq!((verified.records, &verified.head), (RECORDS, &head));
    for (n, line) in text.lines().enumerate() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["seq"], n + 1);
        assert!(line["body"]["event"].is_string());
    }
}

#[test]
fn n19_every_changed_byte_of_an_export_is_found() {
    let (text, head) = exported();
    let good = text.into_bytes();
    for place in 0..good.len() {
        let mut bad = good.clone();
        bad[place] ^= 0x01;
        assert!(
            verify_json_lines(bad.as_slice(), Some(&head)).is_err(),
            "byte {place}"
        );
    }
}

#[test]
fn n19_a_cut_export_is_found_with_an_anchor() {
    let (text, head) = exported();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for kept in 0..lines.len() {
        let cut = lines[..kept].concat();
        assert_eq!(
            verify_json_lines(cut.as_bytes(), None).unwrap().records,
            kept as u64
        );
        assert!(matches!(
            verify_json_lines(cut.as_bytes(), Some(&head)),
            Err(VerifyError::Cut {
                anchor: Seq(RECORDS),
                ..
            })
        ));
        let torn = &text[..cut.len() + 20];
        assert!(matches!(
            verify_json_lines(torn.as_bytes(), None),
            Err(VerifyError::Broken { seq, .. }) if seq.0 == kept as u64 + 1
        ));
    }
}

#[test]
fn an_empty_log_exports_nothing_and_verifies() {
    let (_dir, path) = place();
    let log = open(&path);
    assert_eq!(crate::sample::exported(&log), "");
    let head = head(&log);
    assert_eq!(head.seq, Seq(0));
    assert_eq!(log.read().verify(Some(&head)).unwrap().records, 0);
}
