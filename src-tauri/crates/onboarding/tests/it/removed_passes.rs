//! The service says that a pass is removed, and a box on the way may have said it in its place: a look bears it out (I3).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{EarlierRuns, Event, RemovalReason};
use onboarding::{
    OperatorAction, PassId, PendingIntent, Policy, RenewReason, Scopes, ServiceTime, TroubleCode,
    VisitAction, VisitId,
};

use crate::after_registration::STATION;
use crate::crash::crash;
use crate::rig::Rig;
use crate::told::killed;

/// A visit that is over, and its pass removed; or so a box says.
fn removed(lies: bool, scopes: Scopes) -> Rig {
    let policy = Policy {
        scopes,
        ..sample::policy()
    };
    let mut rig = Rig::with(policy, Vec::new()).shown("1");
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    let pass = rig.world.passes.last_mut().unwrap();
    assert!(pass.gone);
    if lies {
        (pass.gone, pass.gone_from) = (false, None);
    }
    rig
}

/// It was looked for since, and then what was done. A list proves something two minutes after the issue.
#[track_caller]
fn borne_out(rig: &mut Rig, from: usize, lies: bool) {
    assert!(rig.world.passes.last().unwrap().gone, "lies {lies}");
    let then = match lies {
        false => ["v1 record PassGone"].as_slice(),
        true => ["v1 RemovePass", "v1 record PassOrphanRemoved"].as_slice(),
    };
    let of_visit = rig.since(from).into_iter();
    let (read, rest): (Vec<_>, Vec<_>) = of_visit
        .filter(|line| line.starts_with("v1 "))
        .partition(|line| *line == "v1 ReadMethods");
    assert!((1..=4).contains(&read.len()), "lies {lies}: {}", read.len());
    assert_eq!(rest.as_slice(), then, "lies {lies}");
    assert!(rig.view().pending_passes.is_empty());
}

/// A box between answers the removal itself: the look after the visit shows the pass, and it is removed once more.
#[test]
fn a_pass_that_is_listed_after_its_removal_is_removed_once_more_i3() {
    let wide_and_narrow = [Scopes::Wide, Scopes::Narrow].into_iter();
    for (scopes, lies) in wide_and_narrow.flat_map(|scopes| [(scopes, false), (scopes, true)]) {
        let mut rig = removed(lies, scopes);
        rig.wait_s(58);
        let from = rig.log.len();
        rig.wait_s(90);
        borne_out(&mut rig, from, lies);
    }
}

/// The same where nobody was there to look: the operator had gone, or the app was killed within the minute.
#[test]
fn a_removal_is_borne_out_by_whoever_signs_in_next_i3() {
    let ways: [fn(&mut Rig); 2] = [
        |rig| rig.want(OperatorAction::SignOut),
        |rig| crash(rig, false),
    ];
    for (way, lies) in ways.into_iter().flat_map(|way| [(way, false), (way, true)]) {
        let mut rig = removed(lies, Scopes::Wide);
        rig.wait_s(10);
        way(&mut rig);
        let from = rig.log.len();
        rig.want(OperatorAction::SignIn);
        rig.wait_s(150);
        borne_out(&mut rig, from, lies);
        // What was seen once is not looked for again.
        crash(&mut rig, false);
        let from = rig.log.len();
        rig.want(OperatorAction::SignIn);
        rig.wait_s(90);
        assert!(!rig.since(from).contains(&"v1 ReadMethods"), "lies {lies}");
    }
}

/// A look that fails shows nothing, nor does one that was given up as the person is served again.
#[test]
fn a_look_that_shows_nothing_is_no_look_i3() {
    let ways: [fn(&mut Rig); 2] = [
        |rig| {
            let failed = AnswerFault::Failed(TroubleCode::ServiceDown);
            rig.world.faults.push_back((Kind::Methods, failed));
        },
        |rig| {
            rig.want(OperatorAction::StartVisit);
            rig.find("1");
            rig.visit(VisitAction::Cancel);
        },
    ];
    for way in ways {
        let mut rig = removed(true, Scopes::Wide);
        way(&mut rig);
        rig.wait_s(150);
        assert!(rig.world.passes.last().unwrap().gone);
        assert!(rig.log.contains(&"v1 record PassOrphanRemoved".to_owned()));
    }
}

