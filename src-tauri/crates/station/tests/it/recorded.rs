//! Events in the record: their limits, and what comes back.

use audit::{AppendError, Entry, Seq};
use onboarding::record::Event;
use onboarding::{PassId, UserId};
use station::record::{RecordLog, Recorded};

use crate::left_open::intent;

fn chosen(name: String) -> Event {
    Event::PersonChosen {
        user: UserId("u".to_owned()),
        upn: "u".to_owned(),
        name,
    }
}

fn entered(length: usize) -> Event {
    Event::PassEntered {
        pass: PassId("a".repeat(length)),
    }
}

fn checked(checks: Vec<String>) -> Event {
    Event::IdentityChecked {
        operator: UserId(String::new()),
        user: UserId(String::new()),
        checks,
        phone_confirmed: false,
        voucher: None,
        caller: None,
    }
}

fn known(ids: Vec<String>) -> Event {
    let mut event = intent("i");
    if let Event::PassIntent { known_passes, .. } = &mut event {
        *known_passes = ids.into_iter().map(PassId).collect();
    }
    event
}

/// Text is cut by characters and marked; the cut never fails the record. One short identifier too many, or
/// one too long among short ones, must not become another.
#[test]
fn long_text_is_cut_and_long_identifiers_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = RecordLog::open(&dir.path().join("record.sqlite3")).unwrap();
    let mut check = |event: Event, expected: Option<Event>| {
        let entry = Entry {
            visit: None,
            event: Recorded(event),
        };
        let seq = match log.append(0, &entry) {
            Ok(seq) => seq,
            Err(error) => {
                assert!(matches!(error, AppendError::TooLong), "{error:?}");
                assert_eq!(expected, None);
                return;
            }
        };
        let found = log.read().records(seq, 1).unwrap().remove(0).event;
        assert_eq!(Some(found.0), expected);
    };
    check(chosen("窓".repeat(256)), Some(chosen("窓".repeat(256))));
    check(
        chosen("窓".repeat(100_000)),
        Some(chosen(format!("{}…", "窓".repeat(256)))),
    );
    check(entered(256), Some(entered(256)));
    check(entered(257), None);
    check(
        checked(vec!["x".repeat(300)]),
        Some(checked(vec![format!("{}…", "x".repeat(256))])),
    );
    check(checked(vec![String::new(); 65]), None);
    check(
        known(vec!["p".to_owned(); 64]),
        Some(known(vec!["p".to_owned(); 64])),
    );
    check(known(vec!["p".to_owned(); 65]), None);
    check(known(vec!["p".repeat(257)]), None);
    assert_eq!(log.read().verify(None).unwrap().records, 5);
}

/// A later version's vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
struct Newer(serde_json::Value);

impl audit::Vocabulary for Newer {
    const VERSION: u32 = Recorded::VERSION + 1;
    const MAX_BYTES: usize = Recorded::MAX_BYTES;
    const OPENS_OR_ENDS: &'static [&'static str] = &[];
    type LeftOpen = ();

    fn fold((): &mut (), _: audit::Record<Self>) {}
}

/// A word that this version does not know was written by a newer one.
#[test]
fn a_record_with_a_word_that_is_not_known_is_newer() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    let mut log = audit::Log::<Newer>::open(&path).unwrap();
    let event = serde_json::json!({"event": "operator_sign_in_refused", "code": "S999"});
    let entry = Entry {
        visit: None,
        event: Newer(event),
    };
    log.append(0, &entry).unwrap();
    let mut lines = Vec::new();
    let all = Seq(1)..=Seq(1);
    log.read().export_json_lines(all, &mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    audit::verify_json_lines::<Newer>(lines.as_bytes(), None).unwrap();
    let error = audit::verify_json_lines::<Recorded>(lines.as_bytes(), None).unwrap_err();
    assert!(
        error.to_string().starts_with("made by a newer version"),
        "{error}"
    );
}
