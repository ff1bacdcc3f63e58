//! When nothing of a visit that waits for a call is on the disk any more (S20).

use desk_world::sample;
use onboarding::record::ForgottenWhy;
use onboarding::{Mode, OperatorAction, Policy, TroubleCode, VisitAction, VisitId};

use crate::kept::{
    HOUR_S, aside, code, forgotten, list, on_disk, policy, restart, restarted, resume, rig,
};

/// Each way a visit ends.
#[test]
fn s20_the_file_is_gone_after_each_end() {
    let not_today = VisitAction::NotToday {
        why: onboarding::NotPossibleReason::NoSmartphone,
        leave_pass: false,
    };
    let ends = [
        VisitAction::Cancel,
        VisitAction::LeaveUnfinished { leave_pass: false },
        not_today,
    ];
    for end in ends {
        for dies in [false, true] {
            let mut rig = aside();
            assert_eq!(on_disk(&rig), [VisitId(1)]);
            if dies {
                restarted(&mut rig);
                resume(&mut rig, 1).unwrap();
                rig.visit(VisitAction::ConfirmPerson);
            }
            rig.visit(end.clone());
            rig.wait_s(300);
            assert!(on_disk(&rig).is_empty(), "{end:?} {dies}");
            restarted(&mut rig);
            assert_eq!(list(&mut rig).0, [], "{end:?} {dies}");
        }
    }
    // Put away unopened.
    let mut rig = aside();
    restarted(&mut rig);
    let visit = VisitId(1);
    rig.want(OperatorAction::ForgetKept { visit });
    assert!(on_disk(&rig).is_empty());
    assert_eq!(forgotten(&rig), [ForgottenWhy::Asked]);
    let again = rig.act(&OperatorAction::ForgetKept { visit });
    assert_eq!(code(again), Err(TroubleCode::VisitGone));
}

#[test]
fn s20_the_file_is_gone_once_the_person_has_registered() {
    let mut rig = rig().caller_live("1");
    rig.visit(VisitAction::ReadOut);
    rig.want(OperatorAction::PutAside);
    assert_eq!(on_disk(&rig), [VisitId(1)]);
    let _used = rig.world.use_pass(&sample::user("1"), rig.now);
    let entry = sample::authenticator("new", true);
    rig.world.add(&sample::user("1"), entry);
    rig.wait_s(60);
    assert!(on_disk(&rig).is_empty());
    assert_eq!(forgotten(&rig), [ForgottenWhy::Registered]);
}

#[test]
fn s20_the_file_is_gone_after_a_day() {
    // While the app runs, whether somebody is signed in or not.
    for locked in [false, true] {
        let mut rig = aside();
        if locked {
            restart(&mut rig, policy());
        }
        rig.wait_s(24 * HOUR_S - 60);
        assert_eq!(on_disk(&rig), [VisitId(1)], "{locked}");
        rig.wait_s(60);
        assert!(on_disk(&rig).is_empty(), "{locked}");
        assert_eq!(forgotten(&rig), [ForgottenWhy::TooOld]);
    }
    // And at the next start.
    let mut rig = aside();
    let day = rig.now.mono.after_s(24 * HOUR_S);
    rig.clock_to(day);
    restart(&mut rig, policy());
    assert!(on_disk(&rig).is_empty());
    assert_eq!(forgotten(&rig), [ForgottenWhy::TooOld]);
    // However often it was taken up and put aside, it is a day from the first time.
    let mut rig = aside();
    for visit in 1..6 {
        rig.wait_s(5 * HOUR_S);
        restarted(&mut rig);
        let taken_up = resume(&mut rig, visit);
        assert_eq!(taken_up.is_ok(), visit < 5, "{visit}");
        if taken_up.is_ok() {
            rig.visit(VisitAction::ConfirmPerson);
            rig.want(OperatorAction::PutAside);
        }
    }
}

/// A clock that was set back keeps nothing any longer.
#[test]
fn s20_a_clock_that_was_set_back_deletes_what_nobody_can_tell_the_age_of() {
    let mut rig = aside();
    rig.wait_s(2 * HOUR_S);
    rig.want(OperatorAction::Touch);
    rig.unconfirm(Some(-3));
    restart(&mut rig, policy());
    assert!(on_disk(&rig).is_empty());
    assert_eq!(forgotten(&rig), [ForgottenWhy::TooOld]);
}

#[test]
fn s20_where_callers_are_not_served_any_more_the_file_goes_at_the_start() {
    let kiosk = Policy {
        mode: Mode::Kiosk,
        ..policy()
    };
    let none = Policy {
        telephone: None,
        ..policy()
    };
    let alone = Policy {
        visits_max: 1,
        ..policy()
    };
    for policy in [kiosk, none, alone] {
        let mut rig = aside();
        restart(&mut rig, policy);
        assert!(on_disk(&rig).is_empty());
        assert_eq!(forgotten(&rig), [ForgottenWhy::NotServed]);
    }
}
