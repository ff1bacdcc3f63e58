//! The operator's session, and what of a visit outlives it (S49, F8, F19).

use desk_world::{Fault, Kind, sample};
use onboarding::{
    EndedPass, Lang, LockReason, OperatorAction, OperatorScreen, Outcome, PassStage, PersonAction,
    PersonScreen, RenewReason, TextSize, TroubleCode, VisitAction, VisitId,
};

use crate::rig::Rig;

fn why_locked(rig: &mut Rig) -> Option<LockReason> {
    match rig.view().screen {
        OperatorScreen::Locked { why, .. } => Some(why),
        _ => None,
    }
}

#[test]
fn sign_in_can_be_cancelled_declined_and_timed_out() {
    let mut rig = Rig::new();
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    assert!(matches!(
        rig.view().screen,
        OperatorScreen::SigningIn {
            remaining_s: 180,
            resumes_visit: false
        }
    ));
    rig.want(OperatorAction::CancelSignIn);
    assert_eq!(
        (rig.screen().as_str(), rig.log.last().unwrap().as_str()),
        ("Welcome", "CancelSignIn")
    );
    // Its answer comes all the same: nobody is signed in, and its tokens are forgotten.
    rig.release(Kind::SignIn);
    assert_eq!(
        (rig.screen().as_str(), rig.log.last().unwrap().as_str()),
        ("Welcome", "ForgetOperator")
    );

    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    rig.wait_ms(179_900);
    assert_eq!(rig.screen(), "SigningIn");
    rig.wait_ms(100);
    assert_eq!(
        (rig.screen().as_str(), rig.trouble().as_deref()),
        ("Welcome", Some("S102"))
    );
    rig.held.clear();
    rig.flying.clear();

    let codes = [
        TroubleCode::SignInDeclined,
        TroubleCode::NoNetwork,
        TroubleCode::PortUnavailable,
    ];
    for code in codes {
        rig.world
            .faults
            .push_back((Kind::SignIn, Fault::Failed(code)));
        rig.want(OperatorAction::SignIn);
        assert_eq!(
            (rig.screen().as_str(), rig.trouble().as_deref()),
            ("Welcome", Some(code.short()))
        );
        assert_eq!(rig.world.written().last().unwrap(), "OperatorSignInRefused");
    }
    rig.world.operator.tenant = "22222222-0000-4000-8000-000000000000".into();
    rig.want(OperatorAction::SignIn);
    assert_eq!(
        (rig.screen().as_str(), rig.trouble().as_deref()),
        ("Welcome", Some("S104"))
    );
    rig.world.operator.tenant = sample::TENANT.to_uppercase();
    rig.want(OperatorAction::SignIn);
    assert_eq!((rig.screen().as_str(), rig.trouble()), ("Home", None));
}

/// The answer to a cancelled sign-in arrives when somebody else is signed in: nobody works with unknown tokens.
#[test]
fn a_late_sign_in_never_takes_over() {
    let mut rig = Rig::new();
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::CancelSignIn);
    let late = rig.flying.pop().unwrap();
    rig.held.clear();
    let mut rig = rig.finding();
    let operator = sample::operator("op-2");
    rig.deliver(late.id, Outcome::SignedIn { operator }, "late");
    rig.run();
    assert!(rig.view().operator.is_none());
    assert!(rig.log.contains(&"ForgetOperator".to_owned()));
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.view().operator.unwrap().upn, "op-1@cablechan.biz");
}

