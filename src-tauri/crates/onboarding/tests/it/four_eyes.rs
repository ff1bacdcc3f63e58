//! A second person where the site wants one (N26).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::Event;
use onboarding::{
    Colleague, ColleagueStanding, FourEyes, HeldBecause, OperatorAction, PassStage, PersonAction,
    Policy, RenewReason, Target, TroubleCode, UserId, VisitAction,
};
use serde_json::{Value, json};

use crate::rig::Rig;

const VOUCHED: &str = "vouching";

/// A site where `op-2` confirms what is held for these reasons. What the rig ticks is no document here.
fn rig(when: &[HeldBecause]) -> Rig {
    let policy = Policy {
        four_eyes: FourEyes {
            when: when.to_vec(),
            documents: vec![VOUCHED.to_owned()],
            confirmers: vec!["op-2".to_owned()],
            confirmer_group: None,
        },
        renewals_max: 4,
        check_valid_minutes: 240,
        ..sample::policy()
    };
    Rig::with(policy, Vec::new())
}

fn no_document() -> Rig {
    rig(&[HeldBecause::NoDocument]).board("1")
}

fn issue() -> VisitAction {
    VisitAction::IssuePass { replace: false }
}

fn renew() -> VisitAction {
    VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::Lost,
    }
}

/// What the operator's screen says of it.
fn seen(rig: &mut Rig) -> Value {
    serde_json::to_value(rig.view()).unwrap()["screen"]["colleague"].clone()
}

/// The colleagues that the intents name, oldest first.
fn named(rig: &Rig) -> Vec<Option<String>> {
    let by = |(_, event): &(_, Event)| match event {
        Event::PassIntent { confirmed_by, .. } => Some(confirmed_by.clone().map(|by| by.0)),
        _ => None,
    };
    rig.world.record.iter().filter_map(by).collect()
}

/// Who did not confirm, and why, as recorded.
fn refused(rig: &Rig) -> Vec<(Option<String>, TroubleCode)> {
    let told = |(_, event): &(_, Event)| match event {
        Event::ColleagueNotConfirmed { who, code, .. } => {
            Some((who.clone().map(|who| who.0), *code))
        }
        _ => None,
    };
    rig.world.record.iter().filter_map(told).collect()
}

fn needed(rig: &mut Rig) {
    assert_eq!(
        rig.try_visit(issue()).unwrap_err().code,
        TroubleCode::ColleagueNeeded
    );
    assert_eq!(named(rig), []);
}

#[test]
fn n26_a_pass_without_a_document_waits_for_a_colleague_and_names_that_one() {
    let mut rig = no_document();
    assert_eq!(
        seen(&mut rig),
        json!({"state": "needed", "because": ["no_document"]})
    );
    needed(&mut rig);
    rig.held.insert(Kind::Colleague);
    rig.visit(VisitAction::AskColleague);
    assert_eq!(seen(&mut rig)["state"], "asking");
    needed(&mut rig);
    assert!(
        rig.try_visit(VisitAction::AskColleague).is_err(),
        "one is asked already"
    );
    rig.release(Kind::Colleague);
    rig.run();
    let confirmed = json!({"state": "confirmed", "name": "Operator op-2", "remaining_s": 180});
    assert_eq!(seen(&mut rig), confirmed);
    rig.visit(issue());
    rig.wait_s(15);
    assert_eq!(rig.stage(), PassStage::Live);
    assert_eq!(named(&rig), [Some("op-2".to_owned())]);
    // One word, one pass.
    assert_eq!(seen(&mut rig)["state"], "needed");
    assert_eq!(
        rig.try_visit(renew()).unwrap_err().code,
        TroubleCode::ColleagueNeeded
    );
    let entry = |(_, event): &(_, Event)| match event {
        Event::ColleagueConfirmed { by, because, .. } => Some((by.0.clone(), because.clone())),
        _ => None,
    };
    let confirmed: Vec<_> = rig.world.record.iter().filter_map(entry).collect();
    assert_eq!(
        confirmed,
        [("op-2".to_owned(), vec![HeldBecause::NoDocument])]
    );
}

#[test]
fn n26_nobody_is_asked_where_the_site_wants_no_second_person() {
    let mut open = rig(&[HeldBecause::Protected, HeldBecause::ThirdRenewal]).board("1");
    assert_eq!(seen(&mut open), Value::Null);
    assert!(open.try_visit(VisitAction::AskColleague).is_err());
    open.visit(issue());
    open.wait_s(15);
    assert_eq!(named(&open), [None]);
    let mut rig = Rig::new().board("1");
    assert_eq!(seen(&mut rig), Value::Null);
}

