//! A role that was activated in the middle: a fresh token, and what is open stays where it is (N9).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    Cure, MayIssue, OperatorAction, PassStage, Policy, TroubleCode as T, UserId, VisitAction,
};

use crate::rig::Rig;

const ISSUE: VisitAction = VisitAction::IssuePass { replace: false };

/// On the board, at an operator without a role, to whom a pass was refused.
fn refused() -> Rig {
    let mut rig = Rig::new();
    rig.world.operator.may_issue = MayIssue::CannotTell;
    rig.world.operator.roles = Some(Vec::new());
    let mut rig = rig.board("1");
    refuse(&mut rig);
    rig
}

fn refuse(rig: &mut Rig) {
    let no = AnswerFault::Refused(T::PassNotPermitted);
    rig.world.faults.push_back((Kind::Issue, no));
    rig.visit(ISSUE);
    assert_eq!(rig.trouble(), Some(T::MayNotIssue.short().to_owned()));
    let trouble = rig.view().trouble.unwrap();
    assert_eq!(trouble.cure, Some(Cure::RoleActivated));
}

fn activate(rig: &mut Rig) {
    rig.world.operator.may_issue = MayIssue::Yes;
    rig.world.operator.roles = Some(vec![sample::AUTHENTICATION_ADMINISTRATOR.into()]);
}

fn count(rig: &Rig, effect: &str) -> usize {
    rig.log.iter().filter(|line| *line == effect).count()
}

#[test]
fn the_place_is_kept_while_the_rights_are_renewed_n9() {
    let mut rig = refused();
    let visit = rig.visit;
    activate(&mut rig);
    let policies = count(&rig, "ReadPolicies");
    rig.want(OperatorAction::RoleActivated);
    assert_eq!(rig.trouble(), None);
    assert_eq!(rig.visit, visit);
    assert_eq!(rig.screen(), "Board");
    assert_eq!(rig.view().operator.unwrap().may_issue, MayIssue::Yes);
    assert_eq!(count(&rig, "SignIn"), 1, "nobody signed in again");
    assert_eq!(count(&rig, "ReadPolicies"), policies + 1);
    assert_eq!(
        count(&rig, "ReadPasskeyRules"),
        policies + 1,
        "as at the sign-in"
    );
    rig.visit(ISSUE);
    rig.wait_s(10);
    assert_eq!(rig.stage(), PassStage::Live);
}

#[test]
fn a_role_that_is_not_seen_yet_is_said_and_asked_for_again_n9() {
    let mut rig = refused();
    rig.want(OperatorAction::RoleActivated);
    assert_eq!(rig.trouble(), Some(T::RoleNotSeen.short().to_owned()));
    let cure = rig.view().trouble.unwrap().cure;
    assert_eq!(cure, Some(Cure::RoleActivated));
    activate(&mut rig);
    rig.want(OperatorAction::RoleActivated);
    assert_eq!(rig.trouble(), None);
    // Where roles may not be read nobody can say that none came: the directory has the last word.
    let mut unread = refused();
    unread.world.operator.roles = None;
    unread.want(OperatorAction::RoleActivated);
    assert_eq!(unread.trouble(), None);
    // Nor does that take away what was seen before.
    let mut seen = Rig::new().signed_in();
    seen.world.operator.roles = None;
    seen.world.operator.may_issue = MayIssue::CannotTell;
    seen.want(OperatorAction::RoleActivated);
    assert_eq!(seen.view().operator.unwrap().may_issue, MayIssue::Yes);
}

#[test]
fn pressing_twice_renews_once() {
    let mut rig = refused();
    rig.held.insert(Kind::Renew);
    rig.want(OperatorAction::RoleActivated);
    rig.want(OperatorAction::RoleActivated);
    assert_eq!(count(&rig, "RenewRights"), 1);
    // An answer that comes after the desk was locked is nobody's.
    rig.want(OperatorAction::Lock);
    activate(&mut rig);
    rig.release(Kind::Renew);
    assert!(rig.view().operator.is_none());
}

