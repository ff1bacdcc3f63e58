//! A locked desk: what it hides, what it lets happen, and how it is freed (F19).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    Lang, LockReason, OperatorAction, OperatorScreen, PersonAction, PersonPass, PersonScreen,
    TroubleCode, VisitAction, VisitId, record::Event,
};

use crate::rig::Rig;

fn why_locked(rig: &mut Rig) -> Option<LockReason> {
    match rig.view().screen {
        OperatorScreen::Locked { why, .. } => Some(why),
        _ => None,
    }
}

/// What is asked before another operator takes over: whether a visit would end (F15).
#[test]
fn a_locked_desk_says_how_many_visits_would_end() {
    let open = |rig: &mut Rig| match rig.view().screen {
        OperatorScreen::Locked { open_visits, .. } => open_visits,
        _ => panic!("not locked"),
    };
    let mut rig = Rig::new().shown("1");
    rig.want(OperatorAction::Lock);
    assert_eq!(open(&mut rig), 1);
    rig.want(OperatorAction::SignIn);
    rig.visit(VisitAction::Cancel);
    rig.want(OperatorAction::Lock);
    assert_eq!(open(&mut rig), 0, "a receipt ends nothing");
}

#[test]
fn a_locked_desk_hides_the_pass_and_takes_no_orders_f19() {
    let mut policy = sample::policy();
    policy.pass.reveal_by_person = true;
    let mut rig = Rig::with(policy, Vec::new()).shown("1");
    rig.want(OperatorAction::Lock);
    assert_eq!(
        (why_locked(&mut rig), rig.person_pass()),
        (Some(LockReason::Asked), "hidden")
    );
    let acts = [
        VisitAction::Reveal,
        VisitAction::Next,
        VisitAction::Cancel,
        VisitAction::LookNow,
    ];
    for signing_in in [false, true] {
        if signing_in {
            rig.held.insert(Kind::SignIn);
            rig.want(OperatorAction::SignIn);
        }
        for act in &acts {
            assert_eq!(
                rig.try_visit(act.clone()).map_err(|t| t.code),
                Err(TroubleCode::SignInAgain),
                "{act:?}"
            );
        }
        assert!(rig.person(PersonAction::Reveal).is_err());
        assert_eq!(
            offered(&mut rig),
            Some((true, true)),
            "off, with its reason"
        );
        // The person goes on reading.
        rig.person(PersonAction::Next).unwrap();
    }
    rig.release(Kind::SignIn);
    assert_eq!(offered(&mut rig), Some((true, false)));
    rig.visit(VisitAction::Reveal);
    assert_eq!(rig.person_pass(), "shown");
}

/// Whether the person may show the hidden pass, and whether that waits for the operator.
fn offered(rig: &mut Rig) -> Option<(bool, bool)> {
    match rig.person_view().screen {
        PersonScreen::Walk {
            pass: PersonPass::Hidden {
                may_reveal, locked, ..
            },
            ..
        } => Some((may_reveal, locked)),
        _ => None,
    }
}

#[test]
fn idle_locks_and_only_the_operators_side_puts_it_off_f19() {
    let mut rig = Rig::new().live("1");
    rig.wait_s(589);
    rig.visit(VisitAction::Reveal);
    rig.wait_s(599);
    rig.want(OperatorAction::Touch);
    rig.wait_s(599);
    assert_eq!(why_locked(&mut rig), None);
    rig.wait_s(1);
    assert_eq!(why_locked(&mut rig), Some(LockReason::Idle));
    rig.world.operator = sample::operator("op-2");
    rig.want(OperatorAction::SignIn);
    assert_eq!(
        (why_locked(&mut rig), rig.trouble().as_deref()),
        (Some(LockReason::Idle), Some("S112"))
    );

    // With nothing open anyone of this tenant may go on.
    let mut rig = Rig::new().signed_in();
    rig.wait_s(600);
    rig.world.operator = sample::operator("op-2");
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.view().operator.unwrap().upn, "op-2@cablechan.biz");

    // A receipt that puts itself away is nobody's touch.
    let mut rig = Rig::new().live("1");
    rig.visit(VisitAction::Cancel);
    rig.wait_s(600);
    assert_eq!(why_locked(&mut rig), Some(LockReason::Idle));
}

