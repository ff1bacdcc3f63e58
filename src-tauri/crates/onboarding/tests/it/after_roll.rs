//! Joining the roll, and what may be said of the three-month change then (S41, S43, S47, S48).

use desk_world::{AnswerFault, Kind};
use onboarding::{
    AfterAction, Afterwards, NeedsProof, NeverReason, PasswordFate, PasswordStep, PasswordWay,
    PersonAfterAction, PersonAfterScreen, StaysBecause, TestPlace, TroubleCode, UnattendedRun,
    UseAnswer, VisitAction,
    record::{AfterEvent, Event},
};

use crate::after_registration::{answered, password, person_screen, refused, report, stays, with};
use crate::rig::Rig;

/// S43, S48: nothing before the test passed well enough, the person understood and the operator pressed.
#[test]
fn the_person_joins_the_roll_in_the_order_that_is_written() {
    let mut rig = Rig::new().tested("1");
    let from = rig.log.len();
    rig.after(answered(UseAnswer::No));
    assert_eq!(
        refused(&mut rig, AfterAction::JoinRoll),
        TroubleCode::NotNow,
        "the person has not understood yet"
    );
    rig.person_after(PersonAfterAction::Understood);
    rig.after(AfterAction::JoinRoll);
    assert_eq!(
        rig.since(from),
        [
            "v1 record PasswordUse",
            "v1 ReadRollFit",
            "v1 record RollIntent",
            "v1 JoinRoll",
            "v1 record RollJoined",
        ]
    );
    let on_roll = PasswordFate::OnRoll {
        read_back: true,
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig), (Some(on_roll), PasswordStep::Done));
    rig.visit(VisitAction::Finish { leave_pass: false });
    let PersonAfterScreen::Card { password, .. } = person_screen(&mut rig) else {
        panic!("no card");
    };
    assert_eq!(password, on_roll);
    let card = serde_json::to_string(&rig.person_view()).unwrap();
    assert!(
        !card.contains("Account 1") && !card.contains("user-1"),
        "the card bears no name"
    );
    rig.visit(VisitAction::Close);
}

#[test]
fn nobody_joins_whose_intent_is_not_on_the_disk() {
    let mut rig = Rig::new().understood("1");
    rig.world.record_fails = true;
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.trouble().as_deref(), Some("R502"));
    assert!(rig.world.roll.is_empty());
    rig.world.record_fails = false;
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.world.roll.len(), 1);
}

#[test]
fn who_must_never_join_never_does() {
    for reason in [
        NeverReason::Role,
        NeverReason::Federated,
        NeverReason::Listed,
        NeverReason::DomainUnread,
    ] {
        let mut rig = Rig::new();
        rig.world.never.insert(sample::user("1"), reason);
        let mut rig = rig.tested("1");
        rig.after(answered(UseAnswer::No));
        assert_eq!(stays(&mut rig), StaysBecause::Never(reason));
        assert_eq!(
            refused(&mut rig, AfterAction::JoinRoll),
            TroubleCode::NotNow
        );
    }
    // Where it could not be read, it is read again before anybody joins.
    let mut rig = Rig::new();
    rig.world.never.insert(sample::user("1"), NeverReason::Role);
    let mut rig = rig.tested("1");
    rig.world
        .faults
        .push_back((Kind::Roll, AnswerFault::Failed(TroubleCode::ServiceDown)));
    rig.after(answered(UseAnswer::No));
    assert_eq!(rig.trouble().as_deref(), Some("N104"));
    rig.person_after(PersonAfterAction::Understood);
    rig.after(AfterAction::JoinRoll);
    assert_eq!(stays(&mut rig), StaysBecause::Never(NeverReason::Role));
}

#[test]
fn a_failure_to_join_is_told_and_can_be_tried_again() {
    let mut rig = Rig::new().understood("1");
    rig.world
        .faults
        .push_back((Kind::Roll, AnswerFault::Failed(TroubleCode::ServiceDown)));
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.world.written().last().unwrap(), "RollFailed");
    assert_eq!(stays(&mut rig), StaysBecause::Failed);
    rig.after(AfterAction::JoinRoll);
    assert_eq!(
        password(&mut rig).0,
        Some(PasswordFate::OnRoll {
            read_back: true,
            afterwards: Afterwards::AsBefore,
        })
    );
}

