//! Mail to the person (S21–S23, N20): the address they say, the letter, whether it arrived, and that a pass was issued.

use desk_world::{AnswerFault, Kind, TakenLetter, sample};
use onboarding::record::Event;
use onboarding::{
    LetterAction, LetterKind, NoticeRules, OperatorAction, PassRules, Policy, Recipient,
    TroubleCode, VisitAction,
};
use serde_json::{Value, json};

use crate::rig::Rig;
use crate::telephone;

const HOME: &str = "taro@home.example";

pub(crate) fn policy(rules: NoticeRules) -> Policy {
    Policy {
        notice: Some(rules),
        ..telephone::policy()
    }
}

fn rig(rules: NoticeRules) -> Rig {
    Rig::with(policy(rules), Vec::new()).signed_in()
}

impl Rig {
    pub(crate) fn letter(&mut self, act: LetterAction) -> Result<(), TroubleCode> {
        let tried = self.try_visit(VisitAction::Letter(act));
        tried.map_err(|trouble| trouble.code)
    }

    /// Declared, read back, and the person said yes.
    pub(crate) fn declares(&mut self, address: &str) {
        self.letter(declare(address)).unwrap();
        self.letter(LetterAction::AddressReadBack { on: true })
            .unwrap();
    }

    pub(crate) fn sends(&mut self, with_pass: bool) -> Result<(), TroubleCode> {
        self.letter(LetterAction::SendLetter { with_pass })
    }

    pub(crate) fn mail(&mut self) -> Value {
        serde_json::to_value(self.view()).unwrap()["screen"]["letter"].clone()
    }

    /// What was recorded of letters.
    fn letters_recorded(&self) -> Vec<Value> {
        let of_letters = self.world.record.iter();
        let of_letters = of_letters.filter(|(_, entry)| matches!(entry, Event::Letter(_)));
        let of_letters = of_letters.map(|(_, entry)| serde_json::to_value(entry).unwrap());
        of_letters.collect()
    }

    fn letters_of(&self, kind: LetterKind) -> Vec<&TakenLetter> {
        let all = self.world.letters.iter();
        all.filter(|letter| letter.what == kind).collect()
    }
}

pub(crate) fn declare(address: &str) -> LetterAction {
    LetterAction::DeclareAddress {
        address: address.to_owned(),
    }
}

fn arrived(arrived: bool) -> LetterAction {
    LetterAction::LetterArrived { arrived }
}

#[test]
fn s23_an_address_is_declared_by_telephone_and_at_the_counter_by_policy_alone() {
    let mut calls = rig(sample::notice()).proofing("1");
    assert_eq!(calls.mail()["open"], true);
    calls.letter(declare(HOME)).unwrap();
    let mut counter = rig(sample::notice()).board("1");
    assert_eq!(counter.mail(), Value::Null);
    assert_eq!(counter.letter(declare(HOME)), Err(TroubleCode::NotNow));
    let at_counter = NoticeRules {
        at_counter: true,
        ..sample::notice()
    };
    let mut counter = rig(at_counter).board("1");
    assert_eq!(counter.mail()["open"], true);
    counter.declares(HOME);
    counter.sends(false).unwrap();
    let mut without = Rig::with(telephone::policy(), Vec::new()).signed_in();
    without = without.proofing("1");
    assert_eq!(without.mail(), Value::Null);
    let refused = without.letter(declare(HOME));
    assert_eq!(refused, Err(TroubleCode::NotAllowedHere));
}

#[test]
fn s23_an_address_is_judged_by_its_form_and_warned_about_where_this_sign_in_opens_it() {
    let mut rig = rig(sample::notice()).proofing("1");
    for wrong in ["", "taro", "taro@", "a b@home.example", "太郎@home.example"] {
        let refused = rig.letter(declare(wrong));
        assert_eq!(refused, Err(TroubleCode::AddressInvalid), "{wrong}");
    }
    assert_eq!(rig.mail()["address"], Value::Null);
    for (address, warning) in [
        ("USER-1@cablechan.biz", json!("is_sign_in_name")),
        ("account.1@example.com", json!("opened_by_sign_in")),
        ("other@cable.fukui.jp", json!("opened_by_sign_in")),
        ("other@works.cablechan.example", json!("opened_by_sign_in")),
        (HOME, Value::Null),
    ] {
        rig.letter(declare(address)).unwrap();
        let seen = rig.mail();
        assert_eq!(seen["address"]["text"], address);
        assert_eq!(seen["address"]["warning"], warning, "{address}");
        // Another address is read back anew.
        assert_eq!(seen["address"]["read_back"], false);
        let read_back = LetterAction::AddressReadBack { on: true };
        rig.letter(read_back).unwrap();
    }
    rig.letter(LetterAction::ForgetAddress).unwrap();
    assert_eq!(rig.mail()["address"], Value::Null);
}

