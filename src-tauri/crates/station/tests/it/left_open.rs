//! What an earlier run left open, folded from the record: intents without a result, visits without an end.

use std::path::{Path, PathBuf};
use std::slice;

use audit::Entry;
use onboarding::record::{EarlierRuns, Event};
use onboarding::{
    PassEnd, PassId, PendingIntent, RemovalReason, RenewReason, RenewalNote, ServiceTime, Subject,
    TroubleCode, UserId, VisitId, VisitOutcome,
};
use station::record::{RecordLog, Recorded};
use tempfile::TempDir;

const AT: i64 = 1_770_000_000_000;

fn place() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    (dir, path)
}

fn append(log: &mut RecordLog, visit: u64, event: Event) {
    let entry = Entry {
        visit: Some(visit),
        event: Recorded(event),
    };
    log.append(AT, &entry).unwrap();
}

/// What a station that starts now finds.
fn left_open(path: &Path) -> EarlierRuns {
    RecordLog::open(path).unwrap().read().left_open().unwrap()
}

pub(crate) fn intent(intent: &str) -> Event {
    Event::PassIntent {
        intent: intent.to_owned(),
        operator: UserId("oid-1".to_owned()),
        user: UserId("user-1".to_owned()),
        upn: "person@example.test".to_owned(),
        client_request_id: "request-1".to_owned(),
        known_passes: ["old-1", "old-2"].map(|id| PassId(id.to_owned())).to_vec(),
        lifetime_minutes: 30,
        once: true,
        replaces: Some(PassId("old-2".to_owned())),
        renewal: Some(RenewalNote {
            number: 1,
            reason: RenewReason::Expired,
            same_person: true,
        }),
        time_confirmed: true,
        confirmed_by: None,
    }
}

fn pass(id: &str) -> PassId {
    PassId(id.to_owned())
}

fn issued(intent: &str, id: &str, start: i64) -> Event {
    Event::PassIssued {
        intent: intent.to_owned(),
        pass: pass(id),
        start: ServiceTime(start),
        lifetime_minutes: 30,
        once: true,
    }
}

/// The pass of an event that says that one was issued of `intent-1`, and its end.
fn made_by(event: &Event) -> Option<(PassId, ServiceTime)> {
    match event {
        Event::PassIssued {
            intent,
            pass,
            start,
            lifetime_minutes,
            ..
        } if intent == "intent-1" => Some((pass.clone(), start.after_minutes(*lifetime_minutes))),
        _ => None,
    }
}

/// What follows an intent, and whether it is open then.
fn check(name: &str, after: &[Event], is_open: bool) {
    let (_dir, path) = place();
    let mut log = RecordLog::open(&path).unwrap();
    append(&mut log, 3, intent("intent-1"));
    for event in after {
        append(&mut log, 3, event.clone());
    }
    drop(log);
    let found = left_open(&path).pending();
    assert_eq!(found.len(), usize::from(is_open), "{name}");
    for found in found {
        let PendingIntent {
            subject: Subject { visit, user },
            upn,
            intent,
            known_passes,
            asked_at,
            time_confirmed,
            lifetime_minutes,
            once,
            accounted,
            made,
            found,
        } = found;
        assert!(time_confirmed && once && found.is_none());
        assert!(accounted.iter().all(|id| *id == pass("pass-1")));
        assert_eq!((visit, user.0.as_str()), (VisitId(3), "user-1"), "{name}");
        assert_eq!(upn, "person@example.test");
        assert_eq!(intent, "intent-1");
        assert_eq!((asked_at, lifetime_minutes), (ServiceTime(AT), 30));
        assert_eq!(known_passes, [pass("old-1"), pass("old-2")]);
        let made = made.map(|made| {
            let until = made.start.after_minutes(made.lifetime_minutes);
            (made.id, until)
        });
        assert_eq!(made, after.iter().find_map(made_by), "{name}");
    }
}

