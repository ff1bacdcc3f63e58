//! The test on the person's own phone at the test site, and the card of who keeps or loses the password, over HTTP
//! (S12, S32–S42, S44–S46, S48).

use entra_sim::Case;
use onboarding::{
    AfterAction, AfterScreen, OperatorAction, PasswordFate, PasswordStep, PersonAction,
    PersonAfterAction, PersonAfterScreen, PersonScreen, StaysBecause, TestPlace, TestProof,
    TestReport, TestResult, TestSight, UseAnswer, UseQuestion, VisitAction, VisitId, Words,
};
use test_station::{Tenant, Visitor, until};

use crate::after_registration::{Way, configured, counter_at};
use crate::counter::Counter;

/// The sample's own test site.
const SITE: &str = "https://pwdless-fctv.msappproxy.net/pwdless/";
const PASSED: AfterAction = AfterAction::ReportTest {
    report: TestReport::Passed { app_instead: false },
};

/// A station that sends people to the tenant's own test site, with the person registered.
async fn at_the_card(does: Visitor) -> (Counter, VisitId) {
    let way = Way {
        passwords: "group = \"{group}\"",
        consented: "",
        operator: 0,
        person: Case::Plain,
    };
    let tenant = Tenant::start().await;
    let config = configured(&tenant, &way, None, "").await;
    let config = config.replace(SITE, &tenant.info().test_site);
    let (counter, _) = counter_at(tenant, config, &way, does).await;
    let visit = counter.registered(Case::Plain).await;
    (counter, visit)
}

impl Counter {
    async fn person_sees<T>(
        &self,
        what: &str,
        seen: impl Fn(&PersonAfterScreen) -> Option<T>,
    ) -> T {
        until(&self.station, what, |_, person| match &person.screen {
            PersonScreen::After(screen) => seen(screen),
            _ => None,
        })
        .await
    }

    /// What the person is shown of the test, and where to try.
    async fn test_shown(&self) -> (TestPlace, Option<String>, Option<TestSight>) {
        self.person_sees("the test", |screen| match screen {
            PersonAfterScreen::SignInTest {
                place, site, sight, ..
            } => Some((*place, site.as_ref().map(|site| site.url.clone()), *sight)),
            _ => None,
        })
        .await
    }

    /// The question in the site's words, as both read it.
    async fn question(&self) -> (Words, Words) {
        let operator = self.screen("the operator's question", |screen| match screen {
            AfterScreen::UseQuestion { words, .. } => words.clone(),
            _ => None,
        });
        let person = self.person_sees("the person's question", |screen| match screen {
            PersonAfterScreen::UseQuestion { words, .. } => words.clone(),
            _ => None,
        });
        (operator.await, person.await)
    }

    /// The card the visit ends with: the password's line, where it helps and where not, and whom to call when.
    async fn card(&self, visit: VisitId) -> (PasswordFate, [usize; 2], [Option<Words>; 2]) {
        let finish = VisitAction::Finish { leave_pass: false };
        self.wants(visit, finish).await.unwrap();
        self.person_sees("the card", |screen| match screen {
            PersonAfterScreen::Card {
                password,
                helps,
                not_used,
                help_hours,
                after_hours,
                ..
            } => Some((
                *password,
                [helps.len(), not_used.len()],
                [help_hours.clone(), after_hours.clone()],
            )),
            _ => None,
        })
        .await
    }

    async fn answers_use(&self, visit: VisitId, answer: UseAnswer) {
        let question = UseQuestion::Windows;
        self.person_after(visit, PersonAfterAction::AnswerUse { question, answer })
            .await;
        let confirmed = AfterAction::ConfirmUse {
            question,
            answer,
            despite: None,
        };
        self.after(visit, confirmed).await;
    }
}

fn stays(because: StaysBecause) -> PasswordFate {
    PasswordFate::Stays { because }
}

/// S32–S36, S38, S48: the site shows how it looks with a password and without; who was asked for one is told of the app,
/// and what the phone showed is the person's word, which is too little to take the password out of use.
#[tokio::test(flavor = "multi_thread")]
async fn the_test_site_on_the_phone_tells_before_from_after_s32_s33_s34_s35_s36() {
    let (counter, visit) = at_the_card(Visitor::Leaves).await;
    let site = counter.tenant.info().test_site.clone();
    let place = TestPlace::Phone;
    counter.after(visit, AfterAction::TrySignIn { place }).await;
    let shown = counter.test_shown().await;
    assert_eq!(shown, (TestPlace::Phone, Some(site.clone()), None), "S32");

    let (upn, _) = counter.tenant.person(Case::Plain);
    let tries = async |does: Visitor| {
        let told = does.tries_the_test_site(&counter.tenant, &upn, &site).await;
        assert_eq!(told.began_at, "start");
        (told.landed_at, told.asked)
    };
    let (landed, _) = tries(Visitor::TypesPassword).await;
    assert_eq!(landed, "before", "S33");
    let sight = Some(TestSight::PasswordAsked);
    counter
        .person_after(visit, PersonAfterAction::TestShows { sight })
        .await;
    assert_eq!(counter.test_shown().await.2, sight, "S36: at that moment");
    let (landed, asked) = tries(Visitor::TakesTheApp).await;
    assert!(asked.contains(&"passwd".to_owned()), "S35: {asked:?}");
    assert_eq!(landed, "after", "S34, S36");

    let report = TestReport::Passed { app_instead: true };
    counter
        .after(visit, AfterAction::ReportTest { report })
        .await;
    counter.answers_use(visit, UseAnswer::No).await;
    let (tested, because) = counter.not_asked().await;
    assert_eq!(
        (tested.result, tested.place, tested.proof),
        (
            TestResult::PassedAppInstead,
            Some(TestPlace::Phone),
            Some(TestProof::Word)
        ),
        "S38"
    );
    assert_eq!(because, StaysBecause::NotProven, "S38, S48");
    let line = r#""result":"passed_app_instead","place":"phone","proof":"word""#;
    counter.recorded(line).await;
    assert!(!counter.on_roll().await);
}

