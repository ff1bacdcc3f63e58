//! The site's own limits: who may issue here, and for whom (N26).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::Event;
use onboarding::{
    Belonging, LocalLimits, Memberships, PassStage, Policy, RenewReason, TroubleCode, VisitAction,
};

use crate::rig::Rig;

const GROUP: &str = "44444444-4444-4444-4444-444444444444";

fn rig(limits: LocalLimits, belonging: Option<Belonging>) -> Rig {
    let policy = Policy {
        limits,
        ..sample::policy()
    };
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.belonging = belonging;
    rig
}

fn for_group() -> LocalLimits {
    LocalLimits {
        people_group: Some(GROUP.into()),
        ..LocalLimits::default()
    }
}

/// The person is in these, and nothing is left out.
fn is_in(groups: &[&str]) -> Option<Belonging> {
    Some(Belonging {
        person: Memberships {
            of: groups.iter().map(|&id| id.to_owned()).collect(),
            complete: true,
        },
        ..Belonging::default()
    })
}

/// The codes of the refusals that were written down.
fn recorded(rig: &Rig) -> Vec<TroubleCode> {
    let refused = |(_, event): &(_, Event)| match event {
        Event::LimitRefused { code, .. } => Some(*code),
        _ => None,
    };
    rig.world.record.iter().filter_map(refused).collect()
}

fn asked_for_a_pass(rig: &Rig) -> bool {
    rig.world.written().iter().any(|name| name == "PassIntent")
}

/// That it could not be read whether this person may have a pass here.
fn warns(seen: &serde_json::Value) -> bool {
    let warnings = seen["screen"]["warnings"].as_array().unwrap();
    warnings
        .iter()
        .any(|it| it["message"]["key"] == "warn-limits-unread")
}

fn issue() -> VisitAction {
    VisitAction::IssuePass { replace: false }
}

#[test]
fn n26_who_is_kept_out_is_told_when_found_and_that_is_recorded() {
    let operators = LocalLimits {
        operators: vec!["somebody else".into()],
        ..LocalLimits::default()
    };
    let except = LocalLimits {
        not_for: vec![sample::user("1").0],
        ..LocalLimits::default()
    };
    for (limits, belonging, code) in [
        (operators, None, TroubleCode::OperatorNotListed),
        (for_group(), is_in(&[]), TroubleCode::PersonNotListed),
        (except, is_in(&[]), TroubleCode::PersonExcepted),
    ] {
        let mut rig = rig(limits, belonging).found("1");
        let seen = serde_json::to_value(rig.view()).unwrap();
        assert_eq!(seen["screen"]["may_continue"], false, "{code:?}");
        assert_eq!(seen["screen"]["blocked"]["code"], code.short());
        assert_eq!(recorded(&rig), [code]);
        let refused = rig.try_visit(VisitAction::ConfirmPerson).unwrap_err();
        assert_eq!(refused.code, code);
    }
}

#[test]
fn n26_who_is_within_the_limits_is_served_and_without_limits_nothing_is_read() {
    let mut served = rig(for_group(), is_in(&[GROUP])).issued("1");
    served.wait_s(15);
    assert_eq!(served.stage(), PassStage::Live);
    assert_eq!(recorded(&served), []);
    assert!(served.log.iter().any(|it| it.ends_with("ReadBelonging")));
    let open = Rig::new().issued("1");
    assert!(!open.log.iter().any(|it| it.ends_with("ReadBelonging")));
}

#[test]
fn n26_the_limits_are_read_anew_right_before_each_pass_and_a_refusal_is_written_once() {
    let mut rig = rig(for_group(), is_in(&[GROUP])).board("1");
    rig.world.belonging = is_in(&[]);
    for _ in 0..3 {
        rig.visit(issue());
        assert_eq!(rig.trouble().as_deref(), Some("T422"));
        assert_eq!(rig.stage(), PassStage::None);
    }
    assert_eq!(recorded(&rig), [TroubleCode::PersonNotListed]);
    assert!(!asked_for_a_pass(&rig));
    rig.world.belonging = is_in(&[GROUP]);
    rig.visit(issue());
    rig.wait_s(15);
    assert_eq!(rig.stage(), PassStage::Live);
    // A renewal is no other way in, and one that is refused is not used up.
    rig.world.belonging = is_in(&[]);
    for _ in 0..4 {
        rig.visit(VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Expired,
        });
        assert_eq!(rig.trouble().as_deref(), Some("T422"));
        assert_eq!(rig.stage(), PassStage::Live, "the pass that is there stays");
    }
    let again = [TroubleCode::PersonNotListed; 2];
    assert_eq!(recorded(&rig), again, "what came after a pass is another");
}

#[test]
fn n26_what_cannot_be_read_is_no_reason_when_found_and_a_no_before_a_pass() {
    let mut found = rig(for_group(), Some(Belonging::default())).found("1");
    let seen = serde_json::to_value(found.view()).unwrap();
    assert_eq!(seen["screen"]["may_continue"], true);
    assert!(
        warns(&seen),
        "it is said before anybody is asked for a card"
    );
    let mut read = rig(for_group(), is_in(&[GROUP])).found("1");
    assert!(!warns(&serde_json::to_value(read.view()).unwrap()));
    let mut unread = rig(for_group(), Some(Belonging::default())).board("1");
    assert_eq!(recorded(&unread), []);
    unread.visit(issue());
    assert_eq!(unread.trouble().as_deref(), Some("T424"));
    assert_eq!(recorded(&unread), [TroubleCode::LimitsUnread]);
    assert!(!asked_for_a_pass(&unread));
    let mut offline = rig(for_group(), is_in(&[GROUP])).board("1");
    let fault = AnswerFault::Failed(TroubleCode::NoNetwork);
    offline.world.faults.push_back((Kind::Belonging, fault));
    offline.visit(issue());
    assert_eq!(offline.trouble().as_deref(), Some("N101"));
    assert!(!asked_for_a_pass(&offline) && recorded(&offline).is_empty());
    offline.visit(issue());
    assert!(asked_for_a_pass(&offline), "asked again, it is read");
}
