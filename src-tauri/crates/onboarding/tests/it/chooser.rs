//! The two questions about the phone, and the kind endings where there is no way today (S13, S17, N3).

use desk_world::sample;
use onboarding::{
    DoneLight, InFront, Lang, Method, NotPossibleReason, OperatorScreen, PassEnd, PersonAction,
    PersonScreen, PhoneAnswers, PhoneQuestion, Route, TextSize, TroubleCode, VisitAction,
    VisitOutcome, VisitScreen, record::Event,
};

use crate::rig::Rig;

fn answer(rig: &mut Rig, asked: PhoneQuestion, yes: bool) {
    rig.visit(VisitAction::AnswerPhone { asked, yes });
}

/// The route and the row in hand, and the answers.
fn here(rig: &mut Rig) -> (Route, String, PhoneAnswers) {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen:
                VisitScreen::Board {
                    route,
                    row,
                    answers,
                    ..
                },
            ..
        }) => (route, row, answers),
        _ => panic!("no board"),
    }
}

fn place(rig: &mut Rig) -> (Route, String) {
    let (route, row, _) = here(rig);
    (route, row)
}

fn routes_recorded(rig: &Rig) -> Vec<Route> {
    let chosen = |(_, entry): &(_, Event)| match entry {
        Event::RouteChosen { route } => Some(*route),
        _ => None,
    };
    rig.world.record.iter().filter_map(chosen).collect()
}

const APP: PhoneQuestion = PhoneQuestion::AppInstalled;
const ACCOUNT: PhoneQuestion = PhoneQuestion::AccountInApp;

#[test]
fn an_installed_app_begins_past_the_installation_and_the_way_back_stays_s13() {
    let mut rig = Rig::new().board("1");
    assert_eq!(
        here(&mut rig),
        (Route::AddAccount, "install".into(), PhoneAnswers::default())
    );
    answer(&mut rig, APP, true);
    assert_eq!(place(&mut rig), (Route::AddAccount, "a1".into()));
    rig.person(PersonAction::Back).unwrap();
    assert_eq!(place(&mut rig).1, "install", "going back stays possible");
    rig.person(PersonAction::Next).unwrap();
    rig.visit(VisitAction::GoTo { row: "a4".into() });
    answer(&mut rig, APP, true);
    assert_eq!(place(&mut rig).1, "a4", "the place is kept");
    answer(&mut rig, APP, false);
    assert_eq!(place(&mut rig).1, "install", "it is not there after all");
    assert!(routes_recorded(&rig).is_empty());
}

#[test]
fn every_route_begins_past_its_installation_when_the_app_is_there_s13() {
    let packs = sample::packs().unwrap();
    for route in Route::ALL {
        let pack = packs.of(route);
        let first = &pack.rows[pack.first_needed()];
        assert_eq!(first.number, Some(1), "{}", pack.id);
        let mut rig = Rig::new().board("1");
        answer(&mut rig, APP, true);
        rig.visit(VisitAction::ChooseRoute { route });
        assert_eq!(place(&mut rig), (route, first.id.clone()));
    }
}

/// Where an answer about the account leads, whatever the directory thinks of other phones (S17).
fn leads(before: Vec<Method>, done: DoneLight, from: Route, yes: bool, to: Route) {
    let mut policy = sample::policy();
    policy.done = done;
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.methods.insert(sample::user("1"), before);
    let mut rig = rig.board("1");
    rig.visit(VisitAction::ChooseRoute { route: from });
    answer(&mut rig, ACCOUNT, yes);
    let (route, row, answers) = here(&mut rig);
    assert_eq!(route, to, "{done:?} from {from:?}");
    assert_eq!(answers.account_in_app, Some(yes));
    // A yes says of the app that it is there, too.
    assert_eq!(answers.app_installed, yes.then_some(true));
    assert_eq!(row == "install", !yes, "{row}");
    let mut wanted = Vec::new();
    wanted.extend((from != Route::AddAccount).then_some(from));
    wanted.extend((from != to).then_some(to));
    assert_eq!(routes_recorded(&rig), wanted);
}

#[test]
fn the_account_question_chooses_the_route_s17_n3() {
    use DoneLight::{Either, Passkey, PhoneSignIn};
    use Route::{AddAccount, CreatePasskey, EnablePhoneSignIn};
    let push = || vec![Method::Password, sample::authenticator("a", false)];
    let ready = || vec![sample::authenticator("a", true)];
    leads(push(), Either, AddAccount, true, EnablePhoneSignIn);
    leads(vec![], Either, AddAccount, true, EnablePhoneSignIn);
    leads(ready(), Either, AddAccount, true, CreatePasskey);
    leads(ready(), PhoneSignIn, AddAccount, true, EnablePhoneSignIn);
    leads(push(), Passkey, AddAccount, true, CreatePasskey);
    leads(push(), Either, AddAccount, false, AddAccount);
    leads(push(), Either, EnablePhoneSignIn, false, AddAccount);
    leads(push(), Either, EnablePhoneSignIn, true, EnablePhoneSignIn);
    leads(push(), Either, CreatePasskey, false, CreatePasskey);
    leads(push(), Either, CreatePasskey, true, CreatePasskey);
}