#[test]
fn what_the_site_wants_shown_must_have_been_shown() {
    let cases = [
        (NeedsProof::Word, TestPlace::Phone, true),
        (NeedsProof::Seen, TestPlace::Phone, false),
        (NeedsProof::Seen, TestPlace::Station, true),
        (NeedsProof::Token, TestPlace::Station, false),
    ];
    for (needs, place, enough) in cases {
        let mut rig = with(|policy| policy.passwords.needs_proof = needs).registered("1");
        rig.after(AfterAction::TrySignIn { place });
        rig.after(report(false));
        rig.after(answered(UseAnswer::No));
        assert_eq!(
            password(&mut rig).0.is_none(),
            enough,
            "{needs:?} {place:?}"
        );
    }
    let mut rig = with(|policy| policy.passwords.way = PasswordWay::Off).tested("1");
    rig.after(answered(UseAnswer::No));
    assert_eq!(stays(&mut rig), StaysBecause::Off);
}

/// S41, S43, S47: that it changes by itself is said only of what was read back while the job is known to run.
#[test]
fn the_three_month_change_stays_in_force_until_the_job_is_known_to_run() {
    let two_days = 2 * 24 * 60;
    let cases = [
        (UnattendedRun::Unknown, false, Afterwards::AsBefore),
        (ran(0), false, Afterwards::ByItself),
        (ran(two_days - 1), false, Afterwards::ByItself),
        (ran(two_days), false, Afterwards::AsBefore),
        (ran(0), true, Afterwards::AsBefore),
    ];
    for (run, roll_lags, afterwards) in cases {
        let mut rig = Rig::new().understood("1");
        rig.world.roll_lags = roll_lags;
        rig.desk.set_unattended_run(run);
        rig.after(AfterAction::JoinRoll);
        let on_roll = PasswordFate::OnRoll {
            read_back: !roll_lags,
            afterwards,
        };
        assert_eq!(password(&mut rig).0, Some(on_roll), "{run:?}");
        rig.visit(VisitAction::Finish { leave_pass: false });
        let PersonAfterScreen::Card { password, .. } = person_screen(&mut rig) else {
            panic!("no card");
        };
        assert_eq!(password, on_roll);
    }
}

/// S47: where the site wants it, the age is of no account once the password is out of use, and was read back.
#[test]
fn a_password_that_is_out_of_use_need_not_be_changed_where_its_age_is_of_no_account() {
    let wants = |policy: &mut onboarding::Policy| policy.passwords.never_expires = true;
    let mut rig = with(wants).understood("1");
    let from = rig.log.len();
    rig.held.insert(Kind::Roll);
    rig.after(AfterAction::JoinRoll);
    assert!(rig.world.never_expiring.is_empty(), "not before the roll");
    rig.release(Kind::Roll);
    assert_eq!(
        rig.since(from),
        [
            "v1 record RollIntent",
            "v1 JoinRoll",
            "v1 record RollJoined",
            "v1 record NeverExpiresIntent",
            "v1 NeverExpires",
            "v1 record NeverExpires",
        ]
    );
    let on_roll = |afterwards| PasswordFate::OnRoll {
        read_back: true,
        afterwards,
    };
    let fate = password(&mut rig).0;
    assert_eq!(fate, Some(on_roll(Afterwards::NeverExpires)));
    rig.desk.set_unattended_run(ran(5));
    let fate = password(&mut rig).0;
    assert_eq!(fate, Some(on_roll(Afterwards::ByItself)), "more is known");
    // Not seen yet, refused, or not written down: the rule stays in force.
    let mut rig = with(wants).understood("1");
    rig.world.roll_lags = true;
    rig.after(AfterAction::JoinRoll);
    let stays = PasswordFate::OnRoll {
        read_back: false,
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig).0, Some(stays));
    let mut rig = with(wants).understood("1");
    rig.world.unwritable = Some("After(NeverExpiresIntent");
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.trouble().as_deref(), Some("R502"));
    assert!(rig.world.never_expiring.is_empty());
    let mut rig = with(wants).understood("1");
    rig.held.insert(Kind::Roll);
    rig.after(AfterAction::JoinRoll);
    rig.held.clear();
    let refused = AnswerFault::Failed(TroubleCode::NotAllowedHere);
    let join = rig.flying.pop().unwrap();
    let answer = rig.world.answer(&join, rig.now).unwrap();
    rig.world.faults.push_back((Kind::Roll, refused));
    rig.desk.handle_answer(join.id, answer, rig.now);
    rig.run();
    assert_eq!(rig.world.written().last().unwrap(), "NeverExpiresFailed");
    let fate = password(&mut rig).0;
    assert_eq!(fate, Some(on_roll(Afterwards::AsBefore)));
}

fn ran(minutes: u32) -> UnattendedRun {
    UnattendedRun::Ago { minutes }
}
