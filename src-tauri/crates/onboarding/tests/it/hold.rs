//! The rows around the pass wait for one that can be used: a phone that gets there first asks for a password.

use desk_world::sample;
use onboarding::{
    InFront, OperatorAction, OperatorScreen, Pace, PersonAction, PersonScreen, PhoneShows, Route,
    TroubleCode, VisitAction, VisitScreen,
};

use crate::rig::Rig;

/// The row that sends what the pass is asked after, on each route.
const BEFORE: [(Route, &str, &str, &str); 3] = [
    (Route::AddAccount, "a5", "a6", "a7"),
    (Route::EnablePhoneSignIn, "b2", "b3", "b4"),
    (Route::CreatePasskey, "c4", "c5", "c6"),
];

struct Seen {
    row: String,
    held: bool,
    may_next: bool,
    ringed: bool,
    waits: bool,
    asked_at: Option<String>,
}

fn seen(rig: &mut Rig) -> Seen {
    let OperatorScreen::Visit(InFront {
        screen:
            VisitScreen::Board {
                waits_for_pass,
                held_at,
                ..
            },
        ..
    }) = rig.view().screen
    else {
        panic!("no board");
    };
    match rig.person_view().screen {
        PersonScreen::Walk {
            row,
            held,
            may_next,
            ..
        } => Seen {
            ringed: row.phone.elements.iter().any(|element| element.target),
            row: row.id,
            held,
            may_next,
            waits: waits_for_pass,
            asked_at: held_at,
        },
        _ => panic!("no walk"),
    }
}

fn at(route: Route, row: &str) -> Rig {
    let mut rig = Rig::new().board("1");
    rig.visit(VisitAction::ChooseRoute { route });
    rig.visit(VisitAction::GoTo { row: row.into() });
    rig
}

#[test]
fn the_row_before_the_pass_waits_until_one_is_usable_and_turns_by_itself_f2() {
    for (route, before, pass, _) in BEFORE {
        let mut rig = at(route, before);
        let now = seen(&mut rig);
        assert!(now.held && !now.may_next && !now.ringed && now.waits);
        let refused = rig.person(PersonAction::Next).unwrap_err();
        assert_eq!(refused.code, TroubleCode::NotNow);
        rig.visit(VisitAction::IssuePass { replace: false });
        assert!(seen(&mut rig).held, "a pass that settles is not usable");
        rig.wait_s(10);
        let now = seen(&mut rig);
        assert!(!now.held && now.may_next && now.ringed && !now.waits);
        rig.person(PersonAction::Next).unwrap();
        assert_eq!(seen(&mut rig).row, pass);
    }
}

/// Nor does "my screen is different" lead to the pass before there is one.
#[test]
fn another_screen_leads_nobody_to_a_pass_that_is_not_there_f2() {
    for (route, row, screen, to) in [
        (Route::EnablePhoneSignIn, "b2", "phone-sign-in-label", "b3"),
        (Route::CreatePasskey, "c1", "passkey-from-account", "c5"),
    ] {
        let mut rig = at(route, row);
        rig.person(PersonAction::OtherScreen).unwrap();
        let choose = PersonAction::ChooseScreen {
            screen: screen.to_owned(),
        };
        rig.person(choose.clone()).unwrap();
        let shown = |rig: &mut Rig| match rig.person_view().screen {
            PersonScreen::Walk { phone_shows, .. } => phone_shows,
            _ => panic!("no walk"),
        };
        let other = |shown: &PhoneShows| matches!(shown, PhoneShows::Other { .. });
        assert!(!other(&shown(&mut rig)), "{row} waits");
        rig.person(PersonAction::BackToRow).unwrap();
        assert_eq!(seen(&mut rig).row, row);
        rig.person(PersonAction::OtherScreen).unwrap();
        rig.person(choose).unwrap();
        rig.visit(VisitAction::IssuePass { replace: false });
        rig.wait_s(10);
        assert!(other(&shown(&mut rig)), "{row}: it comes with the pass");
        rig.person(PersonAction::BackToRow).unwrap();
        assert_eq!(seen(&mut rig).row, to);
    }
}

#[test]
fn nobody_but_the_operator_gets_past_the_pass_row_without_one_f3() {
    for (route, _, pass, behind) in BEFORE {
        let mut rig = at(route, pass);
        assert!(seen(&mut rig).held);
        assert!(rig.person(PersonAction::Next).is_err());
        assert_eq!(seen(&mut rig).asked_at.as_deref(), Some(pass));
        let row = behind.to_owned();
        assert!(rig.try_visit(VisitAction::Next).is_err());
        assert!(rig.try_visit(VisitAction::GoTo { row }).is_err());
        assert_eq!(seen(&mut rig).row, pass);
        let recorded = |rig: &Rig| {
            let wanted = |line: &&String| line.ends_with("record WentOnWithoutPass");
            rig.log.iter().filter(wanted).count()
        };
        assert_eq!(recorded(&rig), 0);
        let row = behind.to_owned();
        rig.visit(VisitAction::GoToWithoutPass { row });
        let now = seen(&mut rig);
        assert_eq!((now.row.as_str(), recorded(&rig)), (behind, 1));
        // Once the operator leads on, nothing waits any more.
        rig.visit(VisitAction::GoTo { row: pass.into() });
        assert!(seen(&mut rig).asked_at.is_none());
        rig.person(PersonAction::Next).unwrap();
        assert_eq!(recorded(&rig), 1, "it is one decision");
    }
}

#[test]
fn the_operator_sees_who_is_further_on_or_back_than_what_is_proven_f3() {
    let pace = |rig: &mut Rig| match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { pace, .. },
            ..
        }) => pace,
        _ => panic!("no board"),
    };
    let mut rig = Rig::new().shown("1");
    assert_eq!(pace(&mut rig), Pace::Level);
    rig.visit(VisitAction::GoTo { row: "a7".into() });
    assert_eq!(pace(&mut rig), Pace::Level, "the last row takes its time");
    rig.visit(VisitAction::GoTo { row: "a10".into() });
    assert_eq!(pace(&mut rig), Pace::Ahead);
    rig.visit(VisitAction::GoTo { row: "a7".into() });
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(16);
    assert_eq!(pace(&mut rig), Pace::Level);
    rig.person(PersonAction::Back).unwrap();
    assert_eq!(pace(&mut rig), Pace::Behind);
}

#[test]
fn a_pass_that_could_be_used_once_holds_nobody_at_its_own_row_f3() {
    let mut rig = Rig::new().live("1");
    rig.visit(VisitAction::GoTo { row: "a6".into() });
    for _ in 0..7 {
        rig.wait_s(300);
        rig.want(OperatorAction::Touch);
    }
    assert_eq!(rig.person_pass(), "expired");
    assert!(!seen(&mut rig).held, "it may have been typed in time");
    // A name that is sent now meets no pass.
    rig.visit(VisitAction::GoTo { row: "a5".into() });
    assert!(seen(&mut rig).held);
}
