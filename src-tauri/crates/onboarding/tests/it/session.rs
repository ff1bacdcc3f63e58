//! The operator's session, and what of a visit outlives it (S49, F8, F19).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    Answer, InFront, MayIssue, OperatorAction, OperatorScreen, PassEnd, PassStage, RenewReason,
    TroubleCode, VisitAction, VisitScreen,
};

use crate::rig::Rig;

#[test]
fn sign_in_can_be_cancelled_and_timed_out() {
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
    assert!(rig.desk.signing_in(), "a browser lies over the app (F12)");
    rig.want(OperatorAction::CancelSignIn);
    assert!(!rig.desk.signing_in());
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
    assert!(
        !rig.desk.signing_in(),
        "the app comes before the browser (F12)"
    );
}

#[test]
fn a_refused_sign_in_and_another_tenants_are_told_by_name() {
    let mut rig = Rig::new();
    let codes = [
        TroubleCode::SignInDeclined,
        TroubleCode::NoNetwork,
        TroubleCode::PortUnavailable,
    ];
    for code in codes {
        rig.world
            .faults
            .push_back((Kind::SignIn, AnswerFault::Failed(code)));
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
    rig.deliver(late.id, Answer::SignedIn(Ok(operator)), "late");
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
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(16);
    assert!(rig.view().operator.is_none());
    assert!(matches!(
        rig.view().screen,
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board {
                sign_in_again: true,
                ..
            },
            ..
        })
    ));
    assert_eq!(
        (rig.person_pass(), rig.trouble().as_deref()),
        ("shown", Some("S113"))
    );
    // The walk goes on; leaving its row takes the pass out of sight and keeps it.
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
    assert_eq!(
        (rig.stage(), rig.person_pass()),
        (PassStage::Live, "hidden")
    );
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
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(25);
    rig.visit(VisitAction::Cancel);
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Receipt { end, .. },
        ..
    }) = rig.view().screen
    else {
        panic!("no receipt")
    };
    assert_eq!(
        (end.pass, end.pass_until.is_some()),
        (PassEnd::Pending, true)
    );
    assert!(!rig.log.contains(&"v1 RemovePass".to_owned()));
    rig.want(OperatorAction::SignIn);
    rig.wait_s(5);
    assert!(rig.world.passes[0].gone);
    assert_eq!(rig.world.written().last().unwrap(), "PassOrphanRemoved");
    // The receipt that is still in sight says so.
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Receipt { end, .. },
        ..
    }) = rig.view().screen
    else {
        panic!("no receipt")
    };
    assert_eq!((end.pass, end.pass_until), (PassEnd::Removed, None));
}

/// What is owed is one pass: a newer one that somebody else issued meanwhile stays (I4).
#[test]
fn a_strangers_newer_pass_is_not_taken_back_in_place_of_ours() {
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
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
        [
            "ForgetOperator",
            "record OperatorSignedOut",
            "EndBrowserSession"
        ]
    );
    assert_eq!(rig.screen(), "Welcome");
}

/// O21, T2: who signs out signs out of the browser as well; a lock, and a desk that gives itself up, open nothing.
#[test]
fn only_who_signs_out_ends_the_browsers_session_o21_t2() {
    let ended = |rig: &Rig| rig.log.contains(&"EndBrowserSession".to_owned());
    let mut rig = Rig::new();
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::Lock);
    assert!(!ended(&rig), "a lock");
    rig.want(OperatorAction::SignIn);
    rig.wait_s(601);
    assert_eq!(rig.screen(), "Locked");
    rig.wait_s(901);
    assert_eq!((rig.screen().as_str(), ended(&rig)), ("Welcome", false));
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignOut);
    assert!(ended(&rig), "from a locked desk, too");
}

