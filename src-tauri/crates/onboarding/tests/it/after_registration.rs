//! What follows the registration: the sign-in test, the question, what becomes of the password (S32–S48, N14, N23).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AfterAction, AfterScreen, InFront, Method, OperatorAction, OperatorScreen, PassEnd,
    PasswordFate, PasswordStep, PersonAfterAction, PersonAfterScreen, PersonScreen, Policy, Route,
    StaysBecause, TestCause, TestPlace, TestProof, TestReport, TestResult, TestSight, TestStep,
    Tested, TriedSignIn, TroubleCode, VisitAction, VisitScreen,
    record::{AfterEvent, Event},
};

use crate::rig::Rig;

pub(crate) const STATION: AfterAction = AfterAction::TrySignIn {
    place: TestPlace::Station,
};
pub(crate) const PHONE: AfterAction = AfterAction::TrySignIn {
    place: TestPlace::Phone,
};

pub(crate) fn report(app_instead: bool) -> AfterAction {
    let report = TestReport::Passed { app_instead };
    AfterAction::ReportTest { report }
}

pub(crate) fn failed(why: TestCause) -> AfterAction {
    let report = TestReport::Failed { why };
    AfterAction::ReportTest { report }
}

pub(crate) fn refused(rig: &mut Rig, action: AfterAction) -> TroubleCode {
    rig.try_visit(VisitAction::After(action)).unwrap_err().code
}

pub(crate) fn screen(rig: &mut Rig) -> AfterScreen {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::After(screen),
            ..
        }) => screen,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn person_screen(rig: &mut Rig) -> PersonAfterScreen {
    match rig.person_view().screen {
        PersonScreen::After(screen) => screen,
        other => panic!(
            "{}",
            desk_world::entry_name(&serde_json::to_value(&other).unwrap())
        ),
    }
}

