//! What proves a test at the directory, over HTTP (N23).

use entra_sim::Case;
use onboarding::{
    AfterAction, AfterScreen, Afterwards, OperatorAction, OperatorScreen, PasswordFate,
    PasswordStep, PersonAfterAction, StaysBecause, TestPlace, TestProof, TestReport, VisitAction,
    VisitId,
};
use serde_json::json;
use test_station::{Visitor, until};

use crate::after_registration::{CONSENTED, counter_of, counter_with};
use crate::counter::Counter;

impl Counter {
    /// The person tries on the phone, and says that it worked.
    async fn said_on_the_phone(&self, visit: VisitId, does: Visitor) {
        let place = TestPlace::Phone;
        self.after(visit, AfterAction::TrySignIn { place }).await;
        self.signs_in_elsewhere(does).await;
        let report = TestReport::Passed { app_instead: false };
        self.after(visit, AfterAction::ReportTest { report }).await;
        self.says_no(visit).await;
    }

    /// A sign-in of the person that this station sees nothing of.
    async fn signs_in_elsewhere(&self, does: Visitor) {
        let (upn, _) = self.tenant.person(Case::Plain);
        let info = self.tenant.info();
        let address = format!(
            "{}/oauth2/v2.0/authorize?client_id={}&response_type=code&scope=openid&state=s&nonce=n&prompt=login\
             &redirect_uri=http%3A%2F%2Flocalhost%3A9&code_challenge={}&code_challenge_method=S256",
            info.authority_http,
            info.test_client_id,
            "a".repeat(43),
        );
        does.signs_in_elsewhere(&self.tenant, &upn, &address).await;
    }

    async fn may_go_on_by(&self, proof: TestProof) {
        let proven = move |screen: &AfterScreen| match screen {
            AfterScreen::Password {
                tested: Some(tested),
                step: PasswordStep::WaitsForPerson,
                fate: None,
                ..
            } => (tested.proof == Some(proof)).then_some(()),
            _ => None,
        };
        self.screen("a stronger proof", proven).await;
    }

    async fn reads_logs(&self) {
        let upn = self.tenant.info().operators[0].upn.clone();
        let roles = ["Authentication Administrator", "Reports Reader"];
        let change = json!({ "upn": upn, "roles": roles });
        self.tenant.control("users/change", change).await;
        let consented = format!("{CONSENTED} AuditLog.Read.All");
        let consented = json!({ "consented_scopes": consented, "log_lag_s": 0 });
        self.tenant.control("switches", consented).await;
    }
}

/// N23: the entry was used since the test began and the password was not, and two reads agree.
#[tokio::test(flavor = "multi_thread")]
async fn a_test_on_the_phone_is_proven_by_when_methods_were_used() {
    let (counter, _) = counter_with(Visitor::Approves, None, "last_used = true").await;
    let at_once = json!({ "last_used_lag_s": 0 });
    counter.tenant.control("switches", at_once).await;
    // Before the registration the password is what the person has: the directory tells of its use.
    counter.signs_in_elsewhere(Visitor::Approves).await;
    let visit = counter.registered(Case::Plain).await;
    counter.said_on_the_phone(visit, Visitor::Approves).await;
    counter.may_go_on_by(TestProof::LastUsed).await;
    counter.recorded("test_proven").await;
    assert!(!counter.on_roll().await, "nothing is done alone");
}

