//! The operator walked away and the person did not: two clocks, and what each keeps going (F19).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    OperatorAction, PersonAction, PersonScreen, TroubleCode, VisitAction, VisitId,
    record::{Event, SignOutReason},
};

use crate::orders::every_order;
use crate::rig::Rig;

/// The person touches the screen once a minute.
fn busy_s(rig: &mut Rig, seconds: u64) {
    for _ in 0..seconds / 60 {
        rig.person(PersonAction::Touch).unwrap();
        rig.wait_s(60);
    }
    rig.person(PersonAction::Touch).unwrap();
    rig.wait_s(seconds % 60);
}

/// A person at the board whose operator walked away: the operator's clock has just run out.
fn alone() -> Rig {
    let mut rig = Rig::new().shown("1");
    rig.want(OperatorAction::Touch);
    busy_s(&mut rig, 600);
    assert_eq!(rig.screen(), "Locked");
    rig
}

fn looks(rig: &Rig) -> usize {
    rig.log
        .iter()
        .filter(|step| *step == "v1 ReadMethods")
        .count()
}

fn signed_out(rig: &Rig) -> Vec<SignOutReason> {
    let why = |(_, event): &(_, Event)| match event {
        Event::OperatorSignedOut { why, .. } => Some(*why),
        _ => None,
    };
    rig.world.record.iter().filter_map(why).collect()
}

/// Name, sign-in name and mail address on the person's screen, if they are there.
fn names(rig: &mut Rig) -> bool {
    match rig.person_view().screen {
        PersonScreen::Walk {
            name,
            upn_local,
            upn_domain,
            mail,
            ..
        } => {
            let texts = [name, upn_local, upn_domain, mail.unwrap_or_default()];
            let there = texts.iter().filter(|text| !text.is_empty()).count();
            assert!(matches!(there, 0 | 4), "half blank: {texts:?}");
            there == 4
        }
        _ => panic!("no walk"),
    }
}

#[test]
fn whatever_the_person_touches_the_operators_clock_runs_out_f19() {
    let mut rig = Rig::new().live("1");
    rig.want(OperatorAction::Touch);
    for _ in 0..59 {
        rig.wait_s(10);
        rig.person(PersonAction::OtherScreen).unwrap();
        rig.person(PersonAction::Touch).unwrap();
    }
    assert_eq!(rig.screen(), "Board");
    rig.wait_s(10);
    assert_eq!(rig.screen(), "Locked");
}

#[test]
fn a_pass_in_sight_stays_until_its_own_clock_hides_it_f19() {
    let mut policy = sample::policy();
    policy.idle_lock_s = 60;
    policy.pass.reveal_s = 90;
    let mut rig = Rig::with(policy, Vec::new()).live("1");
    rig.visit(VisitAction::Reveal);
    rig.wait_s(30);
    rig.person(PersonAction::Touch).unwrap();
    rig.wait_s(30);
    assert_eq!(
        (rig.screen().as_str(), rig.person_pass()),
        ("Locked", "shown")
    );
    assert_eq!(signed_out(&rig), []);
    rig.wait_s(29);
    assert_eq!(rig.person_pass(), "shown");
    rig.wait_s(1);
    assert_eq!(rig.person_pass(), "hidden");
    // Nobody uncovers it again without the operator.
    rig.person(PersonAction::Touch).unwrap();
    assert!(rig.person(PersonAction::Reveal).is_err());
}

#[test]
fn the_live_check_looks_on_for_a_person_alone_and_orders_are_refused_f19() {
    let mut rig = alone();
    let written = rig.world.record.len();
    for order in every_order(rig.visit) {
        assert_eq!(
            rig.act(&order).map_err(|trouble| trouble.code),
            Err(TroubleCode::SignInAgain),
            "{order:?}"
        );
    }
    assert_eq!(rig.world.record.len(), written, "nothing came of them");
    let before = looks(&rig);
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.world
        .add(&sample::user("1"), sample::authenticator("new", true));
    busy_s(&mut rig, 120);
    assert!(looks(&rig) > before);
    assert_eq!(rig.person_pass(), "registered");
    assert_eq!(rig.screen(), "Locked", "the operator is still wanted back");
    rig.want(OperatorAction::SignIn);
    rig.visit(VisitAction::Finish { leave_pass: false });
    assert_eq!(signed_out(&rig), [SignOutReason::Idle]);
}

#[test]
fn nobody_goes_on_alone_for_longer_than_the_site_allows_f19() {
    let mut rig = alone();
    busy_s(&mut rig, 899);
    assert_eq!(signed_out(&rig), []);
    rig.wait_s(1);
    assert_eq!(signed_out(&rig), [SignOutReason::Idle]);
    assert_eq!(rig.log.last().unwrap(), "record OperatorSignedOut");
    let before = looks(&rig);
    busy_s(&mut rig, 300);
    assert_eq!((looks(&rig), rig.screen().as_str()), (before, "Locked"));

    // A site that allows nothing: the tokens go with the operator.
    let mut policy = sample::policy();
    policy.max_unattended_s = 0;
    let mut rig = Rig::with(policy, Vec::new()).shown("1");
    busy_s(&mut rig, 600);
    assert_eq!(signed_out(&rig), [SignOutReason::Idle]);
    assert_eq!(rig.person_pass(), "hidden");
}

