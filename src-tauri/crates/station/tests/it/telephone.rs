//! Somebody calls, over HTTP (N28).

use onboarding::{
    CallerAction, FindBy, InFront, OperatorAction, OperatorScreen, PassStage, PersonScreen,
    VisitAction, VisitId, VisitScreen,
};
use serde_json::{Value, json};
use test_station::{Browser, until};

use crate::counter::Counter;

pub(crate) const PLACE: &str = "[packs]";
pub(crate) const CALLER: &str = "caller@cablechan.biz";
const BOSS: &str = "boss@cablechan.biz";
pub(crate) const MOBILE: &str = "090-1111-2222";
const METHOD: &str = "+81 9033334444";
pub(crate) const OWN_MAIL: &str = "caller.taro@mail.example";
pub(crate) const BOSS_MAIL: &str = "boss@mail.example";
pub(crate) const CONSENTED: &str = "UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.Read.All User.Read.All \
    Policy.Read.AuthenticationMethod User.Read openid profile offline_access Mail.Send Mail.Send.Shared";
const BOSS_AT: &str = "0776-20-5555";

/// A counter that serves callers, and a caller with a manager and numbers of every kind.
pub(crate) async fn counter(section: &str, roles: &[&str]) -> Counter {
    let lines = format!("[telephone]\n{section}\n{PLACE}");
    let counter = Counter::open(Browser::SignsIn(0), &[(PLACE, &lines)]).await;
    people(&counter, roles).await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    counter
}

/// Somebody who calls and a manager, in a tenant where the station may send mail.
pub(crate) async fn people(counter: &Counter, roles: &[&str]) {
    let consented = json!({ "consented_scopes": CONSENTED });
    counter.tenant.control("switches", consented).await;
    let boss = json!({
        "upn": BOSS, "display_name": "上司 係長", "business_phone": BOSS_AT, "mail": BOSS_MAIL,
    });
    counter.tenant.control("users", boss).await;
    let caller = json!({
        "upn": CALLER, "display_name": "電話 太郎", "manager": BOSS, "mobile_phone": MOBILE,
        "methods": [{"type": "phone", "number": METHOD}], "roles": roles, "mail": OWN_MAIL,
    });
    counter.tenant.control("users", caller).await;
}

pub(crate) async fn screen(counter: &Counter) -> Value {
    let view = counter.station.operator_view().await.unwrap();
    serde_json::to_value(&view.screen).unwrap()
}

async fn calls(counter: &Counter) -> VisitId {
    counter
        .act(OperatorAction::StartTelephoneVisit)
        .await
        .unwrap();
    let visit = counter.current().await;
    counter.find(visit, CALLER, FindBy::SignInName).await;
    counter.reach("found").await;
    visit
}

pub(crate) async fn proofing(counter: &Counter) -> VisitId {
    let visit = calls(counter).await;
    counter
        .wants(visit, VisitAction::ConfirmPerson)
        .await
        .unwrap();
    until(&counter.station, "the numbers", |view, _| {
        match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Caller { read: true, .. },
                ..
            }) => Some(()),
            _ => None,
        }
    })
    .await;
    visit
}

pub(crate) async fn does(counter: &Counter, visit: VisitId, act: CallerAction) {
    let act = VisitAction::Caller(act);
    counter.wants(visit, act).await.unwrap();
}

