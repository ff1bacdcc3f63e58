use std::slice;

use audit::{Event, PassEnd, RemovalReason, VisitOutcome};

use crate::sample::{append, intent, open, place};

/// The intent and the pass of an event that says a pass was issued.
fn issued_as(event: &Event) -> Option<(&str, &str)> {
    if let Event::PassIssued {
        intent, pass_id, ..
    } = event
    {
        return Some((intent, pass_id));
    }
    None
}

/// What follows an intent, whether it is open then, and whether it is known to be uncertain.
fn check(name: &str, after: &[Event], is_open: bool, is_uncertain: bool) {
    let (_dir, path) = place();
    let mut log = open(&path);
    append(&mut log, Some(3), intent("intent-1"));
    for event in after {
        append(&mut log, Some(3), event.clone());
    }
    let boot = log.boot_id().to_owned();
    drop(log);
    let found = open(&path).open_intents().unwrap();
    assert_eq!(found.len(), usize::from(is_open), "{name}");
    for found in found {
        assert_eq!((found.visit, &found.boot), (Some(3), &boot), "{name}");
        assert_eq!(found.intent, "intent-1");
        assert_eq!(found.operator_oid, "oid-1");
        assert_eq!(found.user_id, "user-1");
        assert_eq!(found.upn, "person@example.test");
        assert_eq!(found.client_request_id, "request-1");
        assert_eq!(found.lifetime_minutes, 30);
        assert_eq!(found.at_unix_ms, crate::sample::AT);
        assert_eq!(found.known_pass_ids, ["old-1", "old-2"]);
        assert_eq!(found.replaces.as_deref(), Some("old-2"));
        assert_eq!(found.uncertain, is_uncertain, "{name}");
        let issued = after
            .iter()
            .filter_map(issued_as)
            .find(|(intent, _)| *intent == "intent-1");
        let issued = issued.map(|(_, pass)| pass);
        let known = found.issued.as_ref().map(|pass| pass.id.as_str());
        assert_eq!(known, issued, "{name}");
    }
}

/// N13: an intent is open until its own end is recorded, and only then.
#[test]
fn n13_an_intent_is_open_until_its_end_is_recorded() {
    let s = str::to_owned;
    let (intent, pass_id, code) = (s("intent-1"), s("pass-1"), s("timeout"));
    let issued = |intent: &str| Event::PassIssued {
        intent: intent.to_owned(),
        pass_id: s("pass-1"),
        start_unix_ms: 0,
        lifetime_minutes: 30,
        once: true,
    };
    let uncertain = Event::PassUncertain {
        intent: intent.clone(),
        code: code.clone(),
    };
    let orphan_removed = Event::PassOrphanRemoved {
        intent: intent.clone(),
        pass_id: pass_id.clone(),
    };
    let lapsed = Event::PassLapsed {
        intent: intent.clone(),
    };
    let not_issued = Event::PassNotIssued {
        intent: intent.clone(),
    };
    let pass_removed = Event::PassRemoved {
        pass_id,
        why: RemovalReason::Asked,
    };
    let visit_ended = Event::VisitEnded {
        outcome: VisitOutcome::Cancelled,
        pass: PassEnd::Uncertain,
    };
    check("nothing", &[], true, false);
    check("uncertain", slice::from_ref(&uncertain), true, true);
    check("issued", &[issued("intent-1")], false, false);
    check(
        "issued after all",
        &[uncertain.clone(), issued("intent-1")],
        false,
        false,
    );
    check("another's end", &[issued("intent-2")], true, false);
    check(
        "refused",
        &[Event::PassRefused { intent, code }],
        false,
        false,
    );
    check("not issued", &[uncertain.clone(), not_issued], false, false);
    check(
        "orphan removed",
        &[uncertain.clone(), orphan_removed],
        false,
        false,
    );
    check("lapsed", &[uncertain.clone(), lapsed], false, false);
    check("a pass removed", &[pass_removed], true, false);
    check("visit ended", &[uncertain, visit_ended], true, true);
}

/// A pass that was to be taken back when its visit ended stays open until it is gone, and only then.
#[test]
fn n13_a_pass_that_is_owed_stays_open_over_a_restart() {
    let issued = |intent: &str, pass: &str| Event::PassIssued {
        intent: intent.to_owned(),
        pass_id: pass.to_owned(),
        start_unix_ms: 7,
        lifetime_minutes: 30,
        once: true,
    };
    let first = issued("intent-1", "pass-1");
    let ended = |pass| Event::VisitEnded {
        outcome: VisitOutcome::LeftUnfinished,
        pass,
    };
    let removed = |pass: &str| Event::PassRemoved {
        pass_id: pass.to_owned(),
        why: RemovalReason::VisitEnded,
    };
    let owed = [first.clone(), ended(PassEnd::Pending)];
    check("owed", &owed, true, false);
    let doubt = [first.clone(), ended(PassEnd::Uncertain)];
    check("perhaps owed", &doubt, true, false);
    for pass in [
        PassEnd::Left,
        PassEnd::Used,
        PassEnd::Removed,
        PassEnd::Expired,
        PassEnd::None,
    ] {
        check("settled", &[first.clone(), ended(pass)], false, false);
    }
    let another = [first.clone(), removed("pass-2"), ended(PassEnd::Pending)];
    check("another's removal", &another, true, false);
    let in_time = [first.clone(), removed("pass-1"), ended(PassEnd::Pending)];
    check("removed", &in_time, false, false);
    let later = Event::PassOrphanRemoved {
        intent: "intent-1".to_owned(),
        pass_id: "pass-1".to_owned(),
    };
    let caught_up = [first.clone(), ended(PassEnd::Pending), later];
    check("taken back later", &caught_up, false, false);
    let renewed = [
        first,
        intent("intent-2"),
        issued("intent-2", "pass-2"),
        removed("pass-2"),
        ended(PassEnd::Pending),
    ];
    check("replaced by a newer one", &renewed, false, false);
}

#[test]
fn several_open_intents_come_oldest_first() {
    let (_dir, path) = place();
    let mut log = open(&path);
    for name in ["a", "b", "c", "d"] {
        append(&mut log, None, intent(name));
    }
    append(
        &mut log,
        None,
        Event::PassNotIssued {
            intent: "b".to_owned(),
        },
    );
    let open: Vec<String> = log
        .open_intents()
        .unwrap()
        .into_iter()
        .map(|found| found.intent)
        .collect();
    assert_eq!(open, ["a", "c", "d"]);
}
