//! What follows the registration, over HTTP (S32–S48, N14, N23).

use std::sync::atomic::Ordering;

use entra_sim::Case;
use onboarding::{
    AfterAction, AfterScreen, Afterwards, AgainstNo, InFront, NeverReason, OperatorScreen,
    PasswordFate, PasswordStep, PersonAction, PersonAfterAction, StaysBecause, TestCause,
    TestPlace, TestProof, TestReport, TestResult, Tested, UseAnswer, UseQuestion, VisitAction,
    VisitId, VisitScreen,
};
use serde_json::{Value, json};
use test_station::{Browser, Tenant, Visitor, until};

use crate::counter::Counter;

const ROLL: &str = "Passwords by themselves";

/// What the sample asks for, and what the roll takes.
pub(crate) const CONSENTED: &str = "UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.Read.All User.Read.All \
    Policy.Read.AuthenticationMethod User.Read openid profile offline_access GroupMember.ReadWrite.All Domain.Read.All";

/// How a station takes passwords out of use.
pub(crate) struct Way<'a> {
    /// The lines of `[passwords]`; `{group}` stands for the roll.
    pub(crate) passwords: &'a str,
    /// Rights beside those of the roll.
    pub(crate) consented: &'a str,
    /// Which operator of the tenant's list works there.
    pub(crate) operator: usize,
    pub(crate) person: Case,
}

/// A station with a test of its own and a roll, and what its person does in the test.
async fn counter(does: Visitor, context: Option<&str>) -> (Counter, impl Fn() -> usize) {
    counter_with(does, context, "").await
}

/// The same with further lines for the test.
pub(crate) async fn counter_with(
    does: Visitor,
    context: Option<&str>,
    test: &str,
) -> (Counter, impl Fn() -> usize + use<>) {
    counter_of(does, context, test, "").await
}

/// The same with further lines for passwords.
pub(crate) async fn counter_of(
    does: Visitor,
    context: Option<&str>,
    further: &str,
    passwords: &str,
) -> (Counter, impl Fn() -> usize + use<>) {
    let way = Way {
        passwords: &format!("group = \"{{group}}\"\n{passwords}"),
        consented: "",
        operator: 0,
        person: Case::Plain,
    };
    let tenant = Tenant::start().await;
    let config = configured(&tenant, &way, context, further).await;
    counter_at(tenant, config, &way, does).await
}

/// A station with a way of its own.
pub(crate) async fn counter_in(
    way: &Way<'_>,
    does: Visitor,
) -> (Counter, impl Fn() -> usize + use<>) {
    let tenant = Tenant::start().await;
    let config = configured(&tenant, way, None, "").await;
    counter_at(tenant, config, way, does).await
}

/// The configuration of such a station, with a group and the consent that it needs.
pub(crate) async fn configured(
    tenant: &Tenant,
    way: &Way<'_>,
    context: Option<&str>,
    further: &str,
) -> String {
    let owner = &tenant.info().operators[way.operator].upn;
    let group = json!({ "display_name": ROLL, "owners": [owner] });
    let made = tenant.control("groups", group).await;
    let group = made["id"].as_str().unwrap();
    let consented = format!("{CONSENTED} {}", way.consented);
    let switches = json!({ "consented_scopes": consented, "password_profile_shown": "always" });
    tenant.control("switches", switches).await;
    let test = format!(
        "[test]\nclient_id = \"{}\"\n{}\n{further}\n[passwords]\n{}\n[limits]",
        tenant.info().test_client_id,
        context.map_or(String::new(), |context| format!("context = \"{context}\"")),
        way.passwords.replace("{group}", group),
    );
    let hours = "help_hours = { ja = \"9-17\", en = \"9-17\" }\nafter_hours = { ja = \"-\", en = \"-\" }\ntest_site";
    tenant.config(&[("[limits]", &test), ("test_site", hours)])
}

/// A station with this configuration.
pub(crate) async fn counter_at(
    tenant: Tenant,
    config: String,
    way: &Way<'_>,
    does: Visitor,
) -> (Counter, impl Fn() -> usize + use<>) {
    let (upn, _) = tenant.person(way.person);
    let (browser, open) = does.opens(&tenant, &upn).await;
    let data = tempfile::tempdir().unwrap();
    let station = tenant.station_with_test_browser(
        &config,
        data.path(),
        Browser::SignsIn(way.operator),
        browser,
    );
    let counter = Counter {
        tenant,
        station,
        data,
        config,
    };
    (counter, move || open.load(Ordering::SeqCst))
}