#[test]
fn s21_a_letter_goes_to_the_declared_address_once_it_was_read_back_and_holds_no_pass_by_default() {
    let mut rig = rig(sample::notice()).proofing("1");
    rig.declares(HOME);
    assert_eq!(
        rig.sends(false),
        Err(TroubleCode::NotNow),
        "nobody was proofed yet"
    );
    let mut rig = rig_after_calls(rig);
    rig.letter(LetterAction::AddressReadBack { on: false })
        .unwrap();
    let refused = rig.sends(false);
    assert_eq!(refused, Err(TroubleCode::AddressNotReadBack));
    rig.letter(LetterAction::AddressReadBack { on: true })
        .unwrap();
    rig.sends(false).unwrap();
    let sent = &rig.world.letters;
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].what, &sent[0].pass), (LetterKind::Guide, &None));
    let Recipient::Declared(to) = &sent[0].to else {
        panic!("not to the declared address");
    };
    assert_eq!(to.as_str(), HOME);
    let seen = rig.mail();
    let step = &seen["step"];
    assert_eq!(
        (&step["step"], &step["arrived"]),
        (&json!("handed_over"), &Value::Null)
    );
    let record = serde_json::to_string(&rig.world.record).unwrap();
    assert!(
        !record.contains("home.example"),
        "the address is in the record"
    );
}

/// From the calls to the board, with what was declared before.
fn rig_after_calls(mut rig: Rig) -> Rig {
    use onboarding::CallerAction::{CalledBack, SupervisorSaid};
    rig.caller(CalledBack { at: Some(1) }).unwrap();
    rig.caller(SupervisorSaid { at: Some(0) }).unwrap();
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    rig
}

#[test]
fn s22_whether_it_arrived_is_asked_after_ten_minutes_at_the_latest_and_recorded() {
    let mut rig = rig(sample::notice()).caller_board("1");
    assert_eq!(rig.letter(arrived(true)), Err(TroubleCode::NotNow));
    rig.declares(HOME);
    rig.sends(false).unwrap();
    // The station locks after ten minutes without a touch.
    rig.wait_s(300);
    rig.want(OperatorAction::Touch);
    rig.wait_s(290);
    assert_eq!(rig.mail()["step"]["overdue"], false);
    rig.wait_s(11);
    assert_eq!(rig.mail()["step"]["overdue"], true);
    rig.letter(arrived(false)).unwrap();
    assert_eq!(rig.mail()["step"]["arrived"], false);
    rig.sends(false).unwrap();
    rig.letter(arrived(true)).unwrap();
    assert_eq!(rig.mail()["step"]["arrived"], true);
    rig.sends(false).unwrap();
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    let said: Vec<_> = rig.letters_recorded();
    let said: Vec<_> = said
        .iter()
        .filter_map(|entry| entry["arrived"].as_str())
        .collect();
    assert_eq!(said, ["not_arrived", "arrived", "not_asked"]);
}

#[test]
fn n20_a_pass_goes_by_mail_only_where_every_condition_holds_and_its_record_comes_first() {
    let mut rig = rig(sample::notice()).caller_board("1");
    rig.declares(HOME);
    let no = |rig: &mut Rig| rig.mail()["pass"]["no"].clone();
    assert_eq!(
        (no(&mut rig), rig.sends(true)),
        (json!("no_pass"), Err(TroubleCode::NotNow))
    );
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(15);
    for (address, why) in [
        ("taro@elsewhere.example", json!("address_unknown")),
        ("user-1@cablechan.biz", json!("is_sign_in_name")),
    ] {
        rig.declares(address);
        assert_eq!(no(&mut rig), why);
        assert_eq!(
            rig.sends(true),
            Err(TroubleCode::PassNotByMail),
            "{address}"
        );
    }
    rig.letter(declare(HOME)).unwrap();
    assert_eq!(no(&mut rig), "not_read_back");
    assert_eq!(rig.sends(true), Err(TroubleCode::AddressNotReadBack));
    rig.letter(LetterAction::AddressReadBack { on: true })
        .unwrap();
    assert_eq!(no(&mut rig), Value::Null);
    rig.held.insert(Kind::Record);
    rig.sends(true).unwrap();
    assert_eq!(
        rig.mail()["step"],
        json!({"step": "sending", "with_pass": true})
    );
    assert!(
        rig.letters_of(LetterKind::Pass).is_empty(),
        "before its record"
    );
    rig.release(Kind::Record);
    let sent = rig.letters_of(LetterKind::Pass)[0].pass.clone().unwrap();
    assert_eq!(
        (sent.0.as_str(), sent.2),
        (rig.world.passes[0].value.as_str(), 30)
    );
    let record = serde_json::to_string(&rig.world.record).unwrap();
    assert!(!record.contains(&sent.0), "the pass is in the record");
}