#[test]
fn no_app_means_no_account_in_it_and_a_drawn_answer_goes_with_its_cause() {
    let mut rig = Rig::new().board("1");
    answer(&mut rig, ACCOUNT, true);
    assert_eq!(place(&mut rig).0, Route::EnablePhoneSignIn);
    answer(&mut rig, APP, false);
    let said = PhoneAnswers {
        app_installed: Some(false),
        account_in_app: Some(false),
    };
    assert_eq!(here(&mut rig), (Route::AddAccount, "install".into(), said));
    answer(&mut rig, APP, true);
    assert_eq!(here(&mut rig).2.account_in_app, None, "nobody said it");
    answer(&mut rig, ACCOUNT, false);
    answer(&mut rig, APP, true);
    assert_eq!(here(&mut rig).2.account_in_app, Some(false));
}

#[test]
fn answers_outlive_languages_text_sizes_and_phones() {
    let mut rig = Rig::new().board("1");
    answer(&mut rig, APP, true);
    answer(&mut rig, ACCOUNT, false);
    rig.person(PersonAction::Next).unwrap();
    let before = here(&mut rig);
    for lang in [Lang::JaEasy, Lang::En, Lang::Ja] {
        rig.person(PersonAction::SetLanguage { lang }).unwrap();
        rig.visit(VisitAction::SetPersonLanguage { lang });
        assert_eq!(here(&mut rig), before);
    }
    let size = TextSize::Largest;
    rig.person(PersonAction::SetTextSize { size }).unwrap();
    rig.visit(VisitAction::SetPhone {
        os: onboarding::PhoneOs::Android,
        lang: Lang::En,
    });
    assert_eq!(here(&mut rig), before);
}

#[test]
fn an_answer_keeps_the_pass_and_what_is_proven() {
    let mut rig = Rig::new().live("1");
    answer(&mut rig, ACCOUNT, true);
    assert_eq!(rig.stage(), onboarding::PassStage::Live);
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(60);
    let proven = place(&mut rig).1;
    assert_eq!(proven, "b4");
    answer(&mut rig, ACCOUNT, false);
    assert_eq!(place(&mut rig), (Route::AddAccount, "a7".into()));
    answer(&mut rig, APP, false);
    assert_eq!(
        place(&mut rig).1,
        "a7",
        "whoever typed the pass has the app"
    );
    assert_eq!(
        routes_recorded(&rig),
        [Route::EnablePhoneSignIn, Route::AddAccount]
    );
}

#[test]
fn nobody_is_asked_before_the_board_and_after_the_registration() {
    let refused = |rig: &mut Rig| {
        let act = VisitAction::AnswerPhone {
            asked: APP,
            yes: true,
        };
        rig.try_visit(act).unwrap_err().code
    };
    assert_eq!(refused(&mut Rig::new().finding()), TroubleCode::NotNow);
    assert_eq!(refused(&mut Rig::new().checking("1")), TroubleCode::NotNow);
    let mut rig = Rig::new().registered("1");
    assert_eq!(refused(&mut rig), TroubleCode::NotNow);
    let not_today = VisitAction::NotToday {
        why: NotPossibleReason::PhoneTooOld,
        leave_pass: false,
    };
    let refused = rig.try_visit(not_today).unwrap_err();
    assert_eq!(refused.code, TroubleCode::NotNow, "it was possible");
}

/// S31.3, P3: nobody needs a password at B3. The person is led back to the pass, and the operator has the route with
/// the pass at one press.
#[test]
fn a_password_asked_at_b3_offers_the_pass_s31_3_n3() {
    let mut rig = Rig::new().board("1");
    answer(&mut rig, ACCOUNT, true);
    rig.visit(VisitAction::GoTo { row: "b2".into() });
    assert!(
        rig.pass().due,
        "before the page opens that would ask for a password"
    );
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(20);
    rig.visit(VisitAction::Next);
    let asked = rig.world.passes.len();
    let offer = |rig: &mut Rig| match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen:
                VisitScreen::Board {
                    other_screen_offers,
                    ..
                },
            ..
        }) => other_screen_offers,
        _ => panic!("no board"),
    };
    assert_eq!(offer(&mut rig), None);
    for other in ["pass-refused", "password-asked"] {
        rig.person(PersonAction::OtherScreen).unwrap();
        let screen = other.to_owned();
        rig.person(PersonAction::ChooseScreen { screen }).unwrap();
        let wanted = (other == "password-asked").then_some(Route::AddAccount);
        assert_eq!(offer(&mut rig), wanted, "{other}");
    }
    rig.person(PersonAction::BackToRow).unwrap();
    assert_eq!(place(&mut rig).1, "b3", "the person's one press: the pass");
    let PersonScreen::Walk { row, .. } = rig.person_view().screen else {
        panic!("no walk")
    };
    assert!(row.needs.contains(&onboarding::RowNeed::Pass));
    let route = Route::AddAccount;
    rig.visit(VisitAction::ChooseRoute { route });
    assert_eq!(place(&mut rig), (route, "a1".into()));
    assert_eq!(rig.stage(), onboarding::PassStage::Live, "the same pass");
    assert_eq!(rig.world.passes.len(), asked);
}

