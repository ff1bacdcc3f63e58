//! Another password for the person at the counter (S40, S44, S46–S48, F23).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AfterAction, AfterScreen, Afterwards, InFront, NeverReason, OperatorAction, OperatorScreen,
    PasswordFate, PasswordStep, PasswordWay, Policy, StaysBecause, TestCause, TestPlace, TestProof,
    TestReport, TroubleCode, UseAnswer, VisitAction, VisitScreen,
    record::{AfterEvent, Event},
};

use crate::rig::Rig;

pub(crate) const STATION: AfterAction = AfterAction::TrySignIn {
    place: TestPlace::Station,
};
pub(crate) const PASSED: AfterAction = AfterAction::ReportTest {
    report: TestReport::Passed { app_instead: false },
};
pub(crate) const PASSWORD_ASKED: AfterAction = AfterAction::ReportTest {
    report: TestReport::Failed {
        why: TestCause::PasswordNeeded,
    },
};

pub(crate) fn rules(way: PasswordWay, roll: bool) -> Policy {
    let mut policy = sample::policy();
    policy.passwords.way = way;
    policy.passwords.roll = policy.passwords.roll.filter(|_| roll);
    policy
}

pub(crate) fn rig(way: PasswordWay, roll: bool) -> Rig {
    let mut rig = Rig::with(rules(way, roll), Vec::new());
    rig.world.must_change = way == PasswordWay::Reset;
    rig
}

pub(crate) fn spoil(rig: &mut Rig, times: usize, fault: AnswerFault) {
    let faults = std::iter::repeat_n((Kind::Change, fault), times);
    rig.world.faults.extend(faults);
}

pub(crate) fn password(rig: &mut Rig) -> (Option<PasswordFate>, PasswordStep) {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::After(AfterScreen::Password { fate, step, .. }),
            ..
        }) => (fate, step),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn stays(because: StaysBecause) -> Option<PasswordFate> {
    Some(PasswordFate::Stays { because })
}

/// The ids of the requests that were meant.
pub(crate) fn intents(rig: &Rig) -> Vec<String> {
    let id = |(_, entry): &(_, Event)| match entry {
        Event::After(AfterEvent::PasswordChangeIntent {
            client_request_id, ..
        }) => Some(client_request_id.clone()),
        _ => None,
    };
    rig.world.record.iter().filter_map(id).collect()
}

pub(crate) fn set(rig: &Rig) -> usize {
    rig.world
        .passwords
        .get(&sample::user("1"))
        .copied()
        .unwrap_or(0)
}

pub(crate) fn refused(rig: &mut Rig, act: VisitAction) -> TroubleCode {
    rig.try_visit(act).unwrap_err().code
}

pub(crate) const FINISH: VisitAction = VisitAction::Finish { leave_pass: false };

#[test]
fn the_roll_comes_first_and_then_the_first_change() {
    let mut rig = rig(PasswordWay::Patch, true).understood("1");
    let from = rig.log.len();
    rig.after(AfterAction::JoinRoll);
    assert_eq!(
        rig.since(from),
        [
            "v1 record RollIntent",
            "v1 JoinRoll",
            "v1 record RollJoined",
            "v1 record PasswordChangeIntent",
            "v1 ChangePassword",
            "v1 record PasswordChanged",
        ]
    );
    let changed = PasswordFate::Changed {
        read_back: true,
        roll: Some(true),
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig), (Some(changed), PasswordStep::Done));
    rig.visit(FINISH);
}

#[test]
fn without_a_roll_it_is_changed_and_nothing_else() {
    let mut rig = rig(PasswordWay::Patch, false).understood("1");
    let from = rig.log.len();
    rig.after(AfterAction::JoinRoll);
    assert_eq!(
        rig.since(from),
        [
            "v1 record PasswordChangeIntent",
            "v1 ChangePassword",
            "v1 record PasswordChanged",
        ]
    );
    let changed = PasswordFate::Changed {
        read_back: true,
        roll: None,
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig).0, Some(changed));
}

#[test]
fn who_is_on_the_roll_already_is_changed_now() {
    let mut rig = rig(PasswordWay::Patch, true);
    rig.world.roll.insert(sample::user("1"));
    let mut rig = rig.understood("1");
    let from = rig.log.len();
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.since(from)[0], "v1 record PasswordChangeIntent");
    assert_eq!(set(&rig), 1);
}

