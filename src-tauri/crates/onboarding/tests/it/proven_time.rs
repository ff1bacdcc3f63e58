//! Time is not evidence before it is confirmed (I6, F6): no lapse, no expiry, no removal left out.

use desk_world::sample;
use onboarding::{
    OperatorScreen, PassEnd, PassStage, VisitAction,
    record::{Event, LeftOpen},
};

use crate::crash::crash;
use crate::refusals::pass_time;
use crate::rig::Rig;

/// Two hours and ten years, to either side.
const OFF_HOURS: [i64; 4] = [2, -2, 87_600, -87_600];

fn never_written_off(rig: &Rig, what: &str) {
    let off = |entry: &Event| {
        matches!(
            entry,
            Event::PassLapsed { .. }
                | Event::PassGone { .. }
                | Event::VisitEnded {
                    pass: PassEnd::Expired | PassEnd::Gone | PassEnd::None,
                    ..
                }
        )
    };
    let written_off = rig.world.record.iter().any(|(_, entry)| off(entry));
    assert!(!written_off, "{what}: {:?}", rig.world.written());
    assert!(
        rig.world.passes.iter().all(|pass| pass.gone),
        "{what}: removed"
    );
}

/// The station starts with a wrong clock, and somebody signs in: what is owed is removed, whoever told the time.
#[test]
fn i6_a_start_with_a_wrong_clock_removes_what_is_owed_f6() {
    for hours in OFF_HOURS {
        let mut rig = Rig::new().shown("1");
        crash(&mut rig, false);
        // What the station writes at its start.
        let mut left = LeftOpen::default();
        for ((visit, entry), at) in rig.world.record.iter().zip(&rig.world.times) {
            left.take(*visit, *at, entry);
        }
        for (visit, end) in left.ends() {
            assert!(
                matches!(
                    end,
                    Event::VisitEnded {
                        pass: PassEnd::Pending,
                        ..
                    }
                ),
                "{hours}: owed, however late it seems to be"
            );
            rig.world.record.push((Some(visit), end));
            rig.world.times.push(rig.now.service);
        }
        crash(&mut rig, false);
        rig.unconfirm(Some(hours));
        rig.wait_s(60);
        assert_eq!(
            rig.view().pending_passes.len(),
            1,
            "{hours}: nobody signed in"
        );
        let mut rig = rig.signed_in();
        rig.wait_s(10);
        never_written_off(&rig, &format!("start, {hours}"));
        rig.unconfirm(None);
        rig.wait_s(60);
        assert!(rig.view().pending_passes.is_empty());
    }
}

/// The time goes wrong in a visit, or at the very moment at which the pass is answered, and stays or comes back.
#[test]
fn i6_a_time_that_goes_wrong_in_a_visit_expires_nothing_f6() {
    for hours in OFF_HOURS {
        for (before_issue, comes_back) in
            [(false, false), (false, true), (true, false), (true, true)]
        {
            let what = format!("{hours} before: {before_issue} back: {comes_back}");
            let mut rig = Rig::new().board("1");
            if before_issue {
                rig.unconfirm(Some(hours));
            }
            rig.visit(VisitAction::IssuePass { replace: false });
            rig.wait_s(10);
            if !before_issue {
                rig.unconfirm(Some(hours));
            }
            rig.wait_s(20);
            assert_eq!(rig.stage(), PassStage::Live, "{what}");
            let left_s = rig.pass().remaining_s.unwrap();
            assert!((1_700..=1_800).contains(&left_s), "{what}: {left_s}");
            rig.visit(VisitAction::Reveal);
            assert_eq!(rig.person_pass(), "shown", "{what}");
            if comes_back {
                rig.unconfirm(None);
                rig.wait_s(5);
                assert_eq!(rig.person_pass(), "shown", "{what}");
            }
            rig.visit(VisitAction::Cancel);
            let OperatorScreen::Visit(onboarding::InFront {
                screen: onboarding::VisitScreen::Receipt { end, .. },
                ..
            }) = rig.view().screen
            else {
                panic!("no receipt")
            };
            assert_eq!(end.pass, PassEnd::Removed, "{what}");
            never_written_off(&rig, &what);
        }
    }
}

/// A stranger's living pass is not taken for ended by a clock: it is not replaced without a yes (I4).
#[test]
fn i4_a_wrong_clock_makes_nobodys_pass_look_ended() {
    for hours in OFF_HOURS {
        let mut rig = Rig::new();
        let at = rig.now;
        rig.world.foreign_pass_at(&sample::user("1"), at);
        rig.unconfirm(Some(hours));
        let mut rig = rig.board("1");
        let refused = rig.try_visit(VisitAction::IssuePass { replace: false });
        assert!(refused.is_err(), "{hours}");
    }
}

/// The lifetime that has passed by the clock nobody can set takes the pass out of sight, and excuses nothing.
#[test]
fn i6_a_pass_whose_lifetime_is_over_is_hidden_and_removed_all_the_same() {
    let mut rig = Rig::new().shown("1");
    rig.unconfirm(Some(-2));
    pass_time(&mut rig, 31);
    assert_eq!(
        (rig.stage(), rig.person_pass()),
        (PassStage::Expired, "expired")
    );
    rig.visit(VisitAction::Cancel);
    assert!(rig.log.contains(&"v1 RemovePass".to_owned()));
    assert!(rig.world.passes[0].gone);
}