#[test]
fn a_renewal_that_fails_keeps_the_visit() {
    let mut offline = refused();
    let lost = (Kind::Renew, AnswerFault::Failed(T::NoNetwork));
    offline.world.faults.push_back(lost);
    offline.want(OperatorAction::RoleActivated);
    assert_eq!(offline.trouble(), Some(T::NoNetwork.short().to_owned()));
    assert!(offline.view().operator.is_some());
    let mut demanded = refused();
    let again = (Kind::Renew, AnswerFault::Failed(T::SignInAgain));
    demanded.world.faults.push_back(again);
    demanded.want(OperatorAction::RoleActivated);
    activate(&mut demanded);
    demanded.want(OperatorAction::SignIn);
    assert_eq!(demanded.screen(), "Board");
    assert_eq!(demanded.view().operator.unwrap().may_issue, MayIssue::Yes);
}

/// With `sign_in.refresh = "none"`: on the board, refused, and the browser is open for the same person.
fn signing_again() -> Rig {
    signing_again_where_idle_is(sample::policy().idle_lock_s)
}

fn signing_again_where_idle_is(idle_lock_s: u32) -> Rig {
    let policy = Policy {
        idle_lock_s,
        token_minutes_min: 1,
        ..sample::policy()
    };
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.operator.renewable = false;
    rig.world.operator.may_issue = MayIssue::CannotTell;
    rig.world.operator.roles = Some(Vec::new());
    let mut rig = rig.board("1");
    refuse(&mut rig);
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::RoleActivated);
    assert_eq!(rig.screen(), "SigningIn");
    rig
}

/// What the record says of the operator's session.
fn session_entries(rig: &Rig) -> Vec<String> {
    let all = rig.world.written().into_iter();
    all.filter(|entry| entry.starts_with("Operator")).collect()
}

#[test]
fn without_a_token_to_renew_by_the_same_person_signs_in_once_more_n9() {
    let mut rig = signing_again();
    activate(&mut rig);
    rig.want(OperatorAction::RoleActivated);
    rig.release(Kind::SignIn);
    assert_eq!(count(&rig, "SignIn"), 2, "pressed twice, asked once");
    assert_eq!(count(&rig, "ForgetOperator"), 0);
    assert_eq!(rig.screen(), "Board");
    assert_eq!(rig.trouble(), None);
    assert_eq!(rig.view().operator.unwrap().may_issue, MayIssue::Yes);
    let twice = ["OperatorSignedIn", "OperatorSignedIn"];
    assert_eq!(session_entries(&rig), twice, "nobody signed out");
    rig.visit(ISSUE);
    rig.wait_s(10);
    assert_eq!(rig.stage(), PassStage::Live);
}

/// Whatever becomes of it, what was good before stays so.
#[test]
fn a_second_sign_in_that_brings_nothing_leaves_the_tokens_there_are_n9() {
    type End = fn(&mut Rig);
    let cases: [(End, Option<T>); 4] = [
        // What was refused before is still said.
        (|rig| rig.want(OperatorAction::CancelSignIn), None),
        (
            |rig| rig.wait_s(u64::from(sample::policy().sign_in_limit_s)),
            Some(T::SignInTimedOut),
        ),
        (
            |rig| {
                rig.world.operator.oid = UserId("op-2".into());
                rig.release(Kind::SignIn);
            },
            Some(T::OtherOperator),
        ),
        (
            |rig| {
                let refused = AnswerFault::Failed(T::SignInRefused);
                rig.world.faults.push_back((Kind::SignIn, refused));
                rig.release(Kind::SignIn);
            },
            Some(T::SignInRefused),
        ),
    ];
    for (end, trouble) in cases {
        let mut rig = signing_again();
        end(&mut rig);
        rig.held.clear();
        assert_eq!(rig.screen(), "Board", "{trouble:?}");
        let operator = rig.view().operator.map(|operator| operator.upn);
        assert_eq!(operator.as_deref(), Some("op-1@cablechan.biz"));
        assert_eq!(count(&rig, "ForgetOperator"), 0, "{trouble:?}");
        let told = trouble.unwrap_or(T::MayNotIssue).short().to_owned();
        assert_eq!(rig.trouble(), Some(told));
        let mut said = vec!["OperatorSignedIn"];
        said.extend(trouble.map(|_| "OperatorSignInRefused"));
        assert_eq!(session_entries(&rig), said);
        rig.visit(ISSUE);
        rig.wait_s(10);
        assert_eq!(rig.stage(), PassStage::Live, "{trouble:?}");
    }
}