impl Counter {
    pub(crate) async fn after(&self, visit: VisitId, action: AfterAction) {
        self.wants(visit, VisitAction::After(action)).await.unwrap();
    }

    pub(crate) async fn person_after(&self, visit: VisitId, action: PersonAfterAction) {
        let action = PersonAction::After(action);
        self.station.person_act(Some(visit), action).await.unwrap();
    }

    /// No password is needed for Windows: the person answers it, and the operator the same.
    pub(crate) async fn says_no(&self, visit: VisitId) {
        let (question, answer) = (UseQuestion::Windows, UseAnswer::No);
        self.person_after(visit, PersonAfterAction::AnswerUse { question, answer })
            .await;
        let confirmed = AfterAction::ConfirmUse {
            question,
            answer,
            despite: None,
        };
        self.after(visit, confirmed).await;
    }

    /// Somebody of this case is registered.
    pub(crate) async fn registered(&self, case: Case) -> VisitId {
        self.act(onboarding::OperatorAction::SignIn).await.unwrap();
        self.reach("home").await;
        self.goes_on_to_register(case).await
    }

    /// The same where the operator is signed in.
    pub(crate) async fn goes_on_to_register(&self, case: Case) -> VisitId {
        let visit = self.board(case).await;
        self.issue(visit).await;
        let pass = self.read_pass(visit).await;
        let answer = self.register(case, &pass, "tap").await;
        assert_eq!(answer["ok"], true, "{answer}");
        // Whoever is at the row that leads to it is looked for more often.
        let row = "a9".to_owned();
        self.wants(visit, VisitAction::GoTo { row }).await.unwrap();
        until(&self.station, "registered", |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen:
                    VisitScreen::Board {
                        registered: Some(_),
                        ..
                    },
                ..
            }) => Some(()),
            _ => None,
        })
        .await;
        visit
    }

    pub(crate) async fn try_at_the_station(&self, visit: VisitId) {
        let place = TestPlace::Station;
        self.after(visit, AfterAction::TrySignIn { place }).await;
    }

    pub(crate) async fn screen<T>(
        &self,
        what: &str,
        seen: impl Fn(&AfterScreen) -> Option<T>,
    ) -> T {
        until(&self.station, what, |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::After(screen),
                ..
            }) => seen(screen),
            _ => None,
        })
        .await
    }

    pub(crate) async fn signed_in_there(&self) {
        self.screen("a sign-in at the station", |screen| match screen {
            AfterScreen::SignInTest {
                step: onboarding::TestStep::SignedIn,
                ..
            } => Some(()),
            _ => None,
        })
        .await;
    }

    pub(crate) async fn not_asked(&self) -> (Tested, StaysBecause) {
        self.screen("the end of the test", |screen| match screen {
            AfterScreen::Password {
                tested: Some(tested),
                fate: Some(PasswordFate::Stays { because }),
                ..
            } => Some((*tested, *because)),
            _ => None,
        })
        .await
    }

    /// What the tenant's own books say of the person of this case.
    pub(crate) async fn books(&self, case: Case) -> Value {
        let (upn, _) = self.tenant.person(case);
        let state = self.tenant.state().await;
        let users = state["users"].as_array().unwrap();
        let user = users.iter().find(|user| user["upn"] == upn.as_str());
        user.unwrap().clone()
    }

    /// Whether the directory shows the plain person on the roll.
    pub(crate) async fn on_roll(&self) -> bool {
        let user = self.books(Case::Plain).await;
        let groups = user["groups"].as_array().unwrap();
        groups.iter().any(|group| group == ROLL)
    }
}

fn fate_on_roll(screen: &AfterScreen) -> Option<(bool, Afterwards)> {
    match screen {
        AfterScreen::Password {
            fate:
                Some(PasswordFate::OnRoll {
                    read_back,
                    afterwards,
                }),
            ..
        } => Some((*read_back, *afterwards)),
        _ => None,
    }
}

/// A counter whose operators may read more of a device than its id, or not.
async fn with_devices(right: bool) -> Counter {
    let way = Way {
        passwords: "group = \"{group}\"",
        consented: "Device.Read.All",
        operator: 0,
        person: Case::Plain,
    };
    let tenant = Tenant::start().await;
    let mut config = configured(&tenant, &way, None, "").await;
    if right {
        let both = "\"User.Read.All\", \"Device.Read.All\"";
        config = config.replacen("\"User.Read.All\"", both, 1);
    }
    counter_at(tenant, config, &way, Visitor::Approves).await.0
}