/// N23: the log shows the sign-in by the entry that was registered, and beside it that no password was used.
#[tokio::test(flavor = "multi_thread")]
async fn a_test_on_the_phone_is_proven_by_the_sign_in_log() {
    let (counter, _) = counter_with(Visitor::Approves, None, "sign_in_log = true").await;
    counter.reads_logs().await;
    let visit = counter.registered(Case::Plain).await;
    counter.said_on_the_phone(visit, Visitor::Approves).await;
    counter.may_go_on_by(TestProof::Log).await;
    counter.recorded("test_proven").await;
    let record = counter.record();
    let line = record.lines().find(|line| line.contains("test_proven"));
    assert!(line.unwrap().contains(r#""proof":"log""#), "{record}");
}

/// A log that is not complete says nothing, a password in it proves nothing, and what comes after the visit is listed.
#[tokio::test(flavor = "multi_thread")]
async fn a_proof_after_the_visit_is_listed_on_the_home_screen() {
    let (counter, _) = counter_with(Visitor::Approves, None, "sign_in_log = true").await;
    counter.reads_logs().await;
    let incomplete = json!({ "log_complete_after_s": 3600 });
    counter.tenant.control("switches", incomplete).await;
    let visit = counter.registered(Case::Plain).await;
    counter.said_on_the_phone(visit, Visitor::Approves).await;
    let stays = |screen: &AfterScreen| match screen {
        AfterScreen::Password {
            fate: Some(PasswordFate::Stays { because }),
            looking,
            ..
        } => Some((*because, *looking)),
        _ => None,
    };
    let (because, looking) = counter.screen("the end", stays).await;
    assert_eq!((because, looking), (StaysBecause::NotProven, true));
    let finish = VisitAction::Finish { leave_pass: false };
    counter.wants(visit, finish).await.unwrap();
    counter.reach("receipt").await;
    counter.wants(visit, VisitAction::Close).await.unwrap();
    counter.reach("home").await;
    let complete = json!({ "log_complete_after_s": 0 });
    counter.tenant.control("switches", complete).await;
    let told = until(&counter.station, "the late proof", |view, _| {
        let notice = view.notice.as_ref()?;
        matches!(view.screen, OperatorScreen::Home { .. }).then_some(notice.clone())
    })
    .await;
    assert_eq!(told.proven_later, [visit]);
    counter.recorded(r#""ask_back":true"#).await;
    assert!(!counter.on_roll().await, "never acted on alone");
    counter
        .act(OperatorAction::DismissNotice {
            number: told.number,
        })
        .await
        .unwrap();
}

/// Without the right, which nobody is held up by, the test is worth what it was.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_to_the_log_everything_else_works() {
    let (counter, _) = counter_with(Visitor::Approves, None, "sign_in_log = true").await;
    let visit = counter.registered(Case::Plain).await;
    counter.said_on_the_phone(visit, Visitor::Approves).await;
    let stays = |screen: &AfterScreen| match screen {
        AfterScreen::Password {
            fate: Some(PasswordFate::Stays { because }),
            ..
        } => Some(*because),
        _ => None,
    };
    let because = counter.screen("the end", stays).await;
    assert_eq!(because, StaysBecause::NotProven);
    let missing = until(&counter.station, "the operator", |view, _| {
        view.operator
            .as_ref()
            .map(|operator| operator.missing_scopes.clone())
    })
    .await;
    assert!(
        missing.contains(&"AuditLog.Read.All".to_owned()),
        "the sign-in says so: {missing:?}"
    );
    let finish = VisitAction::Finish { leave_pass: false };
    counter.wants(visit, finish).await.unwrap();
    counter.reach("receipt").await;
}

/// S47: the age of a password that is out of use is of no account, and what else its policies say stays.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_out_of_use_never_expires_where_the_site_wants_it_s47() {
    let (counter, _) = counter_of(Visitor::Approves, None, "", "never_expires = true").await;
    let upn = counter.tenant.info().operators[0].upn.clone();
    let roles = ["Authentication Administrator", "User Administrator"];
    let change = json!({ "upn": upn, "roles": roles });
    counter.tenant.control("users/change", change).await;
    let consented = format!("{CONSENTED} User.ReadWrite.All");
    let consented = json!({ "consented_scopes": consented });
    counter.tenant.control("switches", consented).await;
    let visit = counter.registered(Case::Plain).await;
    let on_roll = counter.joins(visit).await;
    assert_eq!(on_roll, (true, Afterwards::NeverExpires));
    counter
        .recorded(r#""event":"never_expires","read_back":true"#)
        .await;
}

/// Without the right the person is on the roll all the same, and nothing more is said than is so.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_to_it_the_three_month_change_goes_on_s41() {
    let (counter, _) = counter_of(Visitor::Approves, None, "", "never_expires = true").await;
    let visit = counter.registered(Case::Plain).await;
    let on_roll = counter.joins(visit).await;
    assert_eq!(on_roll, (true, Afterwards::AsBefore));
    counter.recorded("never_expires_failed").await;
}

impl Counter {
    /// A test at the station that the operator saw, and all that leads to the roll.
    pub(crate) async fn joins(&self, visit: VisitId) -> (bool, Afterwards) {
        let place = TestPlace::Station;
        self.after(visit, AfterAction::TrySignIn { place }).await;
        self.signed_in_there().await;
        let report = TestReport::Passed { app_instead: false };
        self.after(visit, AfterAction::ReportTest { report }).await;
        self.says_no(visit).await;
        self.step(PasswordStep::WaitsForPerson).await;
        self.person_after(visit, PersonAfterAction::Understood)
            .await;
        self.after(visit, AfterAction::JoinRoll).await;
        let done = |screen: &AfterScreen| match screen {
            AfterScreen::Password {
                fate:
                    Some(PasswordFate::OnRoll {
                        read_back,
                        afterwards,
                    }),
                step: PasswordStep::Done,
                ..
            } => Some((*read_back, *afterwards)),
            _ => None,
        };
        self.screen("the end of it", done).await
    }

    pub(crate) async fn step(&self, wanted: PasswordStep) {
        let there = move |screen: &AfterScreen| match screen {
            AfterScreen::Password { step, .. } if *step == wanted => Some(()),
            _ => None,
        };
        self.screen("a step of the password's", there).await;
    }
}
