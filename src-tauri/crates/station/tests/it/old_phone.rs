//! A new phone and a lost one, over HTTP (S46, N7, N29).

use entra_sim::Case;
use onboarding::{
    AfterAction, EarlierPhone, FindBy, OldMethodState, OldPhoneAction, OldPhoneStep,
    OperatorAction, TestPlace, TestReport, TroubleCode, VisitAction, VisitId,
};
use serde_json::{Value, json};
use test_station::{Browser, until};

use crate::counter::Counter;

const SCOPES: (&str, &str) = (
    "\"Policy.Read.AuthenticationMethod\",",
    "\"Policy.Read.AuthenticationMethod\", \"UserAuthMethod-MicrosoftAuthApp.ReadWrite.All\", \
     \"UserAuthMethod-Passkey.ReadWrite.All\", \"User.RevokeSessions.All\",",
);
const GRANTED: &str = "UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.Read.All User.Read.All \
    Policy.Read.AuthenticationMethod openid profile offline_access";
const FURTHER: &str = "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All UserAuthMethod-Passkey.ReadWrite.All \
    User.RevokeSessions.All";

/// Somebody with entries of phones long gone, of whose phone this was said.
async fn said(further: &str, earlier: EarlierPhone) -> (Counter, VisitId) {
    let counter = Counter::open(Browser::SignsIn(0), &[SCOPES]).await;
    let granted = json!({ "consented_scopes": format!("{GRANTED} {further}") });
    counter.tenant.control("switches", granted).await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    let (upn, _) = counter.tenant.person(Case::OldEntries);
    let visit = counter.visit().await;
    counter.find(visit, &upn, FindBy::SignInName).await;
    counter.reach("found").await;
    let earlier = Some(earlier);
    counter
        .old(visit, OldPhoneAction::SayEarlierPhone { earlier })
        .await
        .unwrap();
    counter
        .wants(visit, VisitAction::ConfirmPerson)
        .await
        .unwrap();
    counter.check(visit).await;
    (counter, visit)
}

impl Counter {
    async fn old(&self, visit: VisitId, action: OldPhoneAction) -> Result<(), TroubleCode> {
        self.wants(visit, VisitAction::OldPhone(action)).await
    }

    async fn old_step(&self, what: &str, wanted: impl Fn(&OldPhoneStep) -> bool) -> OldPhoneStep {
        until(&self.station, what, |view, _| {
            let old = view.old_phone.as_ref()?;
            wanted(&old.step).then(|| old.step.clone())
        })
        .await
    }

    /// Nothing is left to say or decide.
    async fn nothing_more(&self) {
        until(&self.station, "nothing more of it", |view, _| {
            view.old_phone.is_none().then_some(())
        })
        .await;
    }

    /// The methods that the directory lists of the person, by type.
    async fn registered_kinds(&self) -> Vec<String> {
        let (upn, _) = self.tenant.person(Case::OldEntries);
        let state = self.tenant.state().await;
        let users = state["users"].as_array().unwrap();
        let user = users.iter().find(|user| user["upn"] == upn.as_str());
        let methods = user.unwrap()["methods"].as_array().unwrap().clone();
        let kind = |method: &Value| method["type"].as_str().unwrap().to_owned();
        let mut kinds: Vec<String> = methods.iter().map(kind).collect();
        kinds.retain(|kind| ["authenticator", "fido2"].contains(&kind.as_str()));
        kinds.sort();
        kinds
    }

