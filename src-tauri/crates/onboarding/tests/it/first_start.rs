//! Whoever has just installed the app meets its first screens, whose last one leads past rows 1 and 2.

use desk_world::sample;
use onboarding::{
    DoneLight, FirstStart, InFront, OperatorScreen, PersonAction, PersonScreen, PhoneQuestion,
    PhoneShows, RailState, Route, VisitAction, VisitScreen, Way,
};

use crate::rig::Rig;

const THREE: [&str; 3] = ["first-privacy", "first-usage", "first-account"];

fn row(rig: &mut Rig) -> (String, Option<FirstStart>) {
    match rig.person_view().screen {
        PersonScreen::Walk { row, .. } => (row.id, row.first_start),
        _ => panic!("no row"),
    }
}

/// The rows nobody needs.
fn not_needed(rig: &mut Rig) -> Vec<String> {
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Board { rail, .. },
        ..
    }) = rig.view().screen
    else {
        panic!("no board");
    };
    let passed_by = rail
        .into_iter()
        .filter(|it| it.state == RailState::NotNeeded);
    passed_by.map(|it| it.id).collect()
}

/// Where the other screen that was recognised leads.
fn way(rig: &mut Rig) -> Way {
    match rig.person_view().screen {
        PersonScreen::Walk { phone_shows, .. } => match *phone_shows {
            PhoneShows::Other { way, .. } => way,
            _ => panic!("no other screen"),
        },
        _ => panic!("no row"),
    }
}

fn on(rig: &mut Rig) -> String {
    rig.person(PersonAction::Next).unwrap();
    row(rig).0
}

#[test]
fn who_has_just_installed_the_app_meets_three_screens_and_needs_no_rows_1_and_2_s25() {
    let mut rig = Rig::new().board("1");
    for (number, id) in (1..).zip(THREE) {
        assert_eq!(on(&mut rig), id);
        assert_eq!(row(&mut rig).1, Some(FirstStart { number, of: 3 }));
        assert!(not_needed(&mut rig).is_empty());
    }
    assert_eq!(on(&mut rig), "a3");
    assert_eq!(row(&mut rig).1, None);
    assert_eq!(not_needed(&mut rig), ["a1", "a2"]);
    rig.person(PersonAction::Back).unwrap();
    assert_eq!(row(&mut rig).0, "first-account", "back as it came");
    rig.visit(VisitAction::Next);
    assert_eq!(row(&mut rig).0, "a3", "the operator leads the same way");
    rig.visit(VisitAction::Back);
    rig.visit(VisitAction::GoTo { row: "a1".into() });
    assert!(not_needed(&mut rig).is_empty(), "it is needed after all");
    assert_eq!(on(&mut rig), "a2");
}

#[test]
fn a_first_screen_that_does_not_come_leads_on_row_by_row_s25() {
    let mut rig = Rig::new().board("1");
    rig.person(PersonAction::Next).unwrap();
    for next in ["first-usage", "first-account", "a1", "a2"] {
        rig.person(PersonAction::NotShown).unwrap();
        assert_eq!(row(&mut rig).0, next);
    }
    assert!(not_needed(&mut rig).is_empty());
}

#[test]
fn who_had_the_app_before_passes_the_first_start_by_s13() {
    let mut rig = Rig::new().board("1");
    let asked = PhoneQuestion::AppInstalled;
    rig.visit(VisitAction::AnswerPhone { asked, yes: true });
    assert_eq!(row(&mut rig).0, "a1");
    assert_eq!(not_needed(&mut rig), THREE);
    rig.person(PersonAction::Back).unwrap();
    assert_eq!(row(&mut rig).0, "install");
    assert_eq!(on(&mut rig), "a1");
}

#[test]
fn the_app_that_was_installed_here_stays_installed_on_another_route_s13() {
    let mut rig = Rig::new().board("1");
    rig.person(PersonAction::Next).unwrap();
    let route = Route::CreatePasskey;
    rig.visit(VisitAction::ChooseRoute { route });
    assert_eq!(row(&mut rig).0, "c1");
    let route = Route::AddAccount;
    rig.visit(VisitAction::ChooseRoute { route });
    assert_eq!(row(&mut rig).0, "a1");
}

/// Who says that the app is there and has never opened it is led through what is left of the first start.
#[test]
fn who_said_the_app_was_there_and_meets_its_first_start_is_led_through_it_s25() {
    for (met, left) in [("privacy-notice", &THREE[1..]), ("usage-data", &THREE[2..])] {
        let mut rig = Rig::new().board("1");
        rig.person(PersonAction::AppInstalled).unwrap();
        assert_eq!(row(&mut rig).0, "a1");
        rig.person(PersonAction::OtherScreen).unwrap();
        let screen = met.to_owned();
        rig.person(PersonAction::ChooseScreen { screen }).unwrap();
        assert_eq!(way(&mut rig), Way::Forward);
        rig.person(PersonAction::BackToRow).unwrap();
        assert_eq!(row(&mut rig).0, left[0]);
        assert!(not_needed(&mut rig).is_empty());
        for next in &left[1..] {
            assert_eq!(on(&mut rig), *next);
        }
        assert_eq!(on(&mut rig), "a3");
        assert_eq!(not_needed(&mut rig), ["a1", "a2"]);
    }
}

/// The first start's own way to add an account may be met at rows 1 and 2 as well.
#[test]
fn the_first_start_met_as_another_screen_passes_rows_1_and_2_by_n4() {
    for at in ["a1", "a2"] {
        let mut rig = Rig::new().board("1");
        rig.visit(VisitAction::GoTo { row: at.into() });
        rig.person(PersonAction::OtherScreen).unwrap();
        let screen = "first-run".to_owned();
        rig.person(PersonAction::ChooseScreen { screen }).unwrap();
        rig.person(PersonAction::BackToRow).unwrap();
        assert_eq!(row(&mut rig).0, "a3");
        assert_eq!(not_needed(&mut rig), ["a1", "a2"]);
    }
}

/// A tenant with passkeys on leads to one from walk-through A, too: the operator is offered C, where a site takes it.
#[test]
fn a_passkey_offered_on_walk_through_a_leads_to_c_where_the_site_takes_one_n4() {
    let cases = [
        (DoneLight::Either, Some(Route::CreatePasskey)),
        (DoneLight::PhoneSignIn, None),
    ];
    for (done, wanted) in cases {
        for (at, other) in [
            ("a7", "passkey-offered"),
            ("a9", "passkey-offered"),
            ("a10", "provider-asked"),
            ("a11", "passkey-asked"),
            ("a12", "passkey-offered"),
            ("a12", "passkey-asked"),
        ] {
            let mut policy = sample::policy();
            policy.done = done;
            let mut rig = Rig::with(policy, Vec::new()).board("1");
            rig.visit(VisitAction::GoToWithoutPass { row: at.into() });
            rig.person(PersonAction::OtherScreen).unwrap();
            let screen = other.to_owned();
            rig.person(PersonAction::ChooseScreen { screen }).unwrap();
            let OperatorScreen::Visit(InFront {
                screen:
                    VisitScreen::Board {
                        other_screen_offers,
                        ..
                    },
                ..
            }) = rig.view().screen
            else {
                panic!("no board");
            };
            assert_eq!(other_screen_offers, wanted, "{at} {other} {done:?}");
            assert_eq!(
                way(&mut rig),
                Way::Told,
                "{at} {other}: nothing leads into one"
            );
        }
    }
}