/// S45: what the directory says of Windows speaks against a "no", which then needs a reason.
#[tokio::test(flavor = "multi_thread")]
async fn a_windows_computer_speaks_against_a_no_s39_s45() {
    for (computer, right, expected) in [
        (None, true, None),
        (Some("DESK-7"), true, Some(AgainstNo::Registered)),
        (Some("DESK-7"), false, None),
    ] {
        let counter = with_devices(right).await;
        let (upn, _) = counter.tenant.person(Case::Plain);
        if let Some(computer) = computer {
            let change = json!({ "upn": upn, "computer": computer });
            counter.tenant.control("users/change", change).await;
        }
        let visit = counter.registered(Case::Plain).await;
        counter.try_at_the_station(visit).await;
        counter.signed_in_there().await;
        let report = TestReport::Passed { app_instead: false };
        counter
            .after(visit, AfterAction::ReportTest { report })
            .await;
        let against = |screen: &AfterScreen| match screen {
            AfterScreen::UseQuestion {
                directory_against, ..
            } => Some(*directory_against),
            _ => None,
        };
        let against = counter.screen("the question", against).await;
        assert_eq!(against, expected, "{computer:?} {right}");
    }
}

/// S38–S48: test, question, roll, card; the directory shows the person on the roll and the record says how.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_needs_no_password_any_more_joins_the_roll_s38_s39_s48() {
    let (counter, open) = counter(Visitor::Approves, None).await;
    let visit = counter.registered(Case::Plain).await;
    counter.try_at_the_station(visit).await;
    counter.signed_in_there().await;
    assert_eq!(open(), 0, "the browser is closed with its answer");
    let report = TestReport::Passed { app_instead: false };
    counter
        .after(visit, AfterAction::ReportTest { report })
        .await;
    counter.says_no(visit).await;
    let step = |wanted: PasswordStep| {
        move |screen: &AfterScreen| match screen {
            AfterScreen::Password { step, .. } if *step == wanted => Some(()),
            _ => None,
        }
    };
    counter
        .screen("the person's word", step(PasswordStep::WaitsForPerson))
        .await;
    counter
        .person_after(visit, PersonAfterAction::Understood)
        .await;
    assert!(!counter.on_roll().await, "S48: nothing before the press");
    counter.after(visit, AfterAction::JoinRoll).await;
    let (read_back, afterwards) = counter.screen("on the roll", fate_on_roll).await;
    assert!(read_back);
    let as_before = Afterwards::AsBefore;
    assert_eq!(
        afterwards, as_before,
        "S41: nothing shows that the job runs"
    );
    assert!(counter.on_roll().await);
    let finish = VisitAction::Finish { leave_pass: false };
    counter.wants(visit, finish).await.unwrap();
    counter.reach("receipt").await;
    let record = counter.record_with("visit_ended", 1).await;
    for (event, says) in [
        ("sign_in_tested", r#""proof":"seen""#),
        ("password_use", r#""answer":"no""#),
        ("roll_joined", r#""read_back":true"#),
    ] {
        let line = record.lines().find(|line| line.contains(event)).unwrap();
        assert!(line.contains(says), "{line}");
    }
}

/// N23: an authentication context that no password meets is the service's own word.
#[tokio::test(flavor = "multi_thread")]
async fn a_context_that_no_password_meets_proves_it_by_itself_n23() {
    let (counter, _) = counter(Visitor::Approves, Some("c7")).await;
    counter
        .tenant
        .control("switches", json!({ "context_strength": "passwordless" }))
        .await;
    let visit = counter.registered(Case::Plain).await;
    counter.try_at_the_station(visit).await;
    counter
        .screen("the question", |screen| match screen {
            AfterScreen::UseQuestion { .. } => Some(()),
            _ => None,
        })
        .await;
    counter.recorded("sign_in_tested").await;
    let record = counter.record();
    assert!(
        record.contains(r#""result":"passed","place":"station","proof":"token""#),
        "{record}"
    );
}

/// What the directory refuses at the station is not the phone's fault, and says why.
#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_the_station_out_is_named_and_spares_the_phone_s38() {
    let cases = [
        ("65001", TestCause::ConsentMissing),
        ("50105", TestCause::NotAssigned),
        ("53003", TestCause::StationNotAllowed),
    ];
    for (number, cause) in cases {
        let (counter, _) = counter(Visitor::Approves, None).await;
        let client = counter.tenant.info().test_client_id.clone();
        let refusals = json!({ "client_id": client, "refusals": number });
        counter.tenant.patch("clients", refusals).await;
        let to_client = json!({ "policy_refusal_to": "client" });
        counter.tenant.control("switches", to_client).await;
        let visit = counter.registered(Case::Plain).await;
        counter.try_at_the_station(visit).await;
        let (tested, because) = counter.not_asked().await;
        assert_eq!(
            (tested.result, tested.why, because),
            (
                TestResult::CannotBeTried,
                Some(cause),
                StaysBecause::NotProven
            ),
            "{number}"
        );
    }
}

/// The service vouches for whoever signs in, and says nothing of how: a password is the operator's to see.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_at_the_station_is_reported_by_who_saw_it_s38() {
    let (counter, _) = counter(Visitor::TypesPassword, None).await;
    let visit = counter.registered(Case::Plain).await;
    counter.try_at_the_station(visit).await;
    counter.signed_in_there().await;
    let why = TestCause::PasswordNeeded;
    let report = TestReport::Failed { why };
    counter
        .after(visit, AfterAction::ReportTest { report })
        .await;
    let (tested, because) = counter.not_asked().await;
    assert_eq!(
        (tested.result, because),
        (TestResult::NotPassed, StaysBecause::NotProven)
    );
    assert!(!counter.on_roll().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_cancels_has_not_passed_and_one_who_leaves_is_given_up() {
    let (counter, open) = counter(Visitor::Cancels, None).await;
    let visit = counter.registered(Case::Plain).await;
    counter.try_at_the_station(visit).await;
    let (tested, _) = counter.not_asked().await;
    assert_eq!(tested.why, Some(TestCause::Denied));
    assert_eq!(open(), 0);
    let (counter, open) = self::counter(Visitor::Leaves, None).await;
    let visit = counter.registered(Case::Plain).await;
    counter.try_at_the_station(visit).await;
    until(&counter.station, "an open browser", |_, _| {
        (open() == 1).then_some(())
    })
    .await;
    counter.act(onboarding::OperatorAction::Lock).await.unwrap();
    until(&counter.station, "the browser closed", |_, _| {
        (open() == 0).then_some(())
    })
    .await;
}

/// S32, S38: somebody else's sign-in is nobody's proof, however good it is.
#[tokio::test(flavor = "multi_thread")]
async fn another_persons_sign_in_is_refused_and_puts_nobody_on_the_roll_s32_s38() {
    let tenant = Tenant::start().await;
    let way = Way {
        passwords: "group = \"{group}\"",
        consented: "",
        operator: 0,
        person: Case::Partner,
    };
    let config = configured(&tenant, &way, None, "").await;
    let (counter, open) = counter_at(tenant, config, &way, Visitor::TypesOwnName).await;
    let visit = counter.registered(Case::Plain).await;
    counter.try_at_the_station(visit).await;
    let (tested, because) = counter.not_asked().await;
    assert_eq!(
        (tested.result, tested.why, because),
        (
            TestResult::NotPassed,
            Some(TestCause::OtherPerson),
            StaysBecause::NotProven
        )
    );
    assert_eq!(open(), 0);
    assert!(!counter.on_roll().await);
    counter.recorded("sign_in_tested").await;
    let record = counter.record();
    assert!(record.contains(r#""cause":"other_person""#), "{record}");
}

/// Who must never be on the roll is not, whoever asks.
#[tokio::test(flavor = "multi_thread")]
async fn a_federated_domain_keeps_its_people_off_the_roll_s48() {
    let (counter, _) = counter(Visitor::Approves, None).await;
    let (upn, _) = counter.tenant.person(Case::Plain);
    let domain = upn.split('@').nth(1).unwrap().to_owned();
    counter
        .tenant
        .control("switches", json!({ "federated_domains": domain }))
        .await;
    let visit = counter.registered(Case::Plain).await;
    counter.try_at_the_station(visit).await;
    counter.signed_in_there().await;
    let report = TestReport::Passed { app_instead: true };
    counter
        .after(visit, AfterAction::ReportTest { report })
        .await;
    counter.says_no(visit).await;
    let (tested, because) = counter.not_asked().await;
    assert_eq!(tested.proof, Some(TestProof::Seen));
    assert_eq!(because, StaysBecause::Never(NeverReason::Federated));
    assert!(!counter.on_roll().await);
}
