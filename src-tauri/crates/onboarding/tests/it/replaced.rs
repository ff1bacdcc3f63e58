//! A pass that is there already, and what the service says no to (I4).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    InFront, Method, MethodRead, OperatorScreen, PassId, PassReason, PassStage, ServiceTime,
    TroubleCode, VisitAction, VisitScreen, record::Event,
};

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

/// Somebody else makes a pass while ours is in sight: said at once, out of sight, and never "entered" (I4).
#[test]
fn i4_a_pass_that_another_counter_replaced_is_said_at_once_and_was_never_entered() {
    let user = sample::user("1");
    let mut rig = Rig::new().shown("1");
    rig.wait_s(10);
    let (made, from) = (rig.now.service, rig.log.len());
    let theirs = rig.world.foreign_pass(&user, made);
    rig.wait_s(10);
    assert_eq!(
        (rig.stage(), rig.person_pass(), rig.trouble().as_deref()),
        (PassStage::Replaced, "replaced", Some("T412"))
    );
    assert!(rig.pass().may_renew && rig.pass().revealed_s.is_none());
    assert_eq!(
        rig.try_visit(VisitAction::Reveal).map_err(|t| t.code),
        Err(TroubleCode::NotNow)
    );
    // What is registered then was not done with our pass either.
    rig.world.add(&user, sample::authenticator("new", true));
    rig.wait_s(30);
    let since = rig.since(from);
    assert!(since.contains(&"v1 record PassReplaced"), "{since:?}");
    assert!(!since.contains(&"v1 record PassEntered"), "{since:?}");
    assert!(
        rig.world
            .passes
            .iter()
            .any(|pass| pass.id == theirs && !pass.gone)
    );
}

/// One read is one copy of the directory, which may be behind.
#[test]
fn a_pass_that_comes_back_in_the_list_was_not_replaced() {
    let user = sample::user("1");
    let mut rig = Rig::new().shown("1");
    rig.wait_s(10);
    let other = PassId("another".into());
    let other = sample::listed(&other, rig.now.service, 30, PassReason::Enabled);
    let read = MethodRead {
        methods: vec![other],
        partial: false,
        unread: false,
    };
    rig.world.reads.push_back(read.clone());
    rig.wait_s(10);
    assert_eq!((rig.stage(), rig.trouble()), (PassStage::Live, None));
    rig.world.reads.extend([read.clone(), read]);
    rig.visit(VisitAction::LookNow);
    rig.wait_s(1);
    assert_eq!(rig.stage(), PassStage::Replaced);
    assert!(rig.world.list(&user, rig.now).passes().next().is_some());
    rig.wait_s(60);
    assert_eq!(rig.stage(), PassStage::Live, "it can be shown again");
    rig.visit(VisitAction::Reveal);
}

fn with_listed(passes: Vec<Method>) -> Rig {
    let mut rig = Rig::new();
    rig.world.methods.insert(sample::user("1"), passes);
    rig
}

/// All passes of a list are looked at: a dead one in front hides no living one (I4).
#[test]
fn i4_a_living_pass_behind_a_dead_one_is_not_replaced_without_a_yes() {
    let made = ServiceTime(sample::SERVICE - 600_000);
    let listed = |id: &str, reason| sample::listed(&PassId(id.into()), made, 60, reason);
    let mut rig = with_listed(vec![
        listed("dead", PassReason::Expired),
        listed("theirs", PassReason::Enabled),
    ])
    .board("1");
    let refused = rig
        .try_visit(VisitAction::IssuePass { replace: false })
        .unwrap_err();
    assert_eq!(refused.code, TroubleCode::PassExists);
    rig.visit(VisitAction::IssuePass { replace: true });
    let known = rig.world.record.iter().find_map(|(_, entry)| match entry {
        Event::PassIntent { known_passes, .. } => Some(known_passes.len()),
        _ => None,
    });
    assert_eq!(known, Some(2), "both were there before");
}

/// A pass that will work next month has not ended, whoever reads it.
#[test]
fn a_pass_whose_time_has_not_come_has_not_ended() {
    let start = ServiceTime(sample::SERVICE + 30 * 86_400_000);
    for reason in [PassReason::NotYetValid, PassReason::Other] {
        let later = sample::listed(&PassId("later".into()), start, 60, reason);
        let mut rig = with_listed(vec![later]).found("1");
        let OperatorScreen::Visit(InFront {
            screen: VisitScreen::Found {
                person, warnings, ..
            },
            ..
        }) = rig.view().screen
        else {
            panic!("nobody was found");
        };
        let line = &person.methods[0].message.key;
        assert_eq!(line, "method-pass-not-yet");
        assert!(
            warnings
                .iter()
                .any(|warning| warning.message.key == "warn-pass-not-yet")
        );
        assert!(person.live_pass.is_some());
    }
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