/// T19: whoever finishes the sign-in in a browser of their own is not taken for the operator.
#[test]
fn another_account_than_expected_is_asked_about_before_anything_is_done_t19() {
    let mut rig = Rig::new();
    rig.world.operator = sample::operator("op-2");
    rig.world.operator.expected = Some("OP-1@cablechan.biz".into());
    rig.want(OperatorAction::SignIn);
    let OperatorScreen::ConfirmOperator {
        name,
        upn,
        expected,
        remaining_s: 180,
        resumes_visit: false,
    } = rig.view().screen
    else {
        panic!("{}", rig.screen())
    };
    assert_eq!(
        (name.as_str(), upn.as_str(), expected.as_str()),
        ("Operator op-2", "op-2@cablechan.biz", "OP-1@cablechan.biz")
    );
    assert_eq!(rig.log, ["SignIn"], "nothing was done");
    assert!(rig.view().operator.is_none());
    for early in [
        OperatorAction::StartVisit,
        OperatorAction::SignIn,
        OperatorAction::SignOut,
        OperatorAction::Lock,
        OperatorAction::CancelSignIn,
    ] {
        assert!(rig.act(&early).is_err(), "{early:?}");
    }
    rig.want(OperatorAction::RefuseOperator);
    assert_eq!(
        (rig.screen().as_str(), rig.trouble().as_deref()),
        ("Welcome", Some("S121"))
    );
    assert_eq!(
        rig.log,
        ["SignIn", "ForgetOperator", "record OperatorSignInRefused"]
    );
}

/// Nobody says anything, then the operator does.
#[test]
fn the_question_lapses_and_a_yes_lets_in_t19() {
    let mut rig = Rig::new();
    rig.world.operator = sample::operator("op-2");
    rig.world.operator.expected = Some("op-1@cablechan.biz".into());
    rig.want(OperatorAction::SignIn);
    rig.wait_s(180);
    assert_eq!(
        (rig.screen().as_str(), rig.trouble().as_deref()),
        ("Welcome", Some("S102"))
    );
    let from = rig.log.len();
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::ConfirmOperator);
    assert_eq!(rig.screen(), "Home");
    assert_eq!(
        rig.since(from),
        [
            "SignIn",
            "record OperatorSignedIn",
            "RememberOperator",
            "ReadPolicies",
            "ReadPasskeyRules"
        ]
    );
    for late in [
        OperatorAction::ConfirmOperator,
        OperatorAction::RefuseOperator,
    ] {
        assert!(rig.act(&late).is_err(), "{late:?}");
    }
}

#[test]
fn who_is_expected_is_not_asked_and_neither_is_who_goes_on_under_another_name() {
    for (oid, expected) in [
        ("op-1", Some("op-1@cablechan.biz")),
        ("op-1", Some("Op-1@CableChan.biz")),
        ("op-1", None),
    ] {
        let mut rig = Rig::new();
        rig.world.operator = sample::operator(oid);
        rig.world.operator.expected = expected.map(str::to_owned);
        rig.want(OperatorAction::SignIn);
        assert_eq!(rig.screen(), "Home", "{expected:?}");
    }
    let mut rig = Rig::new().live("1");
    rig.want(OperatorAction::Lock);
    rig.world.operator.upn = "renamed@cablechan.biz".into();
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.stage(), PassStage::Live, "the object id is the same");
}

/// A locked desk with nothing open may change hands, after a yes; while it waits for it the visit is nobody's.
#[test]
fn a_locked_desk_asks_whoever_comes_instead() {
    let mut rig = Rig::new();
    rig.want(OperatorAction::SignIn);
    rig.want(OperatorAction::Lock);
    rig.world.operator = sample::operator("op-2");
    rig.world.operator.expected = Some("op-1@cablechan.biz".into());
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.screen(), "ConfirmOperator");
    rig.want(OperatorAction::RefuseOperator);
    assert_eq!(
        (rig.screen().as_str(), rig.trouble().as_deref()),
        ("Locked", Some("S121"))
    );
}

#[test]
fn a_guest_is_no_operator_t19() {
    let mut rig = Rig::new();
    rig.world.operator.guest = true;
    rig.want(OperatorAction::SignIn);
    assert_eq!(
        (rig.screen().as_str(), rig.trouble().as_deref()),
        ("Welcome", Some("S115"))
    );
    assert_eq!(
        rig.log,
        ["SignIn", "ForgetOperator", "record OperatorSignInRefused"]
    );
}

