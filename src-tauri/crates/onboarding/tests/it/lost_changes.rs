//! Another password whose answer was lost (F23).

use desk_world::AnswerFault;
use onboarding::{
    AfterAction, Afterwards, PasswordFate, PasswordStep, PasswordWay, StaysBecause, TroubleCode,
};

use crate::changing::{
    FINISH, PASSED, PASSWORD_ASKED, STATION, intents, password, refused, rig, set, spoil, stays,
};

/// F23: a lost answer is set again with a new value, by an intent of its own, and not for ever.
#[test]
fn f23_a_lost_answer_is_set_again_and_then_said() {
    for (lost, requests) in [(1, 2), (2, 3), (3, 3)] {
        let mut rig = rig(PasswordWay::Patch, false).understood("1");
        spoil(&mut rig, lost, AnswerFault::LostAnswer);
        rig.after(AfterAction::JoinRoll);
        let ids = intents(&rig);
        assert_eq!((ids.len(), set(&rig)), (requests, requests), "{lost} lost");
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), requests);
        let known = lost < 3;
        let (fate, step) = password(&mut rig);
        match known {
            true => assert!(matches!(fate, Some(PasswordFate::Changed { .. }))),
            false => {
                assert_eq!(
                    (fate, step),
                    (Some(PasswordFate::Unclear), PasswordStep::MayJoin)
                );
                assert_eq!(rig.trouble().as_deref(), Some("R515"));
                // One more press of the operator.
                rig.after(AfterAction::JoinRoll);
                assert!(matches!(
                    password(&mut rig).0,
                    Some(PasswordFate::Changed { .. })
                ));
            }
        }
        rig.visit(FINISH);
    }
}

#[test]
fn a_no_after_a_lost_answer_leaves_it_unclear() {
    let mut rig = rig(PasswordWay::Patch, false).understood("1");
    spoil(&mut rig, 1, AnswerFault::LostAnswer);
    spoil(
        &mut rig,
        1,
        AnswerFault::Failed(TroubleCode::PatchNotPermitted),
    );
    rig.after(AfterAction::JoinRoll);
    assert_eq!(password(&mut rig).0, Some(PasswordFate::Unclear));
    assert_eq!(rig.trouble().as_deref(), Some("R510"));
}

/// F23: a refusal says nothing of the request before it, whose answer was lost.
#[test]
fn f23_a_no_after_another_press_leaves_it_unclear() {
    let mut rig = rig(PasswordWay::Patch, false).understood("1");
    spoil(&mut rig, 3, AnswerFault::LostAnswer);
    rig.after(AfterAction::JoinRoll);
    let unclear = (Some(PasswordFate::Unclear), PasswordStep::MayJoin);
    assert_eq!(password(&mut rig), unclear);
    let refusals = [
        AnswerFault::Failed(TroubleCode::PatchNotPermitted),
        AnswerFault::NotSent,
    ];
    for refusal in refusals {
        spoil(&mut rig, 1, refusal);
        rig.after(AfterAction::JoinRoll);
        assert_eq!(password(&mut rig), unclear, "{refusal:?}");
    }
    rig.world.record_fails = true;
    rig.after(AfterAction::JoinRoll);
    assert_eq!(password(&mut rig), unclear);
    rig.world.record_fails = false;
    rig.after(AfterAction::JoinRoll);
    assert!(matches!(
        password(&mut rig).0,
        Some(PasswordFate::Changed { .. })
    ));
}

/// S46, F23: a reset whose answer was lost may be in the way at the next sign-in all the same.
#[test]
fn f23_a_lost_reset_is_tested_too() {
    let on_roll = Some(PasswordFate::OnRoll {
        read_back: true,
        afterwards: Afterwards::AsBefore,
    });
    let left_open = [
        (false, Some(PasswordFate::Unclear), PasswordStep::MayJoin),
        (true, on_roll, PasswordStep::Done),
    ];
    for (roll, fate, step) in left_open {
        let lost = || {
            let mut rig = rig(PasswordWay::Reset, roll).understood("1");
            spoil(&mut rig, 3, AnswerFault::LostAnswer);
            rig.after(AfterAction::JoinRoll);
            assert_eq!(rig.trouble().as_deref(), Some("R515"));
            assert_eq!(password(&mut rig), (None, PasswordStep::TestAgain));
            assert_eq!(refused(&mut rig, FINISH), TroubleCode::NotNow);
            rig.after(STATION);
            rig
        };
        let mut rig = lost();
        rig.after(PASSED);
        // Nothing is in the way; whether it was changed is as open as before.
        assert_eq!(password(&mut rig), (fate, step));
        let mut rig = lost();
        rig.after(PASSWORD_ASKED);
        let must_change = stays(StaysBecause::MustChange);
        assert_eq!(password(&mut rig).0, must_change);
        assert!(rig.world.roll.is_empty());
        // A later refusal makes it no clearer.
        let mut rig = crate::changing::rig(PasswordWay::Reset, roll).understood("1");
        spoil(&mut rig, 1, AnswerFault::LostAnswer);
        spoil(
            &mut rig,
            1,
            AnswerFault::Failed(TroubleCode::PatchNotPermitted),
        );
        rig.after(AfterAction::JoinRoll);
        assert_eq!(password(&mut rig), (None, PasswordStep::TestAgain));
    }
}
