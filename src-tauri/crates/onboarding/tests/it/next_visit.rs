//! From the summary to the next visit in one press.

use desk_world::sample;
use onboarding::{
    InFront, Mode, OperatorAction, OperatorScreen, PassStage, PersonScreen, TroubleCode,
    VisitAction, VisitId, VisitScreen,
};

use crate::rig::Rig;

/// Where a visit has just ended.
fn ended(mut rig: Rig) -> Rig {
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    rig
}

fn is_finding(rig: &mut Rig) -> Option<VisitId> {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            visit,
            screen: VisitScreen::Find { .. },
            ..
        }) => Some(visit),
        _ => None,
    }
}

/// N12: nothing of the first visit is left in the windows of the second.
#[test]
fn the_next_visit_begins_with_one_press_in_new_windows() {
    let mut rig = ended(Rig::new().shown("1"));
    let from = rig.log.len();
    rig.visit(VisitAction::StartNext);
    assert_eq!(is_finding(&mut rig), Some(VisitId(2)));
    assert_eq!(rig.since(from)[0], "v1 RebuildWindows");
    let panes = rig.panes();
    assert!(!panes.contains("user-1") && !panes.contains("Account 1"));
    assert!(rig.desk.person_view(Some(VisitId(1)), rig.now).is_err());
    assert!(!matches!(
        rig.person_view().screen,
        PersonScreen::Goodbye { .. }
    ));
    // The second is a visit like any other.
    rig.find("2");
    assert!(rig.panes().contains("user-2"));
}

/// A counter whose only place the ended visit still has is not full.
#[test]
fn the_place_of_the_visit_that_ended_is_free_for_the_next() {
    for mode in [Mode::Kiosk, Mode::Desk] {
        let mut policy = sample::policy();
        (policy.mode, policy.visits_max) = (mode, 1);
        let mut rig = ended(Rig::with(policy, Vec::new()).shown("1"));
        rig.visit(VisitAction::StartNext);
        assert_eq!(is_finding(&mut rig), Some(VisitId(2)), "{mode:?}");
    }
}

#[test]
fn where_no_visit_may_begin_the_summary_stays() {
    let mut rig = Rig::new();
    rig.world.operator.renewable = false;
    let needed_s = u64::from(sample::policy().token_minutes_min) * 60;
    rig.world.operator.token_until = onboarding::Mono(sample::MONO).after_s(needed_s + 60);
    let mut rig = rig.board("1");
    rig.wait_s(90);
    let mut rig = ended(rig);
    let refused = rig.try_visit(VisitAction::StartNext);
    let codes = (refused.unwrap_err().code, rig.screen());
    assert_eq!(codes, (TroubleCode::TokenTooShort, "Receipt".to_owned()));
    rig.want(OperatorAction::Lock);
    let refused = rig.try_visit(VisitAction::StartNext);
    assert_eq!(refused.unwrap_err().code, TroubleCode::SignInAgain);
}

#[test]
fn a_visit_that_goes_on_is_not_put_away() {
    let mut rig = Rig::new().live("1");
    let refused = rig.try_visit(VisitAction::StartNext);
    assert!(refused.is_err());
    assert_eq!(
        (rig.screen().as_str(), rig.stage()),
        ("Board", PassStage::Live)
    );
}
