//! Joining the roll (S43, S48).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AfterAction, Afterwards, NeedsProof, NeverReason, PasswordFate, PasswordStep, PasswordWay,
    PersonAfterAction, PersonAfterScreen, StaysBecause, TestPlace, TroubleCode, UseAnswer,
    VisitAction,
};

use crate::after_registration::{password, person_screen, refused, report, stays, with};
use crate::rig::Rig;

/// S43, S48: nothing before the test passed well enough, the person understood and the operator pressed.
#[test]
fn the_person_joins_the_roll_in_the_order_that_is_written() {
    let mut rig = Rig::new().tested("1");
    let from = rig.log.len();
    rig.answers(UseAnswer::No);
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
        rig.answers(UseAnswer::No);
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
    rig.answers(UseAnswer::No);
    assert_eq!(rig.trouble().as_deref(), Some("N104"));
    rig.person_after(PersonAfterAction::Understood);
    rig.after(AfterAction::JoinRoll);
    assert_eq!(stays(&mut rig), StaysBecause::Never(NeverReason::Role));
}

#[test]
fn a_failure_to_join_is_told_and_can_be_tried_again() {
    let mut rig = Rig::new().understood("1");
    rig.world.faults.push_back((
        Kind::Roll,
        AnswerFault::Failed(TroubleCode::RollNotPermitted),
    ));
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

/// F23: what may have been done is never called "the password stays as it is".
#[test]
fn f23_a_lost_answer_leaves_the_person_perhaps_on_the_roll() {
    let on_roll = |read_back| {
        Some(PasswordFate::OnRoll {
            read_back,
            afterwards: Afterwards::AsBefore,
        })
    };
    for lost in [
        TroubleCode::NoNetwork,
        TroubleCode::ServiceDown,
        TroubleCode::Unexpected,
    ] {
        let mut rig = Rig::new().understood("1");
        let spoil = |rig: &mut Rig, code| {
            let fault = (Kind::Roll, AnswerFault::Failed(code));
            rig.world.faults.push_back(fault);
            rig.after(AfterAction::JoinRoll);
            assert_eq!(password(rig), (on_roll(false), PasswordStep::MayJoin));
            assert_eq!(rig.trouble().as_deref(), Some(code.short()));
        };
        spoil(&mut rig, lost);
        // A later refusal says nothing of the first request.
        spoil(&mut rig, TroubleCode::RollNotPermitted);
        rig.world.record_fails = true;
        rig.after(AfterAction::JoinRoll);
        assert_eq!(password(&mut rig).0, on_roll(false));
        rig.world.record_fails = false;
        rig.after(AfterAction::JoinRoll);
        assert_eq!(password(&mut rig), (on_roll(true), PasswordStep::Done));
    }
    // Cut off before the answer came.
    let mut rig = Rig::new().understood("1");
    rig.held.insert(Kind::Roll);
    rig.after(AfterAction::JoinRoll);
    rig.visit(VisitAction::Cancel);
    let PersonAfterScreen::Card { password, .. } = person_screen(&mut rig) else {
        panic!("no card");
    };
    assert_eq!(Some(password), on_roll(false));
    assert!(!rig.world.written().contains(&"PasswordStays".to_owned()));
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
        rig.answers(UseAnswer::No);
        assert_eq!(
            password(&mut rig).0.is_none(),
            enough,
            "{needs:?} {place:?}"
        );
    }
    let mut rig = with(|policy| policy.passwords.way = PasswordWay::Off).tested("1");
    rig.answers(UseAnswer::No);
    assert_eq!(stays(&mut rig), StaysBecause::Off);
}