#[test]
fn n20_a_letter_whose_record_fails_does_not_leave() {
    let mut rig = rig(sample::notice()).caller_live("1");
    rig.declares(HOME);
    rig.world.record_fails = true;
    rig.sends(true).unwrap();
    assert!(rig.letters_of(LetterKind::Pass).is_empty());
    assert_eq!(rig.mail()["step"]["trouble"]["code"], "A504");
}

#[test]
fn n20_a_pass_that_works_twice_or_for_long_goes_by_no_mail() {
    for (once, minutes) in [(false, 30), (true, 61)] {
        let policy = Policy {
            pass: PassRules {
                once,
                lifetime_minutes: minutes,
                ..sample::policy().pass
            },
            ..policy(sample::notice())
        };
        let mut rig = Rig::with(policy, Vec::new());
        if let Some(granted) = &mut rig.world.policies {
            (granted.once_forced, granted.max_minutes) = (false, 480);
        }
        let mut rig = rig.signed_in().caller_live("1");
        rig.declares(HOME);
        assert_eq!(rig.mail()["pass"]["no"], "too_good");
        assert_eq!(rig.sends(true), Err(TroubleCode::PassNotByMail));
    }
}

#[test]
fn n20_what_the_directory_knows_may_have_the_pass_and_without_the_policy_nobody() {
    let mut rig = rig(sample::notice());
    if let Some(person) = rig.world.people.get_mut(&sample::user("1")) {
        person.other_mails = vec!["Private@elsewhere.example".to_owned()];
    }
    let mut rig = rig.caller_live("1");
    rig.declares("private@elsewhere.example");
    rig.sends(true).unwrap();
    assert_eq!(rig.letters_of(LetterKind::Pass).len(), 1);
    let never = NoticeRules {
        carries_pass: false,
        ..sample::notice()
    };
    let mut rig = self::rig(never).caller_live("1");
    rig.declares(HOME);
    assert_eq!(rig.mail()["pass"], Value::Null);
    assert_eq!(rig.sends(true), Err(TroubleCode::NotAllowedHere));
}

#[test]
fn n20_a_security_notice_without_the_pass_goes_to_the_directorys_own_address() {
    let rules = NoticeRules {
        manager_too: true,
        ..sample::notice()
    };
    let rig = rig(rules).caller_live("1");
    let told: Vec<_> = rig.world.letters.iter().collect();
    let kinds: Vec<_> = told.iter().map(|letter| letter.what).collect();
    assert_eq!(kinds, [LetterKind::Security, LetterKind::Manager]);
    assert!(told.iter().all(|letter| letter.pass.is_none()));
    assert_eq!(
        told[0].to,
        Recipient::Directory("account.1@example.com".into())
    );
    assert_eq!(told[1].to, Recipient::ManagerOf(sample::user("1")));
    let mut counter = self::rig(sample::notice()).live("1");
    assert!(counter.world.letters.is_empty());
    assert_eq!(counter.mail(), Value::Null);
    let always = NoticeRules {
        security_counter: true,
        ..sample::notice()
    };
    assert_eq!(self::rig(always).live("1").world.letters.len(), 1);
}

#[test]
fn n20_a_security_notice_that_fails_is_told_and_recorded_and_holds_nobody_up() {
    let mut rig = rig(sample::notice());
    let failed = AnswerFault::Failed(TroubleCode::MailNoMailbox);
    rig.world.faults.push_back((Kind::Letter, failed));
    let mut rig = rig.caller_live("1");
    let told = rig.mail()["told"][0].clone();
    assert_eq!(told["trouble"]["code"], "M701");
    let recorded = json!({"event": "letter_not_handed_over", "letter": "security", "code": "M701"});
    assert!(rig.letters_recorded().contains(&recorded));
    rig.visit(VisitAction::ReadOut);
    // Somebody without an address.
    let mut rig = self::rig(sample::notice());
    if let Some(person) = rig.world.people.get_mut(&sample::user("1")) {
        person.mail = None;
    }
    let mut rig = rig.caller_live("1");
    assert_eq!(rig.mail()["told"][0]["trouble"]["code"], "M720");
    rig.visit(VisitAction::ReadOut);
}

/// Whoever ends a visit while a letter is under way learns nothing of it: the record says that nobody can tell.
#[test]
fn n20_a_letter_that_nobody_heard_of_is_recorded_as_unclear() {
    let mut rig = rig(sample::notice()).caller_board("1");
    rig.declares(HOME);
    rig.held.insert(Kind::Letter);
    rig.sends(false).unwrap();
    assert_eq!(
        rig.sends(false),
        Err(TroubleCode::NotNow),
        "one is under way"
    );
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    rig.visit(VisitAction::Close);
    let recorded = json!({"event": "letter_not_handed_over", "letter": "guide", "code": "M709"});
    assert!(rig.letters_recorded().contains(&recorded));
}
