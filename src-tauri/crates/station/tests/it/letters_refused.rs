//! What the tenant says when it takes no mail, each with its own sentence (N20).

use onboarding::{LetterAction, OperatorAction};
use serde_json::{Value, json};
use test_station::Browser;

use crate::counter::Counter;
use crate::letters::{board, letter, mails, stands};
use crate::telephone::{self, CONSENTED, PLACE};

const SHARED: &str = "helpdesk@cablechan.biz";

/// A counter with these lines below `[notice]`, and a shared mailbox that these may open and send as.
async fn counter(lines: &str, opens: &[&str], sends: &[&str]) -> Counter {
    let lines = format!("[telephone]\n\n[notice]\n{lines}\n\n{PLACE}");
    let counter = Counter::open(Browser::SignsIn(0), &[(PLACE, &lines)]).await;
    telephone::people(&counter, &[]).await;
    let shared = json!({"upn": SHARED, "display_name": "窓口", "mail": "helpdesk@mail.example"});
    counter.tenant.control("users", shared).await;
    let operator = counter.tenant.info().operators[0].upn.clone();
    let named = |who: &[&str]| vec![operator.clone(); who.len()];
    let change = json!({"upn": SHARED, "full_access": named(opens), "send_as": named(sends)});
    counter.tenant.control("users/mailbox", change).await;
    counter
}

async fn refused(counter: &Counter, switches: Value) -> Value {
    counter.tenant.control("switches", switches).await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    let visit = board(counter).await;
    let send = LetterAction::SendLetter { with_pass: false };
    letter(counter, visit, send).await;
    let seen = stands(counter, "failed").await;
    assert!(mails(counter).await.is_empty());
    seen["step"]["trouble"]["code"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn n20_what_the_operators_mailbox_refuses_has_its_own_sentence() {
    let without = CONSENTED.replace(" Mail.Send Mail.Send.Shared", "");
    for (switches, code) in [
        (json!({ "consented_scopes": without }), "M702"),
        (json!({"mail_limit": "403"}), "M705"),
        (json!({"mail_limit": "429"}), "M705"),
        (json!({"mail_size_max": 100}), "M706"),
    ] {
        let counter = counter("security = \"never\"", &[], &[]).await;
        let said = refused(&counter, switches.clone()).await;
        assert_eq!(said, code, "{switches}");
    }
    for said in ["not_enabled", "not_found", "inside"] {
        let counter = counter("security = \"never\"", &[], &[]).await;
        let operator = counter.tenant.info().operators[0].upn.clone();
        let unreachable = json!({"upn": operator, "reachable": false});
        counter.tenant.control("users/mailbox", unreachable).await;
        let switches = json!({ "no_mailbox_said": said });
        assert_eq!(refused(&counter, switches).await, "M701", "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n20_a_shared_mailbox_wants_to_be_opened_and_sent_as() {
    let lines = format!("way = \"shared_mailbox\"\nshared_mailbox = \"{SHARED}\"");
    for (opens, sends, code) in [(&[][..], &["me"][..], "M702"), (&["me"], &[], "M703")] {
        let counter = counter(&lines, opens, sends).await;
        assert_eq!(refused(&counter, json!({})).await, code);
    }
    let counter = counter(&lines, &["me"], &["me"]).await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    let visit = board(&counter).await;
    let send = LetterAction::SendLetter { with_pass: false };
    letter(&counter, visit, send).await;
    stands(&counter, "handed_over").await;
    let sent = mails(&counter).await;
    assert_eq!((sent.len(), &sent[0]["from"]), (1, &json!(SHARED)));
    assert_eq!(sent[0]["in_sent_items"], false);
}