    async fn new_phone_passes(&self, visit: VisitId) {
        self.issue(visit).await;
        let pass = self.read_pass(visit).await;
        let answer = self.register(Case::OldEntries, &pass, "tap").await;
        assert_eq!(answer["ok"], true, "{answer}");
        let row = "a9".to_owned();
        self.wants(visit, VisitAction::GoTo { row }).await.unwrap();
        self.recorded("\"registered\"").await;
        let place = TestPlace::Phone;
        let report = TestReport::Passed { app_instead: false };
        for act in [
            AfterAction::TrySignIn { place },
            AfterAction::ReportTest { report },
        ] {
            self.wants(visit, VisitAction::After(act)).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n7_once_the_new_phone_passed_the_test_the_old_ones_are_retired_one_by_one() {
    let (counter, visit) = said(FURTHER, EarlierPhone::Replaced).await;
    let before = counter.registered_kinds().await;
    assert_eq!(before.len(), 4, "{before:?}");
    counter.new_phone_passes(visit).await;
    assert_eq!(
        counter.registered_kinds().await.len(),
        5,
        "nothing went yet"
    );
    let offered = counter
        .old_step("the old ones", |step| {
            matches!(step, OldPhoneStep::Retire { .. })
        })
        .await;
    let OldPhoneStep::Retire { methods, .. } = offered else {
        panic!("{offered:?}")
    };
    assert_eq!(methods.len(), 4);
    assert!(
        methods
            .iter()
            .all(|one| one.may_remove && one.name.is_some())
    );
    let dated = methods.iter().filter(|one| one.since.is_some()).count();
    assert_eq!(dated, 2, "push entries have no date, as in the directory");
    let (last, gone) = methods.split_last().unwrap();
    for one in gone {
        let method = one.method.clone();
        counter
            .old(
                visit,
                OldPhoneAction::RetireMethod {
                    method: method.clone(),
                },
            )
            .await
            .unwrap();
        let removed = |step: &OldPhoneStep| match step {
            OldPhoneStep::Retire { methods, .. } => methods
                .iter()
                .any(|one| one.method == method && one.state == OldMethodState::Removed),
            _ => false,
        };
        counter.old_step("one less", removed).await;
    }
    let method = last.method.clone();
    counter
        .old(visit, OldPhoneAction::LeaveMethod { method })
        .await
        .unwrap();
    counter.nothing_more().await;
    assert_eq!(counter.registered_kinds().await.len(), 2);
    for event in [
        "earlier_phone_said",
        "earlier_methods_intent",
        "earlier_method_removed",
        "earlier_method_left",
    ] {
        counter.recorded(event).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n29_a_phone_that_somebody_may_have_is_gone_and_signed_out_before_the_pass() {
    let (counter, visit) = said(FURTHER, EarlierPhone::LostToOthers).await;
    let issue = VisitAction::IssuePass { replace: false };
    let early = counter.wants(visit, issue).await;
    assert_eq!(early, Err(TroubleCode::LostPhoneFirst));
    counter
        .old(visit, OldPhoneAction::BlockEarlierPhone)
        .await
        .unwrap();
    counter.nothing_more().await;
    assert_eq!(counter.registered_kinds().await, [""; 0]);
    counter.recorded("sessions_ended").await;
    let requests = counter.tenant.state().await["requests"].to_string();
    assert!(requests.contains("/revokeSignInSessions"), "{requests}");
    counter.new_phone_passes(visit).await;
    assert_eq!(counter.registered_kinds().await, ["authenticator"]);
    counter.nothing_more().await;
    let record = counter.record();
    let at = |event: &str| record.find(event).unwrap();
    assert!(at("\"sessions_ended\"") < at("\"pass_intent\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn n29_without_the_rights_it_is_said_and_the_visit_goes_on() {
    let (counter, visit) = said("", EarlierPhone::LostToOthers).await;
    let asked = counter
        .old_step("the question", |step| {
            matches!(step, OldPhoneStep::Block { .. })
        })
        .await;
    let OldPhoneStep::Block {
        methods,
        sessions,
        may,
        ..
    } = asked
    else {
        panic!("{asked:?}")
    };
    assert!(!may && !sessions.may_end);
    assert!(methods.iter().all(|one| !one.may_remove));
    let refused = counter.old(visit, OldPhoneAction::BlockEarlierPhone).await;
    assert_eq!(refused, Err(TroubleCode::NotAllowedHere));
    counter
        .old(visit, OldPhoneAction::GoOnUnblocked)
        .await
        .unwrap();
    counter.recorded("went_on_unblocked").await;
    counter.issue(visit).await;
    assert_eq!(counter.registered_kinds().await.len(), 4, "nothing went");
}
