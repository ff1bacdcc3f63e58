//! Whoever is to leave the roll leaves it, however often it takes (S43, S46, S48).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{AfterEvent, EarlierRuns, Event, StaysWhy};
use onboarding::{
    AfterAction, OperatorAction, PasswordFate, PasswordWay, RollToLeaveView, TestResult,
    TroubleCode, UserId, VisitAction, VisitId,
};

use crate::changing::{FINISH, PASSED, PASSWORD_ASKED, STATION, password, rig as changing, spoil};
use crate::rig::Rig;
use crate::told::{killed, to_be_tested};

fn asked(rig: &Rig) -> usize {
    let asks = |line: &&String| line.ends_with(" LeaveRoll");
    rig.log.iter().filter(asks).count()
}

fn written(rig: &Rig, name: &str) -> usize {
    let written = rig.world.written();
    written.iter().filter(|entry| *entry == name).count()
}

fn told(rig: &mut Rig) -> Vec<String> {
    let code = |told: RollToLeaveView| format!("{} {}", told.upn, told.code);
    rig.view().rolls_to_leave.into_iter().map(code).collect()
}

fn fails(rig: &mut Rig, times: usize) {
    let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
    let faults = std::iter::repeat_n((Kind::Roll, fault), times);
    rig.world.faults.extend(faults);
}

