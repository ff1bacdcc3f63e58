//! How the app ends, and what it does not end by.

use desk_world::sample;
use onboarding::{Mode, OperatorAction, TroubleCode, VisitAction};

use crate::rig::Rig;

fn kiosk() -> Rig {
    let mut policy = sample::policy();
    policy.mode = Mode::Kiosk;
    Rig::with(policy, Vec::new())
}

/// Somebody presses Alt+F4 or uses the window manager: what the screen says, and whether the app ends.
#[track_caller]
fn window_closes(mut rig: Rig, says: Option<&str>) -> Rig {
    rig.desk.window_closes();
    rig.run();
    assert_eq!(rig.trouble().as_deref(), says);
    assert_eq!(ends(&rig), says.is_none());
    rig
}

fn ends(rig: &Rig) -> bool {
    rig.log.iter().any(|line| line.ends_with("CloseApp"))
}

/// How often a sign-out stands in the record with the word for an app that stopped.
fn signed_out(rig: &Rig) -> usize {
    rig.world
        .written()
        .iter()
        .filter(|entry| *entry == "OperatorSignedOut")
        .count()
}

#[test]
fn a_kiosk_stays_whoever_is_signed_in_or_not() {
    window_closes(kiosk(), Some("A520"));
    window_closes(kiosk().signed_in(), Some("A520"));
    window_closes(kiosk().board("1"), Some("A520"));
    window_closes(kiosk().live("1"), Some("A520"));
    let mut locked = kiosk().signed_in();
    locked.want(OperatorAction::Lock);
    let locked = window_closes(locked, Some("A520"));
    assert_eq!(signed_out(&locked), 1, "the lock's own");
}

/// The window does not close in the middle of a hand-over, and the screen says why.
#[test]
fn a_desk_closes_by_its_window_but_not_in_the_middle_of_a_visit() {
    let nobody = window_closes(Rig::new(), None);
    assert_eq!(signed_out(&nobody), 0);
    let somebody = window_closes(Rig::new().signed_in(), None);
    assert_eq!(signed_out(&somebody), 1, "the record says who went");
    assert!(
        somebody
            .log
            .iter()
            .any(|line| line.ends_with("ForgetOperator"))
    );
    let mut visit = window_closes(Rig::new().live("1"), Some("A506"));
    assert!(visit.desk.visit_open());
    visit.visit(VisitAction::Cancel);
    assert!(!visit.desk.visit_open());
}

#[test]
fn the_operator_ends_the_app_from_home_alone() {
    let mut rig = kiosk();
    let refused = |rig: &mut Rig| rig.act(&OperatorAction::CloseApp).map_err(|t| t.code);
    assert_eq!(refused(&mut rig), Err(TroubleCode::NotNow), "signed out");
    let mut rig = kiosk().board("1");
    assert_eq!(refused(&mut rig), Err(TroubleCode::VisitOpen));
    let mut rig = kiosk().signed_in();
    rig.want(OperatorAction::Lock);
    assert_eq!(refused(&mut rig), Err(TroubleCode::NotNow), "locked");
    for mut rig in [kiosk().signed_in(), Rig::new().signed_in()] {
        rig.want(OperatorAction::CloseApp);
        assert!(ends(&rig));
        assert_eq!(signed_out(&rig), 1);
    }
}

/// The next start finds what is open; until then nobody looks at a pass that nobody answers for.
#[test]
fn the_system_ends_the_app_at_any_time_and_the_sign_out_is_recorded() {
    let mut rig = kiosk().shown("1");
    rig.desk.stop();
    rig.run();
    assert!(ends(&rig));
    assert_eq!(signed_out(&rig), 1);
    assert_eq!(rig.person_pass(), "hidden");
    let visit_ended = |entry: &String| entry == "VisitEnded";
    assert!(!rig.world.written().iter().any(visit_ended));
}