/// S37: the station's windows take no password; what is typed elsewhere is told, and the question is not asked (S39).
#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_station_takes_a_password_in_the_test_s37() {
    let (counter, visit) = at_the_card(Visitor::TypesPassword).await;
    counter.try_at_the_station(visit).await;
    counter.signed_in_there().await;
    let books = counter.books(Case::Plain).await;
    let password = books["password"].as_str().unwrap();
    let sight = Some(TestSight::PasswordAsked);
    let (question, answer) = (UseQuestion::Windows, UseAnswer::No);
    for action in [
        PersonAfterAction::TestShows { sight },
        PersonAfterAction::AnswerUse { question, answer },
    ] {
        let mut typed = serde_json::to_value(PersonAction::After(action.clone())).unwrap();
        assert!(serde_json::from_value::<PersonAction>(typed.clone()).is_ok());
        typed["password"] = password.into();
        let typed = serde_json::from_value::<PersonAction>(typed);
        assert!(typed.is_err(), "{action:?}");
    }
    let (operator, person) = (
        counter.station.operator_view().await.unwrap(),
        counter.station.person_view(Some(visit)).await.unwrap(),
    );
    for view in [
        serde_json::to_string(&operator).unwrap(),
        serde_json::to_string(&person).unwrap(),
    ] {
        assert!(!view.contains(password));
    }
    let why = onboarding::TestCause::PasswordNeeded;
    let report = TestReport::Failed { why };
    counter
        .after(visit, AfterAction::ReportTest { report })
        .await;
    let (tested, _) = counter.not_asked().await;
    assert_eq!(tested.result, TestResult::NotPassed);
    let (fate, ..) = counter.card(visit).await;
    assert_eq!(fate, stays(StaysBecause::NotProven));
    // The question waits for a test that passed.
    let not_asked = r#""event":"password_use","question":"windows","answer":"not_asked""#;
    counter.recorded(not_asked).await;
}

/// S39, S41, S42, S45: who signs in to a Windows computer of the organisation's keeps the password, and the card says so,
/// with where it helps and where not (S12) and whom to call when (S42, S46).
#[tokio::test(flavor = "multi_thread")]
async fn who_still_signs_in_to_windows_keeps_the_password_s39_s41_s42_s45() {
    for answer in [UseAnswer::Yes, UseAnswer::DontKnow] {
        let (counter, visit) = at_the_card(Visitor::Approves).await;
        counter.try_at_the_station(visit).await;
        counter.signed_in_there().await;
        counter.after(visit, PASSED).await;
        let (operator, person) = counter.question().await;
        assert_eq!(operator, person, "S39: both read the same");
        for (_, words) in person.iter() {
            assert!(words.contains("Windows") && !words.contains("{org}"), "S39");
        }
        counter.answers_use(visit, answer).await;
        counter.step(PasswordStep::Done).await;
        let refused = counter.wants(visit, VisitAction::After(AfterAction::JoinRoll));
        assert!(refused.await.is_err(), "S45: a yes arms nothing");
        let (fate, lists, hours) = counter.card(visit).await;
        assert_eq!(fate, stays(StaysBecause::StillUsed), "S39–S41");
        assert_eq!(lists, [4, 2], "S12");
        assert!(hours.iter().all(Option::is_some), "S42, S46");
        assert!(!counter.on_roll().await, "S41");
        let before = counter.books(Case::Plain).await;
        assert_eq!(before["password_change_due"], false, "S41: nothing changed");
        let said = if answer == UseAnswer::Yes {
            "yes"
        } else {
            "dont_know"
        };
        counter
            .recorded(&format!(
                r#""event":"password_use","question":"windows","answer":"{said}""#
            ))
            .await;
    }
}

/// S12, S40, S44, S46: the card of who needs no password any more is tied to that answer.
#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_who_needs_no_password_any_more_says_so_s12_s40_s46() {
    let (counter, visit) = at_the_card(Visitor::Approves).await;
    counter.try_at_the_station(visit).await;
    counter.signed_in_there().await;
    counter.after(visit, PASSED).await;
    counter.answers_use(visit, UseAnswer::No).await;
    counter.step(PasswordStep::WaitsForPerson).await;
    let early = counter.wants(visit, VisitAction::After(AfterAction::JoinRoll));
    assert!(early.await.is_err(), "S40: it is said and understood first");
    counter
        .person_after(visit, PersonAfterAction::Understood)
        .await;
    counter.after(visit, AfterAction::JoinRoll).await;
    counter.step(PasswordStep::Done).await;
    let (fate, lists, hours) = counter.card(visit).await;
    assert!(
        matches!(
            fate,
            PasswordFate::OnRoll {
                read_back: true,
                ..
            }
        ),
        "S12, S40: {fate:?}"
    );
    assert_eq!(lists, [4, 2], "S12");
    assert!(hours.iter().all(Option::is_some), "S46");
    // It bears no name and nothing of the visit stays behind it.
    let person = counter.station.person_view(None).await.unwrap();
    let books = counter.books(Case::Plain).await;
    let card = serde_json::to_string(&person).unwrap();
    for name in ["display_name", "upn"] {
        let name = books[name].as_str().unwrap_or("nobody");
        assert!(!card.contains(name), "{name}");
    }
    counter.act(OperatorAction::SignOut).await.ok();
}