/// How the visit ends: on both screens, in the record, and with the pass as with any ending.
fn ends(mut rig: Rig, why: NotPossibleReason, leave_pass: bool, how: VisitOutcome, pass: PassEnd) {
    rig.visit(VisitAction::NotToday { why, leave_pass });
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Receipt { end, .. },
        ..
    }) = rig.view().screen
    else {
        panic!("no receipt")
    };
    assert_eq!((end.how, end.pass, end.unrecorded), (how, pass, false));
    let bye = rig.person_view().screen;
    assert!(
        matches!(bye, PersonScreen::Goodbye { how: told, .. } if told == how),
        "the person reads why"
    );
    let (_, last) = rig.world.record.last().unwrap();
    assert_eq!(*last, Event::VisitEnded { how, pass });
    rig.visit(VisitAction::Close);
    assert_eq!(rig.screen(), "Home");
}

#[test]
fn what_cannot_be_done_today_ends_kindly_with_its_reason_n3() {
    let cases = [
        (NotPossibleReason::PhoneTooOld, VisitOutcome::PhoneTooOld),
        (NotPossibleReason::NoScreenLock, VisitOutcome::NoScreenLock),
        (NotPossibleReason::NoSmartphone, VisitOutcome::NoSmartphone),
    ];
    for (why, how) in cases {
        ends(Rig::new().checking("1"), why, false, how, PassEnd::None);
        ends(Rig::new().board("1"), why, false, how, PassEnd::None);
        ends(Rig::new().live("1"), why, false, how, PassEnd::Removed);
        ends(Rig::new().live("1"), why, true, how, PassEnd::Left);
    }
    let early = VisitAction::NotToday {
        why: NotPossibleReason::NoSmartphone,
        leave_pass: false,
    };
    let refused = Rig::new().found("1").try_visit(early).unwrap_err();
    assert_eq!(refused.code, TroubleCode::NotNow);
}

/// The person recognised the screen of a phone that is too old, or without a lock: the operator may end it with that
/// reason, and nothing ends by itself.
#[test]
fn a_screen_that_means_not_today_names_the_reason_n3() {
    let check = |row: &str, other: &str, why: Option<NotPossibleReason>| {
        let mut rig = Rig::new().board("1");
        rig.visit(VisitAction::GoToWithoutPass { row: row.into() });
        rig.person(PersonAction::OtherScreen).unwrap();
        let screen = other.to_owned();
        rig.person(PersonAction::ChooseScreen { screen }).unwrap();
        let OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board {
                other_screen_ends, ..
            },
            ..
        }) = rig.view().screen
        else {
            panic!("the visit ended by itself");
        };
        assert_eq!(other_screen_ends, why, "{other}");
    };
    check(
        "install",
        "phone-too-old",
        Some(NotPossibleReason::PhoneTooOld),
    );
    check("a7", "screen-lock", Some(NotPossibleReason::NoScreenLock));
    check("install", "app-too-old", None);
}

/// "My screen looks different" is there on the last rows, too, when the registration is proven.
#[test]
fn after_the_registration_another_screen_is_looked_up_as_before_n4() {
    let mut rig = Rig::new().registered("1");
    let registered =
        |rig: &mut Rig| matches!(rig.person_view().screen, PersonScreen::Registered { .. });
    for row in ["a11", "a12"] {
        rig.visit(VisitAction::GoTo { row: row.into() });
        assert!(registered(&mut rig), "{row}");
        rig.person(PersonAction::OtherScreen).unwrap();
        assert!(!registered(&mut rig), "{row}: pictures to choose among");
        assert_eq!(rig.person_pass(), "entered");
        rig.person(PersonAction::NoneOfThese).unwrap();
        rig.person(PersonAction::BackToRow).unwrap();
        assert!(registered(&mut rig), "{row}");
        assert_eq!(place(&mut rig).1, row);
    }
    rig.visit(VisitAction::Finish { leave_pass: false });
}
