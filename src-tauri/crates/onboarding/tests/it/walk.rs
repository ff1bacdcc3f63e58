//! Random paths through rows, other screens and languages: the place is kept, and there is always a way to the end.

use std::hash::{BuildHasher, Hasher};

use desk_world::sample;
use onboarding::{
    InFront, Lang, OperatorScreen, PersonAction, PersonRow, PersonScreen, PhoneOs, PhoneQuestion,
    PhoneShows, Route, RowKind, VisitAction, VisitScreen,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::rig::Rig;

#[derive(Clone, Debug)]
enum Turn {
    Next,
    Back,
    Different,
    /// One of the pictures offered, by its place.
    Choose(usize),
    NoneOfThese,
    BackToRow,
    Reads(Lang),
    Phone(PhoneOs, Lang),
    GoTo(usize),
    OperatorSaw,
    /// Another walk-through.
    Takes(Route),
    /// An answer about the phone.
    Answers(PhoneQuestion, bool),
}

fn turn() -> impl Strategy<Value = Turn> {
    let lang = || {
        prop_oneof![
            Just(Lang::Ja),
            Just(Lang::JaEasy),
            Just(Lang::En),
            Just(Lang::Pseudo)
        ]
    };
    let question = prop_oneof![
        Just(PhoneQuestion::AppInstalled),
        Just(PhoneQuestion::AccountInApp)
    ];
    let os = prop_oneof![Just(PhoneOs::Ios), Just(PhoneOs::Android)];
    prop_oneof![
        6 => Just(Turn::Next),
        2 => Just(Turn::Back),
        4 => Just(Turn::Different),
        5 => (0usize..5).prop_map(Turn::Choose),
        1 => Just(Turn::NoneOfThese),
        3 => Just(Turn::BackToRow),
        2 => lang().prop_map(Turn::Reads),
        2 => (os, lang()).prop_map(|(os, lang)| Turn::Phone(os, lang)),
        1 => (0usize..14).prop_map(Turn::GoTo),
        1 => Just(Turn::OperatorSaw),
        2 => prop::sample::select(Route::ALL.to_vec()).prop_map(Turn::Takes),
        2 => (question, any::<bool>()).prop_map(|(asked, yes)| Turn::Answers(asked, yes)),
    ]
}

#[test]
fn every_path_finds_its_way_to_the_end_n4() {
    let seed = std::env::var("MADOGUCHI_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| std::hash::RandomState::new().build_hasher().finish());
    println!("MADOGUCHI_SEED={seed}");
    let mut runner = TestRunner::new(Config {
        cases: 96,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    });
    let route = prop::sample::select(Route::ALL.to_vec());
    let path = (route, prop::collection::vec(turn(), 1..60));
    let result = runner.run(&path, |(route, turns)| {
        walk(route, &turns);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("MADOGUCHI_SEED={seed}: {failure}");
    }
}

#[test]
fn each_detour_of_each_row_leads_back_to_its_row_n4() {
    for route in Route::ALL {
        let packs = sample::packs().unwrap();
        let pack = packs.of(route);
        let mut rig = led(route);
        // Once the operator leads on without a pass, no detour waits for one.
        go_to(&mut rig, &pack.rows.last().unwrap().id);
        for row in &pack.rows {
            for detour in &row.detours {
                go_to(&mut rig, &row.id);
                rig.person(PersonAction::OtherScreen).unwrap();
                let choose = PersonAction::ChooseScreen {
                    screen: detour.screen.clone(),
                };
                rig.person(choose).unwrap();
                let (_, shows) = place(&mut rig);
                assert!(
                    matches!(&shows, PhoneShows::Other { screen, back_to, .. } if screen.id == detour.screen && back_to == &detour.back_to),
                    "{shows:?}"
                );
                assert!(
                    matches!(rig.view().screen, OperatorScreen::Visit(InFront { screen: VisitScreen::Board { other_screen: true, other_screen_is: Some(ref id), .. }, .. }) if id == &detour.screen)
                );
                rig.person(PersonAction::BackToRow).unwrap();
                assert_eq!(here(&mut rig), (detour.back_to.clone(), "row".to_owned()));
            }
        }
    }
}

#[test]
fn what_was_not_offered_is_refused() {
    let mut rig = Rig::new().board("1");
    let choose = |screen: &str| PersonAction::ChooseScreen {
        screen: screen.into(),
    };
    rig.person(choose("app-there")).unwrap_err();
    rig.person(PersonAction::NoneOfThese).unwrap_err();
    rig.person(PersonAction::BackToRow).unwrap_err();
    rig.person(PersonAction::OtherScreen).unwrap();
    rig.person(choose("qr-scanner")).unwrap_err();
    rig.person(choose("no-such-screen")).unwrap_err();
    rig.person(PersonAction::NoneOfThese).unwrap();
    assert_eq!(here(&mut rig), ("install".into(), "unknown".into()));
    rig.person(PersonAction::OtherScreen).unwrap();
    rig.person(choose("app-there")).unwrap();
    // The operator's "seen" takes the row's own screen back.
    rig.visit(VisitAction::ClearOtherScreen);
    assert_eq!(here(&mut rig), ("install".into(), "row".into()));
}

fn walk(route: Route, turns: &[Turn]) {
    let packs = sample::packs().unwrap();
    let mut rows = &packs.of(route).rows;
    let mut rig = led(route);
    for turn in turns {
        let before = here(&mut rig);
        match turn {
            Turn::Next => drop(rig.person(PersonAction::Next)),
            Turn::Back => drop(rig.person(PersonAction::Back)),
            Turn::Different => rig.person(PersonAction::OtherScreen).unwrap(),
            Turn::Choose(at) => {
                if let (_, PhoneShows::Different { screens }) = place(&mut rig) {
                    let screen = screens[at % screens.len()].id.clone();
                    rig.person(PersonAction::ChooseScreen { screen }).unwrap();
                }
            }
            Turn::NoneOfThese => drop(rig.person(PersonAction::NoneOfThese)),
            Turn::BackToRow => drop(rig.person(PersonAction::BackToRow)),
            Turn::Reads(lang) => {
                rig.person(PersonAction::SetLanguage { lang: *lang })
                    .unwrap();
                assert_eq!(rig.person_view().lang, *lang);
                assert_eq!(here(&mut rig), before, "another language keeps the place");
            }
            Turn::Phone(os, lang) => {
                rig.visit(VisitAction::SetPhone {
                    os: *os,
                    lang: *lang,
                });
                assert_eq!(here(&mut rig), before, "another phone keeps the place");
            }
            Turn::GoTo(at) => go_to(&mut rig, &rows[at % rows.len()].id),
            Turn::Takes(route) => {
                rig.visit(VisitAction::ChooseRoute { route: *route });
                rows = &packs.of(*route).rows;
            }
            Turn::Answers(asked, yes) => {
                let (asked, yes) = (*asked, *yes);
                rig.visit(VisitAction::AnswerPhone { asked, yes });
                rows = &packs.of(route_of(&mut rig)).rows;
            }
            Turn::OperatorSaw => rig.visit(VisitAction::ClearOtherScreen),
        }
    }
    for _ in 0..=2 * rows.len() {
        let (row, shows) = place(&mut rig);
        match shows {
            PhoneShows::Row if row.kind == RowKind::Done => return,
            // Where the walk waits for a pass, the operator leads on.
            PhoneShows::Row if rig.person(PersonAction::Next).is_ok() => {}
            PhoneShows::Row => {
                let place = rows.iter().position(|at| at.id == row.id).unwrap();
                go_to(&mut rig, &rows[place + 1].id);
            }
            PhoneShows::Different { .. } | PhoneShows::Unknown | PhoneShows::Other { .. } => {
                rig.person(PersonAction::BackToRow).unwrap();
            }
        }
    }
    panic!("no way to the end of {route:?} after {turns:?}");
}

/// The operator goes to a row, also past a pass that is not there.
fn go_to(rig: &mut Rig, row: &str) {
    let row = row.to_owned();
    rig.visit(VisitAction::GoToWithoutPass { row });
}

/// A hand-over along this route.
fn led(route: Route) -> Rig {
    let mut rig = Rig::new().board("1");
    rig.visit(VisitAction::ChooseRoute { route });
    rig
}

fn route_of(rig: &mut Rig) -> Route {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { route, .. },
            ..
        }) => route,
        _ => panic!("no board"),
    }
}

fn place(rig: &mut Rig) -> (PersonRow, PhoneShows) {
    match rig.person_view().screen {
        PersonScreen::Walk {
            row, phone_shows, ..
        } => (*row, *phone_shows),
        _ => panic!("the walk is on the screen"),
    }
}

/// The row's id, and what the phone shows, by name.
fn here(rig: &mut Rig) -> (String, String) {
    let (row, shows) = place(rig);
    let shows = serde_json::to_value(shows).unwrap();
    let name = shows["shows"].as_str().unwrap().to_owned();
    let screen = shows["screen"]["id"].as_str().unwrap_or_default();
    (row.id, format!("{name}{screen}"))
}
