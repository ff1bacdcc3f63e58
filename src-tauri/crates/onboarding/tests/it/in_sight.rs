//! The pass is shown only where it can be seen, and its time begins when it is.

use onboarding::{
    InFront, OperatorAction, OperatorScreen, PersonAction, PersonScreen, PhoneShows, Route,
    VisitAction, VisitScreen,
};

use crate::rig::Rig;

fn row(rig: &mut Rig) -> String {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { row, .. },
            ..
        }) => row,
        _ => panic!("no board"),
    }
}

#[test]
fn showing_the_pass_first_takes_both_sides_to_its_row_f4() {
    for from in ["install", "a2", "a5", "a9"] {
        let mut rig = Rig::new().live("1");
        rig.visit(VisitAction::GoTo { row: from.into() });
        rig.visit(VisitAction::Reveal);
        assert_eq!((row(&mut rig).as_str(), rig.person_pass()), ("a6", "shown"));
    }
}

/// Each of these takes the pass out of sight, on both sides, and coming back does not bring it there.
#[test]
fn leaving_the_row_hides_the_pass_f4() {
    type Leave = fn(&mut Rig);
    let ways: [(&str, Leave); 6] = [
        ("next", |rig| rig.person(PersonAction::Next).unwrap()),
        ("back", |rig| rig.visit(VisitAction::Back)),
        ("another row", |rig| {
            rig.visit(VisitAction::GoTo { row: "a1".into() })
        }),
        ("another screen", |rig| {
            rig.person(PersonAction::OtherScreen).unwrap()
        }),
        ("another way", |rig| {
            rig.visit(VisitAction::ChooseRoute {
                route: Route::CreatePasskey,
            });
        }),
        ("the lock", |rig| {
            rig.want(OperatorAction::Lock);
            rig.want(OperatorAction::SignIn);
        }),
    ];
    for (name, leave) in ways {
        let mut rig = Rig::new().shown("1");
        leave(&mut rig);
        assert_eq!(rig.pass().revealed_s, None, "{name}");
        if rig.person(PersonAction::BackToRow).is_err() {
            let row = pass_row(&mut rig).to_owned();
            rig.visit(VisitAction::GoTo { row });
        }
        assert_eq!(
            (rig.pass().revealed_s, rig.person_pass()),
            (None, "hidden"),
            "{name}"
        );
    }
}

fn pass_row(rig: &mut Rig) -> &'static str {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen:
                VisitScreen::Board {
                    route: Route::CreatePasskey,
                    ..
                },
            ..
        }) => "c5",
        _ => "a6",
    }
}

#[test]
fn the_time_in_sight_begins_once_with_the_drawing_f4() {
    let mut rig = Rig::new().shown("1");
    rig.wait_s(7);
    assert_eq!(rig.pass().revealed_s, Some(83));
    rig.person(PersonAction::Drawn).unwrap();
    assert_eq!(rig.pass().revealed_s, Some(90));
    rig.wait_s(7);
    rig.person(PersonAction::Drawn).unwrap();
    assert_eq!(rig.pass().revealed_s, Some(83), "it is drawn once");
    rig.wait_s(83);
    rig.person(PersonAction::Drawn).unwrap();
    assert_eq!(rig.person_pass(), "hidden", "and brings nothing in sight");
}

#[test]
fn one_press_of_the_persons_keeps_the_pass_in_sight_f4() {
    let mut rig = Rig::new().shown("1");
    rig.wait_s(60);
    rig.person(PersonAction::Longer).unwrap();
    assert_eq!(rig.pass().revealed_s, Some(90));
    rig.wait_s(91);
    assert!(
        rig.person(PersonAction::Longer).is_err(),
        "what is hidden stays so"
    );
}

/// An operator at another display sees what the person sees, and of the pass only whether it is there (F27).
#[test]
fn the_operator_sees_the_persons_row_and_whether_the_pass_is_in_sight_f27() {
    let theirs = |rig: &mut Rig| match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { theirs, .. },
            ..
        }) => theirs,
        _ => panic!("no board"),
    };
    let mut rig = Rig::new().shown("1");
    let seen = theirs(&mut rig);
    assert_eq!((seen.row.id.as_str(), seen.pass_in_sight), ("a6", true));
    assert_eq!(seen.row.tap.as_deref(), Some("sign-in"));
    let PersonScreen::Walk { row, .. } = rig.person_view().screen else {
        panic!("no row");
    };
    assert_eq!(seen.row.phone, row.phone, "the same phone on both sides");
    rig.visit(VisitAction::Hide);
    assert!(!theirs(&mut rig).pass_in_sight);
    rig.person(PersonAction::OtherScreen).unwrap();
    let screen = "pass-refused".to_owned();
    rig.person(PersonAction::ChooseScreen { screen }).unwrap();
    let shows = theirs(&mut rig).shows;
    assert!(matches!(shows, PhoneShows::Other { screen, .. } if screen.id == "pass-refused"));
}