/// Holds the button, and reads what is to be read out.
async fn reads_out(counter: &Counter, visit: VisitId) -> String {
    counter.wants(visit, VisitAction::ReadOut).await.unwrap();
    let what = "the pass on the operator's side";
    until(&counter.station, what, |view, person| {
        let is_welcome = matches!(person.screen, PersonScreen::Welcome { .. });
        assert!(is_welcome, "somebody may stand before the person's screen");
        match &view.screen {
            OperatorScreen::Visit(InFront {
                screen:
                    VisitScreen::Board {
                        caller: Some(caller),
                        ..
                    },
                ..
            }) => {
                let glyphs = caller.glyphs.iter().flatten();
                let read: Option<String> = glyphs.map(|it| char::from_u32(it.code)).collect();
                read.filter(|read| !read.is_empty())
            }
            _ => None,
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn n28_a_caller_is_proofed_led_and_registered_over_the_telephone() {
    let counter = counter("", &[]).await;
    let visit = proofing(&counter).await;
    let seen = screen(&counter).await;
    let numbers = |way: usize| {
        let numbers = seen["ways"][way]["numbers"].as_array().unwrap();
        let number = |it: &Value| (it["kind"].clone(), it["number"].clone());
        numbers.iter().map(number).collect::<Vec<_>>()
    };
    assert_eq!(
        numbers(0),
        [
            (json!("mobile"), json!(MOBILE)),
            (json!("method"), json!(METHOD))
        ]
    );
    assert_eq!(numbers(1), [(json!("business"), json!(BOSS_AT))]);
    assert_eq!(seen["ways"][1]["name"], "上司 係長");
    does(&counter, visit, CallerAction::CalledBack { at: Some(1) }).await;
    counter
        .wants(visit, VisitAction::ConfirmPhone { on: true })
        .await
        .unwrap();
    let weak = counter.wants(visit, VisitAction::ConfirmCheck).await;
    assert_eq!(weak.unwrap_err().short(), "C310");
    let issue = VisitAction::IssuePass { replace: false };
    assert!(counter.wants(visit, issue).await.is_err());
    does(
        &counter,
        visit,
        CallerAction::SupervisorSaid { at: Some(0) },
    )
    .await;
    counter
        .wants(visit, VisitAction::ConfirmCheck)
        .await
        .unwrap();
    counter.reach("board").await;
    counter.issue(visit).await;
    let pass = reads_out(&counter, visit).await;
    counter.wants(visit, VisitAction::Hide).await.unwrap();
    let body = json!({"upn": CALLER, "pass": pass, "route": "tap", "os": "ios", "device_name": "太郎の iPhone"});
    counter.tenant.control("phone/register", body).await;
    until(&counter.station, "the registration", |view, _| {
        let seen = serde_json::to_value(&view.screen).unwrap();
        (!seen["registered"].is_null()).then_some(())
    })
    .await;
    let end = VisitAction::Finish { leave_pass: false };
    counter.wants(visit, end).await.unwrap();
    counter.reach("receipt").await;
    let record = counter.record_with("visit_ended", 1).await;
    assert_eq!(record.matches("\"visit_by_telephone\"").count(), 1);
    assert_eq!(record.matches("\"pass_read_out\"").count(), 1);
    let checked = record.lines().find(|it| it.contains("identity_checked"));
    let said = "\"ways\":[\"call_back\",\"supervisor\"],\"strengths\":[\"strong\",\"strong\"],\"called_at\":[\"method\",\"business\"]";
    assert!(checked.unwrap().contains(said), "{checked:?}");
    for secret in [pass.as_str(), MOBILE, METHOD, BOSS_AT, "9033334444"] {
        assert!(!record.contains(secret), "{secret} is in the record");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n28_an_administrator_is_not_served_by_telephone_and_a_reader_of_reports_is_one() {
    let counter = counter("", &["Reports Reader"]).await;
    let visit = calls(&counter).await;
    assert_eq!(screen(&counter).await["blocked"]["code"], "P214");
    let refused = counter.wants(visit, VisitAction::ConfirmPerson).await;
    assert_eq!(refused.unwrap_err().short(), "P214");
    counter.wants(visit, VisitAction::Cancel).await.unwrap();
    counter.reach("home").await;
    // The same person comes to the counter.
    let visit = counter.visit().await;
    counter.find(visit, CALLER, FindBy::SignInName).await;
    counter
        .wants(visit, VisitAction::ConfirmPerson)
        .await
        .unwrap();
    counter.check(visit).await;
    counter.stage(PassStage::None).await;
}

/// From the numbers to the board.
async fn proofed(counter: &Counter, visit: VisitId) {
    does(counter, visit, CallerAction::CalledBack { at: Some(0) }).await;
    does(counter, visit, CallerAction::SupervisorSaid { at: Some(0) }).await;
    for wish in [
        VisitAction::ConfirmPhone { on: true },
        VisitAction::ConfirmCheck,
    ] {
        counter.wants(visit, wish).await.unwrap();
    }
    counter.reach("board").await;
}

/// A role that is activated while the caller is on the telephone, as in an attack that was made.
#[tokio::test(flavor = "multi_thread")]
async fn n28_a_role_that_becomes_active_after_this_is_the_person_is_seen_before_each_pass_t24() {
    let counter = counter("", &[]).await;
    let visit = proofing(&counter).await;
    proofed(&counter, visit).await;
    let roles = async |roles: &[&str]| {
        let change = json!({"upn": CALLER, "roles": roles});
        counter.tenant.control("users/change", change).await;
    };
    roles(&["Directory Readers"]).await;
    let issue = VisitAction::IssuePass { replace: false };
    counter.wants(visit, issue).await.unwrap();
    counter.trouble("P214").await;
    assert!(!counter.record().contains("pass_intent"));
    roles(&[]).await;
    let enabled = async |enabled: bool| {
        let change = json!({"upn": CALLER, "enabled": enabled});
        counter.tenant.control("users/change", change).await;
    };
    enabled(false).await;
    let issue = VisitAction::IssuePass { replace: false };
    counter.wants(visit, issue).await.unwrap();
    counter.trouble("P205").await;
    assert!(!counter.record().contains("pass_intent"));
    enabled(true).await;
    counter.issue(visit).await;
    roles(&["Global Administrator"]).await;
    let renew = VisitAction::RenewPass {
        same_person: true,
        reason: onboarding::RenewReason::Lost,
    };
    counter.wants(visit, renew).await.unwrap();
    counter.trouble("P214").await;
    assert_eq!(counter.record().matches("\"pass_intent\"").count(), 1);
}

/// One wrong answer is enough where it is believed.
#[tokio::test(flavor = "multi_thread")]
async fn n28_another_persons_numbers_and_those_of_a_disabled_account_are_not_offered_f27() {
    let counter = counter("", &[]).await;
    let visit = calls(&counter).await;
    let fault = json!({"method": "GET", "path": "/users/{u}", "fault": "other_user"});
    counter.tenant.control("faults", fault).await;
    counter
        .wants(visit, VisitAction::ConfirmPerson)
        .await
        .unwrap();
    counter.trouble("N106").await;
    let nothing = screen(&counter).await;
    assert_eq!(
        (&nothing["read"], &nothing["ways"][0]["numbers"]),
        (&json!(false), &json!([]))
    );
    let change = json!({"upn": CALLER, "enabled": false});
    counter.tenant.control("users/change", change).await;
    does(&counter, visit, CallerAction::ReadNumbers).await;
    counter.trouble("P205").await;
    assert_eq!(screen(&counter).await["read"], json!(false));
}

#[tokio::test(flavor = "multi_thread")]
async fn n28_without_the_section_nobody_is_served_by_telephone() {
    let counter = Counter::signed_in(0, &[]).await;
    let refused = counter.act(OperatorAction::StartTelephoneVisit).await;
    assert_eq!(refused.unwrap_err().short(), "A505");
    assert!(screen(&counter).await["by_telephone"].is_null());
}