#[test]
fn a_token_that_ends_in_a_visit_keeps_visit_and_pass_f8() {
    let mut rig = Rig::new().shown("1");
    rig.world
        .faults
        .push_back((Kind::Methods, Fault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(16);
    assert!(rig.view().operator.is_none());
    assert!(matches!(
        rig.view().screen,
        OperatorScreen::Board {
            sign_in_again: true,
            ..
        }
    ));
    assert_eq!(
        (rig.person_pass(), rig.trouble().as_deref()),
        ("shown", Some("S113"))
    );
    rig.visit(VisitAction::Next);
    let renew = VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::Lost,
    };
    assert_eq!(
        rig.try_visit(renew.clone()).map_err(|t| t.code),
        Err(TroubleCode::SignInAgain)
    );
    // Somebody else may not go on with it.
    rig.world.operator = sample::operator("op-2");
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.trouble().as_deref(), Some("S112"));
    assert_eq!((rig.stage(), rig.person_pass()), (PassStage::Live, "shown"));
    assert_eq!(
        rig.log
            .iter()
            .filter(|step| *step == "ForgetOperator")
            .count(),
        2
    );
    // The same person may; the identity check still holds.
    rig.world.operator = sample::operator("op-1");
    rig.want(OperatorAction::SignIn);
    assert_eq!(
        (rig.stage(), rig.trouble(), rig.view().operator.is_some()),
        (PassStage::Live, None, true)
    );
    rig.visit(renew);
    assert_eq!(rig.stage(), PassStage::Settling);
}

#[test]
fn a_pass_of_a_visit_that_ends_without_a_token_is_taken_back_at_the_next_sign_in() {
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Methods, Fault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(25);
    rig.visit(VisitAction::Cancel);
    let OperatorScreen::Receipt { end, .. } = rig.view().screen else {
        panic!("no receipt")
    };
    assert_eq!(
        (end.pass, end.pass_until.is_some()),
        (EndedPass::Pending, true)
    );
    assert!(!rig.log.contains(&"v1 RemovePass".to_owned()));
    rig.want(OperatorAction::SignIn);
    rig.wait_s(5);
    assert!(rig.world.passes[0].gone);
    assert_eq!(rig.world.written().last().unwrap(), "PassOrphanRemoved");
    // The receipt that is still in sight says so.
    let OperatorScreen::Receipt { end, .. } = rig.view().screen else {
        panic!("no receipt")
    };
    assert_eq!((end.pass, end.pass_until), (EndedPass::Removed, None));
}

/// What is owed is one pass: a newer one that somebody else issued meanwhile stays (I4).
#[test]
fn a_strangers_newer_pass_is_not_taken_back_in_place_of_ours() {
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Methods, Fault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(25);
    rig.visit(VisitAction::Cancel);
    rig.world.passes[0].gone = true;
    let now = rig.now.service;
    let theirs = rig.world.foreign_pass(&sample::user("1"), now);
    rig.want(OperatorAction::SignIn);
    rig.wait_s(30);
    assert!(rig.view().pending_passes.is_empty(), "settled");
    let theirs = rig.world.passes.iter().find(|pass| pass.id == theirs);
    assert!(theirs.is_some_and(|pass| !pass.gone));
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
        // The person goes on reading.
        rig.person(PersonAction::Next).unwrap();
    }
    rig.release(Kind::SignIn);
    rig.visit(VisitAction::Reveal);
    assert_eq!(rig.person_pass(), "shown");
}

#[test]
fn idle_locks_and_a_touch_by_either_puts_it_off_f19() {
    let mut rig = Rig::new().live("1");
    rig.wait_s(589);
    rig.person(PersonAction::OtherScreen).unwrap();
    rig.wait_s(599);
    rig.visit(VisitAction::Reveal);
    assert_eq!(why_locked(&mut rig), None);
    rig.wait_s(600);
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

/// The operator went away while the intent was being written: nothing is asked for.
#[test]
fn nothing_is_asked_for_in_the_name_of_someone_who_left() {
    let mut rig = Rig::new().board("1");
    rig.held.insert(Kind::Record);
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.want(OperatorAction::Lock);
    rig.release(Kind::Record);
    assert!(!rig.log.contains(&"v1 IssuePass".to_owned()));
    assert!(rig.world.written().contains(&"PassNotIssued".to_owned()));
    rig.want(OperatorAction::SignIn);
    assert!(rig.pass().may_issue);
}

#[test]
fn signing_out_wants_the_desk_clear() {
    let mut rig = Rig::new().live("1");
    assert_eq!(
        rig.act(&OperatorAction::SignOut).map_err(|t| t.code),
        Err(TroubleCode::NotNow)
    );
    rig.visit(VisitAction::Cancel);
    assert_eq!(
        rig.act(&OperatorAction::SignOut).map_err(|t| t.code),
        Err(TroubleCode::NotNow)
    );
    rig.visit(VisitAction::Close);
    let from = rig.log.len();
    rig.want(OperatorAction::SignOut);
    assert_eq!(
        rig.since(from),
        ["ForgetOperator", "record OperatorSignedOut"]
    );
    assert_eq!(rig.screen(), "Welcome");
}

/// A token that ends is no way around the idle lock: nobody uncovers the pass of an operator who walked away (F19).
#[test]
fn a_desk_whose_token_ended_locks_when_nobody_is_there() {
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Methods, Fault::Failed(TroubleCode::SignInAgain)));
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
        assert!(matches!(
            rig.person_view().screen,
            PersonScreen::Welcome { .. }
        ));
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

