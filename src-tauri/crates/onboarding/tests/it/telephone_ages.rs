//! What was said in a call grows old, and what becomes of an earlier phone is no matter for a call (N28, N29).

use desk_world::sample;
use onboarding::{
    CallerAction, EarlierPhone, OldPhoneAction, OperatorAction, TroubleCode, VisitAction,
};

use crate::rig::Rig;
use crate::telephone::policy;

fn proofed() -> Rig {
    let mut rig = Rig::with(policy(), Vec::new()).signed_in();
    rig.want(OperatorAction::StartTelephoneVisit);
    rig.find("1");
    rig.visit(VisitAction::ConfirmPerson);
    call(&mut rig, Some(1)).unwrap();
    let supervisor = CallerAction::SupervisorSaid { at: Some(0) };
    rig.visit(VisitAction::Caller(supervisor));
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig
}

fn call(rig: &mut Rig, at: Option<u8>) -> Result<(), TroubleCode> {
    let act = VisitAction::Caller(CallerAction::CalledBack { at });
    rig.try_visit(act).map_err(|trouble| trouble.code)
}

fn confirm(rig: &mut Rig) -> Result<(), TroubleCode> {
    let tried = rig.try_visit(VisitAction::ConfirmCheck);
    tried.map_err(|trouble| trouble.code)
}

/// Whoever called in the morning is not proofed in the afternoon; what is left of it is counted from the first call.
#[test]
fn n28_a_call_of_some_time_ago_proofs_nobody() {
    let valid_s = u64::from(sample::policy().check_valid_minutes) * 60;
    for (waits, later) in [(valid_s - 60, 0), (valid_s, 1)] {
        let mut rig = proofed();
        stay(&mut rig, waits);
        if later == 1 {
            assert_eq!(confirm(&mut rig), Err(TroubleCode::CheckExpired));
            // One call alone is not made young by another.
            call(&mut rig, None).unwrap();
            call(&mut rig, Some(1)).unwrap();
            assert_eq!(confirm(&mut rig), Err(TroubleCode::CheckExpired));
            continue;
        }
        confirm(&mut rig).unwrap();
        stay(&mut rig, 61);
        let issue = VisitAction::IssuePass { replace: false };
        let refused = rig.try_visit(issue).unwrap_err();
        assert_eq!(refused.code, TroubleCode::CheckExpired);
        assert!(rig.world.passes.is_empty());
    }
}

/// Time in which the operator is there.
fn stay(rig: &mut Rig, seconds: u64) {
    let mut left = seconds;
    while left > 0 {
        let some = left.min(60);
        rig.wait_s(some);
        rig.want(OperatorAction::Touch);
        left -= some;
    }
}

#[test]
fn n29_over_the_telephone_nothing_is_said_of_an_earlier_phone() {
    let mut rig = Rig::with(policy(), Vec::new()).signed_in();
    let old = sample::authenticator("old", true);
    rig.world.add(&sample::user("1"), old);
    rig.want(OperatorAction::StartTelephoneVisit);
    rig.find("1");
    assert!(rig.view().old_phone.is_none());
    for earlier in [EarlierPhone::Lost, EarlierPhone::LostToOthers] {
        let said = OldPhoneAction::SayEarlierPhone {
            earlier: Some(earlier),
        };
        assert!(rig.try_visit(VisitAction::OldPhone(said)).is_err());
    }
}

/// The number that was called to the counter stays whose it is.
#[test]
fn n28_a_call_takes_nobodys_turn() {
    let several = onboarding::Policy {
        visits_max: 3,
        ..policy()
    };
    let mut rig = Rig::with(several, Vec::new()).signed_in();
    rig.want(OperatorAction::TakeTicket);
    rig.want(OperatorAction::CallTicket { number: 1 });
    rig.want(OperatorAction::StartTelephoneVisit);
    let of_front = |rig: &mut Rig| {
        let list = rig.view().list.unwrap();
        let front = list.visits.iter().find(|card| card.in_front).unwrap();
        front.ticket
    };
    assert_eq!(of_front(&mut rig), 2);
    rig.want(OperatorAction::PutAside);
    rig.want(OperatorAction::StartVisit);
    assert_eq!(of_front(&mut rig), 1, "who was called comes");
}