/// N13: an intent is open until its own end is recorded, and only then.
#[test]
fn n13_an_intent_is_open_until_its_end_is_recorded() {
    let s = str::to_owned;
    let (intent, code) = (s("intent-1"), TroubleCode::PassUncertain);
    let issued = |intent: &str| issued(intent, "pass-1", 0);
    let uncertain = Event::PassUncertain {
        intent: intent.clone(),
        code,
    };
    let orphan_removed = Event::PassOrphanRemoved {
        intent: intent.clone(),
        pass: pass("pass-1"),
        still_open: false,
    };
    let lapsed = Event::PassLapsed {
        intent: intent.clone(),
    };
    let not_issued = Event::PassNotIssued {
        intent: intent.clone(),
    };
    let pass_removed = Event::PassRemoved {
        pass: pass("pass-1"),
        why: RemovalReason::VisitEnded,
    };
    let visit_ended = Event::VisitEnded {
        how: VisitOutcome::Cancelled,
        pass: PassEnd::Uncertain,
    };
    check("nothing", &[], true);
    check("uncertain", slice::from_ref(&uncertain), true);
    check("issued", &[issued("intent-1")], false);
    check(
        "issued after all",
        &[uncertain.clone(), issued("intent-1")],
        false,
    );
    check("another's end", &[issued("intent-2")], true);
    check("refused", &[Event::PassRefused { intent, code }], false);
    check("not issued", &[uncertain.clone(), not_issued], false);
    check(
        "orphan removed",
        &[uncertain.clone(), orphan_removed],
        false,
    );
    check("lapsed", &[uncertain.clone(), lapsed], false);
    check("a pass removed", &[pass_removed], true);
    check("visit ended", &[uncertain, visit_ended], true);
}

/// A pass that was to be taken back when its visit ended stays open until it is gone, and only then.
#[test]
fn n13_a_pass_that_is_owed_stays_open_over_a_restart() {
    let issued = |intent: &str, pass: &str| issued(intent, pass, 7);
    let first = issued("intent-1", "pass-1");
    let ended = |pass| Event::VisitEnded {
        how: VisitOutcome::LeftUnfinished,
        pass,
    };
    let removed = |id: &str| Event::PassRemoved {
        pass: pass(id),
        why: RemovalReason::VisitEnded,
    };
    let owed = [first.clone(), ended(PassEnd::Pending)];
    check("owed", &owed, true);
    let doubt = [first.clone(), ended(PassEnd::Uncertain)];
    check("perhaps owed", &doubt, true);
    for pass in [
        PassEnd::Left,
        PassEnd::Used,
        PassEnd::Removed,
        PassEnd::Expired,
        PassEnd::None,
    ] {
        check("settled", &[first.clone(), ended(pass)], false);
    }
    let another = [first.clone(), removed("pass-2"), ended(PassEnd::Pending)];
    check("another's removal", &another, true);
    let in_time = [first.clone(), removed("pass-1"), ended(PassEnd::Pending)];
    check("removed", &in_time, false);
    let later = Event::PassOrphanRemoved {
        intent: "intent-1".to_owned(),
        pass: pass("pass-1"),
        still_open: false,
    };
    let caught_up = [first.clone(), ended(PassEnd::Pending), later];
    check("taken back later", &caught_up, false);
    let renewed = [
        first,
        intent("intent-2"),
        issued("intent-2", "pass-2"),
        removed("pass-2"),
        ended(PassEnd::Pending),
    ];
    check("replaced by a newer one", &renewed, false);
}

fn found(intent: &str, id: &str) -> Event {
    Event::PassFound {
        intent: intent.to_owned(),
        pass: pass(id),
        made: ServiceTime(3),
        start: ServiceTime(4),
        lifetime_minutes: 30,
    }
}

fn decided(intent: &str, id: &str, remove: bool) -> Event {
    Event::PassDecided {
        intent: intent.to_owned(),
        pass: pass(id),
        operator: UserId("oid-1".to_owned()),
        remove,
    }
}