/// The test after a reset showed that a password is asked for.
fn still_asked_for(failures: usize) -> Rig {
    let mut rig = changing(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.after(STATION);
    fails(&mut rig, failures);
    rig.after(PASSWORD_ASKED);
    rig
}

#[test]
fn what_failed_is_tried_again_ever_more_slowly_and_told_until_it_is_done() {
    let mut rig = still_asked_for(4);
    let upn = sample::person("1").upn;
    let line = vec![format!("{upn} N104")];
    assert_eq!((asked(&rig), told(&mut rig)), (1, line.clone()));
    rig.visit(FINISH);
    rig.visit(VisitAction::Close);
    for (wait, tries) in [(29, 1), (1, 2), (59, 2), (1, 3), (119, 3), (1, 4)] {
        rig.wait_s(wait);
        assert_eq!((asked(&rig), told(&mut rig)), (tries, line.clone()));
        rig.want(OperatorAction::Touch);
    }
    for _ in 0..4 {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
    assert_eq!((asked(&rig), told(&mut rig)), (5, Vec::new()));
    assert!(rig.world.roll.is_empty());
    for entry in ["RollLeaveIntent", "RollNotLeft", "RollLeft"] {
        assert_eq!(written(&rig, entry), 1, "{entry}");
    }
    rig.wait_s(3_000);
    assert_eq!(asked(&rig), 5, "it is done");
}

#[test]
fn a_visit_that_still_shows_it_hears_that_it_is_done() {
    let mut rig = still_asked_for(1);
    assert_eq!(rig.trouble().as_deref(), Some("R517"));
    rig.wait_s(30);
    assert!(rig.world.roll.is_empty());
    // Once more, and nothing asks for it: the person is changed, and is on no roll.
    rig.after(STATION);
    rig.after(PASSED);
    assert!(matches!(
        password(&mut rig).0,
        Some(PasswordFate::Changed { roll: None, .. })
    ));
}

#[test]
fn a_roll_that_is_left_while_the_test_is_repeated_is_known_to_be_left() {
    let mut rig = still_asked_for(1);
    rig.after(STATION);
    rig.wait_s(30);
    assert!(rig.world.roll.is_empty());
    rig.after(PASSED);
    assert!(matches!(
        password(&mut rig).0,
        Some(PasswordFate::Changed { roll: None, .. })
    ));
}

/// The first try failed, and the second is on its way while the test is repeated and passes.
fn passed_meanwhile(mut rig: Rig) -> Rig {
    rig.held.insert(Kind::Roll);
    rig.wait_s(30);
    rig.after(STATION);
    rig.after(PASSED);
    assert_eq!((asked(&rig), rig.world.roll.len()), (2, 1));
    rig
}

#[test]
fn a_roll_that_is_left_after_the_test_passed_is_known_to_be_left() {
    let mut rig = passed_meanwhile(still_asked_for(1));
    rig.release(Kind::Roll);
    assert!(matches!(
        password(&mut rig).0,
        Some(PasswordFate::Changed { roll: None, .. })
    ));
    // After a reset whose answer was lost, the job was to change the password.
    let mut rig = changing(PasswordWay::Reset, true).understood("1");
    spoil(&mut rig, 3, AnswerFault::LostAnswer);
    rig.after(AfterAction::JoinRoll);
    rig.after(STATION);
    fails(&mut rig, 1);
    rig.after(PASSWORD_ASKED);
    let mut rig = passed_meanwhile(rig);
    assert!(matches!(
        password(&mut rig).0,
        Some(PasswordFate::OnRoll { .. })
    ));
    rig.release(Kind::Roll);
    assert_eq!(password(&mut rig).0, Some(PasswordFate::Unclear));
}

#[test]
fn what_fails_after_the_test_passed_is_no_debt() {
    let mut rig = passed_meanwhile(still_asked_for(1));
    let failures = written(&rig, "RollNotLeft");
    let fault = AnswerFault::Failed(TroubleCode::NoNetwork);
    rig.world.faults.push_back((Kind::Roll, fault));
    rig.release(Kind::Roll);
    rig.wait_s(600);
    assert_eq!((asked(&rig), told(&mut rig)), (2, Vec::new()));
    assert_eq!(written(&rig, "RollNotLeft"), failures);
    let passed = AfterEvent::SignInTested {
        result: TestResult::Passed,
        place: None,
        proof: None,
        cause: None,
    };
    let mut entries = left_open(Some(sample::ROLL));
    entries.insert(3, (7, Event::After(passed)));
    let rig = started_with(&entries);
    assert_eq!((asked(&rig), rig.world.roll.len()), (0, 1));
}

#[test]
fn a_reset_that_was_abandoned_leaves_the_roll_at_the_next_sign_in() {
    let mut rig = to_be_tested();
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignOut);
    rig.wait_s(600);
    assert_eq!(asked(&rig), 0, "nobody is there whose right it could be");
    assert_eq!(told(&mut rig), Vec::<String>::new(), "nor to be told");
    let rig = rig.signed_in();
    assert_eq!((asked(&rig), written(&rig, "RollLeft")), (1, 1));
    assert!(rig.world.roll.is_empty());
}

#[test]
fn a_station_that_was_killed_takes_the_person_off_the_roll_at_the_next_sign_in() {
    // Before the test of the reset, and while the leaving failed.
    let failed = still_asked_for(1);
    for (stopped, asks) in [(to_be_tested(), 0), (failed, 1)] {
        assert_eq!(asked(&stopped), asks);
        let rig = killed(stopped, 60);
        assert_eq!(rig.world.roll.len(), 1);
        let mut rig = rig.signed_in();
        assert_eq!((asked(&rig), told(&mut rig)), (1, Vec::new()));
        assert!(rig.world.roll.is_empty());
        let rig = killed(rig, 60).signed_in();
        assert_eq!(asked(&rig), 0, "it is done");
    }
}

#[test]
fn a_token_that_ended_is_no_reason_to_wait() {
    let mut rig = changing(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.after(STATION);
    let fault = AnswerFault::Failed(TroubleCode::SignInAgain);
    rig.world.faults.push_back((Kind::Roll, fault));
    rig.after(PASSWORD_ASKED);
    assert_eq!(rig.world.roll.len(), 1);
    rig.want(OperatorAction::SignIn);
    assert!(rig.world.roll.is_empty());
}

#[test]
fn nobody_is_taken_off_the_roll_before_that_is_in_the_record_which_is_told() {
    let mut rig = changing(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.after(STATION);
    rig.world.record_fails = true;
    rig.after(PASSWORD_ASKED);
    assert_eq!((asked(&rig), rig.world.roll.len()), (0, 1));
    let line = vec![format!("{} R502", sample::person("1").upn)];
    assert_eq!(told(&mut rig), line);
    rig.wait_s(30);
    assert_eq!((asked(&rig), told(&mut rig)), (0, line));
    rig.world.record_fails = false;
    rig.wait_s(60);
    assert_eq!((asked(&rig), rig.world.roll.len()), (1, 0));
    assert_eq!(told(&mut rig), Vec::<String>::new());
}

#[test]
fn each_operator_who_takes_somebody_off_the_roll_stands_in_the_record() {
    let mut rig = still_asked_for(2);
    rig.wait_s(30);
    rig.visit(FINISH);
    rig.visit(VisitAction::Close);
    rig.want(OperatorAction::SignOut);
    let before = std::mem::replace(&mut rig.world.operator, sample::operator("op-2"));
    let rig = rig.signed_in();
    assert_eq!((asked(&rig), rig.world.roll.len()), (3, 0));
    let by = |(_, entry): &(_, Event)| match entry {
        Event::After(AfterEvent::RollLeaveIntent { operator, .. }) => Some(operator.clone()),
        _ => None,
    };
    let by: Vec<_> = rig.world.record.iter().filter_map(by).collect();
    assert_eq!(by, [before.oid, sample::operator("op-2").oid]);
}

#[test]
fn while_the_person_is_served_again_nobody_decides_behind_their_back() {
    let mut rig = still_asked_for(1);
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    let mut rig = rig.board("1");
    rig.wait_s(40);
    assert_eq!((asked(&rig), rig.world.roll.len()), (1, 1));
    rig.visit(VisitAction::Cancel);
    assert_eq!((asked(&rig), rig.world.roll.len()), (2, 0));
}

/// What a record says of one visit on this roll, up to the leaving that failed.
fn left_open(group: Option<&str>) -> Vec<(u32, Event)> {
    let why = StaysWhy::MustChange;
    let code = TroubleCode::ServiceDown;
    let ended = Event::VisitEnded {
        how: onboarding::record::VisitOutcome::LeftUnfinished,
        pass: onboarding::record::PassEnd::Used,
    };
    vec![
        (7, chosen()),
        joined(7, group),
        (
            7,
            Event::After(AfterEvent::PasswordStays { why, reason: None }),
        ),
        (7, ended),
        (7, Event::After(AfterEvent::RollNotLeft { code })),
    ]
}

fn chosen() -> Event {
    Event::PersonChosen {
        user: UserId("1".into()),
        upn: "p@x".into(),
        name: "P".into(),
    }
}

fn joined(visit: u32, group: Option<&str>) -> (u32, Event) {
    let joined = AfterEvent::RollJoined {
        read_back: true,
        group: group.map(str::to_owned),
    };
    (visit, Event::After(joined))
}

/// A desk that starts with this record, and an operator at it.
fn started_with(entries: &[(u32, Event)]) -> Rig {
    started_by(sample::policy(), entries, 0)
}

/// The same with these rules, so many hours later.
fn started_by(policy: onboarding::Policy, entries: &[(u32, Event)], hours: i64) -> Rig {
    let mut runs = EarlierRuns::default();
    let mut rig = Rig::new();
    let at = rig.now.service.after_ms(-hours * 3_600_000);
    for (visit, entry) in entries {
        runs.take(Some(VisitId(*visit)), at, entry);
    }
    rig.world.roll.insert(UserId("1".into()));
    rig.desk = onboarding::Desk::new(onboarding::Start {
        rolls: runs.rolls(),
        notices: runs.notices(),
        now: rig.now,
        ..sample::start(policy).unwrap()
    });
    rig.signed_in()
}

/// Somebody is on another roll than this station's, or has been owed to leave it for long: no request, no word in the
/// record, and a line on the first screen.
#[test]
fn what_the_station_must_not_decide_is_told_to_be_done_by_hand() {
    let with = |change: fn(&mut onboarding::PasswordRules)| {
        let mut policy = sample::policy();
        change(&mut policy.passwords);
        policy
    };
    let roll = Some(sample::ROLL);
    let cases = [
        (with(|_| ()), Some("another"), 0),
        (with(|_| ()), None, 0),
        (with(|rules| rules.way = PasswordWay::Off), roll, 0),
        (with(|rules| rules.roll = None), roll, 0),
        (with(|rules| rules.roll = None), None, 0),
        (with(|_| ()), roll, 25),
    ];
    for (policy, group, hours) in cases {
        let mut rig = started_by(policy, &left_open(group), hours);
        rig.wait_s(100);
        assert_eq!(asked(&rig), 0, "{group:?} {hours}");
        for entry in ["RollLeaveIntent", "RollLeft", "RollNotLeft"] {
            assert_eq!(written(&rig, entry), 0, "{entry}: {group:?} {hours}");
        }
        let told = rig.view().rolls_to_leave;
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].by_hand, told[0].group.as_deref()), (true, group));
        let owed_for_s = (rig.now.service.0 - told[0].since.0) / 1000;
        assert_eq!(owed_for_s, hours * 3_600 + 100);
    }
    let rig = started_by(sample::policy(), &left_open(roll), 23);
    assert_eq!((asked(&rig), rig.world.roll.len()), (1, 0));
}