#[test]
fn n26_an_administrator_and_somebody_whose_roles_nobody_can_read_wait() {
    for target in [
        Target::Unknown,
        Target::Protected {
            role: "User Administrator".to_owned(),
        },
    ] {
        let mut rig = rig(&[HeldBecause::Protected]);
        rig.world.operator.may_issue = onboarding::MayIssue::YesForAdmins;
        let person = rig.world.people.get_mut(&sample::user("1")).unwrap();
        person.target = target;
        let mut rig = rig.board("1");
        assert_eq!(seen(&mut rig)["because"], json!(["protected"]));
        needed(&mut rig);
    }
}

#[test]
fn n26_the_third_renewal_waits_and_the_second_does_not() {
    let mut rig = rig(&[HeldBecause::ThirdRenewal]).issued("1");
    for _ in 0..2 {
        rig.wait_s(15);
        assert_eq!(seen(&mut rig), Value::Null);
        rig.visit(renew());
    }
    rig.wait_s(15);
    assert_eq!(seen(&mut rig)["because"], json!(["third_renewal"]));
    assert_eq!(
        rig.try_visit(renew()).unwrap_err().code,
        TroubleCode::ColleagueNeeded
    );
    assert_eq!(rig.stage(), PassStage::Live, "the pass that is there stays");
    rig.visit(VisitAction::AskColleague);
    rig.visit(renew());
    rig.wait_s(15);
    let by = Some("op-2".to_owned());
    assert_eq!(named(&rig), [None, None, None, by]);
}

#[test]
fn n26_who_may_not_confirm_is_told_apart_and_recorded_and_another_one_is_asked() {
    let is = |oid: &str| Colleague {
        oid: UserId(oid.to_owned()),
        ..sample::colleague("op-2")
    };
    let with = |guest, enabled| Colleague {
        standing: ColleagueStanding {
            guest,
            enabled,
            ..ColleagueStanding::default()
        },
        ..is("op-2")
    };
    let elsewhere = Colleague {
        tenant: "22222222-aaaa-4aaa-8aaa-222222222222".to_owned(),
        ..is("op-2")
    };
    let mut rig = no_document();
    let mut all = Vec::new();
    for (who, code) in [
        (is("op-1"), TroubleCode::ColleagueIsOperator),
        (is(&sample::user("1").0), TroubleCode::ColleagueIsPerson),
        (elsewhere, TroubleCode::ColleagueElsewhere),
        (with(Some(true), Some(true)), TroubleCode::ColleagueGuest),
        (with(None, Some(true)), TroubleCode::ColleagueUnread),
        (with(Some(false), None), TroubleCode::ColleagueUnread),
        (
            with(Some(false), Some(false)),
            TroubleCode::ColleagueNotListed,
        ),
        (is("op-3"), TroubleCode::ColleagueNotListed),
    ] {
        all.push((Some(who.oid.0.clone()), code));
        rig.world.colleague = who;
        rig.visit(VisitAction::AskColleague);
        assert_eq!(rig.trouble().as_deref(), Some(code.short()));
        assert_eq!(seen(&mut rig)["state"], "needed");
        needed(&mut rig);
    }
    let fault = AnswerFault::Failed(TroubleCode::ColleagueDeclined);
    rig.world.faults.push_back((Kind::Colleague, fault));
    rig.visit(VisitAction::AskColleague);
    assert_eq!(rig.trouble().as_deref(), Some("T436"));
    all.push((None, TroubleCode::ColleagueDeclined));
    assert_eq!(refused(&rig), all);
    rig.world.colleague = is("OP-2");
    rig.visit(VisitAction::AskColleague);
    assert_eq!(seen(&mut rig)["state"], "confirmed");
    assert_eq!(rig.trouble(), None);
}

#[test]
fn n26_a_word_holds_three_minutes_and_no_longer() {
    let mut rig = no_document();
    rig.visit(VisitAction::AskColleague);
    rig.wait_s(179);
    assert_eq!(seen(&mut rig)["remaining_s"], 1);
    rig.wait_s(1);
    assert_eq!(seen(&mut rig)["state"], "needed");
    needed(&mut rig);
    // It runs out between the button and the intent.
    rig.visit(VisitAction::AskColleague);
    rig.wait_s(178);
    rig.held.insert(Kind::Methods);
    rig.visit(issue());
    rig.wait_s(3);
    rig.release(Kind::Methods);
    rig.run();
    assert_eq!(rig.trouble().as_deref(), Some("T430"));
    assert_eq!((rig.stage(), named(&rig)), (PassStage::None, vec![]));
}

/// Whether the sign-in at the station was stopped since then.
fn stopped(rig: &Rig, since: usize) -> bool {
    rig.since(since)
        .iter()
        .any(|step| step.ends_with("StopAskingColleague"))
}