fn folded(events: &[Event]) -> EarlierRuns {
    let mut open = EarlierRuns::default();
    open.take(Some(VisitId(3)), ServiceTime(AT), &BEGUN);
    for event in events {
        open.take(Some(VisitId(3)), ServiceTime(AT), event);
    }
    open
}

/// A question to the operator outlives its visit and a restart, whatever else is settled meanwhile (I3).
#[test]
fn i3_a_pass_that_was_found_keeps_its_intent_open() {
    let name = |name: &str| name.to_owned();
    let asked = [intent("intent-1"), found("intent-1", "other")];
    let in_hand = [
        intent("intent-1"),
        issued("intent-1", "pass-1", 0),
        found("intent-1", "other"),
        Event::PassRemoved {
            pass: pass("pass-1"),
            why: RemovalReason::VisitEnded,
        },
        ended(PassEnd::Removed),
    ];
    for events in [&asked[..], &in_hand] {
        let pending = folded(events).pending();
        assert_eq!(pending.len(), 1);
        let found = pending[0].found.as_ref().unwrap();
        assert_eq!((&found.pass.id, found.remove), (&pass("other"), false));
        assert!(pending[0].made.is_none());
        let agreed = [events, &[decided("intent-1", "other", true)]].concat();
        let pending = folded(&agreed).pending();
        assert!(
            pending[0].found.as_ref().unwrap().remove,
            "and is carried out"
        );
        let left = [events, &[decided("intent-1", "other", false)]].concat();
        let pending = folded(&left).pending();
        assert_eq!(
            (&pending[0].found, &pending[0].accounted[..]),
            (&None, &[pass("other")][..])
        );
    }
    let removed = Event::PassOrphanRemoved {
        intent: name("intent-1"),
        pass: pass("other"),
        still_open: true,
    };
    let open = folded(&[asked.to_vec(), vec![removed]].concat()).pending();
    assert!(
        open.len() == 1 && open[0].found.is_none(),
        "another may come"
    );
    let not_seen = Event::PassNotSeen {
        intent: name("intent-1"),
    };
    assert_eq!(folded(&[intent("intent-1"), not_seen]).pending().len(), 1);
}

/// A 404 to a removal is no end; that the pass is gone is one (I3).
#[test]
fn i3_a_pass_that_was_not_there_is_owed_until_it_is_gone() {
    let name = |name: &str| name.to_owned();
    let gone = |id: &str| Event::PassGone {
        intent: name("intent-1"),
        pass: pass(id),
    };
    let owed = [
        intent("intent-1"),
        issued("intent-1", "pass-1", 0),
        Event::PassNotThere {
            intent: name("intent-1"),
            pass: pass("pass-1"),
        },
        ended(PassEnd::NotThere),
    ];
    assert_eq!(folded(&owed).pending().len(), 1, "not there is no end");
    let gone = [&owed[..], &[gone("pass-1")]].concat();
    assert!(folded(&gone).pending().is_empty());
}

/// What is said of one pass of a visit ends no other one's debt.
#[test]
fn i3_a_visit_that_was_cut_off_owes_the_pass_in_hand_whatever_was_said_last() {
    let name = |name: &str| name.to_owned();
    let held = [intent("intent-1"), issued("intent-1", "pass-1", 0)];
    let last = [
        vec![
            intent("intent-2"),
            Event::PassRefused {
                intent: name("intent-2"),
                code: TroubleCode::PassNotPermitted,
            },
        ],
        vec![
            intent("intent-2"),
            Event::PassOrphanRemoved {
                intent: name("intent-2"),
                pass: pass("pass-2"),
                still_open: true,
            },
        ],
        vec![Event::PassEntered {
            pass: pass("pass-1"),
        }],
    ];
    for then in last {
        let open = folded(&[&held[..], &then].concat());
        let how = VisitOutcome::Stopped;
        let pass = PassEnd::Pending;
        assert_eq!(open.ends(), [(VisitId(3), Event::VisitEnded { how, pass })]);
    }
}