#[test]
fn a_value_that_the_directory_does_not_take_is_made_anew() {
    let not_taken = AnswerFault::Refused(TroubleCode::PasswordNotAccepted);
    let mut rig = rig(PasswordWay::Patch, false).understood("1");
    spoil(&mut rig, 2, not_taken);
    rig.after(AfterAction::JoinRoll);
    assert_eq!((intents(&rig).len(), set(&rig)), (3, 1));
    let mut rig = self::rig(PasswordWay::Patch, false).understood("1");
    spoil(&mut rig, 3, not_taken);
    rig.after(AfterAction::JoinRoll);
    assert_eq!(password(&mut rig).0, stays(StaysBecause::Failed));
    assert_eq!(rig.trouble().as_deref(), Some("R514"));
}

#[test]
fn a_clear_no_is_told_and_can_be_tried_again() {
    let mut rig = rig(PasswordWay::Patch, false).understood("1");
    spoil(
        &mut rig,
        1,
        AnswerFault::Failed(TroubleCode::PatchNotPermitted),
    );
    rig.after(AfterAction::JoinRoll);
    assert_eq!(
        password(&mut rig),
        (stays(StaysBecause::Failed), PasswordStep::MayJoin)
    );
    assert_eq!(rig.trouble().as_deref(), Some("R510"));
    assert_eq!(rig.world.written().last().unwrap(), "PasswordNotChanged");
    rig.after(AfterAction::JoinRoll);
    assert_eq!(set(&rig), 1);
    // Who is on the roll is given another one by the job.
    let mut rig = self::rig(PasswordWay::Patch, true).understood("1");
    spoil(
        &mut rig,
        1,
        AnswerFault::Failed(TroubleCode::PatchNotPermitted),
    );
    rig.after(AfterAction::JoinRoll);
    let on_roll = PasswordFate::OnRoll {
        read_back: true,
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig), (Some(on_roll), PasswordStep::Done));
    assert_eq!(rig.trouble().as_deref(), Some("R510"));
}

#[test]
fn no_password_is_set_whose_intent_is_not_on_the_disk() {
    let mut rig = rig(PasswordWay::Patch, false).understood("1");
    rig.world.record_fails = true;
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.trouble().as_deref(), Some("R516"));
    assert_eq!(set(&rig), 0);
    rig.world.record_fails = false;
    rig.after(AfterAction::JoinRoll);
    assert_eq!(set(&rig), 1);
}

#[test]
fn who_must_never_lose_it_keeps_it_in_every_way() {
    for way in [PasswordWay::Patch, PasswordWay::Reset] {
        for reason in [NeverReason::Role, NeverReason::Listed, NeverReason::Synced] {
            let mut rig = rig(way, true);
            rig.world.never.insert(sample::user("1"), reason);
            let mut rig = rig.tested("1");
            rig.answers(UseAnswer::No);
            assert_eq!(password(&mut rig).0, stays(StaysBecause::Never(reason)));
            let join = VisitAction::After(AfterAction::JoinRoll);
            assert_eq!(refused(&mut rig, join), TroubleCode::NotNow);
        }
    }
}

/// S46: a change at the next sign-in is unknown land: another test comes first.
#[test]
fn a_reset_is_believed_after_another_test() {
    let mut rig = rig(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    assert_eq!(password(&mut rig), (None, PasswordStep::TestAgain));
    assert_eq!(refused(&mut rig, FINISH), TroubleCode::NotNow);
    rig.after(STATION);
    assert_eq!(refused(&mut rig, FINISH), TroubleCode::NotNow);
    rig.after(PASSED);
    let changed = PasswordFate::Changed {
        read_back: true,
        roll: Some(true),
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig), (Some(changed), PasswordStep::Done));
    assert!(rig.world.roll.contains(&sample::user("1")));
    rig.visit(FINISH);
}

/// S46: the proof was there before the change; on the phone the person's word shows that nothing asks for another one.
#[test]
fn a_reset_is_believed_after_another_test_on_the_phone() {
    let mut rig = rig(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.after(AfterAction::TrySignIn {
        place: TestPlace::Phone,
    });
    rig.after(PASSED);
    let changed = PasswordFate::Changed {
        read_back: true,
        roll: Some(true),
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig), (Some(changed), PasswordStep::Done));
    assert!(rig.world.roll.contains(&sample::user("1")));
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::After(AfterScreen::Password { tested, .. }),
        ..
    }) = rig.view().screen
    else {
        panic!("no password");
    };
    assert_eq!(
        tested.and_then(|tested| tested.proof),
        Some(TestProof::Seen),
        "the first proof stands"
    );
    rig.visit(FINISH);
}

#[test]
fn a_password_that_is_still_asked_for_takes_the_person_off_the_roll() {
    let mut rig = rig(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.after(STATION);
    let from = rig.log.len();
    rig.after(PASSWORD_ASKED);
    assert_eq!(
        rig.since(from),
        [
            "v1 record SignInTested",
            "v1 record PasswordStays",
            "v1 record RollLeaveIntent",
            "v1 LeaveRoll",
            "v1 record RollLeft",
        ]
    );
    assert_eq!(
        password(&mut rig),
        (stays(StaysBecause::MustChange), PasswordStep::Done)
    );
    assert!(rig.world.roll.is_empty());
    // Once more, and nothing asks for it.
    rig.after(STATION);
    rig.after(PASSED);
    let changed = PasswordFate::Changed {
        read_back: true,
        roll: None,
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig).0, Some(changed));
}

