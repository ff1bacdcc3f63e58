//! What of a visit outlives it, and what of it nobody finds any more (S49, S52, N12).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    InFront, Lang, OperatorAction, OperatorScreen, PassEnd, PersonAction, PersonScreen,
    RenewReason, TextSize, TroubleCode, VisitAction, VisitId, VisitScreen,
};

use crate::crash::crash;
use crate::rig::Rig;

#[test]
fn each_visit_reads_as_its_own_person_does_s52() {
    let mut rig = Rig::new();
    let english = PersonAction::SetLanguage { lang: Lang::En };
    let large = PersonAction::SetTextSize {
        size: TextSize::Largest,
    };
    rig.desk.person_act(None, &english, rig.now).unwrap();
    rig.desk.person_act(None, &large, rig.now).unwrap();
    let mut rig = rig.board("1");
    let look = |rig: &mut Rig| {
        let (operator, person) = (rig.view().lang, rig.person_view());
        (operator, person.lang, person.text_size)
    };
    assert_eq!(
        look(&mut rig),
        (Lang::Ja, Lang::En, TextSize::Largest),
        "the waiting person's choice goes along"
    );
    rig.want(OperatorAction::SetLanguage { lang: Lang::En });
    rig.visit(VisitAction::SetPersonLanguage { lang: Lang::Ja });
    assert_eq!(look(&mut rig), (Lang::En, Lang::Ja, TextSize::Largest));
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    let next = rig.desk.person_view(None, rig.now).ok().unwrap();
    assert_eq!(
        (next.lang, next.text_size),
        (Lang::Ja, TextSize::Normal),
        "N12: the next person starts afresh"
    );
}

/// The operator's own size of text is nobody's visit: it stays, and is not the person's (WCAG 1.4.4).
#[test]
fn the_operators_text_size_outlives_visits_and_leaves_the_persons_alone() {
    let mut rig = Rig::new().board("1");
    rig.want(OperatorAction::SetTextSize {
        size: TextSize::Large,
    });
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    assert_eq!(rig.view().text_size, TextSize::Large);
    let waiting = rig.desk.person_view(None, rig.now).ok().unwrap();
    assert_eq!(waiting.text_size, TextSize::Normal);
}

/// N12: the desk remembers nobody; the receipt goes by itself.
#[test]
fn nothing_of_a_visit_is_left_n12() {
    let mut rig = Rig::new().shown("1");
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    assert!(matches!(
        rig.person_view().screen,
        PersonScreen::Goodbye { .. }
    ));
    rig.wait_s(181);
    assert_eq!(rig.log.last().unwrap(), "v1 RebuildWindows");
    let panes = rig.panes();
    assert!(!panes.contains("user-1") && !panes.contains("Account 1"));
    assert!(rig.desk.person_view(Some(VisitId(1)), rig.now).is_err());
    assert!(
        rig.desk
            .person_act(Some(VisitId(1)), &PersonAction::Reveal, rig.now)
            .is_err()
    );
}

fn unsaid_once() -> Rig {
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Remove, AnswerFault::Failed(TroubleCode::ServiceDown)));
    rig
}

fn twice_unsaid() -> Rig {
    let mut rig = unsaid_once();
    for _ in 0..9 {
        rig.world
            .faults
            .push_back((Kind::Remove, AnswerFault::Failed(TroubleCode::ServiceDown)));
    }
    rig
}

fn silent() -> Rig {
    let mut rig = Rig::new().live("1");
    rig.held.insert(Kind::Remove);
    rig
}

fn reusable() -> Rig {
    let mut policy = sample::policy();
    policy.pass.once = false;
    Rig::with(policy, Vec::new()).registered("1")
}

fn expired() -> Rig {
    let mut rig = Rig::new().live("1");
    crate::refusals::pass_time(&mut rig, 31);
    rig
}

/// The visit ends by this action, and the receipt and the directory agree on the pass.
fn ends(mut rig: Rig, act: &VisitAction, wanted: PassEnd, until: bool) {
    rig.visit(act.clone());
    rig.wait_s(46);
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Receipt { end, .. },
        ..
    }) = rig.view().screen
    else {
        panic!("no receipt")
    };
    assert_eq!(
        (end.pass, end.pass_until.is_some()),
        (wanted, until),
        "{act:?}"
    );
    let gone = rig.world.passes.iter().all(|pass| pass.gone);
    assert_eq!(
        gone,
        matches!(wanted, PassEnd::None | PassEnd::Removed),
        "{wanted:?}"
    );
    assert!(
        rig.world
            .written()
            .iter()
            .any(|entry| entry == "VisitEnded")
    );
}

/// How a visit ends, and what becomes of the pass.
#[test]
fn every_ending_says_what_became_of_the_pass() {
    type At = fn() -> Rig;
    let cancel = VisitAction::Cancel;
    let leave = |leave_pass| VisitAction::LeaveUnfinished { leave_pass };
    let finish = |leave_pass| VisitAction::Finish { leave_pass };
    let cases: &[(At, VisitAction, PassEnd, bool)] = &[
        (
            || Rig::new().board("1"),
            cancel.clone(),
            PassEnd::None,
            false,
        ),
        (
            || Rig::new().live("1"),
            cancel.clone(),
            PassEnd::Removed,
            false,
        ),
        (|| Rig::new().live("1"), leave(true), PassEnd::Left, true),
        (
            || Rig::new().live("1"),
            leave(false),
            PassEnd::Removed,
            false,
        ),
        (twice_unsaid, cancel.clone(), PassEnd::Pending, true),
        (unsaid_once, cancel.clone(), PassEnd::Removed, false),
        (silent, cancel.clone(), PassEnd::Pending, true),
        // No clock excuses the removal.
        (expired, cancel, PassEnd::Removed, false),
        (reusable, finish(false), PassEnd::Removed, false),
        (reusable, finish(true), PassEnd::Left, true),
    ];
    for (at, act, wanted, until) in cases {
        ends(at(), act, *wanted, *until);
    }
    // An end that cannot be written is said.
    let mut rig = Rig::new().board("1");
    rig.world.record_fails = true;
    rig.visit(VisitAction::Cancel);
    assert!(
        matches!(rig.view().screen, OperatorScreen::Visit(InFront { screen: VisitScreen::Receipt { end, .. }, .. }) if end.unrecorded)
    );
}

/// A pass that the person may keep is kept, also where a renewal of it is in doubt when the station dies.
#[test]
fn a_pass_that_was_left_is_not_taken_back_after_a_crash_beside_one_in_doubt() {
    for leave_pass in [true, false] {
        let mut rig = Rig::new().live("1");
        rig.world
            .faults
            .push_back((Kind::Issue, AnswerFault::LostQuestion));
        rig.visit(VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Lost,
        });
        rig.held.insert(Kind::Remove);
        rig.visit(VisitAction::LeaveUnfinished { leave_pass });
        rig.flying.clear();
        crash(&mut rig, false);
        let mut rig = rig.signed_in();
        rig.wait_s(60);
        assert!(rig.view().pending_passes.is_empty());
        assert_eq!(rig.world.passes.len(), 1);
        assert_eq!(rig.world.passes[0].gone, !leave_pass);
    }
}
