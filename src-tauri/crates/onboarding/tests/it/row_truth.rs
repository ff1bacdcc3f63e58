//! What a row says is true on that row: its line, its lights, its ticks, and what of it reached the operator.

use desk_world::sample;
use onboarding::{
    DoneLight, InFront, Light, LightState, LiveView, OperatorScreen, PersonAction, PersonScreen,
    PhoneOs, RailRow, RailState, Route, VisitAction, VisitScreen,
};

use crate::rig::Rig;

fn walk(rig: &mut Rig) -> (String, Vec<RailRow>) {
    match rig.person_view().screen {
        PersonScreen::Walk { live, rail, .. } => (live.line.key, rail),
        _ => panic!("no walk"),
    }
}

fn line(rig: &mut Rig, row: &str) -> String {
    rig.visit(VisitAction::GoTo { row: row.into() });
    walk(rig).0
}

fn board(rig: &mut Rig) -> (LiveView, bool) {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board {
                live, said_done, ..
            },
            ..
        }) => (live, said_done),
        _ => panic!("no board"),
    }
}

#[test]
fn the_persons_line_never_contradicts_the_row_f10() {
    let mut rig = Rig::new().board("1");
    for (row, wanted) in [
        ("install", "live-install"),
        ("a2", "live-steps"),
        ("a5", "live-pass-coming"),
        ("a6", "live-pass-coming"),
    ] {
        assert_eq!(line(&mut rig, row), wanted, "{row} without a pass");
    }
    let mut rig = Rig::new().live("1");
    for (row, wanted) in [
        ("a5", "live-pass-ready"),
        ("a6", "live-waiting-pass"),
        ("a7", "live-waiting-registration"),
        ("a9", "live-waiting-registration"),
        ("a13", "live-checking"),
    ] {
        assert_eq!(line(&mut rig, row), wanted, "{row} with a pass");
    }
    let mut rig = Rig::new().shown("1");
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(16);
    for (row, wanted) in [
        ("a7", "live-pass-entered"),
        ("a9", "live-waiting-registration"),
        ("a13", "live-checking"),
    ] {
        assert_eq!(line(&mut rig, row), wanted, "{row} with the pass entered");
    }
}

#[test]
fn a_light_the_site_does_not_ask_for_is_not_shown_f18() {
    for (done, route, hidden) in [
        (
            DoneLight::PhoneSignIn,
            Route::AddAccount,
            vec![Light::PasskeyReady],
        ),
        (
            DoneLight::Passkey,
            Route::CreatePasskey,
            vec![Light::DeviceRegistered, Light::PhoneSignInReady],
        ),
        (DoneLight::Either, Route::AddAccount, vec![]),
    ] {
        let mut policy = sample::policy();
        policy.done = done;
        let mut rig = Rig::with(policy, Vec::new()).board("1");
        rig.visit(VisitAction::ChooseRoute { route });
        let shown: Vec<_> = board(&mut rig).0.lights.iter().map(|it| it.light).collect();
        let wanted = Light::ALL.into_iter().filter(|it| !hidden.contains(it));
        assert_eq!(shown, wanted.collect::<Vec<_>>(), "{done:?}");
    }
}

#[test]
fn after_the_registration_nothing_stays_dark_and_nothing_runs_out_f18() {
    let mut rig = Rig::new().registered("1");
    let (live, _) = board(&mut rig);
    assert!(live.lights.iter().all(|it| it.state == LightState::Lit));
    let pass = rig.pass();
    assert_eq!(
        (pass.remaining_s, pass.finish_s, live.next_look_s),
        (None, None, None)
    );
}

#[test]
fn what_was_pressed_is_not_what_was_proven_f18() {
    let mut rig = Rig::new().shown("1");
    let states = |rig: &mut Rig| {
        walk(rig)
            .1
            .into_iter()
            .map(|it| it.state)
            .collect::<Vec<_>>()
    };
    let pressed = states(&mut rig);
    assert!(
        pressed.iter().take(9).all(|it| *it == RailState::Done),
        "{pressed:?}"
    );
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(16);
    rig.person(PersonAction::Next).unwrap();
    let proven = states(&mut rig);
    assert!(
        proven.iter().take(10).all(|it| *it == RailState::Proven),
        "{proven:?}"
    );
    assert_eq!(proven[10], RailState::Done, "only pressed");
}

#[test]
fn the_person_says_which_phone_it_is_and_that_the_app_is_there_f19() {
    let mut rig = Rig::new().board("1");
    let phone = |rig: &mut Rig| match rig.person_view().screen {
        PersonScreen::Walk {
            row, phone_chosen, ..
        } => (row.id, row.phone_os, phone_chosen),
        _ => panic!("no walk"),
    };
    assert_eq!(phone(&mut rig), ("install".into(), PhoneOs::Ios, false));
    let os = PhoneOs::Android;
    rig.person(PersonAction::ChoosePhone { os }).unwrap();
    assert_eq!(phone(&mut rig), ("install".into(), os, true));
    rig.person(PersonAction::AppInstalled).unwrap();
    assert_eq!(phone(&mut rig).0, "a1");
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Board {
            answers, phone_os, ..
        },
        ..
    }) = rig.view().screen
    else {
        panic!("no board")
    };
    assert_eq!((answers.app_installed, phone_os), (Some(true), os));
}

#[test]
fn what_the_person_is_told_was_told_stands_on_the_operators_side_f11() {
    let mut rig = Rig::new().live("1");
    rig.visit(VisitAction::GoTo { row: "a13".into() });
    assert!(!board(&mut rig).1);
    rig.person(PersonAction::Done).unwrap();
    assert!(board(&mut rig).1);
    rig.person(PersonAction::Back).unwrap();
    assert!(!board(&mut rig).1, "another row is another question");
}
