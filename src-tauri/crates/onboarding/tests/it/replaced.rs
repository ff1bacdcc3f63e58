//! A pass that is there already, and what the service says no to (I4).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{TroubleCode, VisitAction};

use crate::refusals::foreign;
use crate::rig::Rig;

#[test]
fn a_pass_already_live_is_said_and_replaced_only_with_a_yes() {
    let mut rig = foreign();
    assert_eq!(rig.pass().replaces.map(|pass| pass.age_min), Some(10));
    let trouble = rig
        .try_visit(VisitAction::IssuePass { replace: false })
        .unwrap_err();
    assert_eq!(trouble.args["minutes"], onboarding::Arg::Number(10));
    rig.visit(VisitAction::IssuePass { replace: true });
    assert!(rig.world.passes[0].gone);
    // The service that wants the earlier pass removed first gets that, once.
    let mut rig = foreign();
    rig.world.second_refused = true;
    let from = rig.log.len();
    rig.visit(VisitAction::IssuePass { replace: true });
    let steps = [
        "v1 ReadMethods",
        "v1 record PassIntent",
        "v1 IssuePass",
        "v1 RemovePass",
        "v1 record PassRemoved",
        "v1 IssuePass",
        "v1 record PassIssued",
    ];
    assert_eq!(rig.since(from), steps);
}

/// A pass somebody made after the person was found is not replaced unasked, and then is (I4).
#[test]
fn a_pass_made_meanwhile_is_said_before_it_is_replaced() {
    let mut rig = Rig::new().board("1");
    let made = rig.now.service;
    rig.world.foreign_pass(&sample::user("1"), made);
    let from = rig.log.len();
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.since(from), ["v1 ReadMethods"], "nothing was asked for");
    assert_eq!(rig.trouble().as_deref(), Some("T405"));
    assert!(rig.pass().may_issue && rig.pass().replaces.is_some());
    rig.visit(VisitAction::IssuePass { replace: true });
    assert!(rig.world.passes[0].gone);
}

/// Graph's no is shown, recorded, and leaves the board as it was (N8, N9).
#[test]
fn the_services_no_is_a_sentence_and_a_record() {
    use TroubleCode as T;
    let codes = [
        T::PassLifetime,
        T::PassOutOfScope,
        T::PassNotPermitted,
        T::PassOnceForced,
        T::Throttled,
        T::PassRefused,
    ];
    let mut rig = Rig::new().board("1");
    for code in codes {
        rig.world
            .faults
            .push_back((Kind::Issue, AnswerFault::Refused(code)));
        rig.visit(VisitAction::IssuePass { replace: false });
        assert_eq!(
            (rig.trouble().as_deref(), rig.pass().may_issue),
            (Some(code.short()), true)
        );
        assert_eq!(rig.world.written().last().unwrap(), "PassRefused");
    }
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::NotSent));
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(
        (rig.trouble().as_deref(), rig.pass().may_issue),
        (Some("N101"), true)
    );
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.trouble(), None);
}
