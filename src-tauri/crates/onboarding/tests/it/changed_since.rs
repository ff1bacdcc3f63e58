//! What changed between the person who was found and the pass: a role that became active, a colleague who left (T17,
//! T24).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::Event;
use onboarding::{
    ColleagueStanding, FourEyes, HeldBecause, Memberships, Policy, RenewReason, Target,
    TroubleCode, VisitAction,
};

use crate::rig::Rig;
use crate::telephone;

fn protected() -> Target {
    Target::Protected {
        role: "Global Administrator".to_owned(),
    }
}

fn role(rig: &mut Rig, target: Target, has_role: Option<bool>) {
    let person = rig.world.people.get_mut(&sample::user("1")).unwrap();
    (person.target, person.has_role) = (target, has_role);
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

fn intents(rig: &Rig) -> usize {
    let written = rig.world.written();
    written.iter().filter(|name| *name == "PassIntent").count()
}

fn told(rig: &mut Rig, wish: VisitAction, code: &str, intents_before: usize) {
    rig.visit(wish);
    assert_eq!(rig.trouble().as_deref(), Some(code));
    assert_eq!(intents(rig), intents_before, "{code}");
}

#[test]
fn n28_a_role_that_became_active_since_is_a_no_before_each_pass_of_a_caller_t24() {
    for (target, has_role, code) in [
        (protected(), Some(true), "P214"),
        (Target::Open, Some(true), "P214"),
        (Target::Unknown, None, "P215"),
        (Target::Open, None, "P215"),
    ] {
        let mut rig = telephone::rig().caller_board("1");
        role(&mut rig, target.clone(), has_role);
        for _ in 0..2 {
            told(&mut rig, issue(), code, 0);
        }
        let fault = AnswerFault::Failed(TroubleCode::NoNetwork);
        role(&mut rig, Target::Open, Some(false));
        rig.world.faults.push_back((Kind::Belonging, fault));
        told(&mut rig, issue(), "N101", 0);
        rig.visit(issue());
        rig.wait_s(15);
        assert_eq!(intents(&rig), 1);
        // A renewal is no other way in.
        role(&mut rig, target, has_role);
        told(&mut rig, renew(), code, 1);
        let refused = |(_, event): &&(_, Event)| matches!(event, Event::LimitRefused { .. });
        assert_eq!(
            rig.world.record.iter().filter(refused).count(),
            2,
            "once for each reason, whoever asks in a loop"
        );
    }
}

/// A counter where `op-2` confirms what is held for these reasons.
fn counter(when: &[HeldBecause]) -> Rig {
    let policy = Policy {
        four_eyes: FourEyes {
            when: when.to_vec(),
            documents: Vec::new(),
            confirmers: vec!["op-2".to_owned()],
            confirmer_group: None,
        },
        ..sample::policy()
    };
    Rig::with(policy, Vec::new()).board("1")
}

#[test]
fn n26_a_role_that_became_active_since_waits_for_a_colleague_t17() {
    for (target, has_role) in [(protected(), Some(true)), (Target::Unknown, None)] {
        let mut rig = counter(&[HeldBecause::Protected]);
        role(&mut rig, target.clone(), has_role);
        told(&mut rig, issue(), "T430", 0);
        let seen = serde_json::to_value(rig.view()).unwrap();
        let because = &seen["screen"]["colleague"]["because"];
        assert_eq!(*because, serde_json::json!(["protected"]));
        rig.visit(VisitAction::AskColleague);
        rig.visit(issue());
        rig.wait_s(15);
        assert_eq!(intents(&rig), 1);
        let mut rig = counter(&[HeldBecause::Protected]);
        rig.visit(issue());
        rig.wait_s(15);
        role(&mut rig, target, has_role);
        told(&mut rig, renew(), "T430", 1);
    }
}

#[test]
fn n26_a_colleague_who_may_confirm_no_longer_is_seen_before_the_pass_t17() {
    let fine = || sample::colleague("op-2").standing;
    let guest = |guest| ColleagueStanding { guest, ..fine() };
    let enabled = |enabled| ColleagueStanding { enabled, ..fine() };
    for (standing, code) in [
        (enabled(Some(false)), "T435"),
        (enabled(None), "T438"),
        (guest(Some(true)), "T434"),
        (guest(None), "T438"),
    ] {
        let mut rig = counter(&[HeldBecause::NoDocument]);
        rig.visit(VisitAction::AskColleague);
        rig.world.colleague.standing = standing;
        told(&mut rig, issue(), code, 0);
        // The word is nobody's any more.
        let again = rig.try_visit(issue()).unwrap_err().code;
        assert_eq!(again, TroubleCode::ColleagueNeeded);
        let refused =
            |(_, event): &&(_, Event)| matches!(event, Event::ColleagueNotConfirmed { .. });
        assert_eq!(rig.world.record.iter().filter(refused).count(), 1);
    }
}

#[test]
fn n26_a_colleague_who_left_the_group_is_seen_before_the_pass_t17() {
    let is_in = |group: &str| Memberships {
        of: vec![group.to_owned()],
        complete: true,
    };
    let policy = Policy {
        four_eyes: FourEyes {
            when: vec![HeldBecause::NoDocument],
            documents: Vec::new(),
            confirmers: Vec::new(),
            confirmer_group: Some("g".to_owned()),
        },
        ..sample::policy()
    };
    let mut rig = Rig::with(policy, Vec::new()).board("1");
    for (group, code) in [("h", Some("T435")), ("g", None)] {
        rig.world.colleague.standing.is_in = is_in("g");
        rig.visit(VisitAction::AskColleague);
        rig.world.colleague.standing.is_in = is_in(group);
        match code {
            Some(code) => told(&mut rig, issue(), code, 0),
            None => rig.visit(issue()),
        }
    }
    assert_eq!(intents(&rig), 1);
}

#[test]
fn n26_where_nothing_depends_on_it_nothing_is_read_before_a_pass() {
    for when in [&[][..], &[HeldBecause::ThirdRenewal]] {
        let mut rig = counter(when);
        rig.visit(issue());
        rig.wait_s(15);
        rig.visit(renew());
        assert_eq!(intents(&rig), 2);
        assert!(!rig.log.iter().any(|it| it.ends_with("ReadBelonging")));
    }
}