fn test_step(rig: &mut Rig) -> TestStep {
    match screen(rig) {
        AfterScreen::SignInTest { step, .. } => step,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn password(rig: &mut Rig) -> (Option<PasswordFate>, PasswordStep) {
    match screen(rig) {
        AfterScreen::Password { fate, step, .. } => (fate, step),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn stays(rig: &mut Rig) -> StaysBecause {
    match password(rig).0 {
        Some(PasswordFate::Stays { because }) => because,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn last_test(rig: &Rig) -> (TestResult, Option<TestProof>, Option<TestCause>) {
    let tested = |(_, entry): &(_, Event)| match entry {
        Event::After(AfterEvent::SignInTested {
            result,
            proof,
            cause,
            ..
        }) => Some((*result, *proof, *cause)),
        _ => None,
    };
    rig.world.record.iter().rev().find_map(tested).unwrap()
}

pub(crate) fn with(change: impl FnOnce(&mut Policy)) -> Rig {
    let mut policy = sample::policy();
    change(&mut policy);
    Rig::with(policy, Vec::new())
}

#[test]
fn a_pass_that_still_works_is_taken_back_before_the_test() {
    let mut rig = with(|policy| policy.pass.once = false).registered("1");
    let from = rig.log.len();
    rig.held.insert(Kind::Remove);
    rig.after(STATION);
    assert_eq!(test_step(&mut rig), TestStep::MakingWay);
    let finish = VisitAction::Finish { leave_pass: false };
    let refused = rig.try_visit(finish.clone()).unwrap_err().code;
    assert_eq!(refused, TroubleCode::NotNow);
    rig.held.insert(Kind::Try);
    rig.release(Kind::Remove);
    assert_eq!(
        rig.since(from),
        ["v1 RemovePass", "v1 record PassRemoved", "v1 TrySignIn"]
    );
    assert_eq!(test_step(&mut rig), TestStep::Trying);
    // It is not taken back once more at the end, and the end says what became of it.
    let from = rig.log.len();
    rig.visit(finish);
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Receipt { end },
        ..
    }) = rig.view().screen
    else {
        panic!("no receipt");
    };
    assert_eq!(end.pass, PassEnd::Removed);
    assert!(!rig.since(from).contains(&"v1 RemovePass"));
    assert!(rig.since(from).contains(&"v1 StopTrying"));
}

#[test]
fn no_browser_opens_once_the_operator_went_away_before_the_pass_was_gone() {
    for back_in_time in [true, false] {
        let mut rig = with(|policy| policy.pass.once = false).registered("1");
        rig.held.insert(Kind::Remove);
        rig.after(STATION);
        rig.want(OperatorAction::Lock);
        if back_in_time {
            rig.want(OperatorAction::SignIn);
        }
        let from = rig.log.len();
        rig.release(Kind::Remove);
        assert_eq!(rig.since(from), ["v1 record PassRemoved"]);
        if !back_in_time {
            rig.want(OperatorAction::SignIn);
        }
        assert_eq!(rig.screen(), "Board");
        // It can be tried again, and nothing is in the way any more.
        let from = rig.log.len();
        rig.after(STATION);
        assert_eq!(rig.since(from), ["v1 TrySignIn"]);
    }
}

#[test]
fn a_pass_that_cannot_be_taken_back_keeps_the_visit_where_it_was() {
    let mut rig = with(|policy| policy.pass.once = false).registered("1");
    rig.world
        .faults
        .push_back((Kind::Remove, AnswerFault::Failed(TroubleCode::ServiceDown)));
    rig.after(STATION);
    assert_eq!(rig.screen(), "Board");
    assert_eq!(rig.trouble().as_deref(), Some("N104"));
    rig.after(STATION);
    assert_eq!(test_step(&mut rig), TestStep::SignedIn);
}

/// S38: at the station the operator's eyes count, on the phone the person's word.
#[test]
fn the_record_says_what_proved_it_n23() {
    let mut rig = Rig::new().tested("1");
    assert_eq!(
        last_test(&rig),
        (TestResult::Passed, Some(TestProof::Seen), None)
    );
    rig.visit(VisitAction::Cancel);
    let mut rig = Rig::new().registered("1");
    rig.after(PHONE);
    let PersonAfterScreen::SignInTest { site, .. } = person_screen(&mut rig) else {
        panic!("no test");
    };
    assert!(site.is_some(), "S32: the site with its code");
    rig.person_after(PersonAfterAction::TestShows {
        sight: Some(TestSight::PasswordAsked),
    });
    assert!(matches!(
        screen(&mut rig),
        AfterScreen::SignInTest {
            sight: Some(TestSight::PasswordAsked),
            ..
        }
    ));
    rig.after(report(true));
    assert_eq!(
        last_test(&rig),
        (TestResult::PassedAppInstead, Some(TestProof::Word), None)
    );
    let mut rig = Rig::new();
    rig.world.tried = Ok(TriedSignIn { context_met: true });
    let mut rig = rig.registered("1");
    rig.after(STATION);
    assert_eq!(
        last_test(&rig),
        (TestResult::Passed, Some(TestProof::Token), None),
        "the service's own word needs nobody's"
    );
}

#[test]
fn nothing_is_believed_of_a_sign_in_that_the_service_does_not_vouch_for() {
    let mut rig = Rig::new().registered("1");
    rig.held.insert(Kind::Try);
    rig.after(STATION);
    assert_eq!(refused(&mut rig, report(false)), TroubleCode::NotNow);
    rig.release(Kind::Try);
    rig.after(report(false));
    assert_eq!(last_test(&rig).0, TestResult::Passed);
}

#[test]
fn what_is_not_the_phones_fault_is_never_called_not_passed() {
    let spared = [
        TestCause::ConsentMissing,
        TestCause::NotAssigned,
        TestCause::StationNotAllowed,
        TestCause::NoBrowser,
        TestCause::NoNetwork,
        TestCause::Unexpected,
    ];
    for why in spared {
        let mut rig = Rig::new();
        rig.world.tried = Err(why);
        let mut rig = rig.registered("1");
        rig.after(STATION);
        assert_eq!(
            last_test(&rig),
            (TestResult::CannotBeTried, None, Some(why))
        );
        assert_eq!(stays(&mut rig), StaysBecause::NotProven);
    }
    for why in [
        TestCause::PasswordNeeded,
        TestCause::NoNotification,
        TestCause::Denied,
        TestCause::OtherPerson,
    ] {
        let mut rig = Rig::new().registered("1");
        rig.held.insert(Kind::Try);
        rig.after(STATION);
        let from = rig.log.len();
        rig.after(failed(why));
        assert_eq!(rig.since(from)[0], "v1 StopTrying");
        assert_eq!(last_test(&rig), (TestResult::NotPassed, None, Some(why)));
        // Once more, and it passes.
        rig.held.clear();
        rig.after(STATION);
        rig.after(report(false));
        assert_eq!(last_test(&rig).0, TestResult::Passed);
    }
    let mut rig = Rig::new().registered("1");
    rig.after(PHONE);
    assert_eq!(
        refused(&mut rig, failed(TestCause::NoTime)),
        TroubleCode::NotNow,
        "a reason for no test is none for a failed one"
    );
}

#[test]
fn the_browser_at_the_station_is_closed_after_three_minutes_and_behind_a_lock() {
    let mut rig = Rig::new().registered("1");
    rig.held.insert(Kind::Try);
    rig.after(STATION);
    rig.wait_ms(179_900);
    assert_eq!(test_step(&mut rig), TestStep::Trying);
    rig.wait_ms(100);
    assert_eq!(
        rig.log
            .iter()
            .filter(|line| *line == "v1 StopTrying")
            .count(),
        1
    );
    assert_eq!(last_test(&rig).2, Some(TestCause::TimedOut));
    // What the closed browser still says counts for nothing.
    rig.release(Kind::Try);
    assert_eq!(last_test(&rig).2, Some(TestCause::TimedOut));
    rig.held.insert(Kind::Try);
    rig.after(STATION);
    rig.want(OperatorAction::Lock);
    assert_eq!(
        rig.log
            .iter()
            .filter(|line| *line == "v1 StopTrying")
            .count(),
        2
    );
    rig.want(OperatorAction::SignIn);
    assert_eq!(
        (stays(&mut rig), last_test(&rig).2),
        (StaysBecause::NotProven, Some(TestCause::TimedOut)),
        "what was known stays known"
    );
    rig.held.clear();
    rig.after(STATION);
    rig.after(report(false));
    assert_eq!(last_test(&rig).0, TestResult::Passed);
    // The first test of all is begun anew.
    let mut rig = Rig::new().registered("1");
    rig.held.insert(Kind::Try);
    rig.after(STATION);
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.screen(), "Board", "it can be tried again");
}

#[test]
fn a_passkey_is_tried_on_the_phone_only() {
    let places = |rig: &mut Rig| match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { test_places, .. },
            ..
        }) => test_places,
        other => panic!("{other:?}"),
    };
    let mut rig = Rig::new().shown("1");
    assert!(places(&mut rig).is_empty(), "nothing is registered yet");
    let mut rig = Rig::new().registered("1");
    assert_eq!(places(&mut rig), [TestPlace::Station, TestPlace::Phone]);
    let mut rig = with(|policy| policy.test_at_station = false).registered("1");
    assert_eq!(places(&mut rig), [TestPlace::Phone]);
    assert_eq!(refused(&mut rig, STATION), TroubleCode::NotNow);
    let mut rig = Rig::new().shown("1");
    rig.visit(VisitAction::ChooseRoute {
        route: Route::CreatePasskey,
    });
    let passkey = Method::Passkey {
        id: "new".into(),
        name: None,
        in_authenticator: true,
        created: None,
    };
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.world.add(&sample::user("1"), passkey);
    rig.wait_s(30);
    assert_eq!(places(&mut rig), [TestPlace::Phone]);
}