#[test]
fn without_another_test_the_person_leaves_the_roll_too() {
    let mut rig = rig(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    let why = TestCause::NoTime;
    rig.after(AfterAction::SkipTest { why });
    assert_eq!(password(&mut rig).0, stays(StaysBecause::MustChange));
    assert!(rig.world.roll.is_empty());
    rig.visit(FINISH);
    // Cut off by who cancels.
    let mut rig = self::rig(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.visit(VisitAction::Cancel);
    assert!(rig.world.roll.is_empty());
    assert!(rig.world.written().contains(&"PasswordStays".to_owned()));
}

#[test]
fn what_is_the_stations_fault_decides_nothing_and_a_lock_forgets_nothing() {
    let mut rig = rig(PasswordWay::Reset, false).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.world.tried = Err(TestCause::NoNetwork);
    rig.after(STATION);
    assert_eq!(password(&mut rig), (None, PasswordStep::TestAgain));
    rig.held.insert(Kind::Try);
    rig.after(STATION);
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    assert_eq!(password(&mut rig), (None, PasswordStep::TestAgain));
}

#[test]
fn a_roll_that_cannot_be_left_is_told() {
    let mut rig = rig(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.after(STATION);
    rig.world
        .faults
        .push_back((Kind::Roll, AnswerFault::Failed(TroubleCode::ServiceDown)));
    rig.after(PASSWORD_ASKED);
    assert_eq!(rig.trouble().as_deref(), Some("R517"));
    assert_eq!(rig.world.written().last().unwrap(), "RollNotLeft");
    assert_eq!(password(&mut rig).0, stays(StaysBecause::MustChange));
}

/// A profile that was to force no change, and does, is met like a reset.
#[test]
fn a_forced_change_that_was_read_back_is_tested_whatever_the_way() {
    let mut rig = rig(PasswordWay::Patch, false);
    rig.world.must_change = true;
    let mut rig = rig.understood("1");
    rig.after(AfterAction::JoinRoll);
    assert_eq!(password(&mut rig), (None, PasswordStep::TestAgain));
}

#[test]
fn sessions_that_were_to_end_and_did_not_are_told() {
    let mut rig = rig(PasswordWay::Patch, false);
    rig.world.sessions_ended = Some(false);
    let mut rig = rig.understood("1");
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.trouble().as_deref(), Some("R518"));
    assert!(matches!(
        password(&mut rig).0,
        Some(PasswordFate::Changed { .. })
    ));
}

/// Whoever signed in at this station once keeps the password.
#[test]
fn every_operator_of_the_station_keeps_the_password() {
    for way in [PasswordWay::Roll, PasswordWay::Patch, PasswordWay::Reset] {
        let mut rig = rig(way, true);
        let working = std::mem::replace(&mut rig.world.operator, sample::operator("OID-1"));
        rig.want(OperatorAction::SignIn);
        rig.want(OperatorAction::SignOut);
        rig.world.operator = working;
        let mut rig = rig.tested("1");
        let from = rig.log.len();
        rig.answers(UseAnswer::No);
        let listed = StaysBecause::Never(NeverReason::Listed);
        assert_eq!(password(&mut rig).0, stays(listed));
        assert_eq!(
            rig.since(from),
            ["v1 record PasswordUse", "v1 record PasswordStays"]
        );
    }
}

/// Where the site wants it, the age of a password that was changed here is of no account any more.
#[test]
fn a_changed_password_never_expires_where_the_site_wants_that() {
    for way in [PasswordWay::Patch, PasswordWay::Reset] {
        let mut policy = rules(way, false);
        policy.passwords.never_expires = true;
        let mut rig = Rig::with(policy, Vec::new());
        rig.world.must_change = way == PasswordWay::Reset;
        let mut rig = rig.understood("1");
        rig.after(AfterAction::JoinRoll);
        if way == PasswordWay::Reset {
            assert!(!rig.world.written().contains(&"NeverExpires".to_owned()));
            rig.after(STATION);
            rig.after(PASSED);
        }
        let changed = PasswordFate::Changed {
            read_back: true,
            roll: None,
            afterwards: Afterwards::NeverExpires,
        };
        assert_eq!(password(&mut rig), (Some(changed), PasswordStep::Done));
        assert_eq!(rig.world.written().last().unwrap(), "NeverExpires");
        rig.visit(FINISH);
    }
}