/// The cure is the operator's: the person at the desk is as good as any other.
#[test]
fn an_operator_without_a_role_is_told_so_when_the_service_refuses() {
    for (may_issue, code) in [(MayIssue::CannotTell, "S117"), (MayIssue::Yes, "T403")] {
        let mut rig = Rig::new();
        rig.world.operator.may_issue = may_issue;
        let mut rig = rig.board("1");
        let refused = AnswerFault::Refused(TroubleCode::PassNotPermitted);
        rig.world.faults.push_back((Kind::Issue, refused));
        rig.visit(VisitAction::IssuePass { replace: false });
        assert_eq!(rig.trouble().as_deref(), Some(code));
    }
}

/// T13: the operator's own name is a directory's text like any other.
#[test]
fn the_operators_name_is_cleaned_for_the_screen_t13() {
    let name = format!("\u{202e}\0Op\u{2028}erator\u{180e} {}", "x".repeat(8_000));
    let clean =
        |shown: &str| shown.chars().count() <= 120 && !shown.chars().any(onboarding::is_disruptive);
    let mut rig = Rig::new();
    rig.world.operator.name = name;
    rig.world.operator.upn = "op-1\u{202e}@cablechan.biz".into();
    rig.want(OperatorAction::SignIn);
    let OperatorScreen::ConfirmOperator { name, upn, .. } = rig.view().screen else {
        panic!("{}", rig.screen())
    };
    assert!(clean(&name) && clean(&upn), "{name:?} {upn:?}");
    rig.want(OperatorAction::ConfirmOperator);
    let card = rig.view().operator.unwrap();
    assert!(clean(&card.name) && clean(&card.upn), "{card:?}");
    rig.want(OperatorAction::Lock);
    let OperatorScreen::Locked { name, .. } = rig.view().screen else {
        panic!("{}", rig.screen())
    };
    assert!(clean(&name), "{name:?}");
}

/// F20, T3: whatever became of a display, and of whichever, the pass is not seen again before somebody shows it.
#[test]
fn a_lost_display_hides_the_pass_until_it_is_shown_again_f20() {
    use onboarding::{Display, DisplayChange, DisplayLoss};
    let changes = [
        (DisplayChange::Lost(DisplayLoss::Died), "DisplayLost"),
        (DisplayChange::Lost(DisplayLoss::Silent), "DisplayLost"),
        // That a page came back is written nowhere: the last of it is the pass.
        (DisplayChange::Back, "PassIssued"),
        (DisplayChange::Replaced, "DisplayReplaced"),
        (DisplayChange::GivenUp, "DisplayGivenUp"),
    ];
    for display in [Display::Operator, Display::Person] {
        for (change, written) in changes {
            let mut rig = Rig::new().shown("1");
            assert_eq!(rig.person_pass(), "shown");
            let revision = rig.desk.revision();
            rig.desk.display_changed(display, change);
            rig.run();
            assert_eq!(rig.person_pass(), "hidden", "{display:?} {change:?}");
            assert!(rig.desk.revision() > revision, "the windows are told");
            assert_eq!(rig.world.written().last().unwrap(), written);
            rig.wait_s(20);
            assert_eq!(rig.person_pass(), "hidden", "by itself");
            rig.visit(VisitAction::Reveal);
            assert_eq!(rig.person_pass(), "shown", "and the pass still works");
        }
    }
}

/// What was asked with tokens that are not used any more says nothing of those that are.
#[test]
fn a_late_no_to_the_last_session_does_not_end_this_one() {
    let mut rig = Rig::new().shown("1");
    rig.held.insert(Kind::Methods);
    rig.wait_s(16);
    assert!(!rig.flying.is_empty(), "a look is on its way");
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.release(Kind::Methods);
    assert!(rig.world.faults.is_empty(), "it was heard");
    assert!(rig.view().operator.is_some());
    rig.wait_s(16);
    assert_eq!(rig.trouble(), None, "the next look went well");
    // One that these tokens had does.
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(16);
    assert!(rig.view().operator.is_none());
}