#[test]
fn several_open_intents_come_oldest_first() {
    let (_dir, path) = place();
    let mut log = RecordLog::open(&path).unwrap();
    for name in ["a", "b", "c", "d"] {
        append(&mut log, 1, intent(name));
    }
    append(
        &mut log,
        1,
        Event::PassNotIssued {
            intent: "b".to_owned(),
        },
    );
    let open = log.read().left_open().unwrap().pending();
    let open: Vec<String> = open.into_iter().map(|found| found.intent).collect();
    assert_eq!(open, ["a", "c", "d"]);
}

const BEGUN: Event = Event::VisitStarted { ticket: Some(4) };

/// What a visit without an end left of its pass.
fn check_visit(name: &str, events: &[Event], expected: Option<PassEnd>) {
    let (_dir, path) = place();
    let mut log = RecordLog::open(&path).unwrap();
    append(&mut log, 2, BEGUN);
    append(&mut log, 2, ended(PassEnd::None));
    for event in events {
        append(&mut log, 3, event.clone());
    }
    drop(log);
    let found = left_open(&path).ends();
    let how = VisitOutcome::Stopped;
    let end = |pass| (VisitId(3), Event::VisitEnded { how, pass });
    let expected: Vec<_> = expected.into_iter().map(end).collect();
    assert_eq!(found, expected, "{name}");
}

fn ended(pass: PassEnd) -> Event {
    let how = VisitOutcome::Finished;
    Event::VisitEnded { how, pass }
}

#[test]
fn a_visit_is_open_until_its_end_is_recorded_and_says_what_became_of_its_pass() {
    let name = |name: &str| name.to_owned();
    let issued = issued("intent-1", "pass-1", 5_000);
    let asked = [BEGUN, intent("intent-1")];
    let made = [&asked[..], std::slice::from_ref(&issued)].concat();
    let after = |first: &[Event], then: Event| [first, &[then]].concat();
    let removed = Event::PassRemoved {
        pass: pass("pass-1"),
        why: RemovalReason::Renewed,
    };
    let refused = Event::PassRefused {
        intent: name("intent-1"),
        code: TroubleCode::PassNotPermitted,
    };
    check_visit("never begun", &asked[1..], None);
    check_visit("begun", &[BEGUN], Some(PassEnd::None));
    check_visit("asked", &asked, Some(PassEnd::Uncertain));
    check_visit("refused", &after(&asked, refused), Some(PassEnd::None));
    check_visit("made", &made, Some(PassEnd::Pending));
    let entered = Event::PassEntered {
        pass: pass("pass-1"),
    };
    // Only the directory's own word is an end, and that is not written down.
    check_visit("entered", &after(&made, entered), Some(PassEnd::Pending));
    check_visit(
        "removed",
        &after(&made, removed.clone()),
        Some(PassEnd::Removed),
    );
    let renewing = [&made[..], &[removed, intent("intent-2")]].concat();
    check_visit("renewing", &renewing, Some(PassEnd::Uncertain));
    check_visit("over", &after(&made, ended(PassEnd::Left)), None);
    // Somebody whose name is made to look like the end of a visit changes nothing.
    let named = Event::PersonChosen {
        user: UserId(name("u")),
        upn: name("u"),
        name: name("\"event\":\"visit_ended\""),
    };
    check_visit(
        "a hostile name",
        &after(&made, named),
        Some(PassEnd::Pending),
    );
}

#[test]
fn a_visit_recorded_before_tickets_were_reads_as_one_without() {
    let old = r#"{"event":"visit_started"}"#;
    let event: Event = serde_json::from_str(old).unwrap();
    assert_eq!(event, Event::VisitStarted { ticket: None });
    assert_eq!(serde_json::to_string(&event).unwrap(), old);
}