/// A token that ends is no way around the idle lock: nobody uncovers the pass of an operator who walked away (F19).
#[test]
fn a_desk_whose_token_ended_locks_when_nobody_is_there() {
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.visit(VisitAction::LookNow);
    rig.wait_s(1);
    assert_eq!(rig.screen(), "Board");
    rig.wait_s(601);
    assert_eq!(rig.screen(), "Locked");
    assert_eq!(
        rig.try_visit(VisitAction::Reveal).map_err(|t| t.code),
        Err(TroubleCode::SignInAgain)
    );
}

/// A locked desk is not held for ever: a colleague signs it out, or it gives itself up (F19, N12).
#[test]
fn a_locked_desk_can_be_freed() {
    for by_hand in [true, false] {
        let mut rig = Rig::new().live("1");
        rig.want(OperatorAction::Lock);
        // From here on it is the next person's window that looks.
        rig.visit = VisitId(2);
        if by_hand {
            rig.want(OperatorAction::SignOut);
        } else {
            rig.wait_s(600 + 900 + 1);
        }
        assert_eq!(rig.screen(), "Welcome");
        let told = matches!(rig.person_view().screen, PersonScreen::HandedOver);
        assert_eq!(
            told, by_hand,
            "nobody is there where the desk gave itself up"
        );
        assert!(rig.world.written().contains(&"VisitEnded".to_owned()));
        assert!(!rig.world.passes[0].gone);
        rig.want(OperatorAction::SignIn);
        rig.wait_s(5);
        assert!(
            rig.world.passes[0].gone,
            "the visit was ended: its pass goes"
        );
        rig.want(OperatorAction::StartVisit);
    }
}

#[test]
fn a_sign_out_names_whose_desk_it_was_though_another_was_refused_there() {
    let mut rig = Rig::new().live("1");
    rig.want(OperatorAction::Lock);
    rig.world.operator = sample::operator("op-2");
    rig.want(OperatorAction::SignIn);
    assert_eq!(
        rig.view().trouble.map(|trouble| trouble.code),
        Some(TroubleCode::OtherOperator.short().to_owned())
    );
    rig.want(OperatorAction::SignOut);
    let signed_out = rig
        .world
        .record
        .iter()
        .rev()
        .find_map(|(_, event)| match event {
            Event::OperatorSignedOut { operator, .. } => Some(operator.clone()),
            _ => None,
        });
    assert_eq!(signed_out, Some(sample::operator("op-1").oid));
}

/// The person whose visit ends with a change of the operator is told, in the language they read, until the next visit
/// begins or nobody came (F15).
#[test]
fn a_hand_over_to_another_operator_is_told_on_the_persons_screen_f15() {
    let handed_over = |rig: &mut Rig| {
        let view = rig.person_view();
        (matches!(view.screen, PersonScreen::HandedOver), view.lang)
    };
    for begins in [true, false] {
        let mut rig = Rig::new().live("1");
        rig.person(PersonAction::SetLanguage { lang: Lang::En })
            .unwrap();
        rig.want(OperatorAction::Lock);
        rig.want(OperatorAction::SignOut);
        rig.visit = VisitId(2);
        assert_eq!(handed_over(&mut rig), (true, Lang::En));
        rig.world.operator = sample::operator("op-2");
        rig.want(OperatorAction::SignIn);
        assert_eq!(handed_over(&mut rig), (true, Lang::En));
        if begins {
            rig.want(OperatorAction::StartVisit);
            assert_eq!(
                handed_over(&mut rig),
                (false, Lang::En),
                "as this person reads"
            );
        } else {
            rig.wait_s(180);
            assert_eq!(
                handed_over(&mut rig),
                (false, Lang::Ja),
                "for whoever waits"
            );
        }
    }
    // A receipt in sight is nobody who waits, and neither is the welcome.
    let mut rig = Rig::new().live("1");
    rig.visit(VisitAction::Cancel);
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignOut);
    rig.visit = VisitId(2);
    assert!(!handed_over(&mut rig).0);
}
