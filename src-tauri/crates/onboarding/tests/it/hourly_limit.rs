//! No more passes than the site allows in an hour, whoever asks (T17).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{EarlierRuns, Event, PassesPerHour};
use onboarding::{
    Arg, Desk, OperatorAction, PassStage, RenewReason, ServiceTime, Start, Trouble, TroubleCode,
    VisitAction, VisitId,
};

use crate::refusals::pass_time;
use crate::rig::Rig;

const HOUR_MS: i64 = 3_600_000;

fn counter(passes_per_hour: u32) -> Rig {
    let mut policy = sample::policy();
    policy.passes_per_hour = passes_per_hour;
    policy.check_valid_minutes = 240;
    policy.visits_max = 3;
    Rig::with(policy, Vec::new())
}

/// A whole visit with a pass, and when that was asked for.
fn served(mut rig: Rig, id: &str) -> (Rig, ServiceTime) {
    rig = rig.board(id);
    let asked = rig.now.service;
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(15);
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    (rig, asked)
}

fn full(until: ServiceTime, passes: i64) -> Trouble {
    Trouble::new(TroubleCode::PassesPerHour)
        .number("passes", passes)
        .number("next_unix_ms", until.0)
}

fn told(rig: &Rig) -> Vec<ServiceTime> {
    let told = |(_, event): &(_, Event)| match event {
        Event::PassLimitReached { until, .. } => Some(*until),
        _ => None,
    };
    rig.world.record.iter().filter_map(told).collect()
}

/// Every intent of the world's record, as a station that starts reads it.
fn earlier(rig: &Rig, at: ServiceTime) -> PassesPerHour {
    let mut runs = EarlierRuns::default();
    for (visit, event) in &rig.world.record {
        runs.take(*visit, at, event);
    }
    runs.passes()
}

#[test]
fn one_pass_too_many_is_refused_until_the_first_is_an_hour_old_t17() {
    let (rig, first) = served(counter(2), "1");
    let (rig, _) = served(rig, "2");
    let mut rig = rig.board("3");
    let until = ServiceTime(first.0 + HOUR_MS);
    for _ in 0..20 {
        let refused = rig.try_visit(VisitAction::IssuePass { replace: false });
        assert_eq!(refused, Err(full(until, 2)));
        rig.wait_s(1);
    }
    let asked = rig.log.iter().filter(|step| step.ends_with("IssuePass"));
    assert_eq!(asked.count(), 2);
    assert_eq!(told(&rig), [until], "written down once, not twenty times");
    pass_time(&mut rig, 58);
    while rig.now.service < until {
        assert!(
            rig.try_visit(VisitAction::IssuePass { replace: false })
                .is_err()
        );
        rig.wait_s(1);
        rig.want(OperatorAction::Touch);
    }
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.stage(), PassStage::Settling);
}

#[test]
fn a_renewal_counts_as_well_t17() {
    let mut rig = counter(1).live("1");
    let renew = VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::Lost,
    };
    let refused = rig.try_visit(renew).map_err(|trouble| trouble.code);
    assert_eq!(refused, Err(TroubleCode::PassesPerHour));
    assert_eq!(rig.stage(), PassStage::Live, "the pass in hand stays");
    let view = rig.view();
    let onboarding::OperatorScreen::Visit(onboarding::InFront {
        screen: onboarding::VisitScreen::Board { renewals_left, .. },
        ..
    }) = view.screen
    else {
        panic!("no board")
    };
    assert_eq!(renewals_left, 2);
}

#[test]
fn what_surely_led_to_no_pass_does_not_count_t17() {
    let mut rig = counter(1).board("1");
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::NotSent));
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.stage(), PassStage::None);
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.stage(), PassStage::Settling);
}

/// Two visits want the last one at once: the count is looked at where the intent is written.
#[test]
fn visits_side_by_side_share_the_count_t17() {
    let mut rig = counter(1).board("1");
    let mut rig = {
        rig.held.insert(Kind::Methods);
        rig.visit(VisitAction::IssuePass { replace: false });
        rig.held.clear();
        rig.board("2")
    };
    rig.held.insert(Kind::Methods);
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.release(Kind::Methods);
    rig.wait_s(15);
    let asked = rig.log.iter().filter(|step| step.ends_with("IssuePass"));
    assert_eq!(asked.count(), 1);
    assert_eq!(told(&rig).len(), 1);
}

#[test]
fn a_restart_begins_no_new_hour_t17() {
    let (rig, at) = served(counter(1), "1");
    let passes = earlier(&rig, at);
    let mut policy = sample::policy();
    policy.passes_per_hour = 1;
    let mut again = Rig::with(policy.clone(), Vec::new());
    again.desk = Desk::new(Start {
        passes,
        visit_ids: onboarding::VisitIds::after(Some(VisitId(1))),
        ..sample::start(policy).unwrap()
    });
    let mut again = again.board("2");
    let refused = again.try_visit(VisitAction::IssuePass { replace: false });
    let until = ServiceTime(at.0 + HOUR_MS);
    assert_eq!(refused, Err(full(until, 1)));
    assert!(matches!(
        refused.unwrap_err().args["next_unix_ms"],
        Arg::Number(_)
    ));
}

/// What a wrong clock dated years ahead holds nobody up; an hour ahead still counts.
#[test]
fn an_intent_of_a_wrong_clock_does_not_block_for_ever_t17() {
    let (rig, _) = served(counter(1), "1");
    for (ahead_h, refused) in [(24 * 365 * 10, false), (1, true)] {
        let at = ServiceTime(sample::SERVICE + ahead_h * HOUR_MS);
        let mut policy = sample::policy();
        policy.passes_per_hour = 1;
        let mut again = Rig::with(policy.clone(), Vec::new());
        again.desk = Desk::new(Start {
            passes: earlier(&rig, at),
            visit_ids: onboarding::VisitIds::after(Some(VisitId(1))),
            ..sample::start(policy).unwrap()
        });
        let mut again = again.board("2");
        let result = again.try_visit(VisitAction::IssuePass { replace: false });
        assert_eq!(result.is_err(), refused, "{ahead_h} hours ahead");
    }
}
