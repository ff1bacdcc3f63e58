//! Mail to the person where something changes under it: another person, another pass, an answer that says nothing, the end
//! (S22, N20).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{LetterAction, LetterKind, OperatorAction, RenewReason, TroubleCode, VisitAction};
use serde_json::{Value, json};

use crate::letters::{declare, policy};
use crate::rig::Rig;

const HOME: &str = "taro@home.example";

fn rig() -> Rig {
    Rig::with(policy(sample::notice()), Vec::new()).signed_in()
}

fn passes_mailed(rig: &Rig) -> usize {
    let letters = rig.world.letters.iter();
    letters
        .filter(|letter| letter.what == LetterKind::Pass)
        .count()
}

fn arrived(arrived: bool) -> LetterAction {
    LetterAction::LetterArrived { arrived }
}

fn recorded(rig: &Rig) -> Vec<Value> {
    let entries = rig.world.record.iter();
    let entries = entries.map(|(_, entry)| serde_json::to_value(entry).unwrap());
    entries.collect()
}

fn not_handed_over(code: &str) -> Value {
    json!({"event": "letter_not_handed_over", "letter": "pass", "code": code})
}

#[test]
fn n20_an_address_is_the_one_persons_who_said_it() {
    let mut rig = rig().proofing("1");
    rig.declares(HOME);
    rig.visit(VisitAction::SearchAgain);
    rig.find("2");
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(rig.mail()["address"], Value::Null);
    let mut rig = self::rig().proofing("1");
    rig.declares(HOME);
    rig.visit(VisitAction::SearchAgain);
    rig.find("1");
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(rig.mail()["address"], Value::Null, "nor the same one's");
}

#[test]
fn s22_where_nobody_knows_whether_it_left_the_person_is_asked() {
    for lost in [true, false] {
        let mut rig = rig().caller_live("1");
        rig.declares(HOME);
        let unclear = AnswerFault::Failed(TroubleCode::MailUnclear);
        rig.world.faults.push_back((Kind::Letter, unclear));
        rig.sends(true).unwrap();
        let step = rig.mail()["step"].clone();
        assert_eq!(step["step"], "handed_over");
        assert_eq!(step["unclear"]["code"], "M709");
        assert_eq!(rig.mail()["may_send"], false, "it may be on its way");
        assert_eq!(rig.sends(true), Err(TroubleCode::NotNow));
        assert!(recorded(&rig).contains(&not_handed_over("M709")));
        rig.wait_s(300);
        rig.want(OperatorAction::Touch);
        rig.wait_s(301);
        assert_eq!(rig.mail()["step"]["overdue"], true);
        rig.letter(arrived(!lost)).unwrap();
        assert_eq!(rig.mail()["may_send"], lost);
        assert_eq!(rig.sends(true).is_ok(), lost);
    }
}

#[test]
fn n20_what_arrived_of_one_pass_says_nothing_of_the_next() {
    let mut rig = rig().caller_live("1");
    rig.declares(HOME);
    rig.sends(true).unwrap();
    rig.letter(arrived(true)).unwrap();
    renew(&mut rig);
    assert_eq!(rig.mail()["step"]["step"], "nothing");
    // The mail of the first is answered only after the second is there.
    let mut rig = self::rig().caller_live("1");
    rig.declares(HOME);
    rig.held.insert(Kind::Letter);
    rig.sends(true).unwrap();
    renew(&mut rig);
    rig.release(Kind::Letter);
    assert_eq!(rig.mail()["step"]["step"], "nothing");
    assert_eq!(passes_mailed(&rig), 1);
}

fn renew(rig: &mut Rig) {
    rig.visit(VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::Mistyped,
    });
    rig.wait_s(15);
}

/// The record takes its time, and what held when the button was pressed holds no more.
#[test]
fn n20_every_condition_is_looked_at_again_right_before_the_letter_leaves() {
    type Change = fn(&mut Rig);
    let changes: [(&str, Change); 3] = [
        ("the pass has ended", |rig| rig.wait_s(1_801)),
        ("the check is over", |rig| rig.wait_s(1_201)),
        ("the phone is registered", |rig| {
            let user = sample::user("1");
            rig.world.use_pass(&user, rig.now);
            rig.world.add(&user, sample::authenticator("own", true));
            rig.wait_s(60);
        }),
    ];
    for (name, change) in changes {
        let mut policy = policy(sample::notice());
        policy.check_valid_minutes = 20;
        let mut rig = Rig::with(policy, Vec::new()).signed_in().caller_live("1");
        rig.declares(HOME);
        rig.held.insert(Kind::Record);
        rig.sends(true).unwrap();
        change(&mut rig);
        rig.release(Kind::Record);
        assert_eq!(passes_mailed(&rig), 0, "{name}");
        assert!(recorded(&rig).contains(&not_handed_over("A501")), "{name}");
    }
}

#[test]
fn n20_an_end_while_the_letter_is_written_down_sends_nothing_and_says_so() {
    let mut rig = rig().caller_live("1");
    rig.declares(HOME);
    rig.held.insert(Kind::Record);
    rig.sends(true).unwrap();
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    rig.release(Kind::Record);
    rig.wait_s(30);
    assert_eq!(passes_mailed(&rig), 0);
    assert!(recorded(&rig).contains(&not_handed_over("A501")));
}

/// What Exchange asks for is not what the methods ask for: the visit goes on.
#[test]
fn n20_a_letter_that_wants_another_sign_in_does_not_lock_the_desk() {
    let mut rig = rig();
    let again = AnswerFault::Failed(TroubleCode::SignInAgain);
    rig.world.faults.push_back((Kind::Letter, again));
    let mut rig = rig.caller_live("1");
    assert!(rig.view().operator.is_some());
    assert!(rig.mail()["told"][0]["trouble"].is_object());
    rig.visit(VisitAction::ReadOut);
    assert!(rig.letter(declare(HOME)).is_ok());
}
