//! The service says that a pass is removed, and a box on the way may have said it in its place: a look bears it out (I3).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{OperatorAction, Policy, Scopes, TroubleCode, VisitAction};

use crate::crash::crash;
use crate::rig::Rig;
use crate::told::killed;

/// A visit that is over, and its pass removed; or so a box says.
fn removed(lies: bool, scopes: Scopes) -> Rig {
    let policy = Policy {
        scopes,
        ..sample::policy()
    };
    let mut rig = Rig::with(policy, Vec::new()).shown("1");
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    let pass = rig.world.passes.last_mut().unwrap();
    assert!(pass.gone);
    if lies {
        (pass.gone, pass.gone_from) = (false, None);
    }
    rig
}

/// So many looks came since, and then what was done.
#[track_caller]
fn borne_out(rig: &mut Rig, from: usize, lies: bool) {
    assert!(rig.world.passes.last().unwrap().gone, "lies {lies}");
    let (looks, then) = match lies {
        false => (1, ["v1 record PassGone"].as_slice()),
        true => (
            2,
            ["v1 RemovePass", "v1 record PassOrphanRemoved"].as_slice(),
        ),
    };
    let of_visit = rig.since(from).into_iter();
    let (read, rest): (Vec<_>, Vec<_>) = of_visit
        .filter(|line| line.starts_with("v1 "))
        .partition(|line| *line == "v1 ReadMethods");
    assert_eq!((read.len(), rest.as_slice()), (looks, then), "lies {lies}");
    assert!(rig.view().pending_passes.is_empty());
}

/// A box between answers the removal itself: the look after the visit shows the pass, and it is removed once more.
#[test]
fn a_pass_that_is_listed_after_its_removal_is_removed_once_more_i3() {
    let wide_and_narrow = [Scopes::Wide, Scopes::Narrow].into_iter();
    for (scopes, lies) in wide_and_narrow.flat_map(|scopes| [(scopes, false), (scopes, true)]) {
        let mut rig = removed(lies, scopes);
        rig.wait_s(58);
        let from = rig.log.len();
        rig.wait_s(30);
        borne_out(&mut rig, from, lies);
    }
}

/// The same where nobody was there to look: the operator had gone, or the app was killed within the minute.
#[test]
fn a_removal_is_borne_out_by_whoever_signs_in_next_i3() {
    let ways: [fn(&mut Rig); 2] = [
        |rig| rig.want(OperatorAction::SignOut),
        |rig| crash(rig, false),
    ];
    for (way, lies) in ways.into_iter().flat_map(|way| [(way, false), (way, true)]) {
        let mut rig = removed(lies, Scopes::Wide);
        rig.wait_s(10);
        way(&mut rig);
        let from = rig.log.len();
        rig.want(OperatorAction::SignIn);
        rig.wait_s(90);
        borne_out(&mut rig, from, lies);
        // What was seen once is not looked for again.
        crash(&mut rig, false);
        let from = rig.log.len();
        rig.want(OperatorAction::SignIn);
        rig.wait_s(90);
        assert!(!rig.since(from).contains(&"v1 ReadMethods"), "lies {lies}");
    }
}

/// A look that fails shows nothing, nor does one that was given up as the person is served again.
#[test]
fn a_look_that_shows_nothing_is_no_look_i3() {
    let ways: [fn(&mut Rig); 2] = [
        |rig| {
            let failed = AnswerFault::Failed(TroubleCode::ServiceDown);
            rig.world.faults.push_back((Kind::Methods, failed));
        },
        |rig| {
            rig.want(OperatorAction::StartVisit);
            rig.find("1");
            rig.visit(VisitAction::Cancel);
        },
    ];
    for way in ways {
        let mut rig = removed(true, Scopes::Wide);
        way(&mut rig);
        rig.wait_s(120);
        assert!(rig.world.passes.last().unwrap().gone);
        assert!(rig.log.contains(&"v1 record PassOrphanRemoved".to_owned()));
    }
}

/// A clock that is hours ahead when the station starts excuses no look (I6).
#[test]
fn no_clock_excuses_that_a_removal_is_borne_out_i6() {
    for hours in [2, 24 * 3_650] {
        let mut rig = removed(true, Scopes::Wide);
        rig.unconfirm(Some(hours));
        let off_ms = rig.off_by_ms();
        // The second start finds what the first one wrote.
        for _ in 0..2 {
            rig = killed(rig, 5);
            rig.off_by(off_ms);
        }
        rig.unconfirm(None);
        rig.want(OperatorAction::SignIn);
        rig.wait_s(30);
        assert!(rig.world.passes.last().unwrap().gone, "{hours} h ahead");
    }
}

/// Until somebody looked, nobody has to wait: another pass for the same person is issued, and it is not the one to remove.
#[test]
fn nobody_waits_for_a_removal_to_be_borne_out() {
    let mut rig = removed(false, Scopes::Wide);
    crash(&mut rig, false);
    let mut rig = rig.shown("1");
    rig.wait_s(120);
    let [first, second] = rig.world.passes.as_slice() else {
        panic!("{} passes", rig.world.passes.len())
    };
    assert!(first.gone && !second.gone);
    // A record of long ago is not looked through: what it says was removed has ended.
    let mut rig = removed(true, Scopes::Wide);
    rig.want(OperatorAction::SignOut);
    rig.clock_to(rig.now.mono.after_s(31 * 60));
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::SignOut);
    crash(&mut rig, false);
    let from = rig.log.len();
    rig.want(OperatorAction::SignIn);
    rig.wait_s(90);
    assert!(!rig.since(from).contains(&"v1 ReadMethods"));
}