/// A clock that is hours ahead when the station starts excuses no look (I6).
#[test]
fn no_clock_excuses_that_a_removal_is_borne_out_i6() {
    for hours in [2, 24 * 3_650] {
        let mut rig = removed(true, Scopes::Wide);
        rig.unconfirm(Some(hours));
        let off_ms = rig.off_by_ms();
        // The second start finds what the first one wrote.
        for _ in 0..2 {
            rig = killed(rig, 5);
            rig.off_by(off_ms);
        }
        rig.unconfirm(None);
        rig.want(OperatorAction::SignIn);
        rig.wait_s(30);
        assert!(rig.world.passes.last().unwrap().gone, "{hours} h ahead");
    }
}

/// Until somebody looked, nobody has to wait: another pass for the same person is issued, and it is not the one to remove.
#[test]
fn nobody_waits_for_a_removal_to_be_borne_out() {
    let mut rig = removed(false, Scopes::Wide);
    crash(&mut rig, false);
    let mut rig = rig.shown("1");
    rig.wait_s(120);
    let [first, second] = rig.world.passes.as_slice() else {
        panic!("{} passes", rig.world.passes.len())
    };
    assert!(first.gone && !second.gone);
    // A record of long ago is not looked through: what it says was removed has ended.
    let mut rig = removed(true, Scopes::Wide);
    rig.want(OperatorAction::SignOut);
    rig.clock_to(rig.now.mono.after_s(31 * 60));
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::SignOut);
    crash(&mut rig, false);
    let from = rig.log.len();
    rig.want(OperatorAction::SignIn);
    rig.wait_s(90);
    assert!(!rig.since(from).contains(&"v1 ReadMethods"));
}

/// A copy of the directory that has not heard of the pass yet proves nothing.
#[test]
fn a_copy_that_never_heard_of_the_pass_does_not_bear_its_removal_out_i3() {
    let mut rig = removed(true, Scopes::Wide);
    rig.world.lag_ms = 100_000;
    rig.wait_s(300);
    assert!(rig.world.passes.last().unwrap().gone);
    assert!(!rig.world.written().contains(&"PassGone".into()));
}

/// The same of a pass that was removed in the middle of its visit: before the sign-in test, or for a renewal that came to
/// nothing.
#[test]
fn a_removal_in_the_middle_of_a_visit_is_borne_out_i3() {
    let mut policy = sample::policy();
    policy.pass.once = false;
    let mut rig = Rig::with(policy, Vec::new()).registered("1");
    rig.held.insert(Kind::Try);
    rig.after(STATION);
    lied(&mut rig);
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig.wait_s(150);
    assert!(rig.world.passes.last().unwrap().gone, "before the test");

    let mut rig = Rig::new().shown("1");
    let exists = AnswerFault::Failed(TroubleCode::PassExists);
    let refused = AnswerFault::Failed(TroubleCode::NotAllowedHere);
    rig.world.faults.push_back((Kind::Issue, exists));
    rig.world.faults.push_back((Kind::Issue, refused));
    rig.visit(VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::Lost,
    });
    assert!(rig.world.written().contains(&"PassRemoved".into()));
    lied(&mut rig);
    rig.visit(VisitAction::Cancel);
    rig.wait_s(150);
    assert!(rig.world.passes.last().unwrap().gone, "for a renewal");
}

/// A box had said so.
fn lied(rig: &mut Rig) {
    let pass = rig.world.passes.last_mut().unwrap();
    assert!(std::mem::take(&mut pass.gone));
    pass.gone_from = None;
}

/// A visit that is over, and the answer to the removal of its pass still to come; others may begin.
fn unanswered() -> Rig {
    let several = Policy {
        visits_max: 3,
        ..sample::policy()
    };
    let mut rig = Rig::with(several, Vec::new()).shown("1");
    rig.held.insert(Kind::Remove);
    rig.visit(VisitAction::Cancel);
    rig
}

/// The answer comes when the same person is served again.
#[test]
fn a_removal_that_is_answered_late_is_borne_out_as_well_i3() {
    let mut rig = unanswered();
    rig.wait_s(5);
    rig.want(OperatorAction::StartVisit);
    rig.find("1");
    rig.visit(VisitAction::ConfirmPerson);
    // The look that the first visit left is given up.
    rig.wait_s(1);
    rig.held.clear();
    rig.release(Kind::Remove);
    lied(&mut rig);
    rig.visit(VisitAction::Cancel);
    rig.wait_s(200);
    assert!(rig.world.passes.last().unwrap().gone);
}