#[test]
fn no_test_is_recorded_as_none_with_its_reason() {
    let mut rig = Rig::new().registered("1");
    let why = TestCause::PersonDeclined;
    rig.after(AfterAction::SkipTest { why });
    assert_eq!(last_test(&rig), (TestResult::NotTried, None, Some(why)));
    assert_eq!(rig.world.written().last().unwrap(), "PasswordStays");
    assert_eq!(stays(&mut rig), StaysBecause::NotProven, "S48");
    // Finished without a word.
    let mut rig = Rig::new().registered("1");
    rig.visit(VisitAction::Finish { leave_pass: false });
    assert_eq!(last_test(&rig).2, Some(TestCause::Unsaid));
}

#[test]
fn what_was_not_reached_is_recorded_as_not_done() {
    let mut rig = Rig::new().understood("1");
    rig.visit(VisitAction::Finish { leave_pass: false });
    let last = |rig: &Rig| {
        let entry = rig
            .world
            .record
            .iter()
            .rev()
            .find_map(|(_, entry)| match entry {
                Event::After(AfterEvent::PasswordStays { why, .. }) => Some(*why),
                _ => None,
            });
        entry.map(|why| serde_json::to_value(why).unwrap())
    };
    assert_eq!(last(&rig).unwrap(), "not_today");
    assert!(rig.world.roll.is_empty());
}

#[test]
fn the_rows_are_behind_the_visit_once_the_test_began() {
    let mut rig = Rig::new().tested("1");
    for act in [VisitAction::Next, VisitAction::Reveal, VisitAction::LookNow] {
        assert_eq!(rig.try_visit(act).unwrap_err().code, TroubleCode::NotNow);
    }
    let Tested { .. } = Tested {
        result: last_test(&rig).0,
        place: None,
        proof: None,
        why: None,
    };
}
