//! Two readers of one list agree about its passes, wherever they stand in it and whenever they begin (W9, W15).

use desk_world::sample;
use onboarding::{
    InFront, Method, OperatorScreen, PassId, PassReason, ServiceTime, TroubleCode, VisitAction,
    VisitScreen, record::Event,
};

use crate::rig::Rig;

const DAY_MS: i64 = 86_400_000;

fn listed(id: &str, start_ms: i64, reason: PassReason) -> Method {
    let start = ServiceTime(sample::SERVICE + start_ms);
    sample::listed(&PassId(id.into()), start, 60, reason)
}

fn with_listed(passes: Vec<Method>) -> Rig {
    let mut rig = Rig::new();
    rig.world.methods.insert(sample::user("1"), passes);
    rig
}

/// Nobody is given another pass in the place of this one without a yes, and the list of what was there is whole.
fn asks_before_it_is_replaced(passes: Vec<Method>, what: &str) {
    let count = passes.len();
    let mut rig = with_listed(passes).board("1");
    let refused = rig
        .try_visit(VisitAction::IssuePass { replace: false })
        .unwrap_err();
    assert_eq!(refused.code, TroubleCode::PassExists, "{what}");
    rig.visit(VisitAction::IssuePass { replace: true });
    let known = rig.world.record.iter().find_map(|(_, entry)| match entry {
        Event::PassIntent { known_passes, .. } => Some(known_passes.len()),
        _ => None,
    });
    assert_eq!(known, Some(count), "{what}");
}

/// The card, the warning and the question before a new pass say the same of a pass for a later day.
#[test]
fn a_pass_for_a_later_day_is_one_to_every_reader_w9() {
    for start_ms in [60_000, DAY_MS, 30 * DAY_MS, 365 * DAY_MS] {
        for reason in [
            PassReason::NotYetValid,
            PassReason::Other,
            PassReason::Disabled,
        ] {
            let what = format!("in {start_ms} ms, {reason:?}");
            let mut rig = with_listed(vec![listed("later", start_ms, reason)]).found("1");
            let OperatorScreen::Visit(InFront {
                screen:
                    VisitScreen::Found {
                        person, warnings, ..
                    },
                ..
            }) = rig.view().screen
            else {
                panic!("nobody was found");
            };
            let line = &person.methods[0].message.key;
            assert_eq!(line, "method-pass-not-yet", "{what}");
            let warned = |key: &str| warnings.iter().any(|warning| warning.message.key == key);
            assert!(warned("warn-pass-not-yet"), "{what}");
            assert!(!warned("warn-live-pass"), "{what}");
            assert!(person.live_pass.is_some(), "{what}");
            asks_before_it_is_replaced(vec![listed("later", start_ms, reason)], &what);
        }
    }
}

/// A stranger's living pass is asked about wherever it stands among dead ones.
#[test]
fn a_living_pass_is_asked_about_wherever_it_stands_w15() {
    let made_ms = -600_000;
    let dead = [PassReason::Expired, PassReason::Used];
    for reason in dead {
        for place in 0..4 {
            let mut passes: Vec<Method> = (0..3)
                .map(|number| listed(&format!("dead-{number}"), made_ms, reason))
                .collect();
            passes.insert(place, listed("theirs", made_ms, PassReason::Enabled));
            asks_before_it_is_replaced(passes, &format!("{reason:?}, place {place}"));
        }
        let passes = vec![
            listed("dead", made_ms, reason),
            listed("later", DAY_MS, PassReason::NotYetValid),
        ];
        asks_before_it_is_replaced(passes, &format!("{reason:?}, before one for tomorrow"));
    }
}