/// The removal was done, and its answer lost: whose doing it was nobody knows.
#[test]
fn a_removal_whose_answer_was_lost_is_told_as_gone() {
    let mut rig = Rig::new().shown("1");
    let lost = (Kind::Remove, AnswerFault::LostAnswer);
    rig.world.faults.push_back(lost);
    rig.visit(VisitAction::Cancel);
    assert!(rig.world.passes[0].gone);
    rig.wait_s(170);
    assert_eq!(rig.world.written().last().unwrap(), "PassGone");
}

/// Another pass of this station's is nobody's question, also where it was issued while the removal of the first was on its
/// way.
#[test]
fn what_this_station_issued_meanwhile_is_not_asked_about() {
    let mut rig = unanswered();
    // It arrived; only the answer has not.
    rig.world.passes[0].gone = true;
    let mut rig = rig.shown("1");
    rig.held.clear();
    rig.release(Kind::Remove);
    rig.wait_s(200);
    assert!(rig.view().pass_questions.is_empty());
    let [first, second] = rig.world.passes.as_slice() else {
        panic!("{} passes", rig.world.passes.len())
    };
    assert!(first.gone && !second.gone);
}

const BEGUN: ServiceTime = ServiceTime(1_800_000_000_000);

/// What a visit of this number recorded for its person so many minutes after the first.
fn took(runs: &mut EarlierRuns, visit: u32, minutes: u32, event: &Event) {
    runs.take(Some(VisitId(visit)), BEGUN.after_minutes(minutes), event);
}

fn intent(visit: u32, time_confirmed: bool) -> Event {
    Event::PassIntent {
        intent: format!("{visit}-1"),
        operator: sample::operator("op-1").oid,
        client_request_id: String::new(),
        user: sample::user(&visit.to_string()),
        upn: format!("user-{visit}@cablechan.biz"),
        known_passes: Vec::new(),
        lifetime_minutes: 30,
        once: true,
        replaces: None,
        renewal: None,
        time_confirmed,
        confirmed_by: None,
    }
}

/// A record in which a pass was issued that starts then, as its answer says, and removed a minute later.
fn recorded(start: ServiceTime, time_confirmed: bool) -> EarlierRuns {
    let mut runs = EarlierRuns::default();
    let issued = Event::PassIssued {
        intent: "1-1".into(),
        pass: PassId("first".into()),
        start,
        lifetime_minutes: 30,
        once: true,
    };
    let removed = Event::PassRemoved {
        pass: PassId("first".into()),
        why: RemovalReason::VisitEnded,
    };
    took(&mut runs, 1, 0, &intent(1, time_confirmed));
    took(&mut runs, 1, 0, &issued);
    took(&mut runs, 1, 1, &removed);
    runs
}

fn looked_for(runs: EarlierRuns) -> Option<PendingIntent> {
    let mut left = runs.pending_and_removed().into_iter();
    left.find(|pending| pending.intent == "1-1")
}

/// What the record says of later is later only where the time was confirmed (I6), and no answer says that its own pass
/// ended before (T12).
#[test]
fn a_removal_is_looked_for_until_confirmed_time_is_past_its_pass_i6() {
    for (minutes, confirmed, looks) in [
        (29, true, true),
        (31, true, false),
        (31, false, true),
        (5_000_000, false, true),
    ] {
        for (early, asked_confirmed) in [(0, true), (9, true), (0, false), (600, false)] {
            let start = BEGUN.after_ms(-60_000 * early);
            let mut runs = recorded(start, asked_confirmed);
            took(&mut runs, 2, minutes, &intent(2, confirmed));
            let looks = looks || !asked_confirmed;
            let row = (minutes, confirmed, early, asked_confirmed);
            assert_eq!(looked_for(runs).is_some(), looks, "{row:?}");
        }
    }
}

/// What an operator is asked of a pass that stood there when a removal was borne out is asked after a restart as well.
#[test]
fn a_question_that_comes_of_bearing_out_survives_a_restart_i4() {
    let mut runs = recorded(BEGUN, true);
    let start = BEGUN.after_minutes(2);
    let found = Event::PassFound {
        intent: "1-1".into(),
        pass: PassId("theirs".into()),
        made: start,
        start,
        lifetime_minutes: 30,
    };
    let gone = Event::PassGone {
        intent: "1-1".into(),
        pass: PassId("first".into()),
    };
    took(&mut runs, 1, 3, &found);
    took(&mut runs, 1, 3, &gone);
    let asked = looked_for(runs).unwrap();
    assert_eq!(asked.found.unwrap().pass.id, PassId("theirs".into()));
}