#[test]
fn a_person_who_walks_away_as_well_ends_it_f19() {
    let mut rig = alone();
    rig.person(PersonAction::Touch).unwrap();
    rig.wait_s(119);
    assert_eq!(signed_out(&rig), []);
    rig.wait_s(1);
    assert_eq!(signed_out(&rig), [SignOutReason::Idle]);
    assert!(!names(&mut rig));
}

/// What is open ends fifteen minutes and the idle time after the last touch of either side.
#[test]
fn the_end_counts_from_the_last_touch_of_either_f19() {
    let mut rig = alone();
    busy_s(&mut rig, 1_200);
    rig.person(PersonAction::Touch).unwrap();
    rig.wait_s(600 + 899);
    assert_eq!(rig.screen(), "Locked");
    rig.wait_s(1);
    assert_eq!(rig.screen(), "Welcome");
    assert!(rig.world.written().contains(&"VisitEnded".to_owned()));
}

#[test]
fn names_go_half_a_minute_after_a_lock_somebody_asked_for_f19() {
    let mut rig = Rig::new().shown("1");
    rig.person(PersonAction::Touch).unwrap();
    rig.want(OperatorAction::Lock);
    assert_eq!(rig.person_pass(), "hidden");
    rig.wait_ms(29_900);
    rig.person(PersonAction::Touch).unwrap();
    assert!(names(&mut rig));
    rig.wait_ms(100);
    assert!(!names(&mut rig));
    // Whoever touches it now does not bring them back, a sign-in under way neither.
    rig.person(PersonAction::Touch).unwrap();
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    assert!(!names(&mut rig));
    rig.release(Kind::SignIn);
    assert!(names(&mut rig));
}

#[test]
fn names_stay_after_an_idle_lock_while_the_person_is_there_f19() {
    let mut rig = alone();
    busy_s(&mut rig, 1_200);
    assert!(names(&mut rig));
    rig.person(PersonAction::Touch).unwrap();
    rig.wait_ms(119_900);
    assert!(names(&mut rig));
    rig.wait_ms(100);
    assert!(!names(&mut rig));
    rig.person(PersonAction::Touch).unwrap();
    assert!(!names(&mut rig), "a passer-by brings no name back");

    // Nobody was there when it locked.
    let mut rig = Rig::new().shown("1");
    rig.wait_s(600);
    assert_eq!(rig.screen(), "Locked");
    assert!(!names(&mut rig));
}

#[test]
fn another_operator_who_tries_ends_what_went_on_alone_i4() {
    let mut rig = alone();
    rig.world.operator = sample::operator("op-2");
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.trouble().as_deref(), Some("S112"));
    assert_eq!(signed_out(&rig), [SignOutReason::Idle]);
    let before = looks(&rig);
    busy_s(&mut rig, 120);
    assert_eq!(looks(&rig), before);
}

#[test]
fn a_sign_in_under_way_lets_the_person_go_on_f19() {
    let mut rig = alone();
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    let before = looks(&rig);
    busy_s(&mut rig, 60);
    assert!(looks(&rig) > before);
    rig.want(OperatorAction::CancelSignIn);
    busy_s(&mut rig, 60);
    assert_eq!(
        (rig.screen().as_str(), signed_out(&rig)),
        ("Locked", vec![])
    );
}

#[test]
fn a_token_that_ends_while_the_person_is_alone_ends_the_looking_only_f8() {
    let mut rig = alone();
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    busy_s(&mut rig, 120);
    assert_eq!(signed_out(&rig), [SignOutReason::Expired]);
    assert_eq!(rig.screen(), "Locked");
    assert!(names(&mut rig));
}

/// Where visits are side by side, a late touch on a page of somebody else's visit moves no clock, and each person has
/// one of their own.
#[test]
fn a_touch_meant_for_another_visit_counts_for_nobody_f19() {
    let mut policy = sample::policy();
    policy.visits_max = 2;
    let mut rig = Rig::with(policy, Vec::new()).live("1");
    rig.person(PersonAction::Touch).unwrap();
    rig = rig.live("2");
    rig.want(OperatorAction::Touch);
    rig.wait_s(590);
    let (place, seen) = (Some(VisitId(2)), Some(VisitId(1)));
    let late = rig
        .desk
        .person_act_seen(place, seen, &PersonAction::Touch, rig.now);
    assert!(late.is_err());
    rig.wait_s(10);
    assert_eq!(signed_out(&rig), [SignOutReason::Idle], "nobody is there");
}

#[test]
fn who_waited_and_touched_the_welcome_keeps_nobodys_visit_going_f19() {
    let mut policy = sample::policy();
    policy.visits_max = 2;
    policy.idle_lock_s = 60;
    let mut rig = Rig::with(policy, Vec::new()).live("1");
    rig.want(OperatorAction::PutAside);
    rig.desk
        .person_act(None, &PersonAction::Touch, rig.now)
        .unwrap();
    rig.want(OperatorAction::Resume { visit: rig.visit });
    rig.wait_s(60);
    assert_eq!(signed_out(&rig), [SignOutReason::Idle]);
}