#[test]
fn n26_nobody_waits_for_ever_and_who_goes_away_takes_the_question_along() {
    let mut rig = no_document();
    rig.held.insert(Kind::Colleague);
    let limit_s = u64::from(sample::policy().sign_in_limit_s);
    let since = rig.log.len();
    rig.visit(VisitAction::AskColleague);
    for _ in 0..=limit_s / 60 {
        rig.want(OperatorAction::Touch);
        rig.wait_s(60);
    }
    assert_eq!(rig.trouble().as_deref(), Some("T437"));
    assert!(stopped(&rig, since));
    assert_eq!(refused(&rig), [(None, TroubleCode::ColleagueTimedOut)]);
    // Who comes late confirms nothing.
    rig.release(Kind::Colleague);
    rig.run();
    assert_eq!(seen(&mut rig)["state"], "needed");
    for away in [OperatorAction::Lock, visit(VisitAction::Cancel, &mut rig)] {
        let mut rig = no_document();
        rig.held.insert(Kind::Colleague);
        rig.visit(VisitAction::AskColleague);
        let since = rig.log.len();
        rig.want(away);
        assert!(stopped(&rig, since));
    }
    let mut given_up = no_document();
    given_up.held.insert(Kind::Colleague);
    given_up.visit(VisitAction::AskColleague);
    let since = given_up.log.len();
    given_up.visit(VisitAction::StopAskingColleague);
    assert!(stopped(&given_up, since));
    assert_eq!(
        (seen(&mut given_up)["state"].clone(), given_up.trouble()),
        (json!("needed"), None)
    );
    assert!(
        given_up
            .try_visit(VisitAction::StopAskingColleague)
            .is_err()
    );
}

/// A lock somebody asked for, and one that comes by itself while the person goes on.
#[test]
fn n26_a_lock_ends_the_word() {
    let mut locked = no_document();
    locked.visit(VisitAction::AskColleague);
    locked.want(OperatorAction::Lock);
    locked.want(OperatorAction::SignIn);
    assert_eq!(
        seen(&mut locked)["state"],
        "needed",
        "a lock ends the word, too"
    );
    // One that comes by itself, too, while the person goes on.
    let policy = Policy {
        four_eyes: sample::four_eyes(),
        idle_lock_s: 60,
        ..sample::policy()
    };
    let mut idle = Rig::with(policy, Vec::new()).board("1");
    idle.visit(VisitAction::AskColleague);
    assert_eq!(seen(&mut idle)["state"], "confirmed");
    idle.wait_s(50);
    idle.person(PersonAction::Touch).unwrap();
    idle.wait_s(15);
    assert_eq!(idle.screen(), "Locked");
    idle.want(OperatorAction::SignIn);
    assert_eq!(seen(&mut idle)["state"], "needed");
}

/// The directory would be asked about the colleague with a token that is gone.
#[test]
fn n26_a_token_that_ends_ends_the_question_too() {
    let mut rig = no_document();
    rig.held.insert(Kind::Colleague);
    rig.visit(VisitAction::AskColleague);
    let since = rig.log.len();
    let ended = AnswerFault::Failed(TroubleCode::SignInAgain);
    rig.world.faults.push_back((Kind::Renew, ended));
    rig.want(OperatorAction::RoleActivated);
    assert!(stopped(&rig, since));
    rig.release(Kind::Colleague);
    rig.run();
    rig.want(OperatorAction::SignIn);
    assert_eq!(refused(&rig), [], "nothing is said against the colleague");
    assert_eq!(seen(&mut rig)["state"], "needed");
}

#[test]
fn n26_nobody_is_called_for_a_pass_that_cannot_come() {
    let policy = Policy {
        four_eyes: sample::four_eyes(),
        check_valid_minutes: 5,
        idle_lock_s: 7200,
        ..sample::policy()
    };
    let mut rig = Rig::with(policy, Vec::new()).board("1");
    rig.wait_s(301);
    let since = rig.log.len();
    let refused = rig.try_visit(VisitAction::AskColleague).unwrap_err();
    assert_eq!(refused.code, TroubleCode::CheckExpired);
    assert!(
        !rig.since(since)
            .iter()
            .any(|step| step.contains("AskColleague"))
    );
}

fn visit(act: VisitAction, rig: &mut Rig) -> OperatorAction {
    let seen = serde_json::to_value(rig.view()).unwrap();
    let number = seen["screen"]["visit"].as_u64().unwrap();
    OperatorAction::Visit {
        visit: onboarding::VisitId(u32::try_from(number).unwrap()),
        act,
    }
}