/// The window does not close in the middle of a hand-over, and the screen says why.
#[test]
fn a_window_does_not_close_in_the_middle_of_a_hand_over() {
    let mut rig = Rig::new().live("1");
    assert!(rig.desk.visit_open());
    rig.desk.refuse_close();
    assert_eq!(rig.trouble().as_deref(), Some("A506"));
    rig.visit(VisitAction::Cancel);
    assert!(!rig.desk.visit_open());
}

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
        .push_back((Kind::Remove, Fault::Failed(TroubleCode::ServiceDown)));
    rig
}

/// How a visit ends, and what becomes of the pass.
#[test]
fn every_ending_says_what_became_of_the_pass() {
    type At = fn() -> Rig;
    let cancel = VisitAction::Cancel;
    let leave = |leave_pass| VisitAction::LeaveUnfinished { leave_pass };
    let finish = |leave_pass| VisitAction::Finish { leave_pass };
    let twice_unsaid: At = || {
        let mut rig = unsaid_once();
        for _ in 0..9 {
            rig.world
                .faults
                .push_back((Kind::Remove, Fault::Failed(TroubleCode::ServiceDown)));
        }
        rig
    };
    let silent: At = || {
        let mut rig = Rig::new().live("1");
        rig.held.insert(Kind::Remove);
        rig
    };
    let reusable: At = || {
        let mut policy = sample::policy();
        policy.pass.once = false;
        Rig::with(policy, Vec::new()).registered("1")
    };
    let expired: At = || {
        let mut rig = Rig::new().live("1");
        crate::refusals::pass_time(&mut rig, 31);
        rig
    };
    let cases: &[(At, VisitAction, EndedPass, bool)] = &[
        (
            || Rig::new().board("1"),
            cancel.clone(),
            EndedPass::None,
            false,
        ),
        (
            || Rig::new().live("1"),
            cancel.clone(),
            EndedPass::Removed,
            false,
        ),
        (|| Rig::new().live("1"), leave(true), EndedPass::Left, true),
        (
            || Rig::new().live("1"),
            leave(false),
            EndedPass::Removed,
            false,
        ),
        (twice_unsaid, cancel.clone(), EndedPass::Pending, true),
        (unsaid_once, cancel.clone(), EndedPass::Removed, false),
        (silent, cancel.clone(), EndedPass::Pending, true),
        (expired, cancel, EndedPass::Expired, false),
        (reusable, finish(false), EndedPass::Removed, false),
        (reusable, finish(true), EndedPass::Left, true),
    ];
    for (at, act, wanted, until) in cases {
        let mut rig = at();
        rig.visit(act.clone());
        rig.wait_s(46);
        let OperatorScreen::Receipt { end, .. } = rig.view().screen else {
            panic!("no receipt")
        };
        assert_eq!(
            (end.pass, end.pass_until.is_some()),
            (*wanted, *until),
            "{act:?}"
        );
        let gone = rig.world.passes.iter().all(|pass| pass.gone);
        assert_eq!(
            gone,
            matches!(wanted, EndedPass::None | EndedPass::Removed),
            "{wanted:?}"
        );
        assert!(
            rig.world
                .written()
                .iter()
                .any(|entry| entry == "VisitEnded")
        );
    }
    // An end that cannot be written is said.
    let mut rig = Rig::new().board("1");
    rig.world.record_fails = true;
    rig.visit(VisitAction::Cancel);
    assert!(matches!(rig.view().screen, OperatorScreen::Receipt { end, .. } if end.unrecorded));
}