/// Another group is another roll: that somebody was put on it says nothing of the one before.
#[test]
fn whoever_was_put_on_another_roll_is_still_to_leave_the_one_before() {
    let mut entries = left_open(Some("another"));
    entries.extend([(8, chosen()), joined(8, Some(sample::ROLL))]);
    let mut rig = started_with(&entries);
    assert_eq!((asked(&rig), rig.view().rolls_to_leave.len()), (0, 1));
}

/// A day of failures ends the tries, not the telling.
#[test]
fn after_a_day_the_station_tries_no_more_and_goes_on_telling() {
    let mut rig = still_asked_for(1000);
    rig.visit(FINISH);
    rig.visit(VisitAction::Close);
    for _ in 0..25 * 60 {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
    let tries = asked(&rig);
    assert!(tries > 90, "{tries}");
    for _ in 0..60 {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
    assert_eq!(asked(&rig), tries);
    let told = rig.view().rolls_to_leave;
    assert!(told[0].by_hand && told[0].code == "N104");
}

#[test]
fn what_an_earlier_run_could_not_do_is_done_now() {
    let rig = started_with(&left_open(Some(sample::ROLL)));
    assert_eq!((asked(&rig), rig.world.roll.len()), (1, 0));
}

#[test]
fn whoever_was_put_on_the_roll_anew_stays_there() {
    let mut entries = left_open(Some(sample::ROLL));
    entries.extend([(8, chosen()), joined(8, Some(sample::ROLL))]);
    let rig = started_with(&entries);
    assert_eq!((asked(&rig), rig.world.roll.len()), (0, 1));
}

/// What nobody does but a person is put away by a person, is written down, and stays away.
#[test]
fn what_was_done_by_hand_is_put_away_by_the_operator_and_recorded() {
    let mut left = left_open(Some("another"));
    let mut rig = started_by(sample::policy(), &left, 0);
    let joined_in = rig.view().rolls_to_leave[0].joined_in;
    assert_eq!(joined_in, VisitId(7));
    for wrong in [VisitId(6), VisitId(8)] {
        let act = OperatorAction::RollSeenTo { joined_in: wrong };
        assert!(rig.act(&act).is_err(), "{wrong:?}");
    }
    rig.want(OperatorAction::RollSeenTo { joined_in });
    assert!(rig.view().rolls_to_leave.is_empty());
    assert_eq!(written(&rig, "NoticeDismissed"), 1);
    assert!(rig.act(&OperatorAction::RollSeenTo { joined_in }).is_err());
    let operator = UserId("op-1".into());
    left.push((7, Event::NoticeDismissed { operator }));
    let mut next = started_by(sample::policy(), &left, 0);
    assert!(next.view().rolls_to_leave.is_empty(), "after a restart");
    // What the station does itself is nobody's to put away, and nobody's who is not signed in.
    let mut own = started_by(sample::policy(), &left_open(Some(sample::ROLL)), 0);
    let act = OperatorAction::RollSeenTo { joined_in };
    assert!(own.act(&act).is_err());
    let mut away = started_by(sample::policy(), &left_open(None), 0);
    away.want(OperatorAction::SignOut);
    assert!(away.act(&act).is_err());
}

/// It says nothing of what was found and done while nobody looked.
#[test]
fn putting_a_place_on_the_roll_away_puts_no_notice_away() {
    for (of, stays) in [(Some(VisitId(7)), true), (None, false)] {
        let mut rig = killed(Rig::new().shown("1"), 60).signed_in();
        rig.wait_s(30);
        assert!(rig.view().notice.is_some());
        let operator = UserId("op-1".into());
        rig.world
            .record
            .push((of, Event::NoticeDismissed { operator }));
        rig.world.times.push(rig.now.service);
        let mut rig = killed(rig, 60).signed_in();
        assert_eq!(rig.view().notice.is_some(), stays, "{of:?}");
    }
}