/// The same with a pass that works, so that the directory is looked at.
fn looking_meanwhile() -> Rig {
    let mut rig = Rig::new();
    rig.world.operator.renewable = false;
    let mut rig = rig.shown("1");
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::RoleActivated);
    assert_eq!(rig.screen(), "SigningIn");
    rig
}

#[test]
fn the_live_check_goes_on_while_the_browser_is_open_n9() {
    let mut rig = looking_meanwhile();
    let looks = rig.world.requests.len();
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(40);
    assert!(rig.world.requests.len() > looks, "the token is good");
    rig.want(OperatorAction::CancelSignIn);
    assert_eq!(rig.stage(), PassStage::Entered);
}

#[test]
fn a_token_that_ends_meanwhile_leaves_the_browser_open_n9() {
    let mut rig = looking_meanwhile();
    activate(&mut rig);
    let ended = (Kind::Methods, AnswerFault::Failed(T::SignInAgain));
    rig.world.faults.push_back(ended);
    rig.wait_s(40);
    assert_eq!(rig.screen(), "SigningIn");
    assert!(rig.view().operator.is_none());
    assert_eq!(count(&rig, "SignIn"), 2);
    rig.release(Kind::SignIn);
    assert_eq!(rig.screen(), "Board");
    assert_eq!(rig.view().operator.unwrap().may_issue, MayIssue::Yes);
}

#[test]
fn whoever_leaves_meanwhile_gives_the_second_sign_in_up_n9() {
    let mut rig = signing_again();
    rig.want(OperatorAction::Lock);
    assert_eq!(count(&rig, "CancelSignIn"), 1);
    assert!(rig.view().operator.is_none());
    rig.release(Kind::SignIn);
    assert!(rig.view().operator.is_none(), "that sign-in is nobody's");
}

/// As where the rights are renewed: the same roles as before are said.
#[test]
fn a_second_sign_in_without_the_role_says_so_n9() {
    let mut rig = signing_again();
    rig.release(Kind::SignIn);
    assert_eq!(rig.screen(), "Board");
    assert_eq!(rig.trouble(), Some(T::RoleNotSeen.short().to_owned()));
}

/// Whoever refused it in the browser, or let its time go by there, was at work: the good token is not idle for that.
#[test]
fn what_went_on_in_the_browser_is_no_idleness_n9() {
    let mut refused = signing_again_where_idle_is(60);
    refused.wait_s(90);
    let fault = AnswerFault::Failed(T::SignInRefused);
    refused.world.faults.push_back((Kind::SignIn, fault));
    refused.release(Kind::SignIn);
    let mut late = signing_again_where_idle_is(60);
    late.wait_s(u64::from(sample::policy().sign_in_limit_s));
    for mut rig in [refused, late] {
        rig.held.clear();
        rig.wait_s(30);
        assert_eq!(rig.screen(), "Board");
        assert_eq!(count(&rig, "ForgetOperator"), 0);
        // And then it is, as ever.
        rig.wait_s(60);
        assert_eq!(count(&rig, "ForgetOperator"), 1);
    }
}
